//! EventBridge: what ECS sends to it, and rules that start tasks.
//!
//! An event is computed from the facts of a run when somebody reads it; only rules are state, and only while a rule has a pattern are
//! facts looked at as they come.
//!
//! Source: 'Amazon ECS task state change events', API reference of EventBridge.

mod live;
mod pattern;
mod record;
mod rules;
mod schedule;

pub use pattern::{BadPattern, Pattern};
pub use rules::{Rule, Rules, When, run_task_input};
pub use schedule::Schedule;

pub(crate) use rules::{
    delete_rule, disable_rule, enable_rule, put_rule, put_targets, remove_targets,
};

use super::account::Account;
use crate::event::{Event, EventId, Fact};
use crate::ids::TaskId;
use crate::text;
use crate::units::SimTime;
use record::Record;
use std::collections::BTreeMap;

/// The `detail-type` of a change of a task.
const TASK_STATE_CHANGE: &str = "ECS Task State Change";

/// An event that ECS sent to EventBridge.
#[derive(Clone, Debug)]
pub struct BridgeEvent {
    /// The fact that it tells of, by its number.
    pub event: EventId,
    /// When.
    pub at: SimTime,
    /// The task.
    pub task: TaskId,
    /// `ECS Task State Change`.
    pub detail_type: &'static str,
    /// `lastStatus`.
    pub last: &'static str,
    /// `desiredStatus`.
    pub desired: &'static str,
    record: Record,
}

impl BridgeEvent {
    /// The event as JSON without blanks.
    pub fn json(&self, account: &Account<'_>) -> String {
        self.record.event(account, self.event.0, self.at)
    }
}

/// The events that ECS sent, the oldest first.
pub fn sent(account: &Account<'_>, events: &[Event]) -> Vec<BridgeEvent> {
    let mut records: BTreeMap<TaskId, Record> = BTreeMap::new();
    let mut sent = Vec::new();
    for event in events {
        let Some(task) = event.fact.task() else {
            continue;
        };
        if let Fact::State { definition, .. } = &event.fact
            && !records.contains_key(task)
        {
            let record = Record::new(account, task.as_str(), definition, event.at);
            records.insert(task.clone(), record);
        }
        let Some(record) = records.get_mut(task) else {
            continue;
        };
        if !record.hear(&event.fact, event.at) {
            continue;
        }
        let (last, desired) = record.words();
        sent.push(BridgeEvent {
            event: event.id,
            at: event.at,
            task: task.clone(),
            detail_type: TASK_STATE_CHANGE,
            last,
            desired,
            record: record.clone(),
        });
    }
    sent
}

/// The names of rules that an event of the account is for, as the account stands right after it.
pub(crate) fn heard(account: &Account<'_>, event: &Event) -> Vec<String> {
    let task = event.fact.task().and_then(|task| account.tasks.get(task));
    let Some(task) = task else {
        return Vec::new();
    };
    let mut record = Record::of(account, task);
    if !record.hear(&event.fact, event.at) {
        return Vec::new();
    }
    let event = text::read(&record.event(account, event.id.0, event.at)).root;
    let rules = account.observe.rules.working();
    let wanted = rules.filter(|rule| match &rule.when {
        When::Event(pattern, _) => pattern.wants(&event),
        When::Time(..) => false,
    });
    wanted.map(|rule| rule.name.to_string()).collect()
}
