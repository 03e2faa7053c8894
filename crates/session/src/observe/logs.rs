//! Logs: streams, and their lines as they are asked for.

use crate::session::Session;
use crate::words::number;
use fargate_core::iam::Decision;
use fargate_core::ids::TaskId;
use fargate_core::observe::logs::{Line, Logs, Stream};
use fargate_core::observe::{BadFilter, Filter, LogDriver};
use fargate_core::units::{Date, SimTime};
use std::sync::Arc;

/// Bytes of a line that are shown; the rest is counted.
const SHOWN_BYTES: usize = 2_000;

/// Which lines are wanted; what is left empty does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// The group.
    pub group: String,
    /// The stream, or how its name begins.
    pub stream: String,
    /// The task.
    pub task: Option<TaskId>,
    /// The container.
    pub container: String,
    /// A filter pattern of CloudWatch Logs.
    pub filter: String,
    /// How many lines at most, the newest.
    pub most: usize,
}

/// The newest lines that are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogPage {
    /// The lines, the oldest first.
    pub lines: Vec<LogCard>,
    /// Whether older lines were left out.
    pub older: bool,
    /// What is wrong with the filter pattern: no line is shown then.
    pub bad: Option<BadFilter>,
    /// All streams, whatever is wanted.
    pub streams: Vec<StreamCard>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogCard {
    /// When it was written.
    pub at: SimTime,
    /// The same on the clock: `2026-06-01T10:00:40.123Z`.
    pub time: String,
    /// The event that it follows from, by its number.
    pub event: u64,
    /// Which of that event's lines it is.
    pub part: u32,
    /// The task.
    pub task: TaskId,
    /// The container.
    pub container: Arc<str>,
    /// The group.
    pub group: String,
    /// The stream.
    pub stream: String,
    /// The text, or its beginning.
    pub text: String,
    /// Bytes that the text has beyond what is shown.
    pub cut: usize,
}

/// A stream: where the lines of a container go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamCard {
    /// The task.
    pub task: TaskId,
    /// `scorekeep:1`.
    pub revision: Arc<str>,
    /// The container.
    pub container: Arc<str>,
    /// The group; empty where lines do not go to CloudWatch Logs.
    pub group: String,
    /// The stream's name.
    pub name: String,
    /// How many lines it wrote.
    pub written: usize,
    /// Whether its lines can be read.
    pub kept: bool,
    /// Where its lines go, and what happens where they cannot, in a sentence.
    pub words: String,
}

impl Session {
    /// The newest lines that are wanted, up to the moment shown.
    pub fn logs(&self, query: &LogQuery) -> LogPage {
        let world = self.world();
        let logs = Logs::read(world.account(), self.events());
        let mut page = LogPage {
            streams: logs
                .streams
                .iter()
                .map(|it| stream(it, world.as_of()))
                .collect(),
            ..LogPage::default()
        };
        let filter = match Filter::read(&query.filter) {
            Ok(filter) => filter,
            Err(bad) => {
                page.bad = Some(bad);
                return page;
            }
        };
        let wanted: Vec<bool> = logs.streams.iter().map(|it| wants(query, it)).collect();
        for line in logs.lines.iter().rev().filter(|it| wanted[it.stream]) {
            if !filter.is_all() && !filter.wants(&logs.words(line, usize::MAX).text) {
                continue;
            }
            if page.lines.len() == query.most {
                page.older = true;
                break;
            }
            page.lines.push(card(&logs, line));
        }
        page.lines.reverse();
        page
    }
}

fn wants(query: &LogQuery, stream: &Stream) -> bool {
    let is = |wanted: &str, found: &str| wanted.is_empty() || wanted == found;
    is(
        &query.group,
        stream.options.group.as_deref().unwrap_or_default(),
    ) && stream.name.starts_with(&query.stream)
        && is(&query.container, &stream.container)
        && query.task.as_ref().is_none_or(|task| *task == stream.task)
}

fn card(logs: &Logs<'_>, line: &Line) -> LogCard {
    let stream = &logs.streams[line.stream];
    let words = logs.words(line, SHOWN_BYTES);
    LogCard {
        at: line.at,
        time: logs.clock(line).iso(),
        event: line.event.0,
        part: line.part,
        task: stream.task.clone(),
        container: stream.container.clone(),
        group: stream.options.group.clone().unwrap_or_default(),
        stream: stream.name.clone(),
        cut: words.bytes.saturating_sub(words.text.len()),
        text: words.text,
    }
}

fn stream(it: &Stream, as_of: Date) -> StreamCard {
    StreamCard {
        task: it.task.clone(),
        revision: it.revision.clone(),
        container: it.container.clone(),
        group: it.options.group.clone().unwrap_or_default(),
        name: it.name.clone(),
        written: it.written,
        kept: it.is_kept(),
        words: words(it, as_of),
    }
}

fn words(it: &Stream, as_of: Date) -> String {
    let options = &it.options;
    let full = if options.blocks(as_of) {
        "The container waits while they cannot be sent (mode blocking).".to_owned()
    } else {
        let buffer = options.buffer(as_of);
        format!(
            "While they cannot be sent, {buffer} of them are kept and the rest is lost (mode non-blocking)."
        )
    };
    match &options.driver {
        LogDriver::None => "It has no logConfiguration: on Fargate nobody can read its lines. Give it the awslogs driver and register it again.".to_owned(),
        LogDriver::Other(driver) if driver == "none" => "The driver none drops its lines.".to_owned(),
        LogDriver::Other(driver) if driver == "json-file" => "The driver json-file keeps its lines on the machine; on Fargate nobody gets there.".to_owned(),
        LogDriver::Other(driver) => {
            let to = options.sink.as_deref().map(|to| format!(" to {to}"));
            format!("The driver {driver} sends its lines elsewhere{}. {full}", to.unwrap_or_default())
        }
        LogDriver::Awslogs => {
            let group = options.group.as_deref().unwrap_or_default();
            if let Some(refusal) = &it.refusal {
                return refused(it, refusal, as_of);
            }
            match &it.group {
                None => format!("Its group {group} was deleted: lines are lost."),
                Some(found) => {
                    let kept = match found.retention_days {
                        Some(1) => "for 1 day".to_owned(),
                        Some(days) => format!("for {days} days"),
                        None => "for ever".to_owned(),
                    };
                    format!("{group} keeps its lines {kept}. {full}")
                }
            }
        }
    }
}

/// That CloudWatch Logs refuses what a stream is sent: ECS says nothing of it, the task goes on, and the stream stays as it is.
fn refused(it: &Stream, refusal: &Decision, as_of: Date) -> String {
    let kept = it.written - it.refused;
    let left = if kept == 0 {
        "so its stream is there and stays empty".to_owned()
    } else {
        format!("so its stream ends with {}", counted(kept, "line"))
    };
    format!(
        "CloudWatch Logs refuses its lines, {left}, and ECS says nothing of it: AccessDeniedException: {}. {} {} refused {} lost for good.",
        refusal.message(as_of),
        refusal.advice(),
        counted(it.refused, "line"),
        if it.refused == 1 { "is" } else { "are" },
    )
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{} {what}s", number(count as u64))
    }
}
