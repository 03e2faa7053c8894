//! Lines that are sent on: from a log group by its subscription filter to a function, which posts them to an HTTP collector, tries
//! again where that does not answer, and puts what it cannot send into a dead-letter queue.
//!
//! Source: 'Real-time processing of log data with subscriptions' (the function is invoked asynchronously), 'How Lambda handles errors
//! and retries with asynchronous invocation' (two more tries, after one minute and after two). How many lines come together AWS does
//! not say: those of a stream within five seconds do here.

use super::account::Account;
use super::filter::Filter;
use super::logs::Logs;
use crate::call::PutLogForwarder;
use crate::engine::answer;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Event;
use crate::observe::log_group::LogGroups;
use crate::units::SimTime;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How long lines are gathered, in ms.
const GATHERS: u64 = 5_000;
/// How long after the first try each try comes, in ms.
const TRIES: [u64; 3] = [0, 60_000, 180_000];
/// Functions that the simulated account keeps.
const MAX_FORWARDERS: usize = 100;

/// A function that sends lines on to a collector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forwarder {
    /// Its name.
    pub name: Arc<str>,
    /// The collector's address.
    pub collector: String,
    /// Whether it has a dead-letter queue.
    pub queue: bool,
    /// Since when the collector answers or not, in order of time.
    changes: Vec<(SimTime, bool)>,
}

impl Forwarder {
    /// Whether the collector does not answer at a moment.
    pub fn is_down(&self, at: SimTime) -> bool {
        let mut before = self.changes.iter().rev().filter(|it| it.0 <= at);
        before.next().is_some_and(|it| it.1)
    }
}

/// What became of the lines that one filter sent on. A batch is one call of the function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    /// The log group.
    pub group: String,
    /// The filter.
    pub filter: String,
    /// Its pattern.
    pub pattern: String,
    /// The function.
    pub function: String,
    /// The collector; `None` where the function is not there.
    pub collector: Option<String>,
    /// Whether the collector does not answer now.
    pub down: bool,
    /// Whether there is a dead-letter queue.
    pub queue: bool,
    /// Lines that the filter wanted.
    pub lines: usize,
    /// Batches that arrived at the first try.
    pub delivered: usize,
    /// Batches that arrived at a later try.
    pub retried: usize,
    /// Batches that wait for their next try.
    pub waiting: usize,
    /// Batches in the dead-letter queue.
    pub dead: usize,
    /// Batches that are lost, since there is no queue.
    pub lost: usize,
}

/// What became of the lines that are sent on, up to a moment: one for each subscription filter.
pub fn pipelines(account: &Account<'_>, events: &[Event]) -> Vec<Pipeline> {
    let groups = account.observe.groups.all(account.revisions, account.there);
    if groups.iter().all(|it| it.filters.is_empty()) {
        return Vec::new();
    }
    let logs = Logs::read(*account, events);
    let mut found = Vec::new();
    for group in &groups {
        for filter in &group.filters {
            let function = filter.destination.rsplit(':').next().unwrap_or_default();
            let forwarder = account.observe.groups.forwarder(function);
            let wants = Filter::read(&filter.pattern).ok();
            let mut batches: BTreeMap<(u64, usize), usize> = BTreeMap::new();
            let mut lines = 0;
            for line in logs.lines.iter().filter(|it| it.at >= filter.since) {
                let own = logs.streams[line.stream].options.group.as_deref() == Some(&*group.name);
                let wanted = own
                    && wants.as_ref().is_some_and(|it| {
                        it.is_all() || it.wants(&logs.words(line, usize::MAX).text)
                    });
                if wanted {
                    lines += 1;
                    *batches
                        .entry((line.at.0 / GATHERS, line.stream))
                        .or_default() += 1;
                }
            }
            let mut pipeline = Pipeline {
                group: group.name.to_string(),
                filter: filter.name.clone(),
                pattern: filter.pattern.clone(),
                function: function.to_owned(),
                collector: forwarder.map(|it| it.collector.clone()),
                down: forwarder.is_some_and(|it| it.is_down(account.now)),
                queue: forwarder.is_some_and(|it| it.queue),
                lines,
                delivered: 0,
                retried: 0,
                waiting: 0,
                dead: 0,
                lost: 0,
            };
            for (window, _) in batches.keys() {
                let first = SimTime((window + 1) * GATHERS);
                pipeline.count(forwarder, first, account.now);
            }
            found.push(pipeline);
        }
    }
    found
}

impl Pipeline {
    /// Counts a batch whose first try comes at a moment.
    fn count(&mut self, forwarder: Option<&Forwarder>, first: SimTime, now: SimTime) {
        for (number, after) in TRIES.iter().enumerate() {
            let at = SimTime(first.0.saturating_add(*after));
            if at > now {
                self.waiting += 1;
                return;
            }
            if forwarder.is_some_and(|it| !it.is_down(at)) {
                let arrived = if number == 0 {
                    &mut self.delivered
                } else {
                    &mut self.retried
                };
                *arrived += 1;
                return;
            }
        }
        let end = if self.queue {
            &mut self.dead
        } else {
            &mut self.lost
        };
        *end += 1;
    }
}

/// `PutLogForwarder`.
pub(crate) fn put_log_forwarder(
    groups: &mut LogGroups,
    input: &PutLogForwarder,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let refuse = |message: &str, cure: &'static str| {
        Err(ApiError::new("InvalidParameterException", message, cure))
    };
    let good = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if !(1..=64).contains(&input.name.len()) || !input.name.chars().all(good) {
        return refuse(
            "A function's name has 1 to 64 letters, digits, hyphens and underscores.",
            "Name it as Lambda would take it.",
        );
    }
    if !input.collector.starts_with("https://") && !input.collector.starts_with("http://") {
        return refuse(
            "collector is no address that a function can post to.",
            "Write one such as https://collector.example/receiver.",
        );
    }
    let name: Arc<str> = input.name.as_str().into();
    let old = groups.forwarder(&name).cloned();
    if old.is_none() && groups.forwarders().count() >= MAX_FORWARDERS {
        return refuse("There are too many functions.", "Use one that is there.");
    }
    let is_new = old.is_none();
    let mut forwarder = old.unwrap_or_else(|| Forwarder {
        name: name.clone(),
        collector: String::new(),
        queue: false,
        changes: Vec::new(),
    });
    let was_down = forwarder.is_down(step.now);
    forwarder.collector.clone_from(&input.collector);
    forwarder.queue = input.dead_letter_queue;
    if was_down != input.collector_down {
        forwarder.changes.push((step.now, input.collector_down));
    }
    groups.put_forwarder(name, forwarder);
    let how = match (is_new, was_down, input.collector_down) {
        (_, false, true) => "meets a collector that does not answer",
        (_, true, false) => "meets a collector that answers again",
        (true, ..) => "sends lines on",
        (false, ..) => "is changed",
    };
    Ok(answer::changed("Function", &input.name, how, step))
}
