//! A list of tags is not empty.

use super::{API, Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::{Value, edit};

pub(super) static RULE: Rule = Rule {
    code: "tags-empty",
    applies: Applies::Always,
    source: API,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(member) = subject.root.member("tags") else {
        return;
    };
    if matches!(&member.value.value, Value::Array(items) if items.is_empty()) {
        findings.push(
            error(member.value.span, "The list of tags is empty")
                .help("No tags are said by leaving the list out.")
                .aws(CLIENT, "Tags can not be empty.")
                .fix("Remove tags", edit::remove_named(subject.root, "tags")),
        );
    }
}
