//! Checkpoints: worlds that were kept on the way, so that going back need not begin at the beginning.

use super::cursor::Cursor;
use crate::history::{Done, Run};
use fargate_core::units::SimTime;
use fargate_core::world::{Budget, Settings, World};

/// Checkpoints that are kept before the older ones are thinned out.
const MOST: usize = 1_000;

#[derive(Clone, Debug, Default)]
pub(super) struct Checkpoints(Vec<Checkpoint>);

#[derive(Clone, Debug)]
struct Checkpoint {
    cursor: Cursor,
    /// How many events there had been.
    events: usize,
    /// Whether it follows an undo or redo and cannot be computed from what lies before it alone.
    for_good: bool,
}

impl Checkpoints {
    /// Events between two checkpoints.
    pub(super) const EVERY: usize = 100;

    pub(super) fn keep(&mut self, cursor: &Cursor, events: usize) {
        self.push(cursor, events, false);
    }

    pub(super) fn keep_for_good(&mut self, cursor: &Cursor, events: usize) {
        self.push(cursor, events, true);
    }

    pub(super) fn keep_if_far(&mut self, cursor: &Cursor, events: usize) {
        if events >= self.0.last().map_or(0, |last| last.events) + Self::EVERY {
            self.push(cursor, events, false);
        }
    }

    fn push(&mut self, cursor: &Cursor, events: usize, for_good: bool) {
        self.0.push(Checkpoint {
            cursor: cursor.clone(),
            events,
            for_good,
        });
        if self.0.len() > MOST {
            let old = self.0.len() / 2;
            let mut place = 0;
            self.0.retain(|checkpoint| {
                place += 1;
                place > old || checkpoint.for_good || place % 2 == 0
            });
        }
    }

    /// The newest checkpoint at or before a moment.
    pub(super) fn before(&self, moment: SimTime) -> Option<Cursor> {
        let count = self
            .0
            .partition_point(|checkpoint| checkpoint.cursor.world.now() <= moment);
        count
            .checked_sub(1)
            .map(|place| self.0[place].cursor.clone())
    }

    /// The newest checkpoint at or before a moment that has taken no more than so many entries.
    pub(super) fn before_entry(&self, entries: usize, moment: SimTime) -> Option<Cursor> {
        let mut newest = self.0.iter().rev();
        let fits = |it: &&Checkpoint| it.cursor.taken <= entries && it.cursor.world.now() <= moment;
        newest.find(fits).map(|it| it.cursor.clone())
    }

    /// The checkpoint that follows the undo or redo at that place of the run.
    pub(super) fn after(&self, place: usize) -> Option<Cursor> {
        let found = self
            .0
            .iter()
            .find(|checkpoint| checkpoint.for_good && checkpoint.cursor.taken == place + 1);
        found.map(|checkpoint| checkpoint.cursor.clone())
    }

    /// The world at `at` as it would be with just those calls that are not undone after the run's first `count + 1`
    /// entries. It begins at the newest checkpoint that no change of mind lies before.
    pub(super) fn without(
        &self,
        run: &Run,
        count: usize,
        at: SimTime,
        settings: &Settings,
    ) -> World {
        let undone = run.stacks(count + 1, 0).undone;
        let untouched = |checkpoint: &&Checkpoint| {
            let taken = checkpoint.cursor.taken;
            taken <= count
                && run.entries[taken..=count]
                    .iter()
                    .all(|entry| match &entry.what {
                        Done::Call(_) => true,
                        Done::Undo(call) | Done::Redo(call) => *call as usize >= taken,
                    })
        };
        let mut cursor = self.0.iter().rev().find(untouched).map_or_else(
            || Cursor {
                world: World::new(settings.clone()),
                taken: 0,
            },
            |checkpoint| checkpoint.cursor.clone(),
        );
        let mut unheard = Vec::new();
        for (number, entry) in run
            .entries
            .iter()
            .enumerate()
            .take(count)
            .skip(cursor.taken)
        {
            if let (Done::Call(call), false) = (&entry.what, undone[number]) {
                cursor
                    .world
                    .advance(entry.at, Budget(u32::MAX), &mut unheard);
                // A call whose ground the undo took away is refused now, and has no effect.
                let _refused = cursor.world.apply(number as u32, call, &mut unheard);
                unheard.clear();
            }
        }
        cursor.world.advance(at, Budget(u32::MAX), &mut unheard);
        cursor.world
    }
}
