//! One look of the scheduler at a service: what happened to its tasks, and what is done about it.

use super::health;
use crate::event::{Cause, Event, EventId, Fact};
use crate::ids::TaskId;
use crate::service::step::{self, Counts};
use crate::service::{MemberHealth, Rollout, Service, ServiceStatus, breaker, words};
use crate::task::{Scheduled, StopCode, TaskState};
use crate::units::{Date, SimSpan, SimTime};
use crate::world::World;

/// The first day on which an unhealthy task is stopped only when another is in its place. Source: 'A deep dive into Amazon ECS task
/// health and task replacement' on AWS's blog.
const REPLACES_FIRST: Date = Date::new(2023, 10, 20);
/// How often a service that is in a steady state says so. AWS publishes no figure; about so in logs.
const SAYS_STEADY: SimSpan = SimSpan::secs(6 * 3_600);

/// One look at a service.
pub(super) struct Look<'a> {
    pub(super) world: &'a mut World,
    pub(super) service: Service,
    /// What led to what is done now.
    pub(super) cause: Cause,
    pub(super) log: &'a mut Vec<Event>,
    /// When it is to be looked at again.
    next: Option<SimTime>,
}

impl<'a> Look<'a> {
    pub(super) fn new(
        world: &'a mut World,
        service: Service,
        cause: Cause,
        log: &'a mut Vec<Event>,
    ) -> Self {
        Self {
            world,
            service,
            cause,
            log,
            next: None,
        }
    }

    /// Looks, does what is to be done, and says when to look again, and because of what.
    pub(super) fn look(mut self) -> Option<(SimTime, Cause)> {
        if self.service.status == ServiceStatus::Inactive {
            return None;
        }
        self.stop_drained();
        self.see_ends();
        self.see_runs();
        let counted = self.counted();
        self.see_well(counted.iter().map(|it| (it.task.clone(), it.health)));
        self.break_circuit();
        // which deployment is the primary one may have changed
        let counted = self.counted();
        let counts = counts(&counted);
        let desired = self.service.desired();
        let first = self.world.as_of >= REPLACES_FIRST;
        let mut step = step::next(desired, self.service.percents(), counts, first);
        if self.service.primary().rollout == Rollout::Failed {
            step = step.given_up();
        }
        let by = self.service.primary().id.clone();
        let of = |new: bool| -> Vec<(TaskId, MemberHealth)> {
            let all = counted.iter().filter(|it| it.new == new);
            all.map(|it| (it.task.clone(), it.health)).collect()
        };
        self.stop_some(of(false), step.stop_old, &by);
        let fit = |it: &(TaskId, MemberHealth)| {
            !matches!(
                it.1,
                MemberHealth::Unhealthy | MemberHealth::UnhealthyTarget(_)
            )
        };
        let (well, ill): (Vec<_>, Vec<_>) = of(true).into_iter().partition(fit);
        self.stop_some(well, step.stop_new, &by);
        for (id, health) in &ill {
            self.tell_unhealthy(id, *health);
        }
        let stops = ill.into_iter().take(step.stop_unhealthy as usize);
        let stops: Vec<_> = stops.map(|(id, health)| self.because(id, health)).collect();
        self.count_failures(0, stops.len());
        self.stop(stops);
        let broken = self.break_circuit();
        if step.start > 0 && !broken {
            self.start(step.start);
        }
        if broken || self.break_circuit() {
            self.again(self.world.now);
        }
        if step.stuck {
            self.tell_once(words::STUCK.to_owned());
        }
        self.settle(desired, counts);
        let next = self.next.map(|at| (at, self.cause));
        self.world.services.put(self.service);
        next
    }

