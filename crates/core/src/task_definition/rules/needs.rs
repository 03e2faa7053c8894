//! What a definition needs of Fargate's platform: one table, for what a text is told and for what `RunTask` refuses.
//!
//! Source: 'Fargate platform versions' of the developer guide, in its state of each year, and AWS's announcements:
//! `restartPolicy` came to the API and its SDKs on 2024-08-15 (Go SDK, `ecs` v1.45.0, and 'restart containers without
//! requiring a task relaunch'); 'additional Linux controls for Amazon ECS tasks on AWS Fargate', `systemControls` and
//! `pidMode`, was out by 2023-08-10 (aws/containers-roadmap issue 460); AWS's containers blog dates the network faults on
//! Fargate, `enableFaultInjection`, to December 2024. Where a source names a month or a year alone, its first day stands
//! here.

use super::subject::{is_set, members_at};
use crate::compute::platform::Need;
use crate::task_definition::model::{System, TaskDefinition};
use crate::text::{Node, Span};
use crate::units::{CpuUnits, Date};

/// The first version of Linux that has a member, the day on which it came there, and the way to it.
#[rustfmt::skip] // one member, one line
const MEMBERS: [(&str, Date, &[&str]); 19] = [
    ("1.1.0", Date::new(2018, 3, 26), &["containerDefinitions", "healthCheck"]),
    ("1.2.0", Date::new(2018, 9, 10), &["containerDefinitions", "repositoryCredentials"]),
    ("1.3.0", Date::new(2018, 12, 17), &["containerDefinitions", "secrets"]),
    ("1.3.0", Date::new(2019, 3, 27), &["containerDefinitions", "dependsOn"]),
    ("1.3.0", Date::new(2019, 3, 27), &["containerDefinitions", "startTimeout"]),
    ("1.3.0", Date::new(2019, 3, 27), &["containerDefinitions", "stopTimeout"]),
    ("1.3.0", Date::new(2019, 9, 30), &["containerDefinitions", "firelensConfiguration"]),
    ("1.3.0", Date::new(2019, 5, 1), &["containerDefinitions", "logConfiguration", "secretOptions"]),
    ("1.3.0", Date::new(2019, 3, 27), &["proxyConfiguration"]),
    ("1.4.0", Date::new(2024, 8, 15), &["containerDefinitions", "restartPolicy"]),
    ("1.4.0", Date::new(2020, 11, 5), &["containerDefinitions", "environmentFiles"]),
    ("1.4.0", Date::new(2023, 8, 10), &["containerDefinitions", "systemControls"]),
    ("1.4.0", Date::new(2020, 4, 8), &["containerDefinitions", "linuxParameters", "capabilities", "add"]),
    ("1.4.0", Date::new(2020, 4, 8), &["volumes", "efsVolumeConfiguration"]),
    ("1.4.0", Date::new(2026, 1, 1), &["volumes", "s3filesVolumeConfiguration"]),
    ("1.4.0", Date::new(2024, 1, 11), &["volumes", "configuredAtLaunch"]),
    ("1.4.0", Date::new(2021, 5, 1), &["ephemeralStorage"]),
    ("1.4.0", Date::new(2023, 8, 10), &["pidMode"]),
    ("1.4.0", Date::new(2024, 12, 1), &["enableFaultInjection"]),
];

/// From this CPU on only 1.4.0 will do; the sizes came on that day.
const LARGE: (CpuUnits, Date) = (CpuUnits(8_192), Date::new(2022, 9, 16));

/// The day on which Fargate had ARM64.
const ARM: Date = Date::new(2021, 11, 23);

/// What a definition for Linux needs, and where it says so, in the order of the table. Windows has one version, which has
/// all that Windows containers can ask for.
pub(crate) fn needs(root: &Node, definition: &TaskDefinition) -> Vec<(Need, Span)> {
    let mut found = Vec::new();
    if definition.system == System::Windows {
        return found;
    }
    for (version, since, path) in MEMBERS {
        let Some(what) = path.last().copied() else {
            continue;
        };
        let need = Need {
            what,
            version,
            since,
        };
        for (_, member) in members_at(root, path) {
            if is_set(&member.value) {
                found.push((need, member.key.span));
            }
        }
    }
    let large = definition.cpu.is_some_and(|cpu| cpu >= LARGE.0);
    if let Some(size) = root.get("cpu").filter(|_| large) {
        let need = Need {
            what: "8 vCPU or more",
            version: "1.4.0",
            since: LARGE.1,
        };
        found.push((need, size.span));
    }
    let arm = definition.system == System::LinuxArm;
    let platform = root.get("runtimePlatform").filter(|_| arm);
    if let Some(processor) = platform.and_then(|it| it.get("cpuArchitecture")) {
        let need = Need {
            what: "ARM64",
            version: "1.4.0",
            since: ARM,
        };
        found.push((need, processor.span));
    }
    found
}
