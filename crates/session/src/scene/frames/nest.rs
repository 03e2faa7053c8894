//! Which tasks of a subnet a boundary encloses, and which boundaries lie in it.

use crate::view::{GroupCard, TaskCard};
use fargate_core::ids::SecurityGroupId;

/// Tasks of a subnet that wear the same groups so far, and those that wear more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nest<'a> {
    pub(crate) group: Option<&'a GroupCard>,
    pub(super) tasks: Vec<&'a TaskCard>,
    pub(super) inner: Vec<Nest<'a>>,
}

impl<'a> Nest<'a> {
    /// Sorts a subnet's tasks into the boundaries that enclose them; the outermost ones, by the order of their groups.
    pub(crate) fn sort(
        tasks: &[&'a TaskCard],
        group: impl Fn(&SecurityGroupId) -> Option<&'a GroupCard>,
    ) -> Vec<Self> {
        let mut root = Self::default();
        for task in tasks {
            let mut worn: Vec<&GroupCard> = task.groups.iter().filter_map(&group).collect();
            worn.sort_by_key(|group| group.order);
            root.insert(task, &worn);
        }
        let loose = Self {
            tasks: std::mem::take(&mut root.tasks),
            ..Self::default()
        };
        root.inner.sort_by_key(Self::order);
        let loose = (!loose.tasks.is_empty()).then_some(loose);
        loose.into_iter().chain(root.inner).collect()
    }

    fn insert(&mut self, task: &'a TaskCard, worn: &[&'a GroupCard]) {
        let Some((&first, rest)) = worn.split_first() else {
            self.tasks.push(task);
            return;
        };
        let found = self
            .inner
            .iter()
            .position(|nest| nest.group.is_some_and(|group| group.id == first.id));
        let index = found.unwrap_or_else(|| {
            self.inner.push(Self {
                group: Some(first),
                ..Self::default()
            });
            self.inner.sort_by_key(Self::order);
            let at = |nest: &Self| nest.group.is_some_and(|group| group.id == first.id);
            self.inner.iter().position(at).unwrap_or(0)
        });
        if let Some(nest) = self.inner.get_mut(index) {
            nest.insert(task, rest);
        }
    }

    /// The group's place in the order of creation; tasks without a group come first.
    pub(crate) fn order(&self) -> Option<usize> {
        self.group.map(|group| group.order)
    }
}
