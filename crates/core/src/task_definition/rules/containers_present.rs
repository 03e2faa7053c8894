//! A definition needs a container.

use super::{API, Applies, CLIENT, Rule, Subject, error};
use crate::finding::{Edit, Finding};
use crate::text::Value;

pub(super) static RULE: Rule = Rule {
    code: "containers-present",
    applies: Applies::Always,
    source: API,
    check,
};

/// A container to begin with.
pub(super) const EXAMPLE: &str = r#"[{ "name": "web", "image": "public.ecr.aws/nginx/nginx:1.27", "memory": 512 }]"#;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(value) = subject.root.get("containerDefinitions") else {
        return;
    };
    if matches!(&value.value, Value::Array(items) if items.is_empty()) {
        findings.push(
            error(value.span, "A task definition without containers runs nothing")
                .aws(CLIENT, "Container list cannot be empty.")
                .fix("Add a container", vec![Edit::replace(value.span, EXAMPLE)]),
        );
    }
}
