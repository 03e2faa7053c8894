//! JSON that is written member by member.

use crate::text::quote_into;

/// An object that is being written.
#[derive(Clone, Debug, Default)]
pub(super) struct Object(String);

impl Object {
    /// A member that is a text.
    pub(super) fn text(mut self, name: &str, value: &str) -> Self {
        self.name(name);
        quote_into(value, &mut self.0);
        self
    }

    /// A member that is a text, where there is one.
    pub(super) fn maybe(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    /// A member whose JSON is written already: a number, `true`, an object, a list.
    pub(super) fn raw(mut self, name: &str, json: &str) -> Self {
        self.name(name);
        self.0.push_str(json);
        self
    }

    /// A member that is a list of what is written already.
    pub(super) fn list(self, name: &str, items: &[String]) -> Self {
        self.raw(name, &format!("[{}]", items.join(",")))
    }

    fn name(&mut self, name: &str) {
        if !self.0.is_empty() {
            self.0.push(',');
        }
        quote_into(name, &mut self.0);
        self.0.push(':');
    }

    /// The object.
    pub(super) fn finish(self) -> String {
        format!("{{{}}}", self.0)
    }
}

/// A list of texts.
pub(super) fn texts<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<String> = items.into_iter().map(crate::text::quote).collect();
    format!("[{}]", items.join(","))
}
