//! Log groups of CloudWatch Logs: which are there.
//!
//! A group that a definition names is there, as if the console had made it with the definition, until somebody deletes it: a
//! beginner's first task need not fail for a group that nobody told them of.

use litemap::LiteMap;

/// The log groups of the account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogGroups {
    /// Whether the group of that name is there, where a call said so.
    said: LiteMap<String, bool>,
}

impl LogGroups {
    /// Whether a task that logs to a group of that name finds none.
    pub fn is_missing(&self, name: &str) -> bool {
        self.said.get(name) == Some(&false)
    }

    /// Whether a call made the group of that name.
    pub(crate) fn is_made(&self, name: &str) -> bool {
        self.said.get(name) == Some(&true)
    }

    /// Makes a group, as `awslogs-create-group` does too.
    pub(crate) fn make(&mut self, name: &str) {
        self.said.insert(name.to_owned(), true);
    }

    /// Takes a group away.
    pub(crate) fn delete(&mut self, name: &str) {
        self.said.insert(name.to_owned(), false);
    }

    /// How many groups calls have named.
    pub(crate) fn len(&self) -> usize {
        self.said.len()
    }

    /// The groups that calls made.
    pub fn made(&self) -> impl Iterator<Item = &str> {
        let made = self.said.iter().filter(|(_, there)| **there);
        made.map(|(name, _)| name.as_str())
    }
}
