//! Who reaches whom on an instance, and which part decides.

use super::verdict::{Asked, Caller, Decider, Side, Verdict, allowed, denied, network};
use super::{ContainerInstance, DOCKER0, NetworkMode, Place};
use crate::call::LaunchType;
use crate::task_definition::Protocol;
use std::net::Ipv4Addr;

/// The instance metadata service.
const METADATA: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);
/// The task metadata endpoint, credentials among it.
const TASK_METADATA: Ipv4Addr = Ipv4Addr::new(169, 254, 170, 2);

impl ContainerInstance {
    /// Whether a caller reaches a TCP port of what it asks for, and why.
    pub fn reach(&self, from: Caller, to: Asked<'_>, port: u16) -> Verdict {
        let Caller::Container { task, container } = from else {
            return self.asked_from_vpc(to, port);
        };
        let here = self.containers();
        let here = here
            .into_iter()
            .find(|it| (it.task, it.container) == (task, container));
        let Some(here) = here else {
            return denied(Decider::ContainerNamespace, "there is no such container");
        };
        match to {
            Asked::Address(to) if to.is_loopback() => self.loopback(here, port),
            _ if here.mode == NetworkMode::None => denied(
                Decider::NoNetwork,
                "in mode none a container has its own loopback and nothing else",
            ),
            Asked::Address(METADATA) => self.metadata(here),
            Asked::Address(TASK_METADATA) => {
                allowed(Decider::Agent, "the agent answers there; it needs no rule")
            }
            Asked::Address(to) => self.to_address(here, to, port),
            Asked::Name(name) => self.to_name(here, name, port),
            Asked::Internet => self.to_internet(here, port),
        }
    }

    /// To 127.0.0.1: what shares the caller's namespace.
    fn loopback(&self, here: Place<'_>, port: u16) -> Verdict {
        let listens = |it: &Place<'_>| it.spec.listens_on(port);
        match here.mode {
            NetworkMode::None | NetworkMode::Bridge => {
                if listens(&here) {
                    return allowed(Decider::ContainerNamespace, "it is its own port");
                }
                let words = format!(
                    "in mode {} every container has a namespace and a loopback of its own, and {} does not listen on {port}",
                    here.mode.aws(),
                    here.spec.name
                );
                denied(Decider::ContainerNamespace, words)
            }
            NetworkMode::Awsvpc => {
                let mut same = self.containers().filter(|it| it.task == here.task);
                match same.find(listens) {
                    Some(it) => allowed(
                        Decider::TaskNamespace,
                        format!(
                            "the containers of a task share a namespace, and {} listens on {port}",
                            it.spec.name
                        ),
                    ),
                    None => denied(
                        Decider::TaskNamespace,
                        format!(
                            "no container of this task listens on {port}; other tasks have namespaces of their own"
                        ),
                    ),
                }
            }
            NetworkMode::Host => {
                if self.loopback_services.contains(&port) {
                    let words = "containers in mode host reach what is bound to the instance's loopback: a reason to avoid the mode";
                    return allowed(Decider::InstanceNamespace, words);
                }
                match self.on_host(port) {
                    Some((_, words)) => allowed(Decider::InstanceNamespace, words),
                    None => denied(
                        Decider::InstanceNamespace,
                        format!("nothing on the instance listens on {port}"),
                    ),
                }
            }
        }
    }

    /// What answers on a port of the instance, and how.
    fn on_host(&self, port: u16) -> Option<(Decider, String)> {
        self.containers().find_map(|it| match it.mode {
            NetworkMode::Host if it.spec.listens_on(port) => Some((
                Decider::InstanceNamespace,
                format!(
                    "{} shares the instance's addresses and listens on {port}",
                    it.spec.name
                ),
            )),
            NetworkMode::Bridge => {
                let mut bound = it.it.bindings.iter();
                let bound = bound
                    .find(|bound| bound.protocol == Protocol::Tcp && bound.host_port == port)?;
                let words = format!(
                    "Docker maps host port {port} to port {} of {}",
                    bound.container_port, it.spec.name
                );
                Some((Decider::PortMapping, words))
            }
            _ => None,
        })
    }

    fn metadata(&self, here: Place<'_>) -> Verdict {
        if self.launch_type == LaunchType::Fargate {
            return denied(
                Decider::Agent,
                "tasks on Fargate have no instance metadata; credentials come from 169.254.170.2",
            );
        }
        if here.mode == NetworkMode::Awsvpc && self.blocks_metadata {
            return denied(
                Decider::Agent,
                "ECS_AWSVPC_BLOCK_IMDS keeps tasks in mode awsvpc from the instance's metadata",
            );
        }
        allowed(
            Decider::Agent,
            "the instance's metadata answers its containers",
        )
    }

    fn to_name(&self, here: Place<'_>, name: &str, port: u16) -> Verdict {
        let linked = here
            .spec
            .linked(name)
            .filter(|_| here.mode == NetworkMode::Bridge);
        let target = linked.and_then(|linked| {
            let mut same = self.containers().filter(|it| it.task == here.task);
            same.find(|it| it.spec.name == linked)
        });
        let Some(target) = target else {
            let words = format!(
                "{} has no link that is called {name}; a link gives names only to the container that declares it",
                here.spec.name
            );
            return denied(Decider::HostsFile, words);
        };
        if target.spec.listens_on(port) {
            let words = format!(
                "the link wrote {name} and the address of {} into the hosts file of {}",
                target.spec.name, here.spec.name
            );
            return allowed(Decider::HostsFile, words);
        }
        let words = format!("{} does not listen on {port}", target.spec.name);
        denied(Decider::ContainerNamespace, words)
    }

