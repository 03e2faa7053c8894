//! Route tables: where packets that leave a subnet go. The longest prefix wins; the VPC's own blocks are always local.

use super::Network;
use crate::call::{CreateRoute, DeleteRoute};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;
use crate::ids::{
    EgressOnlyInternetGatewayId, InternetGatewayId, NatGatewayId, NetworkInterfaceId, PrefixListId,
    RouteTableId, VpcEndpointId, VpcId, VpcPeeringConnectionId,
};
use ipnet::{IpNet, Ipv4Net};
use std::fmt;
use std::sync::Arc;

/// A route table. The local routes of the VPC's blocks are implied, and the routes of gateway endpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteTable {
    /// Its id.
    pub id: RouteTableId,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its routes, but for those that are implied.
    pub routes: Vec<Route>,
}

/// A route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Where it applies.
    pub destination: RouteDestination,
    /// Where it leads.
    pub target: Target,
}

/// Where a route applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteDestination {
    /// To a block.
    Block(IpNet),
    /// To the blocks of a prefix list.
    PrefixList(PrefixListId),
}

impl fmt::Display for RouteDestination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Block(block) => block.fmt(f),
            Self::PrefixList(list) => list.fmt(f),
        }
    }
}

/// Where a route leads. Whether it works there is the target's matter: see `Network::route_is_dead`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To the addresses of the VPC itself.
    Local,
    /// To an internet gateway.
    InternetGateway(InternetGatewayId),
    /// To an egress-only internet gateway.
    EgressOnlyGateway(EgressOnlyInternetGatewayId),
    /// To a NAT gateway.
    NatGateway(NatGatewayId),
    /// To a gateway endpoint.
    GatewayEndpoint(VpcEndpointId),
    /// To a peering connection.
    Peering(VpcPeeringConnectionId),
    /// To an interface that forwards.
    Interface(NetworkInterfaceId),
    /// To something that is no more, by what its id was.
    Gone(Arc<str>),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Local => "local",
            Self::InternetGateway(id) => id.as_str(),
            Self::EgressOnlyGateway(id) => id.as_str(),
            Self::NatGateway(id) => id.as_str(),
            Self::GatewayEndpoint(id) => id.as_str(),
            Self::Peering(id) => id.as_str(),
            Self::Interface(id) => id.as_str(),
            Self::Gone(id) => id,
        })
    }
}

impl RouteTable {
    /// The route for all IPv4 addresses that no other route holds.
    pub fn default_route(&self) -> Option<&Route> {
        self.routes.iter().find(|route| {
            matches!(&route.destination, RouteDestination::Block(IpNet::V4(block)) if block.prefix_len() == 0)
        })
    }
}

fn parse_destination(text: &str) -> Result<RouteDestination, ApiError> {
    let block = text.trim().parse::<Ipv4Net>();
    block.map(|net| RouteDestination::Block(IpNet::V4(net.trunc()))).map_err(|_| {
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
            .is_some_and(|vpc| destination == RouteDestination::Block(IpNet::V4(vpc.cidr)));
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
