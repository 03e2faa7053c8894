//! `RunTask`, before the first task is made: everything is checked, and what is to run where is decided.
//!
//! The refusals stand in the order in which AWS's come where that is known: the request by itself, the definition, the network, then what
//! the account has.

mod network;
mod options;
mod overrides;
mod platform;
mod strategy;
mod volumes;

pub(super) use strategy::parts;

use super::World;
use super::describe::invalid;
use crate::call::{AssignPublicIp, AwsvpcConfiguration, LaunchType, RunTask, RunTaskOptions};
use crate::compute::platform::Platform;
use crate::error::{ApiError, Failure};
use crate::event::{Cause, Event, Fact};
use crate::ids::{SecurityGroupId, TaskId};
use crate::task::{Launch, One, Provider, TaskState};
use crate::task_definition::{Revision, TaskDefinition};
use crate::wire::print;
use std::sync::Arc;

/// Tasks that one call runs. Source: API reference of `RunTask`.
const MAX_COUNT: u32 = 10;
/// Tasks that may run at the same time in the simulated account, so that nothing grows without bound.
const MAX_TASKS: usize = 10_000;

/// Decides on a call, and logs which of its tasks find no place: the answer alone says it otherwise.
pub(super) fn plan(
    world: &mut World,
    input: &RunTask,
    cause: Cause,
    log: &mut Vec<Event>,
) -> Result<Launch, ApiError> {
    let none = RunTaskOptions::default();
    let options = input.options.get().unwrap_or(&none);
    let count = input.count.unwrap_or(1);
    if !(1..=MAX_COUNT).contains(&count) {
        return Err(invalid(
            "Count should be between 1 and 10.",
            "Run 1 to 10 tasks at a time.",
        ));
    }
    options::check(options)?;
    world.cluster(options.cluster.as_deref())?;
    let again = again(world, input, options)?;
    let named = world
        .revisions
        .active(&input.task_definition, "InvalidParameterException")?;
    let order = order(world, input, options, named)?;
    if world.tasks.len() + count as usize > MAX_TASKS {
        return Err(too_many());
    }
    let tasks = if again.is_empty() {
        let providers = providers(&order.where_to, &[], count);
        placed(world, &providers, order.cpu(), true)?
    } else {
        Vec::new()
    };
    if let Some(token) = &options.client_token {
        let limits = Arc::make_mut(&mut world.limits);
        limits.tokens.insert(token.clone(), print(input));
    }
    let failures: Vec<&Failure> = tasks.iter().filter_map(|it| it.as_ref().err()).collect();
    not_placed(
        world,
        ("RunTask", &order.revision),
        (tasks.len(), &failures),
        cause,
        log,
    );
    Ok(order.launch(world, input, tasks, again))
}

