//! Launches that are not as AWS takes them, each put right.

use super::accepted;
use crate::why::cures::{Act, Cure};
use crate::why::definition::{changed, of_task};
use fargate_core::call::{
    AssignPublicIp, AwsvpcConfiguration, Call, CreateCluster, Hidden, LaunchType,
    NetworkConfiguration, RegisterTaskDefinition, RunTask, RunTaskOptions, TaskOverride,
};
use fargate_core::ids::{SecurityGroupId, SubnetId};
use fargate_core::task::{CLUSTER, cluster_in};
use fargate_core::task_definition::{Context, Verdict, read};
use fargate_core::text::{self, Json, quote};
use fargate_core::world::World;

/// A task role, where a definition names none. Source: the name that the developer guide uses.
const TASK_ROLE: &str = "arn:aws:iam::123456789012:role/ecsTaskRole";

/// What a first definition runs: what the developer guide's first steps run.
const FIRST_IMAGE: &str = "public.ecr.aws/docker/library/httpd:latest";

/// Subnets that one call may name. Source: API reference, `AwsVpcConfiguration`.
const MOST_SUBNETS: usize = 16;
/// Security groups that one call may name. Source: the same.
const MOST_GROUPS: usize = 5;

/// Those that fit, each once.
fn distinct<Id: Clone + PartialEq>(
    ids: &[Id],
    fits: impl Fn(&Id) -> bool,
) -> impl Iterator<Item = Id> {
    let mut kept: Vec<Id> = Vec::new();
    for id in ids {
        if fits(id) && !kept.contains(id) {
            kept.push(id.clone());
        }
    }
    kept.into_iter()
}

/// A launch of the newest revision of the same family.
fn of_family(run: &RunTask, world: &World) -> RunTask {
    let found = world.revisions().find(&run.task_definition).ok();
    RunTask {
        task_definition: found.map_or_else(
            || run.task_definition.clone(),
            |it| it.definition.family.clone(),
        ),
        ..run.clone()
    }
}

/// A revision that Fargate cannot run, changed so that it can: what is changed, and the call that registers it.
fn for_fargate(world: &World, named: &str) -> Option<(String, Call)> {
    let revision = world
        .revisions()
        .find(named)
        .ok()
        .filter(|it| !it.fargate())?;
    let wanted = of_task(&["requiresCompatibilities"]);
    let text = revision.sent.indented();
    let text = changed(&text, &[(wanted, Some("[\"FARGATE\"]".to_owned()))])?;
    let context = Context::fargate(world.as_of());
    let title = "Require FARGATE in requiresCompatibilities".to_owned();
    let cure = accepted(&text, &context, title)?;
    let call = cure.acts.into_iter().find_map(|act| match act {
        Act::Call(call) => Some(call),
        _ => None,
    });
    Some((cure.title, call?))
}

/// The family in the name of a revision: 'web' of 'web:3' and of its ARN.
fn family_in(named: &str) -> &str {
    let short = named.rsplit('/').next().unwrap_or(named);
    short.split(':').next().unwrap_or(short)
}

