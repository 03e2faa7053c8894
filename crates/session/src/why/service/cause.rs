//! What keeps a service from a steady state, and the chain that says it.

use super::unplaced::{percentages, unplaced};
use super::{last_call, troubled};
use crate::why::balance;
use crate::why::ground::Ground;
use crate::why::{Explanation, Goal, Link, Said, State, story};
use fargate_core::event::Fact;
use fargate_core::network::TargetState;
use fargate_core::service::{Rollout, Service, words};
use fargate_core::task::{Scheduled, Task, Why};
use fargate_core::units::SimTime;
use fargate_core::world::World;
use std::sync::Arc;

/// How long ago a task's end may be that still tells of a trouble, in ms.
const LATELY: u64 = 3_600_000;

/// Whether something keeps a service from a steady state for good.
pub(super) fn is_in_trouble(world: &World, service: &Service) -> bool {
    service.unplaced.is_some()
        || is_given_up(service)
        || is_stuck(service)
        || has_unhealthy_target(world, service)
        || troubled(world, &service.name, lately(world, service)).is_some()
}

/// Whether its circuit breaker gave its deployment up.
fn is_given_up(service: &Service) -> bool {
    service.primary().rollout == Rollout::Failed
}

/// Since when ends of tasks tell of a trouble: those of a deployment that was given up do for good.
fn lately(world: &World, service: &Service) -> SimTime {
    let began = service.primary().created_at;
    if is_given_up(service) {
        return began;
    }
    SimTime(world.now().0.saturating_sub(LATELY)).max(began)
}

/// What a circuit breaker did.
fn given_up(service: &Service) -> Link {
    let primary = service.primary();
    let tasks = if primary.failed == 1 { "task" } else { "tasks" };
    let sentence = format!(
        "Its circuit breaker gave the deployment of {} up after {} failed {tasks}: none is started until another deployment begins.",
        primary.task_definition, primary.failed
    );
    Link::new(primary.updated_at, sentence)
        .decided(service.name.as_str(), "deploymentCircuitBreaker")
}

/// Whether its percentages leave no step, by what it told since it was steady or was changed.
fn is_stuck(service: &Service) -> bool {
    let since = service.primary().created_at;
    let mut events = service.events.iter();
    service.deployments.len() > 1
        && events.any(|it| it.at >= since && it.message.ends_with(words::STUCK))
}

/// What its load balancer finds wrong with a task of it, or would find as it found with one that was stopped for that.
pub(super) fn of_target(
    ground: &Ground<'_>,
    service: &Service,
) -> Option<(Arc<Task>, Explanation)> {
    let world = &ground.world;
    let members = || {
        let tasks = service
            .members
            .iter()
            .filter_map(|it| world.tasks().get(&it.task));
        tasks.filter(|it| it.stop.is_none())
    };
    let found = |task: &Arc<Task>| Some((task.clone(), balance::unhealthy(ground, task)?));
    let soon = |task: &Arc<Task>| Some((task.clone(), balance::unhealthy_soon(ground, task)?));
    let stopped = || was_stopped_for_target(world, service);
    members()
        .find_map(found)
        .or_else(|| stopped().then(|| members().find_map(soon)).flatten())
}

/// Whether a task of the primary deployment was stopped since its load balancer found it unhealthy.
fn was_stopped_for_target(world: &World, service: &Service) -> bool {
    world.tasks().values().any(|task| {
        let of = task.options.get().and_then(|it| it.started_by.as_deref());
        let why = task.stop.as_ref().map(|it| it.why);
        of == Some(&*service.primary().id)
            && why == Some(Why::Scheduled(Scheduled::TargetUnhealthy))
    })
}

/// Whether the target of a task of it is unhealthy.
fn has_unhealthy_target(world: &World, service: &Service) -> bool {
    let registered = service.members.iter().flat_map(|it| &it.registered);
    registered.into_iter().any(|at| {
        let group = world.network().target_groups.get(&at.group);
        group.is_some_and(|group| {
            group.targets.iter().any(|it| {
                *it.id == *at.address
                    && !it.draining
                    && matches!(it.health.state, TargetState::Unhealthy(_))
            })
        })
    })
}

