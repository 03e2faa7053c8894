//! The calls that write routes.

use crate::call::{Call, CreateRoute, DeleteRoute, ReplaceRoute};
use crate::network::{RouteDestination, RouteTable, Target};
use ipnet::IpNet;

/// A route for a block; `None` where no call makes one to the target.
pub(super) fn create(table: &RouteTable, block: IpNet, target: &Target) -> Option<CreateRoute> {
    let (ipv4, ipv6) = match block {
        IpNet::V4(_) => (Some(block.to_string()), None),
        IpNet::V6(_) => (None, Some(block.to_string())),
    };
    let mut call = CreateRoute {
        route_table_id: table.id.clone(),
        destination_cidr_block: ipv4,
        destination_ipv6_cidr_block: ipv6,
        ..CreateRoute::default()
    };
    match target {
        Target::InternetGateway(id) => call.gateway_id = Some(id.to_string()),
        Target::NatGateway(id) => call.nat_gateway_id = Some(id.clone()),
        Target::EgressOnlyGateway(id) => call.egress_only_internet_gateway_id = Some(id.clone()),
        Target::Peering(id) => call.vpc_peering_connection_id = Some(id.clone()),
        Target::Interface(id) => call.network_interface_id = Some(id.clone()),
        Target::Local => call.gateway_id = Some("local".to_owned()),
        Target::GatewayEndpoint(_) | Target::Gone(_) => return None,
    }
    Some(call)
}

/// The same for a block that the table has a route for.
pub(super) fn replace(call: CreateRoute) -> Call {
    let CreateRoute {
        route_table_id,
        destination_cidr_block,
        destination_ipv6_cidr_block,
        destination_prefix_list_id,
        gateway_id,
        nat_gateway_id,
        egress_only_internet_gateway_id,
        vpc_peering_connection_id,
        network_interface_id,
    } = call;
    ReplaceRoute {
        route_table_id,
        destination_cidr_block,
        destination_ipv6_cidr_block,
        destination_prefix_list_id,
        gateway_id,
        nat_gateway_id,
        egress_only_internet_gateway_id,
        vpc_peering_connection_id,
        network_interface_id,
    }
    .into()
}

/// A route taken out of a table.
pub(super) fn delete(table: &RouteTable, destination: &RouteDestination) -> Call {
    let mut call = DeleteRoute {
        route_table_id: table.id.clone(),
        ..DeleteRoute::default()
    };
    match destination {
        RouteDestination::Block(block @ IpNet::V4(_)) => {
            call.destination_cidr_block = Some(block.to_string());
        }
        RouteDestination::Block(block @ IpNet::V6(_)) => {
            call.destination_ipv6_cidr_block = Some(block.to_string());
        }
        RouteDestination::PrefixList(list) => {
            call.destination_prefix_list_id = Some(list.clone());
        }
    }
    call.into()
}
