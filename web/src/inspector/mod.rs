//! The inspector: what is selected, and the scenario's totals where nothing is.

pub mod containers;
pub mod cost;
pub mod cpu;
pub mod demand;
pub mod described;
pub mod gesture;
pub mod life;
pub mod memory;
pub mod narrator;
pub mod network;
pub mod place;
pub mod predict;
pub mod share_row;
pub mod slider;
pub mod storage;
pub mod task;
pub mod tile;
pub mod tone;
pub mod totals;

use crate::commands::{Command, Commands};
use crate::markup::view;
use crate::measure;
use crate::selection::{Selection, selected};
use crate::shell::enter;
use crate::signals::RwSignal;
use crate::ui::Region;
use leptos::html::Div;
use leptos::prelude::*;
use narrator::Narrator;
use place::{FlightPanel, GatewayPanel, GroupPanel, InternetPanel, SubnetPanel, VpcPanel};
use predict::Predictions;
use task::{Part, TaskPanel};
use tile::TilePanel;
use totals::Totals;

/// Selects a thing that the inspector names. The button that did it is gone then, so the inspector takes the focus.
fn lead_to(commands: Commands, thing: Selection) {
    commands.send(Command::Select(Some(thing)));
    request_animation_frame(|| {
        enter(Region::Inspector);
    });
}

/// The inspector: what is selected, and the scenario's totals where nothing is.
#[component]
pub fn Inspector() -> AnyView {
    let selected = selected();
    let phone = measure::phone();
    let part = RwSignal::new(Part::Cpu);
    provide_context(Predictions::default());
    let node = NodeRef::<Div>::new();
    Effect::new(move |_| {
        selected.get();
        if let Some(element) = node.get() {
            element.set_scroll_top(0);
        }
    });
    let shown = move || match selected.get() {
        Some(Selection::Task(id)) => view! { <TaskPanel id phone part/> },
        Some(Selection::Subnet(id)) => view! { <SubnetPanel id/> },
        Some(Selection::Group(id)) => view! { <GroupPanel id/> },
        Some(Selection::Vpc) => view! { <VpcPanel/> },
        Some(Selection::Gateway) => view! { <GatewayPanel/> },
        Some(Selection::Internet) => view! { <InternetPanel/> },
        Some(Selection::Tile(id)) => view! { <TilePanel id/> },
        Some(Selection::Flight(id)) => view! { <FlightPanel id/> },
        None => view! { <Totals/> },
    };
    view! {
        <Narrator/>
        <div class="insp" node_ref=node class:is-phone=move || phone.get()>{shown}</div>
    }
}
