//! A definition for Fargate that does not say so.

use super::{Applies, FARGATE, Rule, Subject, hint};
use crate::call::LaunchType;
use crate::finding::{Edit, Finding};
use crate::text::Value;

pub(super) static RULE: Rule = Rule {
    code: "fargate-not-requested",
    applies: Applies::Always,
    source: FARGATE,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.requests("FARGATE") || subject.context.launch_type != LaunchType::Fargate {
        return;
    }
    let list = subject.root.get("requiresCompatibilities");
    let edit = match list.map(|list| &list.value) {
        Some(Value::Array(items)) if !items.is_empty() => {
            let end = items.last().map_or(0, |item| item.span.end);
            Edit::insert(end, ", \"FARGATE\"")
        }
        Some(Value::Array(_)) | None => subject.set(
            subject.root,
            &["family", "cpu", "memory", "networkMode", "taskRoleArn", "executionRoleArn"],
            "requiresCompatibilities",
            "[\"FARGATE\"]",
        ),
        // another rule says that it is no list
        Some(_) => return,
    };
    let title = if list.is_some() { "Add FARGATE" } else { "Add requiresCompatibilities" };
    let place = Subject::place(subject.root, "requiresCompatibilities");
    findings.push(
        hint(place, "AWS does not check this definition for Fargate when it is registered")
            .help("What Fargate refuses then shows only when a task is to run. With FARGATE in requiresCompatibilities it shows at registration.")
            .fix(title, vec![edit]),
    );
}
