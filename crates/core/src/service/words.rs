//! Service events in AWS's words: what stands behind `(service NAME) `.
//!
//! Source: 'Viewing Amazon ECS service event messages', and messages that are quoted in public issues.

use super::Rollout;
use crate::ids::TaskId;

/// How a sentence about stopped tasks begins.
pub(super) const STOPPED: &str = "has stopped ";
/// How a sentence about a task without a place begins.
pub(super) const UNPLACED: &str = "was unable to place a task";
/// How a sentence about a refused launch begins.
pub(super) const NOT_LAUNCHED: &str = "failed to launch a task with ";
/// How a sentence about failing starts begins.
pub(super) const IMPAIRED: &str = "is unable to consistently start tasks successfully.";
/// How a sentence about a complete deployment ends.
pub(super) const COMPLETED: &str = ") deployment completed.";
/// How a sentence about a failed deployment ends.
pub(super) const FAILED: &str = ") deployment failed: tasks failed to start.";
/// How a sentence about the way back begins.
pub(super) const ROLLS_BACK: &str = "rolling back to deployment ";
/// How a reason of a circuit breaker begins.
const BREAKER: &str = "ECS deployment circuit breaker: ";

/// Where AWS points to in some messages.
const TROUBLESHOOTING: &str =
    "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

/// It runs what it should.
pub const STEADY: &str = "has reached a steady state.";
/// Launches are throttled.
pub const THROTTLED: &str = "operations are being throttled. Will try again later.";
/// Neither a stop nor a start is within the percentages.
pub const STUCK: &str = "was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.";

fn tasks(ids: &[TaskId]) -> String {
    let named: Vec<String> = ids.iter().map(|it| format!("(task {it})")).collect();
    named.join(" ")
}

/// Tasks were started.
pub fn started(ids: &[TaskId]) -> String {
    format!("has started {} tasks: {}.", ids.len(), tasks(ids))
}

/// Tasks are being stopped.
pub fn stopped(ids: &[TaskId]) -> String {
    format!("{STOPPED}{} running tasks: {}.", ids.len(), tasks(ids))
}

/// Targets were registered.
pub fn registered(count: usize, group: &str) -> String {
    format!("registered {count} targets in (target-group {group})")
}

/// Targets were taken out.
pub fn deregistered(count: usize, group: &str) -> String {
    format!("deregistered {count} targets in (target-group {group})")
}

/// Connections of tasks drain.
pub fn draining(count: usize) -> String {
    format!("has begun draining connections on {count} tasks.")
}

/// A target is unhealthy.
pub fn unhealthy_target(port: u16, group: &str, reason: &str) -> String {
    format!("(port {port}) is unhealthy in (target-group {group}) due to (reason {reason})")
}

/// A container's health check failed.
pub fn unhealthy(task: &TaskId) -> String {
    format!("(task {task}) failed container health checks.")
}

/// A task could not be placed: of the reason that `RunTask` would give.
pub fn unplaced(reason: &str) -> String {
    if reason.starts_with("No Container Instances") {
        return format!(
            "{UNPLACED} because no container instance met all of its requirements. Reason: {reason} {TROUBLESHOOTING}"
        );
    }
    let reason = reason.strip_suffix('.').unwrap_or(reason);
    if reason.starts_with("Capacity") {
        return format!("{UNPLACED}. Reason: {reason}. {TROUBLESHOOTING}");
    }
    // the service's own apostrophe where vCPUs are counted
    let reason = if reason.contains("vCPUs") {
        reason.replace("You've", "You\u{2019}ve")
    } else {
        reason.to_owned()
    };
    format!("{UNPLACED}. Reason: {reason}")
}

/// AWS's short name for why a task could not be placed, as `SERVICE_TASK_PLACEMENT_FAILURE` of EventBridge has it. Source: 'Amazon ECS
/// service action events'; none is known for what a quota refuses.
pub fn placement_failure(reason: &str) -> Option<&'static str> {
    if reason.starts_with("Capacity") {
        Some("RESOURCE:FARGATE")
    } else {
        None
    }
}

/// A launch was refused.
pub fn not_launched(error: &str) -> String {
    format!("{NOT_LAUNCHED}(error {error}).")
}

/// Tasks fail to start again and again.
pub fn impaired() -> String {
    format!("{IMPAIRED} {TROUBLESHOOTING}")
}

/// A deployment is complete.
pub fn completed(deployment: &str) -> String {
    format!("(deployment {deployment}{COMPLETED}")
}

/// A deployment was given up by its circuit breaker.
pub fn failed(deployment: &str) -> String {
    format!("(deployment {deployment}{FAILED}")
}

/// An earlier deployment is rolled out again.
pub fn rolls_back(deployment: &str) -> String {
    format!("{ROLLS_BACK}{deployment}.")
}

/// `rolloutStateReason` of a deployment.
pub fn rollout_reason(deployment: &str, rollout: Rollout) -> String {
    match rollout {
        Rollout::InProgress => format!("ECS deployment {deployment} in progress."),
        Rollout::RollsBack => format!("{BREAKER}rolling back to deploymentId {deployment}."),
        Rollout::Completed => format!("ECS deployment {deployment} completed."),
        Rollout::Failed => format!("{BREAKER}tasks failed to start."),
    }
}

/// `reason` of what EventBridge is told of a deployment: as [`rollout_reason`], but that one task of a failed one is spoken of.
pub fn told_reason(deployment: &str, rollout: Rollout) -> String {
    rollout_reason(deployment, rollout).replace("tasks failed", "task failed")
}

/// A deployment begins; this is what the playground says of it, AWS has no service event for it.
pub fn rolls_out(revision: &str, deployment: &str) -> String {
    format!("rolls {revision} out as {deployment}")
}
