//! Strings: JSON's own, and those that a slide, a word processor or a line end has spoilt.

use super::Span;
use super::notes::wrong;
use super::number::clip;
use super::read::Reader;
use crate::finding::Edit;

/// Where a string stands, which decides what must follow it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A member's name: a colon follows.
    Name,
    /// A value: a comma, a closing bracket or the end follows.
    Value,
}

/// How far a string may run on after a line end.
const RUN_ON_BYTES: usize = 2_000;
const RUN_ON_LINES: usize = 4;

/// A string as found, before its escapes are resolved.
struct Raw {
    /// What stands between the marks.
    body: Span,
    /// The closing mark; empty where there is none.
    close: Span,
}

impl Reader<'_> {
    /// Whether a quotation mark of any kind stands here.
    pub(super) fn at_quote(&self) -> bool {
        match self.peek() {
            Some(b'"' | b'\'' | b'`') => true,
            Some(byte) if byte >= 0x80 => self.character().is_some_and(is_quote),
            _ => false,
        }
    }

    /// Reads the string whose opening mark stands here.
    pub(super) fn string(&mut self, role: Role) -> (Span, Box<str>) {
        let start = self.at;
        let mark = self.character().unwrap_or('"');
        let open = Span::new(start, start + mark.len_utf8());
        let (plain, sure) = match mark {
            '"' => self.plain_end(open.end, role),
            _ => (None, false),
        };
        let closed = |end| Raw {
            body: Span::new(open.end, end),
            close: Span::new(end, end + 1),
        };
        let raw = match plain {
            Some(end) if sure => closed(end),
            _ => self
                .loose_end(open.end, mark, role)
                .or(plain.map(closed))
                .unwrap_or_else(|| self.line_end(open.end, mark)),
        };
        self.at = raw.close.end;
        let span = Span::new(start, raw.close.end);
        if sure && self.is_clean(raw.body) {
            return (span, self.text[raw.body.start..raw.body.end].into());
        }
        let text = self.decode(open, mark, &raw);
        (span, text.into())
    }

    /// Whether a body needs no decoding and holds nothing that JSON refuses.
    fn is_clean(&self, body: Span) -> bool {
        let bytes = &self.text.as_bytes()[body.start..body.end];
        bytes.iter().all(|&byte| byte >= b' ' && byte != b'\\')
    }

    /// Where a string between plain marks ends on the same line, and whether that is sure: another mark inside may have
    /// been meant to close it.
    fn plain_end(&self, from: usize, role: Role) -> (Option<usize>, bool) {
        let bytes = self.text.as_bytes();
        let mut at = from;
        let mut typographic = false;
        loop {
            match bytes.get(at) {
                None | Some(b'\n') => return (None, false),
                Some(b'\\') => at += 2,
                Some(b'"') => break,
                // the first bytes of all typographic marks
                Some(0xc2 | 0xe2 | 0xe3 | 0xef) => {
                    typographic |= char_at(self.text, at).is_some_and(is_double);
                    at += 1;
                }
                Some(_) => at += 1,
            }
        }
        (Some(at), !typographic || self.follows(at + 1, role))
    }

    /// Where a string ends whose marks are not plain, or which has a line end inside: at the first mark that is
    /// followed by what must follow.
    fn loose_end(&self, from: usize, mark: char, role: Role) -> Option<Raw> {
        let mut lines = 0;
        let mut line_end = None;
        let mut characters = self.text[from..]
            .char_indices()
            .map(|(at, c)| (from + at, c));
        while let Some((at, character)) = characters.next() {
            match character {
                '\\' => {
                    characters.next();
                }
                '\n' => {
                    line_end.get_or_insert(at);
                    lines += 1;
                    if lines > RUN_ON_LINES {
                        break;
                    }
                }
                _ if closes(mark, character) => {
                    let after = at + character.len_utf8();
                    if self.follows(after, role) {
                        return Some(Raw {
                            body: Span::new(from, at),
                            close: Span::new(at, after),
                        });
                    }
                    if line_end.is_some() {
                        // the first mark on a later line opens another string
                        break;
                    }
                }
                _ => {}
            }
            if line_end.is_some_and(|end| at > end + RUN_ON_BYTES) {
                break;
            }
        }
        None
    }

    /// Where a string ends that nothing closes well: at a mark that ends its line, or with what looks like its text.
    fn line_end(&self, from: usize, mark: char) -> Raw {
        let line = self.text[from..].split('\n').next().unwrap_or_default();
        let blank = |c: char| c.is_whitespace() || c == ',';
        let bare = line.trim_end_matches(|c| blank(c) || matches!(c, '}' | ']'));
        if let Some(last) = bare.chars().next_back().filter(|&last| closes(mark, last)) {
            let end = from + bare.len();
            let inner = end - last.len_utf8();
            return Raw {
                body: Span::new(from, inner),
                close: Span::new(inner, end),
            };
        }
        // brackets that the string itself opens belong to it
        let body = if bare.contains(['{', '[']) {
            line.trim_end_matches(blank)
        } else {
            bare
        };
        let end = from + body.len();
        Raw {
            body: Span::new(from, end),
            close: Span::at(end),
        }
    }

    /// Whether after `at` stands what must follow a string.
    fn follows(&self, at: usize, role: Role) -> bool {
        let rest = &self.text[at..];
        let next = rest.trim_start_matches([' ', '\t', '\r', '\u{a0}']);
        match (role, next.as_bytes().first()) {
            (Role::Name, Some(b':' | b'=')) | (Role::Value, None | Some(b',' | b'}' | b']')) => {
                true
            }
            (_, Some(b'\n')) => {
                // a comma may have been forgotten at the line's end
                let next = next.trim_start();
                match (role, next.as_bytes().first()) {
                    (Role::Name, first) => first == Some(&b':'),
                    (Role::Value, first) => {
                        first.is_none_or(|first| b",}]\"/".contains(first))
                            || next.starts_with(is_quote)
                    }
                }
            }
            _ => false,
        }
    }

    /// The text of a string, its escapes resolved, its line ends joined; notes what JSON refuses.
    fn decode(&mut self, open: Span, mark: char, raw: &Raw) -> String {
        let body = &self.text[raw.body.start..raw.body.end];
        let close = &self.text[raw.close.start..raw.close.end];
        let mut out = String::with_capacity(body.len());
        let mut quote_edits = Vec::new();
        if mark != '"' {
            quote_edits.push(Edit::replace(open, "\""));
        }
        let broken = body.contains('\n');
        let spaced = broken
            && body
                .lines()
                .any(|line| line.trim().contains(|c: char| c.is_whitespace()));
        let mut at = 0;
        while let Some(character) = body[at..].chars().next() {
            let place = raw.body.start + at;
            at += character.len_utf8();
            match character {
                '\\' => at += self.escape(place, &body[at..], mark, &mut out, &mut quote_edits),
                '"' => {
                    quote_edits.push(Edit::replace(Span::new(place, place + 1), "\\\""));
                    out.push('"');
                }
                '\n' => {
                    let head = body[..at - 1].trim_end();
                    let return_mark = usize::from(body[..at - 1].ends_with('\r'));
                    out.truncate(out.len() - (at - 1 - head.len() - return_mark));
                    at = body.len() - body[at..].trim_start().len();
                    if spaced {
                        out.push(' ');
                    }
                    let span = Span::new(raw.body.start + head.len(), raw.body.start + at);
                    self.line_break(span, spaced);
                }
                '\r' if body[at..].starts_with('\n') => {}
                control if control < ' ' => {
                    self.control(Span::new(place, place + 1), control);
                    out.push(control);
                }
                other => out.push(other),
            }
        }
        if raw.close.start == raw.close.end && body.is_empty() {
            self.notes.add(
                wrong(
                    "json-string-open",
                    open,
                    "A quotation mark stands here alone",
                )
                .fix("Remove it", vec![Edit::remove(open)]),
            );
            return out;
        } else if raw.close.start == raw.close.end {
            self.lost = true;
            self.notes.add(
                wrong(
                    "json-string-open",
                    Span::new(open.start, raw.body.end.max(open.end)),
                    format!(
                        "The string {} has no closing quotation mark",
                        clip(out.trim())
                    ),
                )
                .fix(
                    "Close it",
                    vec![Edit::insert(raw.body.end.max(open.end), "\"")],
                ),
            );
        } else if close != "\"" {
            quote_edits.push(Edit::replace(raw.close, "\""));
        }
        self.quotes(quote_edits);
        out
    }

    /// Notes marks that are not JSON's, with the edits that straighten them.
    fn quotes(&mut self, edits: Vec<Edit>) {
        let (Some(first), Some(last)) = (edits.first(), edits.last()) else {
            return;
        };
        let span = Span::new(first.span.start, last.span.end);
        let marks: String = edits
            .iter()
            .filter_map(|edit| self.text[edit.span.start..edit.span.end].chars().next())
            .filter(|&mark| mark != '"' && mark != '\\')
            .take(2)
            .collect();
        let message = if marks.is_empty() {
            "A quotation mark inside a string needs a backslash before it".to_owned()
        } else {
            format!("JSON's quotation mark is the straight \", not {marks}")
        };
        self.notes.add(
            wrong("json-quotes", span, message)
                .help("A word processor or a slide has made it typographic, or another language writes it so.")
                .fix("Use straight quotation marks", edits),
        );
    }

    fn line_break(&mut self, span: Span, spaced: bool) {
        let finding = wrong(
            "json-line-break",
            span,
            "A string cannot run on over the end of a line",
        );
        let join = vec![Edit::remove(span)];
        let space = vec![Edit::replace(span, " ")];
        let escape = vec![Edit::replace(span, "\\n")];
        self.notes.add(if spaced {
            finding
                .fix("Join the lines with a space", space)
                .fix("Join the lines", join)
                .fix("Keep the line break as \\n", escape)
        } else {
            finding
                .fix("Join the lines", join)
                .fix("Keep the line break as \\n", escape)
        });
    }

    fn control(&mut self, span: Span, control: char) {
        let escaped = match control {
            '\t' => "\\t".to_owned(),
            '\r' => "\\r".to_owned(),
            other => format!("\\u{:04x}", other as u32),
        };
        self.notes.add(
            wrong(
                "json-control",
                span,
                format!(
                    "A control character (U+{:04X}) stands in a string",
                    control as u32
                ),
            )
            .fix(
                format!("Write it as {escaped}"),
                vec![Edit::replace(span, escaped.clone())],
            )
            .fix("Remove it", vec![Edit::remove(span)]),
        );
    }

    /// Resolves the escape whose backslash stands at `place`; gives the bytes it takes after the backslash.
    fn escape(
        &mut self,
        place: usize,
        rest: &str,
        mark: char,
        out: &mut String,
        quote_edits: &mut Vec<Edit>,
    ) -> usize {
        let Some(character) = rest.chars().next() else {
            self.bad_escape(Span::new(place, place + 1), out, "\\");
            return 0;
        };
        let plain = match character {
            '"' | '\\' | '/' => character,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                return if let Some((decoded, length)) = unicode_escape(rest) {
                    out.push(decoded);
                    length
                } else {
                    self.bad_escape(Span::new(place, place + 2), out, "\\u");
                    1
                };
            }
            quote if mark != '"' && is_quote(quote) => {
                quote_edits.push(Edit::remove(Span::new(place, place + 1)));
                quote
            }
            other => {
                let length = other.len_utf8();
                let span = Span::new(place, place + 1 + length);
                self.bad_escape(span, out, &format!("\\{other}"));
                return length;
            }
        };
        out.push(plain);
        character.len_utf8()
    }

    fn bad_escape(&mut self, span: Span, out: &mut String, written: &str) {
        out.push_str(written);
        self.notes.add(
            wrong(
                "json-escape",
                span,
                format!("JSON has no escape {}", super::read::visible(written)),
            )
            .fix(
                "Write the backslash twice",
                vec![Edit::insert(span.start, "\\")],
            ),
        );
    }
}

