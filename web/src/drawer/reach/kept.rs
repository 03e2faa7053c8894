//! The moment that a person keeps to compare with: how the network stood then. It outlasts the tab, not the visit.

use crate::signals::{RwSignal, StoredValue};
use fargate_core::world::World;
use leptos::prelude::*;
use std::sync::Arc;

/// A moment that is kept, in words; its world is held apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// How many were kept before it: two that read alike are two.
    pub number: usize,
    /// 'Run 1 at 10:00:12'.
    pub title: String,
    /// The scenario that it is of.
    pub scenario: Arc<str>,
}

/// The kept moment, from context.
#[derive(Clone, Copy, Debug)]
pub struct Kept {
    moment: RwSignal<Option<Moment>>,
    world: StoredValue<Option<World>>,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            moment: RwSignal::new(None),
            world: StoredValue::new(None),
        }
    }
}

impl Kept {
    /// Keeps how the network stands in the place of what was kept.
    pub fn keep(self, title: String, scenario: Arc<str>, world: World) -> usize {
        let before = self.moment.get_untracked();
        let number = before.map_or(0, |before| before.number + 1);
        self.world.set_value(Some(world));
        self.moment.set(Some(Moment {
            number,
            title,
            scenario,
        }));
        number
    }

    /// What is kept of a scenario; tracked.
    pub fn of(self, scenario: &str) -> Option<Moment> {
        let moment = self.moment.get();
        moment.filter(|moment| *moment.scenario == *scenario)
    }

    /// How the network stood.
    pub fn world(self) -> Option<World> {
        self.world.get_value()
    }
}

/// The kept moment, from context.
pub fn kept() -> Kept {
    expect_context()
}
