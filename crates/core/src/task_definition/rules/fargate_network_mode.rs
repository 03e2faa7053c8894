//! Fargate has the network mode awsvpc only.

use super::{Applies, CLIENT, FARGATE, Rule, Subject, error};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    code: "fargate-network-mode",
    applies: Applies::Fargate,
    source: FARGATE,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mode = subject.definition.network_mode.as_deref();
    if mode.is_none() && subject.root.get("networkMode").is_some() {
        return;
    }
    // a value outside the closed set is another rule's matter
    if mode.is_some_and(|mode| !matches!(mode, "bridge" | "host" | "none")) {
        return;
    }
    let message = match mode {
        Some(mode) => format!("Fargate has no network mode {mode}"),
        None => "Fargate needs the network mode awsvpc; without the member it is bridge".to_owned(),
    };
    let edit = subject.set(subject.root, &["family", "cpu", "memory"], "networkMode", "\"awsvpc\"");
    findings.push(
        error(Subject::place(subject.root, "networkMode"), message)
            .help("With awsvpc each task has a network interface with an address of its own in your subnet.")
            .aws(CLIENT, "Fargate only supports network mode ‘awsvpc’.")
            .fix("Use awsvpc", vec![edit]),
    );
}
