//! The annex: the panels of the network, of images and of permissions, most of the drawer, and 'Why?', a file of their own which is
//! fetched as soon as the first panels are shown.
//!
//! Nothing outside this file may name what it holds: what is reached only from [`ANNEX`] is what `cargo xtask dist` puts into
//! the third file.

use crate::drawer::bill::Bill;
use crate::drawer::bridge::{EventBridge, RuleDraft};
use crate::drawer::exec::{Exec, ExecShell};
use crate::drawer::flow_logs::FlowLogs;
use crate::drawer::logs::Logs;
use crate::drawer::logs::pipeline::SendingOn;
use crate::drawer::metrics::Metrics;
use crate::drawer::reach::Reach;
use crate::drawer::reach::kept::Kept;
use crate::drawer::why::{Why, WhyTab};
use crate::images::ImagesPanel;
use crate::markup::{live, view};
use crate::network::NetworkPanel;
use crate::network::modes::{Modes, ModesSheet};
use crate::network::row::ThingBody;
use crate::permissions::PermissionsPanel;
use crate::services::form::ServiceDraft;
use crate::services::list::Services;
use crate::signals::{RwSignal, StoredValue};
use fargate_session::why::Subject;
use leptos::prelude::*;
use leptos::reactive::owner::{Owner, WeakOwner};

/// What the third file brings, each by the function that makes it.
#[derive(Debug)]
pub struct Annex {
    /// Makes the handles that only these panels use.
    provide: fn(),
    /// The network, a tab of the left panel.
    pub network: fn() -> AnyView,
    /// What images do, a tab of the left panel.
    pub images: fn() -> AnyView,
    /// Services, a section below the editor.
    pub services: fn() -> AnyView,
    /// Who may do what, a tab of the left panel.
    pub permissions: fn() -> AnyView,
    /// Tabs of the drawer, from here on.
    pub logs: fn() -> AnyView,
    /// What VPC Flow Logs recorded.
    pub flow_logs: fn() -> AnyView,
    /// Who reaches whom.
    pub reach: fn() -> AnyView,
    /// Curves.
    pub metrics: fn() -> AnyView,
    /// What ECS told, and the rules that heard it.
    pub bridge: fn() -> AnyView,
    /// A shell in a container.
    pub exec: fn() -> AnyView,
    /// What it costs.
    pub cost: fn() -> AnyView,
    /// Why something is as it is.
    pub why: fn() -> AnyView,
    /// The sheet of network modes, a dialog's.
    pub modes: fn() -> AnyView,
    /// What the network panel says of a thing and does with it.
    pub thing: fn(String) -> AnyView,
    /// Asks why, and shows the answer.
    pub ask: fn(Why, Subject),
}

static ANNEX: Annex = Annex {
    provide: || {
        provide_context(Modes::new());
        provide_context(Kept::default());
        provide_context(ExecShell::default());
        provide_context(RuleDraft::new());
        provide_context(ServiceDraft::new());
        provide_context(SendingOn::default());
    },
    network: || view! { <NetworkPanel/> },
    images: || view! { <ImagesPanel/> },
    services: || view! { <Services/> },
    permissions: || view! { <PermissionsPanel/> },
    logs: || view! { <Logs/> },
    flow_logs: || view! { <FlowLogs/> },
    reach: || view! { <Reach/> },
    metrics: || view! { <Metrics/> },
    bridge: || view! { <EventBridge/> },
    exec: || view! { <Exec/> },
    cost: || view! { <Bill/> },
    why: || view! { <WhyTab/> },
    modes: || view! { <ModesSheet/> },
    thing: |id| view! { <ThingBody id/> },
    ask: Why::answer,
};

/// The annex; in the built site it is in a file of its own, and the call fetches it.
#[cfg(split)]
#[wasm_split_helpers::wasm_split(annex, fallible)]
fn annex() -> Result<&'static Annex, wasm_split_helpers::SplitLoaderError> {
    Ok(&ANNEX)
}

/// Whether the annex is here yet, from context.
#[derive(Clone, Copy, Debug)]
pub struct Further {
    here: RwSignal<Option<&'static Annex>>,
    /// It could not be fetched.
    missed: RwSignal<bool>,
    /// What was asked before it was here.
    asked: StoredValue<Option<(Why, Subject)>>,
    /// The page's owner: what the annex provides is for all of it.
    page: StoredValue<WeakOwner>,
}

/// The annex, from context.
pub fn further() -> Further {
    expect_context()
}

impl Further {
    /// Nothing is fetched yet. The panels make one of these.
    pub(crate) fn new() -> Self {
        Self {
            here: RwSignal::new(None),
            missed: RwSignal::new(false),
            asked: StoredValue::new(None),
            page: StoredValue::new(Owner::current().unwrap_or_default().downgrade()),
        }
    }

    /// Fetches it, unless it is here.
    #[cfg(split)]
    pub(crate) fn fetch(self) {
        self.missed.set(false);
        wasm_bindgen_futures::spawn_local(async move {
            match annex().await {
                Ok(annex) => self.furnish(annex),
                Err(_) => self.missed.set(true),
            }
        });
    }

    /// It is here: the page is one file.
    #[cfg(not(split))]
    pub(crate) fn fetch(self) {
        self.furnish(&ANNEX);
    }

    fn furnish(self, annex: &'static Annex) {
        if self.here.get_untracked().is_some() {
            return;
        }
        if let Some(page) = self.page.get_value().upgrade() {
            page.with(annex.provide);
        }
        self.here.set(Some(annex));
        if let Some((why, subject)) = self.asked.get_value() {
            (annex.ask)(why, subject);
        }
    }

    /// Asks why, once the annex is here.
    pub(crate) fn ask(self, why: Why, subject: Subject) {
        if let Some(annex) = self.here.get_untracked() {
            (annex.ask)(why, subject);
        } else {
            self.asked.set_value(Some((why, subject)));
            self.fetch();
        }
    }

    /// A part of the annex once it is here; until then, that it comes or how to try again.
    pub(crate) fn part(self, which: fn(&Annex) -> AnyView) -> AnyView {
        live(move || {
            Some(match self.here.get() {
                Some(annex) => which(annex),
                None => self.waiting(),
            })
        })
    }

    /// What a thing of the network says of itself and lets one do.
    pub(crate) fn thing(self, id: String) -> AnyView {
        live(move || Some((self.here.get()?.thing)(id.clone())))
    }

    fn waiting(self) -> AnyView {
        live(move || {
            Some(if self.missed.get() {
                view! {
                    <p class="t12">"A part of this page could not be loaded. Look whether you are online."</p>
                    <button type="button" class="btn sm line" on:click=move |_| self.fetch()>"Try again"</button>
                }
            } else {
                view! { <p class="t12 dim">"Loading"</p> }
            })
        })
    }
}
