//! Log groups of CloudWatch Logs: which are there.
//!
//! A group that a definition names is there, as if the console had made it with the definition, until somebody deletes it: a
//! beginner's first task need not fail for a group that nobody told them of.

use crate::units::SimTime;
use litemap::LiteMap;

/// The log groups of the account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogGroups {
    /// When the group of that name was made, where a call or a start made it; `None` where a call deleted it.
    said: LiteMap<String, Option<SimTime>>,
}

impl LogGroups {
    /// Whether a task that logs to a group of that name finds none.
    pub fn is_missing(&self, name: &str) -> bool {
        self.said.get(name) == Some(&None)
    }

    /// Whether a call made the group of that name.
    pub(crate) fn is_made(&self, name: &str) -> bool {
        matches!(self.said.get(name), Some(Some(_)))
    }

    /// When the group of that name was made: at the beginning, where only a definition names it.
    pub fn made_at(&self, name: &str) -> SimTime {
        self.said.get(name).copied().flatten().unwrap_or_default()
    }

    /// Makes a group, as `awslogs-create-group` does too.
    pub(crate) fn make(&mut self, name: &str, now: SimTime) {
        self.said.insert(name.to_owned(), Some(now));
    }

    /// Takes a group away.
    pub(crate) fn delete(&mut self, name: &str) {
        self.said.insert(name.to_owned(), None);
    }

    /// How many groups calls have named.
    pub(crate) fn len(&self) -> usize {
        self.said.len()
    }

    /// The groups that calls made.
    pub fn made(&self) -> impl Iterator<Item = &str> {
        let made = self.said.iter().filter(|(_, made)| made.is_some());
        made.map(|(name, _)| name.as_str())
    }
}
