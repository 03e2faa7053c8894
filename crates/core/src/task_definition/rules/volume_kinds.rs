//! A volume is of one kind, and some kinds ask for more.

use super::names::clip;
use super::subject::is_set;
use super::{Applies, CLIENT, Rule, Subject, error, warning};
use crate::finding::{Finding, Moment};
use crate::text::{Member, Node, edit, quote};

pub(super) static RULE: Rule = Rule {
    code: "volume-kinds",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html",
    check,
};

/// The members that say what kind of volume it is.
const KINDS: [&str; 6] = [
    "host",
    "configuredAtLaunch",
    "dockerVolumeConfiguration",
    "efsVolumeConfiguration",
    "s3filesVolumeConfiguration",
    "fsxWindowsFileServerVolumeConfiguration",
];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mut at_launch = false;
    let role = subject.root.get("taskRoleArn").is_some_and(is_set);
    for volume in subject.volumes() {
        let given = KINDS.iter().filter_map(|kind| volume.member(kind));
        let given: Vec<&Member> = given.filter(|member| says_kind(member)).collect();
        if let [first, others @ ..] = &*given {
            findings.extend(others.iter().map(|other| second(volume, first, other)));
        }
        if let Some(launched) = given.iter().find(|member| &*member.key.name == "configuredAtLaunch") {
            if at_launch {
                findings.push(
                    warning(launched.key.span, "Another volume is configuredAtLaunch too; AWS documents one at most")
                        .help("In which words AWS refuses it is not known.")
                        .fix("Remove configuredAtLaunch", edit::remove_named(volume, "configuredAtLaunch")),
                );
            }
            at_launch = true;
        }
        if !role && let Some(finding) = given.iter().find_map(|member| without_role(member)) {
            findings.push(finding);
        }
    }
}

/// Whether a member makes the volume one of its kind: a host without a path is that of any volume.
fn says_kind(member: &Member) -> bool {
    match &*member.key.name {
        "host" => member.value.get("sourcePath").is_some_and(is_set),
        _ => is_set(&member.value),
    }
}

/// A kind beside another.
fn second(volume: &Node, first: &Member, other: &Member) -> Finding {
    let name = volume.get("name").and_then(Node::as_str).unwrap_or_default();
    let (first, kind) = (&*first.key.name, &*other.key.name);
    let volume_name = if name.is_empty() { "This volume".to_owned() } else { format!("The volume {}", quote(&clip(name))) };
    error(other.key.span, format!("{volume_name} has {first} and {kind}; it can be of one kind only"))
        .aws(CLIENT, "When the volume parameter is specified, only one volume configuration type should be used.")
        .fix(format!("Remove {kind}"), edit::remove_named(volume, kind))
        .fix(format!("Remove {first}"), edit::remove_named(volume, first))
}

/// A file system that only a task role can open.
fn without_role(member: &Member) -> Option<Finding> {
    let authorization = member.value.get("authorizationConfig");
    let iam = authorization.and_then(|it| it.get("iam"));
    let (place, message) = match &*member.key.name {
        "s3filesVolumeConfiguration" => (member.key.span, "s3filesVolumeConfiguration is opened by the task role, and there is none"),
        "efsVolumeConfiguration" => {
            let enabled = iam.filter(|iam| iam.as_str() == Some("ENABLED"))?;
            (enabled.span, "With iam ENABLED the task role opens the file system, and there is none")
        }
        _ => return None,
    };
    let finding = warning(place, message).help("Name a role of the application's in taskRoleArn that may mount it.");
    Some(Finding { moment: Moment::Start, ..finding })
}