    fn to_address(&self, here: Place<'_>, to: Ipv4Addr, port: u16) -> Verdict {
        let own = (here.mode == NetworkMode::Awsvpc).then_some(here.task);
        let side = own.map_or(Side::Instance, Side::Task);
        if is_bridged(to) {
            return match own {
                Some(_) => denied(
                    Decider::Network,
                    "addresses of docker0 are not routed in the VPC; a task in mode awsvpc is no part of the bridge",
                ),
                None => self.on_bridge(to, port),
            };
        }
        if to == self.address {
            let found = self.on_host(port);
            return match (found, own) {
                (Some((_, words)), Some(_)) => network(
                    side,
                    Side::Instance,
                    port,
                    format!(
                        "task and instance are different interfaces: the groups of both decide; {words}"
                    ),
                ),
                (Some((by, words)), None) => allowed(by, words),
                (None, _) => denied(
                    Decider::PortMapping,
                    format!("nothing listens on {port} of the instance"),
                ),
            };
        }
        let task = self.tasks.iter().position(|task| task.address == Some(to));
        match task {
            Some(task) if own == Some(task) => self.loopback(here, port),
            Some(task) => {
                let mut all = self.containers().filter(|it| it.task == task);
                if !all.any(|it| it.spec.listens_on(port)) {
                    return denied(
                        Decider::TaskNamespace,
                        format!("no container of that task listens on {port}"),
                    );
                }
                let words = "interface to interface, as between any two in the VPC: the groups of both decide";
                network(side, Side::Task(task), port, words)
            }
            None => network(
                side,
                Side::Elsewhere,
                port,
                match own {
                    Some(_) => "it leaves by the task's interface: the task's groups decide",
                    None => "it leaves by the instance's interface: the instance's groups decide",
                },
            ),
        }
    }

    /// To an address of `docker0`, from the bridge or the instance itself.
    fn on_bridge(&self, to: Ipv4Addr, port: u16) -> Verdict {
        if to == DOCKER0 {
            return match self.on_host(port) {
                Some((by, words)) => allowed(by, words),
                None => denied(
                    Decider::Docker0,
                    format!("nothing listens on {port} of the instance"),
                ),
            };
        }
        let target = self.containers().find(|it| it.it.address == Some(to));
        match target {
            Some(it) if it.spec.listens_on(port) => allowed(
                Decider::Docker0,
                format!(
                    "docker0 forwards between containers and asks no group; the address of {} is drawn anew each time",
                    it.spec.name
                ),
            ),
            Some(it) => denied(
                Decider::ContainerNamespace,
                format!("{} does not listen on {port}", it.spec.name),
            ),
            None => denied(Decider::Docker0, format!("no container has {to}")),
        }
    }

    fn to_internet(&self, here: Place<'_>, port: u16) -> Verdict {
        if here.mode != NetworkMode::Awsvpc {
            return network(
                Side::Instance,
                Side::Internet,
                port,
                "it leaves with the instance's address: the instance's groups, route and public address decide",
            );
        }
        if self.launch_type == LaunchType::Fargate {
            let words = "it leaves by the task's interface: its groups, and its public address or the route to a NAT gateway, decide";
            return network(Side::Task(here.task), Side::Internet, port, words);
        }
        if self.public_subnet {
            return denied(
                Decider::Network,
                "a task in mode awsvpc on EC2 never gets a public address, which the internet gateway asks for: put it into a subnet whose route leads to a NAT gateway",
            );
        }
        let words =
            "it leaves by the task's interface: its groups and the route to a NAT gateway decide";
        network(Side::Task(here.task), Side::Internet, port, words)
    }

    /// From something else in the VPC.
    fn asked_from_vpc(&self, to: Asked<'_>, port: u16) -> Verdict {
        let Asked::Address(to) = to else {
            return denied(
                Decider::Network,
                "only addresses are asked for from elsewhere",
            );
        };
        if is_bridged(to) {
            return denied(
                Decider::Network,
                "addresses of docker0 are not routed in the VPC",
            );
        }
        if to == self.address {
            return match self.on_host(port) {
                Some((_, words)) => network(
                    Side::Elsewhere,
                    Side::Instance,
                    port,
                    format!("{words}; the instance's groups decide"),
                ),
                None => denied(
                    Decider::PortMapping,
                    format!(
                        "nothing listens on {port} of the instance: a container's port that is not mapped is not there"
                    ),
                ),
            };
        }
        match self.tasks.iter().position(|task| task.address == Some(to)) {
            Some(task) => network(
                Side::Elsewhere,
                Side::Task(task),
                port,
                "the task's groups decide",
            ),
            None => denied(
                Decider::Network,
                format!("nothing on this instance has {to}"),
            ),
        }
    }
}

/// Whether an address is of `docker0`'s block, 172.17.0.0/16.
fn is_bridged(address: Ipv4Addr) -> bool {
    address.octets()[..2] == DOCKER0.octets()[..2]
}
