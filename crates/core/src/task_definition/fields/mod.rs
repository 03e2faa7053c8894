//! A definition as a form's fields: which members a form shows, what they are called, what can be chosen, and which findings
//! belong to which. What changes is the text, by the edits of [`edit`].

pub mod edit;
mod table;
#[cfg(test)]
mod tests;

pub use super::schema::{Kind, Member, Shape, root};

use super::assist;
use super::context::Context;
use crate::text::{Node, Span};
use table::{BEGUN, CHOICES, FIRST, LABELS, NOT_ON_FARGATE};

/// One step of a way into a definition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Into the named member of an object.
    Member(Box<str>),
    /// Into an item of a list, counted from zero.
    Item(usize),
}

impl From<&str> for Step {
    fn from(name: &str) -> Self {
        Self::Member(name.into())
    }
}

/// What stands at a path.
pub fn at<'t>(root: &'t Node, path: &[Step]) -> Option<&'t Node> {
    path.iter().try_fold(root, |node, step| match step {
        Step::Member(name) => node.get(name),
        Step::Item(index) => node.items().get(*index),
    })
}

/// The way to the innermost member or item that holds a place; empty for the definition itself.
pub fn path_at(root: &Node, place: Span) -> Vec<Step> {
    let holds = |start: usize, end: usize| start <= place.start && place.end <= end;
    let mut path = Vec::new();
    let mut node = root;
    loop {
        let member = node.members().iter().find(|member| {
            let end = member.value.span.end.max(member.key.span.end);
            !member.shadowed && holds(member.key.span.start, end)
        });
        if let Some(member) = member {
            path.push(Step::Member(member.key.name.clone()));
            if holds(member.key.span.start, member.key.span.end) {
                return path;
            }
            node = &member.value;
            continue;
        }
        let mut items = node.items().iter().enumerate();
        let Some((index, item)) = items.find(|(_, item)| holds(item.span.start, item.span.end))
        else {
            return path;
        };
        path.push(Step::Item(index));
        node = item;
    }
}

/// Which members of an object a form shows.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// Those that most definitions set, and those that this one sets, in the order of the form.
    pub shown: Vec<&'static Member>,
    /// The others that Fargate has: what 'Add a setting…' lists.
    pub more: Vec<&'static Member>,
}

/// Which members of an object a form shows; `node` is the object as it stands, if it does.
pub fn fields(shape: &'static Shape, node: Option<&Node>, context: &Context) -> Fields {
    let first = FIRST.iter().find(|(name, _)| *name == shape.name);
    let first = first.map_or(&[] as &[&str], |(_, members)| members);
    let written = |member: &Member| node.is_some_and(|node| node.member(member.name).is_some());
    let is_first = |member: &Member| match first {
        // a small object is shown as a whole
        [] => member.required || shape.members.len() <= SMALL,
        _ => first.contains(&member.name),
    };
    let mut fields = Fields::default();
    for member in shape.members {
        let offered = on_fargate(shape, member, context);
        if written(member) || offered && is_first(member) {
            fields.shown.push(member);
        } else if offered {
            fields.more.push(member);
        }
    }
    let place = |member: &&Member| {
        let place = first.iter().position(|name| *name == member.name);
        place.unwrap_or(first.len())
    };
    fields.shown.sort_by_key(place);
    fields
}

/// Objects with up to this many members are shown as a whole.
const SMALL: usize = 3;

/// Whether a task on Fargate may have the member, on the context's day.
pub fn on_fargate(shape: &Shape, member: &Member, context: &Context) -> bool {
    !NOT_ON_FARGATE.iter().any(|(name, members, until)| {
        *name == shape.name
            && members.contains(&member.name)
            && until.is_none_or(|until| context.as_of < until)
    })
}

/// The member's name in words.
pub fn label(member: &Member) -> String {
    if let Some((_, words)) = LABELS.iter().find(|(name, _)| *name == member.name) {
        return (*words).to_owned();
    }
    let mut out = String::new();
    for (index, letter) in member.name.chars().enumerate() {
        if index == 0 {
            out.push(letter.to_ascii_uppercase());
        } else if letter.is_ascii_uppercase() {
            out.push(' ');
            out.push(letter.to_ascii_lowercase());
        } else {
            out.push(letter);
        }
    }
    out
}

/// What can be chosen for a member on Fargate; empty where anything can be written.
pub fn choices(root: &Node, member: &'static Member, context: &Context) -> Vec<String> {
    let few = CHOICES.iter().find(|(name, _)| *name == member.name);
    if let Some((_, values)) = few {
        return values.iter().map(|value| (*value).to_owned()).collect();
    }
    let kind = match member.kind {
        Kind::List(inner) => *inner,
        kind => kind,
    };
    assist::choices(root, member, kind, context)
}

/// The page of the API reference that describes a member.
pub fn source(shape: &Shape, member: &Member) -> String {
    shape.page(member.name)
}

/// The value that a new member or item begins with, as JSON text.
pub fn empty(kind: Kind) -> String {
    match kind {
        Kind::String => "\"\"".to_owned(),
        Kind::Enum(values) => crate::text::quote(values.first().unwrap_or(&"")),
        Kind::Integer => "0".to_owned(),
        Kind::Boolean => "true".to_owned(),
        Kind::List(inner) => format!("[{}]", empty(*inner)),
        Kind::Map => "{}".to_owned(),
        Kind::Struct(shape) => {
            let required = shape.members.iter().filter(|member| member.required);
            let required = required.map(|member| {
                format!("{}:{}", crate::text::quote(member.name), empty(member.kind))
            });
            format!("{{{}}}", required.collect::<Vec<_>>().join(","))
        }
    }
}

/// The value that a new item of a list begins with, as JSON text: with the members that a person fills in first.
pub fn begun(kind: Kind) -> String {
    let begun = match kind {
        Kind::Struct(shape) => BEGUN.iter().find(|(name, _)| *name == shape.name),
        _ => None,
    };
    begun.map_or_else(|| empty(kind), |(_, json)| (*json).to_owned())
}
