//! Compares a tree with the table of members: what the clients refuse before they send anything, and unknown values.

use super::{Kind, Member, Shape, root};
use crate::text::{Node, Value};
use std::fmt::Write as _;

/// One step of a path into the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'t> {
    /// Into a member.
    Member(&'t str),
    /// Into an item of a list, counted from zero.
    Item(usize),
}

/// A place where the tree and the table differ.
#[derive(Debug)]
pub(crate) struct Problem<'t> {
    /// The way to the object or value.
    pub(crate) path: Vec<Step<'t>>,
    /// The value that is wrong, or the object that the member stands in or lacks.
    pub(crate) node: &'t Node,
    /// The object that holds `node`, where there is one, and the position of `node` in it.
    pub(crate) holder: Option<(&'t Node, usize)>,
    /// What is wrong.
    pub(crate) flaw: Flaw,
}

/// How the tree and the table differ.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Flaw {
    /// The object's member at this position is none of the shape's.
    Unknown(usize, &'static Shape),
    /// The object lacks a member that the API model demands.
    Lacks(&'static Member),
    /// The value is of another type.
    Type(Kind),
    /// The text has fewer characters than the API model allows: how many it may have at least.
    Short(usize),
    /// The value is none of the closed set.
    NotOneOf(&'static [&'static str]),
}

/// Every difference, in the order in which botocore's validator reports them.
pub(crate) fn walk(definition: &Node) -> Vec<Problem<'_>> {
    let mut walk = Walk {
        path: Vec::new(),
        problems: Vec::new(),
    };
    walk.object(definition, root());
    walk.problems
}

/// A path as botocore prints it: `containerDefinitions[0].cpu`, and `input` for the outermost object.
pub(crate) fn path_text(path: &[Step<'_>]) -> String {
    let mut out = String::new();
    for step in path {
        // writing to a string cannot fail
        let _ = match step {
            Step::Member(name) if out.is_empty() => write!(out, "{name}"),
            Step::Member(name) => write!(out, ".{name}"),
            Step::Item(index) => write!(out, "[{index}]"),
        };
    }
    if out.is_empty() {
        out.push_str("input");
    }
    out
}

struct Walk<'t> {
    path: Vec<Step<'t>>,
    problems: Vec<Problem<'t>>,
}

impl<'t> Walk<'t> {
    fn report(&mut self, node: &'t Node, holder: Option<(&'t Node, usize)>, flaw: Flaw) {
        self.problems.push(Problem {
            path: self.path.clone(),
            node,
            holder,
            flaw,
        });
    }

    fn object(&mut self, node: &'t Node, shape: &'static Shape) {
        for member in shape.members.iter().filter(|member| member.required) {
            if node.member(member.name).is_none() {
                self.report(node, None, Flaw::Lacks(member));
            }
        }
        let mut known = Vec::with_capacity(node.members().len());
        for (index, member) in node.members().iter().enumerate() {
            if member.shadowed {
                continue;
            }
            match shape.member(&member.key.name) {
                Some(spec) => known.push((index, spec)),
                None => self.report(node, None, Flaw::Unknown(index, shape)),
            }
        }
        for (index, spec) in known {
            let member = &node.members()[index];
            self.path.push(Step::Member(&member.key.name));
            self.value(&member.value, Some((node, index)), spec.kind);
            let short = |text: &str| text.chars().count() < spec.least;
            if member.value.as_str().is_some_and(short) {
                self.report(&member.value, Some((node, index)), Flaw::Short(spec.least));
            }
            self.path.pop();
        }
    }

    fn value(&mut self, node: &'t Node, holder: Option<(&'t Node, usize)>, kind: Kind) {
        match (kind, &node.value) {
            // what is not there has been said by the reader
            (_, Value::Missing)
            | (Kind::String, Value::String(_))
            | (Kind::Boolean, Value::Bool(_)) => {}
            (Kind::Integer, Value::Number(digits))
                if digits
                    .bytes()
                    .all(|byte| byte == b'-' || byte.is_ascii_digit()) => {}
            (Kind::Enum(values), Value::String(text)) => {
                if !values.contains(&&**text) {
                    self.report(node, holder, Flaw::NotOneOf(values));
                }
            }
            (Kind::List(kind), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.path.push(Step::Item(index));
                    self.value(item, Some((node, index)), *kind);
                    self.path.pop();
                }
            }
            (Kind::Map, Value::Object(members)) => {
                for (index, member) in members.iter().enumerate() {
                    self.path.push(Step::Member(&member.key.name));
                    self.value(&member.value, Some((node, index)), Kind::String);
                    self.path.pop();
                }
            }
            (Kind::Struct(shape), Value::Object(_)) => self.object(node, shape),
            _ => self.report(node, holder, Flaw::Type(kind)),
        }
    }
}
