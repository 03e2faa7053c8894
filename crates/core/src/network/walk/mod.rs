//! The walk: asks each part on the way, there and back, in AWS's order, and writes down every answer.
//!
//! Order (VPC guide and Reachability Analyzer): leaving an interface, its groups, then for another subnet the subnet's
//! ACL and the route table; entering one, the subnet's ACL, then its groups. Groups remember connections, so answers
//! pass them unasked; ACLs and routes are asked again on the way back. The first part that refuses decides.
//!
//! What decides ([`acl`], [`groups`], [`routes`]) is apart from what says so.

pub(super) mod acl;
mod back;
mod balance;
mod connection;
mod dns;
mod forward;
pub(super) mod groups;
mod internet;
mod link_local;
mod nat;
mod near;
mod open;
pub(super) mod packet;
pub(super) mod routes;
mod say;

pub use connection::{Broken, Connection};

use super::{
    Code, Ending, Endpoint, Flow, FlowRecord, Hop, Interface, NearMiss, Network, Subnet, Target,
    Trace,
};
use crate::ids::{InternetGatewayId, NetworkInterfaceId, SecurityGroupId, VpcPeeringConnectionId};
use connection::Passed;
use packet::Packet;
use std::net::{IpAddr, Ipv4Addr};

impl Network {
    /// Walks a flow there and back.
    pub fn walk(&self, flow: &Flow) -> Trace {
        Walk::new(self, flow, None).run()
    }

    /// Walks a flow, and tells what the last part knew.
    pub(super) fn probe(&self, flow: &Flow) -> (Trace, Asked) {
        let mut walk = Walk::new(self, flow, None);
        let ending = walk.ending();
        let asked = std::mem::take(&mut walk.asked);
        (walk.trace(ending), asked)
    }
}

/// A walk that goes on.
struct Walk<'a> {
    network: &'a Network,
    flow: &'a Flow,
    /// Source and destination, once they are known.
    from: IpAddr,
    to: IpAddr,
    hops: Vec<Hop>,
    near: Vec<NearMiss>,
    records: Vec<FlowRecord>,
    /// The boundaries of subnets that the request crossed, which the answer crosses the other way.
    crossed: Vec<Crossing<'a>>,
    /// The groups that it passed, for those who ask later whether the connection goes on.
    passed: Vec<Passed>,
    /// The target that a load balancer chose.
    target: Option<NetworkInterfaceId>,
    /// What an Application Load Balancer answers in a target's place.
    status: Option<u16>,
    /// The connection that goes on; `None` for a new one.
    known: Option<&'a Connection>,
    /// What the part that is asked knows, for who looks for a cure.
    asked: Asked,
}

/// What the part that was asked last knew of the packet: a cure has to fit it.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// The packet as it was there; `None` where none was sent.
    pub(super) packet: Option<Packet>,
    /// The groups that the other side is known to wear.
    pub(super) other: Vec<SecurityGroupId>,
    /// On the way back, where the route has to lead; `None` on the way there.
    pub(super) back_to: Option<Target>,
}

/// A boundary that the request crossed.
struct Crossing<'a> {
    subnet: &'a Subnet,
    /// The request, as it crossed.
    packet: Packet,
    /// The interface that sent or got it there; `None` for a part that has no interface here.
    interface: Option<NetworkInterfaceId>,
    way: Way,
}

/// How the request crossed a boundary.
enum Way {
    /// Out of the subnet.
    Left,
    /// Into it, through something that the answer has to take too.
    Entered(Via),
    /// To a neighbour in the same subnet, through an interface there that the answer has to take too.
    Beside(Via),
}

/// What the answer has to take.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Via {
    /// A local route.
    Local,
    /// That internet gateway.
    InternetGateway(InternetGatewayId),
    /// That peering connection.
    Peering(VpcPeeringConnectionId),
    /// That interface, which forwarded.
    Interface(NetworkInterfaceId),
    /// The load balancer's node that kept the client's address: no route is asked.
    Node,
}

/// A request on its way.
#[derive(Clone)]
struct Travel<'a> {
    packet: Packet,
    /// The groups that the sender is known to wear.
    worn: &'a [SecurityGroupId],
    /// The groups that it wears, and what hides them.
    hidden: Option<(&'a [SecurityGroupId], Hidden)>,
    /// The interface that sends it on; `None` for a part that has none here.
    sender: Option<&'a NetworkInterfaceId>,
    /// What the answer will have to take from where it enters next.
    via: Via,
}

/// What hides the groups of a sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hidden {
    /// An interface that forwarded it.
    Middlebox,
    /// A gateway that gave it another address.
    Translation,
    /// A peering connection to another Region.
    Region,
    /// A load balancer that kept its address.
    Balancer,
}

/// Where a request arrived.
enum Arrival<'a> {
    /// At an interface.
    Interface(&'a Interface, Travel<'a>),
    /// Beyond the VPC, where it is answered.
    Outside,
}

/// Parts that a packet may pass before it counts as going in a circle.
const MAX_PARTS: usize = 16;

impl<'a> Walk<'a> {
    fn new(network: &'a Network, flow: &'a Flow, known: Option<&'a Connection>) -> Self {
        Self {
            network,
            flow,
            from: Ipv4Addr::UNSPECIFIED.into(),
            to: Ipv4Addr::UNSPECIFIED.into(),
            hops: Vec::new(),
            near: Vec::new(),
            records: Vec::new(),
            crossed: Vec::new(),
            passed: Vec::new(),
            target: None,
            status: None,
            known,
            asked: Asked::default(),
        }
    }

    fn run(mut self) -> Trace {
        let ending = self.ending();
        self.trace(ending)
    }

    fn ending(&mut self) -> Ending {
        match self.there_and_back() {
            Ok(()) => Ending::Delivered,
            Err(Code::NoListener) => Ending::Refused,
            Err(code) => Ending::Denied(code),
        }
    }

    fn trace(self, ending: Ending) -> Trace {
        Trace {
            from: self.from,
            to: self.to,
            protocol: self.flow.protocol,
            port: self.flow.port,
            hops: self.hops,
            ending,
            near: self.near,
            records: self.records,
            status: self.status,
        }
    }

    fn there_and_back(&mut self) -> Result<(), Code> {
        let source = self.source()?;
        self.to = self.destination(source)?;
        let packet = Packet {
            from: self.source_address(source)?,
            to: self.to,
            protocol: self.flow.protocol,
            from_port: self.flow.source_port,
            to_port: self.flow.port,
            icmp: self.flow.icmp,
        };
        self.from = packet.from;
        self.asked.packet = Some(packet);
        let arrival = match source {
            Some(source) => self.open(source, packet)?,
            None => self.host_opens(packet)?,
        };
        let Arrival::Interface(target, it) = arrival else {
            return self.back();
        };
        if let Some(balancer) = self.balancer_at(target) {
            self.back()?;
            return self.balance(balancer, target, source, &it);
        }
        self.knock(target, &it.packet)?;
        self.back()
    }

    /// The interface that opens the connection; `None` for a host on the Internet.
    fn source(&mut self) -> Result<Option<&'a Interface>, Code> {
        match &self.flow.from {
            Endpoint::Internet(address) => {
                self.from = *address;
                Ok(None)
            }
            Endpoint::Interface(id) => {
                let network = self.network;
                let source = network
                    .interfaces
                    .get(id)
                    .ok_or(Code::NoPossibleDestination)?;
                self.from = source.private_ip.into();
                Ok(Some(source.as_ref()))
            }
        }
    }
}
