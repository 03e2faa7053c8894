//! What Fargate needs an execution role for: private images.

use super::names::clip;
use super::{Applies, CLIENT, EXECUTION_ROLE, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::quote;

pub(super) static RULE: Rule = Rule {
    code: "fargate-ecr-role",
    applies: Applies::Fargate,
    source: EXECUTION_ROLE,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.root.get("executionRoleArn").is_some() {
        return;
    }
    let needing = subject.containers().find(|container| is_private_ecr(&container.model.image));
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
            Subject::place(container.node, "image"),
            format!("Fargate needs an execution role to pull {}", clip(&container.model.image)),
        )
        .help("Fargate signs in to the private registry with the execution role; the managed policy AmazonECSTaskExecutionRolePolicy is enough.")
        .aws(CLIENT, "Fargate requires task definition to have execution role ARN to support ECR images.")
        .fix("Add executionRoleArn", vec![edit]),
    );
}

/// Whether an image lies in a private registry of Amazon ECR.
fn is_private_ecr(image: &str) -> bool {
    let registry = image.split('/').next().unwrap_or_default();
    registry.contains(".dkr.ecr.") && registry.contains(".amazonaws.com")
}
