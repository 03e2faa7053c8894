//! What may cure a trouble, the narrowest first. Nothing here is known to help: [`super::branch`] tries it.

pub(super) mod asks;
pub(super) mod balancer;
mod containers;
mod exec;
mod file_systems;
mod images;
mod network;
pub(super) mod permissions;
mod ports;
mod room;
mod stores;

pub(super) use exec::{channel, of_exec};
pub(super) use ports::of_flow;

use super::definition::Change;
use super::trouble::Trouble;
use containers::{ended, mended, slow_check, slow_start, waiting};
use fargate_core::call::{
    AssignPublicIp, AwsvpcConfiguration, Call, CapacityProviderStrategyItem, Hidden, LaunchType,
    NetworkConfiguration, RunTask, RunTaskOptions, SetInterfaceProvisioning,
};
use fargate_core::ids::{RouteTableId, SecurityGroupId, SubnetId};
use fargate_core::observe::exec::is_enabled;
use fargate_core::task::{Container, Fetch, Provider, Task};
use fargate_core::world::World;
use images::untagged;
use network::{other_subnets, ways};
use room::{disk, lacking, memory};
use stores::refused;

// Widths, to be compared with those that the network gives its cures: what changes one definition is narrower than what opens a
// network, and another subnet or a public address is wider than a rule or a route.
/// The program itself.
const PROGRAM: u64 = 1 << 4;
/// The definition.
const DEFINITION: u64 = 1 << 8;
/// One more endpoint.
const ENDPOINT: u64 = 1 << 16;
/// Another subnet.
const ELSEWHERE: u64 = 1 << 30;
/// An endpoint in a VPC that has none.
const FIRST_ENDPOINT: u64 = 1 << 33;

/// Something that may help.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cure {
    /// What it does, as a button says it.
    pub(super) title: String,
    /// What it changes.
    pub(super) acts: Vec<Act>,
    /// How much it changes, to be compared.
    pub(super) width: u64,
    /// Of several of one kind only the first that helps is told.
    pub(super) kind: &'static str,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Act {
    /// A call.
    Call(Call),
    /// Other members of the definition, registered as a new revision.
    Define(Vec<Change>),
    /// Another subnet.
    Subnet(SubnetId),
    /// A NAT gateway in a subnet, and a route of a table to it.
    Nat {
        /// Where it stands.
        subnet: SubnetId,
        /// What leads to it.
        table: RouteTableId,
        /// Whether the table has a route for all the rest, which is changed.
        replaces: bool,
    },
    /// A new subnet, and the task in it.
    NewSubnet(Call),
    /// A public address.
    Public,
    /// Another platform version.
    Platform(&'static str),
    /// On demand, not on Fargate Spot.
    OnDemand,
    /// With ECS Exec.
    Exec,
    /// The same once more.
    Again,
    /// The same once more, when so many ms have passed: what was made is not there at once.
    Later(u64),
}

/// Where and how a task is run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Launch {
    pub(super) subnet: SubnetId,
    pub(super) groups: Vec<SecurityGroupId>,
    pub(super) public: bool,
    pub(super) platform: String,
    /// The capacity provider; by launch type FARGATE where there is none.
    pub(super) provider: Option<Provider>,
    /// Whether with ECS Exec.
    pub(super) exec: bool,
    /// What few callers say.
    options: Hidden<RunTaskOptions>,
}

impl Launch {
    /// As a task was run.
    pub(super) fn of(task: &Task) -> Self {
        Self {
            subnet: task.assignment.subnet.clone(),
            groups: task.assignment.groups.clone(),
            public: task.assignment.public,
            platform: task.platform.version.to_owned(),
            provider: task.provider,
            exec: is_enabled(task),
            options: task.options.again(),
        }
    }

