//! A connection that somebody tries to open: who, to what, and what chance would decide, such as ports.

use super::protocol::IpProtocol;
use crate::ids::{LoadBalancerId, NetworkInterfaceId};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// The address of the host on the Internet that people's requests come from (a documentation range).
pub const INTERNET_CLIENT: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 9);

/// The port that clients open connections from, where nobody says: in the range of Linux, 32768 to 60999.
pub const CLIENT_PORT: u16 = 40_001;
/// The port that a NAT gateway or a load balancer's node opens connections from, where nobody says: in 1024 to 65535.
pub const TRANSLATED_PORT: u16 = 20_001;

/// Who opens a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// A host on the Internet.
    Internet(IpAddr),
    /// An interface.
    Interface(NetworkInterfaceId),
}

/// What a connection is opened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// An address.
    Address(IpAddr),
    /// A name, which is looked up first.
    Name(Arc<str>),
    /// A load balancer, by its name.
    LoadBalancer(LoadBalancerId),
}

/// A connection that somebody tries to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Who opens it.
    pub from: Endpoint,
    /// What it is opened to.
    pub to: Destination,
    /// The protocol.
    pub protocol: IpProtocol,
    /// The port it is opened to; 0 where the protocol has none.
    pub port: u16,
    /// The port it is opened from.
    pub source_port: u16,
    /// Type and code of the first packet, where the protocol is ICMP.
    pub icmp: (u8, u8),
    /// The port that a NAT gateway chooses; the source port where `None`.
    pub nat_port: Option<u16>,
    /// The node of the load balancer that the client's name server gave; one of the client's zone where `None`.
    pub node: Option<NetworkInterfaceId>,
    /// The port that the node opens its connection from.
    pub node_port: u16,
    /// Which of a load balancer's targets has its turn, counted round and round.
    pub turn: u32,
}

impl Flow {
    /// A TCP connection to a port of an address.
    pub fn tcp(from: Endpoint, to: impl Into<IpAddr>, port: u16) -> Self {
        Self {
            from,
            to: Destination::Address(to.into()),
            protocol: IpProtocol::TCP,
            port,
            source_port: CLIENT_PORT,
            icmp: (0, 0),
            nat_port: None,
            node: None,
            node_port: TRANSLATED_PORT,
            turn: 0,
        }
    }

    /// A ping of an address: an echo request of its family's ICMP.
    pub fn ping(from: Endpoint, to: IpAddr) -> Self {
        let (protocol, kind) = match to {
            IpAddr::V4(_) => (IpProtocol::ICMP, 8),
            IpAddr::V6(_) => (IpProtocol::ICMPV6, 128),
        };
        Self {
            protocol,
            source_port: 0,
            icmp: (kind, 0),
            ..Self::tcp(from, to, 0)
        }
    }
}
