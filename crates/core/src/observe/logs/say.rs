//! The words of a line: what an image says, with what is filled in.

use super::{Logs, MAX_EVENT_BYTES, Piece};
use crate::engine::chance;
use crate::event::{Event, Fact};
use crate::observe::account::Account;
use crate::observe::clock::Clock;
use crate::workload::LogLine;

impl Logs<'_> {
    /// The bytes of each row of a text.
    pub(super) fn rows(&self, stream: usize, event: usize, says: Option<usize>) -> Vec<usize> {
        let pad = self.pad(stream, says);
        let text = self.text(stream, event, says);
        let mut rows: Vec<usize> = text
            .split('\n')
            .map(|row| row.trim_end_matches('\r').len())
            .collect();
        if let Some(last) = rows.last_mut() {
            *last = (*last).max(pad);
        }
        rows
    }

    /// A piece of a line, of which at most so many bytes are wanted, and how many it has.
    pub(super) fn piece(&self, stream: usize, piece: &Piece, most: usize) -> (String, usize) {
        let text = self.text(stream, piece.event, piece.says);
        let mut rows = text.split('\n');
        let row = rows
            .nth(piece.row)
            .unwrap_or_default()
            .trim_end_matches('\r');
        let last = rows.next().is_none();
        let whole = if last {
            row.len().max(self.pad(stream, piece.says))
        } else {
            row.len()
        };
        let bytes = whole.saturating_sub(piece.from).min(MAX_EVENT_BYTES);
        let begins = floor(row, piece.from);
        let wanted = bytes.min(most);
        let mut shown = row[begins..floor(row, begins + wanted)].to_owned();
        // what fills a long line up
        while shown.len() < wanted && begins + shown.len() >= row.len() {
            shown.push('.');
        }
        (shown, bytes)
    }

    fn line(&self, stream: usize, says: Option<usize>) -> Option<&LogLine> {
        self.streams[stream].workload.logs.get(says?)
    }

    fn pad(&self, stream: usize, says: Option<usize>) -> usize {
        self.line(stream, says)
            .and_then(|it| it.pad_to)
            .map_or(0, |it| it as usize)
    }

    fn text(&self, stream: usize, event: usize, says: Option<usize>) -> String {
        let Some(event) = self.events.get(event) else {
            return String::new();
        };
        match (self.line(stream, says), &event.fact) {
            (Some(line), _) => fill(&self.account, &line.line, event),
            (None, Fact::Logged { line, .. }) => fill(&self.account, line, event),
            (None, _) => String::new(),
        }
    }
}

/// A text with what stands in braces replaced; what is not known stays as it is.
pub(super) fn fill(account: &Account<'_>, text: &str, event: &Event) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find('}');
        let value = end.and_then(|end| value(account, &rest[1..end], event));
        if let (Some(end), Some(value)) = (end, value) {
            out.push_str(&value);
            rest = &rest[end + 1..];
        } else {
            out.push('{');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

fn value(account: &Account<'_>, name: &str, event: &Event) -> Option<String> {
    let clock = || Clock::at(account.began, event.at);
    let subject = || event.id.0.to_string();
    let between = |low, high| chance::between(account.seed, name, &subject(), low, high);
    Some(match (name, &event.fact) {
        ("time", _) => clock().iso(),
        ("clf", _) => clock().common_log(),
        ("ms", _) => between(2, 48).to_string(),
        ("id", _) => format!("{:08x}", between(0, u64::from(u32::MAX))),
        ("client", Fact::Request { trace, .. }) => trace.from.to_string(),
        ("client", _) => "127.0.0.1".to_owned(),
        ("port", Fact::Request { trace, .. }) => trace.port.to_string(),
        ("to", Fact::Called { to, port, .. }) => format!("{to}:{port}"),
        ("to", _) => "localhost".to_owned(),
        ("code", Fact::ContainerExited { code, .. }) => code.to_string(),
        ("task", fact) => fact.task()?.to_string(),
        _ => return None,
    })
}

/// The last character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
