//! The gate of a route table: the longest prefix wins, and its route is final, dead or not.

use crate::network::{NatState, Network, PeeringStatus, RouteDestination, RouteTable, Target};
use ipnet::IpNet;
use std::net::IpAddr;

/// A route for an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::network) struct Chosen {
    /// The block that holds the address: of a prefix list, the one.
    pub(in crate::network) block: IpNet,
    /// What the table shows as the destination.
    pub(in crate::network) destination: String,
    /// Where it leads.
    pub(in crate::network) target: Target,
    /// Of equal prefixes the higher rank wins.
    rank: u8,
}

/// All routes of a table that hold an address, the best first. Of equal length a route that somebody wrote comes before the local
/// one, which it may replace, and that before a prefix list's. Source: 'Route priority' of the VPC guide.
pub(in crate::network) fn candidates(
    network: &Network,
    table: &RouteTable,
    to: IpAddr,
) -> Vec<Chosen> {
    let mut found = Vec::new();
    if let Some(vpc) = network.vpcs.get(&table.vpc) {
        let local = vpc.blocks().filter(|block| block.contains(&to));
        found.extend(local.map(|block| Chosen {
            block,
            destination: block.to_string(),
            target: Target::Local,
            rank: 1,
        }));
    }
    let list = |id| network.prefix_lists.get(id)?.holds(to);
    for route in &table.routes {
        let (block, rank) = match &route.destination {
            RouteDestination::Block(block) => (block.contains(&to).then_some(*block), 2),
            RouteDestination::PrefixList(id) => (list(id), 0),
        };
        found.extend(block.map(|block| Chosen {
            block,
            destination: route.destination.to_string(),
            target: route.target.clone(),
            rank,
        }));
    }
    for endpoint in network.gateway_endpoints.values() {
        if endpoint.vpc == table.vpc && endpoint.route_tables.contains(&table.id) {
            found.extend(list(&endpoint.prefix_list).map(|block| Chosen {
                block,
                destination: endpoint.prefix_list.to_string(),
                target: Target::GatewayEndpoint(endpoint.id.clone()),
                rank: 0,
            }));
        }
    }
    // ties of prefix lists are broken by their names: AWS's choice is stable, but not told
    found.sort_by(|a, b| {
        let key = |it: &Chosen| (it.block.prefix_len(), it.rank);
        key(b)
            .cmp(&key(a))
            .then_with(|| a.destination.cmp(&b.destination))
    });
    found
}

/// The route that decides; `None` where no route holds the address.
pub(in crate::network) fn deciding(
    network: &Network,
    table: &RouteTable,
    to: IpAddr,
) -> Option<Chosen> {
    candidates(network, table, to).into_iter().next()
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
