//! Why a service does not reach a steady state: its tasks cannot be placed, its percentages leave no step, or its tasks are in trouble,
//! whose story the chain goes on with.

mod cause;
mod unplaced;

use super::flow::at_task;
use super::ground::{Ground, title};
use super::trouble::{Trouble, of_living, of_stop};
use super::{Explanation, Goal, Link, State, branch, story};
use crate::session::Session;
use cause::{add_cause, is_in_trouble, of_target};
use fargate_core::event::{Cause, Fact};
use fargate_core::service::{Service, ServiceStatus, key, name_in, of_group, words};
use fargate_core::task::{Scheduled, Task, TaskState};
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::world::World;
use std::sync::Arc;

/// How far ahead a service that is on its way is followed.
const FOLLOWED: SimSpan = SimSpan::secs(900);
/// Within how long several ends tell that tasks do not last, in ms.
const RESTLESS: u64 = 900_000;

pub(super) fn of(session: &Session, named: &str) -> Result<Explanation, String> {
    let ground = Ground::now(session);
    let services = ground.world.services();
    // one of another cluster is known by both names
    let known = services.get(named.trim());
    let Some(service) = known.or(services.get(name_in(named.trim()))).cloned() else {
        let all: Vec<&str> = ground
            .world
            .services()
            .all()
            .map(|it| it.name.as_str())
            .collect();
        let there = if all.is_empty() {
            "There is none: create one first, or name a later moment.".to_owned()
        } else {
            format!("There is: {}.", all.join(", "))
        };
        return Err(format!("No service is called '{named}'. {there}"));
    };
    Ok(explain(session, &ground, &service))
}

/// The service that started a task, while it is ACTIVE.
pub(super) fn of_task<'w>(world: &'w World, task: &Task) -> Option<&'w Arc<Service>> {
    let name = task.options.get()?.group.as_deref().and_then(of_group)?;
    let service = world.services().get(&key(task.cluster(), name));
    service.filter(|it| it.status == ServiceStatus::Active)
}

/// The task of a service that was in trouble last since a moment, and its trouble: one of its primary deployment.
pub(super) fn troubled(world: &World, name: &str, since: SimTime) -> Option<(Arc<Task>, Trouble)> {
    let service = world.services().get(name)?;
    let now = world.now();
    let primary = &*service.primary().id;
    let began = |task: &Task| task.stages.first().map(|it| it.from).unwrap_or_default();
    let by = |task: &Task| {
        let options = task.options.get();
        options.and_then(|it| it.started_by.clone())
    };
    let mut tasks: Vec<&Arc<Task>> = world
        .tasks()
        .values()
        .filter(|task| began(task) >= since && by(task).as_deref() == Some(primary))
        .collect();
    tasks.sort_by_key(|task| (began(task), task.id.clone()));
    tasks.into_iter().rev().find_map(|task| {
        let trouble = if task.stop.is_some() {
            of_stop(task, now)
        } else {
            of_living(task, now)
        };
        trouble.map(|trouble| (task.clone(), trouble))
    })
}

/// The step that says why its service stopped a task.
pub(super) fn add_stop(
    ground: &Ground<'_>,
    found: &mut Explanation,
    task: &Task,
    why: Scheduled,
    at: SimTime,
) {
    let name = task
        .options
        .get()
        .and_then(|it| it.group.as_deref())
        .and_then(of_group)
        .unwrap_or_default();
    let stopping = |fact: &Fact| matches!(fact, Fact::Stopping { .. });
    let event = ground.last_of(&task.id, stopping);
    let by = event.and_then(|event| ground.call_behind(event));
    let by = by.and_then(|call| ground.deed(call));
    let (sentence, rule) = match why {
        Scheduled::Scaling => (
            format!(
                "Service {name} stopped {}: there are enough others.",
                title(task)
            ),
            "desiredCount",
        ),
        Scheduled::ContainerUnhealthy => (
            format!(
                "Service {name} stopped {}: its container's health check failed.",
                title(task)
            ),
            "healthCheck",
        ),
        Scheduled::TargetUnhealthy => {
            found.state = State::Wrong;
            found.cause = "target-unhealthy";
            "Ask why the service does not reach a steady state: the task that took its place is asked in the same way."
                .clone_into(&mut found.help);
            (
                format!(
                    "Service {name} stopped {}: its load balancer found it unhealthy.",
                    title(task)
                ),
                "HealthCheck",
            )
        }
        Scheduled::Retired => (
            format!(
                "Service {name} stopped {} and keeps another in its place: AWS retired the revision of the platform that it ran on.",
                title(task)
            ),
            "task retirement",
        ),
    };
    let by = by.filter(|_| matches!(why, Scheduled::Scaling | Scheduled::Retired));
    let link = Link::new(at, sentence).decided(name, rule).by(by);
    found.chain.push(link.seen([at_task(&task.id)]));
}

/// Goes on from a task that its service stopped since its load balancer found it unhealthy, to what is wrong with the one that is asked
/// in its place.
pub(super) fn go_on(ground: &Ground<'_>, found: &mut Explanation, task: &Task) {
    let Some(service) = of_task(&ground.world, task) else {
        return;
    };
    if let Some((other, of_check)) = of_target(ground, service) {
        found.cause = of_check.cause;
        found.chain.extend(of_check.chain);
        found.help = of_check.help;
        found.cures = of_check.cures;
        found.goal = Some(Goal::Steady {
            service: service.name.clone(),
            task: Some(other.id.clone()),
            holds: 0,
        });
    }
}

