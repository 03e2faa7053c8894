//! Services of ECS: a section beside the form that runs tasks, with what is chosen there.

pub mod form;
pub mod list;

use crate::annex::further;
use crate::definition::section::Folding;
use crate::icons::Icon;
use crate::markup::view;
use crate::signals::RwSignal;
use leptos::prelude::*;

/// The section, which the annex fills.
#[component]
pub fn ServicesSection() -> AnyView {
    let open = RwSignal::new(false);
    view! {
        <Folding title="Services" icon=Icon::Copy head="services-head" open>
            <div class="run-body services">{further().part(|annex| (annex.services)())}</div>
        </Folding>
    }
}