    /// The call that runs a definition so.
    pub(super) fn run(&self, definition: &str) -> RunTask {
        let public = if self.public {
            AssignPublicIp::Enabled
        } else {
            AssignPublicIp::Disabled
        };
        let item = |provider: Provider| CapacityProviderStrategyItem {
            capacity_provider: provider.aws().to_owned(),
            weight: Some(1),
            base: None,
        };
        let mut options = self.options.get().cloned().unwrap_or_default();
        options.capacity_provider_strategy = self.provider.map(item).into_iter().collect();
        if self.exec {
            options.enable_execute_command = Some(true);
        }
        let options = if options == RunTaskOptions::default() {
            Hidden::default()
        } else {
            options.into()
        };
        RunTask {
            task_definition: definition.to_owned(),
            count: None,
            launch_type: self.provider.is_none().then_some(LaunchType::Fargate),
            platform_version: Some(self.platform.clone()),
            network_configuration: Some(NetworkConfiguration {
                awsvpc_configuration: AwsvpcConfiguration {
                    subnets: vec![self.subnet.clone()],
                    security_groups: self.groups.clone(),
                    assign_public_ip: Some(public),
                },
            }),
            options,
        }
    }
}

fn cure(title: impl Into<String>, kind: &'static str, width: u64, acts: Vec<Act>) -> Cure {
    Cure {
        title: title.into(),
        acts,
        width,
        kind,
    }
}

fn define(title: impl Into<String>, kind: &'static str, changes: Vec<Change>) -> Cure {
    cure(title, kind, DEFINITION, vec![Act::Define(changes)])
}

/// What may cure a task, the narrowest first.
pub(super) fn of_task_trouble(world: &World, task: &Task, trouble: &Trouble) -> Vec<Cure> {
    let mut found = of_trouble(world, task, trouble);
    // of equal width the order of the list stays
    found.sort_by_key(|it| it.width);
    found
}

fn of_trouble(world: &World, task: &Task, trouble: &Trouble) -> Vec<Cure> {
    match trouble {
        Trouble::NoAddress => other_subnets(world, task),
        Trouble::NoWay(Fetch::FileSystem, _) => file_systems::unmounted(world, task),
        Trouble::NoWay(what, _) => ways(world, task, *what),
        Trouble::Killed(place, limit) => memory(world, task, *place, *limit),
        Trouble::Lacks(place, line) => lacking(task, *place, line),
        Trouble::Refused(lack) => refused(world, task, lack),
        Trouble::Interrupted => interrupted(),
        Trouble::Retired => vec![run_again()],
        Trouble::Unattached => unattached(world),
        Trouble::Foreign(place) => untagged(task, *place),
        Trouble::SmallDisk => disk(world, task),
        Trouble::DiskFull(place) => room::full(world, task, *place),
        Trouble::Asked(place) => {
            let all = crate::why::asks::all(world, task);
            let denied = task.containers.get(*place).and_then(Container::denied_ask);
            let mut own = all.iter().filter(|it| it.place == *place);
            let asked = own.find(|it| denied.is_some_and(|(_, ask)| ask == it.ask));
            asked.map_or_else(Vec::new, |it| asks::of_start(it, world, task))
        }
        Trouble::Ended(place, _) => ended(task, *place),
        Trouble::Waits {
            waits,
            dependency,
            on,
            late,
            inner,
        } => waiting(
            world,
            task,
            (*waits, *dependency),
            *on,
            *late,
            inner.as_deref(),
        ),
        Trouble::SlowCheck(place) => slow_check(task, *place),
        Trouble::SlowStart(place) => slow_start(task, *place),
        Trouble::Sick(place) => vec![mended(
            task,
            *place,
            "whose health check goes on passing",
            |it| {
                it.sick_ms = None;
            },
        )],
    }
}

/// The same once more.
pub(super) fn run_again() -> Cure {
    cure("Run it again", "again", PROGRAM, vec![Act::Again])
}

/// Another attempt, as soon as AWS attaches interfaces.
fn unattached(world: &World) -> Vec<Cure> {
    if world.attaches_interfaces() {
        return vec![run_again()];
    }
    let mend = SetInterfaceProvisioning { available: true };
    vec![cure(
        "Have AWS attach interfaces again, and run it again",
        "attach",
        PROGRAM,
        vec![Act::Call(mend.into()), Act::Again],
    )]
}

/// Capacity that AWS does not take back, or such as it gives for now.
fn interrupted() -> Vec<Cure> {
    vec![
        cure(
            "Run it again on FARGATE, whose capacity AWS does not take back",
            "on demand",
            PROGRAM,
            vec![Act::OnDemand],
        ),
        cure(
            "Run it again on FARGATE_SPOT, until AWS takes that back, too",
            "spot",
            DEFINITION,
            vec![Act::Again],
        ),
    ]
}
