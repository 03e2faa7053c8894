//! Fargate needs the task's cpu and memory.

use super::{Applies, CLIENT, Rule, Subject, error};
use crate::compute::sizes::{self, cpu_text, memory_text};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    code: "fargate-task-size-missing",
    applies: Applies::Fargate,
    source: sizes::SOURCE,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let missing = ["cpu", "memory"].into_iter().find(|name| subject.root.get(name).is_none());
    // one size for both: AWS names the cpu first
    let Some(name) = missing else {
        return;
    };
    let mut finding = error(
        Subject::brace(subject.root),
        format!("Fargate needs the {name} of the whole task"),
    )
    .help("Fargate gives each task a machine of its own of just this size, and charges for it.")
    .aws(CLIENT, format!("Fargate requires that '{name}' be defined at the task level."));
    if let Some((cpu, memory)) = subject.fitting_size() {
        finding = finding.fix(
            format!("Give the task {} and {}", cpu_text(cpu), memory_text(memory)),
            subject.set_size(cpu, memory),
        );
    }
    findings.push(finding);
}
