//! Secrets that stand in the definition for all to read.

use super::names::clip;
use super::subject::items;
use super::{Applies, Rule, Subject, hint};
use crate::finding::Finding;
use crate::text::Node;

pub(super) static RULE: Rule = Rule {
    code: "plain-secret",
    applies: Applies::Always,
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
    check,
};

/// What names of secrets end with.
const ENDS: [&str; 7] = ["PASSWORD", "PASSWD", "SECRET", "SECRET_KEY", "API_KEY", "ACCESS_KEY", "TOKEN"];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        for variable in items(container.node, "environment") {
            let text = |name: &str| variable.get(name).and_then(Node::as_str).unwrap_or_default();
            let name = text("name").to_ascii_uppercase();
            if text("value").is_empty() || !ENDS.iter().any(|end| name.ends_with(end)) {
                continue;
            }
            findings.push(
                hint(
                    Subject::place(variable, "name"),
                    format!("{} looks like a secret and stands here in plain text", clip(text("name"))),
                )
                .help("Whoever may read the definition reads it. secrets takes it from Secrets Manager or Parameter Store."),
            );
        }
    }
}
