//! A task as events show it: what `DescribeTasks` says of it at the moment, with times as texts.

mod detail;

use super::Told;
use crate::event::Fact;
use crate::observe::account::Account;
use crate::task::{ContainerStatus, Task, TaskState};
use crate::units::SimTime;
use std::sync::Arc;

/// A task at a moment, from the facts about it up to then.
#[derive(Clone, Debug)]
pub(super) struct Record {
    task: String,
    revision: Arc<str>,
    state: TaskState,
    version: u64,
    created: SimTime,
    connected: Option<SimTime>,
    pull_started: Option<SimTime>,
    pull_stopped: Option<SimTime>,
    started: Option<SimTime>,
    stopping: Option<SimTime>,
    ended: Option<SimTime>,
    stopped: Option<SimTime>,
    stop: Option<(&'static str, String)>,
    interface: Option<Interface>,
    containers: Vec<Container>,
}

#[derive(Clone, Debug)]
struct Interface {
    id: String,
    private_ip: String,
    status: &'static str,
}

#[derive(Clone, Debug)]
struct Container {
    name: String,
    image: String,
    status: &'static str,
    health: &'static str,
    /// Whether it is essential and has a health check.
    checked: bool,
    cpu: String,
    memory: Option<String>,
    reservation: Option<String>,
    code: Option<i32>,
    reason: Option<String>,
}

impl Record {
    /// A task that begins.
    pub(super) fn new(account: &Account<'_>, task: &str, revision: &Arc<str>, at: SimTime) -> Self {
        let definition = account.revisions.find(revision).ok();
        let containers = definition.map(|it| it.definition.containers.as_slice());
        let containers = containers.unwrap_or_default().iter().map(|it| Container {
            name: it.name.clone(),
            image: it.image.clone(),
            status: "PENDING",
            health: "UNKNOWN",
            checked: it.essential && it.health_check.is_some(),
            cpu: it.cpu.unwrap_or_default().to_string(),
            memory: it.memory.map(|it| it.to_string()),
            reservation: it.memory_reservation.map(|it| it.to_string()),
            code: None,
            reason: None,
        });
        Self {
            task: task.to_owned(),
            revision: revision.clone(),
            state: TaskState::Provisioning,
            version: 0,
            created: at,
            connected: None,
            pull_started: None,
            pull_stopped: None,
            started: None,
            stopping: None,
            ended: None,
            stopped: None,
            stop: None,
            interface: None,
            containers: containers.collect(),
        }
    }

    /// A task as it is now.
    pub(super) fn of(account: &Account<'_>, task: &Task) -> Self {
        let began = task.stages.first().map(|it| it.from).unwrap_or_default();
        let mut record = Self::new(account, task.id.as_str(), &task.revision, began);
        let entered = |state| {
            task.stages
                .iter()
                .find(|it| it.state == state)
                .map(|it| it.from)
        };
        record.state = task.state();
        record.version = task.stages.len() as u64;
        record.connected = entered(TaskState::Pending);
        record.pull_started = task.pull_started;
        record.pull_stopped = entered(TaskState::Activating);
        record.started = entered(TaskState::Running);
        record.stopping = entered(TaskState::Stopping);
        record.ended = entered(TaskState::Deprovisioning);
        record.stopped = task.stopped;
        record.stop = task
            .stop
            .as_ref()
            .map(|it| (it.code.aws(), it.reason.clone()));
        let interface = account.network.interface_of(&task.id);
        record.interface = interface.map(|it| Interface {
            id: it.id.to_string(),
            private_ip: it.private_ip.to_string(),
            status: it.attachment.aws(),
        });
        for (shown, container) in record.containers.iter_mut().zip(&task.containers) {
            shown.health = container.health.aws();
            match &container.status {
                ContainerStatus::Pending => {}
                ContainerStatus::Running => shown.status = "RUNNING",
                ContainerStatus::Stopped { code, reason } => {
                    shown.status = "STOPPED";
                    (shown.code, shown.reason) = (*code, reason.clone());
                }
            }
        }
        record
    }

    /// Hears a fact about the task; gives whether ECS sends an event for it.
    /// Source: 'Amazon ECS task state change events': every change of a status, of a container's, of an attachment's.
    pub(super) fn hear(&mut self, fact: &Fact, at: SimTime) -> bool {
        let heard = match fact {
            Fact::State { state, .. } => {
                self.enter(*state, at);
                true
            }
            Fact::Stopping { code, reason, .. } => {
                self.stop = Some((code.aws(), reason.clone()));
                self.stopping = Some(at);
                for it in self
                    .containers
                    .iter_mut()
                    .filter(|it| it.status == "PENDING")
                {
                    it.status = "STOPPED";
                }
                true
            }
            Fact::InterfaceAttached {
                interface,
                private_ip,
                ..
            } => {
                self.interface = Some(Interface {
                    id: interface.to_string(),
                    private_ip: private_ip.to_string(),
                    status: "ATTACHING",
                });
                true
            }
            Fact::PullStarted { .. } => {
                self.pull_started = Some(at);
                false
            }
            Fact::PullStopped { .. } => {
                self.pull_stopped = Some(at);
                false
            }
            Fact::ContainerStarted { container, .. } => self.change(container, |it| {
                (it.status, it.code, it.reason) = ("RUNNING", None, None);
            }),
            Fact::ContainerExited {
                container,
                code,
                reason,
                ..
            } => self.change(container, |it| {
                (it.status, it.code) = ("STOPPED", Some(*code));
                it.reason.clone_from(reason);
            }),
            Fact::HealthChanged {
                container, health, ..
            } => self.change(container, |it| it.health = health.aws()),
            _ => false,
        };
        self.version += u64::from(heard);
        heard
    }

    fn enter(&mut self, state: TaskState, at: SimTime) {
        self.state = state;
        match state {
            TaskState::Pending => self.connected = Some(at),
            TaskState::Running => self.started = Some(at),
            TaskState::Deprovisioning => self.ended = Some(at),
            TaskState::Stopped => self.stopped = Some(at),
            _ => {}
        }
        if let Some(interface) = &mut self.interface {
            interface.status = match state {
                TaskState::Provisioning => "ATTACHING",
                TaskState::Deprovisioning => "DETACHING",
                TaskState::Stopped => "DELETED",
                _ => "ATTACHED",
            };
        }
    }

    fn change(&mut self, name: &str, change: impl FnOnce(&mut Container)) -> bool {
        let found = self.containers.iter_mut().find(|it| it.name == name);
        found.map(change).is_some()
    }

    /// `lastStatus` and `desiredStatus`.
    fn words(&self) -> (&'static str, &'static str) {
        let desired = if self.stop.is_some() {
            "STOPPED"
        } else {
            "RUNNING"
        };
        (self.state.aws(), desired)
    }

    /// What the event tells.
    pub(super) fn told(&self) -> Told {
        let (last, desired) = self.words();
        Told::Task {
            task: self.task.as_str().into(),
            last,
            desired,
        }
    }
}
