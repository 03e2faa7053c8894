//! Near misses: what would have let a packet pass but for one thing.

use super::acl::{self, Fit};
use super::packet::Packet;
use super::routes::{self, Chosen};
use super::{Hidden, Travel, groups};
use crate::ids::SecurityGroupId;
use crate::network::{
    AclEntry, Bound, Code, Direction, Interface, Lack, LoadBalancer, NearMiss, Network, NetworkAcl,
    Peer, Ports, RouteDestination, RouteTable, Rule, RuleProtocol,
};
use ipnet::IpNet;
use std::net::IpAddr;

/// Near misses that are told at most: the rest is no nearer.
const TOLD: usize = 5;

/// An entry in words: `rule 100 allows all`, `rule 90 denies TCP 22 from 10.0.0.0/8`.
pub(super) fn entry_words(entry: &AclEntry) -> String {
    let verb = if entry.allow { "allows" } else { "denies" };
    let what = match entry.protocol {
        RuleProtocol::All => "all".to_owned(),
        RuleProtocol::Only(protocol) if protocol.has_ports() && entry.ports != Ports::ALL => {
            format!("{protocol} {}", entry.ports)
        }
        RuleProtocol::Only(protocol) => protocol.to_string(),
    };
    let side = if entry.egress { "to" } else { "from" };
    if entry.block == IpNet::default() {
        format!("rule {} {verb} {what}", entry.number)
    } else {
        format!("rule {} {verb} {what} {side} {}", entry.number, entry.block)
    }
}

/// The one thing that is missing, if it is one thing.
fn lack(fit: Fit) -> Option<Lack> {
    match (fit.protocol, fit.port, fit.peer) {
        (true, false, true) => Some(Lack::Port),
        // the ports of another protocol are not held against it
        (false, _, true) => Some(Lack::Protocol),
        (true, true, false) => Some(Lack::Peer),
        _ => None,
    }
}

fn other_family(block: &IpNet, address: IpAddr) -> bool {
    matches!(block, IpNet::V4(_)) != address.is_ipv4()
}

fn words(
    lacks: Lack,
    protocol: RuleProtocol,
    ports: Ports,
    peer: &str,
    direction: Direction,
) -> String {
    let side = match direction {
        Direction::In => "it came from",
        Direction::Out => "it went to",
    };
    match lacks {
        Lack::Port => {
            let icmp = matches!(protocol, RuleProtocol::Only(only) if only.is_icmp());
            let what = if icmp { "type" } else { "port" };
            let value = if icmp {
                ports.from.to_string()
            } else {
                ports.to_string()
            };
            format!("would match if the {what} were {value}")
        }
        Lack::Protocol => match protocol {
            RuleProtocol::Only(only) => format!("would match if the protocol were {only}"),
            RuleProtocol::All => "would match".to_owned(),
        },
        Lack::Family => format!("is for the other address family: {peer}"),
        _ => format!("would match if {side} {peer}"),
    }
}

/// Why an interface's groups do not admit a packet, and which rules nearly do.
pub(super) fn rules(
    network: &Network,
    of: &Interface,
    direction: Direction,
    it: &Travel<'_>,
    other: &[SecurityGroupId],
) -> (Code, Vec<NearMiss>) {
    let address = match direction {
        Direction::In => it.packet.from,
        Direction::Out => it.packet.to,
    };
    let hidden = it.hidden.filter(|_| direction == Direction::In);
    let mut code = Code::SgHasNoRules;
    let mut near = Vec::new();
    for (group, rule) in groups::rules(network, of, direction) {
        if code == Code::SgHasNoRules {
            code = Code::EniSgRulesMismatch;
        }
        let miss = |lacks, words| NearMiss {
            id: rule.id.to_string(),
            rule: format!("{}: {rule}", group.name),
            lacks,
            words,
        };
        let fit =
            |worn: &[SecurityGroupId]| groups::fit(network, rule, direction, &it.packet, worn);
        let would = hidden.filter(|(worn, _)| fit(worn).whole());
        if let Some((_, by)) = would {
            // what went over the Internet is an ordinary packet from there: no reference was ever to hold it
            if matches!(by, Hidden::Middlebox | Hidden::Region) {
                code = Code::SgReferencesNotPreserved;
            }
            near.push(miss(Lack::Membership, membership(rule, by)));
            continue;
        }
        let Some(mut lacks) = lack(fit(other)) else {
            continue;
        };
        if let (Lack::Peer, Peer::Block(block)) = (lacks, &rule.peer)
            && other_family(block, address)
        {
            lacks = Lack::Family;
        }
        let peer = rule.peer.to_string();
        let words = words(lacks, rule.protocol, rule.ports, &peer, direction);
        near.push(miss(lacks, words));
    }
    near.sort_by_key(|miss| rank(miss.lacks));
    near.truncate(TOLD);
    (code, near)
}

