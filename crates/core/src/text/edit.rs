//! Edits of a JSON text that leave it as tidy as they found it: put a member in, take one or an item away.

use super::{Member, Node, Span, quote};
use crate::finding::Edit;

/// Takes a member away, with the comma that goes with it.
pub fn remove_member(members: &[Member], index: usize) -> Vec<Edit> {
    let span = |member: &Member| {
        let end = member.value.span.end.max(member.key.span.end);
        Span::new(member.key.span.start, end)
    };
    remove_entry(index, members.len(), |index| span(&members[index]))
}

/// Takes the named member away, where it is.
pub fn remove_named(object: &Node, name: &str) -> Vec<Edit> {
    let members = object.members();
    members
        .iter()
        .position(|member| !member.shadowed && &*member.key.name == name)
        .map(|index| remove_member(members, index))
        .unwrap_or_default()
}

/// Takes an item of a list away, with the comma that goes with it.
pub fn remove_item(items: &[Node], index: usize) -> Vec<Edit> {
    remove_entry(index, items.len(), |index| items[index].span)
}

fn remove_entry(index: usize, count: usize, span: impl Fn(usize) -> Span) -> Vec<Edit> {
    let own = span(index);
    let gone = if index + 1 < count {
        Span::new(own.start, span(index + 1).start)
    } else if index > 0 {
        Span::new(span(index - 1).end, own.end)
    } else {
        own
    };
    vec![Edit::remove(gone)]
}

/// Puts a member into an object: after the named member where there is one, else at the end. `json` is its value as
/// JSON text. The new member stands as the others do, each on its line or all on one.
pub fn insert_member(text: &str, object: &Node, after: &[&str], name: &str, json: &str) -> Edit {
    let members = object.members();
    let entry = format!("{}: {json}", quote(name));
    let Some(first) = members.first() else {
        return Edit::insert(object.span.start + 1, format!(" {entry} "));
    };
    let lead = text
        .get(object.span.start + 1..first.key.span.start)
        .filter(|lead| lead.contains('\n') && lead.trim().is_empty())
        .unwrap_or(" ");
    let anchor = after.iter().rev().find_map(|name| object.member(name));
    let Some(anchor) = anchor.or(members.last()) else {
        return Edit::insert(object.span.start + 1, format!(" {entry} "));
    };
    let end = anchor.value.span.end.max(anchor.key.span.end);
    Edit::insert(end, format!(",{lead}{entry}"))
}
