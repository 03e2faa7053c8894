//! Which interfaces are one class.

use super::{Class, ProtocolPort, counts};
use crate::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId};
use crate::network::{Interface, Network, Owner, Peer, RouteDestination, Target};
use ipnet::IpNet;
use litemap::LiteMap;
use std::net::IpAddr;

/// What members of a class have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    subnet: SubnetId,
    groups: Vec<SecurityGroupId>,
    public: bool,
    ipv6: bool,
    /// Whether it is a node of an NLB: without groups that filters nothing.
    node: bool,
    listens: Vec<bool>,
    /// Which of the blocks that cut a subnet in pieces hold it.
    sides: Vec<bool>,
    /// What is itself named by something is alone.
    alone: Option<NetworkInterfaceId>,
}

/// The classes of a network, in the order of their first members.
pub(super) fn classes(network: &Network, ports: &[ProtocolPort]) -> Vec<Class> {
    let cuts = cuts(network);
    let named = named(network);
    let mut found: LiteMap<Key, Vec<NetworkInterfaceId>> = LiteMap::new();
    for interface in network.interfaces.values().filter(|it| counts(&it.owner)) {
        let address = IpAddr::V4(interface.private_ip);
        let mut groups = interface.groups.clone();
        groups.sort_unstable();
        let key = Key {
            subnet: interface.subnet.clone(),
            groups,
            public: interface.public_ip.is_some(),
            ipv6: interface.ipv6.is_some(),
            node: matches!(interface.owner, Owner::NetworkLoadBalancer(_)),
            listens: ports.iter().map(|port| listens(interface, *port)).collect(),
            sides: cuts
                .iter()
                .map(|block| {
                    let ipv6 = interface.ipv6.map(IpAddr::V6);
                    block.contains(&address) || ipv6.is_some_and(|it| block.contains(&it))
                })
                .collect(),
            alone: named
                .binary_search(&&interface.id)
                .is_ok()
                .then(|| interface.id.clone()),
        };
        match found.get_mut(&key) {
            Some(members) => members.push(interface.id.clone()),
            None => {
                found.insert(key, vec![interface.id.clone()]);
            }
        }
    }
    let mut classes: Vec<Class> = found
        .into_iter()
        .map(|(key, members)| Class {
            members,
            subnet: key.subnet,
            groups: key.groups,
            public: key.public,
        })
        .collect();
    classes.sort_by(|a, b| a.members.cmp(&b.members));
    classes
}

/// Whether something listens on a port of an interface.
pub(super) fn listens(interface: &Interface, on: ProtocolPort) -> bool {
    interface.answers_all
        || on.protocol.is_icmp()
        || interface
            .listeners
            .iter()
            .any(|it| it.protocol == on.protocol && it.port == on.port && it.hears(false))
}

/// The blocks that rules, entries, prefix lists and routes name, and that hold a part of a subnet and not the whole.
fn cuts(network: &Network) -> Vec<IpNet> {
    let mut blocks: Vec<IpNet> = Vec::new();
    for group in network.security_groups.values() {
        for rule in group.ingress.iter().chain(&group.egress) {
            if let Peer::Block(block) = rule.peer {
                blocks.push(block);
            }
        }
    }
    for acl in network.network_acls.values() {
        blocks.extend(acl.entries.iter().map(|entry| entry.block));
    }
    for list in network.prefix_lists.values() {
        blocks.extend(&list.blocks);
    }
    for table in network.route_tables.values() {
        for route in &table.routes {
            if let RouteDestination::Block(block) = route.destination {
                blocks.push(block);
            }
        }
    }
    blocks.sort_unstable();
    blocks.dedup();
    let subnets: Vec<IpNet> = network
        .subnets
        .values()
        .flat_map(|subnet| {
            let ipv6 = subnet.ipv6_cidr.map(IpNet::V6);
            std::iter::once(IpNet::V4(subnet.cidr)).chain(ipv6)
        })
        .collect();
    blocks.retain(|block| {
        subnets
            .iter()
            .any(|subnet| subnet != block && subnet.contains(block))
    });
    blocks
}

/// The interfaces that something names: nodes and targets of load balancers, and what routes lead to.
fn named(network: &Network) -> Vec<&NetworkInterfaceId> {
    let nodes = network.load_balancers.values().flat_map(|it| &it.nodes);
    let targets = network.target_groups.values().flat_map(|it| &it.targets);
    let mut named: Vec<&NetworkInterfaceId> = nodes
        .chain(targets.map(|target| &target.interface))
        .collect();
    for table in network.route_tables.values() {
        named.extend(table.routes.iter().filter_map(|route| match &route.target {
            Target::Interface(id) => Some(id),
            _ => None,
        }));
    }
    named.sort_unstable();
    named.dedup();
    named
}
