//! The order of start and end: `dependsOn` and its conditions, `startTimeout`, and the way back down.
//!
//! Source: API reference of `ContainerDependency`; what a task shows whose dependency failed was observed on Fargate in
//! 2026: the dependant is STOPPED with neither exit code nor reason, and the task says 'Task failed to start'.

use super::container::{Container, ContainerStatus, Health};
use super::exit;
use super::life::{Act, Due, Parts, spread};
use super::model::{Task, Why};
use crate::engine::step::Step;
use crate::event::Fact;
use crate::ids::TaskId;
use crate::task_definition::{Condition, Dependency};

/// `stopTimeout` where a container names none, in s. Source: ECS developer guide.
const STOP_TIMEOUT: u32 = 30;

/// How far a dependency is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gate {
    Open,
    Shut,
    /// It can never open any more.
    Never,
}

fn gate(task: &Task, dependency: &Dependency) -> Gate {
    // what AWS would have refused at registration holds nobody up
    let Some(place) = task.place_of(&dependency.container) else {
        return Gate::Open;
    };
    let it = &task.containers[place];
    let code = match it.status {
        ContainerStatus::Stopped { code: None, .. } => return Gate::Never,
        ContainerStatus::Stopped { code, .. } => code,
        ContainerStatus::Pending | ContainerStatus::Running => None,
    };
    let open = match dependency.condition {
        Condition::Start => it.starts > 0,
        Condition::Complete => code.is_some(),
        Condition::Success => code == Some(0),
        Condition::Healthy => it.runs() && it.health == Health::Healthy,
    };
    match code {
        _ if open => Gate::Open,
        Some(_) => Gate::Never,
        None => Gate::Shut,
    }
}

impl Task {
    /// What keeps a container of the task from starting; `None` where nothing does.
    pub fn waits_for(&self, place: usize) -> Option<&Dependency> {
        let container = self.containers.get(place).filter(|it| waits(it))?;
        let mut all = container.definition.depends_on.iter();
        all.find(|it| gate(self, it) != Gate::Open)
    }
}

/// Whether it waits for its dependencies, and not for its own start.
fn waits(container: &Container) -> bool {
    container.status == ContainerStatus::Pending && !container.starting
}

/// Starts the containers whose dependencies are met, and gives up those whose never can be.
pub(super) fn start_ready(parts: &mut Parts<'_>, id: &TaskId, step: &mut Step<'_>) {
    while let Some(task) = parts.tasks.get(id).cloned() {
        // before the images are there, and when it stops, nothing starts
        if task.stop.is_some() || task.pull_stopped.is_none() {
            return;
        }
        let never = |dependency: &Dependency| gate(&task, dependency) == Gate::Never;
        let places = 0..task.containers.len();
        let mut waiting = places.filter(|&place| waits(&task.containers[place]));
        let lost = waiting.clone().find_map(|place| {
            let mut all = task.containers[place].definition.depends_on.iter();
            Some((place, all.position(never)?))
        });
        if let Some((place, dependency)) = lost {
            never_start(parts, &task, place, dependency, false, step);
            continue;
        }
        let ready = |&place: &usize| {
            let all = &task.containers[place].definition.depends_on;
            all.iter().all(|it| gate(&task, it) == Gate::Open)
        };
        let Some(place) = waiting.find(ready) else {
            return;
        };
        begin(parts, &task, place, step);
    }
}

/// Sets a container about to start.
pub(super) fn begin(parts: &mut Parts<'_>, task: &Task, place: usize, step: &Step<'_>) {
    let container = &task.containers[place];
    let what = format!("start {}", container.name);
    let ms = container.workload.start_ms + spread(step, &what, &task.id, 0, 300);
    parts.later(&task.id, ms, Due::Start(place));
    if let Some(task) = parts.tasks.get_mut(&task.id) {
        task.containers[place].starting = true;
    }
}

/// The `startTimeout` of a container is over: those that still wait for it give up, and the task stops.
pub(super) fn give_up(parts: &mut Parts<'_>, task: &Task, place: usize, step: &mut Step<'_>) {
    let name = &task.containers[place].name;
    for (waiting, container) in task.containers.iter().enumerate() {
        let mut all = container.definition.depends_on.iter();
        let shut = all.position(|it| {
            *it.container == **name
                && it.condition != Condition::Start
                && gate(task, it) == Gate::Shut
        });
        if let Some(dependency) = shut.filter(|_| waits(container)) {
            never_start(parts, task, waiting, dependency, true, step);
        }
    }
}

fn never_start(
    parts: &mut Parts<'_>,
    task: &Task,
    place: usize,
    dependency: usize,
    late: bool,
    step: &mut Step<'_>,
) {
    let container = &task.containers[place];
    let waits_for = &container.definition.depends_on[dependency];
    if let Some(task) = parts.tasks.get_mut(&task.id) {
        task.containers[place].status = ContainerStatus::Stopped {
            code: None,
            reason: None,
        };
    }
    step.log(Fact::NeverStarts {
        task: task.id.clone(),
        container: container.name.clone(),
        waits_for: waits_for.container.clone(),
        condition: match waits_for.condition {
            Condition::Start => "START",
            Condition::Complete => "COMPLETE",
            Condition::Success => "SUCCESS",
            Condition::Healthy => "HEALTHY",
        },
        late,
    });
    if container.definition.essential || late {
        let reason = "Task failed to start".to_owned();
        let why = Why::InVain {
            container: place,
            dependency,
            late,
        };
        exit::stop(parts, &task.id, why, reason, step);
    }
}

/// Sends SIGTERM to the running containers that no running container depends on: the start's order backwards. Each has
/// its `stopTimeout` to end.
pub(super) fn signal_next(parts: &mut Parts<'_>, id: &TaskId, step: &mut Step<'_>) {
    let Some(task) = parts.tasks.get(id).cloned() else {
        return;
    };
    let leans = |on: &Container| {
        let running = task.containers.iter().filter(|it| it.runs());
        let mut needs = running.flat_map(|it| &it.definition.depends_on);
        needs.any(|it| *it.container == *on.name)
    };
    for (place, container) in task.containers.iter().enumerate() {
        if !container.runs() || container.signalled || leans(container) {
            continue;
        }
        step.log(Fact::Signalled {
            task: id.clone(),
            container: container.name.clone(),
            signal: "SIGTERM",
        });
        if let Some(task) = parts.tasks.get_mut(id) {
            task.containers[place].signalled = true;
        }
        let patience = u64::from(container.definition.stop_timeout.unwrap_or(STOP_TIMEOUT)) * 1_000;
        let (ms, act) = match container.workload.stop_ms.filter(|ms| *ms < patience) {
            Some(ms) => (ms, Act::Exit),
            None => (patience, Act::Kill),
        };
        parts.later(id, ms, Due::Own(place, container.starts, act));
    }
}
