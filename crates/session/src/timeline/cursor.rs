//! A cursor: the world at some moment of a run, and how many entries led to it.

use super::checkpoints::Checkpoints;
use crate::history::{Done, Run};
use fargate_core::event::Fact;
use fargate_core::units::SimTime;
use fargate_core::world::{Budget, World};

/// The world at some moment of a run.
#[derive(Clone, Debug)]
pub(crate) struct Cursor {
    pub(crate) world: World,
    /// How many entries of the run it has taken.
    pub(crate) taken: usize,
}

impl Cursor {
    /// Goes on to a moment that has been simulated before; what happens on the way is known and not logged.
    pub(super) fn replay(&mut self, run: &Run, until: SimTime, checkpoints: &Checkpoints) {
        let mut unheard = Vec::new();
        while let Some(entry) = run
            .entries
            .get(self.taken)
            .filter(|entry| entry.at <= until)
        {
            self.world.advance(entry.at, Budget(u32::MAX), &mut unheard);
            match &entry.what {
                Done::Call(call) => {
                    let _refused = self.world.apply(self.taken as u32, call, &mut unheard);
                    self.taken += 1;
                }
                Done::Undo(_) | Done::Redo(_) => match checkpoints.after(self.taken) {
                    Some(cursor) => *self = cursor,
                    None => self.taken += 1,
                },
            }
            unheard.clear();
        }
        self.world.advance(until, Budget(u32::MAX), &mut unheard);
    }
}

impl Done {
    /// What the log says of an undo or redo.
    pub(super) fn fact(&self, call: u32) -> Fact {
        match self {
            Self::Redo(_) => Fact::Redone { call },
            Self::Undo(_) | Self::Call(_) => Fact::Undone { call },
        }
    }
}
