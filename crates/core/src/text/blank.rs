//! What stands between the parts of a JSON text: blanks, and what people put there that JSON does not know.

use super::Span;
use super::notes::wrong;
use super::read::Reader;
use crate::finding::Edit;

impl Reader<'_> {
    /// Passes blanks, comments, foreign spaces and control characters, and notes all but the first.
    pub(super) fn skip_blanks(&mut self) {
        if self.at != self.after_blanks {
            self.before_blanks = self.at;
        }
        if self.notes.exhausted() {
            self.lost = true;
            self.at = self.text.len();
        }
        self.pass_blanks();
        self.after_blanks = self.at;
    }

    fn pass_blanks(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                Some(b'/') if matches!(self.byte(1), Some(b'/' | b'*')) => self.skip_comment(),
                Some(b'#') => self.skip_comment(),
                Some(byte) if byte < b' ' || byte == 0x7f => self.skip_foreign(),
                Some(byte) if byte >= 0x80 && self.character().is_some_and(foreign) => {
                    self.skip_foreign();
                }
                _ => return,
            }
        }
    }

    fn skip_comment(&mut self) {
        let start = self.at;
        let rest = self.rest();
        let length = if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else {
            rest.find('\n').unwrap_or(rest.len())
        };
        self.at += length;
        let span = Span::new(start, self.at);
        self.notes.add(
            wrong("json-comment", span, "JSON has no comments")
                .help("AWS's clients stop reading here.")
                .fix("Remove the comment", vec![Edit::remove(span)]),
        );
    }

    fn skip_foreign(&mut self) {
        let start = self.at;
        let mut visible = false;
        let mut control = None;
        while let Some(character) = self.character() {
            let strange = character.is_control() && !matches!(character, '\t' | '\n' | '\r');
            if !foreign(character) && !strange {
                break;
            }
            visible |= character.is_whitespace();
            if strange {
                control = Some(character);
            }
            self.at += character.len_utf8();
        }
        let span = Span::new(start, self.at);
        let (code, message) = match control {
            Some(character) => (
                "json-control",
                format!(
                    "A control character (U+{:04X}) stands here",
                    character as u32
                ),
            ),
            None if start == 0 && self.text.starts_with('\u{feff}') => (
                "json-byte-order-mark",
                "The text begins with a byte order mark".to_owned(),
            ),
            None => (
                "json-space",
                "A space from a word processor or web page stands here, which JSON does not know"
                    .to_owned(),
            ),
        };
        let (title, replacement) = if visible {
            ("Use a plain space", " ")
        } else {
            ("Remove it", "")
        };
        self.notes
            .add(wrong(code, span, message).fix(title, vec![Edit::replace(span, replacement)]));
    }
}

/// Whether a character looks like a blank, or like nothing, but is none of JSON's four.
pub(super) fn foreign(character: char) -> bool {
    match character {
        ' ' | '\t' | '\n' | '\r' => false,
        // soft hyphen, zero-width characters and marks of direction, word joiner, byte order mark
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => true,
        other => other.is_whitespace(),
    }
}
