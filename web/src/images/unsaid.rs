//! Texts about images that were begun and not said, as they are kept on this device.

use crate::storage::{self, Refusal};
use fargate_core::wire;
use litemap::LiteMap;

/// Where they are kept.
const KEY: &str = "fargate-playground.images";

wire! {
    /// A text that was begun.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(crate) struct Begun {
        /// The image's name as typed.
        pub(crate) name: String = "name",
        /// What is typed of what it does.
        pub(crate) text: String = "text",
    }
}

wire! {
    /// All that was begun and not said.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub(crate) struct Unsaid {
        /// The texts, by the name that they were begun with; a new image's by the empty name.
        pub(crate) texts: LiteMap<String, Begun> = "texts" optional,
        /// Which of them the editor was open on.
        pub(crate) open: Option<String> = "open" optional,
    }
}

impl Unsaid {
    /// What is kept on this device; nothing where that cannot be read.
    pub(crate) fn stored() -> Self {
        storage::read(KEY).map_or_else(Self::default, |text| Self::parse(&text))
    }

    /// Keeps it.
    pub(crate) fn keep(&self) -> Result<(), Refusal> {
        storage::write(KEY, &wire::print(self))
    }

    fn parse(text: &str) -> Self {
        wire::parse(text).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again_and_rubbish_is_nothing() {
        let mut unsaid = Unsaid::default();
        assert_eq!(Unsaid::parse(&wire::print(&unsaid)), unsaid);
        unsaid.open = Some("nginx".to_owned());
        for (name, text) in [("", "{\n}"), ("nginx", "{ “a\": 1 }")] {
            let begun = Begun {
                name: name.to_owned(),
                text: text.to_owned(),
            };
            unsaid.texts.insert(name.to_owned(), begun);
        }
        assert_eq!(Unsaid::parse(&wire::print(&unsaid)), unsaid);
        for rubbish in ["", "{", "[]", r#"{"texts": 3}"#] {
            assert_eq!(Unsaid::parse(rubbish), Unsaid::default(), "{rubbish}");
        }
    }
}