    /// Tasks that stopped or are stopping without the scheduler's doing.
    fn see_ends(&mut self) {
        for place in 0..self.service.members.len() {
            let member = self.service.members[place].clone();
            let Some(task) = self.world.tasks.get(&member.task).cloned() else {
                continue;
            };
            let Some(stop) = task.stop.as_ref().filter(|_| !member.ended) else {
                continue;
            };
            self.service.members[place].ended = true;
            self.service.steady = false;
            self.deregister(place);
            let fails = matches!(
                stop.code,
                StopCode::TaskFailedToStart | StopCode::EssentialContainerExited
            );
            let mut deployments = self.service.deployments.iter();
            let of = deployments.position(|it| it.id == member.deployment);
            if let Some(of) = of.filter(|_| fails && task.since(TaskState::Running).is_none()) {
                let began = task.stages.first().map(|it| it.from);
                self.failed(of, began.unwrap_or_default());
            }
        }
        let tasks = &self.world.tasks;
        let gone = |id: &TaskId| {
            tasks
                .get(id)
                .is_none_or(|it| it.state() == TaskState::Stopped)
        };
        self.service.members.retain(|it| !gone(&it.task));
        let members = &self.service.members;
        let mut first = true;
        self.service.deployments.retain(|deployment| {
            let primary = std::mem::take(&mut first);
            primary || members.iter().any(|it| it.deployment == deployment.id)
        });
    }

    /// Tasks that came to RUNNING.
    fn see_runs(&mut self) {
        let mut fresh = Vec::new();
        for (place, member) in self.service.members.iter().enumerate() {
            let task = self.world.tasks.get(&member.task);
            let runs = task.is_some_and(|it| it.state() == TaskState::Running && it.stop.is_none());
            if runs && !member.ran {
                fresh.push(place);
            }
        }
        let counts_on = breaker::counts_after_running(self.world.as_of);
        for &place in &fresh {
            let of = self.service.members[place].deployment.clone();
            let deployments = self.service.deployments.iter_mut();
            for deployment in deployments.filter(|it| it.id == of) {
                if !deployment.ran && !counts_on {
                    deployment.failed = 0;
                }
                deployment.ran = true;
                deployment.level = 0;
                deployment.not_before = SimTime::default();
            }
        }
        self.register(&fresh);
    }

    /// The tasks that are not stopping.
    fn counted(&mut self) -> Vec<Counted> {
        let mut all = Vec::new();
        let mut wakes = Vec::new();
        for member in &self.service.members {
            let task = self.world.tasks.get(&member.task);
            let Some(task) = task.filter(|it| it.stop.is_none()) else {
                continue;
            };
            let (health, until) = health::of(self.world, &self.service, member, task);
            wakes.extend(until);
            all.push(Counted {
                task: member.task.clone(),
                new: member.deployment == self.service.primary().id && !member.retiring,
                health,
            });
        }
        for at in wakes {
            self.again(at);
        }
        all
    }

    fn tell_unhealthy(&mut self, id: &TaskId, health: MemberHealth) {
        let mut members = self.service.members.iter();
        let member = members.find(|it| it.task == *id);
        let told = match health {
            MemberHealth::UnhealthyTarget(place) => {
                let at = member.and_then(|it| it.registered.get(place)).cloned();
                at.map(|at| {
                    let state = health::state(self.world, &at).unwrap_or_default().state;
                    words::unhealthy_target(at.port, at.group.as_str(), &state.description())
                })
            }
            _ => Some(words::unhealthy(id)),
        };
        if let Some(told) = told {
            self.tell_once(told);
        }
    }

    /// Why an unhealthy task is stopped.
    fn because(&self, id: TaskId, health: MemberHealth) -> (TaskId, Scheduled, String) {
        let mut members = self.service.members.iter();
        let member = members.find(|it| it.task == id);
        let group = match health {
            MemberHealth::UnhealthyTarget(place) => member
                .and_then(|it| it.registered.get(place))
                .map(|it| it.group.to_string()),
            _ => None,
        };
        if let Some(group) = group {
            let reason = format!("Task failed ELB health checks in (target-group {group})");
            (id, Scheduled::TargetUnhealthy, reason)
        } else {
            let reason = "Task failed container health checks".to_owned();
            (id, Scheduled::ContainerUnhealthy, reason)
        }
    }

