//! What Fargate needs an execution role for: logs and private images.

use super::names::clip;
use super::{Applies, CLIENT, EXECUTION_ROLE, Rule, Subject, error};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    code: "fargate-execution-role",
    applies: Applies::Fargate,
    source: EXECUTION_ROLE,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.root.get("executionRoleArn").is_some() {
        return;
    }
    let logs = subject.containers().find(|container| container.logs_with("awslogs").is_some());
    let image = subject.containers().find(|container| is_private_ecr(&container.model.image));
    // the role is added once, so it is asked for once; AWS names the logs first
    let (place, message, help, words) = if let Some(container) = logs {
        (
            Subject::place(container.node, "logConfiguration"),
            "On Fargate awslogs needs an execution role".to_owned(),
            "Fargate sends the logs with the execution role; the role needs logs:CreateLogStream and logs:PutLogEvents.",
            "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
        )
    } else if let Some(container) = image {
        (
            Subject::place(container.node, "image"),
            format!("Fargate needs an execution role to pull {}", clip(&container.model.image)),
            "Fargate signs in to the private registry with the execution role; the managed policy AmazonECSTaskExecutionRolePolicy is enough.",
            "Fargate requires task definition to have execution role ARN to support ECR images.",
        )
    } else {
        return;
    };
    findings.push(
        error(place, message)
            .help(help)
            .aws(CLIENT, words)
            .fix("Add executionRoleArn", vec![subject.add_execution_role()]),
    );
}

/// Whether an image lies in a private registry of Amazon ECR.
fn is_private_ecr(image: &str) -> bool {
    let registry = image.split('/').next().unwrap_or_default();
    registry.contains(".dkr.ecr.") && registry.contains(".amazonaws.com")
}
