//! What a walk finds: the parts that a packet met in order, each with the rule that decided, and how it ended.

use super::code::Code;
use super::protocol::IpProtocol;
use crate::ids::{
    EgressOnlyInternetGatewayId, InternetGatewayId, LoadBalancerId, NatGatewayId, NetworkAclId,
    NetworkInterfaceId, RouteTableId, SecurityGroupId, SubnetId, TargetGroupId, VpcEndpointId,
    VpcId, VpcPeeringConnectionId,
};
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

/// The way of one request, there and back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The sender's address.
    pub from: IpAddr,
    /// The address it was sent to, after a name was looked up; `0.0.0.0` where none was found.
    pub to: IpAddr,
    /// The protocol.
    pub protocol: IpProtocol,
    /// The destination port.
    pub port: u16,
    /// The parts it met, in order; the last one decided.
    pub hops: Vec<Hop>,
    /// How it ended.
    pub ending: Ending,
    /// What nearly let it pass at the part that stopped it.
    pub near: Vec<NearMiss>,
    /// What VPC Flow Logs would record.
    pub records: Vec<FlowRecord>,
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It arrived and the answer came back.
    Delivered,
    /// It arrived and nothing listens there: the sender is told at once.
    Refused,
    /// The last part dropped it; the sender hears nothing.
    Denied(Code),
}

/// One part that a request met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// The part.
    pub part: Part,
    /// Whether the request went out of it or came in, as the part sees it.
    pub direction: Direction,
    /// Whether it was on the way there or back.
    pub phase: Phase,
    /// The rule that decided, in words.
    pub rule: String,
    /// Whether the part let it pass.
    pub passed: bool,
}

/// A part of the network that decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The internet gateway; `None` where the VPC has none.
    InternetGateway(Option<InternetGatewayId>),
    /// The egress-only internet gateway.
    EgressOnlyGateway(EgressOnlyInternetGatewayId),
    /// A NAT gateway.
    NatGateway(NatGatewayId),
    /// A gateway endpoint.
    GatewayEndpoint(VpcEndpointId),
    /// A peering connection.
    Peering(VpcPeeringConnectionId),
    /// The access control list of a subnet.
    SubnetAcl {
        /// The subnet.
        subnet: SubnetId,
        /// The list.
        acl: NetworkAclId,
        /// The number of the entry that decided; `None` for the last, `*`.
        entry: Option<u16>,
    },
    /// The groups of an interface, all together.
    SecurityGroups(Vec<SecurityGroupId>, NetworkInterfaceId),
    /// The route table of a subnet.
    RouteTable(RouteTableId, SubnetId),
    /// An interface.
    Interface(NetworkInterfaceId),
    /// A VPC: its resolver, or its addresses that nobody has.
    Vpc(VpcId),
    /// A load balancer.
    LoadBalancer(LoadBalancerId),
    /// A target group.
    TargetGroup(TargetGroupId),
    /// A name that was looked up.
    Name(Arc<str>),
    /// A service of AWS at an address that every interface has, which nothing filters.
    LinkLocal(IpAddr),
    /// The Internet, or a host there.
    Internet(IpAddr),
    /// The loopback that the containers of a task share.
    Loopback(NetworkInterfaceId),
    /// What listens on an interface: a container by its place in the task definition and its name; `None` where nothing does.
    Listener(NetworkInterfaceId, Option<(usize, Arc<str>)>),
}

/// A direction, as the part sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Into the part.
    In,
    /// Out of the part.
    Out,
}

/// The way there or the way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The way there.
    Forward,
    /// The way back.
    Return,
}

/// A rule, an entry or a route that would have let a packet pass, but for one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The rule's id, the entry's number, or the route's destination.
    pub id: String,
    /// The rule in words.
    pub rule: String,
    /// The one thing.
    pub lacks: Lack,
    /// The one thing in words: 'would match if the port were 8080'.
    pub words: String,
}

/// What a near miss lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Another port, or another type of ICMP.
    Port,
    /// Another protocol.
    Protocol,
    /// Another address or group on the other side.
    Peer,
    /// The other address family.
    Family,
    /// A lower number: an entry before it decides.
    Order,
    /// That the sender's groups are still known after what it came through.
    Membership,
    /// That its target works.
    State,
}

