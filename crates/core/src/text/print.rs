//! Trees back to JSON: as text, canonical, and as the values of `serde_json`.

use super::{Node, Value};
use std::fmt::Write as _;

/// Prints a tree as JSON with two spaces of indent, members in order; of a repeated member only the last, and what is
/// missing as `null`.
pub fn print(node: &Node) -> String {
    let mut out = String::new();
    write(node, 0, &mut out);
    out
}

/// A string as JSON writes it, quotation marks included.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote_into(text, &mut out);
    out
}

/// The tree as a value of `serde_json`; whole numbers that fit stay whole.
pub fn to_json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Missing | Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Number(digits) => digits
            .parse::<i64>()
            .map(serde_json::Value::from)
            .or_else(|_| digits.parse::<u64>().map(serde_json::Value::from))
            .or_else(|_| digits.parse::<f64>().map(serde_json::Value::from))
            .unwrap_or_default(),
        Value::String(text) => (**text).into(),
        Value::Array(items) => items.iter().map(to_json).collect(),
        Value::Object(members) => members
            .iter()
            .map(|member| (member.key.name.to_string(), to_json(&member.value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

fn write(node: &Node, depth: usize, out: &mut String) {
    match &node.value {
        Value::Missing | Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(digits) => out.push_str(digits),
        Value::String(text) => quote_into(text, out),
        Value::Array(items) if items.is_empty() => out.push_str("[]"),
        Value::Object(members) if members.is_empty() => out.push_str("{}"),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                next_line(index, depth + 1, out);
                write(item, depth + 1, out);
            }
            end_line(depth, out);
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            let printed = members.iter().filter(|member| !member.shadowed);
            for (index, member) in printed.enumerate() {
                next_line(index, depth + 1, out);
                quote_into(&member.key.name, out);
                out.push_str(": ");
                write(&member.value, depth + 1, out);
            }
            end_line(depth, out);
            out.push('}');
        }
    }
}

fn next_line(before: usize, depth: usize, out: &mut String) {
    if before > 0 {
        out.push(',');
    }
    end_line(depth, out);
}

fn end_line(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

fn quote_into(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                // writing to a string cannot fail
                let _ = write!(out, "\\u{:04x}", control as u32);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
