//! What the rows of both share diagrams have in common: what a slider sends, and the way back to traffic.

use super::task::Card;
use super::tone;
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::signals::Memo;
use crate::ui::Region;
use fargate_core::call::{Call, ClearDemand, SetDemand};
use fargate_session::view::{ContainerCard, ContainerState};
use leptos::prelude::*;

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// CPU units.
    Cpu,
    /// MiB.
    Memory,
}

impl Kind {
    fn by_hand(self, container: &ContainerCard) -> bool {
        match self {
            Self::Cpu => container.cpu.by_hand,
            Self::Memory => container.memory.by_hand,
        }
    }

    fn wants(self, container: &ContainerCard) -> u32 {
        match self {
            Self::Cpu => container.cpu.wants,
            Self::Memory => container.memory.wants,
        }
    }

    fn call(self, card: Card, container: String, value: u32) -> Call {
        let (cpu, memory) = match self {
            Self::Cpu => (Some(value), None),
            Self::Memory => (None, Some(value)),
        };
        let task = card.with_untracked(|card| card.id.clone());
        SetDemand {
            task,
            container,
            cpu,
            memory,
        }
        .into()
    }
}

/// What a slider sends when its gesture ends: one call, and none where nothing changed.
pub fn send(card: Card, kind: Kind, place: usize, container: String) -> Callback<u32> {
    let commands = commands();
    Callback::new(move |value: u32| {
        let same = card.with_untracked(|card| {
            card.containers
                .get(place)
                .is_some_and(|it| kind.wants(it) == value)
        });
        if !same {
            commands.send(Command::Call(kind.call(card, container.clone(), value)));
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
    /// Which kind of demand.
    kind: Kind,
) -> AnyView {
    let commands = commands();
    let set = Memo::new(move |_| {
        card.with(|card| {
            let by_hand = card
                .containers
                .iter()
                .filter(|it| kind.by_hand(it) && it.state == ContainerState::Running);
            by_hand.map(|it| it.short_name.clone()).collect::<Vec<_>>()
        })
    });
    let back = move |_| {
        commands.send(Command::Calls(give_back(card, kind)));
        // The button goes; the focus stays in the region.
        crate::browser::focus(Region::Inspector.id());
    };
    live(move || {
        let names = set.get();
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
fn give_back(card: Card, kind: Kind) -> Vec<Call> {
    let other = match kind {
        Kind::Cpu => Kind::Memory,
        Kind::Memory => Kind::Cpu,
    };
    let task = card.get_untracked();
    let mut calls = Vec::new();
    for container in task.containers.iter().filter(|it| kind.by_hand(it)) {
        let name = container.name.clone();
        calls.push(
            ClearDemand {
                task: task.id.clone(),
                container: name.clone(),
            }
            .into(),
        );
        if other.by_hand(container) {
            calls.push(other.call(card, name, other.wants(container)));
        }
    }
    calls
}
