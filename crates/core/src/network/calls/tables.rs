//! Route tables: made, deleted, and given to subnets.

use super::{associations, changed, in_use, made, missing, name_of};
use crate::call::{
    AssociateRouteTable, CreateRouteTable, DeleteRouteTable, DisassociateRouteTable,
    ReplaceRouteTableAssociation,
};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{RouteTableId, SubnetId, VpcId};
use crate::network::{Network, RouteTable};

/// Route tables of a VPC, the main one included. Source: 'Amazon VPC quotas'.
const MAX_TABLES: usize = 200;

/// What a route table is associated with.
enum Association {
    Subnet(SubnetId),
    Main(VpcId),
}

/// `CreateRouteTable`: a table with the local routes only.
pub(crate) fn create_route_table(
    network: &mut Network,
    input: &CreateRouteTable,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let vpc = missing::vpc(network, &input.vpc_id)?.id.clone();
    let tables = network.route_tables.values();
    if tables.filter(|table| table.vpc == vpc).count() >= MAX_TABLES {
        return Err(ApiError::new(
            "RouteTableLimitExceeded",
            "The maximum number of route tables has been reached.",
            "Let subnets share a table.",
        ));
    }
    let id = RouteTableId::from(step.id("rtb"));
    let table = RouteTable {
        id: id.clone(),
        name: name_of(&input.tag_specifications),
        vpc,
        routes: Vec::new(),
    };
    let name = table.name.clone();
    network.route_tables.insert(id.clone(), table);
    network.touch();
    Ok(made("Route table", id.as_str(), name, step))
}

/// `DeleteRouteTable`: neither a main table nor one that a subnet has.
pub(crate) fn delete_route_table(
    network: &mut Network,
    input: &DeleteRouteTable,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.route_table_id;
    missing::route_table(network, id)?;
    if let Some(subnet) = network
        .subnets
        .values()
        .find(|subnet| subnet.route_table.as_ref() == Some(id))
    {
        let cure = format!(
            "Give {} another table, or take this one from it, first.",
            subnet.title()
        );
        return Err(in_use("routeTable", id.as_str(), cure));
    }
    if network.vpcs.values().any(|vpc| vpc.main_route_table == *id) {
        let cure = "It is the VPC's main table: make another table the main one first.";
        return Err(in_use("routeTable", id.as_str(), cure));
    }
    network.route_tables.remove(id);
    for endpoint in network.gateway_endpoint_ids() {
        if let Some(endpoint) = network.gateway_endpoints.get_mut(&endpoint) {
            endpoint.route_tables.retain(|table| table != id);
        }
    }
    network.touch();
    Ok(super::deleted("Route table", id.as_str(), step))
}

fn other_network(table: &RouteTableId, with: &str) -> ApiError {
    ApiError::new(
        "InvalidParameterValue",
        format!("route table {table} and {with} belong to different networks"),
        "Choose a route table of the same VPC.",
    )
}

/// `AssociateRouteTable`: a table of a subnet's own.
pub(crate) fn associate_route_table(
    network: &mut Network,
    input: &AssociateRouteTable,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let table = missing::route_table(network, &input.route_table_id)?;
    let subnet = missing::subnet(network, &input.subnet_id)?;
    if table.vpc != subnet.vpc {
        return Err(other_network(&table.id, &format!("subnet {}", subnet.id)));
    }
    if let Some(own) = &subnet.route_table {
        return Err(ApiError::new(
            "Resource.AlreadyAssociated",
            format!(
                "the specified association for route table {own} conflicts with an existing association"
            ),
            "Replace the association: ReplaceRouteTableAssociation.",
        ));
    }
    give(
        network,
        &input.subnet_id,
        Some(input.route_table_id.clone()),
        step,
    );
    Ok(Reply::Made(associations::route_table_association(
        &input.subnet_id,
    )))
}

fn give(
    network: &mut Network,
    subnet: &SubnetId,
    table: Option<RouteTableId>,
    step: &mut Step<'_>,
) {
    let how = match &table {
        Some(table) => format!("uses route table {table}"),
        None => "uses the VPC's main route table".to_owned(),
    };
    if let Some(subnet) = network.subnets.get_mut(subnet) {
        subnet.route_table = table;
    }
    network.touch();
    changed("Subnet", subnet.as_str(), how, step);
}

fn find(network: &Network, id: &str) -> Result<Association, ApiError> {
    let subnet = network.subnets.values().find(|subnet| {
        subnet.route_table.is_some() && associations::route_table_association(&subnet.id) == id
    });
    let vpc = || {
        network
            .vpcs
            .values()
            .find(|vpc| associations::main_route_table_association(&vpc.id) == id)
    };
    match (subnet, vpc()) {
        (Some(subnet), _) => Ok(Association::Subnet(subnet.id.clone())),
        (None, Some(vpc)) => Ok(Association::Main(vpc.id.clone())),
        (None, None) => Err(ApiError::new(
            "InvalidAssociationID.NotFound",
            format!("The association ID '{id}' does not exist"),
            "Name the association of a subnet with a table of its own, or of a VPC with its main table.",
        )),
    }
}

/// `DisassociateRouteTable`: the subnet uses the main table again.
pub(crate) fn disassociate_route_table(
    network: &mut Network,
    input: &DisassociateRouteTable,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    match find(network, &input.association_id)? {
        Association::Subnet(subnet) => {
            give(network, &subnet, None, step);
            Ok(Reply::Done)
        }
        Association::Main(_) => Err(ApiError::new(
            "InvalidParameterValue",
            format!(
                "cannot disassociate the main route table association {}",
                input.association_id
            ),
            "A VPC always has a main table: make another one the main table instead.",
        )),
    }
}

/// `ReplaceRouteTableAssociation`: another table for a subnet, or another main table.
pub(crate) fn replace_route_table_association(
    network: &mut Network,
    input: &ReplaceRouteTableAssociation,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let table = missing::route_table(network, &input.route_table_id)?.clone();
    match find(network, &input.association_id)? {
        Association::Subnet(subnet) => {
            if missing::subnet(network, &subnet)?.vpc != table.vpc {
                return Err(other_network(&table.id, &format!("subnet {subnet}")));
            }
            give(network, &subnet, Some(table.id.clone()), step);
        }
        Association::Main(vpc) => {
            if vpc != table.vpc {
                return Err(other_network(&table.id, &format!("network {vpc}")));
            }
            if let Some(vpc) = network.vpcs.get_mut(&vpc) {
                vpc.main_route_table = table.id.clone();
            }
            network.touch();
            let how = format!("has the main route table {}", table.id);
            changed("VPC", vpc.as_str(), how, step);
        }
    }
    Ok(Reply::Made(input.association_id.clone()))
}
