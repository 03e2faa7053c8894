//! The timeline of one run: its world at the end and at any moment before, and its events.

mod checkpoints;
mod cursor;
mod log;

pub(crate) use cursor::Cursor;
pub(crate) use log::Log;

use crate::history::{Done, Run};
use checkpoints::Checkpoints;
use fargate_core::error::{ApiError, Reply};
use fargate_core::units::SimTime;
use fargate_core::world::{Authority, Budget, Progress, Settings, World};

/// A run that is being simulated.
#[derive(Clone, Debug)]
pub(crate) struct Timeline {
    settings: Settings,
    head: Cursor,
    log: Log,
    checkpoints: Checkpoints,
    /// Calls of the document that were refused, by their numbers.
    refused: Vec<(u32, ApiError)>,
}

impl Timeline {
    /// The beginning of a run; nothing of it is simulated yet.
    pub(crate) fn new(settings: Settings) -> Self {
        let head = Cursor {
            world: World::new(settings.clone()),
            taken: 0,
        };
        Self {
            settings,
            head,
            log: Log::default(),
            checkpoints: Checkpoints::default(),
            refused: Vec::new(),
        }
    }

    /// What the scenario fixed.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Gives the next runs another authority.
    pub(crate) fn judge_by(&mut self, authority: Authority) {
        self.settings.authority = authority;
    }

    /// The world at the end.
    pub(crate) fn head(&self) -> &World {
        &self.head.world
    }

    /// Calls of the document that were refused, by their numbers.
    pub(crate) fn refused(&self) -> &[(u32, ApiError)] {
        &self.refused
    }

    /// The events so far.
    pub(crate) fn log(&self) -> &Log {
        &self.log
    }

    /// Simulates the run up to a moment, its entries included.
    pub(crate) fn advance(&mut self, run: &Run, until: SimTime, budget: Budget) -> Progress {
        while let Some(entry) = run
            .entries
            .get(self.head.taken)
            .filter(|entry| entry.at <= until)
        {
            if self.run_to(entry.at, budget) == Progress::Behind {
                return Progress::Behind;
            }
            if let Err(error) = self.take(run) {
                self.refused.push((self.head.taken as u32, error));
                // A call whose ground an undo took away before it was saved: it has no effect, but keeps its number.
                self.head.taken += 1;
            }
        }
        self.run_to(until, budget)
    }

    /// Takes the run's next entry, which is due now. A refused call is not taken.
    pub(crate) fn take(&mut self, run: &Run) -> Result<Reply, ApiError> {
        let number = self.head.taken as u32;
        let Some(entry) = run.entries.get(self.head.taken) else {
            return Ok(Reply::Done);
        };
        self.checkpoints.keep(&self.head, self.log.len());
        let events = self.log.open();
        let answer = match &entry.what {
            Done::Call(call) => self.head.world.apply(number, call, events),
            Done::Undo(call) | Done::Redo(call) => {
                let fact = entry.what.fact(*call);
                let mut world =
                    self.checkpoints
                        .without(run, number as usize, entry.at, &self.settings);
                world.take_over(&self.head.world, fact, number, events);
                self.head.world = world;
                Ok(Reply::Done)
            }
        };
        self.log.close();
        if answer.is_ok() {
            self.head.taken += 1;
        }
        if !matches!(entry.what, Done::Call(_)) {
            self.checkpoints.keep_for_good(&self.head, self.log.len());
        }
        answer
    }

    fn run_to(&mut self, until: SimTime, budget: Budget) -> Progress {
        let mut left = budget.0;
        loop {
            // In slices: a run that is simulated in one go, as when a document is opened, keeps as many checkpoints as any other.
            let slice = left.min(Checkpoints::EVERY as u32);
            left -= slice;
            let progress = self
                .head
                .world
                .advance(until, Budget(slice), self.log.open());
            self.log.close();
            self.checkpoints.keep_if_far(&self.head, self.log.len());
            if progress == Progress::Reached || left == 0 {
                return progress;
            }
        }
    }

    /// The run as it was at a moment before the end, with its entries of that moment.
    pub(crate) fn at(&self, run: &Run, moment: SimTime) -> Cursor {
        let mut cursor = self.checkpoints.before(moment).unwrap_or_else(|| Cursor {
            world: World::new(self.settings.clone()),
            taken: 0,
        });
        cursor.replay(run, moment, &self.checkpoints);
        cursor
    }

    /// The end of a run that has only the first entries of this one, at a moment.
    pub(crate) fn before(&self, run: &Run, moment: SimTime) -> Cursor {
        let kept = self.checkpoints.before_entry(run.entries.len(), moment);
        let mut cursor = kept.unwrap_or_else(|| Cursor {
            world: World::new(self.settings.clone()),
            taken: 0,
        });
        cursor.replay(run, moment, &self.checkpoints);
        cursor
    }

    /// Moves a cursor on to a moment before the end.
    pub(crate) fn forward(&self, run: &Run, cursor: &mut Cursor, moment: SimTime) {
        cursor.replay(run, moment, &self.checkpoints);
    }
}
