//! Events: facts with a time and a cause. Following causes back answers 'why'.

mod fact;
mod words;

pub use fact::Fact;

use crate::units::SimTime;
use std::fmt;

/// The number of an event in its run, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u64);

/// What led to an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The call at that place of the document.
    Call(u32),
    /// An earlier event.
    Event(EventId),
}

/// A fact of the simulated account.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its number.
    pub id: EventId,
    /// When it happened.
    pub at: SimTime,
    /// What led to it.
    pub cause: Cause,
    /// What happened.
    pub fact: Fact,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(number) => write!(f, "call {number}"),
            Self::Event(id) => write!(f, "event {}", id.0),
        }
    }
}

impl fmt::Display for Event {
    /// One line of the event log, the form that is hashed: milliseconds, number, cause, sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} #{} after {}: {}",
            self.at.0, self.id.0, self.cause, self.fact
        )
    }
}
