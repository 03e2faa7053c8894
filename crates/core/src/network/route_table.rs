//! Route tables: where packets that leave a subnet go. The longest prefix wins; the VPC's own block is always local.

use super::Network;
use crate::call::{CreateRoute, DeleteRoute};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;
use crate::ids::{InternetGatewayId, RouteTableId, VpcId};
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// A route table. The local route of the VPC's block is implied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteTable {
    /// Its id.
    pub id: RouteTableId,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its routes, but for the local one.
    pub routes: Vec<Route>,
}

/// A route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Where it applies.
    pub destination: Ipv4Net,
    /// Where it leads.
    pub target: Target,
}

/// Where a route leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To the addresses of the VPC itself.
    Local,
    /// To an internet gateway.
    InternetGateway(InternetGatewayId),
}

impl RouteTable {
    /// The route for an address: the longest prefix that holds it.
    pub fn lookup(&self, vpc_block: Ipv4Net, to: Ipv4Addr) -> Option<Route> {
        let local = Route {
            destination: vpc_block,
            target: Target::Local,
        };
        self.routes
            .iter()
            .cloned()
            .chain([local])
            .filter(|route| route.destination.contains(&to))
            .max_by_key(|route| route.destination.prefix_len())
    }

    /// The route for all that no other route holds.
    pub fn default_route(&self) -> Option<&Route> {
        self.routes
            .iter()
            .find(|route| route.destination.prefix_len() == 0)
    }
}

fn parse_destination(text: &str) -> Result<Ipv4Net, ApiError> {
    text.trim().parse::<Ipv4Net>().map(|net| net.trunc()).map_err(|_| {
        ApiError::new(
            "InvalidParameterValue",
            format!("Value ({text}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block."),
            "Write an IPv4 block such as 0.0.0.0/0.",
        )
    })
}

fn no_table(id: &RouteTableId) -> ApiError {
    ApiError::new(
        "InvalidRouteTableID.NotFound",
        format!("The routeTable ID '{id}' does not exist"),
        "Name a route table of this scenario.",
    )
}

/// `CreateRoute`.
pub(crate) fn create_route(
    network: &mut Network,
    input: &CreateRoute,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let destination = parse_destination(&input.destination_cidr_block)?;
    let table = network
        .route_tables
        .get(&input.route_table_id)
        .ok_or_else(|| no_table(&input.route_table_id))?;
    let Some(gateway) = network.internet_gateways.get(&input.gateway_id) else {
        return Err(ApiError::new(
            "InvalidGatewayID.NotFound",
            format!("The gateway ID '{}' does not exist", input.gateway_id),
            "Name an internet gateway of this scenario.",
        ));
    };
    if gateway.vpc.as_ref() != Some(&table.vpc) {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!(
                "route table {} and network gateway {} belong to different networks",
                table.id, gateway.id
            ),
            "Attach the internet gateway to the VPC of the route table first.",
        ));
    }
    let taken = table
        .routes
        .iter()
        .any(|route| route.destination == destination)
        || network
            .vpcs
            .get(&table.vpc)
            .is_some_and(|vpc| vpc.cidr == destination);
    if taken {
        return Err(ApiError::new(
            "RouteAlreadyExists",
            format!("The route identified by {destination} already exists."),
            "Delete that route first.",
        ));
    }
    let target = Target::InternetGateway(gateway.id.clone());
    let fact = Fact::RouteChanged {
        table: table.id.to_string(),
        destination: destination.to_string(),
        target: Some(gateway.id.to_string()),
    };
    if let Some(table) = network.route_tables.get_mut(&input.route_table_id) {
        table.routes.push(Route {
            destination,
            target,
        });
    }
    network.touch();
    step.log(fact);
    Ok(Reply::Done)
}

/// `DeleteRoute`.
pub(crate) fn delete_route(
    network: &mut Network,
    input: &DeleteRoute,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let destination = parse_destination(&input.destination_cidr_block)?;
    let table = network
        .route_tables
        .get_mut(&input.route_table_id)
        .ok_or_else(|| no_table(&input.route_table_id))?;
    let before = table.routes.len();
    table
        .routes
        .retain(|route| route.destination != destination);
    if table.routes.len() == before {
        return Err(ApiError::new(
            "InvalidRoute.NotFound",
            format!(
                "no route with destination-cidr-block {destination} in route table {}",
                table.id
            ),
            "Name a destination that the table has. The local route cannot be deleted.",
        ));
    }
    let fact = Fact::RouteChanged {
        table: table.id.to_string(),
        destination: destination.to_string(),
        target: None,
    };
    network.touch();
    step.log(fact);
    Ok(Reply::Done)
}
