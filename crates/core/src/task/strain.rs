//! What grows until it meets a limit: memory, where the kernel kills, and the disk, which stops what writes.

use super::exit;
use super::life::{Due, Parts};
use super::model::Task;
use crate::compute::memory::{Hold, Kill, first_kill};
use crate::compute::platform::Disk;
use crate::engine::step::Step;
use crate::ids::TaskId;
use crate::units::{MiB, SimTime};

/// How far ahead a limit is looked for, in ms: thirty days.
const HORIZON: u64 = 30 * 86_400_000;

/// The time came at which something was to meet a limit.
pub(super) fn looked_at(parts: &mut Parts<'_>, id: &TaskId) {
    if let Some(task) = parts.tasks.get_mut(id) {
        task.strained_at = None;
    }
}

/// The memory limit that binds the containers together. Windows does not enforce it.
pub(crate) fn task_limit(task: &Task) -> u32 {
    let MiB(memory) = task.memory;
    if task.platform.windows {
        u32::MAX
    } else {
        memory
    }
}

/// Who is killed at a moment, given the traffic to each container in tenths of a request a second.
fn kill_at(task: &Task, rates: &[u32], now: SimTime) -> Option<Kill> {
    let hold = |(container, rate): (&super::Container, &u32)| container.hold(*rate, now);
    let holds: Vec<Hold> = task.containers.iter().zip(rates).map(hold).collect();
    first_kill(task_limit(task), &holds)
}

/// The first container that writes to a disk that is full at a moment.
fn blocked_at(task: &Task, now: SimTime) -> Option<usize> {
    let writes = |it: &super::Container| it.runs() && it.workload.write_kib > 0;
    // most tasks write nothing, and adding up a disk takes a while
    if !task.containers.iter().any(writes) {
        return None;
    }
    task.disk(now).blocked.first().copied()
}

/// Kills containers until what the others hold fits, and stops those that write to a full disk. Looks ahead to when that
/// is due next.
pub(crate) fn settle(parts: &mut Parts<'_>, id: &TaskId, rates: &[u32], step: &mut Step<'_>) {
    while let Some(task) = parts.tasks.get(id).cloned() {
        if let Some(kill) = kill_at(&task, rates, step.now) {
            if let Some(task) = parts.tasks.get_mut(id) {
                task.containers[kill.victim].killed_at = Some(kill.limit);
            }
            // as `DescribeTasks` shows it: the ECS agent, which ran tasks up to platform version 1.3.0, spells it with a capital
            let first = if task.platform.disk == Disk::Two {
                "C"
            } else {
                "c"
            };
            let reason = format!("OutOfMemoryError: {first}ontainer killed due to memory usage");
            exit::exit(parts, id, kill.victim, 137, Some(reason), step);
        } else if let Some(place) = blocked_at(&task, step.now) {
            let folder = &task.containers[place].workload.write_to;
            let line = format!("write {folder}: No space left on device");
            exit::says(&task, place, line, step);
            exit::exit(parts, id, place, 1, None, step);
        } else {
            look_ahead(parts, &task, rates, step);
            return;
        }
    }
}

/// Sets the moment at which what grows meets a limit, if something does.
fn look_ahead(parts: &mut Parts<'_>, task: &Task, rates: &[u32], step: &Step<'_>) {
    let grows = |it: &super::Container| {
        it.runs() && (it.workload.leak_kib > 0 || it.workload.write_kib > 0)
    };
    if !task.containers.iter().any(grows) {
        return;
    }
    let strained = |after: u64| {
        let then = SimTime(step.now.0 + after);
        kill_at(task, rates, then).is_some() || blocked_at(task, then).is_some()
    };
    if !strained(HORIZON) {
        return;
    }
    let (mut fits, mut too_much) = (0, HORIZON);
    while too_much - fits > 1 {
        let middle = fits.midpoint(too_much);
        if strained(middle) {
            too_much = middle;
        } else {
            fits = middle;
        }
    }
    let at = SimTime(step.now.0 + too_much);
    let set = task.strained_at;
    if set.is_some_and(|set| set > step.now && set <= at) {
        return;
    }
    if let Some(task) = parts.tasks.get_mut(&task.id) {
        task.strained_at = Some(at);
    }
    parts.later(&task.id, too_much, Due::Strain);
}
