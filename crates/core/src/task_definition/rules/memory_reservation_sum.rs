//! What the containers reserve fits into the task's memory.

use super::container_memory_limit::raise_memory;
use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::edit;
use crate::units::MiB;

pub(super) static RULE: Rule = Rule {
    code: "memory-reservation-sum",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(task) = subject.definition.memory else {
        return;
    };
    let reserved = subject.definition.containers.iter();
    let reserved = reserved.filter_map(|container| Some(container.memory_reservation?.0));
    let sum = MiB(reserved.fold(0, u32::saturating_add));
    if sum <= task {
        return;
    }
    let finding = error(
        Subject::place(subject.root, "memory"),
        format!("The containers reserve {sum} MiB together, the task has {task}"),
    )
    .help("The sum may equal the task's memory, not exceed it.")
    .aws(
        CLIENT,
        "The sum of all container 'memoryReservation' values cannot be greater than the value of the task 'memory'.",
    );
    let without: Vec<_> = subject
        .containers()
        .flat_map(|container| edit::remove_named(container.node, "memoryReservation"))
        .collect();
    findings.push(raise_memory(subject, finding, sum).fix("Reserve nothing", without));
}
