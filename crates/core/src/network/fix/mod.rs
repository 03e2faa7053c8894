//! Cures of a refusal: the smallest edits that let a flow through, each walked again on a copy of the network before it is told.
//!
//! A part that refuses has its ways to be changed: [`groups`], [`acl`], [`routes`], [`others`]. One cure may reveal the next
//! refusal, so [`search`] goes on from each, the narrowest first, and leaves out of a set what is not needed.

mod acl;
mod groups;
mod hint;
mod others;
mod route_calls;
mod routes;
mod search;
mod trial;

use super::walk::Asked;
use super::{Destination, Endpoint, Flow, Hop, Interface, Network, Owner, Trace};
use crate::call::Call;
use crate::ids::{NetworkInterfaceId, SecurityGroupId, TaskId};
use ipnet::IpNet;
use std::net::IpAddr;

pub use hint::cure;

/// A connection that somebody wants to come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The connection.
    pub flow: Flow,
    /// The interface that it is meant for, whatever address that has by then; `None` where only the address counts.
    pub to: Option<NetworkInterfaceId>,
    /// Whether the end outside the account is the Internet at large, not that one host: cures may then be for everyone.
    pub anyone: bool,
}

/// A change that a cure asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A call of the EC2 API.
    Call(Call),
    /// A task gets a public address only by being stopped and run again with `assignPublicIp` `ENABLED`.
    RunAgain(TaskId),
}

/// A cure that was tried: with all its edits the connection comes about, and with none of them left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does: 'Allow TCP 8080 from web', several joined by 'and'.
    pub title: String,
    /// The edits, in order.
    pub edits: Vec<Edit>,
    /// How much it may open, as a number to compare: interfaces that are edited, times addresses that are let through.
    pub width: u64,
}

/// Edits that belong together, and may let a packet past one part.
#[derive(Clone, Debug)]
struct Move {
    title: String,
    edits: Vec<Edit>,
    width: u64,
}

/// How many addresses everyone counts for.
const EVERYONE: u64 = 1 << 20;

/// A refusal, and all that is known of it.
struct Spot<'a> {
    network: &'a Network,
    question: &'a Question,
    trace: &'a Trace,
    hop: &'a Hop,
    asked: &'a Asked,
}

impl Question {
    /// Whether an address can be reached, and nothing more is known.
    pub fn of(flow: Flow) -> Self {
        Self {
            flow,
            to: None,
            anyone: false,
        }
    }

    /// The connection as it is opened in a network: to the public address of the interface that it is meant for, where it comes
    /// from the Internet and there is one; else to the private one.
    pub fn flow_in(&self, network: &Network) -> Flow {
        let mut flow = self.flow.clone();
        let target = self.to.as_ref().and_then(|id| network.interfaces.get(id));
        if let Some(target) = target {
            flow.to = Destination::Address(target.address_for(&flow.from));
        }
        flow
    }
}

impl Interface {
    /// The address by which somebody reaches it.
    fn address_for(&self, from: &Endpoint) -> IpAddr {
        match (from, self.public_ip, self.ipv6) {
            (Endpoint::Internet(IpAddr::V4(_)), Some(public), _) => public.into(),
            (Endpoint::Internet(IpAddr::V6(_)), _, Some(address)) => address.into(),
            (Endpoint::Interface(own), ..) if *own == self.id => {
                std::net::Ipv4Addr::LOCALHOST.into()
            }
            _ => self.private_ip.into(),
        }
    }
}

impl Network {
    /// Cures of a connection that is refused, the narrowest first; none where it comes about, or where no edit is known.
    pub fn fixes(&self, question: &Question) -> Vec<Fix> {
        search::search(self, question)
    }

    /// The network after edits; `None` where AWS refuses one.
    pub fn with(&self, edits: &[Edit]) -> Option<Self> {
        let mut network = self.clone();
        for (place, edit) in edits.iter().enumerate() {
            network = trial::apply(&network, edit, place as u32)?;
        }
        Some(network)
    }

    /// How many interfaces wear a group.
    fn wearers(&self, group: &SecurityGroupId) -> u64 {
        let all = self.interfaces.values();
        all.filter(|it| it.groups.contains(group)).count() as u64
    }

    /// Whether no VPC has an address in its blocks.
    fn is_outside(&self, address: IpAddr) -> bool {
        !self.vpcs.values().any(|vpc| vpc.holds(address))
    }
}

impl Spot<'_> {
    /// Whether an address may stand for everyone: it is outside, and the Internet is what is asked about.
    fn is_anyone(&self, address: IpAddr) -> bool {
        self.question.anyone && self.network.is_outside(address)
    }

    /// The task of an interface.
    fn task_of(&self, id: &NetworkInterfaceId) -> Option<&TaskId> {
        match &self.network.interfaces.get(id)?.owner {
            Owner::Task(task) => Some(task),
            _ => None,
        }
    }
}

/// The block of one address.
fn only(address: IpAddr) -> IpNet {
    address.into()
}

/// The block of all addresses of a family.
fn everyone(like: IpAddr) -> IpNet {
    match like {
        IpAddr::V4(_) => IpNet::V4(ipnet::Ipv4Net::default()),
        IpAddr::V6(_) => IpNet::V6(ipnet::Ipv6Net::default()),
    }
}

/// A block in words: one address without its length, and all as 'anywhere'.
fn block_words(block: &IpNet) -> String {
    if block.prefix_len() == 0 {
        "anywhere".to_owned()
    } else if block.prefix_len() == block.max_prefix_len() {
        block.addr().to_string()
    } else {
        block.to_string()
    }
}

/// How many addresses a block counts for.
fn size(block: &IpNet) -> u64 {
    let bits = u32::from(block.max_prefix_len() - block.prefix_len());
    1_u64.checked_shl(bits.min(20)).unwrap_or(EVERYONE)
}
