//! The document: a scenario as it is saved. Calls are kept, events are computed again.

use crate::history::{Entry, Run};
use fargate_core::call::Call;
use fargate_core::text::{LineColumn, Node, Value};
use fargate_core::units::{Date, SimTime};
use fargate_core::wire;
use fargate_core::wire::{FromJson, MISSING, Misfits, Others, ReadError, Text};
use fargate_core::workload::{self, Workload};
use litemap::LiteMap;
use std::fmt;

/// The name of the format, the first thing in a document.
pub const FORMAT: &str = "fargate-playground/scenario";
/// The newest version of the format that this program reads and writes.
pub const VERSION: u32 = 1;
/// Bytes that a document may have.
pub(crate) const MAX_BYTES: usize = 8 * 1024 * 1024;

wire! {
    /// A scenario: what it fixes from its first moment, and its runs.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Scenario {
        /// Always [`FORMAT`].
        pub format: String = "format",
        /// The version of the format.
        pub version: u32 = "version",
        /// The title.
        pub title: String = "title",
        /// The seed of all that is drawn.
        pub seed: u64 = "seed",
        /// The date whose sizes, limits, prices and texts apply at first.
        pub as_of: Date = "asOf",
        /// What images do, by image; the catalogue knows the others.
        pub images: LiteMap<String, Workload> = "images" optional,
        /// How many calls of each run are the scenario's own: they cannot be undone, and a reset keeps them.
        pub given: usize = "given" or 0,
        /// The moment at which the scenario opens.
        pub opens_at: SimTime = "opensAt" or SimTime(0),
        /// The runs, oldest first; the first is the one it began with.
        pub runs: Vec<Run> = "runs",
        /// Which run is shown.
        pub current: usize = "current" or 0,
    }
}

impl Scenario {
    /// A scenario with these calls of its own, and one run.
    pub fn new(
        title: &str,
        seed: u64,
        as_of: Date,
        opens_at: SimTime,
        calls: Vec<(SimTime, Call)>,
    ) -> Self {
        let entries: Vec<Entry> = calls
            .into_iter()
            .map(|(at, call)| Entry::call(at, call))
            .collect();
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            title: title.to_owned(),
            seed,
            as_of,
            images: LiteMap::new(),
            given: entries.len(),
            opens_at,
            runs: vec![Run {
                from: None,
                entries,
                end: opens_at,
            }],
            current: 0,
        }
    }

    /// Reads a document.
    pub fn parse(text: &str) -> Result<Self, OpenError> {
        if text.len() > MAX_BYTES {
            return Err(OpenError::TooLarge(text.len()));
        }
        let text = Text::new(text)?;
        let head: Head = text.to()?;
        if head.format != FORMAT {
            return Err(OpenError::OtherFormat(
                head.format.chars().take(80).collect(),
            ));
        }
        if head.version > VERSION {
            return Err(OpenError::Newer(head.version));
        }
        let scenario: Self = text.to()?;
        scenario.check()?;
        Ok(scenario)
    }

    /// The document as text.
    pub fn print(&self) -> String {
        wire::print(self)
    }

    fn check(&self) -> Result<(), OpenError> {
        let inconsistent = |what: &str| {
            Err(OpenError::Broken {
                line: 0,
                column: 0,
                what: what.to_owned(),
            })
        };
        if self.runs.get(self.current).is_none() {
            return inconsistent("the current run does not exist");
        }
        for (image, does) in &self.images {
            if !workload::read(&workload::said(does)).1.is_empty() {
                return inconsistent(&format!("what is said of image {image} is out of bounds"));
            }
        }
        for run in &self.runs {
            if run.entries.len() < self.given {
                return inconsistent("a run lacks calls of the scenario");
            }
            if !run.entries.is_sorted_by_key(|entry| entry.at) {
                return inconsistent("the calls of a run are not in the order of their times");
            }
            if run.entries.last().is_some_and(|entry| entry.at > run.end) {
                return inconsistent("a run ends before its last call");
            }
            if !run.gestures_are_sound() {
                return inconsistent(
                    "an entry goes on with a gesture that no call before it began",
                );
            }
            if !run.undo_is_sound() {
                return inconsistent("an undo or redo names no call that it could undo or redo");
            }
        }
        Ok(())
    }
}

/// What every version of the format has, whatever else it holds.
struct Head {
    format: String,
    version: u32,
}

impl FromJson for Head {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        let slots = &[("format", false), ("version", false)];
        // what is no object has no format either
        let is_object = matches!(node.value, Value::Object(_));
        let node = if is_object { node } else { &MISSING };
        let members = misfits.members(node, slots, Others::Ignored);
        Self {
            format: String::read(members.get("format"), misfits),
            version: u32::read(members.get("version"), misfits),
        }
    }
}

/// Why a document cannot be opened. It is never changed or overwritten for that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// It is larger than [`MAX_BYTES`]; its size in bytes.
    TooLarge(usize),
    /// It is of another format; its name.
    OtherFormat(String),
    /// It comes from a newer version of the program; the version of its format.
    Newer(u32),
    /// It is damaged.
    Broken {
        /// The line, from 1; 0 where the text is sound and its content is not.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        what: String,
    },
}

impl From<ReadError> for OpenError {
    fn from(error: ReadError) -> Self {
        let LineColumn { line, column } = error.place;
        let what = error.what;
        Self::Broken { line, column, what }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(bytes) => {
                write!(
                    f,
                    "The scenario has {bytes} bytes; at most {MAX_BYTES} can be opened."
                )
            }
            Self::OtherFormat(name) if name.is_empty() => {
                write!(
                    f,
                    "This is no scenario: it does not begin with \"format\": \"{FORMAT}\"."
                )
            }
            Self::OtherFormat(name) => write!(f, "This is no scenario but '{name}'."),
            Self::Newer(version) => write!(
                f,
                "This scenario is from a newer version of the playground (format {version}; this page reads up to {VERSION}). Reload the page to get the newest version."
            ),
            Self::Broken { line: 0, what, .. } => write!(f, "The scenario is damaged: {what}."),
            Self::Broken { line, column, what } => {
                write!(
                    f,
                    "The scenario is damaged at line {line}, column {column}: {what}."
                )
            }
        }
    }
}

impl std::error::Error for OpenError {}
