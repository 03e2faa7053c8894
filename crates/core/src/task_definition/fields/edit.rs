//! One edit of a form as edits of the text: set, add and remove at a path. Everything else in the text stays as it is.

use super::{Step, at};
use crate::finding::Edit;
use crate::text::{Node, Span, Value, print, quote, read};

/// Puts a value at a path, in the place of what stands there. What is missing on the way is made; an item beyond the end of
/// its list is added to the list. `json` is the value as JSON text.
pub fn set(text: &str, root: &Node, path: &[Step], json: &str) -> Vec<Edit> {
    let Some((step, way)) = path.split_last() else {
        return vec![Edit::replace(root.span, json)];
    };
    let layout = Layout::of(text, root);
    if let Some(node) = at(root, path) {
        let indent = layout.indent_at(node.span.start);
        return vec![Edit::replace(node.span, layout.laid(json, &indent))];
    }
    let holder = at(root, way).filter(|holder| matches(holder, step));
    let Some(holder) = holder else {
        return set(text, root, way, &wrapped(step, json));
    };
    vec![layout.insert(holder, step, json)]
}

/// Takes away what stands at a path, and the object or list around it that would be left empty; items of lists stay, so
/// that what stands behind them keeps its place.
pub fn remove(text: &str, root: &Node, path: &[Step]) -> Vec<Edit> {
    let mut path = path;
    while let Some((_, way @ [.., Step::Member(_)])) = path.split_last()
        && at(root, path).is_some()
        && at(root, way).is_some_and(|holder| entries(holder).len() == 1)
    {
        path = way;
    }
    let Some((step, way)) = path.split_last() else {
        return Vec::new();
    };
    let Some(holder) = at(root, way) else {
        return Vec::new();
    };
    let entries = entries(holder);
    let found = match step {
        Step::Item(index) => (*index < entries.len()).then_some(*index),
        Step::Member(name) => {
            let mut members = holder.members().iter();
            members.position(|member| !member.shadowed && *member.key.name == **name)
        }
    };
    let Some(index) = found else {
        return Vec::new();
    };
    without(text, &entries, index)
}

/// Renames a member, its value kept.
pub fn rename(root: &Node, object: &[Step], index: usize, name: &str) -> Vec<Edit> {
    let member = at(root, object).and_then(|object| object.members().get(index));
    let member = member.map(|member| Edit::replace(member.key.span, quote(name)));
    member.into_iter().collect()
}

/// Whether a step can lead into a value of this type.
fn matches(holder: &Node, step: &Step) -> bool {
    matches!(
        (&holder.value, step),
        (Value::Object(_), Step::Member(_)) | (Value::Array(_), Step::Item(_))
    )
}

/// A value with the object or list that a step leads into around it.
fn wrapped(step: &Step, json: &str) -> String {
    match step {
        Step::Member(name) => format!("{{{}:{json}}}", quote(name)),
        Step::Item(_) => format!("[{json}]"),
    }
}

/// The places of an object's members or of a list's items.
fn entries(holder: &Node) -> Vec<Span> {
    let members = holder.members().iter().map(|member| {
        let end = member.value.span.end.max(member.key.span.end);
        Span::new(member.key.span.start, end)
    });
    members
        .chain(holder.items().iter().map(|item| item.span))
        .collect()
}

/// An entry away, with one comma: the one behind it, else the one before it. Comments stay.
fn without(text: &str, entries: &[Span], index: usize) -> Vec<Edit> {
    let own = entries[index];
    if let Some(comma) = comma_after(text, own.end) {
        let rest = text.get(comma + 1..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start().len();
        // behind the last entry stand only the blanks before the bracket
        let last = index + 1 == entries.len();
        let end = comma + 1 + if last { 0 } else { blanks };
        return vec![Edit::remove(Span::new(own.start, end))];
    }
    let head = text.get(..own.start).unwrap_or_default().trim_end().len();
    let Some(comma) = index
        .checked_sub(1)
        .and_then(|before| comma_after(text, entries[before].end))
    else {
        return vec![Edit::remove(own)];
    };
    if comma + 1 == head {
        return vec![Edit::remove(Span::new(comma, own.end))];
    }
    vec![
        Edit::remove(Span::new(comma, comma + 1)),
        Edit::remove(Span::new(head, own.end)),
    ]
}

/// The comma that follows a place after blanks and comments.
fn comma_after(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.get(at..)?;
        let blanks = rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        at += blanks;
        let length = if rest.starts_with("/*") {
            rest.find("*/").map(|end| end + 2)
        } else if rest.starts_with("//") || rest.starts_with('#') {
            rest.find('\n')
        } else {
            return rest.starts_with(',').then_some(at);
        };
        at += length?;
    }
}

