//! Placing a task on an instance: a slot for its interface, host ports, addresses on `docker0`.

use super::{
    Binding, ContainerInstance, DOCKER0, DYNAMIC_PORTS, MOST_RESERVED_PORTS, NetworkMode,
    PlacedContainer, PlacedTask, RESERVED_PORTS, TaskSpec,
};
use crate::call::LaunchType;
use crate::engine::chance;
use crate::task_definition::Protocol;
use std::collections::BTreeSet;
use std::net::Ipv4Addr;
use std::sync::Arc;

/// Why a task is not placed on an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// The reason, as `RunTask` gives it among its failures: `RESOURCE:ENI` or `RESOURCE:PORTS`.
    pub reason: &'static str,
    /// What is lacking, in words.
    pub because: String,
    /// The smallest cure.
    pub cure: String,
}

impl ContainerInstance {
    /// How many more tasks in mode `awsvpc` it takes.
    pub fn free_interfaces(&self) -> u32 {
        if self.launch_type == LaunchType::Fargate {
            return u32::MAX;
        }
        let own = self.tasks.iter();
        let own = own.filter(|task| task.spec.mode == NetworkMode::Awsvpc);
        let limit = self.instance_type.awsvpc_tasks(self.trunking);
        limit.saturating_sub(own.count() as u32)
    }

    /// Places a task, and gives its place among the tasks. `address` is that of its interface, in mode `awsvpc`.
    /// A task that is not placed changes nothing.
    pub fn place(&mut self, spec: TaskSpec, address: Option<Ipv4Addr>) -> Result<usize, Unplaced> {
        if spec.mode == NetworkMode::Awsvpc && self.free_interfaces() == 0 {
            return Err(self.no_interface());
        }
        let mut taken = self.taken_ports();
        let static_ports = taken.iter().filter(|(_, _, dynamic)| !dynamic).count();
        let mut fresh = 0;
        let mut addresses: BTreeSet<Ipv4Addr> =
            self.containers().filter_map(|it| it.it.address).collect();
        let mut containers = Vec::new();
        for container in &spec.containers {
            let mut placed = PlacedContainer::default();
            for mapping in &container.port_mappings {
                let wanted = match spec.mode {
                    NetworkMode::Bridge => mapping.host_port.filter(|port| *port > 0),
                    NetworkMode::Host => Some(mapping.container_port),
                    NetworkMode::None | NetworkMode::Awsvpc => continue,
                };
                let protocol = mapping.protocol;
                let host_port = match wanted {
                    Some(port) => {
                        fresh += 1;
                        check(&taken, port, protocol)?;
                        port
                    }
                    None => self.draw(&taken, &spec, protocol)?,
                };
                taken.insert((host_port, protocol, wanted.is_none()));
                placed.bindings.push(Binding {
                    container_port: mapping.container_port,
                    host_port,
                    protocol,
                    dynamic: wanted.is_none(),
                });
            }
            if spec.mode == NetworkMode::Bridge {
                let mut all = (u32::from(DOCKER0) + 1..).map(Ipv4Addr::from);
                placed.address = all.find(|address| addresses.insert(*address));
            }
            containers.push(placed);
        }
        if static_ports + fresh > MOST_RESERVED_PORTS {
            return Err(ports(
                format!("an instance has {MOST_RESERVED_PORTS} reserved host ports at most"),
                "Leave hostPort out, or let it be 0, in mode bridge: a port is drawn.",
            ));
        }
        self.tasks.push(PlacedTask {
            address: address.filter(|_| spec.mode == NetworkMode::Awsvpc),
            spec: Arc::new(spec),
            containers,
        });
        Ok(self.tasks.len() - 1)
    }

    fn no_interface(&self) -> Unplaced {
        let it = &self.instance_type;
        let limit = it.awsvpc_tasks(self.trunking);
        let cure = match it.trunked_tasks {
            Some(tasks) if !self.trunking => format!(
                "Switch the account setting awsvpcTrunking on and register the instance anew: a {} then takes {tasks} tasks. Or add an instance.",
                it.name
            ),
            _ => "Add an instance, or use a larger type.".to_owned(),
        };
        Unplaced {
            reason: "RESOURCE:ENI",
            because: format!(
                "a {} holds {} network interfaces{}, which is {limit} tasks in mode awsvpc, and all are in use",
                it.name,
                it.interface_limit(self.trunking),
                if self.trunking { " with trunking" } else { "" }
            ),
            cure,
        }
    }

    /// The host ports that are taken, each with whether it was drawn.
    fn taken_ports(&self) -> BTreeSet<(u16, Protocol, bool)> {
        let reserved = RESERVED_PORTS.map(|port| (port, Protocol::Tcp, false));
        let bound = self.containers().flat_map(|it| &it.it.bindings);
        let bound = bound.map(|it| (it.host_port, it.protocol, it.dynamic));
        bound.chain(reserved).collect()
    }

    /// A free host port, drawn for the task's place on the instance.
    fn draw(
        &self,
        taken: &BTreeSet<(u16, Protocol, bool)>,
        spec: &TaskSpec,
        protocol: Protocol,
    ) -> Result<u16, Unplaced> {
        let (least, most) = DYNAMIC_PORTS;
        let free: Vec<u16> = (least..=most)
            .filter(|port| is_free(taken, *port, protocol))
            .collect();
        let subject = format!("{}/{}/{}", spec.family, self.tasks.len(), taken.len());
        let place = chance::draw(self.seed, "host port", &subject);
        let place = place.checked_rem(free.len() as u64);
        let port = place.and_then(|place| free.get(place as usize));
        port.copied().ok_or_else(|| {
            ports(
                format!("no port from {least} to {most} is free"),
                "Add an instance.",
            )
        })
    }
}

fn is_free(taken: &BTreeSet<(u16, Protocol, bool)>, port: u16, protocol: Protocol) -> bool {
    !taken.contains(&(port, protocol, false)) && !taken.contains(&(port, protocol, true))
}

fn check(
    taken: &BTreeSet<(u16, Protocol, bool)>,
    port: u16,
    protocol: Protocol,
) -> Result<(), Unplaced> {
    if is_free(taken, port, protocol) {
        return Ok(());
    }
    let because = if RESERVED_PORTS.contains(&port) && protocol == Protocol::Tcp {
        format!("host port {port} is reserved for the instance, Docker and the agent")
    } else {
        format!("host port {port} is in use on this instance")
    };
    Err(ports(
        because,
        "Leave hostPort out, or let it be 0, in mode bridge: a port is drawn. Or add an instance.",
    ))
}

fn ports(because: String, cure: &str) -> Unplaced {
    Unplaced {
        reason: "RESOURCE:PORTS",
        because,
        cure: cure.to_owned(),
    }
}
