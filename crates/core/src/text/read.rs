//! The reader: one pass over the text, to a tree and findings. It never fails, and its depth is bounded.

use super::notes::{Notes, wrong};
use super::number::clip;
use super::string::{Role, is_quote};
use super::tree::{Key, Member, Node, Value};
use super::{Span, edit};
use crate::finding::{Edit, Finding};
use std::collections::HashMap;

/// How deep objects and lists may nest. A task definition nests seven deep.
pub const MAX_DEPTH: usize = 64;

/// The longest text that is read, in bytes; AWS accepts a sixty-fourth of it.
pub const MAX_BYTES: usize = 4 << 20;

/// What a text holds.
#[derive(Clone, Debug)]
pub struct Document {
    /// The outermost value.
    pub root: Node,
    /// Where the text is no JSON, in the order of the places.
    pub findings: Vec<Finding>,
}

/// Reads a text as JSON, as well as it can be read.
pub fn read(text: &str) -> Document {
    read_within(text, MAX_BYTES, MAX_DEPTH)
}

/// Reads a text of at most so many bytes as JSON that nests at most so deep.
pub fn read_within(text: &str, most_bytes: usize, most_depth: usize) -> Document {
    if text.len() > most_bytes {
        let finding = wrong(
            "json-size",
            Span::at(0),
            format!(
                "The text has {} bytes; more than {most_bytes} are not read",
                text.len()
            ),
        );
        let mut notes = Notes::default();
        notes.add(finding);
        return Document {
            root: Node::missing(0),
            findings: notes.finish(0),
        };
    }
    let mut reader = Reader {
        text,
        at: 0,
        most_depth,
        names: false,
        open: Vec::new(),
        before_blanks: 0,
        after_blanks: 0,
        lost: false,
        notes: Notes::default(),
    };
    let root = reader.document();
    Document {
        root,
        findings: reader.notes.finish(text.len()),
    }
}

/// The state of one reading.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    /// How deep brackets may nest.
    most_depth: usize,
    /// A member's name is being read, where a colon ends a bare word.
    pub(super) names: bool,
    /// The brackets that are open: which, and where.
    open: Vec<(u8, usize)>,
    /// Where the last blanks, with their comments, begin and end.
    pub(super) before_blanks: usize,
    pub(super) after_blanks: usize,
    /// A string is not closed, or the end was reached inside what is too deep to be read, so that nobody knows what
    /// closes what.
    pub(super) lost: bool,
    pub(super) notes: Notes,
}

