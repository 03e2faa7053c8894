//! Places in the text of a registered definition, and edits of it.

use super::{Line, Reference};
use fargate_core::finding::{self, Fix};
use fargate_core::task::Task;
use fargate_core::task_definition::fields::edit::{remove, set};
use fargate_core::task_definition::fields::{Step, at};
use fargate_core::text::{LineIndex, quote, read};
use fargate_core::world::World;
use std::fmt;

/// A change of a definition: a member that gets a value as JSON text, or goes.
pub(super) type Change = (Vec<Step>, Option<String>);

/// The way to a member of a container.
pub(super) fn of_container(place: usize, members: &[&str]) -> Vec<Step> {
    let mut path = vec![Step::from("containerDefinitions"), Step::Item(place)];
    path.extend(members.iter().map(|name| Step::from(*name)));
    path
}

/// The way to a member of the definition.
pub(super) fn of_task(members: &[&str]) -> Vec<Step> {
    members.iter().map(|name| Step::from(*name)).collect()
}

fn push(text: &mut String, more: &fmt::Arguments<'_>) {
    let written = fmt::Write::write_fmt(text, *more);
    debug_assert!(written.is_ok(), "a text can always be written to");
}

/// A way as people write it: `containerDefinitions[0].memory`.
fn written(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Member(name) if text.is_empty() => text.push_str(name),
            Step::Member(name) => push(&mut text, &format_args!(".{name}")),
            Step::Item(index) => push(&mut text, &format_args!("[{index}]")),
        }
    }
    text
}

/// Where a member stands in the text of a task's definition; where it is absent, what would hold it.
pub(super) fn line(world: &World, task: &Task, path: &[Step]) -> Option<Reference> {
    let revision = world.revisions().find(&task.revision).ok()?;
    let text = revision.sent.indented();
    let document = read(&text);
    let (found, node) = (0..=path.len())
        .rev()
        .find_map(|length| Some((length, at(&document.root, &path[..length])?)))?;
    let line = LineIndex::new(&text).line_column(&text, node.span.start);
    Some(Reference::Line(Line {
        revision: task.revision.to_string(),
        member: written(path),
        set: found == path.len(),
        line: line.line,
        span: node.span,
    }))
}

/// The text with changes; `None` where one does not fit.
pub(super) fn changed(text: &str, changes: &[Change]) -> Option<String> {
    let mut text = text.to_owned();
    for (path, value) in changes {
        let document = read(&text);
        let edits = match value {
            Some(json) => set(&text, &document.root, path, json),
            None => remove(&text, &document.root, path),
        };
        let fix = Fix {
            title: String::new(),
            edits,
        };
        text = finding::apply(&text, &fix)?;
    }
    Some(text)
}

/// A text as a JSON value.
pub(super) fn string(text: &str) -> String {
    quote(text)
}
