//! The draft on the device, and edits where there is no editor to apply them.

use crate::editor::{Offsets, TextEdit};
use crate::storage::{self, Refusal};
use std::sync::Arc;

/// Where the draft is kept.
const DRAFT: &str = "fargate-playground.draft";

/// The draft kept on this device.
pub(crate) fn read() -> Option<Arc<str>> {
    storage::read(DRAFT).map(Into::into)
}

/// Keeps the draft.
pub(crate) fn write(text: &str) -> Result<(), Refusal> {
    storage::write(DRAFT, text)
}

/// A text with edits applied. They are in order and do not overlap; one that does not fit is left out.
pub(crate) fn edited(offsets: &Offsets, edits: &[TextEdit]) -> String {
    let text = offsets.text();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let (from, to) = (offsets.byte(edit.from), offsets.byte(edit.to));
        if let Some(before) = text.get(at..from) {
            out.push_str(before);
            out.push_str(&edit.insert);
            at = to;
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_applied_at_their_units() {
        let edit = |from, to, insert: &str| TextEdit {
            from,
            to,
            insert: insert.to_owned(),
        };
        let offsets = Offsets::new(&Arc::from("{ “a”: 1 }"));
        let edits = [edit(2, 3, "\""), edit(4, 5, "\"")];
        assert_eq!(edited(&offsets, &edits), "{ \"a\": 1 }");
        assert_eq!(edited(&offsets, &[]), "{ “a”: 1 }");
    }
}
