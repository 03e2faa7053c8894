//! JSON and YAML with places: a tolerant tree of what a person typed, with a span for every part.
//!
//! [`read`] never fails. Whatever is typed gives a tree and, where it is no JSON, findings with the edits that make it
//! so. A word processor's quotation marks, line breaks inside strings, comments and the like are read as they were meant.

mod blank;
pub mod edit;
mod json;
mod lines;
mod notes;
mod number;
mod print;
mod read;
mod string;
mod tree;
mod yaml;

pub use json::Json;
pub use lines::{LineColumn, LineIndex};
pub(crate) use number::clip;
pub(crate) use print::quote_into;
pub use print::{print, quote};
pub use read::{Document, MAX_BYTES, MAX_DEPTH, read, read_within};
pub use tree::{Key, Member, Node, Value};
pub use yaml::{is_yaml, read_yaml};

/// A stretch of a text, in bytes; always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The stretch from `start` to before `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The empty stretch at `at`: a place between two characters.
    pub const fn at(at: usize) -> Self {
        Self { start: at, end: at }
    }

    /// Whether the place lies in the stretch or touches one of its ends.
    pub const fn touches(self, at: usize) -> bool {
        self.start <= at && at <= self.end
    }
}
