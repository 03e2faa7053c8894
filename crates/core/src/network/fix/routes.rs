//! Cures at route tables: a route for as little as is asked, to what works; another table; or a dead route out of the way.

use super::route_calls::{create, delete, replace};
use super::{EVERYONE, Edit, Move, Spot, everyone, only, size};
use crate::call::{
    AcceptVpcPeeringConnection, AssociateRouteTable, AttachInternetGateway, Call,
    ModifyVpcEndpoint, ReplaceRouteTableAssociation,
};
use crate::network::walk::routes::deciding;
use crate::network::{
    NatState, Network, Part, PeeringStatus, RouteDestination, RouteTable, Subnet, Target,
    route_table_association,
};
use ipnet::IpNet;
use std::net::IpAddr;

/// Cures where a route table stopped it.
pub(super) fn moves(at: &Spot<'_>) -> Vec<Move> {
    let Part::RouteTable(table, subnet) = &at.hop.part else {
        return Vec::new();
    };
    let network = at.network;
    match (
        network.route_tables.get(table),
        network.subnets.get(subnet),
        &at.asked.packet,
    ) {
        (Some(table), Some(subnet), Some(packet)) => {
            lead(at, table, subnet, packet.to, at.asked.back_to.as_ref())
        }
        _ => Vec::new(),
    }
}

/// Cures where a route led to the wrong place: the routes of the table that was asked last.
pub(super) fn elsewhere(at: &Spot<'_>) -> Vec<Move> {
    let network = at.network;
    let mut hops = at.trace.hops.iter().rev().map(|hop| &hop.part);
    let asked = hops.find_map(|part| match part {
        Part::RouteTable(_, subnet) => network.subnets.get(subnet),
        _ => None,
    });
    match (asked, &at.asked.packet) {
        (Some(subnet), Some(packet)) => of_subnet(at, subnet, packet.to),
        _ => Vec::new(),
    }
}

/// Ways for a subnet to lead to an address.
pub(super) fn of_subnet(at: &Spot<'_>, subnet: &Subnet, to: IpAddr) -> Vec<Move> {
    at.network
        .route_table_of(subnet)
        .map_or_else(Vec::new, |table| lead(at, table, subnet, to, None))
}

/// Ways to lead to an address: on the way back, only to where it came from.
fn lead(
    at: &Spot<'_>,
    table: &RouteTable,
    subnet: &Subnet,
    to: IpAddr,
    back_to: Option<&Target>,
) -> Vec<Move> {
    let network = at.network;
    let mut moves = Vec::new();
    let dead = deciding(network, table, to)
        .filter(|route| network.route_is_dead(table, &route.target))
        .map(|route| route.target);
    if let Some(dead) = &dead {
        moves.extend(revive(network, table, dead));
    }
    let users = users(network, table);
    // a route that is in the way
    let written = table
        .routes
        .iter()
        .filter(|route| holds(network, &route.destination, to));
    for route in written.filter(|_| dead.is_some() || back_to == Some(&Target::Local)) {
        moves.push(Move {
            title: format!("Remove the route {} to {}", route.destination, route.target),
            edits: vec![Edit::Call(delete(table, &route.destination))],
            width: users * 64,
        });
    }
    let targets = match back_to {
        Some(Target::Local) => Vec::new(),
        Some(target) => vec![(Vec::new(), target.clone())],
        None => targets(at, table, subnet, to),
    };
    for block in blocks(at, table, to) {
        for (before, target) in &targets {
            moves.extend(led(network, table, block, before, target, users));
        }
    }
    moves.extend(endpoints(network, table, to, users));
    moves.extend(other_tables(network, table, subnet, to, back_to));
    moves
}

fn holds(network: &Network, destination: &RouteDestination, to: IpAddr) -> bool {
    match destination {
        RouteDestination::Block(block) => block.contains(&to),
        RouteDestination::PrefixList(list) => network
            .prefix_lists
            .get(list)
            .is_some_and(|list| list.holds(to).is_some()),
    }
}

/// How many interfaces a table leads.
fn users(network: &Network, table: &RouteTable) -> u64 {
    let led = network.interfaces.values().filter(|interface| {
        let subnet = network.subnets.get(&interface.subnet);
        let found = subnet.and_then(|subnet| network.route_table_of(subnet));
        found.is_some_and(|found| found.id == table.id)
    });
    (led.count() as u64).max(1)
}

