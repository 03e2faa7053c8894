//! Several things at once: what a frame touches, what lies beside a thing, and what can be done with all of them.

use super::Ground;
use super::deeds::{Deed, Target, deeds};
use crate::plan::Plan;
use crate::scene::{Key, Rect};

/// The tasks that a frame touches; where it touches none, the subnets.
pub fn touched(ground: Ground<'_>, frame: Rect) -> Vec<Key> {
    let items = || {
        ground
            .scene
            .outline
            .iter()
            .filter(|item| item.rect.overlaps(&frame))
    };
    let tasks: Vec<Key> = items()
        .map(|item| item.key.clone())
        .filter(|key| matches!(key, Key::Task(_)))
        .collect();
    if !tasks.is_empty() {
        return tasks;
    }
    let subnets = items().map(|item| item.key.clone());
    subnets
        .filter(|key| matches!(key, Key::Subnet(_)))
        .collect()
}

/// A thing and its siblings of the same kind: the tasks of a subnet, the subnets of a zone.
pub fn siblings(ground: Ground<'_>, key: &Key) -> Vec<Key> {
    let items = &ground.scene.outline;
    let parent = items
        .iter()
        .find(|item| item.key == *key)
        .map(|item| &item.parent);
    let alike = |other: &Key| std::mem::discriminant(other) == std::mem::discriminant(key);
    let beside = items
        .iter()
        .filter(|item| Some(&item.parent) == parent && alike(&item.key));
    beside.map(|item| item.key.clone()).collect()
}

/// What can be done with several things: what each of them allows, as one edit.
pub fn deeds_of_all(ground: Ground<'_>, keys: &[Key]) -> Vec<Deed> {
    let mut ends = Plan::default();
    let mut groups = !keys.is_empty();
    for key in keys {
        let own = deeds(ground, &Target::Thing(key.clone()));
        groups &= own.iter().any(|deed| matches!(deed, Deed::EditGroups));
        for deed in own {
            if let Deed::Delete(plan) = deed {
                ends = ends.and(plan);
            }
        }
    }
    let groups = groups.then_some(Deed::EditGroups);
    let ends = (!ends.is_empty()).then_some(Deed::Delete(ends));
    groups.into_iter().chain(ends).collect()
}
