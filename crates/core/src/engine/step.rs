//! One step of the world: the moment, the seed, what led to it, and the log that its facts go to.

use super::chance;
use crate::event::{Cause, Event, EventId, Fact};
use crate::units::{SimSpan, SimTime};
use std::mem;

/// What everything that changes the world is handed: it can name new things and log facts, and knows nothing else.
#[derive(Debug)]
pub struct Step<'a> {
    /// The moment.
    pub now: SimTime,
    /// The scenario's seed.
    pub seed: u64,
    /// What led to the step.
    cause: Cause,
    /// Distinguishes the ids that one step makes.
    made: u32,
    /// How many events there have been.
    count: &'a mut u64,
    /// Where events go.
    log: &'a mut Vec<Event>,
    /// What is to come to its next state, by its id, and after how long.
    later: Vec<(SimSpan, String)>,
}

impl<'a> Step<'a> {
    /// A step at a moment, for a reason.
    pub fn new(
        now: SimTime,
        seed: u64,
        cause: Cause,
        count: &'a mut u64,
        log: &'a mut Vec<Event>,
    ) -> Self {
        Self {
            now,
            seed,
            cause,
            made: 0,
            count,
            log,
            later: Vec::new(),
        }
    }

    /// Logs a fact.
    pub fn log(&mut self, fact: Fact) -> EventId {
        let id = EventId(*self.count);
        *self.count += 1;
        self.log.push(Event {
            id,
            at: self.now,
            cause: self.cause,
            fact,
        });
        id
    }

    /// Something is to come to its next state after a while.
    pub fn later(&mut self, after: SimSpan, id: &str) {
        self.later.push((after, id.to_owned()));
    }

    /// What is to come to its next state.
    pub fn take_later(&mut self) -> Vec<(SimSpan, String)> {
        mem::take(&mut self.later)
    }

    /// A new id such as `subnet-0d3f…`: 17 hexadecimal digits, drawn for the call that makes the thing.
    ///
    /// The draw is keyed by the call's place in the document, so that undoing another call changes no id.
    pub fn id(&mut self, kind: &str) -> String {
        format!("{kind}-0{:016x}", self.draw(kind))
    }

    /// A new task id: 32 hexadecimal digits.
    pub fn task_id(&mut self) -> String {
        format!("{:016x}{:016x}", self.draw("task"), self.draw("task-low"))
    }

    fn draw(&mut self, kind: &str) -> u64 {
        self.made += 1;
        chance::draw(self.seed, kind, &format!("{}/{}", self.cause, self.made))
    }
}
