//! A definition has at most ten containers.

use super::{API, Applies, CLIENT, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    code: "containers-count",
    applies: Applies::Always,
    source: API,
    check,
};

/// The most containers of a definition.
const MOST: usize = 10;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(value) = subject.root.get("containerDefinitions") else {
        return;
    };
    let items = value.items();
    if let Some(extra) = items.get(MOST) {
        let gone = Span::new(items[MOST - 1].span.end, items[items.len() - 1].span.end);
        findings.push(
            error(
                Subject::brace(extra),
                format!("{} containers are more than the {MOST} that a task may have", items.len()),
            )
            .help("Split the application into several task definitions.")
            .aws(CLIENT, "Too many containers.")
            .fix(format!("Keep the first {MOST}"), vec![Edit::remove(gone)]),
        );
    }
}
