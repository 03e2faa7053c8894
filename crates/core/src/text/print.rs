//! Trees back to JSON: as people read it, and without blanks.

use super::{Node, Value};
use std::collections::HashMap;
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

/// Appends a tree as JSON without blanks. A repeated member stands where its first was, with the value of its last, as
/// AWS's clients keep it; what is missing is `null`.
pub(super) fn compact_into(node: &Node, out: &mut String) {
    match &node.value {
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                compact_into(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            let repeated = members.iter().any(|member| member.shadowed);
            let mut last: HashMap<&str, usize> = HashMap::new();
            if repeated {
                let places = members.iter().enumerate();
                last.extend(places.map(|(place, member)| (&*member.key.name, place)));
            }
            let open = out.len();
            for member in members {
                let mut value = &member.value;
                if repeated {
                    let Some(place) = last.remove(&*member.key.name) else {
                        continue;
                    };
                    value = &members[place].value;
                }
                if out.len() > open {
                    out.push(',');
                }
                quote_into(&member.key.name, out);
                out.push(':');
                compact_into(value, out);
            }
            out.push('}');
        }
        _ => write(node, 0, out),
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

/// Appends a string as JSON writes it.
pub(crate) fn quote_into(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if control < ' ' => {
                // writing to a string cannot fail
                let _ = write!(out, "\\u{:04x}", control as u32);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
