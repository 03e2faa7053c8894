//! JSON with places: a tolerant tree of what a person typed, with a span for every part.

/// A stretch of a text, in bytes; always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}
