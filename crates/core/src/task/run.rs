//! `RunTask` on Fargate.

use super::container::Container;
use super::life::{Due, Parts, spread};
use super::model::{Assignment, Task};
use super::state::TaskState;
use crate::call::{AssignPublicIp, AwsvpcConfiguration, LaunchType, RunTask};
use crate::compute::platform::{
    INCOMPATIBLE, Lack, Need, Platform, Unavailable, incompatible_words,
};
use crate::engine::chance;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{SecurityGroupId, TaskId};
use crate::network::Network;
use crate::task_definition::{Revision, Revisions, System};
use crate::units::Date;
use crate::workload::Workload;
use std::sync::Arc;

/// Subnets that `awsvpcConfiguration` takes. Source: API reference.
const MAX_SUBNETS: usize = 16;
/// Groups that `awsvpcConfiguration` takes. Source: API reference.
const MAX_GROUPS: usize = 5;
/// Tasks that one call runs. Source: API reference of `RunTask`.
const MAX_COUNT: u32 = 10;
/// Tasks that may run at the same time in the simulated account, so that nothing grows without bound.
const MAX_TASKS: usize = 10_000;

fn invalid(message: impl Into<String>, cure: &'static str) -> ApiError {
    ApiError::new("InvalidParameterException", message, cure)
}

/// `RunTask`. Everything is checked before the first task is made.
pub(crate) fn run_task(
    parts: &mut Parts<'_>,
    revisions: &Revisions,
    does: &dyn Fn(&str) -> Arc<Workload>,
    as_of: Date,
    input: &RunTask,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let revision = revisions.find(&input.task_definition)?;
    let count = input.count.unwrap_or(1);
    if !(1..=MAX_COUNT).contains(&count) {
        return Err(invalid(
            "Count should be between 1 and 10.",
            "Run 1 to 10 tasks at a time.",
        ));
    }
    let platform = check_launch(input, revision, as_of)?;
    let network = input
        .network_configuration
        .as_ref()
        .map(|configuration| &configuration.awsvpc_configuration);
    let Some(network) = network else {
        return Err(invalid(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
            "Choose at least one subnet.",
        ));
    };
    let groups = check_network(parts.network, network)?;
    if parts.tasks.len() + count as usize > MAX_TASKS {
        return Err(ApiError::new(
            "LimitExceededException",
            "The limit for concurrent tasks has been reached.",
            "Stop some tasks first; this playground keeps at most 10,000.",
        ));
    }
    let workloads: Vec<Arc<Workload>> = revision
        .definition
        .containers
        .iter()
        .map(|it| does(&it.image))
        .collect();
    let mut ids = Vec::new();
    for _ in 0..count {
        let id = TaskId::from(step.task_id());
        let choice = chance::draw(step.seed, "subnet", id.as_str()) % network.subnets.len() as u64;
        let assignment = Assignment {
            subnet: network.subnets[choice as usize].clone(),
            groups: groups.clone(),
            public: network.assign_public_ip == Some(AssignPublicIp::Enabled),
        };
        let task = new_task(&id, revision, &workloads, platform, assignment);
        parts.tasks.insert(id.clone(), task);
        parts.enter(&id, TaskState::Provisioning, step);
        parts.later(
            &id,
            spread(step, "interface", &id, 4_000, 7_000),
            Due::Attach,
        );
        ids.push(id);
    }
    Ok(Reply::Tasks(ids))
}

fn check_launch(
    input: &RunTask,
    revision: &Revision,
    as_of: Date,
) -> Result<&'static Platform, ApiError> {
    if input.launch_type != Some(LaunchType::Fargate) {
        if input.platform_version.is_some() {
            return Err(invalid(
                "The platform version must be null when specifying an EC2 launch type.",
                "Name no platform version, or the launch type FARGATE.",
            ));
        }
        return Err(invalid(
            "No Container Instances were found in your cluster.",
            "Run it with launch type FARGATE; this cluster has no container instances.",
        ));
    }
    let version = input.platform_version.as_deref().unwrap_or("LATEST");
    let windows = revision.definition.system == System::Windows;
    let platform =
        Platform::find(version, windows, as_of).map_err(|why| unavailable(why, as_of))?;
    if !revision.fargate() {
        return Err(invalid(
            "Task definition does not support launch_type FARGATE.",
            "Give it networkMode awsvpc and a cpu and memory pair that Fargate has, and register it again.",
        ));
    }
    // AWS says no more than that something is lacking; the first is told
    let mut needs = revision.needs.iter();
    let lack = needs.find_map(|need| Some((need, platform.lacks(need, as_of)?)));
    let Some((
        Need {
            what,
            version,
            since,
        },
        lack,
    )) = lack
    else {
        return Ok(platform);
    };
    let cure = match lack {
        Lack::Version => format!(
            "Platform version {} has no {what}; run it on {version} or newer.",
            platform.version
        ),
        Lack::Day => format!(
            "Fargate has {what} since {since}; take it out, or let the scenario play later."
        ),
    };
    Err(incompatible(as_of, cure))
}

