//! What is saved and sent as JSON: how calls and documents are written as text and read back from a tree.
//!
//! A type says once, in [`wire!`](macro@crate::wire), how each of its members is called in JSON. Reading goes on after a
//! misfit with a value that is thrown away, so that the code of a type is a straight list of its members; only the
//! first misfit is told, with its place, what stands there and what belongs there.

mod misfits;
mod table;
mod values;
mod writer;

pub use misfits::{MISSING, Members, Misfit, Misfits, Others, Slot};
pub use writer::Writer;

use crate::finding::Severity;
use crate::text::{Document, LineColumn, LineIndex, Node, Span, read_within};
use std::fmt;

/// What can be written as JSON.
pub trait ToJson {
    /// Appends the value.
    fn write(&self, out: &mut Writer);

    /// Whether an optional member is left out for having this value: nothing, an empty list, an empty map.
    fn is_left_out(&self) -> bool {
        false
    }
}

/// What can be read from a tree of JSON.
pub trait FromJson: Sized {
    /// Reads the value. Where another stands, this is noted, and what is given means nothing; so it is, without a note,
    /// for [`Value::Missing`](crate::text::Value::Missing), of which the object that lacks it has told.
    fn read(node: &Node, misfits: &mut Misfits) -> Self;
}

/// A value as JSON without blanks.
pub fn print(value: &dyn ToJson) -> String {
    let mut out = Writer::default();
    value.write(&mut out);
    out.finish()
}

/// Why a text cannot be read as what it should be, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Where.
    pub place: LineColumn,
    /// What is wrong and what cures it, without a full stop.
    pub what: String,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LineColumn { line, column } = self.place;
        write!(f, "line {line}, column {column}: {}", self.what)
    }
}

impl std::error::Error for ReadError {}

/// How deep a text may nest: a definition of the greatest depth within a document.
const MOST_DEPTH: usize = 128;

/// A text that is JSON, with its tree.
#[derive(Clone, Debug)]
pub struct Text<'t> {
    text: &'t str,
    root: Node,
}

impl<'t> Text<'t> {
    /// Reads a text that is JSON in every respect; what a person may forget in an editor is not forgiven here.
    pub fn new(text: &'t str) -> Result<Self, ReadError> {
        let Document { root, findings } = read_within(text, usize::MAX, MOST_DEPTH);
        let this = Self { text, root };
        // that a member is repeated is a warning, and each type's own matter
        let mut findings = findings.into_iter();
        match findings.find(|finding| finding.severity == Severity::Error) {
            None => Ok(this),
            Some(finding) => Err(this.error(finding.span, finding.message)),
        }
    }

    /// What the text holds, as a value of a type.
    pub fn to<T: FromJson>(&self) -> Result<T, ReadError> {
        let mut misfits = Misfits::default();
        let value = T::read(&self.root, &mut misfits);
        match misfits.first() {
            None => Ok(value),
            Some(misfit) => Err(self.error(misfit.span, misfit.say(&self.root))),
        }
    }

    fn error(&self, span: Span, what: String) -> ReadError {
        let place = LineIndex::new(self.text).line_column(self.text, span.start);
        ReadError { place, what }
    }
}

/// Reads a text as a value of a type.
pub fn parse<T: FromJson>(text: &str) -> Result<T, ReadError> {
    Text::new(text)?.to()
}
