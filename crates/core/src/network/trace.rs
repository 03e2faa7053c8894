//! What a walk finds: the parts that a packet met in order, each with the rule that decided, and how it ended.

use crate::ids::{InternetGatewayId, NetworkInterfaceId, RouteTableId, SecurityGroupId, SubnetId};
use std::fmt;
use std::net::Ipv4Addr;
use std::sync::Arc;

/// The way of one request, there and back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The sender's address.
    pub from: Ipv4Addr,
    /// The address it was sent to.
    pub to: Ipv4Addr,
    /// The destination port.
    pub port: u16,
    /// The parts it met, in order; the last one decided.
    pub hops: Vec<Hop>,
    /// How it ended.
    pub ending: Ending,
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

/// Why a path does not exist, in the vocabulary of VPC Reachability Analyzer.
/// Source: 'Reachability Analyzer explanation codes'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The groups have rules, none applies.
    EniSgRulesMismatch,
    /// The groups have no rule in that direction.
    SgHasNoRules,
    /// No route matches.
    NoRouteToDestination,
    /// The inbound destination is no public address of an interface in the VPC.
    IgwPrivateIpAssociationForIngress,
    /// The sender has no public address.
    IgwPublicIpAssociationForEgress,
    /// Nothing owns the destination address.
    NoPossibleDestination,
}

impl Code {
    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::EniSgRulesMismatch => "ENI_SG_RULES_MISMATCH",
            Self::SgHasNoRules => "SG_HAS_NO_RULES",
            Self::NoRouteToDestination => "NO_ROUTE_TO_DESTINATION",
            Self::IgwPrivateIpAssociationForIngress => "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
            Self::IgwPublicIpAssociationForEgress => "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
            Self::NoPossibleDestination => "NO_POSSIBLE_DESTINATION",
        }
    }
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
    /// The access control list of a subnet.
    SubnetAcl(SubnetId),
    /// The groups of an interface, all together.
    SecurityGroups(Vec<SecurityGroupId>),
    /// The route table of a subnet.
    RouteTable(RouteTableId, SubnetId),
    /// An interface.
    Interface(NetworkInterfaceId),
    /// The loopback that the containers of a task share.
    Loopback,
    /// A container, by its place in the task definition and its name; `None` where nothing listens.
    Container(Option<(usize, Arc<str>)>),
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

impl Trace {
    /// The part that decided: the last one met.
    pub fn decided_by(&self) -> Option<&Hop> {
        self.hops.last()
    }

    /// The container that answered, by its place in the task definition.
    pub fn container(&self) -> Option<usize> {
        self.hops.iter().find_map(|hop| match &hop.part {
            Part::Container(Some((place, _))) => Some(*place),
            _ => None,
        })
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to, port, .. } = self;
        match self.ending {
            Ending::Delivered => write!(f, "{from} reached {to} on TCP {port}"),
            Ending::Refused => write!(
                f,
                "{from} was refused by {to}: nothing listens on TCP {port}"
            ),
            Ending::Denied(code) => write!(
                f,
                "{from} got no answer from {to} on TCP {port} ({})",
                code.aws()
            ),
        }
    }
}
