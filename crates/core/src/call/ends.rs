//! Both ends of traffic: who sends requests, and what they are sent to.

use crate::ids::{HostId, InstanceId, LoadBalancerId, TaskId};
use crate::text::{Node, Value};
use crate::wire::{FromJson, Misfits, Others, Slot, ToJson, Writer};
use std::sync::Arc;

/// Who sends requests: `"internet"`, or `{"task": "…"}`, `{"instance": "…"}`, `{"host": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrafficSource {
    /// Somebody on the Internet.
    Internet,
    /// Another task, or the same one over its loopback.
    Task(TaskId),
    /// An EC2 instance.
    Instance(InstanceId),
    /// A host on the Internet that has a name here.
    Host(HostId),
}

/// What requests are sent to: `"…"`, a task's id, or `{"loadBalancer": "…"}`, `{"instance": "…"}`, `{"database": "…"}`,
/// `{"name": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrafficTarget {
    /// A task, by its public address if the Internet sends them.
    Task(TaskId),
    /// A load balancer, by its ARN; its targets take turns.
    LoadBalancer(LoadBalancerId),
    /// An EC2 instance, by its public address if the Internet sends them.
    Instance(InstanceId),
    /// A database, by its identifier; it is called by its endpoint.
    Database(Arc<str>),
    /// A name that is looked up, or an address.
    Name(Arc<str>),
}

impl From<TaskId> for TrafficTarget {
    fn from(task: TaskId) -> Self {
        Self::Task(task)
    }
}

impl TrafficTarget {
    /// The task; `None` where it is something else.
    pub const fn task(&self) -> Option<&TaskId> {
        match self {
            Self::Task(task) => Some(task),
            _ => None,
        }
    }
}

/// The one member of an object, by its place among some names, with its text.
fn one<'n>(
    node: &'n Node,
    misfits: &mut Misfits,
    slots: &[Slot],
    wanted: &str,
) -> Option<(usize, &'n str)> {
    let members = misfits.members(node, slots, Others::Refused);
    let mut given = slots.iter().enumerate();
    let mut given = given.by_ref().filter_map(|(place, (name, _))| {
        let value = members.given(name)?;
        Some((place, value))
    });
    let (Some((place, value)), None) = (given.next(), given.next()) else {
        misfits.wrong(node, wanted);
        return None;
    };
    Some((place, misfits.text(value)))
}

impl FromJson for TrafficSource {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        const SLOTS: &[Slot] = &[("task", false), ("instance", false), ("host", false)];
        const WANTED: &str =
            r#""internet", or one of {"task": "…"}, {"instance": "…"}, {"host": "…"}"#;
        match &node.value {
            Value::Object(_) => match one(node, misfits, SLOTS, WANTED) {
                Some((0, id)) => Self::Task(id.into()),
                Some((1, id)) => Self::Instance(id.into()),
                Some((_, id)) => Self::Host(id.into()),
                None => Self::Internet,
            },
            Value::String(text) if **text == *"internet" => Self::Internet,
            _ => {
                misfits.wrong(node, WANTED);
                Self::Internet
            }
        }
    }
}

impl FromJson for TrafficTarget {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        const SLOTS: &[Slot] = &[
            ("loadBalancer", false),
            ("instance", false),
            ("database", false),
            ("name", false),
        ];
        const WANTED: &str = r#"a task's id, or one of {"loadBalancer": "…"}, {"instance": "…"}, {"database": "…"}, {"name": "…"}"#;
        if !matches!(node.value, Value::Object(_)) {
            if !matches!(node.value, Value::String(_)) {
                misfits.wrong(node, WANTED);
            }
            return Self::Task(node.as_str().unwrap_or_default().into());
        }
        match one(node, misfits, SLOTS, WANTED) {
            Some((0, id)) => Self::LoadBalancer(id.into()),
            Some((1, id)) => Self::Instance(id.into()),
            Some((2, id)) => Self::Database(id.into()),
            Some((_, id)) => Self::Name(id.into()),
            None => Self::Task(TaskId::default()),
        }
    }
}

fn write(out: &mut Writer, name: &str, id: &str) {
    out.open('{');
    out.member(name, &id);
    out.close('}');
}

impl ToJson for TrafficSource {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Internet => out.text("internet"),
            Self::Task(id) => write(out, "task", id.as_str()),
            Self::Instance(id) => write(out, "instance", id.as_str()),
            Self::Host(id) => write(out, "host", id.as_str()),
        }
    }
}

impl ToJson for TrafficTarget {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Task(id) => out.text(id.as_str()),
            Self::LoadBalancer(id) => write(out, "loadBalancer", id.as_str()),
            Self::Instance(id) => write(out, "instance", id.as_str()),
            Self::Database(id) => write(out, "database", id),
            Self::Name(id) => write(out, "name", id),
        }
    }
}
