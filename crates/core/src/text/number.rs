//! Numbers and bare words: what stands in a value's place without quotation marks.

use super::notes::wrong;
use super::read::Reader;
use super::{Node, Span, Value, quote};
use crate::finding::Edit;

/// How far the end of a placeholder such as `${NAME}` is looked for, in bytes.
const LONGEST_PLACEHOLDER: usize = 120;

impl Reader<'_> {
    /// Reads a number, `true`, `false`, `null`, or a word that was meant as one of them or as a string.
    pub(super) fn bare_value(&mut self) -> Node {
        let start = self.at;
        self.skip_word();
        let span = Span::new(start, self.at);
        let word = &self.text[start..self.at];
        let node = |value| Node { span, value };
        match word {
            "true" => return node(Value::Bool(true)),
            "false" => return node(Value::Bool(false)),
            "null" => return node(Value::Null),
            number if is_number(number) => return node(Value::Number(number.into())),
            _ => {}
        }
        let instead = |text: &str| vec![Edit::replace(span, text)];
        match word {
            "NaN" | "-NaN" | "Infinity" | "-Infinity" | "+Infinity" | "inf" | "nan" => {
                self.notes.add(
                    wrong("json-number", span, format!("JSON has no number {word}"))
                        .help("Write a whole number."),
                );
                return node(Value::Missing);
            }
            "True" | "TRUE" | "yes" | "Yes" => {
                self.word(word, "true", span);
                return node(Value::Bool(true));
            }
            "False" | "FALSE" | "no" | "No" => {
                self.word(word, "false", span);
                return node(Value::Bool(false));
            }
            "None" | "Null" | "NULL" | "nil" | "undefined" => {
                self.word(word, "null", span);
                return node(Value::Null);
            }
            _ => {}
        }
        if let Some(number) = repaired_number(word) {
            self.notes.add(
                wrong(
                    "json-number",
                    span,
                    format!("JSON does not write a number as {word}"),
                )
                .fix(format!("Use {number}"), instead(&number)),
            );
            return node(Value::Number(number.into()));
        }
        let quoted = quote(word);
        self.notes.add(
            wrong(
                "json-quotes-missing",
                span,
                format!("{} stands without quotation marks", clip(word)),
            )
            .fix(format!("Use {}", clip(&quoted)), instead(&quoted)),
        );
        node(Value::String(word.into()))
    }

    fn word(&mut self, word: &str, meant: &str, span: Span) {
        self.notes.add(
            wrong(
                "json-word",
                span,
                format!("JSON does not know {word}; it writes {meant}"),
            )
            .fix(format!("Use {meant}"), vec![Edit::replace(span, meant)]),
        );
    }

    /// Passes a word: to the next blank or mark of JSON, but a placeholder such as `${NAME}` in one piece.
    pub(super) fn skip_word(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'$' if self.byte(1) == Some(b'{') => self.skip_placeholder(b'}'),
                b'<' => self.skip_placeholder(b'>'),
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => self.at += 1,
                b'_' | b'-' | b'+' | b'.' | b'$' | b'@' | b'%' | b'*' | b'/' | b'>' | b'&' => {
                    self.at += 1;
                }
                // a colon inside a word, as in an image or ARN, but not after a name
                b':' if self
                    .byte(1)
                    .is_some_and(|next| next.is_ascii_alphanumeric() || next == b':')
                    && !self.names =>
                {
                    self.at += 1;
                }
                _ => return,
            }
        }
    }

    fn skip_placeholder(&mut self, end: u8) {
        let rest = self.rest().as_bytes();
        let window = &rest[..rest.len().min(LONGEST_PLACEHOLDER)];
        let found = window.iter().position(|&byte| byte == end || byte == b'\n');
        self.at += match found {
            Some(at) if window[at] == end => at + 1,
            // a run of the mark is passed at once, not looked through from each
            _ => rest.iter().take_while(|&&byte| byte == rest[0]).count(),
        };
    }
}

/// Whether a text has the form of JSON's numbers.
pub(super) fn is_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |mut at: usize| {
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        (at > start).then_some(at)
    };
    let start = usize::from(bytes.first() == Some(&b'-'));
    let Some(mut at) = digits(start) else {
        return false;
    };
    if bytes[start] == b'0' && at > start + 1 {
        return false;
    }
    if bytes.get(at) == Some(&b'.') {
        let Some(end) = digits(at + 1) else {
            return false;
        };
        at = end;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let Some(end) = digits(at + 1 + sign) else {
            return false;
        };
        at = end;
    }
    at == bytes.len()
}

/// The JSON number that a near miss means: hexadecimal, a plus sign, needless zeros, a bare point, underscores.
fn repaired_number(word: &str) -> Option<String> {
    let (sign, body) = match word.strip_prefix('-') {
        Some(body) => ("-", body),
        None => ("", word.strip_prefix('+').unwrap_or(word)),
    };
    if !body.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    if let Some(hex) = body.strip_prefix("0x").or_else(|| body.strip_prefix("0X")) {
        let value = u64::from_str_radix(hex, 16).ok()?;
        return Some(format!("{sign}{value}"));
    }
    let body = body.replace('_', "");
    let body = match body.find(|digit| digit != '0') {
        Some(first) if body.as_bytes()[first].is_ascii_digit() => body[first..].to_owned(),
        Some(first) if body.as_bytes()[first] == b'.' => format!("0{}", &body[first..]),
        _ => "0".to_owned(),
    };
    let body = body.strip_suffix('.').map_or(body.clone(), str::to_owned);
    let number = format!("{sign}{body}");
    (is_number(&number) && word.bytes().any(|byte| byte.is_ascii_digit())).then_some(number)
}

/// A text short enough for a sentence.
pub(crate) fn clip(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
