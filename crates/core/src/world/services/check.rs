//! Whether a service can be as a call wishes it: AWS's refusals.
//!
//! Source: API reference of `CreateService`. The words of those about load balancers, names that are taken and services that are
//! deleted are quoted in public issues; AWS publishes none of the others, which are written as those that are known.

use super::starts::run_task;
use crate::call::{CreateService, ServiceLoadBalancer, ThresholdConfiguration};
use crate::error::ApiError;
use crate::ids::TargetGroupId;
use crate::service::ServiceStatus;
use crate::task_definition::Revision;
use crate::world::describe::invalid;
use crate::world::{World, launch};

/// Characters of a name.
const MAX_NAME: usize = 255;
/// Tasks of a service. Source: 'Amazon ECS endpoints and quotas'.
const MAX_TASKS: i32 = 5_000;
/// Services of a cluster. Source: the same.
const MAX_SERVICES: usize = 5_000;
/// Target groups of a service. Source: the same.
const MAX_GROUPS: usize = 5;

fn not_simulated(what: &str, cure: &'static str) -> ApiError {
    ApiError::new(
        "UnsupportedFeatureException",
        format!("{what} is not simulated by this playground."),
        cure,
    )
}

/// Characters of a client token. Source: API reference of `CreateService`.
const MAX_TOKEN: usize = 36;

/// Checks a client token.
pub(super) fn token(token: Option<&str>) -> Result<(), ApiError> {
    let fits = |it: &str| it.len() <= MAX_TOKEN && it.bytes().all(|it| (33..=126).contains(&it));
    if token.is_none_or(fits) {
        return Ok(());
    }
    Err(invalid(
        "clientToken must be at most 36 characters of ASCII from 33 to 126.",
        "Write 36 characters or fewer, without blanks.",
    ))
}

/// Checks a name.
pub(super) fn name(name: &str) -> Result<(), ApiError> {
    let known = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_');
    if name.is_empty() || name.chars().count() > MAX_NAME || !name.chars().all(known) {
        return Err(invalid(
            "Invalid service name. Up to 255 letters (uppercase and lowercase), numbers, underscores, and hyphens are allowed.",
            "Write the name of those characters.",
        ));
    }
    Ok(())
}

/// Checks what a service is to be, and gives the revision that it runs. `named` says whether the call names the revision: one that a
/// service runs already may be INACTIVE.
pub(super) fn wish(world: &World, wish: &CreateService, named: bool) -> Result<String, ApiError> {
    kind(wish)?;
    let Some(definition) = &wish.task_definition else {
        return Err(invalid(
            "TaskDefinition can not be blank.",
            "Name the task definition that the service runs.",
        ));
    };
    let count = wish.desired_count.unwrap_or(0);
    if !(0..=MAX_TASKS).contains(&count) {
        return Err(invalid(
            "The desired count must be between 0 and 5000.",
            "Keep 0 to 5,000 tasks running.",
        ));
    }
    percents(wish)?;
    let revision = if named {
        world.revisions.active(definition, "ClientException")?
    } else {
        world.revisions.find(definition)?
    };
    let run = run_task(wish, &revision.name, wish.network_configuration.clone());
    launch::check(world, &run)?;
    if wish.load_balancers.len() > MAX_GROUPS {
        return Err(invalid(
            "loadBalancers can have at most 5 items.",
            "Register the tasks with five target groups or fewer.",
        ));
    }
    for balancer in &wish.load_balancers {
        target_group(world, balancer, revision)?;
    }
    match wish.health_check_grace_period_seconds {
        Some(seconds) if seconds < 0 => {
            return Err(invalid(
                "The health check grace period must be between 0 and 2147483647 seconds.",
                "Give it 0 seconds or more.",
            ));
        }
        Some(_) if wish.load_balancers.is_empty() => {
            return Err(invalid(
                "Health check grace period is only valid for services configured to use load balancers",
                "Leave it out, or register the tasks with a target group.",
            ));
        }
        Some(_) | None => {}
    }
    let others = world.services.all();
    let others = others.filter(|it| it.status == ServiceStatus::Active);
    if others
        .filter(|it| it.name != crate::service::key_of(wish))
        .nth(MAX_SERVICES - 1)
        .is_some()
    {
        return Err(ApiError::new(
            "LimitExceededException",
            "The limit for services of this cluster has been reached.",
            "Delete some services first; a cluster has 5,000 at most.",
        ));
    }
    Ok(revision.name.to_string())
}

