//! Which lines a fact leads to: the same for whoever reads a run's logs, and for whoever bills them as they come.

use crate::event::Fact;
use crate::workload::{LogMoment, Workload};

/// Lines of one container that one request leads to at most.
const MOST_PER_REQUEST: u32 = 10;
/// How far a request is followed from container to container.
const MOST_CALLS: usize = 5;

/// The containers of a task, by their places.
pub(super) trait Containers {
    /// The container of a name.
    fn place(&self, name: &str) -> Option<usize>;
    /// How many there are.
    fn count(&self) -> usize;
    /// What the image of one does.
    fn workload(&self, place: usize) -> &Workload;
    /// Whether one runs.
    fn runs(&self, place: usize) -> bool;
    /// Whether one listens on a port.
    fn listens(&self, place: usize, port: u16) -> bool;
    /// Whether a container could not answer the request that the fact is, since AWS did not give it what it asked for.
    fn failed(&self) -> bool;
}

/// A line: of which container, and which of its image's; `None` for one that the fact says itself.
pub(super) type Led = (usize, Option<usize>);

/// The lines that a fact leads to, in order.
pub(super) fn lines(fact: &Fact, all: &dyn Containers) -> Vec<Led> {
    let mut led = Vec::new();
    match fact {
        Fact::Logged {
            container, line, ..
        } => {
            if let Some(at) = all.place(container) {
                let mut own = all.workload(at).logs.iter();
                led.push((at, own.position(|it| it.on.is_none() && it.line == *line)));
            }
        }
        Fact::Called {
            container,
            reached: false,
            ..
        } => {
            if let Some(at) = all.place(container) {
                say(all, at, LogMoment::Error, &mut led);
            }
        }
        Fact::Signalled {
            container,
            signal: "SIGTERM",
            ..
        } => {
            if let Some(at) = all.place(container)
                && all.workload(at).stop_ms.is_some()
            {
                say(all, at, LogMoment::Stop, &mut led);
            }
        }
        Fact::ContainerExited {
            container,
            code,
            reason,
            ..
        } => {
            let moment = match reason {
                Some(reason) if reason.starts_with("OutOfMemory") => Some(LogMoment::Oom),
                None if *code != 137 => Some(LogMoment::Exit),
                _ => None,
            };
            if let Some((at, moment)) = all.place(container).zip(moment) {
                say(all, at, moment, &mut led);
            }
        }
        Fact::Request { trace, .. } if trace.delivered() => {
            if let Some((_, at)) = trace.container() {
                if all.failed() {
                    // what answers with 500 says so instead
                    say(all, at, LogMoment::Error, &mut led);
                } else {
                    request(all, at, 1, MOST_CALLS, &mut led);
                }
            }
        }
        _ => {}
    }
    led
}

/// What a request leads to: a line of the container that it reaches, and of those that it calls.
fn request(all: &dyn Containers, at: usize, times: u32, depth: usize, led: &mut Vec<Led>) {
    if at >= all.count() || !all.runs(at) || depth == 0 {
        return;
    }
    for _ in 0..times.min(MOST_PER_REQUEST) {
        say(all, at, LogMoment::Request, led);
    }
    let calls = all.workload(at).calls.iter();
    for call in calls.filter(|it| it.to.is_none() && it.per_request > 0) {
        let callee = (0..all.count())
            .find(|other| *other != at && all.runs(*other) && all.listens(*other, call.port));
        match callee {
            Some(callee) => {
                let times = times.saturating_mul(call.per_request);
                request(all, callee, times, depth - 1, led);
            }
            None => say(all, at, LogMoment::Error, led),
        }
    }
}

/// What the image says at such a moment.
fn say(all: &dyn Containers, at: usize, moment: LogMoment, led: &mut Vec<Led>) {
    if at < all.count() {
        let lines = all.workload(at).logs.iter().enumerate();
        let lines = lines.filter(|it| it.1.on == Some(moment));
        led.extend(lines.map(|(line, _)| (at, Some(line))));
    }
}
