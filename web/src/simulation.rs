//! The session on the page: it is advanced once an animation frame within a budget, and shown once a frame at most.

use crate::account::{Account, Speed};
use crate::projector::{Projected, Projector};
use crate::session_port::{ApiError, Reply, Session};
use fargate_core::call::Call;
use fargate_core::units::{SimSpan, SimTime};
use fargate_session::view::TraceCard;
use leptos::prelude::*;

/// Real milliseconds of a frame that the simulation may use.
const BUDGET: f64 = 6.0;
/// Events between two looks at the watch.
const SLICE: u32 = 2_000;
/// How long a request's flight is drawn at 1x, in real milliseconds; never shorter than [`SHORTEST_FLIGHT`].
const FLIGHT: u64 = 2_400;
/// The shortest flight, in real milliseconds.
const SHORTEST_FLIGHT: u64 = 400;

/// How time runs, as signals; from context.
#[derive(Clone, Copy, Debug)]
pub struct Playback {
    /// Whether time runs.
    pub running: ReadSignal<bool>,
    /// The speed asked for.
    pub speed: ReadSignal<Speed>,
    /// The speed that this tab reaches, where it is less.
    pub pace: ReadSignal<Option<Speed>>,
}

/// How time runs, from context.
pub fn playback() -> Playback {
    expect_context()
}

/// The session, the clock's account and the projector: the page has one.
pub(crate) struct Simulation {
    session: Session,
    account: Account,
    projector: Projector,
    playback: Playback,
    set_running: WriteSignal<bool>,
    set_speed: WriteSignal<Speed>,
    set_pace: WriteSignal<Option<Speed>>,
    changed: bool,
}

impl Simulation {
    pub(crate) fn new(session: Session) -> Self {
        let (running, set_running) = signal(false);
        let (speed, set_speed) = signal(Speed(1));
        let (pace, set_pace) = signal(None);
        Self {
            projector: Projector::new(&session.view(flight_span(Speed(1)))),
            session,
            account: Account::default(),
            playback: Playback {
                running,
                speed,
                pace,
            },
            set_running,
            set_speed,
            set_pace,
            changed: false,
        }
    }

    pub(crate) fn projected(&self) -> Projected {
        self.projector.projected()
    }

    pub(crate) fn playback(&self) -> Playback {
        self.playback
    }

    pub(crate) fn running(&self) -> bool {
        self.playback.running.get_untracked()
    }

    /// Sends a call; the world's answer comes at once.
    pub(crate) fn call(&mut self, call: Call) -> Result<Reply, ApiError> {
        self.changed = true;
        self.session.send(call)
    }

    pub(crate) fn run(&mut self, run: bool) {
        self.account.stop();
        self.set_pace.set(None);
        if self.running() != run {
            self.set_running.set(run);
        }
    }

    pub(crate) fn set_speed(&mut self, speed: Speed) {
        self.account.stop();
        self.set_pace.set(None);
        self.set_speed.set(speed);
        self.changed = true;
    }

    pub(crate) fn seek(&mut self, to: SimTime) {
        self.run(false);
        self.session.seek(to);
        self.changed = true;
    }

    pub(crate) fn back_to_live(&mut self) {
        self.session.back_to_live();
        self.changed = true;
    }

    pub(crate) fn step(&mut self, on: bool) {
        self.run(false);
        if on {
            self.session.step_on();
        } else {
            self.session.step_back();
        }
        self.changed = true;
    }

    /// Takes the last edit back; says what it was.
    pub(crate) fn undo(&mut self) -> Option<String> {
        self.changed = true;
        self.session.undo()
    }

    /// Does the last undone edit again; says what it was.
    pub(crate) fn redo(&mut self) -> Option<String> {
        self.changed = true;
        self.session.redo()
    }

    pub(crate) fn reset(&mut self) {
        self.session.reset();
        self.changed = true;
    }

    /// Shows another session from here on.
    pub(crate) fn replace(&mut self, session: Session) {
        self.run(false);
        self.session = session;
        self.changed = true;
    }

    pub(crate) fn save(&self) -> String {
        self.session.save()
    }

    pub(crate) fn trace(&self, flight: u64) -> Option<TraceCard> {
        self.session.trace(flight)
    }

    /// One animation frame. `watch` tells real milliseconds.
    pub(crate) fn frame(&mut self, watch: impl Fn() -> f64) {
        if self.running() {
            self.advance(&watch);
        }
        if std::mem::take(&mut self.changed) {
            let speed = self.playback.speed.get_untracked();
            self.projector.show(&self.session.view(flight_span(speed)));
        }
    }

    fn advance(&mut self, watch: &impl Fn() -> f64) {
        let began = watch();
        let speed = self.playback.speed.get_untracked();
        let owed = self.account.frame(began, speed);
        let mut left = owed;
        let from = self.projected().clock.with_untracked(|clock| clock.now);
        let target = from + owed;
        while left.0 > 0 {
            let progress = self.session.advance(left, SLICE);
            left = target - progress.reached;
            self.changed = true;
            if !progress.behind || watch() - began > BUDGET {
                break;
            }
        }
        self.account.pay(SimSpan(owed.0 - left.0), speed);
        if let Some(pace) = self.account.pace()
            && self.playback.pace.get_untracked() != pace
        {
            self.set_pace.set(pace);
        }
    }
}

/// How long a request flies, in simulated time, so that it can be followed at any speed.
fn flight_span(speed: Speed) -> SimSpan {
    let times = u64::from(speed.0);
    SimSpan(FLIGHT.max(SHORTEST_FLIGHT * times))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flight_takes_its_time_and_never_less_than_can_be_seen() {
        for (speed, span) in [(1, 2_400), (5, 2_400), (10, 4_000), (1_000, 400_000)] {
            assert_eq!(flight_span(Speed(speed)), SimSpan(span), "{speed}x");
        }
    }
}
