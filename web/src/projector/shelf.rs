//! A shelf of cards: one signal per thing, so that a change redraws that thing and nothing else.

use crate::signals::{ArcReadSignal, ArcRwSignal};
use fargate_session::view::Shared;
use litemap::LiteMap;
use std::cmp::Ordering;
use std::sync::Arc;

/// Cards by key. The order signal changes only when a card comes or goes; a third signal with any of them, so that
/// who draws all hangs on one and not on hundreds.
#[derive(Debug)]
pub struct Shelf<K: 'static, V: 'static> {
    rows: LiteMap<K, ArcRwSignal<Shared<V>>>,
    order: ArcRwSignal<Arc<[K]>>,
    any: ArcRwSignal<()>,
}

/// What a new view changed on a shelf.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Cards that were replaced.
    pub set: usize,
    /// Cards that came.
    pub added: usize,
    /// Cards that went.
    pub removed: usize,
}

impl<K, V> Default for Shelf<K, V>
where
    K: Clone + Ord + Send + Sync,
    V: Send + Sync,
{
    fn default() -> Self {
        Self {
            rows: LiteMap::new(),
            order: ArcRwSignal::new(Arc::from([])),
            any: ArcRwSignal::new(()),
        }
    }
}

impl<K, V> Shelf<K, V>
where
    K: Clone + Ord + Send + Sync,
    V: Send + Sync,
{
    /// Shows the next view's cards; the only writer. A card that kept its pointer costs one comparison.
    pub fn show(&mut self, next: &LiteMap<K, Shared<V>>) -> Changes {
        let mut changes = Changes::default();
        let mut came: Vec<(K, Shared<V>)> = Vec::new();
        let mut went: Vec<K> = Vec::new();
        let mut old = self.rows.iter().peekable();
        let mut new = next.iter().peekable();
        loop {
            let step = match (old.peek(), new.peek()) {
                (None, None) => break,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((was, _)), Some((is, _))) => was.cmp(is),
            };
            match step {
                Ordering::Less => went.extend(old.next().map(|(key, _)| key.clone())),
                Ordering::Greater => {
                    came.extend(new.next().map(|(key, card)| (key.clone(), card.clone())));
                }
                Ordering::Equal => {
                    if let (Some((_, row)), Some((_, card))) = (old.next(), new.next())
                        && row.with_untracked(|shown| shown != card)
                    {
                        row.set(card.clone());
                        changes.set += 1;
                    }
                }
            }
        }
        changes.added = came.len();
        changes.removed = went.len();
        for key in &went {
            self.rows.remove(key);
        }
        for (key, card) in came {
            self.rows.insert(key, ArcRwSignal::new(card));
        }
        if changes.added + changes.removed > 0 {
            self.order.set(self.rows.keys().cloned().collect());
        }
        if changes != Changes::default() {
            self.any.set(());
        }
        changes
    }

    /// The signal of one card.
    pub fn row(&self, key: &K) -> Option<ArcReadSignal<Shared<V>>> {
        self.rows.get(key).map(ArcRwSignal::read_only)
    }

    /// The keys in order.
    pub fn order(&self) -> ArcReadSignal<Arc<[K]>> {
        self.order.read_only()
    }

    /// All cards in the order of their keys, tracked as one.
    pub fn all(&self) -> Vec<Shared<V>> {
        self.any.track();
        self.rows.values().map(ArcRwSignal::get_untracked).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(of: &[(u8, &Shared<&'static str>)]) -> LiteMap<u8, Shared<&'static str>> {
        of.iter()
            .map(|(key, card)| (*key, (*card).clone()))
            .collect()
    }

    #[test]
    fn only_what_changed_is_set() {
        let (a, b, b2, c) = (
            Shared::new("a"),
            Shared::new("b"),
            Shared::new("b"),
            Shared::new("c"),
        );
        let steps = [
            ("cards come", cards(&[(1, &a), (3, &c)]), (0, 2, 0)),
            ("the same pointers", cards(&[(1, &a), (3, &c)]), (0, 0, 0)),
            (
                "one comes between",
                cards(&[(1, &a), (2, &b), (3, &c)]),
                (0, 1, 0),
            ),
            (
                "a new pointer",
                cards(&[(1, &a), (2, &b2), (3, &c)]),
                (1, 0, 0),
            ),
            ("the first goes", cards(&[(2, &b2), (3, &c)]), (0, 0, 1)),
            (
                "one goes, one comes",
                cards(&[(2, &b2), (4, &a)]),
                (0, 1, 1),
            ),
            ("all go", cards(&[]), (0, 0, 2)),
        ];
        let mut shelf = Shelf::default();
        for (what, next, (set, added, removed)) in steps {
            let expected = Changes {
                set,
                added,
                removed,
            };
            assert_eq!(shelf.show(&next), expected, "{what}");
            let keys: Vec<u8> = next.keys().copied().collect();
            assert_eq!(&*shelf.order().get_untracked(), &keys[..], "{what}");
            let all: Vec<_> = next.values().cloned().collect();
            assert!(shelf.all() == all, "{what}");
        }
    }

    #[test]
    fn a_row_keeps_its_signal_while_its_card_changes() {
        let mut shelf = Shelf::default();
        shelf.show(&cards(&[(1, &Shared::new("a"))]));
        let row = shelf.row(&1).unwrap();
        shelf.show(&cards(&[(1, &Shared::new("b"))]));
        assert_eq!(*row.get_untracked(), "b");
        assert!(shelf.row(&2).is_none());
    }
}
