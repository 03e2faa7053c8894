//! Cures at the other parts: gateways, NAT gateways, interfaces that forward, names.

use super::{Edit, Move, Spot, routes};
use crate::call::{
    AttributeBooleanValue, Call, ModifyNetworkInterfaceAttribute, ModifyVpcAttribute,
    ModifyVpcEndpoint,
};
use crate::ids::{NetworkInterfaceId, VpcId};
use crate::network::{Code, Endpoint, NatGateway, Part};

/// What an attribute of a VPC, or of an endpoint for all of it, counts for.
const WHOLE_VPC: u64 = 1 << 12;
/// What it counts for that a task is stopped, and then reached by a public address: more than any route.
const PUBLIC: u64 = 1 << 36;

pub(super) fn moves(at: &Spot<'_>) -> Vec<Move> {
    let Some(code) = at.trace.code() else {
        return Vec::new();
    };
    match code {
        Code::IgwPublicIpAssociationForEgress => {
            let mut moves = sender(at).map_or_else(Vec::new, |id| run_again(at, &id));
            moves.extend(routes::elsewhere(at));
            moves
        }
        Code::IgwPrivateIpAssociationForIngress | Code::UnroutablePrivateDestination => {
            let mut moves = at
                .question
                .to
                .as_ref()
                .map_or_else(Vec::new, |id| run_again(at, id));
            moves.extend(gateway(at));
            moves
        }
        Code::EigwNoInbound => gateway(at),
        Code::IgwDestinationAddressNotInRfc1918Egress
        | Code::IgwDestinationAddressNotInRfc6598Egress
        | Code::PcxRequiresAddressInVpcCidr
        | Code::NgwRequiresSourceInVpc
        | Code::ProtocolRestriction
        | Code::BadState
        | Code::NatSameSubnetLoop => routes::elsewhere(at),
        Code::NatNotInPublicSubnet => {
            let mut moves = of_nat(at);
            moves.extend(routes::elsewhere(at));
            moves
        }
        Code::EniSourceDestCheckRestriction => unchecked(at),
        Code::DnsDisabled | Code::NxDomain => names(at),
        _ => Vec::new(),
    }
}

fn sender(at: &Spot<'_>) -> Option<NetworkInterfaceId> {
    match &at.question.flow.from {
        Endpoint::Interface(id) => Some(id.clone()),
        Endpoint::Internet(_) => None,
    }
}

/// A task that has no public address gets one when it is run again.
fn run_again(at: &Spot<'_>, id: &NetworkInterfaceId) -> Vec<Move> {
    let interface = at.network.interfaces.get(id);
    let without = interface.is_some_and(|it| it.public_ip.is_none());
    let task = at.task_of(id).filter(|_| without);
    task.map(|task| Move {
        title: format!(
            "Stop task {} and run it again with a public address",
            task.short()
        ),
        edits: vec![Edit::RunAgain(task.clone())],
        width: PUBLIC,
    })
    .into_iter()
    .collect()
}

/// A gateway for the VPC of what is asked for.
fn gateway(at: &Spot<'_>) -> Vec<Move> {
    let network = at.network;
    let address = at.asked.packet.as_ref().map(|packet| packet.to);
    let mut all = network.interfaces.values();
    let target = all.find(|it| {
        Some(&it.id) == at.question.to.as_ref()
            || it.public_ip.map(Into::into) == address
            || address.is_some_and(|address| address.is_ipv6() && it.has(address))
    });
    let table = target
        .and_then(|it| network.subnets.get(&it.subnet))
        .and_then(|subnet| network.route_table_of(subnet));
    let Some(table) = table else {
        return Vec::new();
    };
    let mut gateways = network.internet_gateways.values();
    gateways
        .find_map(|gateway| routes::attach(network, table, gateway.id.as_str()))
        .into_iter()
        .collect()
}

/// A way out for the subnet of the NAT gateway that has none.
fn of_nat(at: &Spot<'_>) -> Vec<Move> {
    let network = at.network;
    let nat: Option<&NatGateway> = match &at.hop.part {
        Part::NatGateway(id) => network.nat_gateways.get(id).map(AsRef::as_ref),
        _ => None,
    };
    let subnet = nat.and_then(|nat| network.subnets.get(&nat.subnet));
    match (subnet, &at.asked.packet) {
        (Some(subnet), Some(packet)) => routes::of_subnet(at, subnet, packet.to),
        _ => Vec::new(),
    }
}

fn unchecked(at: &Spot<'_>) -> Vec<Move> {
    let Part::Interface(id) = &at.hop.part else {
        return Vec::new();
    };
    let call = ModifyNetworkInterfaceAttribute {
        network_interface_id: id.clone(),
        source_dest_check: Some(AttributeBooleanValue { value: false }),
        groups: Vec::new(),
    };
    vec![Move {
        title: format!("Switch the source/destination check of {id} off"),
        edits: vec![Edit::Call(call.into())],
        width: 64,
    }]
}

/// Both DNS attributes, and the private DNS of endpoints.
fn names(at: &Spot<'_>) -> Vec<Move> {
    let network = at.network;
    let subnet = sender(at)
        .and_then(|id| network.interfaces.get(&id))
        .and_then(|it| network.subnets.get(&it.subnet));
    let Some(vpc) = subnet.and_then(|subnet| network.vpcs.get(&subnet.vpc)) else {
        return Vec::new();
    };
    let mut moves = Vec::new();
    if !vpc.dns_support {
        moves.push(attribute(&vpc.id, "enableDnsSupport"));
    }
    if !vpc.dns_hostnames {
        moves.push(attribute(&vpc.id, "enableDnsHostnames"));
    }
    let endpoints = network.interface_endpoints.values();
    for endpoint in endpoints.filter(|it| it.vpc == vpc.id && !it.private_dns) {
        let call = ModifyVpcEndpoint {
            vpc_endpoint_id: endpoint.id.clone(),
            private_dns_enabled: Some(true),
            ..ModifyVpcEndpoint::default()
        };
        moves.push(Move {
            title: format!("Switch private DNS of {} on", endpoint.id),
            edits: vec![Edit::Call(call.into())],
            width: WHOLE_VPC,
        });
    }
    moves
}

fn attribute(vpc: &VpcId, name: &str) -> Move {
    let on = Some(AttributeBooleanValue { value: true });
    let mut call = ModifyVpcAttribute {
        vpc_id: vpc.clone(),
        ..ModifyVpcAttribute::default()
    };
    if name == "enableDnsSupport" {
        call.enable_dns_support = on;
    } else {
        call.enable_dns_hostnames = on;
    }
    Move {
        title: format!("Switch {name} of {vpc} on"),
        edits: vec![Edit::Call(Call::from(call))],
        width: WHOLE_VPC,
    }
}
