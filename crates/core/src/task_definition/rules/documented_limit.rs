//! What AWS documents as not allowed, and in which words it refuses it nobody has told: warnings, so that no words are made up.

use super::names::clip;
use super::subject::{is_set, items};
use super::{API, Applies, Container, Rule, Subject, warning};
use crate::finding::Finding;
use crate::text::{Node, Span, edit, quote};
use crate::units::Date;

pub(super) static RULE: Rule = Rule {
    code: "documented-limit",
    applies: Applies::Always,
    source: API,
    check,
};

/// Exit codes that a restart policy may ignore.
const EXIT_CODES: usize = 50;
/// Placement constraints of a task, those of the call counted.
const CONSTRAINTS: usize = 10;
/// Characters of a mapping's name.
const MAPPING_NAME: usize = 64;
/// Kernel parameters of the namespace that the containers of a task share, besides those of the network and of queues.
const KERNEL: [&str; 8] = [
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.sem",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
    "kernel.shm_rmid_forced",
];
/// Until then the guide, which knew one Region, had no `linuxParameters` on Fargate; what later ones say of them is another
/// rule's matter. The day is that of the next Regions.
const FIRST_GUIDE: Date = Date::new(2018, 4, 26);

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    task(subject, findings);
    for container in subject.containers() {
        mappings(subject, container, findings);
        linux(subject, container, findings);
        devices(subject, container, findings);
        for file in items(container.node, "environmentFiles") {
            let Some((value, name)) = file.get("value").and_then(|value| Some((value, value.as_str()?))) else {
                continue;
            };
            if name.starts_with("arn:") && name.strip_suffix(".env").is_none() {
                let message = format!("{} does not end in .env, as the name of a file of variables does", quote(&clip(name)));
                findings.push(documented(value.span, message));
            }
        }
        let policy = container.node.get("restartPolicy");
        let ignored = policy.map(|policy| items(policy, "ignoredExitCodes")).unwrap_or_default();
        if let Some(code) = ignored.get(EXIT_CODES) {
            let message = format!("A restart policy ignores {EXIT_CODES} exit codes at most; these are {}", ignored.len());
            // the first that is too many stands for them all
            findings.push(documented(code.span, message));
        }
    }
}

/// A finding without AWS's words.
fn documented(place: Span, message: String) -> Finding {
    warning(place, message).help("AWS documents it. Whether and in which words it refuses it is not known.")
}

fn task(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mode = subject.definition.network_mode.as_deref();
    let constraints = items(subject.root, "placementConstraints");
    if let Some(constraint) = constraints.get(CONSTRAINTS) {
        let message = format!("A task has {CONSTRAINTS} placement constraints at most; these are {}", constraints.len());
        findings.push(documented(Subject::brace(constraint), message));
    }
    let faults = subject.root.member("enableFaultInjection").filter(|member| is_set(&member.value));
    if let Some(faults) = faults.filter(|_| !matches!(mode, Some("awsvpc" | "host"))) {
        let written = mode.unwrap_or("bridge, which is meant where the member is absent");
        let message = format!("enableFaultInjection works with the network modes awsvpc and host, not with {}", clip(written));
        findings.push(
            documented(faults.key.span, message)
                .fix("Remove enableFaultInjection", edit::remove_named(subject.root, "enableFaultInjection")),
        );
    }
    let trusted = subject.root.member("trustedExecutionConfiguration").filter(|member| is_set(&member.value));
    if let Some(trusted) = trusted.filter(|_| !subject.requests("MANAGED_INSTANCES")) {
        let message = "trustedExecutionConfiguration is for Managed Instances only".to_owned();
        findings.push(
            documented(trusted.key.span, message).fix(
                "Remove trustedExecutionConfiguration",
                edit::remove_named(subject.root, "trustedExecutionConfiguration"),
            ),
        );
    }
}