/// A record of VPC Flow Logs: one interface, one direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowRecord {
    /// The interface.
    pub interface: NetworkInterfaceId,
    /// Whether the packet entered or left it.
    pub direction: Direction,
    /// `ACCEPT`, not `REJECT`.
    pub accepted: bool,
    /// Source and destination of the packet at the interface.
    pub packet: (IpAddr, IpAddr),
    /// Source and destination port, 0 where the protocol has none.
    pub ports: (u16, u16),
    /// The protocol.
    pub protocol: IpProtocol,
}

impl Trace {
    /// The part that decided: the last one met.
    pub fn decided_by(&self) -> Option<&Hop> {
        self.hops.last()
    }

    /// The container that answered, by its place in the task definition.
    pub fn container(&self) -> Option<usize> {
        self.hops.iter().find_map(|hop| match &hop.part {
            Part::Listener(_, Some((place, _))) => Some(*place),
            _ => None,
        })
    }

    /// Whether it arrived and was answered.
    pub fn delivered(&self) -> bool {
        self.ending == Ending::Delivered
    }

    /// Bytes of the request and of its answer. AWS does not say how much an HTTP request is: it is a small one, or three tries in
    /// vain, or one that is refused at once.
    pub fn bytes(&self) -> (u64, u64) {
        match (self.protocol, self.ending) {
            (IpProtocol::TCP, Ending::Delivered) => (840, 1_560),
            (IpProtocol::TCP, Ending::Denied(_)) => (180, 0),
            (IpProtocol::TCP, Ending::Refused) => (60, 60),
            (_, Ending::Delivered) => (84, 84),
            _ => (84, 0),
        }
    }

    /// Why it was not answered; `None` where it was.
    pub fn code(&self) -> Option<Code> {
        match self.ending {
            Ending::Delivered => None,
            Ending::Refused => Some(Code::NoListener),
            Ending::Denied(code) => Some(code),
        }
    }
}

impl Direction {
    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::In => "ingress",
            Self::Out => "egress",
        }
    }
}

impl Phase {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Forward => "forward",
            Self::Return => "return",
        }
    }
}

impl Part {
    /// What kind of component it is, as explanations name it.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::InternetGateway(_) => "internet_gateway",
            Self::EgressOnlyGateway(_) => "egress_only_igw",
            Self::NatGateway(_) => "nat_gateway",
            Self::GatewayEndpoint(_) => "gateway_endpoint",
            Self::Peering(_) => "vpc_peering_connection",
            Self::SubnetAcl { .. } => "network_acl",
            Self::SecurityGroups(..) => "security_group",
            Self::RouteTable(..) => "route_table",
            Self::Interface(_) | Self::Loopback(_) => "network_interface",
            Self::Vpc(_) => "vpc",
            Self::LoadBalancer(_) => "load_balancer",
            Self::TargetGroup(_) => "target_group",
            Self::Name(_) => "dns",
            Self::LinkLocal(_) => "link_local",
            Self::Internet(_) => "internet",
            Self::Listener(..) => "listener",
        }
    }

    /// Its id; of several groups, all, joined by `+`.
    pub fn id(&self) -> String {
        match self {
            Self::InternetGateway(id) => id.as_ref().map(ToString::to_string).unwrap_or_default(),
            Self::EgressOnlyGateway(id) => id.to_string(),
            Self::NatGateway(id) => id.to_string(),
            Self::GatewayEndpoint(id) => id.to_string(),
            Self::Peering(id) => id.to_string(),
            Self::SubnetAcl { acl, .. } => acl.to_string(),
            Self::SecurityGroups(groups, _) => {
                let ids: Vec<&str> = groups.iter().map(SecurityGroupId::as_str).collect();
                ids.join("+")
            }
            Self::RouteTable(id, _) => id.to_string(),
            Self::Interface(id) | Self::Loopback(id) | Self::Listener(id, _) => id.to_string(),
            Self::Vpc(id) => id.to_string(),
            Self::LoadBalancer(id) => id.to_string(),
            Self::TargetGroup(id) => id.to_string(),
            Self::Name(name) => name.to_string(),
            Self::LinkLocal(address) | Self::Internet(address) => address.to_string(),
        }
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            from,
            to,
            protocol,
            port,
            ..
        } = self;
        match self.ending {
            Ending::Delivered => write!(f, "{from} reached {to} on {protocol} {port}"),
            Ending::Refused => write!(
                f,
                "{from} was refused by {to}: nothing listens on {protocol} {port}"
            ),
            Ending::Denied(code) => write!(
                f,
                "{from} got no answer from {to} on {protocol} {port} ({})",
                code.aws()
            ),
        }
    }
}
