//! Services at work: the calls about them, and the scheduler that looks at each whenever something happened to its tasks.
//!
//! What a service is and the rules by themselves are in `service`; here they are played. The scheduler starts tasks in the very way of
//! `RunTask` (`world/launch`), and waits in the world's queue: a service has at most one look ahead of it that counts.

mod breaker;
mod calls;
mod check;
mod describe;
mod health;
mod look;
mod starts;
mod stops;
mod targets;

use super::{Due, Timer, Worker, World};
use crate::engine::chance;
use crate::error::ApiError;
use crate::event::{Cause, Event, Fact};
use crate::service::{self, Service, ServiceStatus};
use crate::task::{self, Task, TaskState};
use crate::units::{SimSpan, SimTime};
use std::sync::Arc;

/// How soon the scheduler looks at a service when something happened, in ms: AWS publishes no figure, and logs of services show some
/// seconds.
const LOOKS: (u64, u64) = (1_000, 3_000);

/// What a service is known by that a call names, in a cluster or in `default`. Where no cluster is named it may be what it is known by.
fn known_as(cluster: Option<&str>, named: &str) -> String {
    match cluster {
        None if named.contains('/') && !named.starts_with("arn:") => named.to_owned(),
        _ => {
            let cluster = cluster.map_or(task::CLUSTER, task::cluster_in);
            service::key(cluster, service::name_in(named))
        }
    }
}

/// The service whose group a task has, as services are known by.
pub(super) fn service_of(task: &Task) -> Option<String> {
    let name = service::of_group(task.options.get()?.group.as_deref()?)?;
    Some(service::key(task.cluster(), name))
}

impl World {
    /// The service of a name or an ARN, in a cluster.
    pub(super) fn service_found(
        &self,
        cluster: Option<&str>,
        named: &str,
    ) -> Result<&Arc<Service>, ApiError> {
        let key = known_as(cluster, named);
        self.services.get(&key).ok_or_else(|| {
            let name = service::name_in(named);
            ApiError::new(
                "ServiceNotFoundException",
                "Service not found.",
                format!("Create the service '{name}' first, or name one that is there."),
            )
        })
    }

    /// The service that is known by that.
    fn service_known(&self, key: &str) -> Result<&Arc<Service>, ApiError> {
        let gone = || ApiError::new("ServiceNotFoundException", "Service not found.", "");
        self.services.get(key).ok_or_else(gone)
    }

    /// Looks at the facts that came since a place of the log, and wakes the services that they are about.
    pub(super) fn services_hear(&mut self, since: usize, log: &[Event]) {
        if !self.services.is_used() {
            return;
        }
        for event in log.get(since..).unwrap_or_default() {
            for name in self.services_concerned(&event.fact) {
                let subject = format!("{name}/{}", self.now.0);
                let ms = chance::between(
                    self.settings.seed,
                    "service scheduler",
                    &subject,
                    LOOKS.0,
                    LOOKS.1,
                );
                self.wake(&name, self.now + SimSpan(ms), Cause::Event(event.id));
            }
        }
    }

    /// The services that a fact is about.
    fn services_concerned(&self, fact: &Fact) -> Vec<String> {
        match fact {
            Fact::State {
                task,
                state: TaskState::Running | TaskState::Stopped,
                ..
            }
            | Fact::Stopping { task, .. }
            | Fact::HealthChanged { task, .. } => {
                let task = self.tasks.get(task);
                let key = task.and_then(|it| service_of(it));
                key.into_iter().collect()
            }
            Fact::Changed {
                what: "Target group",
                id,
                ..
            } => self.services_where(|it| {
                let mut members = it.members.iter();
                members.any(|it| it.registered.iter().any(|it| it.group.as_str() == id))
            }),
            // what had no room may have some now
            Fact::State {
                state: TaskState::Deprovisioning,
                ..
            }
            | Fact::Changed {
                what: "Account" | "Capacity provider" | "Cluster" | "Role",
                ..
            } => self.services_where(|it| it.unplaced.is_some()),
            _ => Vec::new(),
        }
    }

    fn services_where(&self, fits: impl Fn(&Service) -> bool) -> Vec<String> {
        let all = self.services.all();
        let all = all.filter(|it| it.status != ServiceStatus::Inactive && fits(it));
        all.map(|it| it.name.clone()).collect()
    }

    /// Sees to it that a service is looked at by then.
    pub(super) fn wake(&mut self, name: &str, at: SimTime, cause: Cause) {
        let Some(service) = self.services.get(name) else {
            return;
        };
        let at = at.max(self.now);
        if service.wakes.is_some_and(|it| it <= at) || service.status == ServiceStatus::Inactive {
            return;
        }
        let mut service = Service::clone(service);
        service.wakes = Some(at);
        self.services.put(service);
        let due = Due::Work(Worker::Service, name.into(), None);
        self.queue.push(at, Timer { due, cause });
    }

    /// Looks at a service, where it is still to be looked at now.
    pub(super) fn service_due(&mut self, name: &Arc<str>, cause: Cause, log: &mut Vec<Event>) {
        let Some(service) = self.services.get(name) else {
            return;
        };
        if service.wakes != Some(self.now) {
            return;
        }
        let mut service = Service::clone(service);
        service.wakes = None;
        let next = look::Look::new(self, service, cause, log).look();
        if let Some((at, cause)) = next {
            self.wake(name, at, cause);
        }
    }
}
