//! Values of parameters: as JSON, and as Python prints them in the CLI's messages.

use fargate_core::text::{self, Node};

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`.
    Null,
    /// A flag.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Another number, as it was written.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Members, in the order in which they were written.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The value of a tree.
    pub(crate) fn of(node: &Node) -> Self {
        match &node.value {
            text::Value::Missing | text::Value::Null => Self::Null,
            text::Value::Bool(it) => Self::Bool(*it),
            text::Value::Number(digits) => digits
                .parse()
                .map_or_else(|_| Self::Number(digits.to_string()), Self::Integer),
            text::Value::String(it) => Self::Text(it.to_string()),
            text::Value::Array(items) => Self::List(items.iter().map(Self::of).collect()),
            text::Value::Object(members) => Self::Map(
                members
                    .iter()
                    .map(|it| (it.key.name.to_string(), Self::of(&it.value)))
                    .collect(),
            ),
        }
    }

    /// The value as JSON.
    pub fn json(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(it) => it.to_string(),
            Self::Integer(it) => it.to_string(),
            Self::Number(digits) => digits.clone(),
            Self::Text(it) => text::quote(it),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::json).collect();
                format!("[{}]", items.join(","))
            }
            Self::Map(members) => {
                let members: Vec<String> = members
                    .iter()
                    .map(|(name, it)| format!("{}:{}", text::quote(name), it.json()))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }

    /// The value as Python prints it.
    pub(crate) fn python(&self) -> String {
        match self {
            Self::Null => "None".to_owned(),
            Self::Bool(true) => "True".to_owned(),
            Self::Bool(false) => "False".to_owned(),
            Self::Integer(it) => it.to_string(),
            Self::Number(digits) => digits.clone(),
            Self::Text(it) if it.contains('\'') && !it.contains('"') => format!("\"{it}\""),
            Self::Text(it) => format!("'{}'", it.replace('\\', "\\\\").replace('\'', "\\'")),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::python).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Map(members) => {
                let members: Vec<String> = members
                    .iter()
                    .map(|(name, it)| format!("'{name}': {}", it.python()))
                    .collect();
                format!("{{{}}}", members.join(", "))
            }
        }
    }

    /// What Python calls its type.
    pub(crate) fn class(&self) -> &'static str {
        match self {
            Self::Null => "NoneType",
            Self::Bool(_) => "bool",
            Self::Integer(_) => "int",
            Self::Number(_) => "float",
            Self::Text(_) => "str",
            Self::List(_) => "list",
            Self::Map(_) => "dict",
        }
    }
}
