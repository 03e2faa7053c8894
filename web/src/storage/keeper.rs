//! Keeps the scenario on the device: half a second after a change, and when the page is left.

use super::{Refusal, write};
use crate::commands::Commands;
use leptos::prelude::*;
use std::time::Duration;

/// Where the scenario is kept.
pub const SCENARIO: &str = "fargate-playground.scenario";
/// How long changes gather before they are kept.
const GATHER: Duration = Duration::from_millis(500);

/// Whether the scenario is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// As it is now, or will be in a moment.
    Kept,
    /// It cannot be kept.
    Not(Refusal),
}

/// Keeps the scenario, from context.
#[derive(Clone, Copy, Debug)]
pub struct Keeper {
    state: RwSignal<Saved>,
    waits: StoredValue<bool>,
}

impl Default for Keeper {
    fn default() -> Self {
        Self {
            state: RwSignal::new(Saved::Kept),
            waits: StoredValue::new(false),
        }
    }
}

/// Keeps the scenario, from context.
pub fn keeper() -> Keeper {
    expect_context()
}

impl Keeper {
    /// Whether the scenario is kept; tracked.
    pub fn state(self) -> Saved {
        self.state.get()
    }

    /// The scenario changed; it is kept in a moment.
    pub(crate) fn changed(self, commands: Commands) {
        if self.waits.try_get_value() != Some(false) {
            return;
        }
        self.waits.set_value(true);
        set_timeout(move || self.keep(commands), GATHER);
    }

    /// Keeps the scenario now.
    pub(crate) fn keep(self, commands: Commands) {
        self.waits.set_value(false);
        let state = match write(SCENARIO, &commands.save()) {
            Ok(()) => Saved::Kept,
            Err(refusal) => Saved::Not(refusal),
        };
        if self.state.get_untracked() != state {
            self.state.set(state);
        }
    }
}
