//! A soft limit does not exceed its hard limit.

use super::subject::items;
use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::Node;

pub(super) static RULE: Rule = Rule {
    code: "ulimit-order",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for container in subject.containers() {
        for limit in items(container.node, "ulimits") {
            let number = |name: &str| limit.get(name).and_then(Node::as_i64);
            let (Some(soft), Some(hard)) = (number("softLimit"), number("hardLimit")) else {
                continue;
            };
            // -1 is no limit
            if soft <= hard || hard < 0 {
                continue;
            }
            let name = limit.get("name").and_then(Node::as_str).unwrap_or_default();
            let place = Subject::place(limit, "softLimit");
            findings.push(
                error(place, format!("softLimit {soft} of {name} exceeds hardLimit {hard}"))
                    .aws(CLIENT, format!("Soft limit exceeds hard limit for ulimit {name}"))
                    .fix(format!("Use {hard}"), vec![Edit::replace(place, hard.to_string())]),
            );
        }
    }
}
