//! The gate of a network ACL: the entry with the lowest number that matches decides.

use super::packet::Packet;
use crate::network::{AclEntry, Direction, NetworkAcl};

/// Which part of an entry a packet does not match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::network) struct Fit {
    pub(in crate::network) protocol: bool,
    pub(in crate::network) port: bool,
    pub(in crate::network) peer: bool,
}

impl Fit {
    pub(in crate::network) fn whole(self) -> bool {
        self.protocol && self.port && self.peer
    }
}

/// How an entry fits a packet that crosses the boundary in a direction.
pub(in crate::network) fn fit(entry: &AclEntry, direction: Direction, packet: &Packet) -> Fit {
    let peer = match direction {
        Direction::In => packet.from,
        Direction::Out => packet.to,
    };
    let all = entry.protocol == crate::network::RuleProtocol::All;
    Fit {
        protocol: entry.protocol.holds(packet.protocol),
        port: all
            || entry
                .ports
                .hold(packet.protocol, packet.to_port, packet.icmp),
        peer: entry.block.contains(&peer),
    }
}

/// The entries of a direction.
pub(in crate::network) fn entries(
    acl: &NetworkAcl,
    direction: Direction,
) -> impl Iterator<Item = &AclEntry> {
    let egress = direction == Direction::Out;
    acl.entries
        .iter()
        .filter(move |entry| entry.egress == egress)
}

/// The entry that decides; `None` for the last, `*`, which denies.
pub(in crate::network) fn deciding<'a>(
    acl: &'a NetworkAcl,
    direction: Direction,
    packet: &Packet,
) -> Option<&'a AclEntry> {
    entries(acl, direction)
        .filter(|entry| fit(entry, direction, packet).whole())
        .min_by_key(|entry| entry.number)
}
