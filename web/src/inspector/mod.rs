//! The inspector: what is selected, and the scenario's totals where nothing is.

pub mod cost;
pub mod cpu;
pub mod demand;
pub mod gesture;
pub mod life;
pub mod memory;
pub mod narrator;
pub mod network;
pub mod place;
pub mod slider;
pub mod task;
pub mod tone;
pub mod totals;

use crate::measure;
use crate::selection::{Selection, selected};
use leptos::html::Div;
use leptos::prelude::*;
use narrator::Narrator;
use place::{FlightPanel, GatewayPanel, GroupPanel, InternetPanel, SubnetPanel, VpcPanel};
use task::{Part, TaskPanel};
use totals::Totals;

/// The inspector: what is selected, and the scenario's totals where nothing is.
#[component]
pub fn Inspector() -> impl IntoView {
    let selected = selected();
    let phone = measure::phone();
    let part = RwSignal::new(Part::Cpu);
    let node = NodeRef::<Div>::new();
    Effect::new(move |_| {
        selected.get();
        if let Some(element) = node.get() {
            element.set_scroll_top(0);
        }
    });
    let shown = move || match selected.get() {
        Some(Selection::Task(id)) => view! { <TaskPanel id phone part/> }.into_any(),
        Some(Selection::Subnet(id)) => view! { <SubnetPanel id/> }.into_any(),
        Some(Selection::Group(id)) => view! { <GroupPanel id/> }.into_any(),
        Some(Selection::Vpc) => view! { <VpcPanel/> }.into_any(),
        Some(Selection::Gateway) => view! { <GatewayPanel/> }.into_any(),
        Some(Selection::Internet) => view! { <InternetPanel/> }.into_any(),
        Some(Selection::Flight(id)) => view! { <FlightPanel id/> }.into_any(),
        None => view! { <Totals/> }.into_any(),
    };
    view! {
        <Narrator/>
        <div class="insp" node_ref=node class:is-phone=move || phone.get()>{shown}</div>
    }
}
