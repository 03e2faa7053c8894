//! Route tables: where packets that leave a subnet go. The longest prefix wins; the VPC's own blocks are always local.

use super::Network;
use crate::ids::{
    EgressOnlyInternetGatewayId, InternetGatewayId, NatGatewayId, NetworkInterfaceId, PrefixListId,
    RouteTableId, VpcEndpointId, VpcId, VpcPeeringConnectionId,
};
use ipnet::IpNet;
use std::fmt;
use std::sync::Arc;

/// A route table. The local routes of the VPC's blocks are implied, and the routes of gateway endpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteTable {
    /// Its id.
    pub id: RouteTableId,
    /// Its `Name`, or nothing.
    pub name: String,
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

impl Network {
    /// Leaves routes to something that is no more without a target: they are blackholes.
    pub(super) fn forget_target(&mut self, target: &Target) {
        let leads = |table: &RouteTable| table.routes.iter().any(|route| route.target == *target);
        let tables = self.route_tables.values().filter(|table| leads(table));
        let tables: Vec<RouteTableId> = tables.map(|table| table.id.clone()).collect();
        for id in tables {
            let Some(table) = self.route_tables.get_mut(&id) else {
                continue;
            };
            for route in table
                .routes
                .iter_mut()
                .filter(|route| route.target == *target)
            {
                route.target = Target::Gone(target.to_string().into());
            }
        }
    }
}
