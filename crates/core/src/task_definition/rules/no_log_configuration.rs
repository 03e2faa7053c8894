//! Containers on Fargate whose output goes nowhere.

use super::{Applies, LOGS, Rule, Subject, hint};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    code: "no-log-configuration",
    applies: Applies::Always,
    source: LOGS,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if !subject.for_fargate() {
        return;
    }
    for container in subject.containers() {
        if container.node.get("logConfiguration").is_some() {
            continue;
        }
        let edit = subject.set(container.node, &[], "logConfiguration", &subject.awslogs());
        findings.push(
            hint(
                Subject::brace(container.node),
                format!("What the container {} prints is lost", container.label()),
            )
            .help("Fargate keeps no output by itself. The log driver awslogs sends it to CloudWatch Logs; it needs an execution role.")
            .fix("Send logs to CloudWatch", subject.with_execution_role(edit)),
        );
    }
}
