//! Without task memory each container needs its own.

use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::compute::sizes::{cpu_text, memory_text};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    code: "container-memory-missing",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.root.get("memory").is_some() {
        return;
    }
    let (cpu, memory) = subject.demand();
    let size = subject.size_for(subject.definition.cpu.unwrap_or(cpu).max(cpu), memory);
    for container in subject.containers() {
        let given = |name: &str| container.node.get(name).is_some();
        if given("memory") || given("memoryReservation") {
            continue;
        }
        let name = container.name();
        let own = subject.set(container.node, &["image", "cpu"], "memory", "512");
        let finding = error(
            Subject::brace(container.node),
            format!("Neither the task nor the container {} says how much memory it may have", container.label()),
        )
        .aws(
            CLIENT,
            format!("Invalid setting for container '{name}'. At least one of 'memory' or 'memoryReservation' must be specified."),
        );
        let finding = match size {
            Some((cpu, memory)) if subject.for_fargate() => finding.fix(
                format!("Give the task {} and {}", cpu_text(cpu), memory_text(memory)),
                subject.set_size(cpu, memory),
            ),
            _ => finding,
        };
        findings.push(finding.fix("Give the container 512 MiB", vec![own]));
    }
}