/// What a dead route needs to work again.
fn revive(network: &Network, table: &RouteTable, dead: &Target) -> Option<Move> {
    match dead {
        Target::InternetGateway(id) => attach(network, table, id.as_str()),
        Target::Peering(id) => accept(network, id).map(|edit| Move {
            title: format!("Accept {id}"),
            edits: vec![edit],
            width: 8,
        }),
        _ => None,
    }
}

/// Attaches an internet gateway that is attached to nothing, to a VPC that has none.
pub(super) fn attach(network: &Network, table: &RouteTable, gateway: &str) -> Option<Move> {
    let gateway = network.internet_gateways.get(&gateway.into())?;
    let free = gateway.vpc.is_none() && network.internet_gateway_of(&table.vpc).is_none();
    let call = AttachInternetGateway {
        internet_gateway_id: gateway.id.clone(),
        vpc_id: table.vpc.clone(),
    };
    free.then(|| Move {
        title: format!(
            "Attach the internet gateway {} to {}",
            gateway.id, table.vpc
        ),
        edits: vec![Edit::Call(call.into())],
        width: 64,
    })
}

fn accept(network: &Network, id: &crate::ids::VpcPeeringConnectionId) -> Option<Edit> {
    let status = network.peerings.get(id)?.status;
    let call = AcceptVpcPeeringConnection {
        vpc_peering_connection_id: id.clone(),
    };
    (status == PeeringStatus::PendingAcceptance).then(|| Edit::Call(call.into()))
}

/// The blocks that a route may be for, the smallest first.
fn blocks(at: &Spot<'_>, table: &RouteTable, to: IpAddr) -> Vec<IpNet> {
    let network = at.network;
    let own = network.vpcs.get(&table.vpc);
    if own.is_some_and(|vpc| vpc.holds(to)) {
        // within the VPC only whole subnets can be led elsewhere
        let subnets = network.subnets.values().filter(|it| it.vpc == table.vpc);
        let subnet = subnets.into_iter().find(|subnet| subnet.holds(to));
        return subnet
            .and_then(|subnet| match to {
                IpAddr::V4(_) => Some(IpNet::V4(subnet.cidr)),
                IpAddr::V6(_) => subnet.ipv6_cidr.map(IpNet::V6),
            })
            .into_iter()
            .collect();
    }
    if at.is_anyone(to) {
        return vec![everyone(to)];
    }
    let mut far = network.vpcs.values().flat_map(|vpc| vpc.blocks());
    let wider = far
        .find(|block| block.contains(&to))
        .unwrap_or(everyone(to));
    vec![only(to), wider]
}

/// Where a route from a subnet may lead, each with what has to be done before.
fn targets(
    at: &Spot<'_>,
    table: &RouteTable,
    subnet: &Subnet,
    to: IpAddr,
) -> Vec<(Vec<Edit>, Target)> {
    let network = at.network;
    let mut found: Vec<(Vec<Edit>, Target)> = Vec::new();
    for peering in network.peerings.values() {
        let far = peering
            .other(&table.vpc)
            .and_then(|other| network.vpcs.get(other));
        if far.is_some_and(|far| far.holds(to)) {
            let target = Target::Peering(peering.id.clone());
            match peering.status {
                PeeringStatus::Active => found.push((Vec::new(), target)),
                _ => found.extend(accept(network, &peering.id).map(|edit| (vec![edit], target))),
            }
        }
    }
    if !network.is_outside(to) {
        return found;
    }
    if let Some(gateway) = network.internet_gateway_of(&table.vpc) {
        found.push((Vec::new(), Target::InternetGateway(gateway.id.clone())));
    } else {
        let mut gateways = network.internet_gateways.values();
        let attached =
            gateways.find_map(|free| Some((free, attach(network, table, free.id.as_str())?)));
        found.extend(
            attached.map(|(free, it)| (it.edits, Target::InternetGateway(free.id.clone()))),
        );
    }
    for nat in network.nat_gateways.values() {
        let there = network.subnets.get(&nat.subnet);
        let usable = nat.state == NatState::Available
            && nat.subnet != subnet.id
            && there.is_some_and(|there| there.vpc == table.vpc);
        if usable && to.is_ipv4() {
            found.push((Vec::new(), Target::NatGateway(nat.id.clone())));
        }
    }
    let mut egress_only = network.egress_only_gateways.values();
    let egress_only = egress_only.find(|it| it.vpc.as_ref() == Some(&table.vpc));
    if let (Some(gateway), IpAddr::V6(_)) = (egress_only, to) {
        found.push((Vec::new(), Target::EgressOnlyGateway(gateway.id.clone())));
    }
    found
}

