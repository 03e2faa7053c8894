//! A task as events show it: what `DescribeTasks` says of it at the moment, with times as texts.

use super::Told;
use super::container::Container;
use super::envelope::envelope;
use super::live::Live;
use crate::event::Fact;
use crate::observe::account::Account;
use crate::observe::clock::Clock;
use crate::observe::names;
use crate::observe::object::Object;
use crate::task::{CLUSTER, ContainerStatus, Task, TaskState};
use crate::task_definition::System;
use crate::units::SimTime;
use std::sync::Arc;

/// A task at a moment, from the facts about it up to then.
#[derive(Clone, Debug)]
pub(super) struct Record {
    task: String,
    /// Its cluster, as long as the task is known.
    cluster: String,
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

impl Record {
    /// A task that begins.
    pub(super) fn new(account: &Account<'_>, task: &str, revision: &Arc<str>, at: SimTime) -> Self {
        let definition = account.revisions.find(revision).ok();
        let containers = definition.map(|it| it.definition.containers.as_slice());
        let containers = containers.unwrap_or_default().iter();
        let containers = containers.map(|it| Container::of(it));
        let known = account.tasks.get(&task.into());
        let cluster = known.map_or(CLUSTER, |it| it.cluster());
        Self {
            task: task.to_owned(),
            cluster: cluster.to_owned(),
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
        // the change that is told next counts already
        record.version = task.changes().saturating_sub(1);
        record.connected = entered(TaskState::Pending);
        record.pull_started = task.pull_started;
        record.pull_stopped = task.pull_stopped;
        record.started = entered(TaskState::Running);
        record.stopping = task.stop.as_ref().map(|it| it.at);
        record.ended = task.execution_stopped;
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
            shown.started = container.starts > 0;
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
                self.see_end(at);
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
                it.started = true;
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
        if matches!(fact, Fact::ContainerExited { .. }) {
            self.see_end(at);
        }
        self.version += u64::from(heard);
        heard
    }

    /// Notes when the last container of a task that is to stop has ended.
    fn see_end(&mut self, at: SimTime) {
        let mut containers = self.containers.iter();
        if self.stop.is_some()
            && self.ended.is_none()
            && !containers.any(|it| it.status == "RUNNING")
        {
            self.ended = Some(at);
        }
    }

    fn enter(&mut self, state: TaskState, at: SimTime) {
        self.state = state;
        match state {
            TaskState::Pending => self.connected = Some(at),
            TaskState::Running => self.started = Some(at),
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

    /// The whole event.
    pub(super) fn event(&self, account: &Account<'_>, number: &str, at: SimTime) -> String {
        envelope(
            account,
            number,
            at,
            ("aws.ecs", super::TASK_STATE_CHANGE),
            &names::task(&self.cluster, &self.task),
            &self.detail(account, at),
        )
    }

    fn detail(&self, account: &Account<'_>, at: SimTime) -> String {
        let task = account.tasks.get(&self.task.as_str().into());
        let live = Live::of(task.map(AsRef::as_ref), account.network);
        let time = |at: SimTime| Clock::at(account.began, at).iso();
        let when = |at: Option<SimTime>| at.map(time);
        let revision = account.revisions.find(&self.revision).ok();
        let definition = revision.map(|it| &it.definition);
        let size = |size: Option<String>| size.unwrap_or_default();
        let (last, desired) = self.words();
        let family = self.revision.rsplit_once(':').map_or("", |it| it.0);
        let disk = definition.and_then(|it| it.ephemeral_gib).unwrap_or(20);
        let disk = format!("{{\"sizeInGiB\":{disk}}}");
        let arm = definition.is_some_and(|it| it.system == System::LinuxArm);
        let arch = Object::default()
            .text("name", "ecs.cpu-architecture")
            .text("value", if arm { "arm64" } else { "x86_64" })
            .finish();
        let (cpu, memory) = live.size.clone().unwrap_or_else(|| {
            (
                size(definition.and_then(|it| it.cpu).map(|it| it.to_string())),
                size(definition.and_then(|it| it.memory).map(|it| it.to_string())),
            )
        });
        let family_of = if live.windows { "Windows" } else { "Linux" };
        let mut detail = Object::default()
            .list("attachments", &self.attachments(account, &live))
            .list("attributes", &[arch])
            .maybe("availabilityZone", live.zone.as_deref())
            .maybe("capacityProviderName", live.provider)
            .text("clusterArn", &names::cluster(&self.cluster));
        if self.connected.is_some() {
            detail = detail.text("connectivity", "CONNECTED");
        }
        detail = detail
            .maybe("connectivityAt", when(self.connected).as_deref())
            .list("containers", &self.containers(account))
            .text("cpu", &cpu)
            .text("createdAt", &time(self.created))
            .text("desiredStatus", desired)
            .raw(
                "enableExecuteCommand",
                if live.exec { "true" } else { "false" },
            )
            .maybe("executionStoppedAt", when(self.ended).as_deref())
            .text(
                "group",
                &live.group.unwrap_or_else(|| format!("family:{family}")),
            )
            .text("healthStatus", self.health())
            .text("lastStatus", last)
            .text("launchType", "FARGATE")
            .text("memory", &memory)
            .raw("overrides", live.overrides.as_deref().unwrap_or("{}"))
            .maybe("platformVersion", live.platform)
            .text("platformFamily", family_of)
            .maybe("pullStartedAt", when(self.pull_started).as_deref())
            .maybe("pullStoppedAt", when(self.pull_stopped).as_deref())
            .maybe("startedAt", when(self.started).as_deref())
            .maybe("startedBy", live.started_by.as_deref())
            .maybe("stopCode", self.stop.as_ref().map(|it| it.0))
            .maybe("stoppedAt", when(self.stopped).as_deref())
            .maybe("stoppedReason", self.stop.as_ref().map(|it| it.1.as_str()))
            .maybe("stoppingAt", when(self.stopping).as_deref())
            .text("taskArn", &names::task(&self.cluster, &self.task))
            .text(
                "taskDefinitionArn",
                &names::ecs(&format!("task-definition/{}", self.revision)),
            )
            .text("updatedAt", &time(at))
            .raw("version", &self.version.max(1).to_string());
        if live.disk {
            detail = detail
                .raw("ephemeralStorage", &disk)
                .raw("fargateEphemeralStorage", &disk);
        }
        detail.finish()
    }

    /// The health of the task: the worst of its essential containers that have a check.
    fn health(&self) -> &'static str {
        let checked = || self.containers.iter().filter(|it| it.checked);
        let is = |health: &str| checked().any(|it| it.health == health);
        if is("UNHEALTHY") {
            "UNHEALTHY"
        } else if checked().next().is_some() && checked().all(|it| it.health == "HEALTHY") {
            "HEALTHY"
        } else {
            "UNKNOWN"
        }
    }

    fn attachments(&self, account: &Account<'_>, live: &Live) -> Vec<String> {
        let pair = |name: &str, value: &str| {
            Object::default()
                .text("name", name)
                .text("value", value)
                .finish()
        };
        let mut details = Vec::new();
        let mut add =
            |name: &str, value: Option<&str>| details.extend(value.map(|it| pair(name, it)));
        add("subnetId", live.subnet.as_deref());
        let interface = self.interface.as_ref();
        add("networkInterfaceId", interface.map(|it| it.id.as_str()));
        add("macAddress", live.mac.as_deref());
        let name =
            interface.map(|it| format!("ip-{}.ec2.internal", it.private_ip.replace('.', "-")));
        add("privateDnsName", name.as_deref());
        add(
            "privateIPv4Address",
            interface.map(|it| it.private_ip.as_str()),
        );
        let attachment = Object::default()
            .text("id", &names::uuid(account.seed, "attachment", &self.task))
            .text("type", "eni")
            .text("status", interface.map_or("PRECREATED", |it| it.status))
            .list("details", &details);
        vec![attachment.finish()]
    }

    fn containers(&self, account: &Account<'_>) -> Vec<String> {
        let attachment = names::uuid(account.seed, "attachment", &self.task);
        let interfaces = self.interface.iter().map(|it| {
            Object::default()
                .text("attachmentId", &attachment)
                .text("privateIpv4Address", &it.private_ip)
                .finish()
        });
        let interfaces: Vec<String> = interfaces.collect();
        let pulled = self.pull_stopped.is_some();
        let all = self.containers.iter();
        let of = (self.cluster.as_str(), self.task.as_str());
        all.map(|it| it.json(account.seed, of, &interfaces, pulled))
            .collect()
    }
}
