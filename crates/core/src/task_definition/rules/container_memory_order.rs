//! A container's limit is no lower than what it reserves.

use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;
use crate::units::MiB;

pub(super) static RULE: Rule = Rule {
    code: "container-memory-order",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        let (Some(limit), Some(reserved)) = (container.model.memory, container.model.memory_reservation) else {
            continue;
        };
        if limit >= reserved {
            continue;
        }
        let name = container.name();
        let set = |member: &str, value: MiB| {
            vec![subject.set(container.node, &[], member, &value.to_string())]
        };
        findings.push(
            error(
                Subject::place(container.node, "memoryReservation"),
                format!("The container {} reserves {reserved} MiB, more than its limit of {limit}", container.label()),
            )
            .help("memoryReservation is what it keeps when memory is short; memory is what it may never exceed. They may be equal.")
            .aws(
                CLIENT,
                format!("Invalid setting for container '{name}'. 'memory' must be greater than or equal to 'memoryReservation'."),
            )
            .fix(format!("Reserve {limit} MiB"), set("memoryReservation", limit))
            .fix(format!("Raise the limit to {reserved} MiB"), set("memory", reserved)),
        );
    }
}
