//! The session on the page: it is advanced once an animation frame within a budget, and shown once a frame at most.

use crate::account::{Account, Speed};
use crate::projector::{Projected, Projector};
use crate::signals::{ReadSignal, WriteSignal, signal};
use fargate_core::call::Call;
use fargate_core::error::{ApiError, Reply};
use fargate_core::ids::VpcId;
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::world::{Budget, Progress};
use fargate_session::view::TraceCard;
use fargate_session::{Plan, Refused, Session};
use leptos::prelude::*;

/// Real milliseconds of a frame that the simulation may use.
const BUDGET: f64 = 6.0;
/// Events between two looks at the watch.
const SLICE: Budget = Budget(2_000);
/// Real milliseconds between two views of running time where less motion is asked for.
const CALM: f64 = 1_000.0;
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
    changed: Change,
    /// When the view was last shown, in real milliseconds.
    shown: f64,
}

/// What happened since the last view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    /// Nothing.
    #[default]
    None,
    /// Time went on by itself.
    Time,
    /// The person did something.
    Asked,
}

impl Change {
    /// Whether it is shown in this frame, so many real milliseconds after the last view. With reduced motion the page
    /// moves by itself once a second only; what the person does shows at once.
    fn shows(self, since: f64, calm: bool) -> bool {
        match self {
            Self::None => false,
            Self::Time => !calm || since >= CALM,
            Self::Asked => true,
        }
    }
}

impl Simulation {
    pub(crate) fn new(mut session: Session) -> Self {
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
            changed: Change::None,
            shown: 0.0,
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
        self.changed = Change::Asked;
        self.session.send(call)
    }

    /// Does a plan: all of its calls or none.
    pub(crate) fn gesture(&mut self, plan: &Plan) -> Result<Vec<Reply>, Refused> {
        self.changed = Change::Asked;
        self.session.gesture(plan)
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
        self.changed = Change::Asked;
    }

    pub(crate) fn seek(&mut self, to: SimTime) {
        self.run(false);
        self.session.seek(to);
        self.changed = Change::Asked;
    }

    pub(crate) fn back_to_live(&mut self) {
        self.session.back_to_live();
        self.changed = Change::Asked;
    }

    pub(crate) fn step(&mut self, on: bool) {
        self.run(false);
        if on {
            self.session.step_on();
        } else {
            self.session.step_back();
        }
        self.changed = Change::Asked;
    }

    /// Takes the last edit back; says what it was.
    pub(crate) fn undo(&mut self) -> Option<String> {
        self.changed = Change::Asked;
        self.session.undo()
    }

    /// Does the last undone edit again; says what it was.
    pub(crate) fn redo(&mut self) -> Option<String> {
        self.changed = Change::Asked;
        self.session.redo()
    }

    pub(crate) fn reset(&mut self) {
        self.session.reset();
        self.changed = Change::Asked;
    }

    pub(crate) fn show_run(&mut self, run: usize) {
        self.session.show_run(run);
        self.changed = Change::Asked;
    }

    /// From now on the rules judge what is registered.
    pub(crate) fn judge(&mut self) {
        self.session.judge();
        self.changed = Change::Asked;
    }

    /// Shows another VPC of the account.
    pub(crate) fn show_vpc(&mut self, vpc: VpcId) {
        self.session.show_vpc(vpc);
        self.changed = Change::Asked;
    }

    /// Shows another session from here on.
    pub(crate) fn replace(&mut self, session: Session) {
        self.run(false);
        self.session = session;
        self.changed = Change::Asked;
    }

    pub(crate) fn save(&self) -> String {
        self.session.save()
    }

    /// The session, to be asked and not changed.
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    pub(crate) fn trace(&self, flight: u64) -> Option<TraceCard> {
        self.session.trace(flight)
    }

    /// One animation frame. `watch` tells real milliseconds; `calm` is whether less motion is asked for.
    pub(crate) fn frame(&mut self, watch: impl Fn() -> f64, calm: bool) {
        if self.running() {
            self.advance(&watch);
        }
        let now = watch();
        if self.changed.shows(now - self.shown, calm) {
            self.changed = Change::None;
            self.shown = now;
            let speed = self.playback.speed.get_untracked();
            self.projector.show(&self.session.view(flight_span(speed)));
        }
    }

    fn advance(&mut self, watch: &impl Fn() -> f64) {
        let began = watch();
        let speed = self.playback.speed.get_untracked();
        let owed = self.account.frame(began, speed);
        let target = self.session.now() + owed;
        let mut left = owed;
        while left.0 > 0 {
            let progress = self.session.advance(left, SLICE);
            left = target - self.session.now();
            self.changed = self.changed.max(Change::Time);
            if progress == Progress::Reached || watch() - began > BUDGET {
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

    #[test]
    fn with_reduced_motion_running_time_shows_once_a_second_and_acts_at_once() {
        for (change, since, calm, shows) in [
            (Change::None, 5_000.0, false, false),
            (Change::Time, 16.0, false, true),
            (Change::Time, 16.0, true, false),
            (Change::Time, 1_000.0, true, true),
            (Change::Asked, 16.0, true, true),
        ] {
            assert_eq!(change.shows(since, calm), shows, "{change:?} after {since}");
        }
    }
}