/// A first definition of a family, where AWS takes its name.
fn first_definition(family: &str, world: &World) -> Option<Call> {
    let text = format!(
        r#"{{"family":{},"cpu":"256","memory":"512","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"containerDefinitions":[{{"name":"app","image":"{FIRST_IMAGE}","portMappings":[{{"containerPort":80}}]}}]}}"#,
        quote(family)
    );
    let reading = read(&text, &Context::fargate(world.as_of()));
    let definition = Json::of(&text::read(&text).root);
    matches!(reading.verdict, Verdict::Accepted)
        .then(|| RegisterTaskDefinition { definition }.into())
}

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
    if let Some(text) = for_fargate(world, &input.task_definition) {
        let cure = Cure {
            title: format!("{}, register that, and run it", text.0),
            acts: vec![
                Act::Call(text.1),
                Act::Call(of_family(&right, world).into()),
            ],
            width: 0,
            kind: "launch",
        };
        return vec![cure];
    }
    let revision = world.revisions().find(&input.task_definition).ok();
    // calls that go before the launch, and the titles without which it is not the whole
    let (mut registers, mut needed): (Vec<Call>, Vec<String>) = Default::default();
    let cluster = input.options.get().and_then(|it| it.cluster.as_deref());
    if !world.has_cluster(cluster) {
        let name = cluster.map_or(CLUSTER, cluster_in);
        registers.push(
            CreateCluster {
                cluster_name: Some(name.to_owned()),
                ..CreateCluster::default()
            }
            .into(),
        );
        let title = format!("Create the cluster {name}, and run it there");
        needed.push(title.clone());
        put(&right, title);
    }
    if let Some(found) = revision
        && world
            .revisions()
            .active(&input.task_definition, "")
            .is_err()
    {
        let family = &found.definition.family;
        let newest = world.revisions().active(family, "").ok();
        right.task_definition = newest.map_or_else(|| family.clone(), |it| it.name.to_string());
        let title = if let Some(newest) = newest {
            format!("Run {}, which is ACTIVE", newest.name)
        } else {
            let definition = found.sent.clone();
            registers.push(RegisterTaskDefinition { definition }.into());
            let title = format!(
                "Register {family} again, as {} was, and run that",
                found.name
            );
            needed.push(title.clone());
            title
        };
        put(&right, title);
    }
    if revision.is_none() {
        let named = family_in(&input.task_definition);
        let families = world.revisions().families().map(|it| it.0);
        let own = world.revisions().families().any(|it| it.0 == named);
        // another revision of the same family is nearer than another family
        let there = if own {
            Some(named.to_owned())
        } else {
            families.last().cloned()
        };
        if let Some(family) = there {
            right.task_definition.clone_from(&family);
            put(&right, format!("Run {family}, which is registered"));
        } else if let Some(call) = first_definition(named, world) {
            named.clone_into(&mut right.task_definition);
            let title = format!(
                "Register a first definition of {named}, with the image {FIRST_IMAGE}, and run it"
            );
            needed.push(title.clone());
            put(&right, title);
            registers.push(call);
        }
    }
    let of_vpc = |id: &SubnetId| {
        network
            .subnets
            .get(id)
            .is_some_and(|it| Some(&it.vpc) == vpc.as_ref())
    };
    let kept: Vec<SubnetId> = distinct(subnets, of_vpc).take(MOST_SUBNETS).collect();
    if let (Some(any), false) = (any, !subnets.is_empty() && kept == subnets) {
        let public = given
            .and_then(|it| it.assign_public_ip)
            .unwrap_or(AssignPublicIp::Disabled);
        let title = match kept.as_slice() {
            [] | [_] => format!("Run it in {}", any.title()),
            many => format!("Run it in {} of the subnets, all of one VPC", many.len()),
        };
        right.network_configuration = Some(NetworkConfiguration {
            awsvpc_configuration: AwsvpcConfiguration {
                subnets: if kept.is_empty() {
                    vec![any.id.clone()]
                } else {
                    kept
                },
                security_groups: groups.to_vec(),
                assign_public_ip: Some(public),
            },
        });
        put(&right, title);
    }
    let group_fits = |id: &SecurityGroupId| {
        network
            .security_groups
            .get(id)
            .is_some_and(|it| Some(&it.vpc) == vpc.as_ref())
    };
    let worn: Vec<SecurityGroupId> = distinct(groups, group_fits).take(MOST_GROUPS).collect();
    if worn != groups
        && let Some(network) = &mut right.network_configuration
    {
        let foreign: Vec<&str> = groups
            .iter()
            .filter(|id| !group_fits(id))
            .map(SecurityGroupId::as_str)
            .collect();
        let title = match (foreign.as_slice(), worn.len()) {
            ([], _) => "Name each group once, and 5 at most".to_owned(),
            (some, 0) => format!(
                "Leave out {}, so that it gets the VPC's default group",
                some.join(" and ")
            ),
            (some, _) => format!("Leave out {}, which is not of this VPC", some.join(" and ")),
        };
        network.awsvpc_configuration.security_groups = worn;
        put(&right, title);
    }
    // LATEST was an older one for a while after 1.4.0 came
    if input
        .platform_version
        .as_deref()
        .is_none_or(|it| it != "1.4.0")
    {
        let newer = RunTask {
            platform_version: Some("1.4.0".to_owned()),
            ..right.clone()
        };
        changes.push(("Run it on platform version 1.4.0".to_owned(), newer));
    }
    changes.retain(|(title, _)| needed.iter().all(|it| title.contains(it)));
    let cures = changes.into_iter().enumerate();
    let cures = cures.map(|(place, (title, run))| Cure {
        title,
        acts: registers
            .iter()
            .cloned()
            .chain([run.into()])
            .map(Act::Call)
            .collect(),
        width: place as u64,
        kind: "launch",
    });
    cures.collect()
}
