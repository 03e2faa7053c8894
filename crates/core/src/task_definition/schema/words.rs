//! The words in which the AWS CLI and boto3 refuse a definition before they send anything.
//!
//! Source: botocore 1.44.5, `ParamValidator`.

use super::Kind;
use super::walk::{Flaw, Problem, path_text};
use crate::text::{Node, Value};

/// The line above the problems.
pub(crate) const HEADING: &str = "Parameter validation failed:";

/// The words for one problem alone; unknown values are the service's matter and have none.
pub(crate) fn client_words(problem: &Problem<'_>) -> String {
    let line = client_line(problem).unwrap_or_default();
    format!("{HEADING}\n{line}")
}

/// The line for a problem below the heading.
pub(crate) fn client_line(problem: &Problem<'_>) -> Option<String> {
    let path = path_text(&problem.path);
    let node = problem.node;
    match problem.flaw {
        Flaw::Unknown(index, shape) => {
            let name = &node.members().get(index)?.key.name;
            let known: Vec<_> = shape.members.iter().map(|member| member.name).collect();
            let known = known.join(", ");
            Some(format!(
                "Unknown parameter in {path}: \"{name}\", must be one of: {known}"
            ))
        }
        Flaw::Lacks(member) => Some(format!(
            "Missing required parameter in {path}: \"{}\"",
            member.name
        )),
        Flaw::Type(kind) => Some(format!(
            "Invalid type for parameter {path}, value: {}, type: {}, valid types: {}",
            python_text(node),
            python_class(node),
            python_kind(kind)
        )),
        Flaw::Short(least) => {
            let written = node.as_str().map_or(0, |text| text.chars().count());
            Some(format!(
                "Invalid length for parameter {path}, value: {written}, valid min length: {least}"
            ))
        }
        Flaw::NotOneOf(_) => None,
    }
}

/// The type that the AWS CLI names for a value.
fn python_class(node: &Node) -> &'static str {
    match &node.value {
        Value::String(_) => "<class 'str'>",
        Value::Number(digits) if digits.contains(['.', 'e', 'E']) => "<class 'float'>",
        Value::Number(_) => "<class 'int'>",
        Value::Bool(_) => "<class 'bool'>",
        Value::Null | Value::Missing => "<class 'NoneType'>",
        Value::Array(_) => "<class 'list'>",
        Value::Object(_) => "<class 'dict'>",
    }
}

/// The types that the AWS CLI names as valid.
fn python_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::String | Kind::Enum(_) => "<class 'str'>",
        Kind::Integer => "<class 'int'>",
        Kind::Boolean => "<class 'bool'>",
        Kind::List(_) => "<class 'list'>, <class 'tuple'>",
        Kind::Map | Kind::Struct(_) => "<class 'dict'>",
    }
}

/// A value as the AWS CLI prints it.
fn python_text(node: &Node) -> String {
    match &node.value {
        Value::String(text) => text.to_string(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Null | Value::Missing => "None".to_owned(),
        _ => python_repr(node),
    }
}

fn python_repr(node: &Node) -> String {
    match &node.value {
        Value::String(text) => format!("'{text}'"),
        Value::Number(digits) => digits.to_string(),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(python_repr).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|member| format!("'{}': {}", member.key.name, python_repr(&member.value)));
            let members: Vec<_> = members.collect();
            format!("{{{}}}", members.join(", "))
        }
        Value::Bool(_) | Value::Null | Value::Missing => python_text(node),
    }
}