/// What kind of service it is.
fn kind(wish: &CreateService) -> Result<(), ApiError> {
    match wish.scheduling_strategy.as_deref() {
        None | Some("REPLICA") => {}
        Some("DAEMON") => {
            return Err(invalid(
                "The daemon scheduling strategy is not supported with the FARGATE launch type.",
                "Leave schedulingStrategy out: a daemon runs one task on each container instance, and this cluster has none.",
            ));
        }
        Some(other) => {
            return Err(invalid(
                format!("schedulingStrategy should be one of [REPLICA,DAEMON], not {other}."),
                "Write REPLICA, or leave it out.",
            ));
        }
    }
    match wish
        .deployment_controller
        .as_ref()
        .map(|it| it.kind.as_str())
    {
        None | Some("ECS") => {}
        Some("CODE_DEPLOY" | "EXTERNAL") => {
            return Err(not_simulated(
                "Another deployment controller than ECS",
                "Leave deploymentController out.",
            ));
        }
        Some(other) => {
            return Err(invalid(
                format!(
                    "deploymentController.type should be one of [ECS,CODE_DEPLOY,EXTERNAL], not {other}."
                ),
                "Write ECS, or leave it out.",
            ));
        }
    }
    let Some(configuration) = &wish.deployment_configuration else {
        return Ok(());
    };
    match configuration.strategy.as_deref() {
        None | Some("ROLLING") => {}
        Some("BLUE_GREEN" | "LINEAR" | "CANARY") => {
            return Err(not_simulated(
                "Another deployment strategy than ROLLING",
                "Leave deploymentConfiguration.strategy out.",
            ));
        }
        Some(other) => {
            return Err(invalid(
                format!(
                    "deploymentConfiguration.strategy should be one of [ROLLING,BLUE_GREEN,LINEAR,CANARY], not {other}."
                ),
                "Write ROLLING, or leave it out.",
            ));
        }
    }
    let breaker = configuration.deployment_circuit_breaker.as_ref();
    breaker
        .and_then(|it| it.threshold_configuration.as_ref())
        .map_or(Ok(()), threshold)
}

/// What a circuit breaker bears. Source: 'How the Amazon ECS deployment circuit breaker detects failures'.
fn threshold(given: &ThresholdConfiguration) -> Result<(), ApiError> {
    let most = match given.kind.as_str() {
        "COUNT" => i32::MAX,
        "BOUNDED_PERCENT" | "UNBOUNDED_PERCENT" => 100,
        other => {
            return Err(invalid(
                format!(
                    "thresholdConfiguration.type should be one of [COUNT,BOUNDED_PERCENT,UNBOUNDED_PERCENT], not {other}."
                ),
                "Write BOUNDED_PERCENT, or leave thresholdConfiguration out.",
            ));
        }
    };
    if (1..=most).contains(&given.value) {
        return Ok(());
    }
    let message = if most == 100 {
        "thresholdConfiguration.value must be between 1 and 100 for a percentage."
    } else {
        "thresholdConfiguration.value must be greater than or equal to 1."
    };
    Err(invalid(
        message,
        "Give a value of 1 or more; of a percentage, 100 at most.",
    ))
}

fn percents(wish: &CreateService) -> Result<(), ApiError> {
    let Some(configuration) = &wish.deployment_configuration else {
        return Ok(());
    };
    let (minimum, maximum) = (
        configuration.minimum_healthy_percent.unwrap_or(100),
        configuration.maximum_percent.unwrap_or(200),
    );
    if !(0..=200).contains(&maximum) {
        return Err(invalid(
            "Maximum percent should be between 0 and 200.",
            "Give maximumPercent 100 to 200.",
        ));
    }
    if !(0..=100).contains(&minimum) {
        return Err(invalid(
            "Minimum healthy percent should be between 0 and 100.",
            "Give minimumHealthyPercent 0 to 100.",
        ));
    }
    if maximum < 100 {
        return Err(invalid(
            "maximumPercent must be greater than or equal to 100.",
            "Give maximumPercent 100 or more: with less the desired count is never reached.",
        ));
    }
    Ok(())
}

/// Whether tasks of a revision can be registered with a target group.
fn target_group(
    world: &World,
    balancer: &ServiceLoadBalancer,
    revision: &Revision,
) -> Result<(), ApiError> {
    let Some(arn) = &balancer.target_group_arn else {
        return Err(invalid(
            "targetGroupArn must be specified for tasks that use the awsvpc network mode.",
            "Name the target group by its ARN: a Classic Load Balancer has no targets by address.",
        ));
    };
    let Some(container) = &balancer.container_name else {
        return Err(invalid(
            "containerName can not be blank.",
            "Name the container that takes the connections.",
        ));
    };
    let Some(port) = balancer.container_port else {
        return Err(invalid(
            "containerPort can not be blank.",
            "Name the port that the container listens on.",
        ));
    };
    let containers = &revision.definition.containers;
    let Some(it) = containers.iter().find(|it| it.name == *container) else {
        return Err(invalid(
            format!("The container {container} does not exist in the task definition."),
            format!("Name a container of {}.", revision.name),
        ));
    };
    if !it.port_mappings.iter().any(|it| it.container_port == port) {
        return Err(invalid(
            format!("The container {container} did not have a container port {port} defined."),
            format!("Add {port} to the portMappings of {container}, or name a port that is there."),
        ));
    }
    let id = TargetGroupId::from(arn.as_str());
    let Some(group) = world.network.target_groups.get(&id) else {
        return Err(invalid(
            format!("Unable to retrieve target group {arn}: One or more target groups not found"),
            "Name a target group of this scenario by its ARN.",
        ));
    };
    if group.target_type != "ip" {
        return Err(invalid(
            format!(
                "The provided target group {arn} has target type {}, which is incompatible with the awsvpc network mode specified in the task definition.",
                group.target_type
            ),
            "Create a target group of type ip.",
        ));
    }
    let mut balancers = world.network.load_balancers.values();
    let used = balancers.any(|it| {
        let mut listeners = it.listeners.iter();
        listeners.any(|it| it.target_group.as_ref() == Some(&id))
    });
    if !used {
        return Err(invalid(
            format!(
                "The target group with targetGroupArn {arn} does not have an associated load balancer."
            ),
            "Create a listener that forwards to it first.",
        ));
    }
    Ok(())
}
