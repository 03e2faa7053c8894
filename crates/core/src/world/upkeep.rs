//! What AWS does to tasks by itself: it retires them with the revision of the platform that they run on, and where it cannot attach an
//! interface it gives up.
//!
//! Source: 'Task retirement and maintenance for AWS Fargate on Amazon ECS' and 'Prepare for AWS Fargate task retirement' (the notice, how
//! long AWS waits, and that services replace their tasks as a deployment does); API reference of `PutAccountSetting`. How long an
//! interface is waited for is the ECS agent's own time limit of an attachment.

use super::{Due, Timer, Worker, World};
use crate::call::{RetireTask, SetInterfaceProvisioning};
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event, EventId, Fact};
use crate::ids::TaskId;
use crate::observe::{Clock, bridge};
use crate::service::{Service, ServiceStatus};
use crate::task;
use crate::text::Json;
use crate::units::SimSpan;
use crate::wire::Writer;
use std::any::Any;
use std::sync::Arc;

/// The only setting that is simulated.
const WAIT_PERIOD: &str = "fargateTaskRetirementWaitPeriod";
/// The days that it takes.
const WAITS: [(&str, u64); 3] = [("0", 0), ("7", 7), ("14", 14)];
/// How long an interface is waited for.
const GIVES_UP: SimSpan = SimSpan::secs(180);

/// What the world holds of it. Until the first call about it that is nothing; what it holds hides its type, so that a program that makes
/// no such call does not hold the code for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Upkeep(Option<Arc<dyn Any + Send + Sync>>);

/// What is held.
#[derive(Clone, Debug)]
struct Held {
    /// Days between the notice and the retirement.
    days: u64,
    /// The tasks that AWS has given notice of.
    retiring: Vec<TaskId>,
}

impl Default for Held {
    fn default() -> Self {
        Self {
            days: 7,
            retiring: Vec::new(),
        }
    }
}

impl Upkeep {
    fn held(&self) -> Held {
        let held = self.0.as_ref().and_then(|it| it.downcast_ref::<Held>());
        held.cloned().unwrap_or_default()
    }

    fn hold(&mut self, held: Held) {
        self.0 = Some(Arc::new(held));
    }
}

/// How long after its beginning AWS ends the retirement of a service's task that could not be replaced. Source: the sample of the notice,
/// and 'Troubleshooting service availability during task retirement'.
const ENDS: SimSpan = SimSpan::secs(2 * 86_400);

/// What is due, as it stands in the queue: a retirement begins.
const RETIRES: &str = "retire/";
/// A retirement ends.
const RETIRED: &str = "retired/";
/// An interface was waited for.
const STALLS: &str = "stall/";

impl World {
    /// `PutAccountSetting`, and the same for everybody in the account.
    pub(super) fn put_account_setting(
        &mut self,
        name: &str,
        value: &str,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        if name != WAIT_PERIOD {
            return Err(ApiError::new(
                "UnsupportedFeatureException",
                format!("The account setting {name} is not simulated by this playground."),
                "Set fargateTaskRetirementWaitPeriod; the others stay as AWS sets them for a new account.",
            ));
        }
        let Some((_, days)) = WAITS.into_iter().find(|(it, _)| *it == value) else {
            return Err(super::describe::invalid(
                format!("Invalid value {value} for {WAIT_PERIOD}."),
                "Wait 0, 7 or 14 days.",
            ));
        };
        let limits = Arc::make_mut(&mut self.limits);
        let mut held = limits.upkeep.held();
        held.days = days;
        limits.upkeep.hold(held);
        let fact = Fact::Changed {
            what: "Account",
            id: super::describe::ACCOUNT.to_owned(),
            how: format!("waits {days} days before tasks are retired"),
        };
        self.log(fact, cause, log);
        let mut out = Writer::default();
        out.open('{');
        out.name("setting");
        out.open('{');
        out.member("name", &WAIT_PERIOD);
        out.member("value", &value);
        out.close('}');
        out.close('}');
        Ok(Reply::Shown(Json::known(&out.finish())))
    }

