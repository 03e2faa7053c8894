//! Elastic network interfaces: a task has exactly one, and all its containers share it.

use super::Network;
use crate::engine::chance;
use crate::engine::step::Step;
use crate::event::Fact;
use crate::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId, TaskId};
use std::net::Ipv4Addr;
use std::sync::Arc;

/// A network interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Its id.
    pub id: NetworkInterfaceId,
    /// The task it belongs to.
    pub task: TaskId,
    /// Its subnet.
    pub subnet: SubnetId,
    /// Its groups.
    pub groups: Vec<SecurityGroupId>,
    /// Its hardware address: locally administered, unicast.
    pub mac: [u8; 6],
    /// Its private address.
    pub private_ip: Ipv4Addr,
    /// Its public address; `None` where none was asked for.
    pub public_ip: Option<Ipv4Addr>,
    /// How it is attached.
    pub attachment: Attachment,
    /// What listens on it now.
    pub listeners: Vec<Listener>,
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

/// A container that listens on a port of the interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listener {
    /// The port.
    pub port: u16,
    /// The container's place in the task definition.
    pub container: usize,
    /// The container's name.
    pub name: Arc<str>,
}

impl Interface {
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

/// Makes an interface for a task, with a private address and, if asked for, a public one.
pub(crate) fn attach(
    network: &mut Network,
    task: &TaskId,
    subnet: &SubnetId,
    groups: &[SecurityGroupId],
    public: bool,
    step: &mut Step<'_>,
) -> Result<Interface, AddressError> {
    let found = network.subnets.get(subnet).ok_or(AddressError::NoSubnet)?;
    let id = format!(
        "eni-0{:016x}",
        chance::draw(step.seed, "eni", task.as_str())
    );
    let private_ip = network
        .free_address(found, step.seed, &id)
        .ok_or(AddressError::NoFreeAddress)?;
    let bits = chance::draw(step.seed, "mac", &id).to_be_bytes();
    let interface = Interface {
        task: task.clone(),
        subnet: subnet.clone(),
        groups: groups.to_vec(),
        mac: [0x0a, bits[1], bits[2], bits[3], bits[4], bits[5]],
        private_ip,
        public_ip: public.then(|| network.free_public_address(step.seed, &id)),
        attachment: Attachment::Attaching,
        listeners: Vec::new(),
        id: NetworkInterfaceId::from(id),
    };
    step.log(Fact::InterfaceAttached {
        task: task.clone(),
        interface: interface.id.clone(),
        private_ip,
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
        step.log(Fact::InterfaceReleased {
            task: interface.task.clone(),
            interface: id.clone(),
            private_ip: interface.private_ip,
        });
    }
}

impl Network {
    /// A public address: from the documentation range 198.51.100.0/24, and beyond its 254 from 198.18.0.0/15, the
    /// range for benchmarks, neither of which exists on the Internet.
    fn free_public_address(&self, seed: u64, subject: &str) -> Ipv4Addr {
        let mut taken: Vec<u32> = self
            .interfaces
            .values()
            .filter_map(|interface| interface.public_ip)
            .map(u32::from)
            .collect();
        taken.sort_unstable();
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
