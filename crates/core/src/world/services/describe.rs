//! `DescribeServices` and `ListServices`, and a service as AWS shows it.
//!
//! Source: API reference of `Service`, `Deployment` and `ServiceEvent`.

use super::known_as;
use crate::call::{DescribeServices, ListServices};
use crate::error::{ApiError, Reply};
use crate::event::{Cause, Event};
use crate::service::{Deployment, Service, ServiceStatus, words};
use crate::task::{CLUSTER, TaskState};
use crate::text::Json;
use crate::wire::Writer;
use crate::world::World;
use crate::world::describe::{
    ACCOUNT, Page, arn, cluster_arn, failures, invalid, launch_type, names,
};
use std::sync::Arc;

/// Services that one call describes. Source: API reference.
const MAX_DESCRIBED: usize = 10;
/// Services of a page where nobody says. Source: API reference.
const PAGE: usize = 10;

#[allow(
    clippy::unnecessary_wraps,
    reason = "every call answers in the same way"
)]
impl World {
    /// What the calls that make or change a service answer.
    pub(super) fn service_reply(&self, service: &Service) -> Json {
        let mut out = Writer::default();
        out.open('{');
        out.name("service");
        self.write_service(service, true, &mut out);
        out.close('}');
        Json::known(&out.finish())
    }

    /// What `DescribeServices` answers of services, by their names or ARNs, with their tags or without.
    pub fn described_services(&self, named: &[&str], tags: bool) -> Json {
        self.described_services_in(None, named, tags)
    }

    fn described_services_in(&self, cluster: Option<&str>, named: &[&str], tags: bool) -> Json {
        let of = |named: &&str| self.services.get(&known_as(cluster, named));
        let mut out = Writer::default();
        out.open('{');
        out.name("services");
        out.open('[');
        for service in named.iter().filter_map(of) {
            out.item();
            self.write_service(service, tags, &mut out);
        }
        out.close(']');
        let missing = named.iter().filter(|it| of(it).is_none());
        let missing = missing.map(|it| (arn("service", cluster.unwrap_or(CLUSTER), it), "MISSING"));
        failures(missing, &mut out);
        out.close('}');
        Json::known(&out.finish())
    }

    /// `DescribeServices`.
    pub(in crate::world) fn describe_services(
        &mut self,
        input: &DescribeServices,
        _cause: Cause,
        _log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let cluster = self.cluster(input.cluster.as_deref())?.name;
        let kind = ("Services", "a service");
        let (named, tags) = names(kind, &input.services, &input.include, MAX_DESCRIBED)?;
        Ok(Reply::Shown(self.described_services_in(
            Some(&cluster),
            &named,
            tags,
        )))
    }

    /// `ListServices`: those that are deleted are not listed.
    pub(in crate::world) fn list_services(
        &mut self,
        input: &ListServices,
        _cause: Cause,
        _log: &mut Vec<Event>,
    ) -> Result<Reply, ApiError> {
        let cluster = self.cluster(input.cluster.as_deref())?.name;
        let page = Page::read(input.max_results, input.next_token.as_deref(), PAGE)?;
        let replicas = match input.scheduling_strategy.as_deref() {
            None | Some("REPLICA") => true,
            Some("DAEMON") => false,
            Some(other) => {
                return Err(invalid(
                    format!("schedulingStrategy should be one of [REPLICA,DAEMON], not {other}."),
                    "Write REPLICA.",
                ));
            }
        };
        let launch_type = launch_type(input.launch_type.as_deref())?;
        let fits = |it: &&Arc<Service>| {
            replicas
                && it.cluster() == cluster
                && it.status == ServiceStatus::Active
                && launch_type.is_none_or(|wanted| Self::launch_type(it) == Some(wanted))
        };
        let all: Vec<String> = self
            .services
            .all()
            .filter(fits)
            .map(|it| arn("service", it.cluster(), &it.wish.service_name))
            .collect();
        Ok(Reply::Shown(page.show("serviceArns", &all)))
    }

