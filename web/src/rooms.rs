//! Whether the panels are here yet, and fetching them.

use crate::signals::{RwSignal, StoredValue};
use crate::workbench::Workbench;
use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;

/// Fetches the panels; gives nothing if that failed.
pub type Fetch = fn() -> Pin<Box<dyn Future<Output = Option<&'static Workbench>>>>;

/// The panels, from context.
#[derive(Clone, Copy)]
pub struct Rooms {
    fetch: StoredValue<Fetch>,
    here: RwSignal<Option<&'static Workbench>>,
}

impl Rooms {
    /// Not here yet.
    pub fn new(fetch: Fetch) -> Self {
        Self {
            fetch: StoredValue::new(fetch),
            here: RwSignal::new(None),
        }
    }

    /// A panel, once it is here.
    pub fn room(self, which: fn(&Workbench) -> fn() -> AnyView) -> Option<AnyView> {
        self.here.get().map(|workbench| which(workbench)())
    }

    /// Fetches the panels unless they are here, then goes on.
    pub fn open(self, then: impl FnOnce(bool) + 'static) {
        if self.here.get_untracked().is_some() {
            return then(true);
        }
        let fetch = self.fetch.get_value();
        leptos::task::spawn_local(async move {
            let panels = fetch().await;
            if panels.is_some() {
                self.here.set(panels);
            }
            then(panels.is_some());
        });
    }
}

/// The panels, from context.
pub fn rooms() -> Rooms {
    expect_context()
}
