//! The containers' CPU fits into the task's.

use super::{API, Applies, CLIENT, Rule, Subject, error};
use crate::compute::sizes::{cpu_text, memory_text};
use crate::finding::Finding;
use crate::text::{edit, quote};

pub(super) static RULE: Rule = Rule {
    code: "container-cpu-sum",
    applies: Applies::Always,
    source: API,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(task) = subject.definition.cpu else {
        return;
    };
    let (sum, needs_memory) = subject.demand();
    if sum <= task {
        return;
    }
    let mut finding = error(
        Subject::place(subject.root, "cpu"),
        format!("The containers have {sum} CPU units together, the task has {task}"),
    )
    .help("The sum may equal the task's cpu, not exceed it.")
    .aws(
        CLIENT,
        "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    );
    let memory = subject.definition.memory.unwrap_or_default().max(needs_memory);
    if !subject.for_fargate() {
        let edit = subject.set(subject.root, &[], "cpu", &quote(&sum.to_string()));
        finding = finding.fix(format!("Give the task {sum} CPU units"), vec![edit]);
    } else if let Some((cpu, memory)) = subject.size_for(sum, memory)
        && cpu >= sum
    {
        finding = finding.fix(
            format!("Give the task {} and {}", cpu_text(cpu), memory_text(memory)),
            subject.set_size(cpu, memory),
        );
    }
    let without: Vec<_> = subject
        .containers()
        .flat_map(|container| edit::remove_named(container.node, "cpu"))
        .collect();
    findings.push(finding.fix("Leave the containers' cpu out", without));
}
