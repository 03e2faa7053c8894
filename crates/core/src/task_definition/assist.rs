//! Help while typing: what could stand at a place of a definition, and what stands there.

use super::context::Context;
use super::extract;
use super::reading::{definition_of, document_at};
use super::schema::{self, Kind, Member, Shape};
use crate::compute::sizes::{self, cpu_text, memory_text, parse_cpu, parse_memory};
use crate::text::{Node, Span, Value, quote};

/// What could be typed at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completions {
    /// What the choice replaces, in bytes; empty for an insertion.
    pub span: Span,
    /// The choices, the likeliest first.
    pub items: Vec<Completion>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// How it is shown: the bare name or value.
    pub label: String,
    /// The type, or the size as people say it.
    pub detail: String,
    /// What it is, in a line; may be empty.
    pub doc: &'static str,
    /// What is put in the place of the span.
    pub insert: String,
    /// Where the caret goes, in bytes of `insert`.
    pub caret: usize,
}

/// What there is to say about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is said about, in bytes.
    pub span: Span,
    /// The member's name and type.
    pub title: String,
    /// What it is.
    pub text: String,
    /// The page of the API reference.
    pub source: String,
}

/// What could be typed at a byte of a text in the API's form; `None` where there is nothing to propose.
pub fn completions_at(text: &str, offset: usize, context: &Context) -> Option<Completions> {
    let (document, _) = document_at(text, offset).filter(|(_, own)| *own)?;
    let root = definition_of(&document);
    let place = locate(text, root, offset)?;
    let (span, items) = match place {
        Place::Name {
            object,
            shape,
            index,
        } => {
            let span = index.map_or(Span::at(offset), |index| object.members()[index].key.span);
            (span, names(text, object, shape, index, span))
        }
        Place::Value {
            member, kind, span, ..
        } => (span, values(root, member, kind, context)),
    };
    (!items.is_empty()).then_some(Completions { span, items })
}

/// What there is to say about a byte of a text, in any form.
pub fn hover_at(text: &str, offset: usize, context: &Context) -> Option<Hover> {
    let (document, _) = document_at(text, offset)?;
    let root = definition_of(&document);
    match locate(text, root, offset)? {
        Place::Name {
            object,
            shape,
            index: Some(index),
        } => {
            let key = &object.members()[index].key;
            Some(about(shape, shape.member(&key.name)?, key.span))
        }
        Place::Name { index: None, .. } => None,
        Place::Value {
            shape,
            member,
            span,
            ..
        } => {
            let mut hover = about(shape, member, span);
            if shape.name == schema::root().name {
                hover.text = size_words(root, member.name, context).unwrap_or(hover.text);
            }
            (span.start < span.end).then_some(hover)
        }
    }
}

/// A place in a definition, by what belongs there.
enum Place<'t> {
    /// A member's name: the object, and which of its members, where it is not a new one.
    Name {
        object: &'t Node,
        shape: &'static Shape,
        index: Option<usize>,
    },
    /// A value of a member, or an item of its list.
    Value {
        shape: &'static Shape,
        member: &'static Member,
        kind: Kind,
        span: Span,
    },
}

fn locate<'t>(text: &str, root: &'t Node, offset: usize) -> Option<Place<'t>> {
    let (mut object, mut shape) = (root, schema::root());
    'objects: loop {
        let Span { start, end } = object.span;
        let closed = text.get(start..end).is_some_and(|own| own.ends_with('}'));
        let inside = start < offset && (offset < end || offset == end && !closed);
        if !inside || !matches!(object.value, Value::Object(_)) {
            return None;
        }
        for (index, entry) in object.members().iter().enumerate() {
            if entry.key.span.touches(offset) {
                let index = Some(index);
                return Some(Place::Name {
                    object,
                    shape,
                    index,
                });
            }
            let value = &entry.value;
            let between = text.get(entry.key.span.end..offset);
            let colon = between.is_some_and(|between| between.contains(':'));
            if !colon || offset > value.span.end.max(value.span.start) {
                continue;
            }
            let member = shape.member(&entry.key.name)?;
            let (mut node, mut kind) = (value, member.kind);
            // down through lists
            while let (Value::Array(items), Kind::List(inner)) = (&node.value, kind) {
                if offset <= node.span.start || offset == node.span.end {
                    break;
                }
                kind = *inner;
                let Some(item) = items.iter().find(|item| item.span.touches(offset)) else {
                    let span = Span::at(offset);
                    return Some(Place::Value {
                        shape,
                        member,
                        kind,
                        span,
                    });
                };
                node = item;
            }
            if let (Value::Object(_), Kind::Struct(inner)) = (&node.value, kind)
                && node.span.start < offset
            {
                (object, shape) = (node, inner);
                continue 'objects;
            }
            let there = node.is_present() && node.span.touches(offset);
            let span = if there { node.span } else { Span::at(offset) };
            return Some(Place::Value {
                shape,
                member,
                kind,
                span,
            });
        }
        return Some(Place::Name {
            object,
            shape,
            index: None,
        });
    }
}

