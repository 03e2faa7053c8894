//! Members that Fargate does not have: what reaches for the host, and what the host decides.

use super::subject::is_set;
use super::{Applies, CLIENT, FARGATE, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::edit;
use crate::units::Date;

pub(super) static RULE: Rule = Rule {
    code: "fargate-unsupported",
    applies: Applies::Fargate,
    source: FARGATE,
    check,
};

const LINUX: [&str; 2] = ["containerDefinitions", "linuxParameters"];

/// The way to each member, AWS's word for it, and the day from which Fargate has it. The words for `swappiness` and
/// `tmpfs` are not observed.
const MEMBERS: [(&[&str], &str, Option<Date>); 10] = [
    (&[LINUX[0], LINUX[1], "devices"], "devices", None),
    (&[LINUX[0], LINUX[1], "sharedMemorySize"], "sharedMemorySize", None),
    (&[LINUX[0], LINUX[1], "maxSwap"], "maxSwap", None),
    (&[LINUX[0], LINUX[1], "swappiness"], "swappiness", None),
    (&[LINUX[0], LINUX[1], "tmpfs"], "tmpfs", Some(Date::new(2026, 1, 6))),
    (&[LINUX[0], "dockerSecurityOptions"], "dockerSecurityOptions", None),
    (&["volumes", "dockerVolumeConfiguration"], "dockerVolumeConfiguration", None),
    (&["volumes", "host", "sourcePath"], "sourcePath", None),
    (&["ipcMode"], "ipcMode", None),
    (&["placementConstraints"], "constraints", None),
];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (path, word, since) in MEMBERS {
        if since.is_some_and(|since| since <= subject.context.as_of) {
            continue;
        }
        for (holder, member) in subject.members_at(path) {
            if !is_set(&member.value) {
                continue;
            }
            let name = &member.key.name;
            findings.push(
                error(member.key.span, format!("Fargate has no {name}"))
                    .help("There is no host of one's own: a task is placed, confined and given its disk by Fargate.")
                    .aws(CLIENT, format!("Fargate compatible task definitions do not support {word}"))
                    .fix(format!("Remove {name}"), edit::remove_named(holder, name)),
            );
        }
    }
}
