//! What a definition asks of Fargate's platform, and which version has it.

use super::names::clip;
use super::subject::is_set;
use super::{Applies, INVALID, Rule, Subject, at_run};
use crate::call::LaunchType;
use crate::finding::Finding;
use crate::text::{Node, Span};
use crate::units::{CpuUnits, Date};

pub(super) static RULE: Rule = Rule {
    code: "platform-version",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html",
    check,
};

/// A platform version: its name, the day it came, the day from which LATEST is it, the day it went.
type Version = (&'static str, Date, Date, Option<Date>);

const GONE_FIRST: Option<Date> = Some(Date::new(2020, 12, 14));

/// Linux's versions. 1.4.0 became LATEST early in March 2021, Region by Region.
const LINUX: [Version; 5] = [
    ("1.0.0", Date::new(2017, 11, 29), Date::new(2017, 11, 29), GONE_FIRST),
    ("1.1.0", Date::new(2018, 3, 26), Date::new(2018, 3, 26), GONE_FIRST),
    ("1.2.0", Date::new(2018, 9, 10), Date::new(2018, 9, 10), GONE_FIRST),
    ("1.3.0", Date::new(2018, 12, 17), Date::new(2018, 12, 17), Some(Date::new(2026, 3, 16))),
    ("1.4.0", Date::new(2020, 4, 8), Date::new(2021, 3, 1), None),
];

/// Windows counts for itself.
const WINDOWS: Version = ("1.0.0", Date::new(2021, 10, 28), Date::new(2021, 10, 28), None);

/// The ways to members, and the first version of Linux that has them.
const NEEDS: [(&str, &[&str]); 20] = [
    ("1.1.0", &["containerDefinitions", "healthCheck"]),
    ("1.2.0", &["containerDefinitions", "repositoryCredentials"]),
    ("1.3.0", &["containerDefinitions", "secrets"]),
    ("1.3.0", &["containerDefinitions", "dependsOn"]),
    ("1.3.0", &["containerDefinitions", "startTimeout"]),
    ("1.3.0", &["containerDefinitions", "stopTimeout"]),
    ("1.3.0", &["containerDefinitions", "firelensConfiguration"]),
    ("1.3.0", &["containerDefinitions", "logConfiguration", "secretOptions"]),
    ("1.3.0", &["proxyConfiguration"]),
    ("1.4.0", &["containerDefinitions", "restartPolicy"]),
    ("1.4.0", &["containerDefinitions", "environmentFiles"]),
    ("1.4.0", &["containerDefinitions", "systemControls"]),
    ("1.4.0", &["containerDefinitions", "linuxParameters", "tmpfs"]),
    ("1.4.0", &["containerDefinitions", "linuxParameters", "capabilities", "add"]),
    ("1.4.0", &["volumes", "efsVolumeConfiguration"]),
    ("1.4.0", &["volumes", "s3filesVolumeConfiguration"]),
    ("1.4.0", &["volumes", "configuredAtLaunch"]),
    ("1.4.0", &["ephemeralStorage"]),
    ("1.4.0", &["pidMode"]),
    ("1.4.0", &["enableFaultInjection"]),
];

/// From this CPU on only 1.4.0 will do.
const LARGE: CpuUnits = CpuUnits(8_192);

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
    let offered = |version: &&Version| version.1 <= context.as_of && version.3.is_none_or(|gone| context.as_of < gone);
    let asked = asked.filter(|asked| *asked != "LATEST");
    let known = LINUX.iter().chain([&WINDOWS]).filter(offered);
    if let Some(asked) = asked
        && known.clone().all(|version| version.0 != asked)
    {
        let names: Vec<_> = known.map(|version| version.0).collect();
        findings.push(
            at_run(whole, format!("Fargate has no platform version {} on {}", clip(asked), context.as_of))
                .help(format!("It has LATEST, {}.", names.join(", ")))
                .aws("PlatformUnknownException", "The specified platform does not exist."),
        );
        return;
    }
    if subject.windows() {
        if asked.is_some_and(|asked| asked != WINDOWS.0) {
            let place = Subject::place(subject.root, "runtimePlatform");
            lacks(subject, place, "Windows", WINDOWS.0, asked, findings);
        }
        return;
    }
    let latest = LINUX.iter().rfind(|version| version.2 <= context.as_of);
    // before Fargate began there is none
    let Some(version) = asked.or(latest.map(|version| version.0)) else {
        return;
    };
    for (needed, path) in NEEDS {
        // the names sort as the versions do
        if version >= needed {
            continue;
        }
        for (_, member) in subject.members_at(path) {
            if is_set(&member.value) {
                lacks(subject, member.key.span, &member.key.name, needed, Some(version), findings);
            }
        }
    }
    if version >= "1.4.0" {
        return;
    }
    if subject.definition.cpu.is_some_and(|cpu| cpu >= LARGE) {
        let place = Subject::place(subject.root, "cpu");
        let what = subject.text.get(place.start..place.end).unwrap_or_default();
        lacks(subject, place, &format!("A cpu of {}", clip(what)), "1.4.0", Some(version), findings);
    }
    let arm = subject.members_at(&["runtimePlatform", "cpuArchitecture"]);
    if let Some((_, member)) = arm.first().filter(|(_, member)| Node::as_str(&member.value) == Some("ARM64")) {
        lacks(subject, member.value.span, "ARM64", "1.4.0", Some(version), findings);
    }
}

fn lacks(subject: &Subject<'_>, place: Span, what: &str, needed: &str, version: Option<&str>, findings: &mut Vec<Finding>) {
    let words = if subject.context.as_of < REWORDED {
        "The specified platform does not satisfy the task definition\u{2019}s required capabilities."
    } else {
        "One or more of the requested capabilities are not supported."
    };
    let version = version.unwrap_or_default();
    let message = format!("{what} needs the platform version {needed}, not {version}");
    findings.push(
        at_run(place, message)
            .help("Run the task with that version or a later one, or leave it to LATEST where that is late enough.")
            .aws("PlatformTaskDefinitionIncompatibilityException", words),
    );
}
