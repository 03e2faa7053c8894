//! Timeouts of containers are at least two seconds.

use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::finding::{Edit, Finding};

pub(super) static RULE: Rule = Rule {
    code: "timeout-minimum",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

/// The shortest timeout, in seconds.
const LEAST: i64 = 2;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        let name = container.name();
        for (member, word) in [("startTimeout", "start"), ("stopTimeout", "stop")] {
            let Some(value) = container.node.get(member) else {
                continue;
            };
            let Some(seconds) = value.as_i64().filter(|&seconds| seconds < LEAST) else {
                continue;
            };
            findings.push(
                error(value.span, format!("{member} is {seconds} s; it is at least {LEAST} s"))
                    .aws(
                        CLIENT,
                        format!("Granular {word} timeout on container '{name}' must be at least 2 seconds."),
                    )
                    .fix(format!("Use {LEAST}"), vec![Edit::replace(value.span, LEAST.to_string())]),
            );
        }
    }
}
