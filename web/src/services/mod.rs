//! Services of ECS: a section beside the form that runs tasks, with what is chosen there.

pub mod form;
pub mod list;

use crate::annex::further;
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::signals::{RwSignal, Signal};
use leptos::prelude::*;

/// The section: its head, and what the annex brings when it is open.
#[component]
pub fn ServicesSection() -> AnyView {
    let open = RwSignal::new(false);
    view! {
        <section class="run-section" class:is-open=move || open.get() aria-label="Services">
            <h2>
                <button
                    type="button"
                    class="run-head"
                    id="services-head"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <Glyph icon=Icon::Copy class="i-14"/>
                    "Services"
                    <span class="end">
                        <Glyph icon=Signal::derive(move || if open.get() { Icon::ChevronDown } else { Icon::ChevronRight }) class="i-14"/>
                    </span>
                </button>
            </h2>
            <Show when=move || open.get()>
                <div class="run-form services">{further().part(|annex| (annex.services)())}</div>
            </Show>
        </section>
    }
}
