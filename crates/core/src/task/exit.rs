//! A container's runs: how it starts, what it does by itself, how it ends, whether it is started again, and the end of
//! the task.

use super::container::{ContainerStatus, Health, grown_kib};
use super::life::{Act, Due, Parts};
use super::model::{Stop, Task, Why};
use super::state::TaskState;
use super::{health, order};
use crate::engine::step::Step;
use crate::event::Fact;
use crate::ids::TaskId;
use crate::network::{Bound, Endpoint, Flow, IpProtocol, Listener};
use crate::task_definition::Protocol;

/// How long an image takes to notice that it cannot run where it is, in ms.
const NOTICES: u64 = 300;

/// The shortest `restartAttemptPeriod`, in s. Source: API reference of `ContainerRestartPolicy`.
const SHORTEST_PERIOD: u32 = 60;

/// Starts a container, and sets what it will do by itself.
pub(super) fn start(parts: &mut Parts<'_>, task: &Task, place: usize, step: &mut Step<'_>) {
    let id = &task.id;
    let container = parts.tasks.get_mut(id);
    let container = container.and_then(|task| task.containers.get_mut(place));
    let Some(container) = container.filter(|it| it.starting) else {
        return;
    };
    container.starting = false;
    container.starts += 1;
    container.started = Some(step.now);
    container.status = ContainerStatus::Running;
    container.health = Health::Unknown;
    container.failures = 0;
    let container = container.clone();
    step.log(Fact::ContainerStarted {
        task: id.clone(),
        container: container.name.clone(),
    });
    let mut later = |ms: u64, act: Act| parts.later(id, ms, Due::Own(place, container.starts, act));
    let (image, definition) = (&container.workload, &container.definition);
    if image.ready_ms > 0 {
        later(image.ready_ms, Act::Listen);
    }
    if let Some(rules) = &definition.health_check {
        later(health::first(rules), Act::Check);
    }
    if let Some(timeout) = definition.start_timeout {
        later(u64::from(timeout) * 1_000, Act::GiveUp);
    }
    let end = task.flaw(place).map(|_| NOTICES).or(image.exit_ms);
    if let Some(ms) = end {
        later(ms, Act::End);
    }
    let timed = image.logs.iter().enumerate().filter(|it| it.1.on.is_none());
    for (line, what) in timed {
        later(what.after_ms, Act::Log(line));
    }
    for (call, what) in image.calls.iter().enumerate() {
        if let Some(ms) = what.every_ms.filter(|_| what.to.is_some()) {
            later(ms, Act::Call(call));
        }
    }
    if image.ready_ms == 0 {
        listen(parts, task, place);
    }
    let essential = |it: &super::Container| it.starts > 0 || !it.definition.essential;
    let task = parts.tasks.get(id);
    if task.is_some_and(|it| it.state() < TaskState::Running && it.containers.iter().all(essential))
    {
        parts.enter(id, TaskState::Running, step);
    }
    order::start_ready(parts, id, step);
}

/// Opens the ports of a container.
pub(super) fn listen(parts: &mut Parts<'_>, task: &Task, place: usize) {
    let container = &task.containers[place];
    let listens = container.listens().into_iter();
    let listeners = listens.map(|(protocol, port)| Listener {
        protocol: match protocol {
            Protocol::Tcp => IpProtocol::TCP,
            Protocol::Udp => IpProtocol::UDP,
        },
        port,
        bound: Bound::All,
        container: Some(place),
        name: container.name.clone(),
    });
    let interface = task.interface.as_ref();
    if let Some(interface) = interface.and_then(|id| parts.network.interfaces.get_mut(id)) {
        interface.listeners.extend(listeners);
        parts.network.touch();
    }
}

/// Logs a line of a container.
pub(super) fn says(task: &Task, place: usize, line: String, step: &mut Step<'_>) {
    step.log(Fact::Logged {
        task: task.id.clone(),
        container: task.containers[place].name.clone(),
        line,
    });
}

/// Logs the line at that place of its image's, and sets the next.
pub(super) fn log_line(
    parts: &mut Parts<'_>,
    task: &Task,
    place: usize,
    line: usize,
    step: &mut Step<'_>,
) {
    let container = &task.containers[place];
    if let Some(what) = container.workload.logs.get(line) {
        says(task, place, what.line.clone(), step);
        if let Some(ms) = what.every_ms {
            let due = Due::Own(place, container.starts, Act::Log(line));
            parts.later(&task.id, ms.max(1_000), due);
        }
    }
}

