//! How a thing's accessible name is asked for.

use std::fmt;

/// A name, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// Whatever the name is.
    Any,
    /// Exactly this.
    Is(String),
    /// Begins with this.
    Starts(String),
    /// Has this in it.
    Contains(String),
    /// Ends with this.
    Ends(String),
}

/// Names that begin with a text.
pub fn starting(text: &str) -> Name {
    Name::Starts(text.to_owned())
}

/// Names that have a text in them.
pub fn containing(text: &str) -> Name {
    Name::Contains(text.to_owned())
}

/// Names that end with a text.
pub fn ending(text: &str) -> Name {
    Name::Ends(text.to_owned())
}

impl Name {
    /// Whether a thing of this name is meant.
    pub fn fits(&self, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Is(text) => name == text,
            Self::Starts(text) => name.starts_with(text),
            Self::Contains(text) => name.contains(text),
            Self::Ends(text) => name.ends_with(text),
        }
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::Is(text.to_owned())
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Self::Is(text)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => write!(f, "of any name"),
            Self::Is(text) => write!(f, "'{text}'"),
            Self::Starts(text) => write!(f, "'{text}…'"),
            Self::Contains(text) => write!(f, "'…{text}…'"),
            Self::Ends(text) => write!(f, "'…{text}'"),
        }
    }
}
