//! Whether the panels are here yet, and fetching them.

use crate::signals::{RwSignal, StoredValue};
use crate::ui::{Ui, ui};
use crate::workbench::Workbench;
use leptos::prelude::*;
use leptos::reactive::owner::Owner;
use std::future::Future;
use std::pin::Pin;

/// Fetches the panels; gives nothing if that failed.
pub type Fetch = fn() -> Pin<Box<dyn Future<Output = Option<&'static Workbench>>>>;

/// The panels, from context.
#[derive(Clone, Copy, Debug)]
pub struct Rooms {
    fetch: Fetch,
    here: RwSignal<Option<&'static Workbench>>,
    ui: Ui,
    /// The page's owner: what panels provide is for all of it.
    page: StoredValue<Owner>,
}

impl Rooms {
    /// The panels as they are when the page begins. The page makes one of these.
    pub(crate) fn new(fetch: Fetch) -> Self {
        Self {
            fetch,
            here: RwSignal::new(None),
            ui: ui(),
            page: StoredValue::new(Owner::current().unwrap_or_default()),
        }
    }

    /// The panels, once they are here; tracked.
    pub fn panels(self) -> Option<&'static Workbench> {
        self.here.get()
    }

    /// A panel, once it is here and the first visit's page is left.
    pub fn room(self, which: fn(&Workbench) -> fn() -> AnyView) -> Option<AnyView> {
        let panels = self.here.get()?;
        (!self.ui.first_visit.get()).then(|| which(panels)())
    }

    /// Panels that were fetched before the page began.
    pub(crate) fn furnish(self, panels: &'static Workbench) {
        self.page.get_value().with(panels.provide);
        self.here.set(Some(panels));
    }

    /// Fetches the panels unless they are here, then goes on with them; with nothing if they could not be fetched.
    pub fn open(self, then: impl FnOnce(Option<&'static Workbench>) + 'static) {
        if let Some(panels) = self.here.get_untracked() {
            return then(Some(panels));
        }
        wasm_bindgen_futures::spawn_local(async move {
            let panels = (self.fetch)().await;
            if let Some(panels) = panels {
                self.furnish(panels);
            }
            then(panels);
        });
    }
}

/// The panels, from context.
pub fn rooms() -> Rooms {
    expect_context()
}
