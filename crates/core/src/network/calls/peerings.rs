//! Peering connections: asked for, accepted, refused, deleted.

use super::{changed, made, missing};
use crate::call::{
    AcceptVpcPeeringConnection, CreateVpcPeeringConnection, DeleteVpcPeeringConnection,
    RejectVpcPeeringConnection,
};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::VpcPeeringConnectionId;
use crate::network::{Network, Peering, PeeringStatus};

/// The Region of the account.
const REGION: &str = "us-east-1";

/// `CreateVpcPeeringConnection`. Where blocks overlap the connection fails, as in AWS.
pub(crate) fn create_vpc_peering_connection(
    network: &mut Network,
    input: &CreateVpcPeeringConnection,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let requester = missing::vpc(network, &input.vpc_id)?.clone();
    let accepter = missing::vpc(network, &input.peer_vpc_id)?.clone();
    let between =
        |peering: &Peering| peering.lives() && peering.other(&requester.id) == Some(&accepter.id);
    if let Some(other) = network.peerings.values().find(|peering| between(peering)) {
        return Err(ApiError::new(
            "VpcPeeringConnectionAlreadyExists",
            format!("The VPC peering connection {} already exists.", other.id),
            "Two VPCs have one connection; use that one.",
        ));
    }
    let overlap = requester.blocks().any(|own| {
        accepter
            .blocks()
            .any(|other| own.contains(&other) || other.contains(&own))
    });
    let id = VpcPeeringConnectionId::from(step.id("pcx"));
    let status = if overlap {
        PeeringStatus::Failed
    } else {
        PeeringStatus::PendingAcceptance
    };
    let region = input.peer_region.as_deref().unwrap_or(REGION);
    let peering = Peering {
        id: id.clone(),
        requester: requester.id.clone(),
        accepter: accepter.id.clone(),
        status,
        same_region: region == REGION,
    };
    network.peerings.insert(id.clone(), peering);
    network.touch();
    let reply = made("Peering connection", id.as_str(), String::new(), step);
    let how = if overlap {
        "fails: the blocks of the two VPCs overlap"
    } else {
        "waits to be accepted"
    };
    changed("Peering connection", id.as_str(), how.to_owned(), step);
    Ok(reply)
}

fn come_to(
    network: &mut Network,
    id: &VpcPeeringConnectionId,
    from: &[PeeringStatus],
    to: PeeringStatus,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let status = missing::peering(network, id)?.status;
    if !from.contains(&status) {
        return Err(ApiError::new(
            "InvalidStateTransition",
            format!(
                "Invalid state transition for {id}, attempted to transition from {} to {}",
                status.aws(),
                to.aws()
            ),
            "Only a connection that waits can be accepted or rejected, and only one that lives deleted.",
        ));
    }
    if let Some(peering) = network.peerings.get_mut(id) {
        peering.status = to;
    }
    network.touch();
    Ok(changed(
        "Peering connection",
        id.as_str(),
        format!("is {}", to.aws()),
        step,
    ))
}

/// `AcceptVpcPeeringConnection`. Routes are added by hand, on both sides.
pub(crate) fn accept_vpc_peering_connection(
    network: &mut Network,
    input: &AcceptVpcPeeringConnection,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.vpc_peering_connection_id;
    come_to(
        network,
        id,
        &[PeeringStatus::PendingAcceptance],
        PeeringStatus::Active,
        step,
    )
}

/// `RejectVpcPeeringConnection`.
pub(crate) fn reject_vpc_peering_connection(
    network: &mut Network,
    input: &RejectVpcPeeringConnection,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.vpc_peering_connection_id;
    come_to(
        network,
        id,
        &[PeeringStatus::PendingAcceptance],
        PeeringStatus::Rejected,
        step,
    )
}

/// `DeleteVpcPeeringConnection`. Routes to it become blackholes.
pub(crate) fn delete_vpc_peering_connection(
    network: &mut Network,
    input: &DeleteVpcPeeringConnection,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let from = [
        PeeringStatus::Active,
        PeeringStatus::PendingAcceptance,
        PeeringStatus::Failed,
    ];
    come_to(
        network,
        &input.vpc_peering_connection_id,
        &from,
        PeeringStatus::Deleted,
        step,
    )
}
