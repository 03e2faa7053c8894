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
const NOT_ON_WINDOWS: [&[&str]; 20] = [
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
    &["volumes", "s3filesVolumeConfiguration"],
    &["proxyConfiguration"],
    &["enableFaultInjection"],
    &["pidMode"],
    &["ipcMode"],
];

/// Members that Windows containers have on EC2, and not on Fargate.
const NOT_ON_WINDOWS_OF_FARGATE: [&[&str]; 2] = [&["containerDefinitions", "restartPolicy"], &["volumes", "configuredAtLaunch"]];

/// The file system that only Windows containers on EC2 can open.
const FSX: &str = "fsxWindowsFileServerVolumeConfiguration";

/// The families of Windows that Fargate has.
const ON_FARGATE: [&str; 4] =
    ["WINDOWS_SERVER_2019_FULL", "WINDOWS_SERVER_2019_CORE", "WINDOWS_SERVER_2022_FULL", "WINDOWS_SERVER_2022_CORE"];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let fargate = subject.for_fargate();
    let mut lacks = |path: &[&str], who: &str| {
        for (holder, member) in subject.members_at(path).into_iter().filter(|(_, member)| is_set(&member.value)) {
            let name = &member.key.name;
            findings.push(
                at_start(warning(member.key.span, format!("{who} no {name}")))
                    .help("The definition registers, as far as is known; the member has no effect or the task does not start.")
                    .fix(format!("Remove {name}"), edit::remove_named(holder, name)),
            );
        }
    };
    if fargate || !subject.windows() {
        lacks(&["volumes", FSX], if fargate { "Fargate has" } else { "Linux containers have" });
    }
    if !subject.windows() {
        return;
    }
    for path in NOT_ON_WINDOWS {
        lacks(path, "Windows containers have");
    }
    for path in NOT_ON_WINDOWS_OF_FARGATE.into_iter().filter(|_| fargate) {
        lacks(path, "Windows containers on Fargate have");
    }
    let family = subject.root.get("runtimePlatform").and_then(|platform| platform.get("operatingSystemFamily"));
    let Some((place, family)) = family.and_then(|family| Some((family.span, Node::as_str(family)?))) else {
        return;
    };
    if fargate && !ON_FARGATE.contains(&family) {
        findings.push(
            at_start(warning(place, format!("Fargate does not run {family}")))
                .help("It has Windows Server 2019 and 2022, Full and Core."),
        );
    }
}

fn at_start(finding: Finding) -> Finding {
    Finding { moment: Moment::Start, ..finding }
}
