//! What is billed by how much of it is used: bytes of requests, of image pulls, of log lines.
//!
//! AWS does not say how much an HTTP request is; the sizes are those that the flow logs show, [`Trace::bytes`].

use crate::ids::NetworkInterfaceId;
use crate::network::{Destination, Endpoint, Flow, Network, Owner, Part, Trace, Walk};
use crate::task::{self, Task};
use std::net::IpAddr;
use std::sync::Arc;

/// The first three parts of the addresses at which AWS's services are simulated: nothing to them is data to the Internet.
const SERVICES: [u8; 3] = [192, 0, 2];

/// What is used, and of which thing by its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Usage {
    /// Bytes through a NAT gateway, there and back.
    Nat(Arc<str>),
    /// Bytes through an interface endpoint, there and back.
    Endpoint(Arc<str>),
    /// Bytes through a load balancer, there and back.
    BalancerBytes(Arc<str>),
    /// Connections that a load balancer took.
    BalancerConnections(Arc<str>),
    /// Bytes between zones.
    CrossZone,
    /// Bytes to the Internet.
    Internet,
    /// Bytes that CloudWatch Logs took in.
    Logs,
}

/// How much was used.
pub type Amount = (Usage, u64);

/// What one request uses.
pub fn of_request(trace: &Trace, network: &Network) -> Vec<Amount> {
    let (there, back) = trace.bytes();
    of_way(trace, network, there, back)
}

/// What the pull of a task's images uses: of the ways to their registries, where something on it is billed by the byte.
pub(super) fn of_pull(task: &Task, network: &Network, walk: Walk) -> Vec<Amount> {
    let Some(interface) = &task.interface else {
        return Vec::new();
    };
    let containers = task.containers.iter();
    containers
        .flat_map(|container| {
            let from = Endpoint::Interface(interface.clone());
            let mut flow = Flow::tcp(from, IpAddr::from([0, 0, 0, 0]), 443);
            let host = task::layers_host(&container.definition.image);
            flow.to = Destination::Name(host.into());
            let trace = walk(network, &flow);
            let bytes = u64::from(container.workload.size_mib) << 20;
            if trace.delivered() {
                of_way(&trace, network, 0, bytes)
            } else {
                Vec::new()
            }
        })
        .collect()
}

/// What so many bytes there and back use on a way. A request that was dropped used what let it pass before.
fn of_way(trace: &Trace, network: &Network, there: u64, back: u64) -> Vec<Amount> {
    let both = there + back;
    let mut found = Vec::new();
    let mut add = |usage: Usage, amount: u64| {
        if amount > 0 && !found.iter().any(|(known, _)| *known == usage) {
            found.push((usage, amount));
        }
    };
    for hop in trace.hops.iter().filter(|hop| hop.passed) {
        match &hop.part {
            Part::NatGateway(id) => add(Usage::Nat(id.as_str().into()), both),
            Part::LoadBalancer(id) => {
                add(Usage::BalancerBytes(id.as_str().into()), both);
                add(Usage::BalancerConnections(id.as_str().into()), 1);
            }
            Part::Interface(id) | Part::SecurityGroups(_, id) => {
                let owner = network.interfaces.get(id).map(|it| &it.owner);
                if let Some(Owner::Endpoint(endpoint)) = owner {
                    add(Usage::Endpoint(endpoint.as_str().into()), both);
                }
            }
            _ => {}
        }
    }
    let leaves = trace
        .hops
        .iter()
        .any(|hop| matches!(hop.part, Part::InternetGateway(Some(_))));
    if leaves && trace.delivered() {
        let is_inside = |address: IpAddr| network.vpcs.values().any(|vpc| vpc.holds(address));
        let is_service =
            |address: IpAddr| matches!(address, IpAddr::V4(it) if it.octets()[..3] == SERVICES);
        // who asks from outside gets the answer; who asks from inside sends the request
        let from_outside = !is_inside(trace.from);
        match (from_outside, is_service(trace.to)) {
            (true, _) => add(Usage::Internet, back),
            (false, false) => add(Usage::Internet, there),
            (false, true) => {}
        }
    }
    add(
        Usage::CrossZone,
        both * u64::from(zone_borders(trace, network)),
    );
    found
}

/// How often a way crosses from one zone to another; an application load balancer's own step to its targets is free.
/// Source: 'Data transfer within the same AWS Region', EC2 pricing; Elastic Load Balancing pricing.
fn zone_borders(trace: &Trace, network: &Network) -> u8 {
    let mut way: Vec<&NetworkInterfaceId> = Vec::new();
    for record in trace.records.iter().filter(|record| record.accepted) {
        if !way.contains(&&record.interface) {
            way.push(&record.interface);
        }
    }
    let zone = |id: &NetworkInterfaceId| {
        let subnet = &network.interfaces.get(id)?.subnet;
        network
            .subnets
            .get(subnet)
            .map(|subnet| subnet.zone.clone())
    };
    let is_free = |id: &NetworkInterfaceId| {
        let owner = network.interfaces.get(id).map(|it| &it.owner);
        matches!(owner, Some(Owner::ApplicationLoadBalancer(_)))
    };
    let steps = way.windows(2).filter(|step| {
        let zones = (zone(step[0]), zone(step[1]));
        matches!(zones, (Some(here), Some(there)) if here != there) && !is_free(step[0])
    });
    steps.count().try_into().unwrap_or(u8::MAX)
}
