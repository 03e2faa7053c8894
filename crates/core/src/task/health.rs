//! Health checks: `interval`, `timeout`, `retries` and `startPeriod`, and the verdict that they lead to.
//!
//! Source: API reference of `HealthCheck`; the first check comes one interval after the start, and each other one
//! interval after the last has ended, as Docker documents it.

use super::container::Health;
use super::life::{Act, Due, Parts};
use super::model::Task;
use super::order;
use crate::engine::step::Step;
use crate::event::Fact;
use crate::task_definition::HealthCheck;

/// How long after a container's start its first check comes, in ms.
pub(super) fn first(rules: &HealthCheck) -> u64 {
    // AWS takes no interval below 5 s; one of 0 would hold time still
    u64::from(rules.interval.max(1)) * 1_000
}

/// Runs a container's health check: it passes when its image is ready and not sick, and answers within `timeout`.
pub(super) fn check(parts: &mut Parts<'_>, task: &Task, place: usize, step: &mut Step<'_>) {
    let it = &task.containers[place];
    let Some(rules) = it.definition.health_check else {
        return;
    };
    let (age, image) = (it.age(step.now), &it.workload);
    let timeout = u64::from(rules.timeout) * 1_000;
    let well = age >= image.ready_ms && image.sick_ms.is_none_or(|sick| age < sick);
    let passes = well && image.check_ms < timeout;
    // a success within the start period ends it
    let young = age < u64::from(rules.start_period) * 1_000 && it.health == Health::Unknown;
    let failures = match (passes, young) {
        (true, _) => 0,
        (false, true) => it.failures,
        (false, false) => it.failures.saturating_add(1),
    };
    let health = if passes {
        Health::Healthy
    } else if failures >= rules.retries {
        Health::Unhealthy
    } else {
        it.health
    };
    if let Some(task) = parts.tasks.get_mut(&task.id) {
        task.containers[place].failures = failures;
        task.containers[place].health = health;
        task.containers[place].verdicts += u32::from(health != it.health);
    }
    let next = first(&rules) + image.check_ms.min(timeout);
    parts.later(&task.id, next, Due::Own(place, it.starts, Act::Check));
    if health != it.health {
        step.log(Fact::HealthChanged {
            task: task.id.clone(),
            container: it.name.clone(),
            health,
        });
        order::start_ready(parts, &task.id, step);
    }
}