/// The nearest first: what needs no other sender, then what needs the least of another rule.
fn rank(lacks: Lack) -> u8 {
    match lacks {
        Lack::Membership => 0,
        Lack::Order => 1,
        Lack::State => 2,
        Lack::Family => 3,
        Lack::Port => 4,
        Lack::Protocol => 5,
        Lack::Peer => 6,
    }
}

fn membership(rule: &Rule, by: Hidden) -> String {
    let group = &rule.peer;
    match by {
        Hidden::Middlebox => format!(
            "would match if the packet had not been forwarded by another interface: that the sender wears {group} is not known any more"
        ),
        Hidden::Translation => format!(
            "would match if the sender used the private address: {group} stands for private addresses, and a gateway changed the sender's"
        ),
        Hidden::Region => format!(
            "would match if both VPCs were in one Region: {group} is not known in the other"
        ),
        Hidden::Balancer => format!(
            "would match if the sender connected by itself: through the load balancer it is not known to wear {group}"
        ),
    }
}

/// Which entries of an ACL nearly let a packet pass, where `by` denies it.
pub(super) fn entries(
    list: &NetworkAcl,
    by: Option<&AclEntry>,
    direction: Direction,
    packet: &Packet,
) -> Vec<NearMiss> {
    let address = match direction {
        Direction::In => packet.from,
        Direction::Out => packet.to,
    };
    let mut near: Vec<NearMiss> = acl::entries(list, direction)
        .filter(|entry| entry.allow)
        .filter_map(|entry| {
            let fit = acl::fit(entry, direction, packet);
            let (lacks, words) = match by {
                Some(by) if fit.whole() => (
                    Lack::Order,
                    format!("would match if its number were below {}", by.number),
                ),
                _ => {
                    let mut lacks = lack(fit)?;
                    if lacks == Lack::Peer && other_family(&entry.block, address) {
                        lacks = Lack::Family;
                    }
                    let peer = entry.block.to_string();
                    (
                        lacks,
                        words(lacks, entry.protocol, entry.ports, &peer, direction),
                    )
                }
            };
            Some(NearMiss {
                id: entry.number.to_string(),
                rule: entry_words(entry),
                lacks,
                words,
            })
        })
        .collect();
    near.sort_by_key(|miss| rank(miss.lacks));
    near.truncate(TOLD);
    near
}

/// The default route of the other family, where a table has none for an address.
pub(super) fn no_route(table: &RouteTable, to: IpAddr) -> Vec<NearMiss> {
    let default = |block: &IpNet| block.prefix_len() == 0 && other_family(block, to);
    let routes = table.routes.iter().filter(
        |route| matches!(&route.destination, RouteDestination::Block(block) if default(block)),
    );
    let near = routes.map(|route| NearMiss {
        id: route.destination.to_string(),
        rule: format!("{} to {}", route.destination, route.target),
        lacks: Lack::Family,
        words: format!("is for the other address family: {to} needs a route of its own"),
    });
    near.take(TOLD).collect()
}

/// A dead route, and the shorter ones that work but do not win.
pub(super) fn dead_route(
    network: &Network,
    table: &RouteTable,
    dead: &Chosen<'_>,
    to: IpAddr,
) -> Vec<NearMiss> {
    let mut near = vec![NearMiss {
        id: dead.destination.to_string(),
        rule: format!("{} to {}", dead.destination, dead.target),
        lacks: Lack::State,
        words: format!("would lead on if {} worked", dead.target),
    }];
    let others = routes::beaten(network, table, to).into_iter();
    let alive = others.filter(|other| !network.route_is_dead(table, &other.target));
    near.extend(alive.take(TOLD - 1).map(|other| NearMiss {
        id: other.destination.to_string(),
        rule: format!("{} to {}", other.destination, other.target),
        lacks: Lack::Order,
        words: format!(
            "would lead on if {} were not there: the longer prefix wins",
            dead.destination
        ),
    }));
    near
}

/// The listeners that a load balancer does have.
pub(super) fn listeners(balancer: &LoadBalancer) -> Vec<NearMiss> {
    let near = balancer.listeners.iter().map(|listener| NearMiss {
        id: listener.port.to_string(),
        rule: format!("{}:{}", listener.protocol, listener.port),
        lacks: Lack::Port,
        words: format!(
            "would take it if it were {} {}",
            listener.protocol, listener.port
        ),
    });
    near.take(TOLD).collect()
}

/// What listens on the port, but on localhost only, or not there.
pub(super) fn localhost(target: &Interface, packet: &Packet) -> Vec<NearMiss> {
    let here = target
        .listeners
        .iter()
        .filter(|it| it.protocol == packet.protocol && it.port == packet.to_port);
    let near = here.map(|listener| NearMiss {
        id: listener.port.to_string(),
        rule: match listener.bound {
            Bound::Address => format!(
                "{} listens on port {}, not on localhost",
                listener.name, listener.port
            ),
            _ => format!("{} listens on localhost:{}", listener.name, listener.port),
        },
        lacks: Lack::Peer,
        words: "would answer if it listened on all addresses".to_owned(),
    });
    near.collect()
}
