//! The size of the task's own disk is Fargate's matter.

use super::subject::is_set;
use super::{API, Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::edit;

pub(super) static RULE: Rule = Rule {
    code: "ec2-ephemeral-storage",
    applies: Applies::Always,
    source: API,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let member = subject.root.member("ephemeralStorage");
    let Some(member) = member.filter(|member| is_set(&member.value)) else {
        return;
    };
    if subject.requests("EC2") {
        findings.push(
            error(member.key.span, "On EC2 the disk is the instance's: there is no ephemeralStorage")
                .help("All that requiresCompatibilities names is checked, so EC2 beside FARGATE counts as well.")
                .aws(CLIENT, "Tasks using the EC2 launch type do not support EphemeralStorage.")
                .fix("Remove ephemeralStorage", edit::remove_named(subject.root, "ephemeralStorage")),
        );
    }
}
