//! `DescribeTasks` and `ListTasks`: which tasks AWS shows.

mod task;

use super::World;
use super::clusters::{CLUSTER, is_there};
use crate::call::{DescribeTasks, ListTasks};
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event};
use crate::ids::TaskId;
use crate::service;
use crate::task::Task;
use crate::text::Json;
use crate::wire::Writer;
use std::sync::Arc;

/// The account's number.
pub(super) const ACCOUNT: &str = "123456789012";
/// Tasks that one call describes, and that one page lists. Source: API reference.
const MAX_TASKS: usize = 100;
/// The ARN of a thing of the cluster's, of its id, its name or its ARN.
pub(super) fn arn(kind: &str, named: &str) -> String {
    if named.starts_with("arn:") {
        return named.to_owned();
    }
    format!("arn:aws:ecs:us-east-1:{ACCOUNT}:{kind}/{CLUSTER}/{named}")
}

/// A task's ARN.
pub(super) fn task_arn(id: &TaskId) -> String {
    arn("task", id.as_str())
}

/// A cluster's ARN, of its name or its ARN.
pub(super) fn cluster_arn(named: &str) -> String {
    if named.starts_with("arn:") {
        return named.to_owned();
    }
    format!("arn:aws:ecs:us-east-1:{ACCOUNT}:cluster/{named}")
}

/// Writes `failures`.
pub(super) fn failures(all: impl Iterator<Item = (String, &'static str)>, out: &mut Writer) {
    out.name("failures");
    out.open('[');
    for (arn, reason) in all {
        out.item();
        out.open('{');
        out.member("arn", &arn);
        out.member("reason", &reason);
        out.close('}');
    }
    out.close(']');
}

fn invalid(message: impl Into<String>, cure: &'static str) -> ApiError {
    ApiError::new("InvalidParameterException", message, cure)
}

impl World {
    /// What `DescribeTasks` answers of tasks, by their ids or ARNs, with their tags or without.
    pub fn described_tasks(&self, named: &[&str], tags: bool) -> Json {
        let of = |named: &&str| TaskId::from(named.rsplit('/').next().unwrap_or(named));
        let mut out = Writer::default();
        out.open('{');
        out.name("tasks");
        out.open('[');
        for id in named.iter().map(of) {
            if let Some(task) = self.tasks.get(&id) {
                out.item();
                self.write_task(task, tags, &mut out);
            }
        }
        out.close(']');
        let missing = named.iter().filter(|it| self.tasks.get(&of(it)).is_none());
        failures(missing.map(|it| (arn("task", it), "MISSING")), &mut out);
        out.close('}');
        Json::known(&out.finish())
    }

    /// `DescribeTasks`.
    pub(super) fn describe_tasks(
        &mut self,
        input: &DescribeTasks,
        _cause: Cause,
        _log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        is_there(input.cluster.as_deref())?;
        if input.tasks.is_empty() {
            return Err(invalid("Tasks cannot be empty.", "Name a task."));
        }
        if input.tasks.len() > MAX_TASKS {
            return Err(invalid(
                "Tasks can have at most 100 items.",
                "Ask for 100 or fewer at a time.",
            ));
        }
        if input.include.iter().any(|it| it != "TAGS") {
            return Err(invalid(
                "include should be one of [TAGS].",
                "Write TAGS, or nothing.",
            ));
        }
        let named: Vec<&str> = input.tasks.iter().map(String::as_str).collect();
        let tags = !input.include.is_empty();
        Ok(Reply::Shown(self.described_tasks(&named, tags)))
    }

    /// `ListTasks`.
    pub(super) fn list_tasks(
        &mut self,
        input: &ListTasks,
        _cause: Cause,
        _log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        is_there(input.cluster.as_deref())?;
        let wanted = match input.desired_status.as_deref() {
            None | Some("RUNNING") => Some(false),
            Some("STOPPED") => Some(true),
            // ECS never wants a task so
            Some("PENDING") => None,
            Some(other) => {
                return Err(invalid(
                    format!(
                        "desiredStatus should be one of [RUNNING,PENDING,STOPPED], not {other}."
                    ),
                    "Write RUNNING or STOPPED.",
                ));
            }
        };
        let on_fargate = match input.launch_type.as_deref() {
            None | Some("FARGATE") => true,
            Some("EC2" | "EXTERNAL") => false,
            Some(other) => {
                return Err(invalid(
                    format!("launchType should be one of [EC2,FARGATE,EXTERNAL], not {other}."),
                    "Write FARGATE.",
                ));
            }
        };
        let group = match &input.service_name {
            None => None,
            Some(named) => Some(service::group_of(&self.service_found(named)?.name)),
        };
        let page = input
            .max_results
            .map_or(Some(MAX_TASKS), |it| usize::try_from(it).ok());
        let Some(page) = page.filter(|it| (1..=MAX_TASKS).contains(it)) else {
            return Err(invalid(
                "maxResults must be between 1 and 100.",
                "Ask for 1 to 100.",
            ));
        };
        let from = match &input.next_token {
            None => 0,
            Some(token) => token
                .parse()
                .map_err(|_| invalid("Invalid token.", "Send the nextToken of the last page."))?,
        };
        let fits = |task: &&Arc<Task>| {
            let by = task.options.get().and_then(|it| it.started_by.as_ref());
            let of = task.options.get().and_then(|it| it.group.as_ref());
            on_fargate
                && group.as_ref().is_none_or(|it| Some(it) == of)
                && input.container_instance.is_none()
                && wanted == Some(task.stop.is_some())
                && input
                    .family
                    .as_ref()
                    .is_none_or(|it| *it == task.definition.family)
                && input.started_by.as_ref().is_none_or(|it| Some(it) == by)
        };
        let all: Vec<String> = self
            .tasks
            .values()
            .filter(fits)
            .map(|it| task_arn(&it.id))
            .collect();
        let shown: Vec<String> = all.iter().skip(from).take(page).cloned().collect();
        let mut out = Writer::default();
        out.open('{');
        out.member("taskArns", &shown);
        if from + page < all.len() {
            out.member("nextToken", &(from + page).to_string());
        }
        out.close('}');
        Ok(Reply::Shown(Json::known(&out.finish())))
    }
}
