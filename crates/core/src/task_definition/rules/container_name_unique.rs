//! Names of containers differ within a task.

use super::names::clip;
use super::{API_CONTAINER, Applies, CLIENT, Container, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::quote;
use std::collections::BTreeSet;

pub(super) static RULE: Rule = Rule {
    code: "container-name-unique",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let names: BTreeSet<_> = subject.containers().map(Container::name).collect();
    let mut seen = BTreeSet::new();
    for container in subject.containers() {
        let name = container.name();
        if name.is_empty() || seen.insert(name) {
            continue;
        }
        let free = (2..).map(|number| format!("{name}-{number}"));
        let better = free.into_iter().find(|free| !names.contains(free.as_str()));
        let better = better.unwrap_or_default();
        let edit = subject.set(container.node, &[], "name", &quote(&better));
        findings.push(
            error(
                Subject::place(container.node, "name"),
                format!("Two containers have the name {}", clip(name)),
            )
            .aws(CLIENT, "Container names must be unique within a task definition.")
            .fix(format!("Rename to {}", clip(&better)), vec![edit]),
        );
    }
}