/// The members that an object does not have yet.
fn names(
    text: &str,
    object: &Node,
    shape: &'static Shape,
    own: Option<usize>,
    span: Span,
) -> Vec<Completion> {
    let taken = |name: &str| {
        let members = object.members().iter().enumerate();
        members
            .into_iter()
            .any(|(index, member)| Some(index) != own && &*member.key.name == name)
    };
    let after = text.get(span.end..).unwrap_or_default().trim_start();
    let has_value = after.starts_with(':');
    let comma = if after.starts_with('"') { "," } else { "" };
    let free = shape.members.iter().filter(|member| !taken(member.name));
    let items = free.map(|member| {
        let name = quote(member.name);
        let (value, back) = empty(member.kind);
        let insert = if has_value {
            name
        } else {
            format!("{name}: {value}{comma}")
        };
        Completion {
            label: member.name.to_owned(),
            detail: type_words(member.kind).to_owned(),
            doc: member.doc,
            caret: insert.len() - if has_value { 0 } else { back + comma.len() },
            insert,
        }
    });
    items.collect()
}

/// An empty value of a type, and how far the caret stands before its end.
const fn empty(kind: Kind) -> (&'static str, usize) {
    match kind {
        Kind::String | Kind::Enum(_) => ("\"\"", 1),
        Kind::Integer | Kind::Boolean => ("", 0),
        Kind::List(Kind::Struct(_)) => ("[{  }]", 3),
        Kind::List(_) => ("[]", 1),
        Kind::Map | Kind::Struct(_) => ("{  }", 2),
    }
}

/// The labels of the values that a member can have, where they are few.
pub(super) fn choices(
    root: &Node,
    member: &'static Member,
    kind: Kind,
    context: &Context,
) -> Vec<String> {
    let values = values(root, member, kind, context).into_iter();
    values.map(|value| value.label).collect()
}

/// The values that a member can have, where they are few.
fn values(root: &Node, member: &'static Member, kind: Kind, context: &Context) -> Vec<Completion> {
    let item = |label: String, detail: String, insert: String| Completion {
        caret: insert.len(),
        doc: member.doc,
        label,
        detail,
        insert,
    };
    let quoted = |text: &str, detail: String| item(text.to_owned(), detail, quote(text));
    let is_root = |name: &str| {
        let own = schema::root().member(name);
        own.is_some_and(|own| std::ptr::eq(own, member))
    };
    if is_root("cpu") {
        let rows = sizes::rows(context.as_of, false);
        return rows
            .map(|row| quoted(&row.cpu.to_string(), cpu_text(row.cpu)))
            .collect();
    }
    if is_root("memory") {
        let cpu = root.get("cpu").and_then(Node::as_str).and_then(parse_cpu);
        let rows = sizes::rows(context.as_of, false);
        let rows = rows.filter(|row| cpu.is_none_or(|cpu| row.cpu == cpu));
        let mut memories: Vec<_> = rows.flat_map(sizes::Row::memories).collect();
        memories.sort_unstable();
        memories.dedup();
        let memories = memories.into_iter();
        return memories
            .map(|memory| quoted(&memory.to_string(), memory_text(memory)))
            .collect();
    }
    match kind {
        Kind::Enum(values) => values
            .iter()
            .map(|value| quoted(value, String::new()))
            .collect(),
        Kind::Boolean => ["true", "false"]
            .map(|value| item(value.to_owned(), String::new(), value.to_owned()))
            .into(),
        Kind::String if matches!(member.name, "containerName" | "sourceContainer") => {
            named(extract::containers(root))
                .map(|name| quoted(name, "container".to_owned()))
                .collect()
        }
        Kind::String if member.name == "sourceVolume" => {
            let volumes = root.get("volumes").map(Node::items).unwrap_or_default();
            named(volumes.iter())
                .map(|name| quoted(name, "volume".to_owned()))
                .collect()
        }
        Kind::String | Kind::Integer | Kind::List(_) | Kind::Map | Kind::Struct(_) => Vec::new(),
    }
}

/// The names of objects that have one.
fn named<'t>(objects: impl Iterator<Item = &'t Node>) -> impl Iterator<Item = &'t str> {
    objects.filter_map(|object| object.get("name")?.as_str())
}

fn about(shape: &'static Shape, member: &'static Member, span: Span) -> Hover {
    Hover {
        span,
        title: format!("{}: {}", member.name, type_words(member.kind)),
        text: member.doc.to_owned(),
        source: shape.page(member.name),
    }
}

/// What a task's size is, and what goes with it.
fn size_words(root: &Node, name: &str, context: &Context) -> Option<String> {
    let written = |name: &str| root.get(name).and_then(Node::as_str);
    let cpu = written("cpu").and_then(parse_cpu);
    if name == "memory" {
        let memory = written("memory").and_then(parse_memory)?;
        return Some(format!("{memory} MiB, that is {}.", memory_text(memory)));
    }
    let cpu = cpu.filter(|_| name == "cpu")?;
    let row = sizes::rows(context.as_of, false).find(|row| row.cpu == cpu);
    let Some(row) = row else {
        return Some(format!("{cpu} CPU units, that is {}.", cpu_text(cpu)));
    };
    let (first, last) = (row.memories().next()?, row.memories().last()?);
    Some(format!(
        "{cpu} CPU units, that is {}. On Fargate it goes with {} to {} of memory.",
        cpu_text(cpu),
        memory_text(first),
        memory_text(last)
    ))
}

/// The type in a word or two.
const fn type_words(kind: Kind) -> &'static str {
    match kind {
        Kind::String | Kind::Enum(_) => "text",
        Kind::Integer => "whole number",
        Kind::Boolean => "true or false",
        Kind::List(_) => "list",
        Kind::Map => "names and texts",
        Kind::Struct(_) => "object",
    }
}
