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
    /// The rules and the walk. Named where they are wanted, so that a page can be built that loads them later.
    Whole {
        /// The rules: [`crate::task_definition::read`].
        read: fn(&str, &Context) -> Reading,
        /// The walk: [`Network::walk`](crate::network::Network::walk).
        walk: Walk,
    },
}

impl Authority {
    /// The rules and the walk.
    pub const fn whole() -> Self {
        Self::Whole {
            read: crate::task_definition::read,
            walk: network::Network::walk,
        }
    }

    /// Reads a text as a definition that is registered.
    pub(super) fn read(self, text: &str, context: &Context) -> Reading {
        match self {
            Self::Trust => take_on_trust(text),
            Self::Whole { read, .. } => read(text, context),
        }
    }

    /// What walks a connection.
    pub(super) fn walk(self) -> Walk {
        match self {
            Self::Trust => network::Network::glance,
            Self::Whole { walk, .. } => walk,
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
