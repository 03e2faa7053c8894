//! Whether the panels are here yet, and fetching them.

use crate::signals::{RwSignal, StoredValue};
use crate::ui::{Ui, ui};
use crate::workbench::Workbench;
use js_sys::Promise;
use leptos::prelude::*;
use leptos::reactive::owner::{Owner, WeakOwner};
use std::future::Future;
use std::pin::Pin;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlLinkElement;

/// Fetches the panels; gives nothing if that failed.
pub type Fetch = fn() -> Pin<Box<dyn Future<Output = Option<&'static Workbench>>>>;

/// The panels, from context.
#[derive(Clone, Copy, Debug)]
pub struct Rooms {
    fetch: Fetch,
    here: RwSignal<Option<&'static Workbench>>,
    ui: Ui,
    /// The page's owner: what panels provide is for all of it.
    page: StoredValue<WeakOwner>,
    /// Whether the page began as a first visit's.
    pub(crate) came_first: bool,
}

impl Rooms {
    /// The panels as they are when the page begins. The page makes one of these.
    pub(crate) fn new(fetch: Fetch) -> Self {
        let ui = ui();
        Self {
            fetch,
            here: RwSignal::new(None),
            came_first: ui.first_visit.get_untracked(),
            ui,
            page: StoredValue::new(Owner::current().unwrap_or_default().downgrade()),
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

    /// Shows panels that were fetched; once, however often they were asked for meanwhile.
    pub(crate) fn furnish(self, panels: &'static Workbench) {
        if self.here.get_untracked().is_some() {
            return;
        }
        if let Some(page) = self.page.get_value().upgrade() {
            page.with(panels.provide);
        }
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

/// Asks for the panels' style sheet, which the built page has apart; wait for it before they are shown.
pub fn styles() -> Option<JsFuture> {
    let link = crate::browser::by_id::<HtmlLinkElement>("panels-styles")?;
    link.disabled().then(|| {
        JsFuture::from(Promise::new(&mut |loaded, _| {
            link.set_onload(Some(&loaded));
            // Panels without their styles are better than none.
            link.set_onerror(Some(&loaded));
            link.set_disabled(false);
        }))
    })
}

/// The panels, from context.
pub fn rooms() -> Rooms {
    expect_context()
}
