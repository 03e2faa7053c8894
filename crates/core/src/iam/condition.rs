//! Reading the conditions of a statement.

use super::operator::{self, Operator};
use super::policy::{Condition, Test, Text};
use super::read::{Notes, fix};
use crate::finding::Edit;
use crate::task_definition::nearest;
use crate::text::{Node, Span, Value, quote};

/// Reads `Condition`.
pub(super) fn conditions(node: &Node, notes: &mut Notes<'_>) -> Vec<Condition> {
    let Some(value) = node.get("Condition") else {
        return Vec::new();
    };
    if !matches!(value.value, Value::Object(_)) {
        let message =
            "Condition is an object: operators, each with keys and their values.".to_owned();
        notes.syntax(
            "IAM001",
            value.span,
            message,
            "Such as {\"ArnEquals\": {\"ecs:cluster\": \"arn:…\"}}.",
        );
    }
    let mut conditions = Vec::new();
    for member in value.members() {
        let written = &*member.key.name;
        let Some(operator) = Operator::named(written) else {
            unknown_operator(written, member.key.span, notes);
            continue;
        };
        let mut tests = Vec::new();
        for test in member.value.members() {
            let key = Text {
                text: test.key.name.to_string(),
                span: test.key.span,
            };
            tests.push(Test {
                key,
                values: values(&test.value, notes),
            });
        }
        if !matches!(member.value.value, Value::Object(_)) {
            let message = format!("{written} takes an object: keys with their values.");
            notes.syntax(
                "IAM001",
                member.value.span,
                message,
                "Such as {\"ecs:cluster\": \"arn:…\"}.",
            );
        }
        conditions.push(Condition {
            operator,
            tests,
            span: member.key.span,
        });
    }
    conditions
}

/// The values of a key: texts, and what AWS takes as such, numbers and `true` and `false`.
fn values(node: &Node, notes: &mut Notes<'_>) -> Vec<Text> {
    let items: Vec<&Node> = match &node.value {
        Value::Array(items) => items.iter().collect(),
        _ => vec![node],
    };
    let mut values = Vec::new();
    for item in items {
        let text = match &item.value {
            Value::String(text) => text.to_string(),
            Value::Number(digits) => digits.to_string(),
            Value::Bool(value) => value.to_string(),
            _ => {
                let message = "A condition compares with a text or a list of texts.".to_owned();
                notes.syntax(
                    "IAM001",
                    item.span,
                    message,
                    "Write each in quotation marks.",
                );
                continue;
            }
        };
        values.push(Text {
            text,
            span: item.span,
        });
    }
    values
}

fn unknown_operator(written: &str, span: Span, notes: &mut Notes<'_>) {
    let base = written.rsplit(':').next().unwrap_or(written);
    let (base, suffix) = match base.strip_suffix("IfExists") {
        Some(base) => (base, "IfExists"),
        None => (base, ""),
    };
    let meant = nearest(base, operator::names());
    let message = match meant {
        Some(meant) => format!("{} is no condition operator; {meant} is.", quote(written)),
        None => format!("{} is no condition operator.", quote(written)),
    };
    let told = notes.syntax(
        "IAM019",
        span,
        message,
        "Operators are StringEquals, StringLike, ArnEquals, Bool and so on, with capitals.",
    );
    if let Some(meant) = meant.filter(|it| *it != "Null" || suffix.is_empty()) {
        fix(
            told,
            format!("Write {meant}{suffix}"),
            vec![Edit::replace(span, quote(&format!("{meant}{suffix}")))],
        );
    }
}
