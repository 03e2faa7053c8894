//! The elastic addresses of a Network Load Balancer's nodes.

use super::load_balancers::unfit;
use crate::call::CreateLoadBalancer;
use crate::error::ApiError;
use crate::ids::AllocationId;
use crate::network::{LoadBalancerKind, Network};

/// The elastic addresses that the nodes are to have, in the order of the subnets.
/// Source: `SubnetMapping` of the Elastic Load Balancing API.
pub(super) fn wanted(
    network: &Network,
    input: &CreateLoadBalancer,
    kind: LoadBalancerKind,
    internet_facing: bool,
) -> Result<Vec<Option<AllocationId>>, ApiError> {
    let wanted = input.subnet_mappings.iter();
    let wanted: Vec<_> = wanted.map(|it| it.allocation_id.clone()).collect();
    let mut seen: Vec<&AllocationId> = Vec::new();
    for id in wanted.iter().flatten() {
        if kind == LoadBalancerKind::Application || !internet_facing {
            return Err(unfit(
                "Elastic IP addresses are supported for internet-facing Network Load Balancers only",
                "Give Type network and Scheme internet-facing, or no AllocationId.",
            ));
        }
        let Some(address) = network.elastic_addresses.get(id) else {
            return Err(ApiError::new(
                "AllocationIdNotFound",
                format!("The allocation IDs '{id}' do not exist"),
                "Name an elastic address of this scenario by its allocation.",
            ));
        };
        if address.interface.is_some() || seen.contains(&id) {
            return Err(ApiError::new(
                "ResourceInUse",
                format!("The allocation IDs '{id}' are already in use"),
                "Choose a free address, or take it away from what has it.",
            ));
        }
        seen.push(id);
    }
    Ok(wanted)
}
