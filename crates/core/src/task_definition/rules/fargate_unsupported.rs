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

/// The way to each member, AWS's word for it, and what stands in for it. The words for `swappiness` and `tmpfs` are not
/// observed.
const MEMBERS: [(&[&str], &str, &str); 10] = [
    (&[LINUX[0], LINUX[1], "devices"], "devices", "No device of a host can be reached."),
    (&[LINUX[0], LINUX[1], "sharedMemorySize"], "sharedMemorySize", "Fargate decides how large /dev/shm is."),
    (&[LINUX[0], LINUX[1], "maxSwap"], "maxSwap", SWAP),
    (&[LINUX[0], LINUX[1], "swappiness"], "swappiness", SWAP),
    (&[LINUX[0], LINUX[1], "tmpfs"], "tmpfs", "Fargate has tmpfs since 2026-01-06."),
    (&[LINUX[0], "dockerSecurityOptions"], "dockerSecurityOptions", "Fargate confines each task in a machine of its own."),
    (&["volumes", "dockerVolumeConfiguration"], "dockerVolumeConfiguration", FOLDER),
    (&["volumes", "host", "sourcePath"], "sourcePath", FOLDER),
    (&["ipcMode"], "ipcMode", "There is no host whose processes could be shared with."),
    (
        &["placementConstraints"],
        "constraints",
        "Fargate chooses the machine; the subnets that a task may run in choose its zone.",
    ),
];

/// The day from which Fargate has tmpfs.
const TMPFS: Date = Date::new(2026, 1, 6);

const SWAP: &str = "There is no swap space: a container that needs more memory than it may have is killed.";

const FOLDER: &str =
    "Without it the volume is an empty folder, which the task's containers share and which ends with the task. What must stay belongs on Amazon EFS.";

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (path, word, help) in MEMBERS {
        if word == "tmpfs" && TMPFS <= subject.context.as_of {
            continue;
        }
        for (holder, member) in subject.members_at(path) {
            if !is_set(&member.value) {
                continue;
            }
            let name = &member.key.name;
            findings.push(
                error(member.key.span, format!("Fargate has no {name}"))
                    .help(help)
                    .aws(CLIENT, words(subject, word))
                    .fix(format!("Remove {name}"), edit::remove_named(holder, name)),
            );
        }
    }
}

/// The day before which AWS had other words for `ipcMode`: they are quoted in July 2019, today's in 2021.
const REWORDED: Date = Date::new(2020, 1, 1);

fn words(subject: &Subject<'_>, word: &str) -> String {
    if word == "ipcMode" && subject.context.as_of < REWORDED {
        "Tasks using the Fargate launch type do not support ipcMode.".to_owned()
    } else {
        format!("Fargate compatible task definitions do not support {word}")
    }
}