fn unavailable(why: Unavailable, as_of: Date) -> ApiError {
    let cure = match why {
        Unavailable::Unknown => "Use LATEST, or a version with three parts such as 1.4.0 that was there on the scenario's date.".to_owned(),
        Unavailable::Retired(day) => format!("Use LATEST: this version was retired on {day}. A scenario of an earlier date can still run it."),
        Unavailable::OtherSystem => return incompatible(as_of, "Use LATEST: Windows has platform versions of its own, since 2021-10-28.".to_owned()),
    };
    let message = "The specified platform does not exist.";
    ApiError::new("PlatformUnknownException", message, cure)
}

fn incompatible(as_of: Date, cure: String) -> ApiError {
    ApiError::new(INCOMPATIBLE, incompatible_words(as_of), cure)
}

fn check_network(
    network: &Network,
    wish: &AwsvpcConfiguration,
) -> Result<Vec<SecurityGroupId>, ApiError> {
    if wish.subnets.is_empty() {
        return Err(invalid(
            "subnets can not be empty.",
            "Choose at least one subnet.",
        ));
    }
    if wish.subnets.len() > MAX_SUBNETS {
        return Err(invalid(
            "subnets can have at most 16 items.",
            "Choose 16 subnets or fewer.",
        ));
    }
    if wish.security_groups.len() > MAX_GROUPS {
        return Err(invalid(
            "securityGroups can have at most 5 items.",
            "Choose 5 groups or fewer.",
        ));
    }
    let mut vpc = None;
    for id in &wish.subnets {
        let Some(subnet) = network.subnets.get(id) else {
            return Err(invalid(
                format!(
                    "Error retrieving subnet information for [{id}]: The subnet ID '{id}' does not exist (ErrorCode: InvalidSubnetID.NotFound)"
                ),
                "Name a subnet of this scenario.",
            ));
        };
        if vpc.get_or_insert(&subnet.vpc) != &&subnet.vpc {
            return Err(invalid(
                "subnets must all be in the same vpc.",
                "Choose subnets of one VPC.",
            ));
        }
    }
    for id in &wish.security_groups {
        let Some(group) = network.security_groups.get(id) else {
            return Err(invalid(
                format!(
                    "Error retrieving security group information for [{id}]: The security group '{id}' does not exist (ErrorCode: InvalidGroup.NotFound)"
                ),
                "Name a security group of this scenario.",
            ));
        };
        if vpc != Some(&group.vpc) {
            return Err(invalid(
                format!(
                    "Security group {id} does not appear to belong to the same VPC as the input subnets."
                ),
                "Choose groups of the subnets' VPC.",
            ));
        }
    }
    let default = vpc
        .and_then(|vpc| network.vpcs.get(vpc))
        .map(|vpc| vpc.default_security_group.clone());
    Ok(if wish.security_groups.is_empty() {
        default.into_iter().collect()
    } else {
        wish.security_groups.clone()
    })
}

fn new_task(
    id: &TaskId,
    revision: &Revision,
    workloads: &[Arc<Workload>],
    platform: &'static Platform,
    assignment: Assignment,
) -> Task {
    let definition = &revision.definition;
    let containers = definition.containers.iter().zip(workloads);
    let containers = containers.map(|(it, does)| Container::new(it.clone(), does.clone()));
    Task {
        id: id.clone(),
        revision: revision.name.clone(),
        definition: definition.clone(),
        cpu: definition.cpu.unwrap_or_default(),
        memory: definition.memory.unwrap_or_default(),
        platform,
        assignment,
        interface: None,
        stages: Vec::new(),
        containers: containers.collect(),
        unreachable: None,
        lack: None,
        layers: None,
        stop: None,
        pull_started: None,
        stopped: None,
        strained_at: None,
    }
}
