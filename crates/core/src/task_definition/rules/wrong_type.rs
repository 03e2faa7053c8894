//! Values of another type than the API's: a task's sizes are texts, a container's are numbers.

use super::names::clip;
use super::{API, Applies, PARAM, Rule, Subject, client_error};
use crate::compute::sizes;
use crate::finding::{Edit, Finding};
use crate::task_definition::schema::{Flaw, Kind, client_words, path_text};
use crate::text::{Node, Value, edit, quote};

pub(super) static RULE: Rule = Rule {
    code: "wrong-type",
    applies: Applies::Always,
    source: API,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for problem in &subject.problems {
        let Flaw::Type(kind) = problem.flaw else {
            continue;
        };
        let (node, path) = (problem.node, path_text(&problem.path));
        let mut finding = client_error(
            node.span,
            format!("{path} is {}, not {}", described(node), wanted(kind)),
        )
        .help(match (kind, &node.value) {
            // quoted in public issues
            (Kind::Integer, Value::String(_)) => {
                "AWS's clients refuse it before they send anything; the service itself says SerializationException: STRING_VALUE cannot be converted to Integer."
            }
            _ => "AWS's clients refuse it before they send anything.",
        })
        .aws(PARAM, client_words(problem));
        if let Some(json) = converted(node, kind, &path, subject.text) {
            let title = format!("Use {}", clip(&json));
            finding = finding.fix(title, vec![Edit::replace(node.span, json)]);
        } else if let Some((holder, index)) = problem.holder {
            let remove = match holder.value {
                Value::Object(_) => edit::remove_member(holder.members(), index),
                _ => edit::remove_item(holder.items(), index),
            };
            finding = finding.fix(format!("Remove {path}"), remove);
        }
        findings.push(finding);
    }
}

/// The value of the wanted type that was most likely meant, as JSON text.
fn converted(node: &Node, kind: Kind, path: &str, text: &str) -> Option<String> {
    match (kind, &node.value) {
        (Kind::String | Kind::Enum(_), Value::Number(digits)) => Some(quote(digits)),
        (Kind::String, Value::Bool(value)) => Some(quote(if *value { "true" } else { "false" })),
        (Kind::Integer, Value::String(written)) => whole(written, path),
        (Kind::Integer, Value::Number(digits)) => {
            let (whole, fraction) = digits.split_once('.')?;
            let zeros = fraction.bytes().all(|digit| digit == b'0');
            zeros.then(|| whole.to_owned())
        }
        (Kind::Boolean, Value::String(written)) => {
            let lower = written.to_ascii_lowercase();
            matches!(&*lower, "true" | "false").then_some(lower)
        }
        (Kind::List(Kind::Struct(shape)), Value::Object(members)) if shape.name == "KeyValuePair" => {
            let pairs = members.iter().map(|member| {
                let value = member.value.as_str().map_or_else(
                    || quote(text.get(member.value.span.start..member.value.span.end).unwrap_or_default()),
                    quote,
                );
                format!("{{ \"name\": {}, \"value\": {value} }}", quote(&member.key.name))
            });
            let pairs: Vec<_> = pairs.collect();
            Some(format!("[{}]", pairs.join(", ")))
        }
        (Kind::List(inner), _) if fits(node, *inner) => {
            let own = text.get(node.span.start..node.span.end)?;
            Some(format!("[{own}]"))
        }
        _ => None,
    }
}

/// Whether a value is of a type, not looking inside.
fn fits(node: &Node, kind: Kind) -> bool {
    matches!(
        (kind, &node.value),
        (Kind::String | Kind::Enum(_), Value::String(_))
            | (Kind::Integer, Value::Number(_))
            | (Kind::Struct(_) | Kind::Map, Value::Object(_))
    )
}

/// The whole number that a text means; in `cpu` and `memory` also one with a unit.
fn whole(written: &str, path: &str) -> Option<String> {
    let plain = written.trim().parse::<i64>().ok().map(|number| number.to_string());
    plain.or_else(|| match path.rsplit('.').next()? {
        "cpu" => sizes::parse_cpu(written).map(|cpu| cpu.to_string()),
        "memory" | "memoryReservation" => sizes::parse_memory(written).map(|memory| memory.to_string()),
        _ => None,
    })
}

fn described(node: &Node) -> String {
    match &node.value {
        Value::String(text) => format!("the text {}", clip(&quote(text))),
        Value::Number(digits) => format!("the number {}", clip(digits)),
        Value::Bool(value) => value.to_string(),
        Value::Null | Value::Missing => "null".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::String | Kind::Enum(_) => "a text",
        Kind::Integer => "a whole number",
        Kind::Boolean => "true or false",
        Kind::List(_) => "a list",
        Kind::Map | Kind::Struct(_) => "an object",
    }
}
