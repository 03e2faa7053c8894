//! `StopTask`, and what AWS stops by itself: a task on Fargate Spot, one that is retired, one whose interface is not attached.

use super::exit::{announce, end, stop};
use super::life::Parts;
use super::model::{Scheduled, Task, Why, cluster_in};
use super::state::TaskState;
use super::strategy::Provider;
use crate::call::StopTask;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::TaskId;
use crate::units::Date;

/// The longest `reason`, in characters. Source: API reference of `StopTask`.
const MAX_REASON: usize = 1_024;

/// `StopTask`: a task that stops already is answered as if it had been stopped now, as AWS does.
pub(crate) fn stop_task(
    parts: &mut Parts<'_>,
    input: &StopTask,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let named = input.task.as_str();
    let id = TaskId::from(named.rsplit('/').next().unwrap_or(named));
    let found = parts.tasks.get(&id);
    let elsewhere = |task: &Task| {
        let named = input.cluster.as_deref().map(cluster_in);
        named.is_some_and(|cluster| cluster != task.cluster())
    };
    if found.is_none_or(|task| elsewhere(task)) {
        return Err(ApiError::new(
            "InvalidParameterException",
            "The referenced task was not found.",
            "Name a task of this scenario; a stopped task is forgotten after an hour.",
        ));
    }
    if input
        .reason
        .as_ref()
        .is_some_and(|reason| reason.chars().count() > MAX_REASON)
    {
        return Err(ApiError::new(
            "InvalidParameterException",
            format!("reason can have at most {MAX_REASON} characters."),
            "Shorten the reason.",
        ));
    }
    let reason = input
        .reason
        .clone()
        .unwrap_or_else(|| "Task stopped by user".to_owned());
    stop(parts, &id, Why::Asked, reason, step);
    Ok(Reply::Tasks(vec![id]))
}

/// The scheduler of a service says that a task is to stop: what uses it learns of it first, and its containers run on.
pub(crate) fn deactivate(
    parts: &mut Parts<'_>,
    id: &TaskId,
    why: Scheduled,
    reason: String,
    step: &mut Step<'_>,
) {
    announce(parts, id, Why::Scheduled(why), reason, step);
}

/// Stops the containers of a task that was deactivated.
pub(crate) fn stop_now(parts: &mut Parts<'_>, id: &TaskId, step: &mut Step<'_>) {
    let task = parts.tasks.get(id);
    if task.is_some_and(|it| it.stop.is_some() && it.state() < TaskState::Stopping) {
        end(parts, id, step);
    }
}

/// The first day on which an interruption has a code of its own. Samples up to the middle of 2023 have the notice's.
const INTERRUPTION_CODE: Date = Date::new(2023, 7, 1);

/// AWS takes the capacity of a task on Fargate Spot back: the warning and SIGTERM come at once, SIGKILL after `stopTimeout`, which is
/// two minutes at most.
///
/// Source: 'Amazon ECS clusters for Fargate', termination notices of Fargate Spot.
pub(crate) fn interrupt(
    parts: &mut Parts<'_>,
    id: &TaskId,
    as_of: Date,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let refuse = |message: &str, cure: &'static str| {
        Err(ApiError::new("InvalidParameterException", message, cure))
    };
    let Some(task) = parts.tasks.get(id) else {
        return refuse(
            "The referenced task was not found.",
            "Name a task of this scenario.",
        );
    };
    if task.provider != Some(Provider::FargateSpot) {
        return refuse(
            "The task does not run on FARGATE_SPOT.",
            "Run it with a capacity provider strategy of FARGATE_SPOT: AWS interrupts no other.",
        );
    }
    if task.stop.is_some() {
        return refuse("The task stops already.", "Name a task that runs.");
    }
    let why = Why::Interrupted {
        notice: as_of < INTERRUPTION_CODE,
    };
    let reason = "Your Spot Task was interrupted.".to_owned();
    stop(parts, id, why, reason, step);
    Ok(Reply::Done)
}

/// What AWS says of a task that it retires, of a service or not. Source: 'Task retirement and maintenance for AWS Fargate on Amazon
/// ECS', and of services the reasons that people filter.
pub(crate) fn maintenance(service: Option<&str>) -> String {
    let of = service.map_or_else(String::new, |name| format!("Service {name}: "));
    format!("{of}ECS is performing maintenance on the underlying infrastructure hosting the task")
}

/// AWS retires a task, which no service replaced. AWS does not say with which code one is stopped that is of no service: it is that of
/// instances and, until 2023, of Spot.
pub(crate) fn retire(
    parts: &mut Parts<'_>,
    id: &TaskId,
    service: Option<&str>,
    step: &mut Step<'_>,
) {
    let why = match service {
        Some(_) => Why::Scheduled(Scheduled::Retired),
        None => Why::Retired,
    };
    stop(parts, id, why, maintenance(service), step);
}

/// The interface of a task was waited for as long as ECS does. Source: the reason, as tools look for it in AWS's answers.
pub(crate) fn unattached(parts: &mut Parts<'_>, id: &TaskId, step: &mut Step<'_>) {
    let task = parts.tasks.get(id);
    if task.is_some_and(|it| it.state() == TaskState::Provisioning) {
        let reason = "Timeout waiting for network interface provisioning to complete.".to_owned();
        stop(parts, id, Why::Unattached, reason, step);
    }
}
