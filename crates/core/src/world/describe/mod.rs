//! `DescribeTasks` and `ListTasks`: which tasks AWS shows.

mod asked;
mod task;

pub(super) use asked::{Page, launch_type, names};

use super::World;
use crate::call::{DescribeTasks, ListTasks};
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event};
use crate::ids::TaskId;
use crate::service;
use crate::task::{CLUSTER, Task};
use crate::text::Json;
use crate::wire::Writer;
use std::borrow::Cow;
use std::sync::Arc;

/// The account's number.
pub(super) const ACCOUNT: &str = "123456789012";
/// Tasks that one call describes, and that one page lists. Source: API reference.
const MAX_TASKS: usize = 100;

/// The ARN of a thing of a cluster's, of its id, its name or its ARN.
pub(super) fn arn(kind: &str, cluster: &str, named: &str) -> String {
    if named.starts_with("arn:") {
        return named.to_owned();
    }
    format!("arn:aws:ecs:us-east-1:{ACCOUNT}:{kind}/{cluster}/{named}")
}

/// A task's ARN.
pub(super) fn task_arn(task: &Task) -> String {
    arn("task", task.cluster(), task.id.as_str())
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

/// A member that ECS does not take.
pub(super) fn invalid(message: impl Into<String>, cure: impl Into<Cow<'static, str>>) -> ApiError {
    ApiError::new("InvalidParameterException", message, cure)
}

impl World {
    /// What `DescribeTasks` answers of tasks, by their ids or ARNs, with their tags or without.
    pub fn described_tasks(&self, named: &[&str], tags: bool) -> Json {
        self.described_in(None, named, tags)
    }

    /// The same of the tasks of a cluster, or of all.
    fn described_in(&self, cluster: Option<&str>, named: &[&str], tags: bool) -> Json {
        let of = |named: &&str| {
            let id = TaskId::from(named.rsplit('/').next().unwrap_or(named));
            let task = self.tasks.get(&id);
            task.filter(|it| cluster.is_none_or(|name| it.cluster() == name))
        };
        let mut out = Writer::default();
        out.open('{');
        out.name("tasks");
        out.open('[');
        for task in named.iter().filter_map(of) {
            out.item();
            self.write_task(task, tags, &mut out);
        }
        out.close(']');
        let missing = named.iter().filter(|it| of(it).is_none());
        let asked = cluster.unwrap_or(CLUSTER);
        let missing = missing.map(|it| (arn("task", asked, it), "MISSING"));
        failures(missing, &mut out);
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
        let cluster = self.cluster(input.cluster.as_deref())?.name;
        let kind = ("Tasks", "a task");
        let (named, tags) = names(kind, &input.tasks, &input.include, MAX_TASKS)?;
        Ok(Reply::Shown(self.described_in(
            Some(&cluster),
            &named,
            tags,
        )))
    }

    /// `ListTasks`.
    pub(super) fn list_tasks(
        &mut self,
        input: &ListTasks,
        _cause: Cause,
        _log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let cluster = self.cluster(input.cluster.as_deref())?.name;
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
        let launch_type = launch_type(input.launch_type.as_deref())?;
        let on_fargate = launch_type.is_none_or(|it| it == "FARGATE");
        let group = match &input.service_name {
            None => None,
            Some(named) => {
                let service = self.service_found(input.cluster.as_deref(), named)?;
                Some(service::group_of(&service.wish.service_name))
            }
        };
        let page = Page::read(input.max_results, input.next_token.as_deref(), MAX_TASKS)?;
        let fits = |task: &&Arc<Task>| {
            let by = task.options.get().and_then(|it| it.started_by.as_ref());
            let of = task.options.get().and_then(|it| it.group.as_ref());
            on_fargate
                && task.cluster() == cluster
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
            .map(|it| task_arn(it))
            .collect();
        Ok(Reply::Shown(page.show("taskArns", &all)))
    }
}
