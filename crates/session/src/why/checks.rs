//! What was looked at and is fine: a line each. A check that is not fine is no line here, since the chain tells it.

use super::branch::seconds;
use super::ground::Ground;
use super::{needs, story};
use crate::words::number;
use fargate_core::network::RESERVED;
use fargate_core::task::{ContainerStatus, Health, Task, TaskState, Why};
use fargate_core::units::SimSpan;

/// One check of a task: lines of what is fine.
type Check = fn(&Ground<'_>, &Task) -> Vec<String>;

/// The checks, in the order of a task's life.
const CHECKS: &[Check] = &[
    room, platform, fetches, disk, order, memory, health, listening, run,
];

/// What is fine with a task, whatever else is wrong.
pub(super) fn of(ground: &Ground<'_>, task: &Task) -> Vec<String> {
    CHECKS
        .iter()
        .flat_map(|check| check(ground, task))
        .collect()
}

fn room(ground: &Ground<'_>, task: &Task) -> Vec<String> {
    let network = ground.world.network();
    let Some(subnet) = network.subnets.get(&task.assignment.subnet) else {
        return Vec::new();
    };
    let all = subnet.size().saturating_sub(RESERVED);
    let free = all.saturating_sub(network.used_in(&subnet.id));
    // that there is room now says nothing of when there was none
    let had_none = matches!(&task.stop, Some(stop) if stop.why == Why::NoAddress);
    if had_none || (free == 0 && task.interface.is_none()) {
        return Vec::new();
    }
    vec![format!(
        "Subnet {} has {} of {} addresses free.",
        subnet.title(),
        number(free.into()),
        number(all.into())
    )]
}

fn platform(_: &Ground<'_>, task: &Task) -> Vec<String> {
    vec![format!(
        "Platform version {} offers all that the definition asks for.",
        task.platform.version
    )]
}

fn fetches(ground: &Ground<'_>, task: &Task) -> Vec<String> {
    let Some((_, all)) = needs::fetching(&ground.world, task) else {
        return Vec::new();
    };
    let come = all.iter().filter(|it| it.trace.delivered());
    let told = come.map(|it| {
        let [_, what, place] = story::errand(it.what);
        format!("It reaches {}, for {what} {place}.", it.host)
    });
    told.collect()
}

fn disk(ground: &Ground<'_>, task: &Task) -> Vec<String> {
    let disk = task.disk(ground.world.now());
    let used = disk.layers.saturating_add(disk.written);
    if used >= disk.room {
        return Vec::new();
    }
    vec![format!(
        "The disk of {} GiB has {} MiB free.",
        disk.room / 1_024,
        number((disk.room - used).into())
    )]
}

fn order(_: &Ground<'_>, task: &Task) -> Vec<String> {
    let depends = task
        .containers
        .iter()
        .any(|it| !it.definition.depends_on.is_empty());
    let all = task.containers.iter().all(|it| it.starts > 0);
    if !depends || !all {
        return Vec::new();
    }
    vec!["Every container found what its dependsOn waits for.".to_owned()]
}

fn memory(ground: &Ground<'_>, task: &Task) -> Vec<String> {
    let rates = ground.world.traffic().rates(task);
    let now = ground.world.now();
    let running = task
        .containers
        .iter()
        .zip(&rates)
        .filter(|(it, _)| it.runs());
    let within = running.filter_map(|(it, rate)| {
        let (wants, limit) = (
            it.wants_memory(*rate, now),
            it.definition.memory.map(|it| it.0),
        );
        let limit = limit.unwrap_or(task.memory.0);
        (wants <= limit).then(|| {
            format!(
                "{} holds {} of {} MiB.",
                it.name,
                number(wants.into()),
                number(limit.into())
            )
        })
    });
    within.collect()
}

fn health(_: &Ground<'_>, task: &Task) -> Vec<String> {
    let well = task
        .containers
        .iter()
        .filter(|it| it.health == Health::Healthy);
    well.map(|it| format!("The health check of {} passes.", it.name))
        .collect()
}

fn listening(ground: &Ground<'_>, task: &Task) -> Vec<String> {
    let network = ground.world.network();
    let Some(interface) = network.interface_of(&task.id) else {
        return Vec::new();
    };
    let ports = interface.listeners.iter().filter(|it| it.hears(false));
    ports
        .map(|it| format!("{} listens on {} {}.", it.name, it.protocol, it.port))
        .collect()
}

fn run(ground: &Ground<'_>, task: &Task) -> Vec<String> {
    let alive = |status: &ContainerStatus| *status == ContainerStatus::Running;
    if task.state() != TaskState::Running || !task.containers.iter().all(|it| alive(&it.status)) {
        return Vec::new();
    }
    let oldest = task
        .containers
        .iter()
        .map(|it| it.age(ground.world.now()))
        .min();
    oldest
        .map(|age| {
            format!(
                "All containers have been running for {} or longer.",
                seconds(SimSpan(age))
            )
        })
        .into_iter()
        .collect()
}