/// A route in a table, in the place of one for the same block.
fn led(
    network: &Network,
    table: &RouteTable,
    block: IpNet,
    before: &[Edit],
    target: &Target,
    users: u64,
) -> Option<Move> {
    let destination = RouteDestination::Block(block);
    let there = table
        .routes
        .iter()
        .find(|route| route.destination == destination);
    if there.is_some_and(|route| route.target == *target) && before.is_empty() {
        return None;
    }
    let mut edits = before.to_vec();
    if there.is_none_or(|route| route.target != *target) {
        let local = network
            .vpcs
            .get(&table.vpc)
            .is_some_and(|vpc| vpc.blocks().any(|own| own == block));
        let call = create(table, block, target)?;
        edits.push(Edit::Call(if there.is_some() || local {
            replace(call)
        } else {
            call.into()
        }));
    }
    // who has the route already is led elsewhere: that may take something from others
    let price = if there.is_some() { EVERYONE } else { 0 };
    let name = if table.name.is_empty() {
        table.id.as_str()
    } else {
        &table.name
    };
    Some(Move {
        title: format!(
            "{} the route {block} to {target} in {name}",
            if there.is_some() { "Change" } else { "Add" }
        ),
        edits,
        width: users.saturating_mul(size(&block)) + price,
    })
}

/// Gateway endpoints of a service at an address, that the table does not lead to yet.
fn endpoints(network: &Network, table: &RouteTable, to: IpAddr, users: u64) -> Vec<Move> {
    let all = network.gateway_endpoints.values();
    let usable = all.filter(|it| it.vpc == table.vpc && !it.route_tables.contains(&table.id));
    let usable = usable.filter(|it| {
        let list = network.prefix_lists.get(&it.prefix_list);
        list.is_some_and(|list| list.holds(to).is_some())
    });
    let name = if table.name.is_empty() {
        table.id.as_str()
    } else {
        &table.name
    };
    usable
        .map(|endpoint| Move {
            title: format!(
                "Add {name} to the route tables of the endpoint {}",
                endpoint.id
            ),
            edits: vec![Edit::Call(
                ModifyVpcEndpoint {
                    vpc_endpoint_id: endpoint.id.clone(),
                    add_route_table_ids: vec![table.id.clone()],
                    ..ModifyVpcEndpoint::default()
                }
                .into(),
            )],
            width: users * 2,
        })
        .collect()
}

/// Other tables of the VPC that lead there, for the subnet.
fn other_tables(
    network: &Network,
    table: &RouteTable,
    subnet: &Subnet,
    to: IpAddr,
    back_to: Option<&Target>,
) -> Vec<Move> {
    let others = network.route_tables.values();
    let others = others.filter(|other| other.vpc == table.vpc && other.id != table.id);
    let leads = |other: &RouteTable| {
        deciding(network, other, to).is_some_and(|route| {
            let alive = !network.route_is_dead(other, &route.target);
            alive && back_to.is_none_or(|wanted| *wanted == route.target)
        })
    };
    let here = network.interfaces.values();
    let here = here.filter(|it| it.subnet == subnet.id).count() as u64;
    others
        .filter(|other| leads(other))
        .map(|other| {
            let call: Call = if subnet.route_table.is_some() {
                ReplaceRouteTableAssociation {
                    association_id: route_table_association(&subnet.id),
                    route_table_id: other.id.clone(),
                }
                .into()
            } else {
                AssociateRouteTable {
                    route_table_id: other.id.clone(),
                    subnet_id: subnet.id.clone(),
                }
                .into()
            };
            let name = if other.name.is_empty() {
                other.id.as_str()
            } else {
                &other.name
            };
            Move {
                title: format!("Give {} the route table {name}", subnet.title()),
                edits: vec![Edit::Call(call)],
                width: here.max(1).saturating_mul(2 * EVERYONE),
            }
        })
        .collect()
}
