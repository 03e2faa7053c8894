//! Which lines there are: from the events of a run, in their order.

use super::{Line, Logs, MAX_EVENT_BYTES, MOST_LINES, Piece, Stream};
use crate::event::{Cause, Fact};
use crate::iam::{Decision, Iam};
use crate::ids::TaskId;
use crate::observe::awslogs::{LogDriver, LogOptions};
use crate::observe::log_group::LogGroup;
use crate::observe::logs::multiline;
use crate::task;
use crate::units::{SimSpan, SimTime};
use crate::workload::{self, LogMoment};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Lines of one container that one request leads to at most.
const MOST_PER_REQUEST: u32 = 10;
/// How far a request is followed from container to container.
const MOST_CALLS: usize = 5;

/// The containers of a task: their streams, and which run.
struct Known {
    first: usize,
    runs: Vec<bool>,
}

/// Puts the streams and lines of its events into `logs`.
pub(super) fn collect(logs: &mut Logs<'_>) {
    let mut tasks: BTreeMap<TaskId, Known> = BTreeMap::new();
    for (place, event) in logs.events.iter().enumerate() {
        if let Fact::State {
            task, definition, ..
        } = &event.fact
            && !tasks.contains_key(task)
        {
            let known = begin(logs, task, definition, event.at);
            tasks.insert(task.clone(), known);
        }
        let answered = answered(logs, &event.fact);
        let task = answered.as_ref().or_else(|| event.fact.task());
        let Some(known) = task.and_then(|task| tasks.get_mut(task)) else {
            continue;
        };
        let mut writer = Writer { logs, event: place };
        writer.hear(&event.fact, known);
    }
}

/// The task that answered a request, which may have been sent to a load balancer; `None` where its interface is gone.
fn answered(logs: &Logs<'_>, fact: &Fact) -> Option<TaskId> {
    let Fact::Request { trace, .. } = fact else {
        return None;
    };
    let (interface, _) = trace.container()?;
    let interface = logs.account.network.interfaces.get(interface)?;
    interface.task().cloned()
}

/// The streams of a task that begins. Where its definition is not known any more, it has none.
fn begin(logs: &mut Logs<'_>, task: &TaskId, definition: &Arc<str>, at: SimTime) -> Known {
    let first = logs.streams.len();
    let account = logs.account;
    let Ok(revision) = account.revisions.find(definition) else {
        return Known {
            first,
            runs: Vec::new(),
        };
    };
    let there = account.tasks.get(task);
    for (place, (name, options)) in LogOptions::of(revision).into_iter().enumerate() {
        let container = there.and_then(|task| task.containers.get(place));
        let image = revision.definition.containers.get(place);
        let workload = match (container, image) {
            (Some(container), _) => container.workload.clone(),
            (None, Some(image)) => workload::of_image(&image.image, account.images),
            (None, None) => Arc::default(),
        };
        let group = options.group.as_deref().and_then(|name| {
            let named = account.observe.groups.named(name, account.there);
            // a task that may make its group finds it there again
            named.or_else(|| options.create_group.then(|| LogGroup::new(name, at)))
        });
        let stream = options.stream(&name, task.as_str());
        let role = there.map_or(&revision.definition, |task| &task.definition);
        let role = role.execution_role_arn.as_deref();
        let put = role.zip(options.group.as_deref());
        let put = put.map(|(role, group)| taken(account.iam, role, task, group, &stream));
        let (taken, refusal) = put.unwrap_or_default();
        logs.streams.push(Stream {
            task: task.clone(),
            name: stream,
            container: name.into(),
            revision: definition.clone(),
            options,
            group,
            written: 0,
            refusal,
            refused: 0,
            taken,
            workload,
        });
    }
    Known {
        first,
        runs: vec![false; logs.streams.len() - first],
    }
}

/// From when on CloudWatch Logs takes the lines of a stream, or not, as the execution role could and can send them; and what refuses
/// them now.
fn taken(
    iam: &Iam,
    role: &str,
    task: &TaskId,
    group: &str,
    stream: &str,
) -> (Vec<(SimTime, bool)>, Option<Arc<Decision>>) {
    let (mut from, mut found) = (SimTime::default(), Vec::new());
    let mut refusal = None;
    for (until, account) in iam.history() {
        let put = task::log_put(&account, role, task.as_str(), group, stream);
        let refused = put.filter(|it| !it.allowed());
        found.push((from, refused.is_none()));
        from = until.unwrap_or(from);
        refusal = refused;
    }
    (found, refusal.map(Arc::new))
}

/// Writes the lines of one event.
struct Writer<'w, 'a> {
    logs: &'w mut Logs<'a>,
    /// The event, by its place.
    event: usize,
}

