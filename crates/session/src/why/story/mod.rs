//! The chain of a task's trouble: each cause as a step, from what AWS says down to the root.

mod containers;
mod files;
mod lack;
mod start;
mod upkeep;

pub(super) use start::errand;

use super::flow::at_task;
use super::ground::{Ground, title};
use super::trouble::{Trouble, of_stop};
use super::{Deed, Explanation, Goal, Link, Reference, Said, State, asks, cures, service};
use crate::reasons;
use crate::view::Place;
use crate::words::short_name;
use containers::{asks_of_aws, disk_full, ended, foreign, killed, lacks, unhealthy, waiting};
use fargate_core::event::Fact;
use fargate_core::iam::Layer;
use fargate_core::task::{LackKind, StopCode, Task, TaskState, Why};
use fargate_core::units::SimTime;
use lack::refused;
use start::{disk_help, interrupted, no_address, no_way, small_disk};
use upkeep::{retired, unattached};

/// Adds why a task stopped, from AWS's words down to the root.
pub(super) fn add_stop(ground: &Ground<'_>, found: &mut Explanation, task: &Task) {
    let Some(stop) = &task.stop else {
        return;
    };
    let stopping = |fact: &Fact| matches!(fact, Fact::Stopping { .. });
    let at = ground.when(&task.id, stopping);
    found.said = Some(Said {
        code: stop.code.aws().to_owned(),
        message: stop.reason.clone(),
    });
    if let Why::Scheduled(why) = stop.why {
        service::add_stop(ground, found, task, why, at);
        if let Some(trouble) = of_stop(task, at) {
            add(ground, found, task, &trouble);
        }
        return;
    }
    if stop.code == StopCode::UserInitiated {
        let event = ground.last_of(&task.id, stopping);
        let by = event.and_then(|event| ground.call_behind(event));
        let link = Link::new(at, format!("Somebody asked {} to stop.", title(task)));
        let by = by.and_then(|call| ground.deed(call));
        found.chain.push(link.by(by).seen([at_task(&task.id)]));
        return;
    }
    let Some(trouble) = of_stop(task, ground.world.now()) else {
        found.chain.push(
            Link::new(
                at,
                format!(
                    "The only essential container of {} ended with exit code 0: it has done its work.",
                    title(task)
                ),
            )
            .seen([at_task(&task.id)]),
        );
        return;
    };
    let symptom = format!("{} stopped: {}", title(task), stop.code.aws());
    found.state = State::Wrong;
    let page = reasons::find(stop.code.aws(), &stop.reason);
    // a registry says the same of what its own policy and of what the role's refuses
    let denied = matches!(&trouble, Trouble::Refused(lack) if matches!(&lack.kind, LackKind::Denied(it) if it.layer != Some(Layer::Endpoint)));
    let page = page.filter(|_| !denied);
    let page = page.map(|reason| Reference::Reason(reason.id));
    let link = Link::new(at, format!("{symptom}.")).seen([at_task(&task.id)]);
    found.chain.push(link.seen(page));
    add(ground, found, task, &trouble);
}

/// Adds the steps of a trouble, the root last.
pub(super) fn add(ground: &Ground<'_>, found: &mut Explanation, task: &Task, trouble: &Trouble) {
    found.state = State::Wrong;
    found.cause = trouble.name();
    match trouble {
        Trouble::NoAddress => found.chain.push(no_address(ground, task)),
        Trouble::NoWay(what, trace) => no_way(ground, found, task, *what, trace.as_deref()),
        Trouble::Refused(lack) => refused(ground, found, task, lack),
        Trouble::Interrupted => found.chain.push(interrupted(ground, task)),
        Trouble::Retired => found.chain.push(retired(ground, task)),
        Trouble::Unattached => found.chain.push(unattached(ground, task)),
        Trouble::Foreign(place) => foreign(ground, found, task, *place),
        Trouble::SmallDisk => {
            disk_help(ground, task).clone_into(&mut found.help);
            found.chain.push(small_disk(ground, task));
        }
        Trouble::Killed(place, by) => killed(ground, found, task, *place, *by),
        Trouble::Lacks(place, said) => lacks(ground, found, task, *place, said),
        Trouble::DiskFull(place) => disk_full(ground, found, task, *place),
        Trouble::Asked(place) => {
            asks_of_aws(ground, found, task, *place);
            asks::add(ground, found, task, *place);
        }
        Trouble::Ended(place, code) => ended(ground, found, task, *place, *code),
        Trouble::Waits {
            waits,
            dependency,
            on,
            late,
            inner,
        } => {
            found
                .chain
                .push(waiting(ground, task, (*waits, *dependency), *on, *late));
            if let Some(inner) = inner {
                add(ground, found, task, inner);
            }
        }
        Trouble::SlowCheck(place) | Trouble::SlowStart(place) | Trouble::Sick(place) => {
            unhealthy(ground, found, task, *place, trouble);
        }
    }
}

fn short(task: &Task, place: usize) -> &str {
    short_name(&task.containers[place].name, &task.definition.family)
}

fn container(task: &Task, place: usize) -> Reference {
    Reference::Canvas(Place::Container(task.id.clone(), place))
}

/// The revision's registration, as what made something so.
fn defined(ground: &Ground<'_>, task: &Task) -> Option<Deed> {
    ground.registered(&task.revision)
}

/// For how long a cure has to hold, given when the trouble came: twice as long as it went well.
pub(super) fn holds(task: &Task, at: SimTime) -> u64 {
    let mut stages = task.stages.iter();
    let running = stages.find(|it| it.state == TaskState::Running);
    let well = running.map_or(0, |it| at.0.saturating_sub(it.from.0));
    (well * 2).min(3_600_000)
}

/// The cures and the goal of a task's trouble.
pub(super) fn add_cures(
    ground: &Ground<'_>,
    found: &mut Explanation,
    task: &Task,
    trouble: &Trouble,
    at: SimTime,
) {
    found.cures = cures::of_task_trouble(&ground.world, task, trouble);
    found.goal = Some(goal(ground, task, holds(task, at)));
}

/// What a cure of a task has to bring about: that such a task runs; of a service's, that the service comes to a steady state.
pub(super) fn goal(ground: &Ground<'_>, task: &Task, holds: u64) -> Goal {
    match service::of_task(&ground.world, task) {
        Some(service) => Goal::Steady {
            service: service.name.clone(),
            task: Some(task.id.clone()),
            holds,
        },
        None => Goal::Runs {
            task: task.id.clone(),
            holds,
        },
    }
}
