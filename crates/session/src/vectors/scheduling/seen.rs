//! What is seen of a row: members of an object, in the words of the file format.

use fargate_core::error::ApiError;
use fargate_core::text::Json;
use fargate_core::text::{self};
use fargate_core::wire::{ToJson, Writer};

/// What is seen of a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen(Vec<(String, String)>);

impl Seen {
    /// A member of any value.
    pub(crate) fn member(mut self, name: &str, value: &dyn ToJson) -> Self {
        let mut out = Writer::default();
        value.write(&mut out);
        self.0.push((name.to_owned(), out.finish()));
        self
    }

    /// A member that is a text.
    pub(crate) fn text(self, name: &str, text: &str) -> Self {
        self.member(name, &text)
    }

    /// A member that has no value.
    pub(crate) fn nothing(mut self, name: &str) -> Self {
        self.0.push((name.to_owned(), "null".to_owned()));
        self
    }

    /// A member that is a number, as it is written.
    pub(crate) fn number(mut self, name: &str, digits: &str) -> Self {
        self.0.push((name.to_owned(), digits.to_owned()));
        self
    }

    /// A member that is a list of what is seen of several.
    pub(crate) fn list(mut self, name: &str, all: impl IntoIterator<Item = Self>) -> Self {
        let items: Vec<String> = all
            .into_iter()
            .map(|it| it.finish().as_str().to_owned())
            .collect();
        self.0
            .push((name.to_owned(), format!("[{}]", items.join(","))));
        self
    }

    /// A refusal: its code and its words.
    pub(crate) fn refusal(self, error: &ApiError) -> Self {
        self.text("error", error.code)
            .text("message", &error.message)
    }

    /// The object.
    pub(crate) fn finish(&self) -> Json {
        let members = self.0.iter();
        let members: Vec<String> = members
            .map(|(name, value)| format!("{}:{value}", text::quote(name)))
            .collect();
        Json::known(&format!("{{{}}}", members.join(",")))
    }
}
