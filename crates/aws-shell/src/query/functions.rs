//! The functions of `JMESPath`. One that is given what it does not take comes to nothing.

use super::{Expression, equal, flag, is_nothing, node, null, number};
use fargate_core::text::{self, Json, Node, Value};
use std::cmp::Ordering;

/// The functions that there are.
pub(super) const NAMES: [&str; 26] = [
    "abs",
    "avg",
    "ceil",
    "contains",
    "ends_with",
    "floor",
    "join",
    "keys",
    "length",
    "map",
    "max",
    "max_by",
    "merge",
    "min",
    "min_by",
    "not_null",
    "reverse",
    "sort",
    "sort_by",
    "starts_with",
    "sum",
    "to_array",
    "to_number",
    "to_string",
    "type",
    "values",
];

fn of_number(it: f64) -> Node {
    text::read(&it.to_string()).root
}

fn of_text(it: &str) -> Node {
    text::read(&text::quote(it)).root
}

fn of_list(items: Vec<Node>) -> Node {
    node(Value::Array(items))
}

fn order(a: &Node, b: &Node) -> Ordering {
    match (number(a), number(b)) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => a.as_str().cmp(&b.as_str()),
    }
}

/// What a function makes of its arguments, each asked of a value.
pub(super) fn called(name: &str, arguments: &[Expression], on: &Node) -> Node {
    let argument = |place: usize| arguments.get(place).map_or_else(null, |it| it.of(on));
    let reference = |place: usize| match arguments.get(place) {
        Some(Expression::Reference(it)) => it.as_ref(),
        _ => &Expression::Current,
    };
    let first = argument(0);
    match name {
        "map" => {
            let list = argument(1);
            let asked = reference(0);
            of_list(list.items().iter().map(|it| asked.of(it)).collect())
        }
        "sort_by" => {
            let mut items = first.items().to_vec();
            let by = reference(1);
            items.sort_by(|a, b| order(&by.of(a), &by.of(b)));
            of_list(items)
        }
        "max_by" | "min_by" => {
            let by = reference(1);
            let items = first.items().iter();
            let found = if name == "max_by" {
                items.rev().max_by(|a, b| order(&by.of(a), &by.of(b)))
            } else {
                items.min_by(|a, b| order(&by.of(a), &by.of(b)))
            };
            found.cloned().unwrap_or_else(null)
        }
        "not_null" => {
            let mut all = (0..arguments.len()).map(argument);
            all.find(|it| !is_nothing(it)).unwrap_or_else(null)
        }
        "merge" => {
            let all = (0..arguments.len()).map(argument);
            let mut members: Vec<fargate_core::text::Member> = Vec::new();
            for member in all.flat_map(|it| it.members().to_vec()) {
                members.retain(|it| it.key.name != member.key.name);
                members.push(member);
            }
            node(Value::Object(members))
        }
        _ => of_values(name, &first, &argument(1)),
    }
}

fn of_values(name: &str, first: &Node, second: &Node) -> Node {
    let texts = || Some((first.as_str()?, second.as_str()?));
    match (name, &first.value) {
        ("length", Value::Array(items)) => of_number(items.len() as f64),
        ("length", Value::Object(members)) => of_number(members.len() as f64),
        ("length", Value::String(text)) => of_number(text.chars().count() as f64),
        ("keys", Value::Object(members)) => {
            of_list(members.iter().map(|it| of_text(&it.key.name)).collect())
        }
        ("values", Value::Object(members)) => {
            of_list(members.iter().map(|it| it.value.clone()).collect())
        }
        ("contains", Value::Array(items)) => flag(items.iter().any(|it| equal(it, second))),
        ("contains", _) => texts().map_or_else(null, |(whole, part)| flag(whole.contains(part))),
        ("starts_with", _) => {
            texts().map_or_else(null, |(whole, part)| flag(whole.starts_with(part)))
        }
        ("ends_with", _) => texts().map_or_else(null, |(whole, part)| flag(whole.ends_with(part))),
        ("join", Value::String(mark)) => {
            let parts = second.items().iter().filter_map(Node::as_str);
            of_text(&parts.collect::<Vec<_>>().join(mark))
        }
        ("sort", Value::Array(items)) => {
            let mut items = items.clone();
            items.sort_by(order);
            of_list(items)
        }
        ("reverse", Value::Array(items)) => of_list(items.iter().rev().cloned().collect()),
        ("reverse", Value::String(text)) => of_text(&text.chars().rev().collect::<String>()),
        ("max", Value::Array(items)) => items
            .iter()
            .max_by(|a, b| order(a, b))
            .cloned()
            .unwrap_or_else(null),
        ("min", Value::Array(items)) => items
            .iter()
            .min_by(|a, b| order(a, b))
            .cloned()
            .unwrap_or_else(null),
        ("sum", Value::Array(items)) => of_number(items.iter().filter_map(number).sum()),
        ("avg", Value::Array(items)) if !items.is_empty() => {
            let sum: f64 = items.iter().filter_map(number).sum();
            of_number(sum / items.len() as f64)
        }
        ("abs" | "ceil" | "floor", _) => number(first).map_or_else(null, |it| {
            of_number(match name {
                "abs" => it.abs(),
                "ceil" => it.ceil(),
                _ => it.floor(),
            })
        }),
        ("to_array", Value::Array(_))
        | ("to_string", Value::String(_))
        | ("to_number", Value::Number(_)) => first.clone(),
        ("to_array", _) => of_list(vec![first.clone()]),
        ("to_string", _) => of_text(Json::of(first).as_str()),
        ("to_number", Value::String(text)) => text.parse().map_or_else(|_| null(), of_number),
        ("type", value) => of_text(match value {
            Value::Missing | Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        }),
        _ => null(),
    }
}
