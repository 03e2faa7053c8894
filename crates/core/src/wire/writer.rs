//! The writer: JSON without blanks, in the order in which it is asked to write.

use super::ToJson;
use crate::text::{Json, quote_into};
use std::fmt::{self, Write as _};

/// A JSON text that grows.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    out: String,
}

impl Writer {
    /// Begins an object or a list with `{` or `[`.
    pub fn open(&mut self, mark: char) {
        self.out.push(mark);
    }

    /// Ends an object or a list with `}` or `]`.
    pub fn close(&mut self, mark: char) {
        self.out.push(mark);
    }

    /// Begins an item of a list: its value follows.
    pub fn item(&mut self) {
        // a string ends with its mark, so that a bracket at the end has just been opened
        if !matches!(self.out.as_bytes().last(), Some(b'{' | b'[')) {
            self.out.push(',');
        }
    }

    /// Begins a member: its value follows.
    pub fn name(&mut self, name: &str) {
        self.item();
        quote_into(name, &mut self.out);
        self.out.push(':');
    }

    /// Writes a member.
    pub fn member(&mut self, name: &str, value: &dyn ToJson) {
        self.name(name);
        value.write(self);
    }

    /// Writes a member, unless its value is left out.
    pub fn optional(&mut self, name: &str, value: &dyn ToJson) {
        if !value.is_left_out() {
            self.member(name, value);
        }
    }

    /// Writes a string.
    pub fn text(&mut self, text: &str) {
        quote_into(text, &mut self.out);
    }

    /// Writes a whole number.
    pub fn number(&mut self, number: &dyn fmt::Display) {
        // writing to a string cannot fail
        let _ = write!(self.out, "{number}");
    }

    /// Writes `true`, `false` or `null`.
    pub fn word(&mut self, word: &str) {
        self.out.push_str(word);
    }

    /// Writes a value as it is.
    pub fn json(&mut self, json: &Json) {
        self.out.push_str(json.as_str());
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }
}
