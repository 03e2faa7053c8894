//! Elastic network interfaces: a task has exactly one, and all its containers share it. Other things have theirs.

use super::Network;
use super::protocol::IpProtocol;
use crate::engine::chance;
use crate::engine::step::Step;
use crate::event::Fact;
use crate::ids::{
    InstanceId, LoadBalancerId, NatGatewayId, NetworkInterfaceId, SecurityGroupId, SubnetId,
    TaskId, VpcEndpointId,
};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

/// A network interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Its id.
    pub id: NetworkInterfaceId,
    /// What it belongs to.
    pub owner: Owner,
    /// Its subnet.
    pub subnet: SubnetId,
    /// Its groups.
    pub groups: Vec<SecurityGroupId>,
    /// Its hardware address: locally administered, unicast.
    pub mac: [u8; 6],
    /// Its private address.
    pub private_ip: Ipv4Addr,
    /// Its IPv6 address; `None` where it has none.
    pub ipv6: Option<Ipv6Addr>,
    /// Its public address; `None` where none was asked for.
    pub public_ip: Option<Ipv4Addr>,
    /// The name of its public address; `None` where it has none.
    pub public_dns: Option<String>,
    /// Whether it takes and sends only what is its own: off for what forwards.
    pub source_dest_check: bool,
    /// How it is attached.
    pub attachment: Attachment,
    /// What listens on it now.
    pub listeners: Vec<Listener>,
    /// Whether it answers on every port, because what is behind it is not looked into.
    pub answers_all: bool,
}

/// What an interface belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A task.
    Task(TaskId),
    /// An EC2 instance.
    Instance(InstanceId),
    /// A database, by its name.
    Database(Arc<str>),
    /// A node of an Application Load Balancer.
    ApplicationLoadBalancer(LoadBalancerId),
    /// A node of a Network Load Balancer.
    NetworkLoadBalancer(LoadBalancerId),
    /// An interface endpoint.
    Endpoint(VpcEndpointId),
    /// A NAT gateway.
    NatGateway(NatGatewayId),
    /// A mount target, by the id of its file system.
    MountTarget(Arc<str>),
}

/// The state of an attachment, as `DescribeTasks` shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attachment {
    /// It is being attached.
    Attaching,
    /// It is attached.
    Attached,
    /// It is being taken away.
    Detaching,
}

impl Attachment {
    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Attaching => "ATTACHING",
            Self::Attached => "ATTACHED",
            Self::Detaching => "DETACHING",
        }
    }
}

/// A container, or a process, that listens on a port of the interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listener {
    /// The protocol.
    pub protocol: IpProtocol,
    /// The port.
    pub port: u16,
    /// On which addresses it listens.
    pub bound: Bound,
    /// The container's place in the task definition; `None` for a process that is no task's.
    pub container: Option<usize>,
    /// The container's or the process's name.
    pub name: Arc<str>,
}

/// The addresses that a process listens on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bound {
    /// All, `0.0.0.0`.
    #[default]
    All,
    /// Localhost only.
    Localhost,
    /// The interface's own address only: who asks localhost is refused.
    Address,
}

impl Listener {
    /// Whether it hears what is sent to localhost, or to the interface's address.
    pub fn hears(&self, localhost: bool) -> bool {
        match self.bound {
            Bound::All => true,
            Bound::Localhost => localhost,
            Bound::Address => !localhost,
        }
    }
}

impl Interface {
    /// The task it belongs to; `None` where it is something else's.
    pub fn task(&self) -> Option<&TaskId> {
        match &self.owner {
            Owner::Task(task) => Some(task),
            _ => None,
        }
    }

    /// Whether an address is its own within the VPC.
    pub fn has(&self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(address) => self.private_ip == address,
            IpAddr::V6(address) => self.ipv6 == Some(address),
        }
    }

    /// The hardware address as it is written: `0a:1b:…`.
    pub fn mac_text(&self) -> String {
        let parts: Vec<String> = self.mac.iter().map(|byte| format!("{byte:02x}")).collect();
        parts.join(":")
    }
}

