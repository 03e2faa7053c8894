//! The session: one scenario that is open, its history, and the moment that is shown.

mod past;

use crate::cards::Cards;
use crate::document::{OpenError, Scenario};
use crate::explain;
use crate::history::{Done, Entry, Run};
use crate::plan::{Plan, Refused};
use crate::timeline::{Cursor, Timeline};
use crate::view::{TraceCard, View};
use crate::words;
use fargate_core::call::Call;
use fargate_core::error::{ApiError, Reply};
use fargate_core::event::{Event, EventId};
use fargate_core::ids::{TaskId, VpcId};
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::world::{Authority, Budget, Progress, Settings, World};

/// An open scenario: send it calls, advance its time, look at its view.
#[derive(Debug)]
pub struct Session {
    scenario: Scenario,
    timeline: Timeline,
    /// The moment shown, where that lies before the end.
    past: Option<Cursor>,
    cards: Cards,
    words: Words,
}

/// What an edit does, in words.
pub(crate) type Words = fn(&Call, &World) -> String;

impl Session {
    /// Opens a scenario and simulates its current run up to where it ended.
    pub fn new(scenario: Scenario) -> Self {
        Self::decided_by(Authority::whole(), words::edit, scenario)
    }

    /// The same, with an authority and words of one's own.
    pub(crate) fn decided_by(authority: Authority, words: Words, scenario: Scenario) -> Self {
        let settings = Settings {
            seed: scenario.seed,
            as_of: scenario.as_of,
            images: scenario.images.clone(),
            authority,
        };
        let timeline = Timeline::new(settings);
        let mut session = Self {
            scenario,
            timeline,
            past: None,
            cards: Cards::default(),
            words,
        };
        session.simulate_again();
        session
    }

    /// From now on the rules judge what is registered, the walk what is opened, and every action is answered. A session that began
    /// on trust is simulated again; any other has them already.
    pub fn judge(&mut self) {
        if self.timeline.settings().authority.is_on_trust() {
            self.timeline.judge_by(Authority::whole());
            self.words = words::edit;
            self.simulate_again();
        }
    }

    /// Opens a saved document.
    pub fn open(text: &str) -> Result<Self, OpenError> {
        Scenario::parse(text).map(Self::new)
    }

    /// The document to save.
    pub fn save(&self) -> String {
        self.scenario.print()
    }

    /// The scenario as it stands.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The world at the moment shown.
    pub fn world(&self) -> &World {
        self.past
            .as_ref()
            .map_or_else(|| self.timeline.head(), |cursor| &cursor.world)
    }

    /// The moment shown.
    pub fn now(&self) -> SimTime {
        self.world().now()
    }

    /// How far the run has been simulated.
    pub fn end(&self) -> SimTime {
        self.timeline.head().now()
    }

    /// The hash of the event log: the same for the same run, natively and in the browser.
    pub fn event_hash(&self) -> u64 {
        self.timeline.log().hash()
    }

    /// Calls of the document that were refused, by their places in it.
    pub fn refused(&self) -> &[(u32, ApiError)] {
        self.timeline.refused()
    }

