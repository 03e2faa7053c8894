//! What registers, and is not there where it runs: members that Windows does not have, and platforms that Fargate does not.

use super::subject::is_set;
use super::{Applies, Rule, Subject, warning};
use crate::finding::{Finding, Moment};
use crate::text::{Node, edit};

pub(super) static RULE: Rule = Rule {
    code: "platform-unsupported",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/windows_task_definitions.html",
    check,
};

/// Members that Windows containers do not have.
const NOT_ON_WINDOWS: [&[&str]; 17] = [
    &["containerDefinitions", "links"],
    &["containerDefinitions", "user"],
    &["containerDefinitions", "privileged"],
    &["containerDefinitions", "readonlyRootFilesystem"],
    &["containerDefinitions", "disableNetworking"],
    &["containerDefinitions", "dnsServers"],
    &["containerDefinitions", "dnsSearchDomains"],
    &["containerDefinitions", "extraHosts"],
    &["containerDefinitions", "ulimits"],
    &["containerDefinitions", "linuxParameters"],
    &["containerDefinitions", "systemControls"],
    &["containerDefinitions", "memoryReservation"],
    &["containerDefinitions", "environmentFiles"],
    &["containerDefinitions", "firelensConfiguration"],
    &["volumes", "efsVolumeConfiguration"],
    &["pidMode"],
    &["ipcMode"],
];

/// The families of Windows that Fargate has.
const ON_FARGATE: [&str; 4] =
    ["WINDOWS_SERVER_2019_FULL", "WINDOWS_SERVER_2019_CORE", "WINDOWS_SERVER_2022_FULL", "WINDOWS_SERVER_2022_CORE"];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if !subject.windows() {
        return;
    }
    for path in NOT_ON_WINDOWS {
        for (holder, member) in subject.members_at(path).into_iter().filter(|(_, member)| is_set(&member.value)) {
            let name = &member.key.name;
            findings.push(
                at_start(warning(member.key.span, format!("Windows containers have no {name}")))
                    .help("The definition registers, as far as is known; the member has no effect or the task does not start.")
                    .fix(format!("Remove {name}"), edit::remove_named(holder, name)),
            );
        }
    }
    let family = subject.root.get("runtimePlatform").and_then(|platform| platform.get("operatingSystemFamily"));
    let Some((place, family)) = family.and_then(|family| Some((family.span, Node::as_str(family)?))) else {
        return;
    };
    if subject.for_fargate() && !ON_FARGATE.contains(&family) {
        findings.push(
            at_start(warning(place, format!("Fargate does not run {family}")))
                .help("It has Windows Server 2019 and 2022, Full and Core."),
        );
    }
}

fn at_start(finding: Finding) -> Finding {
    Finding { moment: Moment::Start, ..finding }
}