impl Writer<'_, '_> {
    fn hear(&mut self, fact: &Fact, known: &mut Known) {
        let place = |name: &Arc<str>, logs: &Logs<'_>| {
            let mut own = logs.streams[known.first..].iter().take(known.runs.len());
            own.position(|it| it.container == *name)
        };
        let first = known.first;
        match fact {
            Fact::ContainerStarted { container, .. } => {
                if let Some(at) = place(container, self.logs) {
                    known.runs[at] = true;
                }
            }
            Fact::Logged {
                container, line, ..
            } => {
                if let Some(at) = place(container, self.logs) {
                    let mut all = self.logs.streams[first + at].workload.logs.iter();
                    let says = all.position(|it| it.on.is_none() && it.line == *line);
                    self.write(first + at, says);
                }
            }
            Fact::Called {
                container,
                reached: false,
                ..
            } => {
                if let Some(at) = place(container, self.logs) {
                    self.say(first + at, LogMoment::Error);
                }
            }
            Fact::Signalled {
                container,
                signal: "SIGTERM",
                ..
            } => {
                if let Some(at) = place(container, self.logs)
                    && self.logs.streams[first + at].workload.stop_ms.is_some()
                {
                    self.say(first + at, LogMoment::Stop);
                }
            }
            Fact::ContainerExited {
                container,
                code,
                reason,
                ..
            } => {
                let Some(at) = place(container, self.logs) else {
                    return;
                };
                known.runs[at] = false;
                match reason {
                    Some(reason) if reason.starts_with("OutOfMemory") => {
                        self.say(first + at, LogMoment::Oom);
                    }
                    None if *code != 137 => self.say(first + at, LogMoment::Exit),
                    _ => {}
                }
            }
            Fact::Request { trace, .. } if trace.delivered() => {
                if let Some((_, at)) = trace.container() {
                    if self.failed() {
                        // what answers with 500 says so instead
                        self.say(first + at, LogMoment::Error);
                        return;
                    }
                    self.request(first, &known.runs, at, 1, MOST_CALLS);
                }
            }
            _ => {}
        }
    }

    /// Whether AWS did not give a container what it asked for this request: it says so right after it.
    fn failed(&self) -> bool {
        let event = &self.logs.events[self.event];
        let mut after = self.logs.events[self.event + 1..]
            .iter()
            .take_while(|it| it.at == event.at);
        let cause = Cause::Event(event.id);
        after.any(|it| it.cause == cause && matches!(it.fact, Fact::Logged { .. }))
    }

    /// What a request leads to: a line of the container that it reaches, and of those that it calls.
    fn request(&mut self, first: usize, runs: &[bool], at: usize, times: u32, depth: usize) {
        if !runs.get(at).is_some_and(|runs| *runs) || depth == 0 {
            return;
        }
        for _ in 0..times.min(MOST_PER_REQUEST) {
            self.say(first + at, LogMoment::Request);
        }
        let workload = self.logs.streams[first + at].workload.clone();
        let local = workload
            .calls
            .iter()
            .filter(|it| it.to.is_none() && it.per_request > 0);
        for call in local {
            let callee = (0..runs.len()).find(|other| {
                *other != at && runs[*other] && self.listens(first + other, call.port)
            });
            match callee {
                Some(callee) => {
                    let times = times.saturating_mul(call.per_request);
                    self.request(first, runs, callee, times, depth - 1);
                }
                None => self.say(first + at, LogMoment::Error),
            }
        }
    }

    /// Whether a container listens on a port: its image says so, else its port mappings.
    fn listens(&self, stream: usize, port: u16) -> bool {
        let stream = &self.logs.streams[stream];
        if !stream.workload.listens.is_empty() {
            return stream.workload.listens.contains(&port);
        }
        let revision = self.logs.account.revisions.find(&stream.revision);
        let containers = revision.map(|it| it.definition.containers.as_slice());
        let mut containers = containers.unwrap_or_default().iter();
        let own = containers.find(|it| *it.name == *stream.container);
        own.is_some_and(|it| it.port_mappings.iter().any(|it| it.container_port == port))
    }

    /// Writes what the image says at such a moment.
    fn say(&mut self, stream: usize, moment: LogMoment) {
        for line in 0..self.logs.streams[stream].workload.logs.len() {
            if self.logs.streams[stream].workload.logs[line].on == Some(moment) {
                self.write(stream, Some(line));
            }
        }
    }

    /// Writes a text: that of the event, or one of the image's.
    fn write(&mut self, place: usize, says: Option<usize>) {
        let event = &self.logs.events[self.event];
        let stream = &mut self.logs.streams[place];
        stream.written += 1;
        if !stream.is_taken(event.at) {
            stream.refused += 1;
            return;
        }
        if !is_shown(self.logs, place, event.at) {
            return;
        }
        let multiline = self.logs.streams[place].options.datetime_format.clone();
        for (row, bytes) in self
            .logs
            .rows(place, self.event, says)
            .into_iter()
            .enumerate()
        {
            let mut piece = Piece {
                event: self.event,
                says,
                row,
                from: 0,
            };
            if let Some(format) = &multiline {
                let (text, _) = self.logs.piece(place, &piece, 200);
                let lines = &mut self.logs.lines;
                let last = lines
                    .iter_mut()
                    .rev()
                    .take(1_000)
                    .find(|it| it.stream == place);
                if let Some(last) = last.filter(|_| !multiline::has_time(format, &text)) {
                    last.pieces.push(piece);
                    continue;
                }
            }
            // an empty line is no event
            while piece.from < bytes {
                self.push(place, piece);
                piece.from += MAX_EVENT_BYTES;
            }
        }
    }

    fn push(&mut self, stream: usize, piece: Piece) {
        let event = &self.logs.events[piece.event];
        let lines = &mut self.logs.lines;
        if lines.len() >= MOST_LINES {
            lines.drain(..MOST_LINES / 2);
        }
        let last = lines.last().filter(|it| it.event == event.id);
        lines.push(Line {
            at: event.at,
            event: event.id,
            stream,
            part: last.map_or(0, |it| it.part + 1),
            pieces: vec![piece],
        });
    }
}

/// Whether a line of that moment can be read: its group is there, was there, and keeps it still.
fn is_shown(logs: &Logs<'_>, stream: usize, at: SimTime) -> bool {
    let stream = &logs.streams[stream];
    let Some(group) = stream
        .group
        .as_ref()
        .filter(|_| stream.options.driver == LogDriver::Awslogs)
    else {
        return false;
    };
    let kept = group
        .retention_days
        .map(|days| SimSpan::secs(u64::from(days) * 86_400));
    at >= group.made
        && kept.is_none_or(|kept| logs.account.now.0 - at.0.min(logs.account.now.0) <= kept.0)
}
