//! Network modes on an EC2 container instance: `none`, `bridge`, `host` and `awsvpc`, side by side.
//!
//! A room of its own: tasks are placed on an instance (`place.rs`), and it is said who reaches whom there, and why (`reach.rs`). Where
//! groups, ACLs and routes decide, the answer names the interfaces between which they do. Fargate knows `awsvpc` only.
//! Source: 'Amazon ECS task networking' of the ECS guide; Docker's guides of its bridge network and of links.

mod pairs;
mod place;
mod reach;
mod verdict;

pub use place::Unplaced;
pub use verdict::{Asked, Caller, Decider, Outcome, Pair, Side, Verdict};

use super::InstanceType;
use crate::call::LaunchType;
use crate::task_definition::{PortMapping, Protocol};
use std::net::Ipv4Addr;
use std::sync::Arc;

/// The address of `docker0`, which is the gateway of bridged containers; theirs follow it. Source: Docker's 'Bridge network driver'.
pub const DOCKER0: Ipv4Addr = Ipv4Addr::new(172, 17, 0, 1);
/// Host ports that Docker and the agent draw where a mapping names none: Linux' `net.ipv4.ip_local_port_range`.
/// Source: `hostPort` of `PortMapping` in the ECS API.
pub const DYNAMIC_PORTS: (u16, u16) = (32_768, 60_999);
/// Host ports that are the instance's: SSH, Docker, the ECS agent. Source: the same.
pub const RESERVED_PORTS: [u16; 6] = [22, 2_375, 2_376, 51_678, 51_679, 51_680];
/// Host ports that mappings may name on one instance, those above included. Source: the same.
pub const MOST_RESERVED_PORTS: usize = 100;

/// A network mode of a task definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NetworkMode {
    /// No network but each container's own loopback.
    None,
    /// Each container has an address on `docker0`, and host ports that lead to it. What is meant on Linux where nothing is said.
    Bridge,
    /// The containers are processes of the instance, as far as the network goes.
    Host,
    /// The task has an interface of its own, which its containers share.
    Awsvpc,
}

impl NetworkMode {
    /// All modes.
    pub const ALL: [Self; 4] = [Self::None, Self::Bridge, Self::Host, Self::Awsvpc];

    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Bridge => "bridge",
            Self::Host => "host",
            Self::Awsvpc => "awsvpc",
        }
    }

    /// The mode of a task definition on Linux: `bridge` where nothing is said; `None` for a word that is no mode.
    pub fn of(network_mode: Option<&str>) -> Option<Self> {
        let wanted = network_mode.unwrap_or(Self::Bridge.aws());
        Self::ALL.into_iter().find(|mode| mode.aws() == wanted)
    }

    /// The target type that a load balancer's target group must have for its services; `None` where it can have none.
    pub const fn target_type(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Bridge | Self::Host => Some("instance"),
            Self::Awsvpc => Some("ip"),
        }
    }

    /// The records that service discovery can make.
    pub const fn discovery(self) -> &'static [&'static str] {
        match self {
            Self::None => &[],
            Self::Bridge | Self::Host => &["SRV"],
            Self::Awsvpc => &["A", "SRV"],
        }
    }

    /// AWS's refusal of a service whose target group has another type than the mode needs; `None` where it fits.
    /// Source: `CreateService`'s answers, as reported in public.
    pub fn target_type_refusal(self, group_arn: &str, target_type: &str) -> Option<String> {
        (self.target_type() != Some(target_type)).then(|| {
            format!(
                "The provided target group {group_arn} has target type {target_type}, which is incompatible with the {} network mode specified in the task definition.",
                self.aws()
            )
        })
    }
}

/// What a task brings: its mode and its containers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskSpec {
    /// The family of its definition.
    pub family: String,
    /// Its network mode.
    pub mode: NetworkMode,
    /// Its containers.
    pub containers: Vec<ContainerSpec>,
}

