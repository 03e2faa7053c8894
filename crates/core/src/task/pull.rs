//! The pull of a task's images: whether the registry is reached, whether the layers fit, and AWS's words where not.

use super::life::{Due, Parts, spread};
use super::model::Task;
use crate::compute::platform::{Disk, Platform};
use crate::engine::step::Step;
use crate::event::Fact;
use crate::network::{Endpoint, Flow, REGISTRY};
use crate::units::SimSpan;
use std::collections::BTreeMap;

/// How fast images come, in MiB/s: a small task's share of its interface and of unpacking.
const PULL_MIB_PER_S: u64 = 24;
/// How long a task keeps trying to reach a registry before it gives up.
const PULL_GIVES_UP: SimSpan = SimSpan::secs(62);

/// Begins the pull.
pub(super) fn begin(parts: &mut Parts<'_>, task: &Task, step: &mut Step<'_>) {
    step.log(Fact::PullStarted {
        task: task.id.clone(),
    });
    if let Some(task) = parts.tasks.get_mut(&task.id) {
        task.pull_started = Some(step.now);
    }
    let reached = task.interface.clone().is_some_and(|interface| {
        let flow = Flow::tcp(Endpoint::Interface(interface), REGISTRY, 443);
        (parts.walk)(parts.network, &flow).delivered()
    });
    if reached {
        // an image that several containers use comes once
        let images: BTreeMap<&str, u32> = task
            .containers
            .iter()
            .map(|it| (it.definition.image.as_str(), it.workload.size_mib))
            .collect();
        let mib: u64 = images.values().map(|&mib| u64::from(mib)).sum();
        let ms = (mib * 1_000 / PULL_MIB_PER_S).clamp(4_000, 70_000);
        let due = if task.disk(step.now).layers_fit() {
            Due::Pulled
        } else {
            Due::PullFailed
        };
        let ms = ms + spread(step, "pull", &task.id, 300, 2_500);
        parts.later(&task.id, ms, due);
    } else {
        parts.later(&task.id, PULL_GIVES_UP.0, Due::PullFailed);
    }
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

/// AWS's words for images that did not come.
///
/// Source: 'Amazon ECS stopped task error messages', `ResourceInitializationError` and `CannotPullContainer`; the full
/// disk: [`no_space`].
pub(super) fn failure(task: &Task, step: &Step<'_>) -> String {
    let images = task
        .containers
        .iter()
        .map(|container| container.definition.image.as_str());
    let old = task.platform.disk == Disk::Two;
    let image = images.clone().next().unwrap_or_default();
    if !task.disk(step.now).layers_fit() {
        return no_space(task.platform).to_owned();
    }
    let private = images.clone().find(|image| image.contains(".dkr.ecr."));
    if old {
        // registry auth went over an interface of Fargate's own, so that the layers were the first to fail
        let registry = private.and_then(|image| image.split('/').next());
        let registry = registry.unwrap_or("registry-1.docker.io");
        return format!(
            "CannotPullContainerError: API error (500): Get https://{registry}/v2/: net/http: request canceled while waiting for connection"
        );
    }
    if private.is_some() {
        return format!(
            "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post \"https://api.ecr.us-east-1.amazonaws.com/\": dial tcp {REGISTRY}:443: i/o timeout"
        );
    }
    let (name, tag) = image.rsplit_once(':').unwrap_or((image, "latest"));
    format!(
        "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref docker.io/library/{name}:{tag}: failed to do request: Head \"https://registry-1.docker.io/v2/library/{name}/manifests/{tag}\": dial tcp {REGISTRY}:443: i/o timeout"
    )
}
