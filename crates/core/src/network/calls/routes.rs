//! Routes: added, led elsewhere, taken out. Local routes are implied, and those of gateway endpoints are the endpoint's.

use super::missing;
use super::targets::{Destinations, Targets};
use crate::call::{CreateRoute, DeleteRoute, ReplaceRoute};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;
use crate::ids::RouteTableId;
use crate::network::{Network, Route, RouteDestination, RouteTable, Target, Vpc};
use ipnet::IpNet;

/// Routes of a table, of each family. Source: 'Amazon VPC quotas' (500; older copies of the guide say 50).
const MAX_ROUTES: usize = 500;

/// `CreateRoute`.
pub(crate) fn create_route(
    network: &mut Network,
    input: &CreateRoute,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let table = missing::route_table(network, &input.route_table_id)?;
    let vpc = missing::vpc(network, &table.vpc)?;
    let destination = Destinations::from(input).one(network)?;
    let target = Targets::from(input).one(network, table)?;
    let is_block_of_vpc = vpc
        .blocks()
        .any(|block| destination == RouteDestination::Block(block));
    if is_block_of_vpc
        || table
            .routes
            .iter()
            .any(|route| route.destination == destination)
    {
        return Err(ApiError::new(
            "RouteAlreadyExists",
            format!("The route identified by {destination} already exists."),
            "Delete that route first, or lead it elsewhere: ReplaceRoute.",
        ));
    }
    check(network, vpc, &destination, &target)?;
    if table.routes.len() >= MAX_ROUTES {
        return Err(ApiError::new(
            "RouteLimitExceeded",
            "The maximum number of routes has been reached.",
            "Join blocks that lead to the same target.",
        ));
    }
    lead(network, &input.route_table_id, destination, target, step);
    Ok(Reply::Done)
}

/// What AWS checks of a destination and a target together.
/// Source: 'Route table rules' and 'Routes to a middlebox appliance' of the VPC guide.
fn check(
    network: &Network,
    vpc: &Vpc,
    destination: &RouteDestination,
    target: &Target,
) -> Result<(), ApiError> {
    let RouteDestination::Block(block) = destination else {
        return Ok(());
    };
    let within = vpc.blocks().any(|own| own.contains(block) && own != *block);
    let is_a_subnet = network.subnets.values().any(|subnet| {
        IpNet::V4(subnet.cidr) == *block || subnet.ipv6_cidr.map(IpNet::V6) == Some(*block)
    });
    let takes_it = matches!(target, Target::NatGateway(_) | Target::Interface(_));
    if within && !takes_it {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!(
                "The destination CIDR block {block} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance."
            ),
            "Within the VPC the local route leads; only a whole subnet can be led elsewhere, to an interface or a NAT gateway.",
        ));
    }
    if within && !is_a_subnet {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!(
                "The destination CIDR block {block} does not match the CIDR block of a subnet in this VPC."
            ),
            "Name the whole block of a subnet.",
        ));
    }
    let other_family = match (target, block) {
        (Target::EgressOnlyGateway(_), IpNet::V4(_)) => {
            Some("an egress-only internet gateway is for IPv6 only")
        }
        (Target::NatGateway(_), IpNet::V6(_)) => {
            Some("a NAT gateway is for IPv4, and for 64:ff9b::/96")
        }
        _ => None,
    };
    match other_family.filter(|_| block.to_string() != "64:ff9b::/96") {
        Some(why) => Err(ApiError::new(
            "InvalidParameterValue",
            format!("route destination {block} is not supported by target {target}"),
            format!("Choose another target: {why}."),
        )),
        None => Ok(()),
    }
}

/// `ReplaceRoute`.
pub(crate) fn replace_route(
    network: &mut Network,
    input: &ReplaceRoute,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let table = missing::route_table(network, &input.route_table_id)?;
    let vpc = missing::vpc(network, &table.vpc)?;
    let destination = Destinations::from(input).one(network)?;
    let target = Targets::from(input).one(network, table)?;
    let local = vpc
        .blocks()
        .any(|block| destination == RouteDestination::Block(block));
    let there = table
        .routes
        .iter()
        .any(|route| route.destination == destination);
    if !there && !local {
        return Err(no_route(table, &destination));
    }
    if local
        && !matches!(
            target,
            Target::Local | Target::NatGateway(_) | Target::Interface(_)
        )
    {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!(
                "The local route {destination} can target only an interface, a NAT gateway or local."
            ),
            "Traffic within the VPC can be led to an interface or a NAT gateway only.",
        ));
    }
    if !local {
        check(network, vpc, &destination, &target)?;
    }
    if let Some(table) = network.route_tables.get_mut(&input.route_table_id) {
        table
            .routes
            .retain(|route| route.destination != destination);
    }
    lead(network, &input.route_table_id, destination, target, step);
    Ok(Reply::Done)
}

fn lead(
    network: &mut Network,
    id: &RouteTableId,
    destination: RouteDestination,
    target: Target,
    step: &mut Step<'_>,
) {
    step.log(Fact::RouteChanged {
        table: id.to_string(),
        destination: destination.to_string(),
        target: Some(target.to_string()),
    });
    if let Some(table) = network
        .route_tables
        .get_mut(id)
        .filter(|_| target != Target::Local)
    {
        table.routes.push(Route {
            destination,
            target,
        });
    }
    network.touch();
}

/// `DeleteRoute`.
pub(crate) fn delete_route(
    network: &mut Network,
    input: &DeleteRoute,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let table = missing::route_table(network, &input.route_table_id)?;
    let destination = Destinations::from(input).one(network)?;
    let own = |route: &Route| route.destination == destination;
    if !table.routes.iter().any(own) {
        return Err(no_route(table, &destination));
    }
    if let Some(table) = network.route_tables.get_mut(&input.route_table_id) {
        table
            .routes
            .retain(|route| route.destination != destination);
    }
    step.log(Fact::RouteChanged {
        table: input.route_table_id.to_string(),
        destination: destination.to_string(),
        target: None,
    });
    network.touch();
    Ok(Reply::Done)
}

fn no_route(table: &RouteTable, destination: &RouteDestination) -> ApiError {
    ApiError::new(
        "InvalidRoute.NotFound",
        format!(
            "no route with destination-cidr-block {destination} in route table {}",
            table.id
        ),
        "Name a destination that the table has. The local route cannot be deleted.",
    )
}
