//! The gate of a route table: the longest prefix wins, and its route is final, dead or not.

use crate::ids::PrefixListId;
use crate::network::{NatState, Network, PeeringStatus, RouteDestination, RouteTable, Target};
use ipnet::IpNet;
use std::cmp::Reverse;
use std::fmt;
use std::net::IpAddr;

/// A route for an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::network) struct Chosen<'a> {
    /// The block that holds the address: of a prefix list, the one.
    pub(in crate::network) block: IpNet,
    /// What the table shows as the destination.
    pub(in crate::network) destination: Shown<'a>,
    /// Where it leads.
    pub(in crate::network) target: Target,
}

/// What a table shows as the destination of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::network) enum Shown<'a> {
    /// A block of the VPC.
    Local(IpNet),
    /// What somebody wrote.
    Route(&'a RouteDestination),
    /// The prefix list of a gateway endpoint.
    Endpoint(&'a PrefixListId),
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Local(block) => block.fmt(f),
            Self::Route(destination) => destination.fmt(f),
            Self::Endpoint(list) => list.fmt(f),
        }
    }
}

impl Chosen<'_> {
    /// Of equal length a route that somebody wrote comes before the local one, which it may replace, and that before a prefix
    /// list's. Ties of prefix lists are broken by their names: AWS's choice is stable, but not told.
    /// Source: 'Route priority' of the VPC guide.
    fn rank(&self) -> (u8, u8, Reverse<&str>) {
        let (rank, name) = match self.destination {
            Shown::Route(RouteDestination::Block(_)) => (2, ""),
            Shown::Local(_) => (1, ""),
            Shown::Route(RouteDestination::PrefixList(id)) | Shown::Endpoint(id) => {
                (0, id.as_str())
            }
        };
        (self.block.prefix_len(), rank, Reverse(name))
    }
}

/// All routes of a table that hold an address.
pub(in crate::network) fn candidates<'a>(
    network: &'a Network,
    table: &'a RouteTable,
    to: IpAddr,
) -> impl Iterator<Item = Chosen<'a>> {
    let list = move |id| network.prefix_lists.get(id)?.holds(to);
    let vpc = network.vpcs.get(&table.vpc).into_iter();
    let local = vpc
        .flat_map(|vpc| vpc.blocks())
        .filter(move |block| block.contains(&to))
        .map(|block| Chosen {
            block,
            destination: Shown::Local(block),
            target: Target::Local,
        });
    let written = table.routes.iter().filter_map(move |route| {
        let block = match &route.destination {
            RouteDestination::Block(block) => block.contains(&to).then_some(*block),
            RouteDestination::PrefixList(id) => list(id),
        };
        block.map(|block| Chosen {
            block,
            destination: Shown::Route(&route.destination),
            target: route.target.clone(),
        })
    });
    let endpoints = network.gateway_endpoints.values();
    let endpoints = endpoints
        .filter(|it| it.vpc == table.vpc && it.route_tables.contains(&table.id))
        .filter_map(move |it| {
            list(&it.prefix_list).map(|block| Chosen {
                block,
                destination: Shown::Endpoint(&it.prefix_list),
                target: Target::GatewayEndpoint(it.id.clone()),
            })
        });
    local.chain(written).chain(endpoints)
}

/// The route that decides; `None` where no route holds the address.
pub(in crate::network) fn deciding<'a>(
    network: &'a Network,
    table: &'a RouteTable,
    to: IpAddr,
) -> Option<Chosen<'a>> {
    candidates(network, table, to).max_by(|a, b| a.rank().cmp(&b.rank()))
}

/// All routes that hold an address but the one that decides, the next best first.
pub(in crate::network) fn beaten<'a>(
    network: &'a Network,
    table: &'a RouteTable,
    to: IpAddr,
) -> Vec<Chosen<'a>> {
    let mut all: Vec<Chosen<'a>> = candidates(network, table, to).collect();
    all.sort_by(|a, b| b.rank().cmp(&a.rank()));
    all.split_off(all.len().min(1))
}

impl Network {
    /// Whether a route of a table is a blackhole, which follows from its target: gone, detached, failed or not active.
    /// Source: `Route.State` of the EC2 API.
    pub fn route_is_dead(&self, table: &RouteTable, target: &Target) -> bool {
        match target {
            Target::Local => false,
            Target::InternetGateway(id) => self
                .internet_gateways
                .get(id)
                .is_none_or(|gateway| gateway.vpc.as_ref() != Some(&table.vpc)),
            Target::EgressOnlyGateway(id) => self
                .egress_only_gateways
                .get(id)
                .is_none_or(|gateway| gateway.vpc.as_ref() != Some(&table.vpc)),
            Target::NatGateway(id) => self
                .nat_gateways
                .get(id)
                .is_none_or(|nat| matches!(nat.state, NatState::Failed | NatState::Deleted)),
            Target::GatewayEndpoint(id) => self.gateway_endpoints.get(id).is_none(),
            Target::Peering(id) => self
                .peerings
                .get(id)
                .is_none_or(|peering| peering.status != PeeringStatus::Active),
            Target::Interface(id) => self.interfaces.get(id).is_none(),
            Target::Gone(_) => true,
        }
    }
}
