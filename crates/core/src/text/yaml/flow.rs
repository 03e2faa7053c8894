//! What stands between brackets and quotation marks, over as many lines as it likes.

use super::super::{Key, MAX_DEPTH, Member, Node, Span, Value};
use super::{Reader, plain};

impl Reader<'_> {
    /// Reads the value at a place, with where it ends.
    pub(super) fn flow(&mut self, at: usize, depth: usize) -> (Node, usize) {
        let at = self.blanks(at);
        match self.text.as_bytes().get(at) {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => {
                self.wrong(
                    "yaml-depth",
                    Span::at(at),
                    "What nests this deep is not read",
                );
                (Node::missing(at), self.text.len())
            }
            Some(b'{') => self.flow_mapping(at, depth),
            Some(b'[') => self.flow_list(at, depth),
            Some(b'"' | b'\'') => {
                let (text, end) = self.quoted(at);
                let value = Value::String(text.into());
                (
                    Node {
                        span: Span::new(at, end),
                        value,
                    },
                    end,
                )
            }
            Some(b'!') => {
                // what a tag makes of the value that follows is not known
                let rest = &self.text[at..];
                let tag = rest.find([' ', ',', ']', '}', '\n']).unwrap_or(rest.len());
                let (_, end) = if depth < MAX_DEPTH {
                    self.flow(at + tag, depth + 1)
                } else {
                    (Node::missing(at), self.text.len())
                };
                (
                    Node {
                        span: Span::new(at, end),
                        value: Value::Missing,
                    },
                    end,
                )
            }
            _ => {
                let end = self.plain_end(at);
                let written = self.text[at..end].trim_end();
                let value = if written.starts_with('*') {
                    Value::Missing
                } else {
                    plain(written)
                };
                (
                    Node {
                        span: Span::new(at, at + written.len()),
                        value,
                    },
                    end,
                )
            }
        }
    }

    /// Passes blanks, line breaks and comments.
    fn blanks(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => at += 1,
                Some(b'#') => at += self.text[at..].find('\n').unwrap_or(self.text.len() - at),
                _ => return at,
            }
        }
    }

    fn plain_end(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = at;
        while let Some(byte) = bytes.get(end) {
            let colon = *byte == b':'
                && matches!(
                    bytes.get(end + 1),
                    None | Some(b' ' | b'\n' | b'\r' | b',' | b'}' | b']')
                );
            if colon || b",]}\n".contains(byte) {
                break;
            }
            end += 1;
        }
        end
    }

    /// Passes a comma; whether the collection goes on.
    fn goes_on(&mut self, at: usize, close: u8, start: usize) -> (bool, usize) {
        let at = self.blanks(at);
        match self.text.as_bytes().get(at) {
            Some(b',') => (true, self.blanks(at + 1)),
            Some(byte) if *byte == close => (false, at + 1),
            _ => {
                let span = Span::new(start, start + 1);
                self.wrong(
                    "yaml-bracket",
                    span,
                    format!("This bracket is not closed by {}", char::from(close)),
                );
                let line = self.text[at..]
                    .find('\n')
                    .map_or(self.text.len(), |length| at + length);
                (false, line)
            }
        }
    }

    fn flow_list(&mut self, start: usize, depth: usize) -> (Node, usize) {
        let mut items = Vec::new();
        let mut at = self.blanks(start + 1);
        let end = loop {
            if self.text.as_bytes().get(at) == Some(&b']') {
                break at + 1;
            }
            let (item, after) = self.flow(at, depth + 1);
            items.push(item);
            let (more, next) = self.goes_on(after, b']', start);
            if !more {
                break next;
            }
            at = next;
        };
        (
            Node {
                span: Span::new(start, end),
                value: Value::Array(items),
            },
            end,
        )
    }

    fn flow_mapping(&mut self, start: usize, depth: usize) -> (Node, usize) {
        let mut members = Vec::new();
        let mut at = self.blanks(start + 1);
        let end = loop {
            if self.text.as_bytes().get(at) == Some(&b'}') {
                break at + 1;
            }
            let quoted = matches!(self.text.as_bytes().get(at), Some(b'"' | b'\''));
            let (name, after) = if quoted {
                self.quoted(at)
            } else {
                let end = self.plain_end(at);
                (self.text[at..end].trim_end().to_owned(), end)
            };
            let key = Key {
                span: Span::new(at, after),
                name: name.into(),
            };
            let colon = self.blanks(after);
            let (value, after) = if self.text.as_bytes().get(colon) == Some(&b':') {
                self.flow(colon + 1, depth + 1)
            } else {
                (
                    Node {
                        span: Span::at(after),
                        value: Value::Null,
                    },
                    after,
                )
            };
            members.push(Member {
                key,
                value,
                shadowed: false,
            });
            let (more, next) = self.goes_on(after, b'}', start);
            if !more {
                break next;
            }
            at = next;
        };
        super::super::read::shadow(&mut members);
        (
            Node {
                span: Span::new(start, end),
                value: Value::Object(members),
            },
            end,
        )
    }

    /// The text between quotation marks, with where it ends. Line breaks in it are blanks.
    fn quoted(&mut self, start: usize) -> (String, usize) {
        let quote = if self.text.as_bytes()[start] == b'"' {
            '"'
        } else {
            '\''
        };
        let mut out = String::new();
        let mut rest = self.text[start + 1..].char_indices().peekable();
        while let Some((offset, character)) = rest.next() {
            match character {
                '\'' if quote == '\'' && rest.peek().is_some_and(|(_, next)| *next == '\'') => {
                    rest.next();
                    out.push('\'');
                }
                '\\' if quote == '"' => {
                    let escaped = rest.next().map(|(_, escaped)| escaped);
                    out.push(match escaped {
                        Some('n') => '\n',
                        Some('t') => '\t',
                        Some('r') => '\r',
                        Some(other) => other,
                        None => '\\',
                    });
                }
                '\n' => {
                    out.truncate(out.trim_end().len());
                    out.push(' ');
                    while rest
                        .next_if(|(_, next)| matches!(next, ' ' | '\t'))
                        .is_some()
                    {}
                }
                end if end == quote => return (out, start + 1 + offset + 1),
                other => out.push(other),
            }
        }
        self.wrong(
            "yaml-string-open",
            Span::new(start, start + 1),
            "This quotation mark is never closed",
        );
        (out, self.text.len())
    }
}
