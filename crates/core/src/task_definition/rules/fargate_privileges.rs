//! Rights on the host, which nobody has on Fargate.

use super::names::clip;
use super::subject::items;
use super::{Applies, CLIENT, FARGATE, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::{Node, edit};

pub(super) static RULE: Rule = Rule {
    code: "fargate-privileges",
    applies: Applies::Fargate,
    source: FARGATE,
    check,
};

/// The only capability that can be added.
const ALLOWED: &str = "SYS_PTRACE";

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let pid = subject.root.get("pidMode");
    if let Some(pid) = pid.filter(|pid| pid.as_str() == Some("host")) {
        findings.push(
            error(pid.span, "Fargate shares no processes with a host: pidMode cannot be host")
                .help("With task, the containers of the task see one another's processes.")
                .aws(
                    CLIENT,
                    "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
                )
                .fix("Use task", vec![Edit::replace(pid.span, "\"task\"")])
                .fix("Remove pidMode", edit::remove_named(subject.root, "pidMode")),
        );
    }
    for container in subject.containers() {
        let node = container.node;
        if let Some(member) = node.member("privileged").filter(|member| member.value.as_bool() == Some(true)) {
            findings.push(
                error(member.key.span, "On Fargate no container is privileged")
                    .help("Nobody has root's rights on a machine of Fargate's. What needs them stays on EC2.")
                    .aws(
                        CLIENT,
                        "Fargate requires that the \u{2018}privileged\u{2019} setting be \u{2018}false\u{2019} at the container level.",
                    )
                    .fix("Remove privileged", edit::remove_named(node, "privileged")),
            );
        }
        let requirements = items(node, "resourceRequirements");
        for (index, requirement) in requirements.iter().enumerate() {
            let kind = requirement.get("type");
            let Some(kind) = kind.filter(|kind| kind.as_str() == Some("GPU")) else {
                continue;
            };
            findings.push(
                error(kind.span, "Fargate has no GPU")
                    .help("What cannot do without one stays on EC2.")
                    .aws(CLIENT, "Tasks using the Fargate launch type do not support GPU resource requirements.")
                    .fix("Remove the requirement", edit::remove_item(requirements, index)),
            );
        }
        let capabilities = node.get("linuxParameters").and_then(|linux| linux.get("capabilities"));
        let added = capabilities.map(|capabilities| items(capabilities, "add")).unwrap_or_default();
        for (index, item) in added.iter().enumerate() {
            let Some(name) = Node::as_str(item).filter(|name| *name != ALLOWED) else {
                continue;
            };
            findings.push(
                error(item.span, format!("Fargate does not give the capability {}", clip(name)))
                    .help("Only SYS_PTRACE can be added; any can be dropped.")
                    .aws(CLIENT, format!("{name} is not allowed on Fargate."))
                    .fix(format!("Remove {}", clip(name)), edit::remove_item(added, index)),
            );
        }
        let options = node.get("firelensConfiguration").and_then(|firelens| firelens.get("options"));
        let kind = options.and_then(|options| options.get("config-file-type"));
        if let Some(kind) = kind.filter(|kind| kind.as_str() == Some("s3")) {
            findings.push(
                error(kind.span, "On Fargate the log router's configuration cannot come from s3")
                    .help("Put the file into the image and use file.")
                    .aws(
                        CLIENT,
                        "Fargate launch type does not support FirelensConfiguration config file from 's3'",
                    ),
            );
        }
    }
}
