//! EventBridge: what ECS sends to it, and rules that start tasks.
//!
//! An event is computed from the facts of a run when somebody reads it; only rules are state, and only while a rule has a pattern are
//! facts looked at as they come.
//!
//! Source: 'Amazon ECS task state change events', 'Amazon ECS service action events', API reference of EventBridge.

mod action;
mod container;
mod envelope;
mod health;
mod live;
mod pattern;
mod record;
mod rules;
mod schedule;

pub use pattern::{BadPattern, Pattern};
pub use rules::{Rule, Rules, When, run_task_input};
pub use schedule::Schedule;

pub(crate) use health::RETIRES;
pub(crate) use rules::{
    delete_rule, disable_rule, enable_rule, put_rule, put_targets, remove_targets,
};

use super::account::Account;
use crate::event::{Event, EventId, Fact};
use crate::ids::TaskId;
use crate::text;
use crate::units::SimTime;
use action::Action;
use health::Notice;
use record::Record;
use std::collections::BTreeMap;

/// The `detail-type` of a change of a task.
const TASK_STATE_CHANGE: &str = "ECS Task State Change";
/// That of a notice of AWS Health.
const HEALTH_EVENT: &str = "AWS Health Event";

/// An event that ECS, or AWS Health, sent to EventBridge.
#[derive(Clone, Debug)]
pub struct BridgeEvent {
    /// The fact that it tells of, by its number.
    pub event: EventId,
    /// Its place among the events that tell of the same fact.
    pub place: usize,
    /// When.
    pub at: SimTime,
    body: Body,
}

/// What an event is about.
#[derive(Clone, Debug)]
enum Body {
    Task(Box<Record>),
    Service(Box<Action>),
    Notice(Box<Notice>),
}

/// What an event tells, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Of a task.
    Task {
        /// The task.
        task: TaskId,
        /// `lastStatus`.
        last: &'static str,
        /// `desiredStatus`.
        desired: &'static str,
    },
    /// Of a service.
    Service {
        /// Its name.
        service: String,
        /// `INFO`, `WARN` or `ERROR`.
        kind: &'static str,
        /// `eventName`.
        name: &'static str,
    },
    /// Of a task that is to be retired.
    Notice {
        /// The task.
        task: TaskId,
        /// `eventTypeCode`.
        name: &'static str,
    },
}

impl BridgeEvent {
    /// `ECS Task State Change`, `ECS Service Action`, `ECS Deployment State Change` or `AWS Health Event`.
    pub fn detail_type(&self) -> &'static str {
        match &self.body {
            Body::Task(_) => TASK_STATE_CHANGE,
            Body::Service(action) => action.detail_type,
            Body::Notice(_) => HEALTH_EVENT,
        }
    }

    /// What it tells.
    pub fn told(&self) -> Told {
        match &self.body {
            Body::Task(record) => record.told(),
            Body::Service(action) => Told::Service {
                service: action.service.clone(),
                kind: action.kind,
                name: action.name,
            },
            Body::Notice(notice) => Told::Notice {
                task: notice.task.clone(),
                name: Notice::name(),
            },
        }
    }

    /// The number of the fact that it tells of, `24`; where several tell of the same, `24/1` for the second.
    pub fn number(&self) -> String {
        match self.place {
            0 => self.event.0.to_string(),
            place => format!("{}/{place}", self.event.0),
        }
    }

    /// The event as JSON without blanks.
    pub fn json(&self, account: &Account<'_>) -> String {
        let number = self.number();
        match &self.body {
            Body::Task(record) => record.event(account, &number, self.at),
            Body::Service(action) => action.event(account, &number, self.at),
            Body::Notice(notice) => notice.event(account, &number, self.at),
        }
    }
}

/// The events that ECS sent, the oldest first.
pub fn sent(account: &Account<'_>, events: &[Event]) -> Vec<BridgeEvent> {
    let mut records: BTreeMap<TaskId, Record> = BTreeMap::new();
    let mut sent = Vec::new();
    for event in events {
        let Some(task) = event.fact.task() else {
            sent.extend(of_service(account, event));
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
        if record.hear(&event.fact, event.at) {
            sent.push(of_task(event, record.clone()));
        }
    }
    sent
}

fn of_task(event: &Event, record: Record) -> BridgeEvent {
    BridgeEvent {
        event: event.id,
        place: 0,
        at: event.at,
        body: Body::Task(Box::new(record)),
    }
}

fn of_service(account: &Account<'_>, event: &Event) -> Vec<BridgeEvent> {
    let actions = Action::of(account, event).into_iter();
    let actions = actions.map(|action| Body::Service(Box::new(action)));
    let notice = Notice::of(account, event).map(|it| Body::Notice(Box::new(it)));
    let told = actions.chain(notice).enumerate();
    let told = told.map(|(place, body)| BridgeEvent {
        event: event.id,
        place,
        at: event.at,
        body,
    });
    told.collect()
}

/// The names of rules that an event of the account is for, as the account stands right after it.
pub(crate) fn heard(account: &Account<'_>, event: &Event) -> Vec<String> {
    let sent = match event.fact.task() {
        Some(task) => account.tasks.get(task).and_then(|task| {
            let mut record = Record::of(account, task);
            let tells = record.hear(&event.fact, event.at);
            tells.then(|| vec![of_task(event, record)])
        }),
        None => Some(of_service(account, event)),
    };
    let mut names = Vec::new();
    for it in sent.unwrap_or_default() {
        let event = text::read(&it.json(account)).root;
        let rules = account.observe.rules.working();
        let wanted = rules.filter(|rule| match &rule.when {
            When::Event(pattern, _) => pattern.wants(&event),
            When::Time(..) => false,
        });
        names.extend(wanted.map(|rule| rule.name.to_string()));
    }
    names
}
