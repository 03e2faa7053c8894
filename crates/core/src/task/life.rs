//! The life of a task: what is due in which state, and what it does.
//!
//! Times ('Amazon ECS task lifecycle' and what was observed on Fargate): 10 to 40 s PROVISIONING, then a pull as long as the images
//! are large, a few seconds to start, and 10 to 30 s to give the interface back. Spread is drawn for each task.

use super::container::ContainerStatus;
use super::model::{Stage, Stop, StopCode, Task};
use super::state::TaskState;
use crate::compute::memory::{Hold, first_kill};
use crate::engine::chance;
use crate::engine::shelf::Shelf;
use crate::engine::step::Step;
use crate::event::Fact;
use crate::ids::TaskId;
use crate::network::{
    self, AddressError, Attachment, Ending, Endpoint, Flow, Listener, Network, REGISTRY,
};
use crate::task_definition::Protocol;
use crate::units::SimSpan;

/// `stopTimeout` where a container names none, in s. Source: ECS developer guide.
const STOP_TIMEOUT: u32 = 30;
/// How fast images come, in MiB/s: a small task's share of its interface and of unpacking.
const PULL_MIB_PER_S: u64 = 24;
/// How long a task keeps trying to reach a registry before it gives up.
const PULL_GIVES_UP: SimSpan = SimSpan::secs(62);
/// How long a stopped task can be described. Source: `DescribeTasks`, 'at least 1 hour'.
const RECORD_LASTS: SimSpan = SimSpan::secs(3_600);

/// What is due for a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// The interface is made.
    Attach,
    /// The interface is attached.
    Provisioned,
    /// The images are asked for.
    Pull,
    /// The registry did not answer.
    PullFailed,
    /// The images are there.
    Pulled,
    /// The container at that place starts.
    Start(usize),
    /// The container at that place ends by itself after SIGTERM.
    Exit(usize),
    /// The container at that place has used up its `stopTimeout`.
    Kill(usize),
    /// Nothing of it runs any more.
    Deprovision,
    /// The interface is gone.
    Released,
    /// The record expires.
    Forget,
}

/// What the life of a task touches, and where it asks to be called again.
pub(crate) struct Parts<'a> {
    pub(crate) network: &'a mut Network,
    pub(crate) tasks: &'a mut Shelf<TaskId, Task>,
    pub(crate) later: &'a mut Vec<(SimSpan, TaskId, Due)>,
}

impl Parts<'_> {
    pub(super) fn later(&mut self, task: &TaskId, after_ms: u64, due: Due) {
        self.later.push((SimSpan(after_ms), task.clone(), due));
    }

    pub(super) fn enter(&mut self, id: &TaskId, state: TaskState, step: &mut Step<'_>) {
        if let Some(task) = self.tasks.get_mut(id) {
            task.stages.push(Stage {
                state,
                from: step.now,
            });
            step.log(Fact::State {
                task: id.clone(),
                definition: task.revision.clone(),
                state,
            });
        }
    }
}

/// A draw for a task, in ms.
pub(super) fn spread(step: &Step<'_>, what: &str, task: &TaskId, low: u64, high: u64) -> u64 {
    chance::between(step.seed, what, task.as_str(), low, high)
}

/// Does what is due for a task. What has been overtaken by a stop is no longer done.
pub(crate) fn advance(parts: &mut Parts<'_>, id: &TaskId, due: &Due, step: &mut Step<'_>) {
    let Some(task) = parts.tasks.get(id).cloned() else {
        return;
    };
    let state = task.state();
    let wanted = task.stop.is_none();
    match due {
        Due::Attach if wanted => attach(parts, &task, step),
        Due::Provisioned if wanted => {
            set_attachment(parts, &task, Attachment::Attached);
            parts.enter(id, TaskState::Pending, step);
            parts.later(id, spread(step, "pull begins", id, 400, 1_600), Due::Pull);
        }
        Due::Pull if wanted => pull(parts, &task, step),
        Due::PullFailed if wanted => {
            let reason = pull_failure(&task);
            stop(parts, id, StopCode::TaskFailedToStart, reason, step);
        }
        Due::Pulled if wanted => {
            step.log(Fact::PullStopped { task: id.clone() });
            parts.enter(id, TaskState::Activating, step);
            start_next(parts, &task, 0, step);
        }
        Due::Start(place) if wanted => start(parts, &task, *place, step),
        Due::Exit(place) => {
            let code = task
                .containers
                .get(*place)
                .map_or(143, |container| container.workload.stop_code);
            exit(parts, id, *place, Some(code), None, step);
            deprovision_if_done(parts, id);
        }
        Due::Kill(place)
            if task
                .containers
                .get(*place)
                .is_some_and(super::Container::runs) =>
        {
            let container = task.containers[*place].name.clone();
            step.log(Fact::Signalled {
                task: id.clone(),
                container,
                signal: "SIGKILL",
            });
            exit(parts, id, *place, Some(137), None, step);
            deprovision_if_done(parts, id);
        }
        Due::Deprovision if state == TaskState::Stopping => {
            set_attachment(parts, &task, Attachment::Detaching);
            parts.enter(id, TaskState::Deprovisioning, step);
            parts.later(
                id,
                spread(step, "deprovisioning", id, 10_000, 18_000),
                Due::Released,
            );
        }
        Due::Released => {
            if let Some(interface) = &task.interface {
                network::release(parts.network, interface, step);
            }
            parts.enter(id, TaskState::Stopped, step);
            if let Some(task) = parts.tasks.get_mut(id) {
                task.interface = None;
                task.stopped = Some(step.now);
            }
            parts.later(id, RECORD_LASTS.0, Due::Forget);
        }
        Due::Forget => {
            parts.tasks.remove(id);
            step.log(Fact::Forgotten { task: id.clone() });
        }
        _ => {}
    }
}

