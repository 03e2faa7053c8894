//! What a definition asks of Fargate's platform, and which version has it.

use super::names::clip;
use super::subject::is_set;
use super::{Applies, INVALID, Rule, Subject, at_run};
use crate::call::LaunchType;
use crate::compute::platform::{PLATFORMS, Platform};
use crate::finding::Finding;
use crate::text::{Node, Span};
use crate::units::{CpuUnits, Date};

pub(super) static RULE: Rule = Rule {
    code: "platform-version",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html",
    check,
};

/// The first version of Linux that has a member, the day on which it came there, and the way to it. Where the guide names
/// a month, or a year, its first day; `restartPolicy`, `systemControls`, `pidMode` and `enableFaultInjection` are
/// recalled.
const NEEDS: [(&str, Date, &[&str]); 19] = [
    ("1.1.0", Date::new(2018, 3, 26), &["containerDefinitions", "healthCheck"]),
    ("1.2.0", Date::new(2018, 9, 10), &["containerDefinitions", "repositoryCredentials"]),
    ("1.3.0", Date::new(2018, 12, 17), &["containerDefinitions", "secrets"]),
    ("1.3.0", Date::new(2019, 3, 27), &["containerDefinitions", "dependsOn"]),
    ("1.3.0", Date::new(2019, 3, 27), &["containerDefinitions", "startTimeout"]),
    ("1.3.0", Date::new(2019, 3, 27), &["containerDefinitions", "stopTimeout"]),
    ("1.3.0", Date::new(2019, 9, 30), &["containerDefinitions", "firelensConfiguration"]),
    ("1.3.0", Date::new(2019, 5, 1), &["containerDefinitions", "logConfiguration", "secretOptions"]),
    ("1.3.0", Date::new(2019, 3, 27), &["proxyConfiguration"]),
    ("1.4.0", Date::new(2024, 8, 1), &["containerDefinitions", "restartPolicy"]),
    ("1.4.0", Date::new(2020, 11, 5), &["containerDefinitions", "environmentFiles"]),
    ("1.4.0", Date::new(2023, 8, 1), &["containerDefinitions", "systemControls"]),
    ("1.4.0", Date::new(2020, 4, 8), &["containerDefinitions", "linuxParameters", "capabilities", "add"]),
    ("1.4.0", Date::new(2020, 4, 8), &["volumes", "efsVolumeConfiguration"]),
    ("1.4.0", Date::new(2026, 1, 1), &["volumes", "s3filesVolumeConfiguration"]),
    ("1.4.0", Date::new(2024, 1, 11), &["volumes", "configuredAtLaunch"]),
    ("1.4.0", Date::new(2021, 5, 1), &["ephemeralStorage"]),
    ("1.4.0", Date::new(2023, 8, 1), &["pidMode"]),
    ("1.4.0", Date::new(2024, 12, 1), &["enableFaultInjection"]),
];

/// From this CPU on only 1.4.0 will do.
const LARGE: CpuUnits = CpuUnits(8_192);

/// The day on which Fargate had ARM64.
const ARM: Date = Date::new(2021, 11, 23);

const INCOMPATIBLE: &str = "PlatformTaskDefinitionIncompatibilityException";

/// The day before which AWS said it in other words.
const REWORDED: Date = Date::new(2021, 1, 1);

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let context = subject.context;
    let asked = context.platform_version.as_deref();
    let whole = Subject::brace(subject.root);
    if context.launch_type != LaunchType::Fargate {
        if let Some(asked) = asked {
            findings.push(
                at_run(whole, format!("Platform version {} is asked for, but only Fargate has one", clip(asked)))
                    .aws(INVALID, "The platform version must be null when specifying an EC2 launch type."),
            );
        }
        return;
    }
    let offered = |it: &&Platform| it.released <= context.as_of && it.retired.is_none_or(|gone| context.as_of < gone);
    let asked = asked.filter(|asked| *asked != "LATEST");
    let known = PLATFORMS.iter().filter(offered);
    if let Some(asked) = asked
        && known.clone().all(|it| it.version != asked)
    {
        let names: Vec<_> = known.map(|it| it.version).collect();
        findings.push(
            at_run(whole, format!("Fargate has no platform version {} on {}", clip(asked), context.as_of))
                .help(format!("It has LATEST, {}.", names.join(", ")))
                .aws("PlatformUnknownException", "The specified platform does not exist."),
        );
        return;
    }
    if subject.windows() {
        let place = Subject::place(subject.root, "runtimePlatform");
        // Windows counts for itself
        for platform in PLATFORMS.iter().filter(|it| it.windows) {
            if context.as_of < platform.released {
                came_later(subject, place, "Windows", platform.released, findings);
            } else if asked.is_some_and(|asked| asked != platform.version) {
                lacks(subject, place, "Windows", platform.version, asked, findings);
            }
        }
        return;
    }
    let mut linux = PLATFORMS.iter().filter(|it| !it.windows);
    let latest = linux.rfind(|it| it.latest_from <= context.as_of);
    // before Fargate began there is none
    let Some(version) = asked.or(latest.map(|it| it.version)) else {
        return;
    };
    for (needed, since, path) in NEEDS {
        // the names sort as the versions do
        let early = version >= needed;
        if early && since <= context.as_of {
            continue;
        }
        for (_, member) in subject.members_at(path) {
            if is_set(&member.value) {
                let name = &member.key.name;
                if early {
                    came_later(subject, member.key.span, name, since, findings);
                } else {
                    lacks(subject, member.key.span, name, needed, Some(version), findings);
                }
            }
        }
    }
    let old = version < "1.4.0";
    if old && subject.definition.cpu.is_some_and(|cpu| cpu >= LARGE) {
        let place = Subject::place(subject.root, "cpu");
        let what = subject.text.get(place.start..place.end).unwrap_or_default();
        lacks(subject, place, &format!("A cpu of {}", clip(what)), "1.4.0", Some(version), findings);
    }
    let arm = subject.members_at(&["runtimePlatform", "cpuArchitecture"]);
    if let Some((_, member)) = arm.first().filter(|(_, member)| Node::as_str(&member.value) == Some("ARM64")) {
        if old {
            lacks(subject, member.value.span, "ARM64", "1.4.0", Some(version), findings);
        } else if context.as_of < ARM {
            came_later(subject, member.value.span, "ARM64", ARM, findings);
        }
    }
}

fn came_later(subject: &Subject<'_>, place: Span, what: &str, since: Date, findings: &mut Vec<Finding>) {
    findings.push(
        at_run(place, format!("Fargate has {what} since {since}, and it is {}", subject.context.as_of))
            .aws(INCOMPATIBLE, words(subject)),
    );
}

fn words(subject: &Subject<'_>) -> &'static str {
    if subject.context.as_of < REWORDED {
        "The specified platform does not satisfy the task definition\u{2019}s required capabilities."
    } else {
        "One or more of the requested capabilities are not supported."
    }
}

fn lacks(subject: &Subject<'_>, place: Span, what: &str, needed: &str, version: Option<&str>, findings: &mut Vec<Finding>) {
    let version = version.unwrap_or_default();
    let message = format!("{what} needs the platform version {needed}, not {version}");
    findings.push(
        at_run(place, message)
            .help("Run the task with that version or a later one, or leave it to LATEST where that is late enough.")
            .aws(INCOMPATIBLE, words(subject)),
    );
}
