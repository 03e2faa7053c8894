//! Launch types that a definition cannot have.

use super::{API, Applies, INVALID, Rule, Subject, at_run};
use crate::call::LaunchType;
use crate::finding::Finding;

pub(super) static RULE: Rule = Rule {
    code: "launch-type",
    applies: Applies::Always,
    source: API,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.context.launch_type != LaunchType::External {
        return;
    }
    let mode = subject.root.member("networkMode");
    if let Some(mode) = mode.filter(|mode| mode.value.as_str() == Some("awsvpc")) {
        findings.push(
            at_run(mode.value.span, "On EXTERNAL the network mode is bridge, host or none, not awsvpc")
                .help("A machine outside AWS has no place in a VPC.")
                .aws(INVALID, "Task definition does not support launch_type EXTERNAL."),
        );
    }
}
