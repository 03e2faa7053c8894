//! What the rows of both share diagrams have in common: what a slider sends, and the way back to traffic.

use super::task::Card;
use super::tone;
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::signals::Memo;
use crate::ui::Region;
use fargate_core::call::{Call, ClearDemand, SetDemand};
use fargate_session::diagrams::prediction::Resource;
use fargate_session::view::{ContainerCard, ContainerState, TaskCard};
use leptos::prelude::*;

/// Whether a person set what a container wants, not the traffic.
fn by_hand(resource: Resource, container: &ContainerCard) -> bool {
    match resource {
        Resource::Cpu => container.cpu.by_hand,
        Resource::Memory => container.memory.by_hand,
    }
}

/// The call that sets what a container wants.
pub fn set(resource: Resource, task: &TaskCard, container: String, value: u32) -> Call {
    let (cpu, memory) = match resource {
        Resource::Cpu => (Some(value), None),
        Resource::Memory => (None, Some(value)),
    };
    SetDemand {
        task: task.id.clone(),
        container,
        cpu,
        memory,
    }
    .into()
}

/// What a slider sends when its gesture ends: one call, and none where nothing changed.
pub fn send(card: Card, resource: Resource, place: usize, container: String) -> Callback<u32> {
    let commands = commands();
    Callback::new(move |value: u32| {
        let task = card.get_untracked();
        let now = task.containers.get(place).map(|it| resource.wants(it));
        if now != Some(value) {
            commands.send(Command::Call(set(
                resource,
                &task,
                container.clone(),
                value,
            )));
        }
    })
}

/// The state of a container.
pub fn state(card: Card, place: usize) -> Memo<ContainerState> {
    Memo::new(move |_| {
        let state = card.with(|card| card.containers.get(place).map(|it| it.state));
        state.unwrap_or(ContainerState::Stopped)
    })
}

/// The square of a container's colour.
#[component]
pub fn Mark(
    /// The container's place in the definition.
    place: usize,
    /// The container's state.
    state: Memo<ContainerState>,
) -> AnyView {
    live(move || {
        if state.get() == ContainerState::Stopped {
            view! { <Glyph icon=Icon::Stopped class="i-12 idle-c"/> }
        } else {
            view! { <i class=format!("swatch {}", tone::class(place)) aria-hidden="true"></i> }
        }
    })
}

/// Upper edge and height of a track in its 18 pixels.
pub fn track(phone: bool) -> (f64, f64) {
    if phone { (4.0, 10.0) } else { (5.0, 8.0) }
}

/// The ▼ above a track that begins at `y`.
pub fn tick(x: f64, y: f64) -> AnyView {
    let path = format!("M{:.2} {}h8l-4 5z", x - 4.0, y - 5.0);
    view! { <path class="sh-tick" d=path></path> }
}

/// The wall at the end of a track.
pub fn wall(x: f64, y: f64, height: f64) -> AnyView {
    view! { <path class="wall" d=format!("M{x} {}V{}", y - 4.0, y + height + 4.0)></path> }
}

/// Says whose demand a person set, and gives it back to image and traffic.
#[component]
pub fn ByHand(
    /// The task.
    card: Card,
    /// Of what.
    resource: Resource,
) -> AnyView {
    let commands = commands();
    let names = Memo::new(move |_| {
        card.with(|card| {
            let by_hand = card
                .containers
                .iter()
                .filter(|it| by_hand(resource, it) && it.state == ContainerState::Running);
            by_hand.map(|it| it.short_name.clone()).collect::<Vec<_>>()
        })
    });
    let back = move |_| {
        commands.send(Command::Calls(give_back(&card.get_untracked(), resource)));
        // The button goes; the focus stays in the region.
        crate::browser::focus(Region::Inspector.id());
    };
    live(move || {
        let names = names.get();
        (!names.is_empty()).then(|| {
            view! {
                <div class="row by-hand">
                    <span class="t12 dim">"Set by hand: " {names.join(", ")} "."</span>
                    <button class="btn sm line end" type="button" on:click=back>"Back to traffic"</button>
                </div>
            }
        })
    })
}

/// The calls that give back one kind of demand and keep the other.
fn give_back(task: &TaskCard, resource: Resource) -> Vec<Call> {
    let other = match resource {
        Resource::Cpu => Resource::Memory,
        Resource::Memory => Resource::Cpu,
    };
    let mut calls = Vec::new();
    for container in task.containers.iter().filter(|it| by_hand(resource, it)) {
        let name = container.name.clone();
        calls.push(
            ClearDemand {
                task: task.id.clone(),
                container: name.clone(),
            }
            .into(),
        );
        if by_hand(other, container) {
            calls.push(set(other, task, name, other.wants(container)));
        }
    }
    calls
}
