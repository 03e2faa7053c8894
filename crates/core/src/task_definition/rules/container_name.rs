//! The name of a container.

use super::names::{NAME_RULE, clip, is_name, name_flaw, tidy};
use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::{Node, quote};

pub(super) static RULE: Rule = Rule {
    code: "container-name",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (index, container) in subject.containers().enumerate() {
        let value = container.node.get("name");
        let written = value.map_or(Some(""), Node::as_str);
        let Some(name) = written.filter(|name| !is_name(name)) else {
            continue;
        };
        let (message, words) = if name.is_empty() {
            (
                format!("Container {} has no name", index + 1),
                "Container.name should not be null or empty.",
            )
        } else {
            (
                format!("{} is no container name: {}", quote(&clip(name)), name_flaw(name)),
                "Container.name contains invalid characters.",
            )
        };
        let image = container.model.image.rsplit('/').next().unwrap_or_default();
        let image = image.split([':', '@']).next().unwrap_or_default();
        let better = tidy(name)
            .or_else(|| tidy(image))
            .unwrap_or_else(|| format!("container-{}", index + 1));
        let edit = subject.set(container.node, &[], "name", &quote(&better));
        findings.push(
            error(Subject::place(container.node, "name"), message)
                .help(NAME_RULE)
                .aws(CLIENT, words)
                .fix(format!("Name it {better}"), vec![edit]),
        );
    }
}
