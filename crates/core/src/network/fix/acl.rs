//! Cures at network ACLs: an entry with a number before the one that denies, for one other side and one port; for answers, the
//! range that clients open connections from.

use super::{EVERYONE, Edit, Move, Spot, block_words, everyone, groups, only};
use crate::call::{CreateNetworkAclEntry, IcmpTypeCode, PortRange, ReplaceNetworkAclEntry};
use crate::ids::NetworkAclId;
use crate::network::walk::packet::Packet;
use crate::network::{AclEntry, Direction, NetworkAcl, Part, Phase, Ports, RuleProtocol};
use ipnet::IpNet;

/// The ports that Linux opens connections from. Source: 'Ephemeral ports' of the VPC guide.
const LINUX: Ports = Ports {
    from: 32_768,
    to: 60_999,
};
/// Those of any client, of NAT gateways and of load balancers. Source: the same.
const ANY_CLIENT: Ports = Ports {
    from: 1_024,
    to: 65_535,
};
/// The highest number of an entry.
const LAST: u16 = 32_766;

pub(super) fn moves(at: &Spot<'_>) -> Vec<Move> {
    let (Part::SubnetAcl { acl, entry, .. }, Some(packet)) = (&at.hop.part, &at.asked.packet)
    else {
        return Vec::new();
    };
    let Some(list) = at.network.network_acls.get(acl) else {
        return Vec::new();
    };
    let (direction, phase) = (at.hop.direction, at.hop.phase);
    let address = match direction {
        Direction::In => packet.from,
        Direction::Out => packet.to,
    };
    let (block, admitted) = if at.is_anyone(address) {
        (everyone(address), EVERYONE)
    } else {
        (only(address), 1)
    };
    let ports = ports(at, packet, phase);
    let wanted = AclEntry {
        number: 0,
        egress: direction == Direction::Out,
        protocol: RuleProtocol::Only(packet.protocol),
        ports,
        block,
        allow: true,
    };
    let Some(edits) = edits(list, *entry, &wanted) else {
        return Vec::new();
    };
    let what = if phase == Phase::Return {
        format!("answers on {} {ports}", packet.protocol)
    } else {
        packet.what()
    };
    let side = match direction {
        Direction::In => "from",
        Direction::Out => "out to",
    };
    let name = if list.name.is_empty() {
        list.id.as_str()
    } else {
        &list.name
    };
    vec![Move {
        title: format!("Let {what} {side} {} through {name}", block_words(&block)),
        edits,
        width: neighbours(at, acl) * admitted,
    }]
}

/// How many interfaces are behind an ACL.
fn neighbours(at: &Spot<'_>, acl: &NetworkAclId) -> u64 {
    let network = at.network;
    let behind = network.interfaces.values().filter(|interface| {
        let subnet = network.subnets.get(&interface.subnet);
        let found = subnet.and_then(|subnet| network.network_acl_of(subnet));
        found.is_some_and(|found| found.id == *acl)
    });
    (behind.count() as u64).max(1)
}

/// The ports of an entry: of answers, all that the client may have chosen.
fn ports(at: &Spot<'_>, packet: &Packet, phase: Phase) -> Ports {
    if phase == Phase::Forward || !packet.protocol.has_ports() {
        return groups::ports(packet);
    }
    let mut parts = at.trace.hops.iter().map(|hop| &hop.part);
    let by_part = parts.any(|part| matches!(part, Part::NatGateway(_) | Part::LoadBalancer(_)));
    let other = at.network.is_outside(packet.to);
    let holds = |ports: Ports| (ports.from..=ports.to).contains(&i32::from(packet.to_port));
    if !by_part && !other && holds(LINUX) {
        LINUX
    } else if holds(ANY_CLIENT) {
        ANY_CLIENT
    } else {
        groups::ports(packet)
    }
}

/// An entry of a number before the one that denies. Where all of those are taken, the one that denies moves up by one.
fn edits(list: &NetworkAcl, denied_by: Option<u16>, wanted: &AclEntry) -> Option<Vec<Edit>> {
    let numbers: Vec<u16> = list
        .entries
        .iter()
        .filter(|entry| entry.egress == wanted.egress)
        .map(|entry| entry.number)
        .collect();
    let free = |number: &u16| !numbers.contains(number);
    let Some(before) = denied_by else {
        let highest = numbers.iter().copied().max().unwrap_or(90);
        let next = (highest / 10 + 1) * 10;
        let number = if next <= LAST {
            next
        } else {
            (1..=LAST).rev().find(free)?
        };
        return Some(vec![create(list, wanted, number)]);
    };
    let rounds = (1..before)
        .rev()
        .find(|number| free(number) && number % 10 == 0);
    let number = rounds.or_else(|| (1..before).rev().find(free));
    if let Some(number) = number {
        return Some(vec![create(list, wanted, number)]);
    }
    let mut all = list.entries.iter();
    let denies = all.find(|it| it.number == before && it.egress == wanted.egress)?;
    let up = before.checked_add(1).filter(|up| *up <= LAST && free(up))?;
    let CreateNetworkAclEntry {
        network_acl_id,
        rule_number,
        protocol,
        rule_action,
        egress,
        cidr_block,
        ipv6_cidr_block,
        port_range,
        icmp_type_code,
    } = entry(list, wanted, before);
    let replace = ReplaceNetworkAclEntry {
        network_acl_id,
        rule_number,
        protocol,
        rule_action,
        egress,
        cidr_block,
        ipv6_cidr_block,
        port_range,
        icmp_type_code,
    };
    Some(vec![create(list, denies, up), Edit::Call(replace.into())])
}

fn create(list: &NetworkAcl, wanted: &AclEntry, number: u16) -> Edit {
    Edit::Call(entry(list, wanted, number).into())
}

fn entry(list: &NetworkAcl, wanted: &AclEntry, number: u16) -> CreateNetworkAclEntry {
    let (protocol, only) = match wanted.protocol {
        RuleProtocol::All => ("-1".to_owned(), None),
        RuleProtocol::Only(only) => (only.rule_name(), Some(only)),
    };
    let Ports { from, to } = wanted.ports;
    let block = wanted.block.to_string();
    let (cidr_block, ipv6_cidr_block) = match wanted.block {
        IpNet::V4(_) => (Some(block), None),
        IpNet::V6(_) => (None, Some(block)),
    };
    CreateNetworkAclEntry {
        network_acl_id: list.id.clone(),
        rule_number: number.into(),
        protocol,
        rule_action: if wanted.allow { "allow" } else { "deny" }.to_owned(),
        egress: wanted.egress,
        cidr_block,
        ipv6_cidr_block,
        port_range: only
            .filter(|only| only.has_ports())
            .map(|_| PortRange { from, to }),
        icmp_type_code: only.filter(|only| only.is_icmp()).map(|_| IcmpTypeCode {
            r#type: from,
            code: to,
        }),
    }
}