/// The character of `uXXXX`, or of a pair of them, and its length after the first backslash.
fn unicode_escape(rest: &str) -> Option<(char, usize)> {
    let unit = |text: &str| {
        let digits = text.get(1..5)?;
        let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        hex.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
    };
    let first = unit(rest)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, 5));
    }
    // the second half of a pair; half a pair alone is no character
    let second = rest.get(5..).and_then(|rest| rest.strip_prefix("\\u"));
    let second = second.and_then(|_| unit(rest.get(6..)?))?;
    let both = 0x1_0000 + ((first & 0x3ff) << 10) + (second & 0x3ff);
    let is_pair = (0xd800..0xdc00).contains(&first) && (0xdc00..0xe000).contains(&second);
    is_pair
        .then(|| char::from_u32(both))
        .flatten()
        .map(|character| (character, 11))
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Marks that people use for JSON's.
const fn is_double(character: char) -> bool {
    matches!(
        character,
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‶' | '〝' | '〞' | '＂'
    )
}

const fn is_single(character: char) -> bool {
    matches!(
        character,
        '\'' | '‘' | '’' | '‚' | '‛' | '′' | '‹' | '›' | '`' | '´' | '＇'
    )
}

/// Whether a character is a quotation mark of any kind.
pub(super) const fn is_quote(character: char) -> bool {
    character == '"' || is_double(character) || is_single(character)
}

/// Whether a character can close what a mark opened: any of its kind, and JSON's own.
const fn closes(open: char, character: char) -> bool {
    character == '"'
        || (is_single(open) && is_single(character))
        || (!is_single(open) && is_double(character))
}
