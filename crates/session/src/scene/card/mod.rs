//! A task's card: where its state, name, pills, containers and bars are, and the words that need room there.

mod lay;
mod measure;
mod pool;

pub use measure::reason_lines;
pub(crate) use measure::{ended, height};
pub use pool::Pool;

use super::geometry::{Point, Rect, Slot};
use super::spacing::Density;
use crate::view::{ContainerCard, TaskCard};
use fargate_core::task::TaskState;

/// A task's card.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskBox {
    /// How much it shows.
    pub density: Density,
    /// The card.
    pub rect: Rect,
    /// The state's icon.
    pub icon: Rect,
    /// `scorekeep:1`.
    pub title: Slot,
    /// The short id, the size, or the state where it is not running; without room on the smallest card.
    pub note: Slot,
    /// The interface's pill on the card's edge.
    pub interface: Option<PillBox>,
    /// The public address: a pill beside the interface's.
    pub public: Option<PillBox>,
    /// The public address as a row of the card, where two pills have no room.
    pub public_row: Option<PillBox>,
    /// The containers, in definition order; none on a card whose task has ended.
    pub chips: Vec<ChipBox>,
    /// Containers that find each other at localhost: from chip to chip, and where the word stands.
    pub loopbacks: Vec<Loopback>,
    /// Who gets CPU and memory, and the bill.
    pub bands: Option<Bands>,
    /// The lines of the reason, on the card of a task that ended.
    pub reason: Vec<Slot>,
    /// Where lines to the task end.
    pub plug: Point,
}

/// An icon and an address in a pill or a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PillBox {
    /// The pill.
    pub rect: Rect,
    /// The icon.
    pub icon: Rect,
    /// The address.
    pub text: Slot,
}

/// A container's chip.
#[derive(Clone, Debug, PartialEq)]
pub struct ChipBox {
    /// The chip.
    pub rect: Rect,
    /// The swatch in the container's colour.
    pub swatch: Rect,
    /// The container's name.
    pub name: Slot,
    /// The ports.
    pub ports: Option<Slot>,
    /// CPU in use.
    pub cpu: Option<Meter>,
    /// Memory in use.
    pub memory: Option<Meter>,
}

/// A label, a figure and a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meter {
    /// 'CPU'.
    pub label: Slot,
    /// '12 %'.
    pub value: Slot,
    /// The track of the bar.
    pub track: Rect,
}

/// The dotted line between two containers that share an interface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Loopback {
    /// At the edge of one.
    pub from: Point,
    /// At the edge of the next.
    pub to: Point,
    /// The middle of the word 'localhost', above the line.
    pub word: Point,
}

/// The lower half of a large card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bands {
    /// 'CPU, who gets the 1,024 units'.
    pub cpu_title: Slot,
    /// The task's CPU; its right edge is the wall.
    pub cpu: Rect,
    /// 'Memory, 2,048 MiB'.
    pub memory_title: Slot,
    /// The task's memory; its right edge is the wall.
    pub memory: Rect,
    /// 'Running for 12 s. Billed so far: …'.
    pub bill: Slot,
}

impl TaskBox {
    /// The box with the pill that straddles its edge.
    pub fn outer(&self) -> Rect {
        let pills = [&self.interface, &self.public];
        pills
            .into_iter()
            .flatten()
            .fold(self.rect, |all, pill| all.union(&pill.rect))
    }
}

/// The word at the right of a medium card: the short id of a running task, else its state.
pub fn note(task: &TaskCard) -> String {
    if task.state == TaskState::Running {
        task.short_id.clone()
    } else {
        task.state.title().to_owned()
    }
}

/// The word at the right of a large card: the size of a running task, else its state.
pub fn large_note(task: &TaskCard) -> String {
    if task.state == TaskState::Running {
        task.size.clone()
    } else {
        task.state.title().to_owned()
    }
}

/// The ports of a container as its chip shows them: ':8080'.
pub fn ports(container: &ContainerCard) -> String {
    let ports: Vec<String> = container
        .ports
        .iter()
        .map(|port| format!(":{port}"))
        .collect();
    ports.join(" ")
}