impl<'t> Reader<'t> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.byte(0)
    }

    pub(super) fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn character(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn document(&mut self) -> Node {
        self.skip_blanks();
        if self.peek().is_none() {
            self.notes.add(
                wrong("json-empty", Span::at(0), "The text is empty")
                    .help("Paste a task definition, or begin with the example.")
                    .fix(
                        "Begin with {}",
                        vec![Edit::insert(self.before_blanks, "{}")],
                    ),
            );
            return Node::missing(self.at);
        }
        self.skip_foreword();
        let root = self.value();
        self.skip_blanks();
        if self.at < self.text.len() {
            let span = Span::new(self.at, self.text.trim_end().len().max(self.at));
            let rest = clip(self.rest().trim());
            self.notes.add(
                wrong(
                    "json-after-end",
                    span,
                    format!("Text follows the end of the JSON: {rest}"),
                )
                .fix("Remove what follows", vec![Edit::remove(span)]),
            );
        }
        root
    }

    /// Passes prose before the first brace, as when a whole slide is pasted.
    fn skip_foreword(&mut self) {
        if matches!(self.peek(), Some(b'{' | b'[')) || self.at_quote() {
            return;
        }
        let Some(length) = self.rest().find('{') else {
            return;
        };
        let span = Span::new(self.at, self.at + length);
        self.at += length;
        let words = clip(self.text[span.start..span.end].trim());
        self.notes.add(
            wrong(
                "json-before-start",
                span,
                format!("Text stands before the JSON: {words}"),
            )
            .fix("Remove what stands before", vec![Edit::remove(span)]),
        );
    }

    fn value(&mut self) -> Node {
        self.names = false;
        while self.skip_unexpected() {
            self.skip_blanks();
        }
        match self.peek() {
            Some(b'{') => self.nested(b'}', Self::object),
            Some(b'[') => self.nested(b']', Self::array),
            _ if self.at_quote() => {
                let (span, text) = self.string(Role::Value);
                Node {
                    span,
                    value: Value::String(text),
                }
            }
            Some(byte) if starts_word(byte) => self.bare_value(),
            _ => {
                self.notes.add(wrong(
                    "json-value-missing",
                    Span::at(self.at),
                    "A value is missing here",
                ));
                Node::missing(self.at)
            }
        }
    }

    /// Reads what stands between brackets, unless that is too deep.
    fn nested(&mut self, close: u8, inner: fn(&mut Self) -> Value) -> Node {
        let start = self.at;
        if self.open.len() >= self.most_depth {
            self.skip_nested();
            let span = Span::new(start, self.at);
            self.notes.add(wrong(
                "json-depth",
                Span::new(start, start + 1),
                format!(
                    "The JSON nests deeper than {}; what is deeper is not read",
                    self.most_depth
                ),
            ));
            let value = Value::Missing;
            return Node { span, value };
        }
        self.at += 1;
        self.open.push((close, start));
        let value = inner(self);
        self.open.pop();
        let span = Span::new(start, self.at);
        Node { span, value }
    }

    /// Passes over brackets and all that they hold, without descending.
    fn skip_nested(&mut self) {
        let mut depth = 0_usize;
        let mut in_string = false;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' if in_string => self.at += 1,
                b'"' => in_string = !in_string,
                b'{' | b'[' if !in_string => depth += 1,
                b'}' | b']' if !in_string => depth -= 1,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                break;
            }
        }
        self.lost |= depth > 0;
        self.at = self.at.min(self.text.len());
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    fn object(&mut self) -> Value {
        let mut members: Vec<Member> = Vec::new();
        let mut comma = None;
        loop {
            self.skip_blanks();
            if self.ended(comma) {
                break;
            }
            if self.extra_comma(&mut comma) {
                continue;
            }
            let Some(key) = self.name() else {
                continue;
            };
            if comma.is_none()
                && let Some(last) = members.last()
            {
                self.comma_missing(last.value.span.end.max(last.key.span.end));
            }
            let value = self.member_value(&key);
            members.push(Member {
                key,
                value,
                shadowed: false,
            });
            comma = self.comma();
        }
        self.note_repeated(&mut members);
        Value::Object(members)
    }

    fn array(&mut self) -> Value {
        let mut items: Vec<Node> = Vec::new();
        let mut comma = None;
        loop {
            self.skip_blanks();
            if self.ended(comma) {
                break;
            }
            if self.extra_comma(&mut comma) || self.skip_unexpected() {
                continue;
            }
            if comma.is_none()
                && let Some(last) = items.last()
            {
                self.comma_missing(last.span.end);
            }
            items.push(self.value());
            comma = self.comma();
        }
        Value::Array(items)
    }

    /// The name of a member, in whatever marks or none; `None` after passing what can be no name.
    fn name(&mut self) -> Option<Key> {
        if self.at_quote() {
            let (span, name) = self.string(Role::Name);
            return Some(Key { span, name });
        }
        if self.peek().is_some_and(starts_word) {
            let start = self.at;
            self.names = true;
            self.skip_word();
            let span = Span::new(start, self.at);
            let name = &self.text[start..self.at];
            self.notes.add(
                wrong(
                    "json-quotes-missing",
                    span,
                    format!("The name {} stands without quotation marks", clip(name)),
                )
                .fix(
                    format!("Use {}", clip(&super::quote(name))),
                    vec![Edit::replace(span, super::quote(name))],
                ),
            );
            let name = name.into();
            return Some(Key { span, name });
        }
        if matches!(self.peek(), Some(b'{' | b'[')) {
            let span = self.value().span;
            self.notes.add(
                wrong("json-name-missing", span, "This value has no name")
                    .fix("Remove it", vec![Edit::remove(span)]),
            );
        } else {
            self.skip_unexpected();
        }
        None
    }

    /// The value after a name, and what should stand between them.
    fn member_value(&mut self, key: &Key) -> Node {
        self.skip_blanks();
        let start = self.at;
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(b'=') => {
                self.at += if self.byte(1) == Some(b'>') { 2 } else { 1 };
                let span = Span::new(start, self.at);
                self.notes.add(
                    wrong(
                        "json-colon",
                        span,
                        "Between a name and its value stands a colon",
                    )
                    .fix("Use a colon", vec![Edit::replace(span, ":")]),
                );
            }
            next => {
                let mut finding = wrong(
                    "json-colon",
                    Span::at(key.span.end),
                    format!("After {} a colon is missing", clip(&key.name)),
                );
                let value_follows = self.at_quote()
                    || next.is_some_and(|next| starts_word(next) || matches!(next, b'{' | b'['));
                if !value_follows {
                    finding.message = format!("After {} its value is missing", clip(&key.name));
                    self.notes
                        .add(finding.fix("Remove the name", vec![Edit::remove(key.span)]));
                    return Node::missing(key.span.end);
                }
                self.notes
                    .add(finding.fix("Add a colon", vec![Edit::insert(key.span.end, ":")]));
            }
        }
        self.skip_blanks();
        self.value()
    }

    /// Whether the innermost bracket closes here, well or badly; passes its closing mark.
    fn ended(&mut self, comma: Option<usize>) -> bool {
        let Some(&(close, start)) = self.open.last() else {
            return true;
        };
        match self.peek() {
            Some(byte) if byte == close => {
                if let Some(at) = comma {
                    let span = Span::new(at, at + 1);
                    self.notes.add(
                        wrong("json-comma", span, "A comma stands after the last entry")
                            .help("AWS's clients expect another entry and stop reading.")
                            .fix("Remove the comma", vec![Edit::remove(span)]),
                    );
                }
                self.at += 1;
                true
            }
            Some(byte @ (b'}' | b']')) => {
                let enclosing = self.open.iter().rev().skip(1);
                if enclosing.clone().any(|&(other, _)| other == byte) {
                    self.unclosed(start, close);
                    return true;
                }
                let span = Span::new(self.at, self.at + 1);
                let right = char::from(close);
                self.notes.add(
                    wrong(
                        "json-bracket",
                        span,
                        format!("Here stands {} where {right} closes", char::from(byte)),
                    )
                    .fix(format!("Use {right}"), vec![Edit::replace(span, right)]),
                );
                self.at += 1;
                true
            }
            Some(_) => false,
            None => {
                self.unclosed(start, close);
                true
            }
        }
    }

    fn unclosed(&mut self, start: usize, close: u8) {
        let open = char::from(self.text.as_bytes()[start]);
        let close = char::from(close);
        let end = self.before_blanks;
        let finding = wrong(
            "json-bracket",
            Span::new(start, start + 1),
            format!("This {open} is never closed"),
        );
        self.notes.add(if self.lost {
            finding
        } else {
            finding.fix(format!("Add {close}"), vec![Edit::insert(end, close)])
        });
    }

    /// Passes a comma where an entry should begin.
    fn extra_comma(&mut self, comma: &mut Option<usize>) -> bool {
        if self.peek() != Some(b',') {
            return false;
        }
        let span = Span::new(self.at, self.at + 1);
        self.notes.add(
            wrong(
                "json-comma",
                span,
                "A comma stands here without an entry before it",
            )
            .fix("Remove the comma", vec![Edit::remove(span)]),
        );
        self.at += 1;
        // it separates, so that none is reported as missing
        comma.get_or_insert(span.start);
        true
    }

    fn comma_missing(&mut self, at: usize) {
        self.notes.add(
            wrong(
                "json-comma",
                Span::at(at),
                "A comma is missing between two entries",
            )
            .fix("Add a comma", vec![Edit::insert(at, ",")]),
        );
    }

    /// Passes the comma after an entry and gives its place.
    fn comma(&mut self) -> Option<usize> {
        self.skip_blanks();
        let at = self.at;
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Some(at)
            }
            Some(b';') => {
                let span = Span::new(at, at + 1);
                self.at += 1;
                self.notes.add(
                    wrong("json-comma", span, "Between entries stands a comma")
                        .fix("Use a comma", vec![Edit::replace(span, ",")]),
                );
                Some(at)
            }
            _ => None,
        }
    }

    /// Passes characters that can begin nothing; whether there were any.
    fn skip_unexpected(&mut self) -> bool {
        let start = self.at;
        while let Some(character) = self.character() {
            let byte = character as u32;
            let known = character.is_whitespace()
                || is_quote(character)
                || (byte < 0x80 && (starts_word(byte as u8) || b"{}[],/#".contains(&(byte as u8))));
            if known && self.at > start {
                break;
            }
            if known && !matches!(character, '/' | '#') {
                break;
            }
            self.at += character.len_utf8();
        }
        let span = Span::new(start, self.at);
        if span.start == span.end {
            return false;
        }
        let found = clip(&self.text[span.start..span.end]);
        self.notes.add(
            wrong(
                "json-unexpected",
                span,
                format!("{} is nothing that JSON knows", visible(&found)),
            )
            .fix("Remove it", vec![Edit::remove(span)]),
        );
        true
    }

    /// Notes members whose name comes again, and marks them as shadowed.
    fn note_repeated(&mut self, members: &mut [Member]) {
        let repeated = repeated(members);
        for index in repeated {
            members[index].shadowed = true;
            if !self.notes.open() {
                continue;
            }
            let key = &members[index].key;
            let finding = wrong(
                "json-repeated",
                key.span,
                format!("{} stands here twice", clip(&key.name)),
            );
            self.notes.add(Finding {
                severity: crate::finding::Severity::Warning,
                ..finding
                    .help("AWS's clients take the last and pass over this one without a word.")
                    .fix("Remove this one", edit::remove_member(members, index))
            });
        }
    }
}

/// Marks the members that a later one of the same name replaces.
pub(super) fn shadow(members: &mut [Member]) {
    for index in repeated(members) {
        members[index].shadowed = true;
    }
}

/// The members that a later one of the same name replaces.
fn repeated(members: &[Member]) -> Vec<usize> {
    let same = |a: &Member, b: &Member| a.key.name == b.key.name;
    if members.len() <= 24 {
        let later = |index: usize| &members[index + 1..];
        return (0..members.len())
            .filter(|&index| {
                later(index)
                    .iter()
                    .any(|other| same(other, &members[index]))
            })
            .collect();
    }
    let last: HashMap<&str, usize> = members
        .iter()
        .enumerate()
        .map(|(index, member)| (&*member.key.name, index))
        .collect();
    (0..members.len())
        .filter(|&index| last.get(&*members[index].key.name) != Some(&index))
        .collect()
}

/// Whether a byte can begin a number, a word or a placeholder.
fn starts_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-+.$<@%*&".contains(&byte)
}

/// A text with what cannot be seen written by its number.
pub(super) fn visible(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() {
            seen.extend(letter.escape_unicode());
        } else {
            seen.push(letter);
        }
    }
    seen
}
