//! On Fargate, log streams need a prefix.

use super::{Applies, CLIENT, LOGS, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::edit;

pub(super) static RULE: Rule = Rule {
    code: "fargate-awslogs-prefix",
    applies: Applies::Fargate,
    source: LOGS,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        let Some(options) = container.logs_with("awslogs").and_then(|logs| logs.get("options")) else {
            continue;
        };
        if options.members().is_empty() || options.get("awslogs-stream-prefix").is_some() {
            continue;
        }
        let edit = edit::insert_member(subject.text, options, &[], "awslogs-stream-prefix", "\"ecs\"");
        findings.push(
            error(Subject::brace(options), "On Fargate awslogs needs awslogs-stream-prefix")
                .help("The log stream is called prefix/container/task.")
                .aws(
                    CLIENT,
                    "Fargate requires log configuration options to include awslogs-stream-prefix to support log driver awslogs.",
                )
                .fix("Add awslogs-stream-prefix", vec![edit]),
        );
    }
}