fn explain(session: &Session, ground: &Ground<'_>, service: &Service) -> Explanation {
    let now = ground.world.now();
    let name = &service.name;
    let mut found = Explanation::of(format!("service {name}"), String::new());
    if service.status != ServiceStatus::Active {
        found.title = format!(
            "Nothing is wrong: service {name} was deleted and is {}.",
            service.status.aws()
        );
        let by = last_call(ground, name);
        found
            .chain
            .push(Link::new(now, format!("Service {name} was deleted.")).by(by));
        return found;
    }
    if service.steady {
        let desired = service.desired();
        let mut events = service.events.iter();
        let since = events.find(|it| it.message.ends_with(words::STEADY));
        let since = since.map_or(now, |it| it.at);
        found.title = format!(
            "Nothing is wrong: service {name} is in a steady state since {since}: {desired} of {desired} tasks run."
        );
        if add_restless(ground, service, &mut found, since) {
            return found;
        }
        add_way_back(service, &mut found);
        found.checked = fine(&ground.world, service);
        return found;
    }
    if add_cause(ground, service, &mut found) {
        return found;
    }
    let mut ahead = Ground::now(session);
    let decided = |world: &World| {
        let Some(then) = world.services().get(name) else {
            return true;
        };
        then.steady || is_in_trouble(world, then)
    };
    ahead.look_ahead(now + FOLLOWED, decided);
    let later = branch::seconds(ahead.world.now() - now);
    let then = ahead.world.services().get(name).cloned();
    let then = then.as_deref().unwrap_or(service);
    if then.steady {
        found.title = format!(
            "Nothing is wrong: service {name} is on its way, and will reach a steady state in {later}."
        );
        found
            .chain
            .push(Link::new(now, doing(&ground.world, service)).by(last_call(ground, name)));
        return found;
    }
    if add_cause(&ahead, then, &mut found) {
        found.chain.insert(
            0,
            Link::new(
                now,
                format!("{} That will not do:", doing(&ground.world, service)),
            ),
        );
        return found;
    }
    found.title = format!("Service {name} does not reach a steady state within 15 minutes.");
    found.state = State::Wrong;
    found.cause = "service-slow";
    found
        .chain
        .push(Link::new(now, doing(&ground.world, service)));
    "Look at its tasks: each has a story of its own.".clone_into(&mut found.help);
    found
}

/// That tasks of a service that is in a steady state do not last, where several ended lately; whether that is so.
fn add_restless(
    ground: &Ground<'_>,
    service: &Service,
    found: &mut Explanation,
    steady: SimTime,
) -> bool {
    let world = &ground.world;
    let now = world.now();
    let name = &service.name;
    let since = SimTime(now.0.saturating_sub(RESTLESS)).max(service.primary().created_at);
    let ended = |task: &&Arc<Task>| {
        let of = task.options.get().and_then(|it| it.started_by.as_deref());
        of == Some(&*service.primary().id)
            && task
                .stages
                .iter()
                .any(|it| it.state > TaskState::Running && it.from >= since)
            && of_stop(task, now)
                .is_some_and(|it| !matches!(it, Trouble::Interrupted | Trouble::Retired))
    };
    let mut all: Vec<&Arc<Task>> = world.tasks().values().filter(ended).collect();
    all.sort_by_key(|it| it.stages.first().map(|it| it.from));
    let (Some(task), true) = (all.last(), all.len() >= 2) else {
        return false;
    };
    let Some(trouble) = of_stop(task, now) else {
        return false;
    };
    found.title =
        format!("Service {name} is in a steady state since {steady}, but its tasks do not last.");
    found.chain.push(Link::new(
        now,
        format!(
            "{} of its tasks ended in the last {} and were replaced.",
            all.len(),
            branch::seconds(now - since)
        ),
    ));
    story::add_stop(ground, found, task);
    found.state = State::Wrong;
    let at = ground.when(&task.id, |fact| matches!(fact, Fact::Stopping { .. }));
    story::add_cures(ground, found, task, &trouble, at);
    true
}

/// That a service runs what it ran before, where its circuit breaker went back to that.
fn add_way_back(service: &Service, found: &mut Explanation) {
    let primary = service.primary();
    let back = words::rolls_back(&primary.id);
    let mut events = service.events.iter();
    let Some(told) = events.find(|it| it.message.ends_with(&back)) else {
        return;
    };
    let (name, definition) = (&service.name, &primary.task_definition);
    found.title = format!(
        "Service {name} is in a steady state, but what was to take the place of {definition} failed."
    );
    let sentence =
        format!("Its circuit breaker gave that deployment up and rolled {definition} out again.");
    let link = Link::new(told.at, sentence);
    found
        .chain
        .push(link.decided(name.as_str(), "deploymentCircuitBreaker"));
}

/// What is as it should be.
fn fine(world: &World, service: &Service) -> Vec<String> {
    let primary = service.primary();
    let mut lines = vec![format!(
        "its deployment of {} is completed",
        primary.task_definition
    )];
    for balancer in &primary.load_balancers {
        let arn = balancer.target_group_arn.as_deref().unwrap_or_default();
        let group = world.network().target_groups.get(&arn.into());
        if let Some(group) = group {
            lines.push(format!("its targets in {} are healthy", group.name()));
        }
    }
    lines
}

/// What a service is at.
fn doing(world: &World, service: &Service) -> String {
    let (running, pending) = world.service_counts(service, None);
    format!(
        "Service {} runs {running} of {} tasks, and {pending} are on their way.",
        service.name,
        service.desired()
    )
}

/// The last call about a service.
fn last_call(ground: &Ground<'_>, name: &str) -> Option<super::Deed> {
    let mut latest = ground.latest();
    let event = latest.find(|event| match &event.fact {
        Fact::Made {
            what: "Service",
            id,
            ..
        }
        | Fact::Changed {
            what: "Service",
            id,
            ..
        } => id == name && matches!(event.cause, Cause::Call(_)),
        _ => false,
    })?;
    ground.deed(ground.call_behind(event)?)
}
