//! Who has the last word: what judges task definitions, and what walks connections.

use crate::network::{self, Walk};
use crate::task_definition::{Context, Reading, take_on_trust};

/// What reads and judges a task definition that is registered, and walks a connection that is opened.
///
/// A page that opens with a scenario whose definitions are known to be accepted, and whose requests are known to arrive, begins on
/// trust, and need not load the rules and the walk before anybody can change anything.
#[derive(Clone, Copy, Debug)]
pub enum Authority {
    /// What is registered is accepted, and what is opened arrives, as in a shipped scenario: nothing is asked.
    Trust,
    /// The rules and the walk, given by a function, so that a page can be built that loads them later.
    ///
    /// By one function, not as two pointers: those would be a constant in memory, and what memory names is in the first load.
    Whole(fn() -> (Read, Walk)),
}

/// What reads and judges a task definition: [`crate::task_definition::read`].
pub type Read = fn(&str, &Context) -> Reading;

fn everything() -> (Read, Walk) {
    (crate::task_definition::read, network::Network::walk)
}

impl Authority {
    /// The rules and the walk.
    pub fn whole() -> Self {
        Self::Whole(everything)
    }

    /// Reads a text as a definition that is registered.
    pub(super) fn read(self, text: &str, context: &Context) -> Reading {
        match self {
            Self::Trust => take_on_trust(text),
            Self::Whole(all) => all().0(text, context),
        }
    }

    /// What walks a connection.
    pub(super) fn walk(self) -> Walk {
        match self {
            Self::Trust => network::Network::glance,
            Self::Whole(all) => all().1,
        }
    }
}

impl PartialEq for Authority {
    /// Who decides is no part of what a scenario fixes: every authority gives the same verdict where it is asked.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Authority {}
