//! The tree of a JSON text: what was read, and where each part stands.

use super::Span;

/// One value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where it stands; empty where it is missing.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a JSON value can be, and that it is not there.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing stands where a value belongs.
    Missing,
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as written, so that no digit is lost; always of JSON's form.
    Number(Box<str>),
    /// A string, its escapes resolved.
    String(Box<str>),
    /// A list.
    Array(Vec<Node>),
    /// An object, its members in order, repeated ones included.
    Object(Vec<Member>),
}

/// One member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub key: Key,
    /// Its value.
    pub value: Node,
    /// A later member has the same name and takes its place.
    pub shadowed: bool,
}

/// The name of a member and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Where it stands, quotation marks included.
    pub span: Span,
    /// The name, its escapes resolved.
    pub name: Box<str>,
}

impl Node {
    /// A value that is not there, at a place.
    pub(crate) const fn missing(at: usize) -> Self {
        Self {
            span: Span::at(at),
            value: Value::Missing,
        }
    }

    /// The value of the named member; of several, the last, as AWS's clients take it.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.member(name).map(|member| &member.value)
    }

    /// The named member; of several, the last.
    pub fn member(&self, name: &str) -> Option<&Member> {
        let mut members = self.members().iter();
        members.find(|member| !member.shadowed && &*member.key.name == name)
    }

    /// The members of an object; none of anything else.
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::Array(items) => items,
            _ => &[],
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a whole number that fits.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.value {
            Value::Number(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    /// The value of `true` or `false`.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Whether a value stands here at all, `null` included.
    pub fn is_present(&self) -> bool {
        self.value != Value::Missing
    }
}
