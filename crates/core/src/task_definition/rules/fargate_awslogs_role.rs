//! What Fargate needs an execution role for: logs.

use super::{Applies, CLIENT, EXECUTION_ROLE, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::quote;

pub(super) static RULE: Rule = Rule {
    code: "fargate-awslogs-role",
    applies: Applies::Fargate,
    source: EXECUTION_ROLE,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.root.get("executionRoleArn").is_some() {
        return;
    }
    let needing = subject.containers().find(|container| container.logs_with("awslogs").is_some());
    let Some(container) = needing else {
        return;
    };
    let arn = subject.context.role_arn("ecsTaskExecutionRole");
    let edit = subject.set(
        subject.root,
        &["family", "cpu", "memory", "networkMode", "taskRoleArn"],
        "executionRoleArn",
        &quote(&arn),
    );
    findings.push(
        error(
            Subject::place(container.node, "logConfiguration"),
            "On Fargate awslogs needs an execution role".to_owned(),
        )
        .help("Fargate sends the logs with the execution role; the role needs logs:CreateLogStream and logs:PutLogEvents.")
        .aws(CLIENT, "Fargate requires task definition to have execution role ARN to support log driver awslogs.")
        .fix("Add executionRoleArn", vec![edit]),
    );
}
