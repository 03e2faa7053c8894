//! Clusters as they are asked about and set, and what the account's limits are set to.

use super::World;
use super::cluster::Cluster;
use super::describe::{ACCOUNT, cluster_arn};
use super::launch::parts;
use crate::call::{
    DescribeClusters, InterruptTask, ListClusters, PaceName, PutClusterCapacityProviders,
    SetLimits, SetPace, SetSpotCapacity, StartTask,
};
use crate::error::{ApiError, Failure, Reply};
use crate::event::{Cause, Event, Fact};
use crate::service::{Service, ServiceStatus};
use crate::task::{self, Pace, Part, Provider, TaskState};
use crate::text::Json;
use crate::wire::Writer;
use std::sync::Arc;

/// Container instances that `StartTask` takes.
const MAX_INSTANCES: usize = 10;

/// The capacity providers of these names, each once.
pub(super) fn providers(names: &[String]) -> Result<Vec<Provider>, ApiError> {
    let mut providers = Vec::new();
    for name in names {
        let Some(provider) = Provider::named(name) else {
            return Err(ApiError::new(
                "InvalidParameterException",
                format!(
                    "The specified capacity provider '{name}' was not found. Specify a valid name or ARN and try again."
                ),
                "Name FARGATE or FARGATE_SPOT.",
            ));
        };
        if !providers.contains(&provider) {
            providers.push(provider);
        }
    }
    Ok(providers)
}

impl World {
    /// Whether the rate of calls lets one through.
    pub(super) fn admit(&mut self, action: &str) -> Result<(), ApiError> {
        if !self.limits.throttling {
            return Ok(());
        }
        let now = self.now;
        Arc::make_mut(&mut self.limits).take_call(now, action)
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every call answers in the same way"
)]
impl World {
    /// `DescribeClusters`.
    pub(super) fn describe_clusters(
        &mut self,
        input: &DescribeClusters,
        _cause: Cause,
        _log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let asked = match input.clusters.as_slice() {
            [] => &[task::CLUSTER.to_owned()][..],
            asked => asked,
        };
        let of = |it: &str| self.limits.clusters.get(task::cluster_in(it));
        let (there, missing): (Vec<_>, Vec<_>) = asked.iter().partition(|it| of(it).is_some());
        let mut out = Writer::default();
        out.open('{');
        out.name("clusters");
        out.open('[');
        for cluster in there.into_iter().filter_map(|it| of(it)) {
            out.item();
            self.write_cluster(&cluster, &mut out);
        }
        out.close(']');
        super::describe::failures(
            missing.into_iter().map(|it| (cluster_arn(it), "MISSING")),
            &mut out,
        );
        out.close('}');
        Ok(Reply::Shown(Json::known(&out.finish())))
    }

    pub(super) fn write_cluster(&self, cluster: &Cluster, out: &mut Writer) {
        let count = |state: fn(TaskState) -> bool| {
            let own = self
                .tasks
                .values()
                .filter(|it| it.cluster() == cluster.name);
            own.filter(|it| state(it.state())).count()
        };
        let names: Vec<&str> = cluster.providers.iter().map(|it| it.aws()).collect();
        out.open('{');
        out.member("clusterArn", &cluster_arn(&cluster.name));
        out.member("clusterName", &cluster.name);
        out.member("status", &cluster.status());
        out.member("registeredContainerInstancesCount", &0_u32);
        out.member("runningTasksCount", &count(|it| it == TaskState::Running));
        out.member("pendingTasksCount", &count(|it| it < TaskState::Running));
        let active =
            |it: &&Arc<Service>| it.status == ServiceStatus::Active && it.cluster() == cluster.name;
        let services = self.services.all().filter(active).count();
        out.member("activeServicesCount", &services);
        out.member("capacityProviders", &names);
        out.name("defaultCapacityProviderStrategy");
        out.open('[');
        for part in &cluster.strategy {
            out.item();
            out.open('{');
            out.member("capacityProvider", &part.provider.aws());
            out.member("weight", &part.weight);
            out.member("base", &part.base);
            out.close('}');
        }
        out.close(']');
        out.close('}');
    }

    /// `ListClusters`.
    pub(super) fn list_clusters(
        &mut self,
        _input: &ListClusters,
        _cause: Cause,
        _log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let mut out = Writer::default();
        out.open('{');
        let all = self.limits.clusters.all().into_iter();
        let all = all.filter(|it| it.active).map(|it| cluster_arn(&it.name));
        out.member("clusterArns", &all.collect::<Vec<String>>());
        out.close('}');
        Ok(Reply::Shown(Json::known(&out.finish())))
    }

