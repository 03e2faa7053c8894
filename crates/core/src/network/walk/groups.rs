//! The gate of an interface's security groups: one rule of any of them is enough.

use super::acl::Fit;
use super::packet::Packet;
use crate::ids::SecurityGroupId;
use crate::network::{
    Direction, Interface, Network, Peer, PeeringStatus, Rule, RuleProtocol, SecurityGroup,
};
use std::net::IpAddr;

/// All rules of an interface in a direction, with the group of each.
pub(in crate::network) fn rules<'a>(
    network: &'a Network,
    interface: &'a Interface,
    direction: Direction,
) -> impl Iterator<Item = (&'a SecurityGroup, &'a Rule)> {
    interface
        .groups
        .iter()
        .filter_map(|id| network.security_groups.get(id))
        .flat_map(move |group| {
            let group: &SecurityGroup = group;
            group.rules(direction).iter().map(move |rule| (group, rule))
        })
}

/// How a rule fits a packet, whose other side wears those groups.
pub(in crate::network) fn fit(
    network: &Network,
    rule: &Rule,
    direction: Direction,
    packet: &Packet,
    other: &[SecurityGroupId],
) -> Fit {
    let address = match direction {
        Direction::In => packet.from,
        Direction::Out => packet.to,
    };
    Fit {
        protocol: rule.protocol.holds(packet.protocol),
        port: rule.protocol == RuleProtocol::All
            || rule
                .ports
                .hold(packet.protocol, packet.to_port, packet.icmp),
        peer: match &rule.peer {
            Peer::Block(block) => block.contains(&address),
            Peer::Group(group) => other.contains(group),
            Peer::PrefixList(list) => network
                .prefix_lists
                .get(list)
                .is_some_and(|list| list.holds(address).is_some()),
        },
    }
}

/// The rule that admits a packet; `None` where none does.
pub(in crate::network) fn admitting<'a>(
    network: &'a Network,
    interface: &'a Interface,
    direction: Direction,
    packet: &Packet,
    other: &[SecurityGroupId],
) -> Option<&'a Rule> {
    rules(network, interface, direction)
        .map(|(_, rule)| rule)
        .find(|rule| fit(network, rule, direction, packet, other).whole())
}

/// The groups of the interface that has an address, as rules of an interface in a subnet see it: in its own VPC, and in those that
/// are peered with it in the same Region. Source: 'Update your security groups to reference peer security groups'.
pub(in crate::network) fn worn_at<'a>(
    network: &'a Network,
    interface: &Interface,
    address: IpAddr,
) -> &'a [SecurityGroupId] {
    let Some(subnet) = network.subnets.get(&interface.subnet) else {
        return &[];
    };
    let here = network.interface_at(&subnet.vpc, address);
    let found = here.or_else(|| {
        network
            .peerings
            .values()
            .filter(|peering| peering.status == PeeringStatus::Active && peering.same_region)
            .filter_map(|peering| peering.other(&subnet.vpc))
            .find_map(|vpc| network.interface_at(vpc, address))
    });
    found.map_or(&[], |found| &found.groups)
}
