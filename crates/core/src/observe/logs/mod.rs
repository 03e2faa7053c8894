//! Lines: what containers wrote, and where it went. They follow from the events of a run and are computed when they are read.
//!
//! Source: 'Send Amazon ECS logs to CloudWatch' (streams), Docker's awslogs driver (what is one event), 'CloudWatch Logs quotas'
//! (how large an event is).

mod collect;
mod intake;
mod leads;
mod multiline;
mod say;

pub(crate) use intake::taken_in;

use super::account::Account;
use super::awslogs::{LogDriver, LogOptions};
use super::clock::Clock;
use super::log_group::LogGroup;
use crate::event::{Event, EventId};
use crate::iam::Decision;
use crate::ids::TaskId;
use crate::units::SimTime;
use crate::workload::Workload;
use std::sync::Arc;

/// Bytes of one event at most: 256 KiB without the 26 that CloudWatch Logs counts beside the text. A longer line is cut into several.
/// Source: `maximumBytesPerEvent` of the awslogs driver.
pub const MAX_EVENT_BYTES: usize = 262_144 - 26;
/// Lines that are kept while reading; beyond them the oldest are forgotten.
const MOST_LINES: usize = 400_000;

/// Where the lines of one container of a task go.
#[derive(Clone, Debug)]
pub struct Stream {
    /// The task.
    pub task: TaskId,
    /// The container.
    pub container: Arc<str>,
    /// `scorekeep:1`.
    pub revision: Arc<str>,
    /// Its `logConfiguration`.
    pub options: LogOptions,
    /// The stream's name: `prefix/container/task-id`.
    pub name: String,
    /// The group; `None` where it was deleted, or where lines do not go to CloudWatch Logs.
    pub group: Option<LogGroup>,
    /// How many lines it wrote, wherever they went.
    pub written: usize,
    /// What refuses its lines now: the execution role lacks `logs:PutLogEvents`. `None` where nothing does.
    pub refusal: Option<Arc<Decision>>,
    /// How many of its lines were refused, which nobody can read any more.
    pub refused: usize,
    /// From when on its lines are taken, or not, in order of time; taken where nothing is said.
    taken: Vec<(SimTime, bool)>,
    workload: Arc<Workload>,
}

impl Stream {
    /// Whether its lines can be read in CloudWatch Logs.
    pub fn is_kept(&self) -> bool {
        self.options.driver == LogDriver::Awslogs && self.group.is_some() && self.refusal.is_none()
    }

    /// Whether CloudWatch Logs takes a line of that moment from it.
    fn is_taken(&self, at: SimTime) -> bool {
        let mut before = self.taken.iter().rev().filter(|it| it.0 <= at);
        before.next().is_none_or(|it| it.1)
    }
}

/// A line in a stream: what CloudWatch Logs calls an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When it was written.
    pub at: SimTime,
    /// The event that it follows from.
    pub event: EventId,
    /// Its stream, by its place among [`Logs::streams`].
    pub stream: usize,
    /// Which of the lines that follow from the event it is.
    pub part: u32,
    pieces: Vec<Piece>,
}

/// A piece of a line: usually the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// The event, by its place.
    event: usize,
    /// The line among those of the image; `None` where the event says the text itself.
    says: Option<usize>,
    /// Which line of a text with line breaks.
    row: usize,
    /// From which byte on, where a line is longer than one event.
    from: usize,
}

/// A text, cut where it is longer than wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The text, or its beginning.
    pub text: String,
    /// How many bytes the whole has.
    pub bytes: usize,
}

/// The lines of a run up to a moment, the oldest first.
#[derive(Debug)]
pub struct Logs<'a> {
    account: Account<'a>,
    events: &'a [Event],
    /// Where lines go, in the order in which tasks began.
    pub streams: Vec<Stream>,
    /// The lines that can be read.
    pub lines: Vec<Line>,
}

impl<'a> Logs<'a> {
    /// Reads the lines of a run's events.
    pub fn read(account: Account<'a>, events: &'a [Event]) -> Self {
        let mut logs = Self {
            account,
            events,
            streams: Vec::new(),
            lines: Vec::new(),
        };
        collect::collect(&mut logs);
        logs
    }

    /// The text of a line, of which at most so many bytes are wanted.
    pub fn words(&self, line: &Line, most: usize) -> Words {
        let mut words = Words {
            text: String::new(),
            bytes: 0,
        };
        for (place, piece) in line.pieces.iter().enumerate() {
            if place > 0 {
                words.bytes += 1;
                if words.text.len() < most {
                    words.text.push('\n');
                }
            }
            let room = most.saturating_sub(words.text.len());
            let (text, bytes) = self.piece(line.stream, piece, room);
            words.text.push_str(&text);
            words.bytes += bytes;
        }
        if words.bytes > MAX_EVENT_BYTES {
            words.bytes = MAX_EVENT_BYTES;
        }
        words
    }

    /// When a line was written, on the clock.
    pub fn clock(&self, line: &Line) -> Clock {
        Clock::at(self.account.began, line.at)
    }
}
