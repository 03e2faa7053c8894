//! What log drivers need, or cannot have together, in AWS's documentation; `awslogs-options` tells what AWS is known to refuse.

use super::subject::items;
use super::{Applies, Rule, Subject, warning};
use crate::finding::Finding;
use crate::text::{Node, edit};

pub(super) static RULE: Rule = Rule {
    code: "log-options",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html",
    check,
};

/// What splunk cannot do without; either may be a secret.
const SPLUNK: [&str; 2] = ["splunk-token", "splunk-url"];

/// Two ways to tell where an event of several lines begins.
const PATTERNS: [&str; 2] = ["awslogs-datetime-format", "awslogs-multiline-pattern"];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        if let Some(logs) = container.logs_with("splunk") {
            let secrets = items(logs, "secretOptions").iter();
            let secrets: Vec<_> = secrets.filter_map(|secret| secret.get("name").and_then(Node::as_str)).collect();
            let options = logs.get("options");
            let given = |name: &str| options.and_then(|options| options.get(name)).is_some() || secrets.contains(&name);
            let missing: Vec<_> = SPLUNK.into_iter().filter(|name| !given(name)).collect();
            if !missing.is_empty() {
                findings.push(
                    warning(Subject::place(logs, "logDriver"), format!("The log driver splunk needs {}", missing.join(" and ")))
                        .help("AWS documents it; in which words it refuses it is not known. The token may stand in secretOptions."),
                );
            }
        }
        let options = container.logs_with("awslogs").and_then(|logs| logs.get("options"));
        if let Some(options) = options
            && options.member(PATTERNS[0]).is_some()
            && let Some(second) = options.member(PATTERNS[1])
        {
            findings.push(
                warning(second.key.span, format!("{} stands beside {}; AWS documents one of them", PATTERNS[1], PATTERNS[0]))
                    .help("In which words AWS refuses both is not known.")
                    .fix(format!("Remove {}", PATTERNS[1]), edit::remove_named(options, PATTERNS[1]))
                    .fix(format!("Remove {}", PATTERNS[0]), edit::remove_named(options, PATTERNS[0])),
            );
        }
    }
}