fn attach(parts: &mut Parts<'_>, task: &Task, step: &mut Step<'_>) {
    let wish = &task.assignment;
    match network::attach(
        parts.network,
        &task.id,
        &wish.subnet,
        &wish.groups,
        wish.public,
        step,
    ) {
        Ok(interface) => {
            if let Some(task) = parts.tasks.get_mut(&task.id) {
                task.interface = Some(interface.id);
            }
            let rest = spread(step, "attaching", &task.id, 6_000, 11_000);
            parts.later(&task.id, rest, Due::Provisioned);
        }
        Err(AddressError::NoFreeAddress | AddressError::NoSubnet) => {
            // Source: 'Stopped tasks error codes' and public issues.
            let public = if wish.public {
                " with public IP assignment enabled"
            } else {
                ""
            };
            let reason = format!(
                "Unexpected EC2 error while attempting to Create Network Interface{public} in subnet '{}': InsufficientFreeAddressesInSubnet",
                wish.subnet
            );
            stop(parts, &task.id, StopCode::TaskFailedToStart, reason, step);
        }
    }
}

fn set_attachment(parts: &mut Parts<'_>, task: &Task, attachment: Attachment) {
    let interface = task
        .interface
        .as_ref()
        .and_then(|id| parts.network.interfaces.get_mut(id));
    if let Some(interface) = interface {
        interface.attachment = attachment;
    }
}

fn pull(parts: &mut Parts<'_>, task: &Task, step: &mut Step<'_>) {
    step.log(Fact::PullStarted {
        task: task.id.clone(),
    });
    if let Some(task) = parts.tasks.get_mut(&task.id) {
        task.pull_started = Some(step.now);
    }
    let reached = task.interface.clone().is_some_and(|interface| {
        let flow = Flow {
            from: Endpoint::Interface(interface),
            to: REGISTRY,
            protocol: Protocol::Tcp,
            port: 443,
        };
        parts.network.walk(&flow).ending == Ending::Delivered
    });
    if reached {
        let mib: u64 = task
            .containers
            .iter()
            .map(|container| u64::from(container.workload.size_mib))
            .sum();
        let ms = (mib * 1_000 / PULL_MIB_PER_S).clamp(4_000, 70_000);
        parts.later(
            &task.id,
            ms + spread(step, "pull", &task.id, 300, 2_500),
            Due::Pulled,
        );
    } else {
        parts.later(&task.id, PULL_GIVES_UP.0, Due::PullFailed);
    }
}

/// AWS's words for images that could not be reached, on platform version 1.4.0.
/// Source: 'Amazon ECS stopped task error messages', `ResourceInitializationError` and `CannotPullContainer`.
fn pull_failure(task: &Task) -> String {
    let images = task
        .containers
        .iter()
        .map(|container| container.definition.image.as_str());
    if images.clone().any(|image| image.contains(".dkr.ecr.")) {
        return format!(
            "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post \"https://api.ecr.us-east-1.amazonaws.com/\": dial tcp {REGISTRY}:443: i/o timeout"
        );
    }
    let image = images.clone().next().unwrap_or_default();
    let (name, tag) = image.rsplit_once(':').unwrap_or((image, "latest"));
    format!(
        "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref docker.io/library/{name}:{tag}: failed to do request: Head \"https://registry-1.docker.io/v2/library/{name}/manifests/{tag}\": dial tcp {REGISTRY}:443: i/o timeout"
    )
}

fn start_next(parts: &mut Parts<'_>, task: &Task, place: usize, step: &Step<'_>) {
    if let Some(container) = task.containers.get(place) {
        let what = format!("start {}", container.name);
        let ms = container.workload.start_ms + spread(step, &what, &task.id, 0, 300);
        parts.later(&task.id, ms, Due::Start(place));
    }
}