/// A container of such a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContainerSpec {
    /// Its name.
    pub name: String,
    /// Its `portMappings`; it listens on their container ports.
    pub port_mappings: Vec<PortMapping>,
    /// Its `links`: `name`, or `name:alias`.
    pub links: Vec<String>,
    /// TCP ports that it listens on and does not map.
    pub listens: Vec<u16>,
}

impl ContainerSpec {
    /// Whether it listens on a TCP port.
    pub fn listens_on(&self, port: u16) -> bool {
        let mut mapped = self.port_mappings.iter();
        self.listens.contains(&port)
            || mapped.any(|it| it.protocol == Protocol::Tcp && it.container_port == port)
    }

    /// The container that a link of its calls by a name.
    fn linked(&self, name: &str) -> Option<&str> {
        self.links.iter().find_map(|link| {
            let (container, alias) = link.split_once(':').unwrap_or((link, link));
            (alias == name || container == name).then_some(container)
        })
    }
}

/// A task on the instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedTask {
    /// What it brought.
    pub spec: Arc<TaskSpec>,
    /// The private address of its own interface; `None` in other modes than `awsvpc`.
    pub address: Option<Ipv4Addr>,
    /// Its containers, as they were placed.
    pub containers: Vec<PlacedContainer>,
}

/// A container on the instance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlacedContainer {
    /// Its address on `docker0`; `None` in other modes than `bridge`.
    pub address: Option<Ipv4Addr>,
    /// Its `networkBindings`: the host ports that lead to it.
    pub bindings: Vec<Binding>,
}

/// A host port that leads to a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The container's port.
    pub container_port: u16,
    /// The host's.
    pub host_port: u16,
    /// The protocol.
    pub protocol: Protocol,
    /// Whether the host port was drawn.
    pub dynamic: bool,
}

/// An EC2 instance that tasks are placed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerInstance {
    /// Its type, which limits its interfaces.
    pub instance_type: InstanceType,
    /// Whether it was registered with `awsvpcTrunking` on.
    pub trunking: bool,
    /// Where its tasks run. On Fargate each has a machine of its own: there is no instance, and none of its limits holds.
    pub launch_type: LaunchType,
    /// Whether its agent keeps tasks in mode `awsvpc` from its metadata: `ECS_AWSVPC_BLOCK_IMDS`.
    pub blocks_metadata: bool,
    /// Its private address.
    pub address: Ipv4Addr,
    /// Whether the default route of its subnet, and of its tasks' interfaces, leads to an internet gateway, not to a NAT gateway.
    pub public_subnet: bool,
    /// TCP ports that processes of the instance listen on at 127.0.0.1.
    pub loopback_services: Vec<u16>,
    /// The seed of all that is drawn.
    pub seed: u64,
    /// The tasks on it.
    pub tasks: Vec<PlacedTask>,
}

impl ContainerInstance {
    /// An empty instance in a private subnet.
    pub fn new(instance_type: InstanceType, address: Ipv4Addr, seed: u64) -> Self {
        Self {
            instance_type,
            trunking: false,
            launch_type: LaunchType::Ec2,
            blocks_metadata: false,
            address,
            public_subnet: false,
            loopback_services: Vec::new(),
            seed,
            tasks: Vec::new(),
        }
    }

    /// Every container on it, with its place in its task and its task's place.
    fn containers(&self) -> impl Iterator<Item = Place<'_>> {
        self.tasks.iter().enumerate().flat_map(|(task, placed)| {
            let both = placed.spec.containers.iter().zip(&placed.containers);
            both.enumerate().map(move |(container, (spec, it))| Place {
                task,
                container,
                mode: placed.spec.mode,
                spec,
                it,
            })
        })
    }
}

/// A container where it stands.
#[derive(Clone, Copy, Debug)]
struct Place<'a> {
    task: usize,
    container: usize,
    mode: NetworkMode,
    spec: &'a ContainerSpec,
    it: &'a PlacedContainer,
}