/// How a text is laid out.
struct Layout<'t> {
    text: &'t str,
    /// What each level adds to the indentation; empty where all stands on one line.
    unit: &'t str,
}

/// Lists and objects of plain values up to this many bytes stand on one line.
const SHORT: usize = 72;

impl<'t> Layout<'t> {
    fn of(text: &'t str, root: &Node) -> Self {
        let lines = text.contains('\n') || text.len() <= 2;
        let first = entries(root)
            .first()
            .map(|span| blanks_before(text, span.start));
        let unit = match first {
            Some(lead) if lead.contains('\n') => lead.rsplit('\n').next().unwrap_or_default(),
            _ => "",
        };
        let outer = blanks_before(text, root.span.start);
        let outer = outer.rsplit('\n').next().unwrap_or_default();
        let unit = unit.strip_prefix(outer).unwrap_or(unit);
        Self {
            text,
            unit: if !lines {
                ""
            } else if unit.is_empty() {
                "  "
            } else {
                unit
            },
        }
    }

    /// The indentation of the line that holds a place.
    fn indent_at(&self, at: usize) -> String {
        let head = self.text.get(..at).unwrap_or_default();
        let line = head.rsplit('\n').next().unwrap_or_default();
        line.chars()
            .take_while(|c| matches!(c, ' ' | '\t'))
            .collect()
    }

    /// A value as it stands in a line of the given indentation.
    fn laid(&self, json: &str, indent: &str) -> String {
        let mut out = String::new();
        self.write(&read(json).root, indent, &mut out);
        out
    }

    fn write(&self, node: &Node, indent: &str, out: &mut String) {
        let (open, close, blank) = match &node.value {
            Value::Object(members) if !members.is_empty() => ('{', '}', " "),
            Value::Array(items) if !items.is_empty() => ('[', ']', ""),
            _ => return out.push_str(&print(node)),
        };
        let plain = |node: &Node| entries(node).is_empty();
        let all_plain = node.items().iter().all(plain)
            && node.members().iter().all(|member| plain(&member.value));
        let short = all_plain && node.span.end - node.span.start <= SHORT;
        let inner = format!("{indent}{}", self.unit);
        let lines = !short && !self.unit.is_empty();
        let (lead, between) = if lines {
            (format!("\n{inner}"), format!(",\n{inner}"))
        } else {
            (blank.to_owned(), ", ".to_owned())
        };
        out.push(open);
        out.push_str(&lead);
        for (index, item) in node.items().iter().enumerate() {
            out.push_str(if index > 0 { &between } else { "" });
            self.write(item, &inner, out);
        }
        for (index, member) in node.members().iter().enumerate() {
            out.push_str(if index > 0 { &between } else { "" });
            out.push_str(&quote(&member.key.name));
            out.push_str(": ");
            self.write(&member.value, &inner, out);
        }
        if lines {
            out.push('\n');
            out.push_str(indent);
        } else {
            out.push_str(blank);
        }
        out.push(close);
    }

    /// Puts a new entry at the end of an object or list; it stands as the others do, each on its line or all on one.
    fn insert(&self, holder: &Node, step: &Step, json: &str) -> Edit {
        let entry = |indent: &str| {
            let value = self.laid(json, indent);
            match step {
                Step::Member(name) => format!("{}: {value}", quote(name)),
                Step::Item(_) => value,
            }
        };
        let outer = self.indent_at(holder.span.start);
        let entries = entries(holder);
        if let Some(last) = entries.last() {
            let lead = blanks_before(self.text, last.start);
            return match lead.rsplit_once('\n') {
                Some((_, indent)) => {
                    Edit::insert(last.end, format!(",\n{indent}{}", entry(indent)))
                }
                None => Edit::insert(last.end, format!(", {}", entry(&outer))),
            };
        }
        let inner = format!("{outer}{}", self.unit);
        let new = if self.unit.is_empty() {
            format!(" {} ", entry(""))
        } else {
            format!("\n{inner}{}\n{outer}", entry(&inner))
        };
        let inside = Span::new(
            holder.span.start + 1,
            holder.span.end.max(holder.span.start + 2) - 1,
        );
        let blank = self.text.get(inside.start..inside.end);
        if blank.is_some_and(|blank| blank.trim().is_empty()) {
            Edit::replace(inside, new)
        } else {
            Edit::insert(inside.start, new)
        }
    }
}

/// The blanks right before a place.
fn blanks_before(text: &str, at: usize) -> &str {
    let head = text.get(..at).unwrap_or_default();
    &head[head.trim_end().len()..]
}
