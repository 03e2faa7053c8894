//! Launches that are not as AWS takes them, each put right.

use crate::why::cures::{Act, Cure};
use fargate_core::call::{
    AssignPublicIp, AwsvpcConfiguration, Hidden, LaunchType, NetworkConfiguration, RunTask,
    RunTaskOptions, TaskOverride,
};
use fargate_core::world::World;

/// A task role, where a definition names none. Source: the name that the developer guide uses.
const TASK_ROLE: &str = "arn:aws:iam::123456789012:role/ecsTaskRole";

/// The ways in which a launch may be wrong, each put right.
pub(in crate::why) fn other_launches(world: &World, input: &RunTask) -> Vec<Cure> {
    let network = world.network();
    let given = input
        .network_configuration
        .as_ref()
        .map(|it| &it.awsvpc_configuration);
    let subnets = given.map(|it| it.subnets.as_slice()).unwrap_or_default();
    let groups = given
        .map(|it| it.security_groups.as_slice())
        .unwrap_or_default();
    let known = subnets.iter().find_map(|id| network.subnets.get(id));
    let any = known.or_else(|| network.subnets.values().next());
    let vpc = any.map(|it| it.vpc.clone());
    let mut changes: Vec<(String, RunTask)> = Vec::new();
    let mut right = input.clone();
    let mut titles: Vec<String> = Vec::new();
    let mut put = |right: &RunTask, title: String| {
        titles.push(title);
        changes.push((titles.join(", and "), right.clone()));
    };
    let spread = input
        .options
        .get()
        .is_some_and(|it| !it.capacity_provider_strategy.is_empty());
    if input.launch_type != Some(LaunchType::Fargate) && !spread {
        right.launch_type = Some(LaunchType::Fargate);
        put(&right, "Run it with launch type FARGATE".to_owned());
    }
    if input
        .platform_version
        .as_deref()
        .is_some_and(|it| it != "LATEST")
    {
        right.platform_version = Some("LATEST".to_owned());
        put(&right, "Run it on platform version LATEST".to_owned());
    }
    if let Some(options) = input.options.get()
        && options.enable_execute_command == Some(true)
        && world
            .revisions()
            .find(&input.task_definition)
            .is_ok_and(|it| it.definition.task_role_arn.is_none())
        && options
            .overrides
            .as_ref()
            .is_none_or(|it| it.task_role_arn.is_none())
    {
        let overrides = TaskOverride {
            task_role_arn: Some(TASK_ROLE.to_owned()),
            ..options.overrides.clone().unwrap_or_default()
        };
        right.options = Hidden::from(RunTaskOptions {
            overrides: Some(overrides),
            ..options.clone()
        });
        put(
            &right,
            "Override taskRoleArn with a role for the containers".to_owned(),
        );
    }
    if input.count.is_some_and(|count| !(1..=10).contains(&count)) {
        right.count = input.count.map(|count| count.clamp(1, 10));
        put(
            &right,
            format!("Run {} at a time", right.count.unwrap_or(1)),
        );
    }
    let revision = world.revisions().find(&input.task_definition).ok();
    if revision.is_none()
        && let Some((family, _)) = world.revisions().families().last()
    {
        right.task_definition.clone_from(family);
        put(&right, format!("Run {family}, which is registered"));
    }
    let of_vpc = |id: &fargate_core::ids::SubnetId| {
        network
            .subnets
            .get(id)
            .is_some_and(|it| Some(&it.vpc) == vpc.as_ref())
    };
    if let (Some(any), false) = (
        any,
        !subnets.is_empty() && subnets.len() <= 16 && subnets.iter().all(of_vpc),
    ) {
        let public = given
            .and_then(|it| it.assign_public_ip)
            .unwrap_or(AssignPublicIp::Disabled);
        right.network_configuration = Some(NetworkConfiguration {
            awsvpc_configuration: AwsvpcConfiguration {
                subnets: vec![any.id.clone()],
                security_groups: groups.to_vec(),
                assign_public_ip: Some(public),
            },
        });
        put(&right, format!("Run it in {}", any.title()));
    }
    let group_fits = |id: &fargate_core::ids::SecurityGroupId| {
        network
            .security_groups
            .get(id)
            .is_some_and(|it| Some(&it.vpc) == vpc.as_ref())
    };
    if (groups.len() > 5 || !groups.iter().all(group_fits))
        && let Some(network) = &mut right.network_configuration
    {
        let worn: Vec<_> = groups
            .iter()
            .filter(|id| group_fits(id))
            .take(5)
            .cloned()
            .collect();
        network.awsvpc_configuration.security_groups = worn;
        put(
            &right,
            "Leave out the groups that are not of this VPC".to_owned(),
        );
    }
    let cures = changes.into_iter().enumerate();
    let cures = cures.map(|(place, (title, run))| Cure {
        title,
        acts: vec![Act::Call(run.into())],
        width: place as u64,
        kind: "launch",
    });
    cures.collect()
}
