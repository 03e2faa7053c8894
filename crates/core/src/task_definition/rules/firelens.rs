//! The log driver awsfirelens and its log router belong together.

use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::edit;

pub(super) static RULE: Rule = Rule {
    code: "firelens",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let router = subject.containers().find_map(|container| {
        let member = container.node.member("firelensConfiguration")?;
        Some((container.node, member))
    });
    let sender = subject.containers().find_map(|container| container.logs_with("awsfirelens"));
    match (router, sender) {
        (None, Some(logs)) => findings.push(
            error(Subject::place(logs, "logDriver"), "awsfirelens needs a container that is the log router")
                .help("Add a container with firelensConfiguration, such as Fluent Bit, or log to awslogs.")
                .aws(
                    CLIENT,
                    "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers.",
                ),
        ),
        (Some((container, member)), None) => {
            findings.push(
                error(member.key.span, "No container logs to awsfirelens, so firelensConfiguration has nothing to route")
                    .aws(
                        CLIENT,
                        "When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver",
                    )
                    .fix("Remove firelensConfiguration", edit::remove_named(container, "firelensConfiguration")),
            );
        }
        _ => {}
    }
}