/// Why an interface cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AddressError {
    /// The subnet has no free address.
    NoFreeAddress,
    /// The subnet does not exist any more.
    NoSubnet,
}

/// Makes an interface for a task, with a private address and, if asked for, a public one and one of IPv6.
pub(crate) fn attach(
    network: &mut Network,
    task: &TaskId,
    subnet: &SubnetId,
    groups: &[SecurityGroupId],
    (public, ipv6): (bool, Option<Ipv6Addr>),
    step: &mut Step<'_>,
) -> Result<Interface, AddressError> {
    let id = format!(
        "eni-0{:016x}",
        chance::draw(step.seed, "eni", task.as_str())
    );
    let owner = Owner::Task(task.clone());
    let mut interface = network.new_interface(&id, owner, subnet, groups, step.seed)?;
    interface.ipv6 = ipv6;
    interface.public_ip = public.then(|| network.free_public_address(step.seed, &id));
    step.log(Fact::InterfaceAttached {
        task: task.clone(),
        interface: interface.id.clone(),
        private_ip: interface.private_ip,
        public_ip: interface.public_ip,
    });
    network
        .interfaces
        .insert(interface.id.clone(), interface.clone());
    network.touch();
    Ok(interface)
}

/// Deletes an interface: its addresses are free again.
pub(crate) fn release(network: &mut Network, id: &NetworkInterfaceId, step: &mut Step<'_>) {
    if let Some(interface) = network.interfaces.remove(id) {
        network.touch();
        if let Some(task) = interface.task() {
            step.log(Fact::InterfaceReleased {
                task: task.clone(),
                interface: id.clone(),
                private_ip: interface.private_ip,
            });
        }
    }
}

impl Network {
    /// An interface with a free address of a subnet, not yet among the others.
    pub(super) fn new_interface(
        &self,
        id: &str,
        owner: Owner,
        subnet: &SubnetId,
        groups: &[SecurityGroupId],
        seed: u64,
    ) -> Result<Interface, AddressError> {
        let found = self.subnets.get(subnet).ok_or(AddressError::NoSubnet)?;
        let private_ip = self
            .free_address(found, seed, id)
            .ok_or(AddressError::NoFreeAddress)?;
        let bits = chance::draw(seed, "mac", id).to_be_bytes();
        Ok(Interface {
            id: id.into(),
            owner,
            subnet: subnet.clone(),
            groups: groups.to_vec(),
            mac: [0x0a, bits[1], bits[2], bits[3], bits[4], bits[5]],
            private_ip,
            ipv6: None,
            public_ip: None,
            public_dns: None,
            source_dest_check: true,
            attachment: Attachment::Attaching,
            listeners: Vec::new(),
            answers_all: false,
        })
    }

    /// A public address: from the documentation range 198.51.100.0/24, and beyond its 254 from 198.18.0.0/15, the
    /// range for benchmarks, neither of which exists on the Internet.
    pub(super) fn free_public_address(&self, seed: u64, subject: &str) -> Ipv4Addr {
        let mut taken: Vec<u32> = self
            .interfaces
            .values()
            .filter_map(|interface| interface.public_ip)
            .chain(self.elastic_addresses.values().map(|it| it.public_ip))
            .map(u32::from)
            .collect();
        taken.sort_unstable();
        taken.dedup();
        let first = u32::from(Ipv4Addr::new(198, 51, 100, 1));
        let in_range = taken.iter().filter(|address| **address >= first).count() as u64;
        let (mut address, free) = if in_range < 254 {
            (first, 254 - in_range)
        } else {
            (u32::from(Ipv4Addr::new(198, 18, 0, 1)), 100_000)
        };
        address += (chance::draw(seed, "public address", subject) % free) as u32;
        for taken in taken {
            if taken <= address && (taken >= first) == (address >= first) {
                address += 1;
            }
        }
        Ipv4Addr::from(address)
    }
}