    /// The launch type of a service that has no strategy.
    fn launch_type(service: &Service) -> Option<&'static str> {
        use crate::call::LaunchType::{Ec2, External, Fargate};
        if !service.wish.capacity_provider_strategy.is_empty() {
            return None;
        }
        Some(match service.wish.launch_type {
            Some(Fargate) => "FARGATE",
            Some(External) => "EXTERNAL",
            Some(Ec2) | None => "EC2",
        })
    }

    /// Tasks of a service that are RUNNING and that are on their way there: of a deployment, or of all.
    pub fn service_counts(&self, service: &Service, deployment: Option<&str>) -> (u32, u32) {
        let members = service.members.iter();
        let members = members.filter(|it| deployment.is_none_or(|id| *it.deployment == *id));
        let (mut running, mut pending) = (0, 0);
        for member in members {
            let task = self.tasks.get(&member.task);
            match task.filter(|it| it.stop.is_none()).map(|it| it.state()) {
                Some(TaskState::Running) => running += 1,
                Some(state) if state < TaskState::Running => pending += 1,
                _ => {}
            }
        }
        (running, pending)
    }

    fn write_service(&self, service: &Service, tags: bool, out: &mut Writer) {
        let wish = &service.wish;
        let (running, pending) = self.service_counts(service, None);
        let definition =
            |revision: &str| format!("arn:aws:ecs:us-east-1:{ACCOUNT}:task-definition/{revision}");
        out.open('{');
        out.member(
            "serviceArn",
            &arn("service", service.cluster(), &wish.service_name),
        );
        out.member("serviceName", &wish.service_name);
        out.member("clusterArn", &cluster_arn(service.cluster()));
        out.member("loadBalancers", &wish.load_balancers);
        out.name("serviceRegistries");
        out.word("[]");
        out.member("status", &service.status.aws());
        out.member("desiredCount", &service.desired());
        out.member("runningCount", &running);
        out.member("pendingCount", &pending);
        if wish.capacity_provider_strategy.is_empty() {
            out.optional("launchType", &Self::launch_type(service));
        } else {
            out.member("capacityProviderStrategy", &wish.capacity_provider_strategy);
        }
        let platform = wish.platform_version.as_deref().unwrap_or("LATEST");
        out.member("platformVersion", &platform);
        out.member(
            "taskDefinition",
            &definition(&service.primary().task_definition),
        );
        let percents = service.percents();
        out.name("deploymentConfiguration");
        out.open('{');
        let given = wish.deployment_configuration.as_ref();
        let breaker = given.and_then(|it| it.deployment_circuit_breaker.clone());
        out.member("deploymentCircuitBreaker", &breaker.unwrap_or_default());
        out.member("maximumPercent", &percents.maximum);
        out.member("minimumHealthyPercent", &percents.minimum);
        out.close('}');
        out.name("deployments");
        out.open('[');
        for (place, deployment) in service.deployments.iter().enumerate() {
            out.item();
            self.write_deployment(service, deployment, place == 0, out);
        }
        out.close(']');
        out.name("events");
        out.open('[');
        for (place, event) in service.events.iter().enumerate() {
            let subject = format!("{}/{}/{}", service.name, event.at.0, event.message);
            let subject = format!("{subject}/{}", service.events.len() - place);
            out.item();
            out.open('{');
            out.member("id", &self.uuid("service event", &subject));
            out.member("createdAt", &self.epoch(event.at));
            out.member("message", &event.message);
            out.close('}');
        }
        out.close(']');
        out.member("createdAt", &self.epoch(service.created_at));
        for name in ["placementConstraints", "placementStrategy"] {
            out.name(name);
            out.word("[]");
        }
        out.optional("networkConfiguration", &wish.network_configuration);
        out.optional(
            "healthCheckGracePeriodSeconds",
            &wish.health_check_grace_period_seconds,
        );
        out.member("schedulingStrategy", &"REPLICA");
        out.name("deploymentController");
        out.word(r#"{"type":"ECS"}"#);
        if tags && !wish.tags.is_empty() {
            out.member("tags", &wish.tags);
        }
        out.member(
            "enableECSManagedTags",
            &(wish.enable_ecs_managed_tags == Some(true)),
        );
        let propagate = wish.propagate_tags.as_deref().unwrap_or("NONE");
        out.member("propagateTags", &propagate);
        out.member(
            "enableExecuteCommand",
            &(wish.enable_execute_command == Some(true)),
        );
        out.close('}');
    }

    fn write_deployment(
        &self,
        service: &Service,
        deployment: &Deployment,
        primary: bool,
        out: &mut Writer,
    ) {
        let (running, pending) = self.service_counts(service, Some(&deployment.id));
        let id = &*deployment.id;
        let desired = if primary { service.desired() } else { 0 };
        out.open('{');
        out.member("id", &id);
        out.member("status", &if primary { "PRIMARY" } else { "ACTIVE" });
        let definition = format!(
            "arn:aws:ecs:us-east-1:{ACCOUNT}:task-definition/{}",
            deployment.task_definition
        );
        out.member("taskDefinition", &definition);
        out.member("desiredCount", &desired);
        out.member("pendingCount", &pending);
        out.member("runningCount", &running);
        out.member("failedTasks", &deployment.failed);
        out.member("createdAt", &self.epoch(deployment.created_at));
        out.member("updatedAt", &self.epoch(deployment.updated_at));
        if service.wish.capacity_provider_strategy.is_empty() {
            out.optional("launchType", &Self::launch_type(service));
        } else {
            out.member(
                "capacityProviderStrategy",
                &service.wish.capacity_provider_strategy,
            );
        }
        let platform = deployment.platform_version.as_deref().unwrap_or("LATEST");
        out.member("platformVersion", &platform);
        out.optional("networkConfiguration", &deployment.network);
        out.member("rolloutState", &deployment.rollout.aws());
        let reason = words::rollout_reason(id, deployment.rollout);
        out.member("rolloutStateReason", &reason);
        out.close('}');
    }
}
