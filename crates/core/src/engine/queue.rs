//! The queue of what is due. Ties break by the order in which things were put in.

use crate::units::SimTime;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is due, by time and then by the order of putting in. Copying it costs one pointer.
#[derive(Clone, Debug)]
pub struct Queue<T> {
    due: Arc<BTreeMap<(SimTime, u64), T>>,
    next: u64,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self {
            due: Arc::new(BTreeMap::new()),
            next: 0,
        }
    }
}

impl<T: Clone> Queue<T> {
    /// Puts something in that is due at `at`.
    pub fn push(&mut self, at: SimTime, what: T) {
        Arc::make_mut(&mut self.due).insert((at, self.next), what);
        self.next += 1;
    }

    /// When the next is due.
    pub fn next_at(&self) -> Option<SimTime> {
        self.due.keys().next().map(|(at, _)| *at)
    }

    /// Takes the next out if it is due at or before `until`.
    pub fn pop(&mut self, until: SimTime) -> Option<(SimTime, T)> {
        if self.next_at()? > until {
            return None;
        }
        Arc::make_mut(&mut self.due)
            .pop_first()
            .map(|((at, _), what)| (at, what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_comes_first_and_ties_keep_their_order() {
        let mut queue = Queue::default();
        for (at, what) in [(5, "b"), (1, "a"), (5, "c")] {
            queue.push(SimTime(at), what);
        }
        let before = queue.clone();
        let order: Vec<_> = std::iter::from_fn(|| queue.pop(SimTime(9)))
            .map(|(_, what)| what)
            .collect();
        assert_eq!(order, ["a", "b", "c"]);
        assert_eq!(before.next_at(), Some(SimTime(1)), "a copy is not touched");
        assert_eq!(before.clone().pop(SimTime(0)), None);
    }
}
