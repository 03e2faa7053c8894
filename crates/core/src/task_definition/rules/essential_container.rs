//! At least one container is essential.

use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    code: "essential-container",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mut containers = subject.containers();
    let Some(first) = containers.next() else {
        return;
    };
    if first.model.essential || containers.any(|container| container.model.essential) {
        return;
    }
    let name = first.label();
    let edit = subject.set(first.node, &[], "essential", "true");
    findings.push(
        error(Subject::place(first.node, "essential"), "No container is essential")
            .help("The task ends when an essential container ends; without one it would never end.")
            .aws(CLIENT, "Task definition doesn't have any essential container.")
            .fix(format!("Make {name} essential"), vec![edit]),
    );
}
