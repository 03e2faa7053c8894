//! How long Fargate waits for a container to stop.

use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::finding::{Edit, Finding};

pub(super) static RULE: Rule = Rule {
    code: "fargate-stop-timeout",
    applies: Applies::Fargate,
    source: API_CONTAINER,
    check,
};

/// The longest on Fargate, in seconds; 120 itself is accepted, although AWS's words say less.
const MOST: i64 = 120;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        let Some(value) = container.node.get("stopTimeout") else {
            continue;
        };
        let Some(seconds) = value.as_i64().filter(|&seconds| seconds > MOST) else {
            continue;
        };
        findings.push(
            error(value.span, format!("stopTimeout is {seconds} s; Fargate waits {MOST} s at most"))
                .aws(
                    CLIENT,
                    "Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.",
                )
                .fix(format!("Use {MOST}"), vec![Edit::replace(value.span, MOST.to_string())]),
        );
    }
}
