//! Who has the last word: what judges task definitions, what walks connections, and what answers calls.

use super::Handlers;
use crate::engine::step::Step;
use crate::network::{self, Network, Walk};
use crate::task_definition::{Context, Reading, take_on_trust};

/// Brings a thing of the network, by its id, to its next state.
pub(super) type NetworkDue = fn(&mut Network, &str, &mut Step<'_>);

/// What reads and judges a task definition that is registered, walks a connection that is opened, and answers calls.
///
/// A page that opens with a scenario whose definitions are known to be accepted, and whose requests are known to arrive, begins on
/// trust, and need not load the rules, the walk and further actions before anybody can change anything.
#[derive(Clone, Copy, Debug)]
pub enum Authority {
    /// What is registered is accepted, and what is opened arrives, as in a shipped scenario: nothing is asked.
    Trust,
    /// The rules, the walk and all actions. Named where they are wanted, so that a page can be built that loads them later.
    Whole {
        /// The rules: [`crate::task_definition::read`].
        read: fn(&str, &Context) -> Reading,
        /// The walk: [`Network::walk`](crate::network::Network::walk).
        walk: Walk,
        /// The answers to all actions: [`Handlers::ALL`].
        handlers: Handlers,
        /// What is there before anybody makes anything: [`network::services::install`].
        install: fn(&mut Network),
        /// What brings a thing of the network to its next state.
        network_due: NetworkDue,
    },
}

impl Authority {
    /// The rules and the walk.
    pub const fn whole() -> Self {
        Self::Whole {
            read: crate::task_definition::read,
            walk: Network::walk,
            handlers: Handlers::ALL,
            install: network::services::install,
            network_due: network::nat_gateway_due,
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
            Self::Trust => Network::glance,
            Self::Whole { walk, .. } => walk,
        }
    }

    /// The network before anybody makes anything.
    pub(super) fn network(self) -> Network {
        let mut network = Network::default();
        if let Self::Whole { install, .. } = self {
            install(&mut network);
        }
        network
    }

    /// What brings a thing of the network to its next state; on trust there is none that has a next one.
    pub(super) fn network_due(self) -> NetworkDue {
        match self {
            Self::Trust => |_, _, _| {},
            Self::Whole { network_due, .. } => network_due,
        }
    }

    /// What answers calls.
    pub(super) fn handlers(self) -> Handlers {
        match self {
            Self::Trust => Handlers::FIRST_GLANCE,
            Self::Whole { handlers, .. } => handlers,
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
