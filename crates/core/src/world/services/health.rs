//! How the scheduler counts a task.
//!
//! Source: 'Deploy Amazon ECS services by replacing tasks': without a load balancer and a container health check 40 seconds after it is
//! RUNNING; with a container health check when it is HEALTHY; with a load balancer when its target is healthy; with both when both are.

use crate::network::{TargetHealth, TargetState};
use crate::service::{Member, MemberHealth, Registration, Service};
use crate::task::{Health, Task, TaskState};
use crate::units::{SimSpan, SimTime};
use crate::world::World;

/// How long a task that nothing checks has to be RUNNING.
const UNCHECKED: SimSpan = SimSpan::secs(40);

/// How a task counts; and when it will count otherwise by itself, where that is known.
pub(super) fn of(
    world: &World,
    service: &Service,
    member: &Member,
    task: &Task,
) -> (MemberHealth, Option<SimTime>) {
    let Some(since) = task.since(TaskState::Running) else {
        return (MemberHealth::Starting, None);
    };
    let grace = since + service.grace();
    let in_grace = world.now < grace && !member.registered.is_empty();
    let bad = |health: MemberHealth| {
        if in_grace {
            (MemberHealth::Waiting, Some(grace))
        } else {
            (health, None)
        }
    };
    let mut containers = task.containers.iter();
    let checked =
        containers.any(|it| it.definition.essential && it.definition.health_check.is_some());
    let well = task.health();
    if checked && well == Health::Unhealthy {
        return bad(MemberHealth::Unhealthy);
    }
    let states = member.registered.iter().map(|it| state(world, it));
    let states: Vec<Option<TargetState>> = states.map(|it| it.map(|it| it.state)).collect();
    let ill = |it: &Option<TargetState>| matches!(it, Some(TargetState::Unhealthy(_)));
    if let Some(place) = states.iter().position(ill) {
        return bad(MemberHealth::UnhealthyTarget(place));
    }
    let balanced = !states.is_empty();
    if !checked && !balanced {
        let counts = since + UNCHECKED;
        return if counts <= world.now {
            (MemberHealth::Healthy, None)
        } else {
            (MemberHealth::Waiting, Some(counts))
        };
    }
    let healthy = (!checked || well == Health::Healthy)
        && states.iter().all(|it| *it == Some(TargetState::Healthy));
    if healthy {
        (MemberHealth::Healthy, None)
    } else {
        (MemberHealth::Waiting, None)
    }
}

/// What the checks of a target found.
pub(super) fn state(world: &World, registration: &Registration) -> Option<TargetHealth> {
    let group = world.network.target_groups.get(&registration.group)?;
    let mut targets = group.targets.iter();
    let target = targets.find(|it| {
        *it.id == *registration.address && it.port == registration.port && !it.draining
    })?;
    Some(target.health)
}