    /// `PutClusterCapacityProviders`.
    pub(super) fn put_cluster_capacity_providers(
        &mut self,
        input: &PutClusterCapacityProviders,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let cluster = self.cluster(Some(&input.cluster))?;
        let providers = providers(&input.capacity_providers)?;
        let strategy: Vec<Part> = parts(&input.default_strategy, &providers)?;
        let name = cluster.name.clone();
        Arc::make_mut(&mut self.limits).clusters.put(Cluster {
            providers,
            strategy,
            ..cluster
        });
        let how = match input.capacity_providers.as_slice() {
            [] => "has no capacity providers".to_owned(),
            names => format!("has {}", names.join(" and ")),
        };
        self.changed("Cluster", &name, how, cause, log);
        Ok(Reply::Done)
    }

    /// `StartTask`. An account here has no container instances, so that each one that is named is missing; Fargate has none at all.
    pub(super) fn start_task(
        &mut self,
        input: &StartTask,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let invalid = |message: &str, cure: &'static str| {
            Err(ApiError::new("InvalidParameterException", message, cure))
        };
        let cluster = self.cluster(input.cluster.as_deref())?.name;
        if input.container_instances.is_empty() {
            return invalid(
                "Container instance cannot be empty.",
                "Use RunTask with launch type FARGATE: Fargate has no container instances.",
            );
        }
        if input.container_instances.len() > MAX_INSTANCES {
            return invalid(
                "Container instances can have at most 10 items.",
                "Name 10 or fewer; on Fargate, use RunTask.",
            );
        }
        let code = "InvalidParameterException";
        let revision = self.revisions.active(&input.task_definition, code)?;
        if !revision.compatibilities.contains(&"EC2") {
            return invalid(
                "Task definition does not support launch_type EC2.",
                "Use RunTask with launch type FARGATE: StartTask places tasks on container instances.",
            );
        }
        let awsvpc = revision.definition.network_mode.as_deref() == Some("awsvpc");
        if awsvpc && input.network_configuration.is_none() {
            return invalid(
                "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
                "Choose at least one subnet.",
            );
        }
        let failure = |named: &String| Failure {
            arn: Some(super::describe::arn("container-instance", &cluster, named)),
            reason: "MISSING".to_owned(),
            cure: "Use RunTask with launch type FARGATE: this cluster has no container instances.",
        };
        let failures: Vec<Failure> = input.container_instances.iter().map(failure).collect();
        let revision = revision.name.clone();
        let told: Vec<&Failure> = failures.iter().collect();
        let of = (told.len(), told.as_slice());
        super::launch::not_placed(self, ("StartTask", &revision), of, cause, log);
        Ok(Reply::Partly {
            tasks: Vec::new(),
            failures,
        })
    }

    /// `SetLimits`.
    pub(super) fn set_limits(
        &mut self,
        input: &SetLimits,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let limits = Arc::make_mut(&mut self.limits);
        limits.throttling = input.throttling.unwrap_or(limits.throttling);
        limits.quotas = input.quotas.unwrap_or(limits.quotas);
        let [demand, spot] = limits.vcpus;
        limits.vcpus = [
            input.fargate_vcpus.or(demand),
            input.fargate_spot_vcpus.or(spot),
        ];
        let on = |on: bool| if on { "on" } else { "off" };
        let how = format!(
            "has throttling {} and quotas {}",
            on(limits.throttling),
            on(limits.quotas)
        );
        self.changed("Account", ACCOUNT, how, cause, log);
        Ok(Reply::Done)
    }

    /// `SetPace`.
    pub(super) fn set_pace(
        &mut self,
        input: &SetPace,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let limits = Arc::make_mut(&mut self.limits);
        let pace = match input.pace {
            PaceName::Today => &Pace::TODAY,
            PaceName::Demo2017 => &Pace::DEMO_2017,
        };
        // interfaces that stay unattached go on doing so
        limits.pace = pace.attaching(!limits.pace.is_stalled());
        let how = format!("starts tasks at the pace {}", limits.pace.name);
        self.changed("Account", ACCOUNT, how, cause, log);
        Ok(Reply::Done)
    }

    /// `SetSpotCapacity`.
    pub(super) fn set_spot_capacity(
        &mut self,
        input: &SetSpotCapacity,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        Arc::make_mut(&mut self.limits).no_spot = !input.available;
        let how = if input.available {
            "has capacity to spare"
        } else {
            "has no capacity to spare"
        };
        let how = how.to_owned();
        self.changed("Capacity provider", "FARGATE_SPOT", how, cause, log);
        Ok(Reply::Done)
    }

    /// `InterruptTask`.
    pub(super) fn interrupt_task(
        &mut self,
        input: &InterruptTask,
        cause: Cause,
        log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let (before, as_of) = (self.events, self.as_of);
        let mut reply = Ok(Reply::Done);
        let later = self.with_parts(cause, log, |parts, step| {
            reply = task::interrupt(parts, &input.task, as_of, step);
        });
        self.schedule(later, cause, before);
        reply
    }

    fn changed(
        &mut self,
        what: &'static str,
        id: &str,
        how: String,
        cause: Cause,
        log: &mut Vec<Event>,
    ) {
        let id = id.to_owned();
        self.log(Fact::Changed { what, id, how }, cause, log);
    }
}
