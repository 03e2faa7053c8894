//! Which containers can be waited for, and for what.

use super::names::{clip, nearest};
use super::subject::items;
use super::{Applies, CLIENT, Container, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::{Node, edit, quote};
use std::collections::BTreeMap;

pub(super) static RULE: Rule = Rule {
    code: "depends-on",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html",
    check,
};

/// Among how many names the one that was meant is looked for.
const FEW: usize = 40;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let containers: Vec<_> = subject.containers().collect();
    let by_name: BTreeMap<&str, usize> = containers.iter().map(|c| (c.name(), c.index)).collect();
    // for each container, the containers it waits for, each with its entry
    let mut waits: Vec<Vec<(usize, usize)>> = Vec::with_capacity(containers.len());
    for container in &containers {
        let entries = items(container.node, "dependsOn");
        let mut own = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let Some(value) = entry.get("containerName") else {
                continue;
            };
            // a container without a name has a finding of its own
            let Some(name) = value.as_str().filter(|name| !name.is_empty()) else {
                continue;
            };
            let Some(&other) = by_name.get(name) else {
                let finding = error(value.span, format!("There is no container {} to depend on", quote(&clip(name))))
                    .aws(CLIENT, format!("Cannot depend on container + '{name}' because it does not exist"));
                let others = by_name.keys().copied().filter(|other| *other != container.name()).take(FEW);
                findings.push(
                    match nearest(name, others) {
                        Some(near) => finding.fix(format!("Use {}", clip(near)), vec![Edit::replace(value.span, quote(near))]),
                        None => finding,
                    }
                    .fix("Remove the dependency", edit::remove_item(entries, index)),
                );
                continue;
            };
            own.push((other, index));
            if let Some(condition) = entry.get("condition") {
                condition_fits(condition, &containers[other], findings);
            }
        }
        waits.push(own);
    }
    for (from, entry) in circles(&waits) {
        let entries = items(containers[from].node, "dependsOn");
        let name = entries[entry].get("containerName");
        let place = name.map_or(entries[entry].span, |name| name.span);
        let to = clip(name.and_then(Node::as_str).unwrap_or_default());
        findings.push(
            error(
                place,
                if to == containers[from].label() {
                    format!("{to} waits for itself")
                } else {
                    format!("{} waits for {to}, which waits for it", containers[from].label())
                },
            )
                .help("A circle of containers that wait for each other never starts.")
                .aws(CLIENT, "Container dependsOn contains a cycle")
                .fix("Remove the dependency", edit::remove_item(entries, entry)),
        );
    }
}

/// Whether what is waited for can come true of a container.
fn condition_fits(condition: &Node, other: &Container<'_>, findings: &mut Vec<Finding>) {
    let text = condition.as_str().unwrap_or_default();
    let name = other.label();
    let (message, words) = match text {
        "SUCCESS" | "COMPLETE" if other.model.essential => (
            format!("{text} waits for {name} to end, but it is essential: the task would end with it"),
            "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
        ),
        "HEALTHY" if other.node.get("healthCheck").is_none() => (
            format!("HEALTHY waits for a health check, and {name} has none"),
            "A dependency container with HEALTHY condition must have health check configured",
        ),
        _ => return,
    };
    findings.push(
        error(condition.span, message)
            .aws(CLIENT, words)
            .fix("Use START", vec![Edit::replace(condition.span, "\"START\"")]),
    );
}

/// The entries that close a circle: container and place in its list. Without them there is none.
fn circles(waits: &[Vec<(usize, usize)>]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; waits.len()];
    let mut closing = Vec::new();
    for start in 0..waits.len() {
        let mut way = if marks[start] == Mark::New { vec![(start, 0)] } else { Vec::new() };
        while let Some((at, next)) = way.last_mut() {
            let from = *at;
            marks[from] = Mark::Open;
            let Some(&(to, entry)) = waits[from].get(*next) else {
                marks[from] = Mark::Done;
                way.pop();
                continue;
            };
            *next += 1;
            match marks[to] {
                Mark::New => way.push((to, 0)),
                Mark::Open => closing.push((from, entry)),
                Mark::Done => {}
            }
        }
    }
    closing
}
