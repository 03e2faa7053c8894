//! When what the drawer asks the session is asked again: never more than twice a second while time runs, less often in a long log.

use crate::browser;
use crate::commands::{Command, Commands};
use crate::projector::{Projected, projected};
use crate::selection::Selection;
use crate::signals::Memo;
use crate::simulation::playback;
use fargate_core::ids::NetworkInterfaceId;
use fargate_core::units::SimTime;

/// Real milliseconds between two looks at running time, for a short log.
const PAUSE: f64 = 500.0;
/// As many facts again, as much longer the pause: a look reads the whole log.
const SHORT: usize = 10_000;
/// The longest pause, as a multiple of the shortest: longer logs forget.
const LONGEST: usize = 12;

/// A moment at which a look at the log may show something else.
#[derive(Clone, Debug, PartialEq)]
pub enum Moment {
    /// Time runs: so many pauses after the page was opened.
    Runs(u64),
    /// Time stands: the moment shown, of which run, and how many facts there are.
    Stands(SimTime, usize, usize),
}

/// The moment, as a value that changes when it is worth asking the log again.
pub fn moment() -> Memo<Moment> {
    let (shown, running) = (projected(), playback().running);
    Memo::new(move |_| {
        let (clock, run) = (shown.clock.get(), run(shown));
        let facts = shown.event_count.get();
        if running.get() {
            let times = (1 + facts / SHORT).min(LONGEST);
            return Moment::Runs((browser::watch() / (PAUSE * times as f64)) as u64);
        }
        Moment::Stands(clock.now, run, facts)
    })
}

/// Which run is shown.
pub fn run(shown: Projected) -> usize {
    shown.history.with(|history| history.current)
}

/// Selects what an interface belongs to: its task, or what else stands in the subnet.
pub fn select(commands: Commands, interface: &NetworkInterfaceId) {
    let task = commands.ask_session(|session| session.task_of_interface(interface));
    let thing = match task {
        Some(task) => Selection::Task(task),
        None => Selection::Tile(interface.clone()),
    };
    commands.send(Command::Select(Some(thing)));
}
