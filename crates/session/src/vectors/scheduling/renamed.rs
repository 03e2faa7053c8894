//! The account that a row speaks of: it is played in the account that the simulator has, and told as its own.

use fargate_core::text::{self, Json, Node};

/// The account that rows are played in.
const OWN: &str = "123456789012";

/// The only account that a row speaks of, where it is another than the one it is played in.
pub(super) struct Named(String);

/// The account whose id the ARNs and registries of a row have; `None` where there is none, or more than one: then it matters which is whose.
pub(super) fn named(of: &[&Node]) -> Option<Named> {
    let mut found: Option<&str> = None;
    let texts: Vec<Json> = of.iter().map(|it| Json::of(it)).collect();
    for text in &texts {
        let parts = text.as_str().split(|it: char| !it.is_ascii_alphanumeric());
        for part in parts.filter(|it| it.len() == 12 && it.bytes().all(|it| it.is_ascii_digit())) {
            if found.is_some_and(|it| it != part) {
                return None;
            }
            found = Some(part);
        }
    }
    let other = found.filter(|it| *it != OWN)?;
    Some(Named(other.to_owned()))
}

impl Named {
    /// A part of the row, as the account that it is played in says it.
    pub(super) fn own(&self, node: &Node) -> Node {
        text::read(&Json::of(node).as_str().replace(&self.0, OWN)).root
    }

    /// What was seen, as the row says it.
    pub(super) fn back(&self, seen: &Json) -> Json {
        Json::known(&seen.as_str().replace(OWN, &self.0))
    }
}
