//! The pairs: each looked up in the tables, in the order in which the walk would ask.

use super::classes::{classes, listens};
use super::gates::{Doors, Gates, Leads, Place};
use super::{ANYONE, ANYONE_IPV6, Bits, Class, Pairs, ProtocolPort, Table};
use crate::network::{
    CLIENT_PORT, Direction, Endpoint, Flow, Interface, Network, Part, Phase, Trace,
};
use std::net::IpAddr;

pub(super) fn all_pairs(network: &Network, ports: &[ProtocolPort]) -> Pairs {
    let mut classes = classes(network, ports);
    // an interface in no subnet is none that a packet could reach
    classes.retain(|class| network.subnets.get(&class.subnet).is_some());
    let first = |class: &Class| network.interfaces.get(class.members.first()?);
    let all: Vec<&Interface> = classes
        .iter()
        .filter_map(|class| first(class).map(AsRef::as_ref))
        .collect();
    let gates = Gates::new(network, &all, false);
    let any_ipv6 = ports.iter().any(|on| on.ipv6);
    let ipv6 = any_ipv6.then(|| Gates::new(network, &all, true));
    let table = |on: &ProtocolPort| {
        let gates = ipv6.as_ref().filter(|_| on.ipv6).unwrap_or(&gates);
        table(network, gates, *on)
    };
    let tables = ports.iter().map(table).collect();
    let place = classes.iter().enumerate().flat_map(|(place, class)| {
        let members = class.members.iter();
        members.map(move |id| (id.clone(), place))
    });
    Pairs {
        ports: ports.to_vec(),
        place: place.collect(),
        classes,
        tables,
    }
}

/// A connection to an address on a port.
fn flow(from: Endpoint, to: IpAddr, on: ProtocolPort) -> Flow {
    let ping = Flow::ping(from.clone(), to);
    if ping.protocol == on.protocol {
        return ping;
    }
    let source_port = if on.protocol.has_ports() {
        CLIENT_PORT
    } else {
        0
    };
    Flow {
        protocol: on.protocol,
        source_port,
        ..Flow::tcp(from, to, on.port)
    }
}

fn table(network: &Network, gates: &Gates<'_>, on: ProtocolPort) -> Table {
    let len = gates.places.len();
    let anyone = if on.ipv6 {
        IpAddr::V6(ANYONE_IPV6)
    } else {
        IpAddr::V4(ANYONE)
    };
    let sample = flow(Endpoint::Internet(anyone), anyone, on);
    let doors = gates.doors(on, sample.source_port, sample.icmp);
    let listening: Vec<bool> = gates
        .places
        .iter()
        .map(|it| listens(it.interface, on))
        .collect();
    let nodes: Vec<bool> = gates
        .places
        .iter()
        .map(|it| is_node(network, it.interface))
        .collect();
    let mut table = Table {
        rows: Vec::with_capacity(len),
        from_internet: Bits::none(len),
        to_internet: Bits::none(len),
    };
    for (from, a) in gates.places.iter().enumerate() {
        let mut row = Bits::none(len);
        for (to, b) in gates.places.iter().enumerate() {
            let known = if nodes[to] {
                None
            } else if listening[to] {
                pair(gates, &doors, (from, a), (to, b))
            } else {
                Some(false)
            };
            if known.unwrap_or_else(|| from != to && walked(network, a, b, on)) {
                row.add(to);
            }
        }
        table.rows.push(row);
        let own = Endpoint::Interface(a.interface.id.clone());
        if network.walk(&flow(own, anyone, on)).delivered() {
            table.to_internet.add(from);
        }
        let public = if on.ipv6 {
            a.address
        } else {
            a.interface.public_ip.map(IpAddr::V4)
        };
        let inward = public.is_some_and(|public| {
            let flow = flow(Endpoint::Internet(anyone), public, on);
            network.walk(&flow).delivered()
        });
        if inward {
            table.from_internet.add(from);
        }
    }
    table
}

/// Whether an interface is a node of a load balancer, which opens connections of its own.
fn is_node(network: &Network, interface: &Interface) -> bool {
    let mut all = network.load_balancers.values();
    all.any(|it| it.nodes.contains(&interface.id))
}

/// Whether one class reaches another; `None` where only the walk knows.
fn pair(
    gates: &Gates<'_>,
    doors: &Doors,
    (from, a): (usize, &Place<'_>),
    (to, b): (usize, &Place<'_>),
) -> Option<bool> {
    if a.address.is_none() || b.address.is_none() {
        return Some(false);
    }
    let out = !a.filters || doors.groups[a.groups].1.has(to);
    let into = !b.filters || doors.groups[b.groups].0.has(from);
    if a.in_subnet == b.in_subnet {
        return Some(out && into);
    }
    let same_vpc = a.in_vpc == b.in_vpc;
    if !same_vpc && (a.ambiguous || b.ambiguous) {
        return None;
    }
    let there = gates.routes[a.table][to];
    let back = gates.routes[b.table][from];
    match there {
        Leads::Further => return None,
        Leads::Nowhere => return Some(false),
        Leads::Local if !same_vpc => return Some(false),
        Leads::Local | Leads::Peering(_) => {}
    }
    if back != there {
        // another way back is none; what the walk would say of it does not matter
        return Some(false);
    }
    let [_, request_out, answer_in, _] = &doors.acls[a.acl];
    let [request_in, _, _, answer_out] = &doors.acls[b.acl];
    Some(
        out && into
            && request_out.has(to)
            && answer_in.has(to)
            && request_in.has(from)
            && answer_out.has(from),
    )
}

/// Whether the walk arrives where it is meant to, and comes back.
fn walked(network: &Network, from: &Place<'_>, to: &Place<'_>, on: ProtocolPort) -> bool {
    let Some(address) = to.address else {
        return false;
    };
    let own = Endpoint::Interface(from.interface.id.clone());
    let trace = network.walk(&flow(own, address, on));
    trace.delivered() && arrived(&trace, network, to.interface)
}

fn arrived(trace: &Trace, network: &Network, at: &Interface) -> bool {
    trace.hops.iter().any(|hop| {
        let inward = hop.phase == Phase::Forward && hop.direction == Direction::In;
        match &hop.part {
            Part::SecurityGroups(_, id) | Part::Interface(id) | Part::Listener(id, _) => {
                inward && *id == at.id
            }
            Part::LoadBalancer(id) => {
                let balancer = network.load_balancers.get(id);
                balancer.is_some_and(|it| it.nodes.contains(&at.id))
            }
            _ => false,
        }
    })
}