    /// The lines of the event log up to the moment shown.
    pub fn event_lines(&self) -> impl Iterator<Item = String> + '_ {
        self.timeline
            .log()
            .until(self.now())
            .iter()
            .map(ToString::to_string)
    }

    /// Sends a call at the moment shown. In the past, an accepted call starts a new run there. A refused call changes
    /// nothing.
    pub fn send(&mut self, call: Call) -> Result<Reply, ApiError> {
        self.act(Done::Call(call), false)
    }

    /// Does a plan at the moment shown: all of its calls, or none where AWS would refuse one of them.
    pub fn gesture(&mut self, plan: &Plan) -> Result<Vec<Reply>, Refused> {
        let mut trial = self.world().clone();
        let first = self.taken() as u32;
        let (mut calls, mut made) = (Vec::new(), Vec::new());
        for (number, step) in (first..).zip(plan.steps()) {
            let call = step(&made);
            let reply = trial.apply(number, &call, &mut Vec::new());
            let reply = reply.map_err(|error| Refused {
                action: call.action(),
                call: made.is_empty().then(|| call.clone()),
                error,
            })?;
            if let Reply::Made(id) = reply {
                made.push(id);
            }
            calls.push(call);
        }
        let mut replies = Vec::new();
        for (place, call) in calls.into_iter().enumerate() {
            let action = call.action();
            let reply = self.act(Done::Call(call), place > 0);
            replies.push(reply.map_err(|error| Refused {
                action,
                call: None,
                error,
            })?);
        }
        Ok(replies)
    }

    /// Undoes the last edit: from here on the account is as it would be without it. What happened stays in the log.
    /// Gives what was undone, in words; `None` where there is nothing to undo.
    pub fn undo(&mut self) -> Option<String> {
        let call = *self.stacks().undo.last()?;
        let label = self.label(call);
        let (first, last) = self.run().gesture(call);
        self.each((first..=last).rev().map(Done::Undo))?;
        Some(label)
    }

    /// What the last edit did, in words: what an undo would take back.
    pub fn last_edit(&self) -> Option<String> {
        self.stacks().undo.last().map(|call| self.label(*call))
    }

    /// Does the last undone edit again, at its own moment. Gives what was done, in words.
    pub fn redo(&mut self) -> Option<String> {
        let call = *self.stacks().redo.last()?;
        let label = self.label(call);
        let (first, last) = self.run().gesture(call);
        self.each((first..=last).map(Done::Redo))?;
        Some(label)
    }

    fn each(&mut self, all: impl Iterator<Item = Done>) -> Option<()> {
        for what in all {
            self.act(what, false).ok()?;
        }
        Some(())
    }

    /// How many entries of the run are taken at the moment shown.
    fn taken(&self) -> usize {
        let now = self.now();
        let entries = self.run().entries.iter();
        entries.filter(|entry| entry.at <= now).count()
    }

    fn stacks(&self) -> crate::history::Stacks {
        self.run().stacks(self.taken(), self.scenario.given)
    }

    /// What a gesture does, in words; a call that was sent alone is one.
    fn label(&self, number: u32) -> String {
        let (first, last) = self.run().gesture(number);
        let calls = (first..=last).filter_map(|number| self.run().call(number));
        let words: Vec<String> = calls.map(|call| (self.words)(call, self.world())).collect();
        words.join(", ")
    }

    fn act(&mut self, what: Done, joined: bool) -> Result<Reply, ApiError> {
        let entry = Entry {
            at: self.now(),
            what,
            joined,
        };
        if self.past.is_some() {
            return self.branch(entry);
        }
        let run = &mut self.scenario.runs[self.scenario.current];
        run.entries.push(entry);
        let reply = self.timeline.take(run);
        if reply.is_err() {
            run.entries.pop();
        }
        reply
    }

    fn branch(&mut self, entry: Entry) -> Result<Reply, ApiError> {
        let at = entry.at;
        let mut reply = Reply::Done;
        if let Done::Call(call) = &entry.what {
            let mut trial = self.world().clone();
            let number = self.taken() as u32;
            reply = trial.apply(number, call, &mut Vec::new())?;
        }
        let mut entries = self.run().entries.clone();
        entries.retain(|entry| entry.at <= at);
        entries.push(entry);
        self.scenario.runs.push(Run {
            from: Some(at),
            entries,
            end: at,
        });
        self.scenario.current = self.scenario.runs.len() - 1;
        self.simulate_again();
        Ok(reply)
    }

    /// The entries of the run that is shown, up to the moment shown.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        let now = self.now();
        self.run().entries.iter().filter(move |it| it.at <= now)
    }

    fn run(&self) -> &Run {
        &self.scenario.runs[self.scenario.current]
    }

    fn simulate_again(&mut self) {
        let run = self.scenario.runs[self.scenario.current].clone();
        self.timeline = Timeline::new(self.timeline.settings().clone());
        self.timeline.advance(&run, run.end, Budget(u32::MAX));
        self.past = None;
    }

    /// Advances the moment shown by a span, doing at most so many events. In the past it goes on to the end of the run,
    /// and from there the run grows.
    pub fn advance(&mut self, span: SimSpan, budget: Budget) -> Progress {
        let until = self.now() + span;
        if let Some(cursor) = &mut self.past {
            if until < self.timeline.head().now() {
                let run = &self.scenario.runs[self.scenario.current];
                self.timeline.forward(run, cursor, until);
                return Progress::Reached;
            }
            self.past = None;
        }
        let run = &mut self.scenario.runs[self.scenario.current];
        let progress = self.timeline.advance(run, until, budget);
        run.end = self.timeline.head().now();
        progress
    }

    /// Shows a moment: of the past, or the end for any later one.
    pub fn seek(&mut self, moment: SimTime) {
        let run = &self.scenario.runs[self.scenario.current];
        self.past = (moment < self.timeline.head().now()).then(|| self.timeline.at(run, moment));
    }

    /// Shows the end of the run.
    pub fn back_to_live(&mut self) {
        self.past = None;
    }

    /// Goes to the next moment at which something happens; at the end of the run, time goes on to there.
    pub fn step_on(&mut self) {
        let now = self.now();
        if self.past.is_some() {
            match self.timeline.log().next_after(now) {
                Some(at) => self.seek(at),
                None => self.back_to_live(),
            }
        } else if let Some(at) = self.timeline.head().next_due() {
            self.advance(at - now, Budget(u32::MAX));
        }
    }

    /// Goes back to the last moment at which something happened.
    pub fn step_back(&mut self) {
        let now = self.now();
        self.seek(self.timeline.log().last_before(now).unwrap_or_default());
    }

    /// Starts a new run from the scenario's beginning. The others are kept.
    pub fn reset(&mut self) {
        let entries = self.scenario.runs[0].entries[..self.scenario.given].to_vec();
        let last = entries.last().map(|entry| entry.at).unwrap_or_default();
        let end = self.scenario.opens_at.max(last);
        self.scenario.runs.push(Run {
            from: Some(SimTime::default()),
            entries,
            end,
        });
        self.scenario.current = self.scenario.runs.len() - 1;
        self.simulate_again();
    }

    /// A task as `DescribeTasks` shows it at the moment shown, with its tags, indented.
    pub fn described(&self, task: &TaskId) -> String {
        self.world()
            .described_tasks(&[task.as_str()], true)
            .indented()
    }

    /// Shows another run, at its end. A number that no run has changes nothing.
    pub fn show_run(&mut self, number: usize) {
        if number < self.scenario.runs.len() && number != self.scenario.current {
            self.scenario.current = number;
            self.simulate_again();
        }
    }

    /// From now on that VPC is shown. It is no edit: nothing of it is saved.
    pub fn show_vpc(&mut self, vpc: VpcId) {
        self.cards.chosen = Some(vpc);
    }

    /// The world of a run as it was at a moment; as it was at the run's end for any later one. `None` where there is no such run.
    pub fn world_of(&self, run: usize, moment: SimTime) -> Option<World> {
        let wanted = self.scenario.runs.get(run)?;
        if run != self.scenario.current {
            let mut timeline = Timeline::new(self.timeline.settings().clone());
            timeline.advance(wanted, moment.min(wanted.end), Budget(u32::MAX));
            return Some(timeline.head().clone());
        }
        if moment >= self.end() {
            return Some(self.timeline.head().clone());
        }
        Some(self.timeline.at(wanted, moment).world)
    }

    /// When the last edit was made, of those that lie before the moment shown and are not what the scenario begins with.
    pub fn last_edit_at(&self) -> Option<SimTime> {
        let own = self.scenario.given..self.taken();
        let own = self.run().entries.get(own)?;
        own.last().map(|entry| entry.at)
    }

    /// What the page shows of the moment. Requests of the last `flight` are drawn.
    pub fn view(&mut self, flight: SimSpan) -> View {
        let stacks = self.stacks();
        let labels = (
            stacks.undo.last().map(|call| self.label(*call)),
            stacks.redo.last().map(|call| self.label(*call)),
        );
        let world = self
            .past
            .as_ref()
            .map_or_else(|| self.timeline.head(), |cursor| &cursor.world);
        let events = self.timeline.log().until(world.now());
        self.cards.draw(
            world,
            events,
            &self.scenario,
            self.timeline.head().now(),
            labels,
            flight,
        )
    }

    /// The events up to the moment shown.
    pub(crate) fn events(&self) -> &[Event] {
        self.timeline.log().until(self.now())
    }

    /// The steps of a request, with the cures where it was refused.
    pub fn trace(&self, flight: u64) -> Option<TraceCard> {
        let event = self.timeline.log().get(EventId(flight))?;
        explain::trace(event, self.events(), self.world())
    }
}
