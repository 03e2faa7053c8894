//! A definition has at most 64 KiB.

use super::{Applies, CLIENT, QUOTAS, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::Json;

pub(super) static RULE: Rule = Rule {
    code: "definition-size",
    applies: Applies::Always,
    source: QUOTAS,
    check,
};

/// The most bytes of a definition.
const MOST: usize = 65_536;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    // blanks do not count; a text that is short enough with them needs no printing
    if subject.text.len() <= MOST {
        return;
    }
    let size = Json::of(subject.root).as_str().len();
    if size > MOST {
        findings.push(
            error(
                Subject::brace(subject.root),
                format!("The definition has {size} bytes; AWS accepts {MOST}"),
            )
            .help("Move long commands and files into the image, and variables into environment files.")
            .aws(
                CLIENT,
                format!("Actual length: '{size}'. Max allowed length is '65536' bytes."),
            ),
        );
    }
}
