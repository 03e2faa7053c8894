//! Secrets are fetched with the execution role.

use super::subject::is_set;
use super::{Applies, CLIENT, EXECUTION_ROLE, Rule, Subject, error};
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    code: "secrets-role",
    applies: Applies::Always,
    source: EXECUTION_ROLE,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.root.get("executionRoleArn").is_some() {
        return;
    }
    let secrets = subject.containers().filter_map(|container| container.node.member("secrets"));
    if let Some(member) = secrets.into_iter().find(|member| is_set(&member.value)) {
        findings.push(
            error(member.key.span, "The secrets need an execution role")
                .help("ECS reads them before the container starts, with the execution role; the task role is the application's.")
                .aws(
                    CLIENT,
                    "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
                )
                .fix("Add executionRoleArn", vec![subject.add_execution_role()]),
        );
    }
}
