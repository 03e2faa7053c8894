//! Running tasks that `RunTask` has decided on: see `world/launch`.

use super::container::Container;
use super::life::{Due, Parts, spread};
use super::model::{Assignment, Task};
use super::pace::Pace;
use super::state::TaskState;
use super::strategy::Provider;
use crate::call::{Hidden, RunTaskOptions};
use crate::compute::platform::Platform;
use crate::engine::chance;
use crate::engine::step::Step;
use crate::error::{Failure, Reply};
use crate::ids::{SecurityGroupId, SubnetId, TaskId};
use crate::network::Network;
use crate::task_definition::TaskDefinition;
use crate::workload::Workload;
use std::net::Ipv6Addr;
use std::sync::Arc;

/// What `RunTask` decided.
pub(crate) struct Launch {
    /// `scorekeep:1`.
    pub(crate) revision: Arc<str>,
    /// The definition, with what the call overrides.
    pub(crate) definition: Arc<TaskDefinition>,
    /// The platform.
    pub(crate) platform: &'static Platform,
    /// How long the tasks take to come up.
    pub(crate) pace: &'static Pace,
    /// The subnets, of which each task draws one.
    pub(crate) subnets: Vec<SubnetId>,
    /// The groups.
    pub(crate) groups: Vec<SecurityGroupId>,
    /// Whether a public address is asked for.
    pub(crate) public: bool,
    /// What draws a task's IPv6 address.
    pub(crate) ipv6: DrawsIpv6,
    /// What few callers say.
    pub(crate) options: Hidden<RunTaskOptions>,
    /// The provider of each task.
    pub(crate) tasks: Vec<One>,
    /// The tasks that an earlier call with the same token started; none is started then.
    pub(crate) again: Vec<TaskId>,
}

/// One of the tasks that were asked for: where it runs, or why it does not.
pub(crate) type One = Result<Option<Provider>, Failure>;

/// Draws an IPv6 address of a subnet for a task; `None` where it gets none.
pub(crate) type DrawsIpv6 = fn(&Network, &SubnetId, u64, &TaskId) -> Option<Ipv6Addr>;

/// Runs the tasks.
pub(crate) fn launch(
    parts: &mut Parts<'_>,
    launch: &Launch,
    does: &dyn Fn(&str) -> Arc<Workload>,
    step: &mut Step<'_>,
) -> Reply {
    if !launch.again.is_empty() {
        return Reply::Tasks(launch.again.clone());
    }
    let workloads: Vec<Arc<Workload>> = launch
        .definition
        .containers
        .iter()
        .map(|it| does(&it.image))
        .collect();
    let (mut ids, mut failures) = (Vec::new(), Vec::new());
    for one in &launch.tasks {
        let provider = match one {
            Ok(provider) => *provider,
            Err(failure) => {
                failures.push(failure.clone());
                continue;
            }
        };
        let id = TaskId::from(step.task_id());
        let choice = chance::draw(step.seed, "subnet", id.as_str()) % launch.subnets.len() as u64;
        let mut task = new_task(&id, launch, &workloads, choice as usize, provider);
        let subnet = &task.assignment.subnet;
        task.assignment.ipv6 = (launch.ipv6)(parts.network, subnet, step.seed, &id);
        parts.tasks.insert(id.clone(), task);
        parts.enter(&id, TaskState::Provisioning, step);
        let (low, high) = launch.pace.interface;
        let ms = spread(step, "interface", &id, low, high);
        parts.later(&id, ms, Due::Attach);
        ids.push(id);
    }
    if failures.is_empty() {
        Reply::Tasks(ids)
    } else {
        Reply::Partly {
            tasks: ids,
            failures,
        }
    }
}

fn new_task(
    id: &TaskId,
    launch: &Launch,
    workloads: &[Arc<Workload>],
    subnet: usize,
    provider: Option<Provider>,
) -> Task {
    let definition = &launch.definition;
    let containers = definition.containers.iter().zip(workloads);
    let containers = containers.map(|(it, does)| Container::new(it.clone(), does.clone()));
    Task {
        id: id.clone(),
        revision: launch.revision.clone(),
        definition: definition.clone(),
        cpu: definition.cpu.unwrap_or_default(),
        memory: definition.memory.unwrap_or_default(),
        platform: launch.platform,
        provider,
        options: launch.options.clone(),
        pace: launch.pace,
        assignment: Assignment {
            subnet: launch.subnets[subnet].clone(),
            groups: launch.groups.clone(),
            public: launch.public,
            ipv6: None,
        },
        interface: None,
        attached: None,
        stages: Vec::new(),
        containers: containers.collect(),
        unreachable: None,
        lack: None,
        layers: None,
        stop: None,
        pull_started: None,
        pull_stopped: None,
        execution_stopped: None,
        stopped: None,
        strained_at: None,
    }
}