fn mappings(subject: &Subject<'_>, container: Container<'_>, findings: &mut Vec<Finding>) {
    let node = container.node;
    let mode = subject.definition.network_mode.as_deref();
    if let Some(member) = node.member("portMappings").filter(|member| mode == Some("none") && is_set(&member.value)) {
        let message = "portMappings stand beside the network mode none, in which nobody can reach a port".to_owned();
        findings.push(documented(member.key.span, message).fix("Remove portMappings", edit::remove_named(node, "portMappings")));
    }
    let alone = matches!(mode, Some("none" | "host"));
    if let Some(member) = node.member("links").filter(|member| alone && is_set(&member.value)) {
        let message = "links work with the network mode bridge only".to_owned();
        findings.push(documented(member.key.span, message).fix("Remove links", edit::remove_named(node, "links")));
    }
    for mapping in container.mappings() {
        let Some((value, name)) = mapping.get("name").and_then(|value| Some((value, value.as_str()?))) else {
            continue;
        };
        if !name.is_empty() && !is_mapping_name(name) {
            let message = format!("{} is no name of a mapping", quote(&clip(name)));
            let help = "AWS documents up to 64 small letters, digits, hyphens and underscores, not beginning with a hyphen. In which words it refuses others is not known.";
            findings.push(warning(value.span, message).help(help).fix("Remove the name", edit::remove_named(mapping, "name")));
        }
    }
}

fn is_mapping_name(name: &str) -> bool {
    let allowed = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, b'-' | b'_');
    name.len() <= MAPPING_NAME && name.bytes().all(allowed) && !name.starts_with('-')
}

/// Devices that only Managed Instances have. A GPU has AWS's words.
fn devices(subject: &Subject<'_>, container: Container<'_>, findings: &mut Vec<Finding>) {
    let requirements = items(container.node, "resourceRequirements");
    for (index, requirement) in requirements.iter().enumerate() {
        let kind = requirement.get("type").filter(|kind| kind.as_str() == Some("NeuronDevice"));
        if let Some(kind) = kind.filter(|_| !subject.requests("MANAGED_INSTANCES")) {
            findings.push(
                documented(kind.span, "A NeuronDevice is there on Managed Instances only".to_owned())
                    .fix("Remove the requirement", edit::remove_item(requirements, index)),
            );
        }
    }
}

fn linux(subject: &Subject<'_>, container: Container<'_>, findings: &mut Vec<Finding>) {
    let node = container.node;
    let linux = node.member("linuxParameters").filter(|member| is_set(&member.value));
    if let Some(member) = linux.filter(|_| subject.for_fargate() && subject.context.as_of < FIRST_GUIDE) {
        let message = format!("On {} Fargate has no linuxParameters", subject.context.as_of);
        findings.push(documented(member.key.span, message).fix("Remove linuxParameters", edit::remove_named(node, "linuxParameters")));
    }
    let number = |name: &str| node.get("linuxParameters").and_then(|it| it.get(name)).and_then(|value| Some((value, value.as_i64()?)));
    if let Some((value, swappiness)) = number("swappiness").filter(|(_, it)| !(0..=100).contains(it)) {
        findings.push(documented(value.span, format!("swappiness is {swappiness}; it lies between 0 and 100")));
    }
    if let Some((value, swap)) = number("maxSwap").filter(|(_, it)| *it < 0) {
        findings.push(documented(value.span, format!("maxSwap is {swap}; it is 0 or more")));
    }
    for control in items(node, "systemControls") {
        let Some((value, name)) = control.get("namespace").and_then(|value: &Node| Some((value, value.as_str()?))) else {
            continue;
        };
        let shared = name.starts_with("net.") || name.starts_with("fs.mqueue.") || KERNEL.contains(&name);
        if !name.is_empty() && !shared {
            let help = format!("It is net.*, fs.mqueue.* or one of {}. Whether and in which words AWS refuses others is not known.", KERNEL.join(", "));
            findings.push(warning(value.span, format!("{} is no kernel parameter that a container can set", quote(&clip(name)))).help(help));
        }
    }
}
