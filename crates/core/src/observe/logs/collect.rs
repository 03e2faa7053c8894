//! Which lines there are: from the events of a run, in their order.

use super::leads::{self, Containers};
use super::{Line, Logs, MAX_EVENT_BYTES, MOST_LINES, Piece, Stream};
use crate::event::{Cause, Fact};
use crate::iam::{Decision, Iam};
use crate::ids::TaskId;
use crate::observe::awslogs::{LogDriver, LogOptions};
use crate::observe::log_group::LogGroup;
use crate::observe::logs::multiline;
use crate::task;
use crate::units::{SimSpan, SimTime};
use crate::workload::{self, Workload};
use std::collections::BTreeMap;
use std::sync::Arc;

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

/// From when on CloudWatch Logs takes the lines of a stream, or not, as the execution role could and can send them and the endpoints on
/// their way let them through; and what refuses them now.
fn taken(
    iam: &Iam,
    role: &str,
    task: &TaskId,
    group: &str,
    stream: &str,
) -> (Vec<(SimTime, bool)>, Option<Arc<Decision>>) {
    let (history, ways) = (iam.history(), iam.log_ways(task.as_str()));
    let mut moments = vec![SimTime::default()];
    moments.extend(history.iter().filter_map(|it| it.0));
    moments.extend(ways.iter().map(|it| it.0));
    moments.sort_unstable();
    moments.dedup();
    let (mut found, mut refusal) = (Vec::new(), None);
    for at in moments {
        let then = |it: &&(Option<SimTime>, _)| it.0.is_none_or(|until| at < until);
        let Some((_, account)) = history.iter().find(then) else {
            continue;
        };
        let way = ways.iter().rfind(|it| it.0 <= at);
        let way = way.map_or(&[][..], |it| it.1.as_slice());
        let put = task::log_put(account, role, task.as_str(), (group, stream), way);
        let refused = put.filter(|it| !it.allowed());
        found.push((at, refused.is_none()));
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

/// The containers of a task as its streams know them, at an event.
struct AtEvent<'k, 'a> {
    logs: &'k Logs<'a>,
    known: &'k Known,
    event: usize,
}

impl Containers for AtEvent<'_, '_> {
    fn place(&self, name: &str) -> Option<usize> {
        let own = self.logs.streams[self.known.first..].iter();
        let mut own = own.take(self.known.runs.len());
        own.position(|it| *it.container == *name)
    }

    fn count(&self) -> usize {
        self.known.runs.len()
    }

    fn workload(&self, place: usize) -> &Workload {
        &self.logs.streams[self.known.first + place].workload
    }

    fn runs(&self, place: usize) -> bool {
        self.known.runs[place]
    }

    /// Whether a container listens on a port: its image says so, else its port mappings.
    fn listens(&self, place: usize, port: u16) -> bool {
        let stream = &self.logs.streams[self.known.first + place];
        if !stream.workload.listens.is_empty() {
            return stream.workload.listens.contains(&port);
        }
        let revision = self.logs.account.revisions.find(&stream.revision);
        let containers = revision.map(|it| it.definition.containers.as_slice());
        let mut containers = containers.unwrap_or_default().iter();
        let own = containers.find(|it| *it.name == *stream.container);
        own.is_some_and(|it| it.port_mappings.iter().any(|it| it.container_port == port))
    }

    /// It says so right after the request.
    fn failed(&self) -> bool {
        let event = &self.logs.events[self.event];
        let mut after = self.logs.events[self.event + 1..]
            .iter()
            .take_while(|it| it.at == event.at);
        let cause = Cause::Event(event.id);
        after.any(|it| it.cause == cause && matches!(it.fact, Fact::Logged { .. }))
    }
}

impl Writer<'_, '_> {
    fn hear(&mut self, fact: &Fact, known: &mut Known) {
        let at = AtEvent {
            logs: self.logs,
            known,
            event: self.event,
        };
        let lines = leads::lines(fact, &at);
        let named = |name: &str| at.place(name);
        let (starts, ends) = match fact {
            Fact::ContainerStarted { container, .. } => (named(container), None),
            Fact::ContainerExited { container, .. } => (None, named(container)),
            _ => (None, None),
        };
        if let Some(place) = starts {
            known.runs[place] = true;
        }
        if let Some(place) = ends {
            known.runs[place] = false;
        }
        for (place, says) in lines {
            self.write(known.first + place, says);
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
