//! Starting the tasks of a service, in the way of `RunTask`.

use super::look::Look;
use crate::call::{CreateService, NetworkConfiguration, RunTask, RunTaskOptions};
use crate::error::{ApiError, Reply};
use crate::iam;
use crate::ids::TaskId;
use crate::service::{Member, breaker, cluster_of, group_of, throttle, words};
use crate::task::{CLUSTER, Provider};
use crate::units::SimSpan;
use crate::world::launch;

/// When placing is tried again. AWS publishes no figure.
const PLACES_AGAIN: SimSpan = SimSpan::secs(30);
/// When a throttled launch is tried again. AWS publishes no figure.
const LAUNCHES_AGAIN: SimSpan = SimSpan::secs(10);
/// The most tasks that are started at a look: the launches of a minute of one service. Source: 'AWS Fargate service quotas'.
const AT_ONCE: u32 = 500;

/// The call that would run a task as a service wishes it.
pub(super) fn run_task(
    wish: &CreateService,
    revision: &str,
    network: Option<NetworkConfiguration>,
) -> RunTask {
    let mut tags = Vec::new();
    let propagate_tags = match wish.propagate_tags.as_deref() {
        Some("SERVICE") => {
            tags.clone_from(&wish.tags);
            None
        }
        other => other.map(str::to_owned),
    };
    let options = RunTaskOptions {
        cluster: Some(cluster_of(wish))
            .filter(|it| *it != CLUSTER)
            .map(str::to_owned),
        capacity_provider_strategy: wish.capacity_provider_strategy.clone(),
        enable_ecs_managed_tags: wish.enable_ecs_managed_tags,
        enable_execute_command: wish.enable_execute_command,
        group: Some(group_of(&wish.service_name)),
        placement_constraints: wish.placement_constraints.clone(),
        placement_strategy: wish.placement_strategy.clone(),
        propagate_tags,
        tags,
        ..RunTaskOptions::default()
    };
    RunTask {
        task_definition: revision.to_owned(),
        count: None,
        launch_type: wish.launch_type,
        platform_version: wish.platform_version.clone(),
        network_configuration: network,
        options: options.into(),
    }
}

impl Look<'_> {
    /// Starts up to so many tasks of the primary deployment.
    pub(super) fn start(&mut self, count: u32) {
        let now = self.world.now;
        let primary = self.service.primary().clone();
        let wait = primary
            .not_before
            .max(self.service.retry_at.unwrap_or_default());
        if wait > now {
            self.again(wait);
            return;
        }
        if let Some(message) = self.unassumable(&primary.task_definition) {
            self.count_failures(0, 1);
            self.unplaced(message.clone(), words::not_launched(&message), PLACES_AGAIN);
            return;
        }
        let mut wish = self.service.wish.clone();
        wish.platform_version.clone_from(&primary.platform_version);
        let mut run = run_task(&wish, &primary.task_definition, primary.network.clone());
        if let Some(options) = run.options.get() {
            let options = RunTaskOptions {
                started_by: Some(primary.id.to_string()),
                ..options.clone()
            };
            run.options = options.into();
        }
        let on = |provider: Option<Provider>| {
            let tasks = self
                .service
                .members
                .iter()
                .filter_map(|it| self.world.tasks.get(&it.task));
            let there = tasks.filter(|it| it.stop.is_none() && it.provider == provider);
            u32::try_from(there.count()).unwrap_or(u32::MAX)
        };
        let runs = [Provider::Fargate, Provider::FargateSpot].map(|it| on(Some(it)));
        let running = |provider: Option<Provider>| match provider {
            Some(Provider::Fargate) => runs[0],
            Some(Provider::FargateSpot) => runs[1],
            None => 0,
        };
        match launch::of_service(self.world, &run, count.min(AT_ONCE), &running) {
            Ok(launch) => self.launch(&launch),
            Err(error) if error.code == "ThrottlingException" => {
                self.unplaced(error.message, words::THROTTLED.to_owned(), LAUNCHES_AGAIN);
            }
            Err(error) => self.not_launched(&error),
        }
    }

    fn launch(&mut self, launch: &crate::task::Launch) {
        let now = self.world.now;
        let deployment = self.service.primary().id.clone();
        let placed = launch.tasks.iter().filter(|it| it.is_ok()).count();
        let mut failure = None;
        if placed > 0 {
            // each start has an event of its own, for which its tasks' ids are drawn
            let tasks = if placed == 1 { "task" } else { "tasks" };
            self.log(format!("starts {placed} {tasks} for {deployment}"));
        }
        let reply = self.world.launch(launch, self.cause, self.log);
        let ids: Vec<TaskId> = match reply {
            Reply::Tasks(ids) => ids,
            Reply::Partly { tasks, failures } => {
                failure = failures.into_iter().next();
                tasks
            }
            _ => Vec::new(),
        };
        if !ids.is_empty() {
            let members = ids.iter().map(|id| Member {
                task: id.clone(),
                deployment: deployment.clone(),
                registered: Vec::new(),
                drains_until: None,
                ran: false,
                ended: false,
                well: false,
                retiring: false,
            });
            self.service.members.extend(members);
            self.service.deployments[0].updated_at = now;
            self.tell(words::started(&ids));
        }
        if let Some(failure) = failure {
            let said = words::unplaced(&failure.reason);
            self.unplaced(failure.reason, said, PLACES_AGAIN);
        } else {
            self.service.unplaced = None;
            self.service.retry_at = None;
        }
    }

    /// A launch that AWS refuses as it would refuse a call.
    fn not_launched(&mut self, error: &ApiError) {
        let said = if error.message.starts_with("No Container Instances") {
            words::unplaced(&error.message)
        } else {
            self.count_failures(0, 1);
            words::not_launched(&error.message)
        };
        self.unplaced(error.message.clone(), said, PLACES_AGAIN);
    }

    fn unplaced(&mut self, reason: String, said: String, again: SimSpan) {
        self.service.unplaced = Some(reason);
        let at = self.world.now + again;
        self.service.retry_at = Some(at);
        self.again(at);
        self.tell_once(said);
    }

    /// AWS's sentence, where a role of a revision cannot be assumed.
    fn unassumable(&self, revision: &str) -> Option<String> {
        if !self.world.iam.is_used() {
            return None;
        }
        let account = self.world.iam.account();
        if !account.enforced {
            return None;
        }
        let revision = self.world.revisions.find(revision).ok()?;
        let definition = &revision.definition;
        let mut roles = [&definition.task_role_arn, &definition.execution_role_arn].into_iter();
        roles.find_map(|role| {
            let role = role.as_ref()?;
            iam::unassumable(&account, role)?;
            Some(iam::not_assumed(role))
        })
    }

    /// Counts a task that stopped before it was RUNNING: the next start waits longer.
    pub(super) fn failed(&mut self, deployment: usize, began: crate::units::SimTime) {
        let now = self.world.now;
        let as_of = self.world.as_of;
        let it = &mut self.service.deployments[deployment];
        let counts = !it.ran || breaker::counts_after_running(as_of);
        it.updated_at = now;
        // those that were started together fail as one attempt
        if it.level == 0 || began >= it.level_at {
            it.level += 1;
            it.level_at = now;
            it.not_before = now + throttle::delay(it.level, as_of);
        }
        let impaired = it.level >= throttle::IMPAIRED;
        self.count_failures(deployment, usize::from(counts));
        if impaired {
            self.tell_once(words::impaired());
        }
    }
}
