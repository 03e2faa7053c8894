//! Launch types that a definition cannot have.

use super::subject::is_set;
use super::{API, Applies, INVALID, Rule, Subject, at_run};
use crate::call::LaunchType;
use crate::finding::{Finding, Moment};

pub(super) static RULE: Rule = Rule {
    code: "launch-type",
    applies: Applies::Always,
    source: API,
    check,
};

/// Members that machines outside AWS do not have. What AWS says to them is not known.
const NOT_EXTERNAL: [&[&str]; 5] = [
    &["volumes", "efsVolumeConfiguration"],
    &["volumes", "configuredAtLaunch"],
    &["proxyConfiguration"],
    &["ephemeralStorage"],
    &["trustedExecutionConfiguration"],
];

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
    for path in NOT_EXTERNAL {
        for (_, member) in subject.members_at(path).into_iter().filter(|(_, member)| is_set(&member.value)) {
            let finding = at_run(member.key.span, format!("On EXTERNAL there is no {}", member.key.name));
            findings.push(Finding { moment: Moment::Start, ..finding });
        }
    }
}
