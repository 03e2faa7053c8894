//! The pull of a task's images: whether all that it fetches is reached, whether the layers fit, and what happens where not.

use super::exit;
use super::fetch::How;
use super::life::{Due, Parts, spread};
use super::model::{Task, Why};
use crate::compute::platform::{Disk, Platform};
use crate::engine::step::Step;
use crate::event::Fact;
use crate::ids::TaskId;
use std::collections::BTreeMap;

/// How fast images come, in MiB/s: a small task's share of its interface and of unpacking.
const PULL_MIB_PER_S: u64 = 24;
/// Begins the pull.
pub(super) fn begin(parts: &mut Parts<'_>, task: &Task, step: &mut Step<'_>) {
    step.log(Fact::PullStarted {
        task: task.id.clone(),
    });
    if let Some(task) = parts.tasks.get_mut(&task.id) {
        task.pull_started = Some(step.now);
    }
    match (parts.fetches)(parts, task, step) {
        Some(missing) => parts.later(&task.id, missing.after.0, Due::PullFailed),
        None => transfer(parts, &task.id, step),
    }
}

/// The images come, as long as that takes.
fn transfer(parts: &mut Parts<'_>, id: &TaskId, step: &Step<'_>) {
    let Some(task) = parts.tasks.get(id).cloned() else {
        return;
    };
    // an image that several containers use comes once
    let images: BTreeMap<&str, u32> = task
        .containers
        .iter()
        .map(|it| (it.definition.image.as_str(), it.workload.size_mib))
        .collect();
    let mib = match task.layers {
        Some(layers) => u64::from(layers.pulled),
        None => images.values().map(|&mib| u64::from(mib)).sum(),
    };
    let ms = (mib * 1_000 / PULL_MIB_PER_S).clamp(4_000, 70_000);
    let due = if task.disk(step.now).layers_fit() {
        Due::Pulled
    } else {
        Due::PullFailed
    };
    let ms = ms + spread(step, "pull", &task.id, 300, 2_500);
    parts.later(&task.id, ms, due);
}

/// The task gives up, unless what it lacked can be reached by now.
pub(super) fn give_up(parts: &mut Parts<'_>, task: &Task, step: &mut Step<'_>) {
    if !task.disk(step.now).layers_fit() {
        let reason = no_space(task.platform).to_owned();
        exit::stop(parts, &task.id, Why::SmallDisk, reason, step);
        return;
    }
    let Some(missing) = (parts.fetches)(parts, task, step) else {
        transfer(parts, &task.id, step);
        return;
    };
    let why = match missing.how {
        How::Unreachable(trace) => {
            if let Some(task) = parts.tasks.get_mut(&task.id) {
                task.unreachable = Some(trace.clone());
            }
            step.log(Fact::NotFetched {
                task: task.id.clone(),
                what: missing.what.service(),
                trace,
            });
            Why::Unreachable(missing.what)
        }
        How::Refused(lack) => {
            if let Some(task) = parts.tasks.get_mut(&task.id) {
                task.lack = Some(lack);
            }
            Why::Lacking(missing.what)
        }
    };
    exit::stop(parts, &task.id, why, missing.reason, step);
}

/// AWS's words for layers that the disk does not hold. Which layer and which file it was is not known, so … stands for them.
///
/// Source: coiled/feedback issue 66 (1.3.0), anomalyco/sst pull request 3542 (1.4.0), aws/containers-roadmap issue 1598 (Windows).
const fn no_space(platform: &Platform) -> &'static str {
    match (platform.windows, platform.disk) {
        (true, _) => {
            "CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer sha256:…: hcsshim::ImportLayer - failed failed in Win32: There is not enough space on the disk. (0x70)…"
        }
        (false, Disk::Two) => {
            "CannotPullContainerError: failed to register layer: Error processing tar file(exit status 1): write …: no space left on device"
        }
        (false, Disk::One) => {
            "CannotPullContainerError: ref pull has been retried 1 time(s): failed to extract layer sha256:…: write …: no space left on device: unknown"
        }
    }
}