    /// `RetireTask`: the notice.
    pub(super) fn retire_task(
        &mut self,
        input: &RetireTask,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let refuse = |message: &str, cure: &'static str| {
            Err(ApiError::new("InvalidParameterException", message, cure))
        };
        let Some(task) = self.tasks.get(&input.task) else {
            return refuse(
                "The referenced task was not found.",
                "Name a task of this scenario.",
            );
        };
        if task.stop.is_some() {
            return refuse("The task stops already.", "Name a task that runs.");
        }
        let id = task.id.clone();
        let mut held = self.limits.upkeep.held();
        if held.retiring.contains(&id) {
            return refuse(
                "The task is to be retired already.",
                "AWS does not change a retirement that it gave notice of.",
            );
        }
        held.retiring.retain(|it| self.tasks.get(it).is_some());
        held.retiring.push(id.clone());
        let at = self.now + SimSpan::secs(held.days * 86_400);
        Arc::make_mut(&mut self.limits).upkeep.hold(held);
        let day = Clock::at(self.settings.as_of, at).seconds();
        let fact = Fact::Changed {
            what: "Task",
            id: id.to_string(),
            how: format!("{}{day}", bridge::RETIRES),
        };
        self.log(fact, cause, log);
        let cause = Cause::Event(EventId(self.events - 1));
        let due = Due::Work(Worker::Upkeep, format!("{RETIRES}{id}").into(), None);
        self.queue.push(at, Timer { due, cause });
        Ok(Reply::Done)
    }

    /// `SetInterfaceProvisioning`.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "every call answers in the same way"
    )]
    pub(super) fn set_interface_provisioning(
        &mut self,
        input: &SetInterfaceProvisioning,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let limits = Arc::make_mut(&mut self.limits);
        limits.pace = limits.pace.attaching(input.available);
        let how = if input.available {
            "are attached again"
        } else {
            "stay unattached from now on"
        };
        let fact = Fact::Changed {
            what: "Network interfaces",
            id: "of tasks".to_owned(),
            how: how.to_owned(),
        };
        self.log(fact, cause, log);
        Ok(Reply::Done)
    }

    /// Whether the network interfaces of tasks that are run now come to be attached.
    pub fn attaches_interfaces(&self) -> bool {
        !self.limits.pace.is_stalled()
    }

    /// Looks at the facts that came since a place of the log: an interface that will not be attached is waited for.
    pub(super) fn upkeep_hears(&mut self, since: usize, log: &[Event]) {
        for event in log.get(since..).unwrap_or_default() {
            if let Fact::InterfaceAttached { task, .. } = &event.fact
                && self.tasks.get(task).is_some_and(|it| it.pace.is_stalled())
            {
                let due = Due::Work(Worker::Upkeep, format!("{STALLS}{task}").into(), None);
                let cause = Cause::Event(event.id);
                self.queue.push(self.now + GIVES_UP, Timer { due, cause });
            }
        }
    }

    /// Does what is due.
    pub(super) fn upkeep_due(&mut self, name: &str, cause: Cause, log: &mut Vec<Event>) {
        let before = self.events;
        let later = if let Some(id) = name.strip_prefix(STALLS) {
            let id = TaskId::from(id.to_owned());
            self.with_parts(cause, log, |parts, step| {
                task::unattached(parts, &id, step);
            })
        } else {
            let ends = name.strip_prefix(RETIRED);
            let id = ends.unwrap_or_else(|| name.trim_start_matches(RETIRES));
            let id = TaskId::from(id.to_owned());
            if self.tasks.get(&id).is_none_or(|it| it.stop.is_some()) {
                return;
            }
            let service = self.service_of(&id);
            if let Some(service) = service.clone().filter(|_| ends.is_none()) {
                self.replaced_by(service, &id, cause, log);
                return;
            }
            let of = service.map(|it| it.wish.service_name);
            self.with_parts(cause, log, |parts, step| {
                task::retire(parts, &id, of.as_deref(), step);
            })
        };
        self.schedule(later, cause, before);
    }

    /// The service that keeps a task running.
    fn service_of(&self, id: &TaskId) -> Option<Service> {
        let key = super::services::service_of(self.tasks.get(id)?)?;
        let service = self.services.get(&key)?;
        let keeps = service.status == ServiceStatus::Active
            && service.members.iter().any(|it| it.task == *id);
        keeps.then(|| Service::clone(service))
    }

    /// Has a service replace a task that AWS retires.
    fn replaced_by(
        &mut self,
        mut service: Service,
        id: &TaskId,
        cause: Cause,
        log: &mut Vec<Event>,
    ) {
        for member in service.members.iter_mut().filter(|it| it.task == *id) {
            member.retiring = true;
        }
        service.steady = false;
        let name = service.name.clone();
        self.services.put(service);
        let fact = Fact::Changed {
            what: "Task",
            id: id.to_string(),
            how: format!("is retired: service {name} replaces it"),
        };
        self.log(fact, cause, log);
        let cause = Cause::Event(EventId(self.events - 1));
        let due = Due::Work(Worker::Upkeep, format!("{RETIRED}{id}").into(), None);
        self.queue.push(self.now + ENDS, Timer { due, cause });
        self.wake(&name, self.now, cause);
    }
}
