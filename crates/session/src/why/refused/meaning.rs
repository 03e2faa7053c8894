//! What AWS's words about a launch mean: which member of the call, or which part of the account, is not as it has to be.

use super::deciding;
use crate::why::definition::{changed, of_task};
use crate::why::flow::upper;
use fargate_core::call::RunTask;
use fargate_core::error::ApiError;
use fargate_core::task::{CLUSTER, cluster_in};
use fargate_core::task_definition::{Context, RevisionStatus, read};
use fargate_core::world::World;

/// A refusal of `RunTask` in a sentence, with the part that decided; AWS's own words where nothing more is known.
pub(in crate::why) fn of_launch(
    world: &World,
    input: &RunTask,
    error: &ApiError,
) -> (String, String) {
    let said = error.message.as_str();
    let given = input
        .network_configuration
        .as_ref()
        .map(|it| &it.awsvpc_configuration);
    let subnets = given.map_or(&[][..], |it| &it.subnets);
    let groups = given.map_or(&[][..], |it| &it.security_groups);
    let version = input.platform_version.as_deref().unwrap_or("LATEST");
    let named = input.task_definition.as_str();
    let call = "ecs:RunTask".to_owned();
    let network = world.network();
    let found = [
        (
            "Network Configuration must be provided",
            "networkConfiguration",
            format!(
                "Tasks of {named} are in network mode awsvpc: each gets an interface of its own, and the call does not say in which subnet."
            ),
        ),
        (
            "subnets can not be empty",
            "subnets",
            "The call names no subnet, and each task gets an interface of its own in one."
                .to_owned(),
        ),
        (
            "subnets can have at most",
            "subnets",
            format!(
                "The call names {} subnets, and RunTask takes 16.",
                subnets.len()
            ),
        ),
        (
            "securityGroups can have at most",
            "securityGroups",
            format!(
                "The call names {} security groups, and RunTask takes 5.",
                groups.len()
            ),
        ),
        (
            "subnets must all be in the same vpc",
            "subnets",
            "The call names subnets of several VPCs, and the interface of a task stands in one."
                .to_owned(),
        ),
        (
            "The platform version must be null",
            "platformVersion",
            format!(
                "The call names platform version {version} and the launch type EC2, and only Fargate has platform versions."
            ),
        ),
        (
            "Assign public IP is not supported",
            "launchType",
            format!(
                "The call asks for a public address, and {}: tasks on container instances never get one.",
                if input.launch_type.is_some() {
                    "names launch type EC2"
                } else {
                    "names no launch type, so that it is EC2"
                }
            ),
        ),
        (
            "Network Configuration is not valid",
            "networkConfiguration",
            format!(
                "The call names subnets, and {named} has no network of its own: only networkMode awsvpc has."
            ),
        ),
        (
            "No Container Instances were found",
            "launchType",
            format!(
                "{}, which places tasks on container instances: this cluster has none.",
                if input.launch_type.is_some() {
                    "The call names launch type EC2"
                } else {
                    "The call names no launch type, so that it is EC2"
                }
            ),
        ),
        (
            "The specified platform does not exist",
            "platformVersion",
            format!(
                "There is no platform version {version} on {}.",
                world.as_of()
            ),
        ),
        (
            "a valid task role is not being used",
            "enableExecuteCommand",
            format!(
                "The call asks for ECS Exec, and neither {named} nor an override names a taskRoleArn, whose permissions the agent in the containers needs."
            ),
        ),
    ];
    for (words, member, sentence) in found {
        if said.contains(words) {
            return (sentence, member.to_owned());
        }
    }
    if error.code == "ClusterNotFoundException" {
        let options = input.options.get();
        let cluster = options.and_then(|it| it.cluster.as_deref());
        let name = cluster.map_or(CLUSTER, cluster_in);
        let sentence = if said.contains("inactive") {
            format!("The cluster {name} was deleted: it is INACTIVE.")
        } else {
            format!("This account has no cluster {name}.")
        };
        return (sentence, "cluster".to_owned());
    }
    let deregistered = world.revisions().find(named).ok();
    let deregistered = deregistered.filter(|it| it.status != RevisionStatus::Active);
    if let Some(revision) = deregistered.filter(|_| said.starts_with("TaskDefinition ")) {
        let (name, status) = (&revision.name, revision.status.aws());
        let sentence = format!(
            "{name} was deregistered: it is {status}. What runs of it goes on, and nothing new is started of it."
        );
        return (sentence, "taskDefinition".to_owned());
    }
    if said.contains("TaskDefinition not found") {
        let all: Vec<&str> = world
            .revisions()
            .families()
            .map(|it| it.0.as_str())
            .collect();
        let there = if all.is_empty() {
            "none is registered".to_owned()
        } else {
            format!("registered are {}", all.join(", "))
        };
        let sentence = format!("No task definition is called {named}: {there}.");
        return (sentence, "taskDefinition".to_owned());
    }
    if said.contains("does not support launch_type FARGATE") {
        let revision = world.revisions().find(named).ok();
        let text = revision.map(|it| it.sent.indented()).unwrap_or_default();
        let wanted = (
            of_task(&["requiresCompatibilities"]),
            Some("[\"FARGATE\"]".to_owned()),
        );
        let text = changed(&text, &[wanted]).unwrap_or(text);
        let lacks = deciding(&read(&text, &Context::fargate(world.as_of())))
            .map_or_else(String::new, |it| format!(" {}", whole(&it.message)));
        let sentence =
            format!("{named} was registered without FARGATE among its compatibilities.{lacks}");
        return (sentence, "requiresCompatibilities".to_owned());
    }
    // the cure names what the platform lacks
    if said.contains("capabilities")
        && let Some((lack, _)) = error.cure.split_once("; ")
    {
        return (format!("{lack}."), "platformVersion".to_owned());
    }
    let missing = subnets.iter().find(|it| network.subnets.get(it).is_none());
    if let (Some(id), true) = (missing, said.contains("subnet information")) {
        let sentence = format!("This account has no subnet {id}: it was deleted, or never made.");
        return (sentence, id.to_string());
    }
    let unknown = |it: &&_| network.security_groups.get(it).is_none();
    let missing = groups.iter().find(unknown);
    if let (Some(id), true) = (missing, said.contains("security group information")) {
        let sentence =
            format!("This account has no security group {id}: it was deleted, or never made.");
        return (sentence, id.to_string());
    }
    (whole(said), call)
}

/// A text as a sentence: begun and ended as one.
pub(super) fn whole(text: &str) -> String {
    let text = upper(text.trim());
    if text.ends_with(['.', '!', '?']) {
        text
    } else {
        format!("{text}.")
    }
}
