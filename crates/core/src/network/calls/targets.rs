//! Destination and target of a route, as `CreateRoute` and `ReplaceRoute` name them: one of each.

use super::{blocks, missing};
use crate::call::{CreateRoute, DeleteRoute, ReplaceRoute};
use crate::error::ApiError;
use crate::ids::{
    EgressOnlyInternetGatewayId, InternetGatewayId, NatGatewayId, NetworkInterfaceId, PrefixListId,
    VpcPeeringConnectionId,
};
use crate::network::{Network, RouteDestination, RouteTable, Target};
use ipnet::IpNet;

/// The three ways to name a destination.
#[derive(Clone, Copy)]
pub(super) struct Destinations<'a> {
    ipv4: Option<&'a String>,
    ipv6: Option<&'a String>,
    list: Option<&'a PrefixListId>,
}

/// The ways to name a target.
#[derive(Clone, Copy)]
pub(super) struct Targets<'a> {
    gateway: Option<&'a String>,
    nat: Option<&'a NatGatewayId>,
    egress_only: Option<&'a EgressOnlyInternetGatewayId>,
    peering: Option<&'a VpcPeeringConnectionId>,
    interface: Option<&'a NetworkInterfaceId>,
}

macro_rules! named {
    ($($input:ident)*) => {$(
        impl<'a> From<&'a $input> for Destinations<'a> {
            fn from(input: &'a $input) -> Self {
                Self {
                    ipv4: input.destination_cidr_block.as_ref(),
                    ipv6: input.destination_ipv6_cidr_block.as_ref(),
                    list: input.destination_prefix_list_id.as_ref(),
                }
            }
        }
    )*};
}

named! { CreateRoute ReplaceRoute DeleteRoute }

macro_rules! targeted {
    ($($input:ident)*) => {$(
        impl<'a> From<&'a $input> for Targets<'a> {
            fn from(input: &'a $input) -> Self {
                Self {
                    gateway: input.gateway_id.as_ref(),
                    nat: input.nat_gateway_id.as_ref(),
                    egress_only: input.egress_only_internet_gateway_id.as_ref(),
                    peering: input.vpc_peering_connection_id.as_ref(),
                    interface: input.network_interface_id.as_ref(),
                }
            }
        }
    )*};
}

targeted! { CreateRoute ReplaceRoute }

impl Destinations<'_> {
    /// The one destination.
    pub(super) fn one(self, network: &Network) -> Result<RouteDestination, ApiError> {
        match (self.ipv4, self.ipv6, self.list) {
            (Some(text), None, None) => {
                blocks::ipv4("destinationCidrBlock", text).map(RouteDestination::Block)
            }
            (None, Some(text), None) => blocks::ipv6("destinationIpv6CidrBlock", text)
                .map(|block| RouteDestination::Block(IpNet::V6(block))),
            (None, None, Some(list)) => {
                missing::prefix_list(network, list)?;
                Ok(RouteDestination::PrefixList(list.clone()))
            }
            _ => Err(ApiError::new(
                "InvalidParameterCombination",
                "The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId.",
                "Say where the route applies, once.",
            )),
        }
    }
}

impl Targets<'_> {
    /// The one target, which must be of the table's VPC.
    pub(super) fn one(self, network: &Network, table: &RouteTable) -> Result<Target, ApiError> {
        let count = [
            self.gateway.is_some(),
            self.nat.is_some(),
            self.egress_only.is_some(),
            self.peering.is_some(),
            self.interface.is_some(),
        ];
        if count.into_iter().filter(|given| *given).count() != 1 {
            return Err(ApiError::new(
                "InvalidParameterCombination",
                "The request must contain exactly one of gatewayId, natGatewayId, egressOnlyInternetGatewayId, vpcPeeringConnectionId, networkInterfaceId.",
                "Say where the route leads, once.",
            ));
        }
        let elsewhere = |id: &str| {
            ApiError::new(
                "InvalidParameterValue",
                format!(
                    "route table {} and network gateway {id} belong to different networks",
                    table.id
                ),
                "Choose a target in the VPC of the route table; attach a gateway to it first.",
            )
        };
        if let Some(id) = self.gateway {
            return gateway(network, table, id);
        }
        if let Some(id) = self.nat {
            let nat = missing::nat_gateway(network, id)?;
            let subnet = missing::subnet(network, &nat.subnet)?;
            return if subnet.vpc == table.vpc {
                Ok(Target::NatGateway(id.clone()))
            } else {
                Err(elsewhere(id.as_str()))
            };
        }
        if let Some(id) = self.egress_only {
            let gateway = missing::egress_only_gateway(network, id)?;
            return if gateway.vpc.as_ref() == Some(&table.vpc) {
                Ok(Target::EgressOnlyGateway(id.clone()))
            } else {
                Err(elsewhere(id.as_str()))
            };
        }
        if let Some(id) = self.peering {
            let peering = missing::peering(network, id)?;
            return if peering.other(&table.vpc).is_some() {
                Ok(Target::Peering(id.clone()))
            } else {
                Err(elsewhere(id.as_str()))
            };
        }
        let Some(id) = self.interface else {
            return Err(elsewhere(""));
        };
        let interface = missing::interface(network, id)?;
        let subnet = missing::subnet(network, &interface.subnet)?;
        if subnet.vpc == table.vpc {
            Ok(Target::Interface(id.clone()))
        } else {
            Err(elsewhere(id.as_str()))
        }
    }
}

fn gateway(network: &Network, table: &RouteTable, id: &str) -> Result<Target, ApiError> {
    if id == "local" {
        return Ok(Target::Local);
    }
    if id.starts_with("vpce-") {
        return Err(ApiError::new(
            "InvalidParameterValue",
            "Cannot create or replace a prefix list route targeting a VPC Endpoint.",
            "Add the route table to the endpoint: ModifyVpcEndpoint with AddRouteTableIds.",
        ));
    }
    let id = InternetGatewayId::from(id);
    let Some(gateway) = network.internet_gateways.get(&id) else {
        return Err(ApiError::new(
            "InvalidGatewayID.NotFound",
            format!("The gateway ID '{id}' does not exist"),
            "Name an internet gateway of this scenario.",
        ));
    };
    if gateway.vpc.as_ref() != Some(&table.vpc) {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!(
                "route table {} and network gateway {id} belong to different networks",
                table.id
            ),
            "Attach the internet gateway to the VPC of the route table first.",
        ));
    }
    Ok(Target::InternetGateway(id))
}