fn start(parts: &mut Parts<'_>, task: &Task, place: usize, step: &mut Step<'_>) {
    let Some(container) = task.containers.get(place) else {
        return;
    };
    step.log(Fact::ContainerStarted {
        task: task.id.clone(),
        container: container.name.clone(),
    });
    let listeners = container.ports().into_iter().map(|port| Listener {
        port,
        container: place,
        name: container.name.clone(),
    });
    if let Some(interface) = task
        .interface
        .as_ref()
        .and_then(|id| parts.network.interfaces.get_mut(id))
    {
        interface.listeners.extend(listeners);
        parts.network.touch();
    }
    if let Some(container) = parts
        .tasks
        .get_mut(&task.id)
        .and_then(|task| task.containers.get_mut(place))
    {
        container.status = ContainerStatus::Running;
    }
    if place + 1 == task.containers.len() {
        parts.enter(&task.id, TaskState::Running, step);
    } else {
        start_next(parts, task, place + 1, step);
    }
}

/// Ends a container, and with it the task if it is essential and the task is still wanted.
fn exit(
    parts: &mut Parts<'_>,
    id: &TaskId,
    place: usize,
    code: Option<i32>,
    reason: Option<String>,
    step: &mut Step<'_>,
) {
    let Some(task) = parts.tasks.get_mut(id) else {
        return;
    };
    let Some(container) = task
        .containers
        .get_mut(place)
        .filter(|container| container.runs())
    else {
        return;
    };
    container.status = ContainerStatus::Stopped {
        code,
        reason: reason.clone(),
    };
    let (name, essential) = (container.name.clone(), container.definition.essential);
    let ends_task = essential && task.stop.is_none();
    if let Some(interface) = task
        .interface
        .as_ref()
        .and_then(|id| parts.network.interfaces.get_mut(id))
    {
        interface
            .listeners
            .retain(|listener| listener.container != place);
        parts.network.touch();
    }
    step.log(Fact::ContainerExited {
        task: id.clone(),
        container: name,
        code,
        reason,
    });
    if ends_task {
        let reason = "Essential container in task exited".to_owned();
        stop(parts, id, StopCode::EssentialContainerExited, reason, step);
    }
}

/// Begins the end of a task: every running container is sent SIGTERM and has its `stopTimeout` to end.
pub(crate) fn stop(
    parts: &mut Parts<'_>,
    id: &TaskId,
    code: StopCode,
    reason: String,
    step: &mut Step<'_>,
) {
    let Some(task) = parts.tasks.get_mut(id) else {
        return;
    };
    if task.stop.is_some() {
        return;
    }
    task.stop = Some(Stop {
        code,
        reason: reason.clone(),
    });
    for container in &mut task.containers {
        if container.status == ContainerStatus::Pending {
            container.status = ContainerStatus::Stopped {
                code: None,
                reason: None,
            };
        }
    }
    let task = task.clone();
    step.log(Fact::Stopping {
        task: id.clone(),
        code,
        reason,
    });
    parts.enter(id, TaskState::Stopping, step);
    for (place, container) in task
        .containers
        .iter()
        .enumerate()
        .filter(|(_, container)| container.runs())
    {
        step.log(Fact::Signalled {
            task: id.clone(),
            container: container.name.clone(),
            signal: "SIGTERM",
        });
        let patience = u64::from(container.definition.stop_timeout.unwrap_or(STOP_TIMEOUT)) * 1_000;
        match container.workload.stop_ms.filter(|ms| *ms < patience) {
            Some(ms) => parts.later(id, ms, Due::Exit(place)),
            None => parts.later(id, patience, Due::Kill(place)),
        }
    }
    deprovision_if_done(parts, id);
}

fn deprovision_if_done(parts: &mut Parts<'_>, id: &TaskId) {
    let done = parts.tasks.get(id).is_some_and(|task| {
        task.stop.is_some() && !task.containers.iter().any(super::Container::runs)
    });
    if done {
        parts.later(id, 1_000, Due::Deprovision);
    }
}

/// Kills containers until what the others hold fits, given the traffic to each in tenths of a request a second.
pub(crate) fn settle_memory(
    parts: &mut Parts<'_>,
    id: &TaskId,
    rates: &[u32],
    step: &mut Step<'_>,
) {
    while let Some(task) = parts.tasks.get(id).cloned() {
        let running: Vec<usize> = (0..task.containers.len())
            .filter(|&place| task.containers[place].runs())
            .collect();
        let hold = |&place: &usize| Hold {
            wants: task.containers[place].wants_memory(rates.get(place).copied().unwrap_or(0)),
            limit: task.containers[place]
                .definition
                .memory
                .map(|limit| limit.0),
        };
        let holds: Vec<Hold> = running.iter().map(hold).collect();
        let Some(kill) = first_kill(task.memory.0, &holds) else {
            return;
        };
        // As `DescribeTasks` shows it on Fargate, where 'container' is spelled small.
        let reason = "OutOfMemoryError: container killed due to memory usage".to_owned();
        exit(
            parts,
            id,
            running[kill.victim],
            Some(137),
            Some(reason),
            step,
        );
        deprovision_if_done(parts, id);
    }
}