/// Makes the call at that place of its image's, and sets the next. Whether it comes through is news only when that changes.
pub(super) fn call(
    parts: &mut Parts<'_>,
    task: &Task,
    place: usize,
    call: usize,
    step: &mut Step<'_>,
) {
    let container = &task.containers[place];
    let what = container.workload.calls.get(call);
    let (Some(what), Some(interface)) = (what, &task.interface) else {
        return;
    };
    let (Some(to), Some(ms)) = (what.to, what.every_ms) else {
        return;
    };
    let flow = Flow::tcp(Endpoint::Interface(interface.clone()), to, what.port);
    let reached = (parts.walk)(parts.network, &flow).delivered();
    if container.reached.get(call) != Some(&Some(reached)) {
        step.log(Fact::Called {
            task: task.id.clone(),
            container: container.name.clone(),
            to,
            port: what.port,
            reached,
        });
        if let Some(task) = parts.tasks.get_mut(&task.id) {
            task.containers[place].reached[call] = Some(reached);
        }
    }
    let due = Due::Own(place, container.starts, Act::Call(call));
    parts.later(&task.id, ms.max(1_000), due);
}

/// Ends a container. Its restart policy may start it again; else the task ends with it if it is essential and the task is
/// still wanted.
pub(crate) fn exit(
    parts: &mut Parts<'_>,
    id: &TaskId,
    place: usize,
    code: i32,
    reason: Option<String>,
    step: &mut Step<'_>,
) {
    let Some(task) = parts.tasks.get_mut(id) else {
        return;
    };
    let stops = task.stop.is_some();
    let Some(container) = task.containers.get_mut(place).filter(|it| it.runs()) else {
        return;
    };
    let age = container.age(step.now);
    container.wrote_kib += grown_kib(container.workload.write_kib, age);
    container.status = ContainerStatus::Stopped {
        code: Some(code),
        reason: reason.clone(),
    };
    if reason.is_none() {
        container.killed_at = None;
    }
    let again = !stops && restarts(container, code, step);
    if again {
        container.status = ContainerStatus::Pending;
        container.starting = true;
    }
    let (name, essential) = (container.name.clone(), container.definition.essential);
    let restart = container.workload.start_ms;
    let interface = task.interface.as_ref();
    if let Some(interface) = interface.and_then(|id| parts.network.interfaces.get_mut(id)) {
        interface.listeners.retain(|it| it.container != Some(place));
        parts.network.touch();
    }
    step.log(Fact::ContainerExited {
        task: id.clone(),
        container: name.clone(),
        code,
        reason,
    });
    if again {
        step.log(Fact::Restarts {
            task: id.clone(),
            container: name,
        });
        parts.later(id, restart, Due::Start(place));
    } else if stops {
        order::signal_next(parts, id, step);
        deprovision_if_done(parts, id, step);
    } else if essential {
        let reason = "Essential container in task exited".to_owned();
        let why = Why::Ended { container: place };
        stop(parts, id, why, reason, step);
    } else {
        order::start_ready(parts, id, step);
    }
}

/// Whether its restart policy starts a container again. Source: ECS developer guide, 'Restart individual containers in
/// Amazon ECS tasks with container restart policies'.
fn restarts(container: &super::Container, code: i32, step: &Step<'_>) -> bool {
    container.definition.restart.as_ref().is_some_and(|policy| {
        !policy.ignored.contains(&code)
            && container.age(step.now) >= u64::from(policy.period.max(SHORTEST_PERIOD)) * 1_000
    })
}

/// Begins the end of a task: its running containers are sent SIGTERM, dependants first.
pub(super) fn stop(
    parts: &mut Parts<'_>,
    id: &TaskId,
    why: Why,
    reason: String,
    step: &mut Step<'_>,
) {
    if announce(parts, id, why, reason, step) {
        end(parts, id, step);
    }
}

/// Says that a task is to stop; whether it was not to before.
pub(super) fn announce(
    parts: &mut Parts<'_>,
    id: &TaskId,
    why: Why,
    reason: String,
    step: &mut Step<'_>,
) -> bool {
    let code = why.code();
    let Some(task) = parts.tasks.get_mut(id) else {
        return false;
    };
    if task.stop.is_some() {
        return false;
    }
    let deactivates = task.pace.activates && task.state() == TaskState::Running;
    task.stop = Some(Stop {
        code,
        at: step.now,
        reason: reason.clone(),
        why,
    });
    for container in &mut task.containers {
        if container.status == ContainerStatus::Pending {
            container.starting = false;
            container.status = ContainerStatus::Stopped {
                code: None,
                reason: None,
            };
        }
    }
    step.log(Fact::Stopping {
        task: id.clone(),
        code,
        reason,
    });
    if deactivates {
        parts.enter(id, TaskState::Deactivating, step);
    }
    true
}

/// Sends the containers of a task that is to stop SIGTERM.
pub(super) fn end(parts: &mut Parts<'_>, id: &TaskId, step: &mut Step<'_>) {
    parts.enter(id, TaskState::Stopping, step);
    order::signal_next(parts, id, step);
    deprovision_if_done(parts, id, step);
}

fn deprovision_if_done(parts: &mut Parts<'_>, id: &TaskId, step: &Step<'_>) {
    let Some(task) = parts.tasks.get_mut(id) else {
        return;
    };
    if task.stop.is_some() && !task.containers.iter().any(super::Container::runs) {
        task.execution_stopped = Some(step.now);
        parts.later(id, 1_000, Due::Deprovision);
    }
}
