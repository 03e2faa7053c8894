//! Numbers with a smallest and a largest value.

use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::Node;

pub(super) static RULE: Rule = Rule {
    code: "number-range",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

/// A number: the object that holds it and its name, its bounds, and AWS's words below and above them.
type Range = (&'static str, &'static str, i64, i64, &'static str, &'static str);

/// The numbers of a container. The words below the bounds of a health check are not observed.
const OF_CONTAINER: [Range; 5] = [
    ("healthCheck", "interval", 5, 300, LOW, HIGH),
    ("healthCheck", "timeout", 2, 60, LOW, HIGH),
    ("healthCheck", "retries", 1, 10, LOW, HIGH),
    ("healthCheck", "startPeriod", 0, 300, LOW, HIGH),
    ("restartPolicy", "restartAttemptPeriod", 60, 1_800, BETWEEN, BETWEEN),
];

const LOW: &str =
    "Health check {member} must be greater than or equal to the minimum allowed value {bound} for container '{name}'";
const HIGH: &str =
    "Health check {member} must be less than or equal to the maximum allowed value {bound} for container '{name}'";
const BETWEEN: &str = "The '{member}' setting for container '{name}' must be between 60 and 1800.";

/// The number of a task.
const OF_TASK: Range = (
    "ephemeralStorage",
    "sizeInGiB",
    21,
    200,
    "EphemeralStorage size should be at least {bound}",
    "EphemeralStorage size should be at most {bound}",
);

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    judge(subject.root, "", &OF_TASK, findings);
    for container in subject.containers() {
        for range in &OF_CONTAINER {
            judge(container.node, container.name(), range, findings);
        }
    }
}

fn judge(node: &Node, name: &str, range: &Range, findings: &mut Vec<Finding>) {
    let &(holder, member, least, most, low, high) = range;
    let value = node.get(holder).and_then(|holder| holder.get(member));
    let Some((value, number)) = value.and_then(|value| Some((value, value.as_i64()?))) else {
        return;
    };
    let (bound, words) = if number < least {
        (least, low)
    } else if number > most {
        (most, high)
    } else {
        return;
    };
    let bound_text = bound.to_string();
    let words = words.replace("{member}", member).replace("{bound}", &bound_text).replace("{name}", name);
    findings.push(
        error(
            value.span,
            format!("{member} is {number}; it lies between {least} and {most}"),
        )
        .aws(CLIENT, words)
        .fix(format!("Use {bound_text}"), vec![Edit::replace(value.span, bound_text)]),
    );
}
