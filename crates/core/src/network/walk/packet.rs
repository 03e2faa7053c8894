//! A packet, as every part sees it: addresses, ports, and the answer to it.

use crate::network::IpProtocol;
use std::net::IpAddr;

/// The first packet of a connection, or the answer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::network) struct Packet {
    pub(in crate::network) from: IpAddr,
    pub(in crate::network) to: IpAddr,
    pub(in crate::network) protocol: IpProtocol,
    pub(in crate::network) from_port: u16,
    pub(in crate::network) to_port: u16,
    /// Type and code, where the protocol is ICMP.
    pub(in crate::network) icmp: (u8, u8),
}

impl Packet {
    /// The answer: ends swapped, an echo request answered by an echo reply.
    pub(in crate::network) fn answer(self) -> Self {
        let kind = match (self.protocol, self.icmp.0) {
            (IpProtocol::ICMP, 8) => 0,
            (IpProtocol::ICMP, 13) => 14,
            (IpProtocol::ICMP, 17) => 18,
            (IpProtocol::ICMPV6, 128) => 129,
            (_, kind) => kind,
        };
        Self {
            from: self.to,
            to: self.from,
            protocol: self.protocol,
            from_port: self.to_port,
            to_port: self.from_port,
            icmp: (kind, self.icmp.1),
        }
    }

    /// What it asks for, in words: `TCP 8080`, or the type of ICMP.
    pub(in crate::network) fn what(self) -> String {
        if self.protocol.has_ports() {
            format!("{} {}", self.protocol, self.to_port)
        } else if self.protocol.is_icmp() {
            format!("{} type {}", self.protocol, self.icmp.0)
        } else {
            self.protocol.to_string()
        }
    }
}
