//! An ordered map of shared things: copying it costs one pointer, changing one thing copies that thing and the map.

use litemap::LiteMap;
use std::sync::Arc;

/// Things by id, in the order of their ids.
#[derive(Clone, Debug)]
pub struct Shelf<K, V>(Arc<LiteMap<K, Arc<V>>>);

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self(Arc::new(LiteMap::new()))
    }
}

impl<K: Ord + Clone, V: Clone> Shelf<K, V> {
    /// The thing of that id.
    pub fn get(&self, id: &K) -> Option<&Arc<V>> {
        self.0.get(id)
    }

    /// The thing of that id, to be changed.
    pub fn get_mut(&mut self, id: &K) -> Option<&mut V> {
        if !self.0.contains_key(id) {
            return None;
        }
        Arc::make_mut(&mut self.0).get_mut(id).map(Arc::make_mut)
    }

    /// Puts a thing in, in the place of one of the same id.
    pub fn insert(&mut self, id: K, thing: V) {
        Arc::make_mut(&mut self.0).insert(id, Arc::new(thing));
    }

    /// Takes a thing out.
    pub fn remove(&mut self, id: &K) -> Option<Arc<V>> {
        self.0
            .contains_key(id)
            .then(|| Arc::make_mut(&mut self.0).remove(id))
            .flatten()
    }

    /// The things with their ids, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &Arc<V>)> {
        self.0.iter()
    }

    /// The things, in the order of their ids.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Arc<V>> {
        self.0.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