/// Logs that a call placed less than it was asked for: of so many tasks these.
pub(super) fn not_placed(
    world: &mut World,
    (what, revision): (&'static str, &str),
    (all, failures): (usize, &[&Failure]),
    cause: Cause,
    log: &mut Vec<Event>,
) {
    if failures.is_empty() {
        return;
    }
    let fact = Fact::Changed {
        what,
        id: revision.to_owned(),
        how: format!("cannot place {}", of_all(all, failures)),
    };
    world.log(fact, cause, log);
}

/// '2 of 3 tasks: RESOURCE:ENI'.
pub(super) fn of_all(all: usize, failures: &[&Failure]) -> String {
    let mut reasons: Vec<&str> = failures.iter().map(|it| it.reason.as_str()).collect();
    reasons.dedup();
    let tasks = if all == 1 { "task" } else { "tasks" };
    format!(
        "{} of {all} {tasks}: {}",
        failures.len(),
        reasons.join("; ")
    )
}

fn too_many() -> ApiError {
    ApiError::new(
        "LimitExceededException",
        "The limit for concurrent tasks has been reached.",
        "Stop some tasks first; this playground keeps at most 10,000.",
    )
}

/// Whether a service could run tasks so: all that is checked before what the account has room for. What is to run on container
/// instances is not refused before it is placed.
pub(super) fn check(world: &World, input: &RunTask) -> Result<(), ApiError> {
    let none = RunTaskOptions::default();
    let options = input.options.get().unwrap_or(&none);
    let revision = world.revisions.find(&input.task_definition)?;
    match order(world, input, options, revision) {
        Err(error) if error.message.starts_with(platform::NO_INSTANCES) => {
            if !revision.compatibilities.contains(&"EC2") {
                return Err(invalid(
                    "Task definition does not support launch_type EC2.",
                    "Create the service with launch type FARGATE, or register the definition for EC2 too.",
                ));
            }
            Ok(())
        }
        other => other.map(|_| ()),
    }
}

/// Decides on so many tasks of a service, of whose tasks so many run already on each item of its strategy.
pub(super) fn of_service(
    world: &mut World,
    input: &RunTask,
    count: u32,
    running: &dyn Fn(Option<Provider>) -> u32,
) -> Result<Launch, ApiError> {
    let none = RunTaskOptions::default();
    let options = input.options.get().unwrap_or(&none);
    let revision = world.revisions.find(&input.task_definition)?;
    let order = order(world, input, options, revision)?;
    if world.tasks.len() + count as usize > MAX_TASKS {
        return Err(too_many());
    }
    let runs: Vec<u32> = match &order.where_to {
        Where::LaunchType => Vec::new(),
        Where::Strategy(parts) => parts.iter().map(|it| running(Some(it.provider))).collect(),
    };
    let providers = providers(&order.where_to, &runs, count);
    let tasks = placed(world, &providers, order.cpu(), false)?;
    Ok(order.launch(world, input, tasks, Vec::new()))
}

/// What is decided before it is asked what there is room for.
struct Order {
    revision: Arc<str>,
    definition: Arc<TaskDefinition>,
    platform: &'static Platform,
    where_to: Where,
    groups: Vec<SecurityGroupId>,
    wish: AwsvpcConfiguration,
}

impl Order {
    fn cpu(&self) -> u32 {
        self.definition.cpu.unwrap_or_default().0
    }

    fn launch(self, world: &World, input: &RunTask, tasks: Vec<One>, again: Vec<TaskId>) -> Launch {
        Launch {
            revision: self.revision,
            definition: self.definition,
            platform: self.platform,
            pace: world.limits.pace,
            subnets: self.wish.subnets,
            groups: self.groups,
            public: self.wish.assign_public_ip == Some(AssignPublicIp::Enabled),
            // since 1.4.0. Source: 'Fargate task networking', dual-stack mode; the account setting `dualStackIPv6` is on
            ipv6: if self.platform.metadata >= 4 && !self.platform.windows {
                |network, subnet, seed, task| network.ipv6_address(subnet, seed, task.as_str())
            } else {
                |_, _, _, _| None
            },
            options: input.options.clone(),
            tasks,
            again,
        }
    }
}

/// Checks a definition, its place and its network.
fn order(
    world: &World,
    input: &RunTask,
    options: &RunTaskOptions,
    revision: &Revision,
) -> Result<Order, ApiError> {
    let where_to = strategy::where_to(world, input, options)?;
    let on_fargate =
        matches!(where_to, Where::Strategy(_)) || input.launch_type == Some(LaunchType::Fargate);
    let spot = match &where_to {
        Where::Strategy(parts) => parts.iter().any(|it| it.provider == Provider::FargateSpot),
        Where::LaunchType => false,
    };
    let platform = platform::check(input, revision, on_fargate, world.as_of)?;
    if on_fargate
        && !(options.placement_constraints.is_empty() && options.placement_strategy.is_empty())
    {
        let what = if options.placement_strategy.is_empty() {
            "Placement constraints"
        } else {
            "Placement strategies"
        };
        return Err(invalid(
            format!("{what} are not supported with FARGATE launch type."),
            "Take them out: Fargate spreads tasks over the subnets by itself.",
        ));
    }
    volumes::check(&options.volume_configurations, revision)?;
    let definition = overrides::applied(&revision.definition, options, platform, world.as_of)?;
    if options.enable_execute_command == Some(true) && definition.task_role_arn.is_none() {
        return Err(invalid(
            "The execute command failed because a valid task role is not being used. Specify a valid task role in your task definition or as a task override and try again.",
            "Give the definition a taskRoleArn, override it, or run the task without enableExecuteCommand.",
        ));
    }
    if spot {
        platform::on_spot(definition.system, platform, world.as_of)?;
    }
    let configuration = input.network_configuration.as_ref();
    let Some(wish) = configuration.map(|it| &it.awsvpc_configuration) else {
        return Err(invalid(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
            "Choose at least one subnet.",
        ));
    };
    let groups = network::check(&world.network, wish)?;
    Ok(Order {
        revision: revision.name.clone(),
        definition,
        platform,
        where_to,
        groups,
        wish: wish.clone(),
    })
}

/// The provider of each of so many tasks.
fn providers(where_to: &Where, running: &[u32], count: u32) -> Vec<Option<Provider>> {
    match where_to {
        Where::LaunchType => vec![None; count as usize],
        Where::Strategy(parts) => {
            let chosen = crate::task::spread(parts, running, count);
            chosen.into_iter().map(Some).collect()
        }
    }
}

/// Where tasks run.
enum Where {
    /// As the launch type says.
    LaunchType,
    /// As a strategy says, the call's or the cluster's.
    Strategy(Vec<crate::task::Part>),
}

/// What the account has room for: a task a line, the first ones first. `by_call` says whether a call of `RunTask` asks for them.
fn placed(
    world: &mut World,
    providers: &[Option<Provider>],
    cpu: u32,
    by_call: bool,
) -> Result<Vec<One>, ApiError> {
    let spot = |provider: Option<Provider>| provider == Some(Provider::FargateSpot);
    let mut uses = world.cpu_in_use();
    let mut running = world
        .tasks
        .values()
        .filter(|it| it.state() != TaskState::Stopped)
        .count() as u64;
    let as_of = world.as_of;
    let mut tasks = Vec::new();
    for &provider in providers {
        let kind = usize::from(spot(provider));
        let failure = if spot(provider) && world.limits.no_spot {
            Some(Failure {
                arn: None,
                reason: "Capacity is unavailable at this time. Please try again later or in a different availability zone".to_owned(),
                cure: "Wait until AWS has spare capacity again, or run it on FARGATE: Spot never falls back to it.",
            })
        } else {
            world
                .limits
                .over_quota(as_of, spot(provider), uses[kind], cpu, running)
        };
        if failure.is_none() {
            uses[kind] += u64::from(cpu);
            running += 1;
        }
        tasks.push(failure.map_or(Ok(provider), Err));
    }
    let started = |kind: bool| {
        tasks
            .iter()
            .flatten()
            .filter(|it| spot(**it) == kind)
            .count() as u32
    };
    let (demand, spots) = (started(false), started(true));
    let now = world.now;
    let limits = Arc::make_mut(&mut world.limits);
    limits.take_launches(now, demand, spots, by_call)?;
    Ok(tasks)
}

/// The tasks that an earlier call with the same token started. A token is known as long as one of its tasks can be described.
fn again(
    world: &World,
    input: &RunTask,
    options: &RunTaskOptions,
) -> Result<Vec<crate::ids::TaskId>, ApiError> {
    let Some(token) = &options.client_token else {
        return Ok(Vec::new());
    };
    let of_token = |task: &&Arc<crate::task::Task>| {
        let options = task.options.get();
        options.is_some_and(|it| it.client_token.as_ref() == Some(token))
    };
    let tasks: Vec<_> = world.tasks.values().filter(of_token).collect();
    let Some(first) = tasks.first() else {
        return Ok(Vec::new());
    };
    let same = world
        .limits
        .tokens
        .get(token)
        .is_none_or(|it| **it == print(input));
    let ids: Vec<_> = tasks.iter().map(|it| it.id.clone()).collect();
    if same {
        return Ok(ids);
    }
    let arns: Vec<String> = tasks
        .iter()
        .map(|it| super::describe::task_arn(it))
        .collect();
    Err(ApiError::new(
        "ConflictException",
        format!(
            "The request with the specified client token {token} has already been run with other parameters: {}",
            arns.join(", ")
        ),
        format!(
            "Send the same request again for the same tasks, such as {}, or a new clientToken for new ones.",
            first.id.short()
        ),
    ))
}

/// Decides on a call of a scenario that is known to be accepted, and that says no more than the first one does.
pub(super) fn on_trust(world: &mut World, input: &RunTask) -> Result<Launch, ApiError> {
    let revision = world.revisions.find(&input.task_definition)?;
    let platform = Platform::find("LATEST", false, world.as_of);
    let wish = input
        .network_configuration
        .as_ref()
        .map(|it| &it.awsvpc_configuration);
    let (Ok(platform), Some(wish)) = (platform, wish.filter(|it| !it.subnets.is_empty())) else {
        return Err(ApiError::new("InvalidParameterException", "", ""));
    };
    Ok(Launch {
        revision: revision.name.clone(),
        definition: revision.definition.clone(),
        platform,
        pace: world.limits.pace,
        subnets: wish.subnets.clone(),
        groups: wish.security_groups.clone(),
        public: wish.assign_public_ip == Some(AssignPublicIp::Enabled),
        ipv6: |_, _, _, _| None,
        options: input.options.clone(),
        tasks: (0..input.count.unwrap_or(1)).map(|_| Ok(None)).collect(),
        again: Vec::new(),
    })
}
