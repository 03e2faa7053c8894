//! What is to be placed, as it is typed: no text of it is ever refused, only told about.

use fargate_core::call::LaunchType;
use fargate_core::network::InstanceType;
use fargate_core::network::modes::{ContainerSpec, NetworkMode, TaskSpec};
use fargate_core::task_definition::{PortMapping, Protocol};

/// The type of an instance that nobody chose.
const USUAL_TYPE: &str = "c5.large";

/// What is to be placed, and on what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Where the tasks run: on an instance, or on Fargate.
    pub launch_type: LaunchType,
    /// The instance's type, as typed.
    pub instance_type: String,
    /// Whether the account setting `awsvpcTrunking` is on.
    pub trunking: bool,
    /// Whether the agent keeps tasks in mode `awsvpc` from the instance's metadata: `ECS_AWSVPC_BLOCK_IMDS`.
    pub blocks_metadata: bool,
    /// Whether the subnet's default route leads to an internet gateway, not to a NAT gateway.
    pub public_subnet: bool,
    /// TCP ports that processes of the instance listen on at 127.0.0.1, as typed.
    pub loopback: String,
    /// The tasks, in the order in which they are placed.
    pub tasks: Vec<SheetTask>,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            launch_type: LaunchType::Ec2,
            instance_type: USUAL_TYPE.to_owned(),
            trunking: false,
            blocks_metadata: false,
            public_subnet: false,
            loopback: String::new(),
            tasks: Vec::new(),
        }
    }
}

/// A task that is to be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetTask {
    /// The family of its definition.
    pub family: String,
    /// Its network mode.
    pub mode: NetworkMode,
    /// Its containers.
    pub containers: Vec<SheetContainer>,
}

/// A container of such a task, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetContainer {
    /// Its name.
    pub name: String,
    /// Its port mappings as Docker writes them: `80`, `8080:80` with a host port before, `53/udp`.
    pub ports: String,
    /// Ports that it listens on and does not map.
    pub listens: String,
    /// Its links: `db`, or `db:backend`.
    pub links: String,
}

/// A field of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The instance's type.
    Type,
    /// The ports of its loopback.
    Loopback,
    /// A container's port mappings, by the places of its task and in it.
    Ports(usize, usize),
    /// The ports that a container does not map.
    Listens(usize, usize),
    /// A whole task.
    Task(usize),
}

/// What was typed with commas or blanks between.
fn several(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split([',', ' ']);
    parts.map(str::trim).filter(|part| !part.is_empty())
}

fn port(text: &str) -> Result<u16, String> {
    let number = text.parse().ok().filter(|port| *port > 0);
    number.ok_or_else(|| format!("{text} is no port: write a number from 1 to 65535."))
}

/// Ports with commas between.
pub(super) fn ports(text: &str) -> Result<Vec<u16>, String> {
    several(text).map(port).collect()
}

/// A port mapping as Docker writes it; a host port of 0 is drawn, as one that is left out.
fn mapping(text: &str) -> Result<PortMapping, String> {
    let (ports, protocol) = match text.split_once('/') {
        None | Some((_, "tcp")) => (text.trim_end_matches("/tcp"), Protocol::Tcp),
        Some((ports, "udp")) => (ports, Protocol::Udp),
        Some((_, other)) => return Err(format!("{other} is no protocol: write tcp or udp.")),
    };
    let (host_port, container_port) = match ports.split_once(':') {
        None => (None, port(ports)?),
        Some(("0", container)) => (Some(0), port(container)?),
        Some((host, container)) => (Some(port(host)?), port(container)?),
    };
    Ok(PortMapping {
        container_port,
        host_port,
        protocol,
    })
}

impl SheetContainer {
    /// A container of a name with port mappings.
    pub fn new(name: &str, ports: &str) -> Self {
        Self {
            name: name.to_owned(),
            ports: ports.to_owned(),
            ..Self::default()
        }
    }

    /// Its port mappings; an error says which text is none.
    pub(super) fn mappings(&self) -> Result<Vec<PortMapping>, String> {
        several(&self.ports).map(mapping).collect()
    }

    fn spec(&self) -> ContainerSpec {
        ContainerSpec {
            name: self.name.trim().to_owned(),
            port_mappings: self.mappings().unwrap_or_default(),
            links: self.links(),
            listens: ports(&self.listens).unwrap_or_default(),
        }
    }

    /// Its links.
    pub(super) fn links(&self) -> Vec<String> {
        several(&self.links).map(str::to_owned).collect()
    }
}

impl SheetTask {
    /// What it brings to the instance, as far as what was typed can be read.
    pub(super) fn spec(&self) -> TaskSpec {
        TaskSpec {
            family: self.family.trim().to_owned(),
            mode: self.mode,
            containers: self.containers.iter().map(SheetContainer::spec).collect(),
        }
    }
}

impl Sheet {
    /// The instance's type; the usual one where what was typed is none, or where there is no instance.
    pub(super) fn kind(&self) -> Option<InstanceType> {
        let typed = InstanceType::named(self.instance_type.trim()).filter(|_| !self.on_fargate());
        typed.or_else(|| InstanceType::named(USUAL_TYPE))
    }

    /// Whether the tasks run on Fargate.
    pub fn on_fargate(&self) -> bool {
        self.launch_type == LaunchType::Fargate
    }

    /// Adds a task in a mode, with one container, and gives its place.
    pub fn add_task(&mut self, mode: NetworkMode) -> usize {
        let family = |number: usize| format!("task-{number}");
        let taken = |family: &String| self.tasks.iter().any(|task| task.family == *family);
        let mut families = (self.tasks.len() + 1..).map(family);
        let ports = if mode == NetworkMode::None { "" } else { "80" };
        self.tasks.push(SheetTask {
            family: families.find(|it| !taken(it)).unwrap_or_default(),
            mode,
            containers: vec![SheetContainer::new("web", ports)],
        });
        self.tasks.len() - 1
    }

    /// Adds a container to a task, and gives its place in it; `None` where there is no such task.
    pub fn add_container(&mut self, task: usize) -> Option<usize> {
        let task = self.tasks.get_mut(task)?;
        let name = |number: usize| format!("c{number}");
        let taken = |name: &String| task.containers.iter().any(|it| it.name == *name);
        let mut names = (task.containers.len() + 1..).map(name);
        let name = names.find(|it| !taken(it)).unwrap_or_default();
        task.containers.push(SheetContainer::new(&name, ""));
        Some(task.containers.len() - 1)
    }
}
