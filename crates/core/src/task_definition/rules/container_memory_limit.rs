//! No container may have more memory than the task.

use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::compute::sizes::{cpu_text, memory_text};
use crate::finding::Finding;
use crate::text::quote;
use crate::units::MiB;

pub(super) static RULE: Rule = Rule {
    code: "container-memory-limit",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(task) = subject.definition.memory else {
        return;
    };
    for container in subject.containers() {
        let Some(limit) = container.model.memory.filter(|&limit| limit > task) else {
            continue;
        };
        let name = container.name();
        let finding = error(
            Subject::place(container.node, "memory"),
            format!("The container {} may have {limit} MiB, the whole task has {task}", container.label()),
        )
        .aws(
            CLIENT,
            format!("The 'memory' setting for container '{name}' is greater than for the task."),
        )
        .fix(
            format!("Limit it to {task} MiB"),
            vec![subject.set(container.node, &[], "memory", &task.to_string())],
        );
        findings.push(raise_memory(subject, finding, limit));
    }
}

/// Adds the fix that gives the task at least this memory.
pub(super) fn raise_memory(subject: &Subject<'_>, finding: Finding, least: MiB) -> Finding {
    if !subject.for_fargate() {
        let edit = subject.set(subject.root, &[], "memory", &quote(&least.to_string()));
        return finding.fix(format!("Give the task {least} MiB"), vec![edit]);
    }
    let (needs_cpu, needs_memory) = subject.demand();
    let cpu = subject.definition.cpu.unwrap_or_default().max(needs_cpu);
    match subject.size_for(cpu, least.max(needs_memory)) {
        Some((cpu, memory)) if memory >= least => finding.fix(
            format!("Give the task {} and {}", cpu_text(cpu), memory_text(memory)),
            subject.set_size(cpu, memory),
        ),
        _ => finding,
    }
}
