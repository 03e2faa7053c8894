//! The draft on the device, and edits where there is no editor to apply them.

use super::draft::Writing;
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

/// Where it is kept how the draft is looked at.
const VIEW: &str = "fargate-playground.draft-view";

/// How the draft was looked at last: as text or as fields, and which definition of a template.
pub(crate) fn read_view() -> (Writing, String) {
    view(&storage::read(VIEW).unwrap_or_default())
}

/// Keeps how the draft is looked at.
pub(crate) fn write_view(writing: Writing, resource: &str) -> Result<(), Refusal> {
    let writing = match writing {
        Writing::Json => "json",
        Writing::Form => "form",
    };
    storage::write(VIEW, &format!("{writing} {resource}"))
}

/// Reads `form Web`; what is not understood is as on the first visit.
fn view(text: &str) -> (Writing, String) {
    let (writing, resource) = text.split_once(' ').unwrap_or((text, ""));
    let writing = match writing {
        "form" => Writing::Form,
        _ => Writing::Json,
    };
    (writing, resource.to_owned())
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
    fn a_view_is_read_as_written_and_rubbish_is_the_text() {
        for (text, writing, resource) in [
            ("form Web", Writing::Form, "Web"),
            ("form ", Writing::Form, ""),
            ("json Api", Writing::Json, "Api"),
            ("", Writing::Json, ""),
            ("colour 3", Writing::Json, "3"),
        ] {
            assert_eq!(view(text), (writing, resource.to_owned()), "{text}");
        }
    }

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
