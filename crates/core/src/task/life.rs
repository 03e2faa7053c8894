//! The life of a task: what is due in which state, and what it does.
//!
//! Times ('Amazon ECS task lifecycle' and what was observed on Fargate): 10 to 40 s PROVISIONING, then a pull as long as the images
//! are large, a few seconds to start, and 10 to 30 s to give the interface back. Spread is drawn for each task.

use super::fetch::Fetches;
use super::model::{Stage, Task, Why};
use super::state::TaskState;
use super::{exit, health, order, pull, strain};
use crate::engine::chance;
use crate::engine::shelf::Shelf;
use crate::engine::step::Step;
use crate::event::Fact;
use crate::iam::Iam;
use crate::ids::TaskId;
use crate::network::{self, AddressError, Attachment, Network, Walk};
use crate::stores::Stores;
use crate::units::{Date, SimSpan};
use std::sync::Arc;

/// How long a stopped task can be described. Source: `DescribeTasks`, 'at least 1 hour'.
const RECORD_LASTS: SimSpan = SimSpan::secs(3_600);

/// The exit code of a container whose command the processor cannot run. Source: what containerd's shim answers with.
const NO_EXEC: i32 = 255;

/// What is due for a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// The interface is made.
    Attach,
    /// The interface is attached.
    Provisioned,
    /// The images are asked for.
    Pull,
    /// The images did not come: the registry did not answer, or the disk is too small.
    PullFailed,
    /// The images are there.
    Pulled,
    /// The container at that place starts.
    Start(usize),
    /// The container at that place, in that one of its runs, does something by itself or meets a time limit.
    Own(usize, u32, Act),
    /// Something has grown: memory and disk are looked at again.
    Strain,
    /// Nothing of it runs any more.
    Deprovision,
    /// The interface is gone.
    Released,
    /// The record expires.
    Forget,
}

/// What is due for a container while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// It listens.
    Listen,
    /// Its health check runs.
    Check,
    /// Its `startTimeout` is over.
    GiveUp,
    /// It logs the line at that place.
    Log(usize),
    /// It makes the call at that place.
    Call(usize),
    /// It ends by itself.
    End,
    /// It ends after SIGTERM.
    Exit,
    /// It has used up its `stopTimeout`.
    Kill,
}

/// What the life of a task touches, and where it asks to be called again.
pub(crate) struct Parts<'a> {
    pub(crate) network: &'a mut Network,
    /// What walks a connection through the network.
    pub(crate) walk: Walk,
    /// What finds the first thing that a task cannot fetch.
    pub(crate) fetches: Fetches,
    /// What there is to fetch.
    pub(crate) stores: &'a mut Arc<Stores>,
    /// Who may do what.
    pub(crate) iam: &'a Iam,
    /// The day whose limits and texts apply.
    pub(crate) as_of: Date,
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
            let (low, high) = task.pace.pull_begins;
            parts.later(id, spread(step, "pull begins", id, low, high), Due::Pull);
        }
        Due::Pull if wanted => pull::begin(parts, &task, step),
        Due::PullFailed if wanted => pull::give_up(parts, &task, step),
        Due::Pulled if wanted => {
            step.log(Fact::PullStopped { task: id.clone() });
            if let Some(task) = parts.tasks.get_mut(id) {
                task.pull_stopped = Some(step.now);
            }
            if task.pace.activates {
                parts.enter(id, TaskState::Activating, step);
            }
            order::start_ready(parts, id, step);
        }
        Due::Start(place) if wanted => exit::start(parts, &task, *place, step),
        Due::Own(place, run, act) => {
            let container = task.containers.get(*place);
            if container.is_some_and(|it| it.runs() && it.starts == *run) {
                own(parts, &task, *place, *act, step);
            }
        }
        Due::Strain => strain::looked_at(parts, id),
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

/// What is due for a container that runs.
fn own(parts: &mut Parts<'_>, task: &Task, place: usize, act: Act, step: &mut Step<'_>) {
    let container = &task.containers[place];
    match act {
        Act::Listen => exit::listen(parts, task, place),
        Act::Check => health::check(parts, task, place, step),
        Act::GiveUp => order::give_up(parts, task, place, step),
        Act::Log(line) => exit::log_line(parts, task, place, line, step),
        Act::Call(call) => exit::call(parts, task, place, call, step),
        Act::End => {
            let code = match task.flaw(place) {
                Some(line) => {
                    exit::says(task, place, line, step);
                    if container.foreign { NO_EXEC } else { 1 }
                }
                None => container.workload.exit_code,
            };
            exit::exit(parts, &task.id, place, code, None, step);
        }
        Act::Exit => {
            let code = container.workload.stop_code;
            exit::exit(parts, &task.id, place, code, None, step);
        }
        Act::Kill => {
            step.log(Fact::Signalled {
                task: task.id.clone(),
                container: container.name.clone(),
                signal: "SIGKILL",
            });
            exit::exit(parts, &task.id, place, 137, None, step);
        }
    }
}

fn attach(parts: &mut Parts<'_>, task: &Task, step: &mut Step<'_>) {
    let wish = &task.assignment;
    match network::attach(
        parts.network,
        &task.id,
        &wish.subnet,
        &wish.groups,
        (wish.public, wish.ipv6),
        step,
    ) {
        Ok(interface) => {
            let (low, high) = task.pace.attaching;
            if let Some(task) = parts.tasks.get_mut(&task.id) {
                task.interface = Some(interface.id.clone());
                task.attached = Some(Arc::new(interface));
            }
            let rest = spread(step, "attaching", &task.id, low, high);
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
            exit::stop(parts, &task.id, Why::NoAddress, reason, step);
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
