//! Fargate needs the task's memory.

use super::{Applies, CLIENT, Rule, Subject, error};
use crate::compute::sizes::{self, cpu_text, memory_text};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    code: "fargate-memory-missing",
    applies: Applies::Fargate,
    source: sizes::SOURCE,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.root.get("memory").is_some() {
        return;
    }
    let definition = subject.definition;
    let (cpu, memory) = subject.demand();
    let cpu = definition.cpu.map_or(cpu, |given| given.max(cpu));
    let memory = definition.memory.map_or(memory, |given| given.max(memory));
    let mut finding = error(
        Subject::brace(subject.root),
        "Fargate needs the memory of the whole task",
    )
    .help("Fargate gives each task a machine of its own of just this size, and charges for it.")
    .aws(CLIENT, "Fargate requires that 'memory' be defined at the task level.");
    if let Some((cpu, memory)) = subject.size_for(cpu, memory) {
        finding = finding.fix(
            format!("Give the task {} and {}", cpu_text(cpu), memory_text(memory)),
            subject.set_size(cpu, memory),
        );
    }
    findings.push(finding);
}