    /// Says what has been reached.
    fn settle(&mut self, desired: u32, counts: Counts) {
        let now = self.world.now;
        let old = self
            .service
            .members
            .iter()
            .any(|it| it.deployment != self.service.primary().id);
        let reached = !old
            && counts.new_healthy == desired
            && counts.new_becoming + counts.new_unhealthy == 0
            && self.service.deployments.len() == 1;
        let draining = self.service.status == ServiceStatus::Draining;
        if draining && self.service.members.is_empty() {
            self.service.status = ServiceStatus::Inactive;
            self.log("is INACTIVE".to_owned());
            return;
        }
        if !reached || draining {
            self.service.steady &= reached;
            return;
        }
        if self.service.primary().rollout.goes_on() {
            self.service.deployments[0].rollout = Rollout::Completed;
            self.service.deployments[0].updated_at = now;
            self.service.last_completed = Some(self.service.primary().clone());
            let id = self.service.primary().id.clone();
            self.tell(words::completed(&id));
        }
        if self.service.steady {
            let mut events = self.service.events.iter();
            let last = events.find(|it| it.message.ends_with(words::STEADY));
            let again = last.map_or(now, |it| it.at + SAYS_STEADY);
            if again > now {
                self.again(again);
                return;
            }
        }
        self.service.steady = true;
        self.service.resolved();
        self.tell(words::STEADY.to_owned());
        self.again(now + SAYS_STEADY);
    }

    /// It is to be looked at again by then.
    pub(super) fn again(&mut self, at: SimTime) {
        self.next = Some(self.next.map_or(at, |it| it.min(at)));
    }

    /// Logs what the service does; what follows is because of that.
    pub(super) fn log(&mut self, how: String) {
        let fact = Fact::Changed {
            what: "Service",
            id: self.service.name.clone(),
            how,
        };
        self.world.log(fact, self.cause, self.log);
        self.cause = Cause::Event(EventId(self.world.events - 1));
    }

    /// The service tells something.
    pub(super) fn tell(&mut self, what: String) {
        self.tell_of(None, what);
    }

    /// The same about the tasks of a deployment.
    pub(super) fn tell_of(&mut self, tasks_of: Option<&str>, what: String) {
        let message = self.message(tasks_of, &what);
        self.service.tell(message, self.world.now);
        self.log(what);
    }

    /// The same, unless it was told lately.
    pub(super) fn tell_once(&mut self, what: String) {
        let message = self.message(None, &what);
        if !self.service.told_lately(&message, self.world.now) {
            self.tell(what);
        }
    }

    fn message(&self, tasks_of: Option<&str>, what: &str) -> String {
        let name = &self.service.wish.service_name;
        match tasks_of {
            Some(of) => format!("(service {name}, taskSet {of}) {what}"),
            None => format!("(service {name}) {what}"),
        }
    }
}

/// A task that is not stopping.
struct Counted {
    task: TaskId,
    /// Whether it is of the primary deployment, and AWS does not retire it.
    new: bool,
    health: MemberHealth,
}

/// How many there are of each kind.
fn counts(counted: &[Counted]) -> Counts {
    let mut counts = Counts::default();
    for it in counted {
        let place = match (it.new, it.health) {
            (true, MemberHealth::Healthy) => &mut counts.new_healthy,
            (true, MemberHealth::Starting | MemberHealth::Waiting) => &mut counts.new_becoming,
            (true, MemberHealth::Unhealthy | MemberHealth::UnhealthyTarget(_)) => {
                &mut counts.new_unhealthy
            }
            (false, MemberHealth::Healthy) => &mut counts.old_healthy,
            (false, MemberHealth::Waiting) => &mut counts.old_waiting,
            (false, _) => &mut counts.old_idle,
        };
        *place += 1;
    }
    counts
}
