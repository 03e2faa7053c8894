//! What is known of a request beside who, what and on what: its condition keys.

use litemap::LiteMap;

/// The condition keys of a request with their values. Names of keys are the same in upper and lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context(LiteMap<String, (String, Vec<String>)>);

impl Context {
    /// The same with a key of one value.
    #[must_use]
    pub fn with(self, key: &str, value: impl Into<String>) -> Self {
        self.with_all(key, vec![value.into()])
    }

    /// The same with a key of any number of values, as `aws:TagKeys` has.
    #[must_use]
    pub fn with_all(mut self, key: &str, values: Vec<String>) -> Self {
        self.0.insert(key.to_lowercase(), (key.to_owned(), values));
        self
    }

    /// The values of a key; `None` where the request has no such key.
    pub fn get(&self, key: &str) -> Option<&[String]> {
        self.0
            .get(key.to_lowercase().as_str())
            .map(|(_, values)| values.as_slice())
    }

    /// The keys as they are written, with their values, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0
            .values()
            .map(|(key, values)| (key.as_str(), values.as_slice()))
    }
}