/// Adds what keeps a service from a steady state; whether there is something.
pub(super) fn add_cause(ground: &Ground<'_>, service: &Service, found: &mut Explanation) -> bool {
    let world = &ground.world;
    let now = world.now();
    let name = &service.name;
    let (running, _) = world.service_counts(service, None);
    let desired = service.desired();
    let symptom = if running < desired {
        format!("Service {name} runs {running} of {desired} tasks.")
    } else {
        format!("Service {name} does not reach a steady state.")
    };
    let goal = |task: Option<&Task>, holds: u64| Goal::Steady {
        service: name.clone(),
        task: task.map(|it| it.id.clone()),
        holds,
    };
    let first = Link::new(now, symptom.clone());
    let mut events = service.events.iter();
    if let Some(reason) = &service.unplaced {
        found.state = State::Wrong;
        found.title = symptom;
        found.chain.push(first);
        let told = events.next().map(|it| it.message.clone());
        found.said = told.map(|message| Said {
            code: "service event".to_owned(),
            message,
        });
        unplaced(ground, service, reason, found);
        found.goal = Some(goal(None, 0));
        return true;
    }
    if is_stuck(service) {
        let percents = service.percents();
        found.state = State::Wrong;
        found.cause = "service-percentages";
        found.title = symptom;
        found.chain.push(first);
        let told = events.find(|it| it.message.ends_with(words::STUCK));
        found.said = told.map(|it| Said {
            code: "service event".to_owned(),
            message: it.message.clone(),
        });
        let sentence = format!(
            "Its deployment of {} may neither stop nor start a task: of {desired} tasks at least {} have to stay healthy, and at most {} may be there.",
            service.primary().task_definition,
            percents.least(desired),
            percents.most(desired)
        );
        let rule = format!(
            "minimumHealthyPercent {}, maximumPercent {}",
            percents.minimum, percents.maximum
        );
        found.chain.push(
            Link::new(now, sentence)
                .decided(name.as_str(), rule)
                .by(last_call(ground, name)),
        );
        found.cures = percentages(name);
        found.goal = Some(goal(None, 0));
        return true;
    }
    if let Some((task, trouble)) = troubled(world, name, lately(world, service)) {
        found.title.clone_from(&symptom);
        found.chain.push(first);
        let failed = service.primary().failed;
        let again = service.primary().not_before;
        if is_given_up(service) {
            found.chain.push(given_up(service));
        } else if failed > 0 {
            let waits = if again > now {
                format!(" It starts the next one at {again}.")
            } else {
                String::new()
            };
            let tasks = if failed == 1 { "task" } else { "tasks" };
            found.chain.push(
                Link::new(
                    now,
                    format!("Its last {failed} {tasks} stopped before they were RUNNING.{waits}"),
                )
                .decided(name.as_str(), "service throttle logic"),
            );
        }
        let at = if task.stop.is_some() {
            story::add_stop(ground, found, &task);
            ground.when(&task.id, |fact| matches!(fact, Fact::Stopping { .. }))
        } else {
            story::add(ground, found, &task, &trouble);
            now
        };
        found.state = State::Wrong;
        story::add_cures(ground, found, &task, &trouble, at);
        return true;
    }
    let Some((task, of_check)) = of_target(ground, service) else {
        if !is_given_up(service) {
            return false;
        }
        found.title = symptom;
        found.state = State::Wrong;
        found.cause = "service-given-up";
        found.chain.push(first);
        found.chain.push(given_up(service));
        "Begin another deployment: update the service to a revision that works, or with a new deployment of the same."
            .clone_into(&mut found.help);
        return true;
    };
    found.title.clone_from(&symptom);
    found.chain.push(first);
    found.state = State::Wrong;
    found.said = of_check.said;
    found.cause = of_check.cause;
    found.chain.extend(of_check.chain);
    found.help = of_check.help;
    found.cures = of_check.cures;
    found.goal = Some(goal(Some(&task), 0));
    true
}
