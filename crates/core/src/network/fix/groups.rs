//! Cures at security groups: one rule in one of them, for one port, and for as few on the other side as can be named.

use super::{EVERYONE, Edit, Move, Spot, block_words, everyone, only};
use crate::call::{AuthorizeSecurityGroupEgress, AuthorizeSecurityGroupIngress, Call};
use crate::ids::SecurityGroupId;
use crate::network::walk::packet::Packet;
use crate::network::{Direction, IpProtocol, Part, Peer, Ports, Rule, RuleProtocol};

/// The ports of a rule that holds no more than a packet.
pub(super) fn ports(packet: &Packet) -> Ports {
    if packet.protocol.is_icmp() {
        Ports {
            from: packet.icmp.0.into(),
            to: packet.icmp.1.into(),
        }
    } else if packet.protocol.has_ports() {
        Ports::one(packet.to_port)
    } else {
        Ports::ALL
    }
}

pub(super) fn moves(at: &Spot<'_>) -> Vec<Move> {
    let (Part::SecurityGroups(groups, _), Some(packet)) = (&at.hop.part, &at.asked.packet) else {
        return Vec::new();
    };
    let direction = at.hop.direction;
    let peers = peers(at, packet, direction);
    let mut moves = Vec::new();
    for (peer, words, admitted) in &peers {
        for group in groups {
            let Some(found) = at.network.security_groups.get(group) else {
                continue;
            };
            let side = if direction == Direction::In {
                "from"
            } else {
                "out to"
            };
            let mut title = format!("Allow {} {side} {words}", packet.what());
            if groups.len() > 1 || direction == Direction::Out {
                title = format!("{title} in {}", found.name);
            }
            moves.push(Move {
                title,
                edits: vec![Edit::Call(allow(group, direction, packet, peer.clone()))],
                width: at.network.wearers(group).max(1) * admitted,
            });
        }
    }
    moves
}

/// Who may be named on the other side, each in words and with how many it lets through. The groups of the other side come first:
/// addresses of tasks change.
fn peers(at: &Spot<'_>, packet: &Packet, direction: Direction) -> Vec<(Peer, String, u64)> {
    let network = at.network;
    let address = match direction {
        Direction::In => packet.from,
        Direction::Out => packet.to,
    };
    let worn = at.asked.other.iter();
    let mut peers: Vec<(Peer, String, u64)> = worn
        .map(|group| {
            let found = network.security_groups.get(group);
            let name = found.map_or_else(|| group.to_string(), |found| found.name.clone());
            (
                Peer::Group(group.clone()),
                name,
                network.wearers(group).max(1),
            )
        })
        .collect();
    let block = only(address);
    peers.push((Peer::Block(block), block_words(&block), 1));
    if direction == Direction::Out {
        let lists = network.gateway_endpoints.values().map(|it| &it.prefix_list);
        let lists = lists.filter_map(|id| network.prefix_lists.get(id));
        for list in lists.filter(|list| list.holds(address).is_some()) {
            let peer = Peer::PrefixList(list.id.clone());
            peers.push((peer, list.name.clone(), 256));
        }
    }
    if at.is_anyone(address) {
        let block = everyone(address);
        peers.push((Peer::Block(block), block_words(&block), EVERYONE));
    }
    peers
}

fn allow(group: &SecurityGroupId, direction: Direction, packet: &Packet, peer: Peer) -> Call {
    let rule = Rule {
        id: "".into(),
        protocol: RuleProtocol::Only(IpProtocol(packet.protocol.0)),
        ports: ports(packet),
        peer,
    };
    let (group_id, ip_permissions) = (group.clone(), vec![rule.permission()]);
    match direction {
        Direction::In => AuthorizeSecurityGroupIngress {
            group_id,
            ip_permissions,
        }
        .into(),
        Direction::Out => AuthorizeSecurityGroupEgress {
            group_id,
            ip_permissions,
        }
        .into(),
    }
}
