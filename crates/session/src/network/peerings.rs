//! Cards of peering connections.

use super::{Act, Card, Fact, Kind, State, Tone, names};
use fargate_core::call::{
    AcceptVpcPeeringConnection, DeleteVpcPeeringConnection, RejectVpcPeeringConnection,
};
use fargate_core::network::{Network, Peering, PeeringStatus};
use fargate_core::world::World;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let peerings = world.network().peerings.values();
    peerings.map(|it| card(it, world.network())).collect()
}

fn card(peering: &Peering, network: &Network) -> Card {
    let id = peering.id.to_string();
    let tone = match peering.status {
        PeeringStatus::Active => Tone::Good,
        PeeringStatus::InitiatingRequest
        | PeeringStatus::PendingAcceptance
        | PeeringStatus::Provisioning
        | PeeringStatus::Deleting => Tone::Waiting,
        PeeringStatus::Failed
        | PeeringStatus::Expired
        | PeeringStatus::Rejected
        | PeeringStatus::Deleted => Tone::Bad,
    };
    let side = |name, vpc| Fact::leading(name, names::vpc(network, vpc), vpc);
    Card {
        kind: Kind::Peering,
        title: "Peering connection".to_owned(),
        // it is in two: listed whichever is shown
        vpc: None,
        state: Some(State::new(peering.status.aws(), tone)),
        facts: vec![
            side("Requester", &peering.requester),
            side("Accepter", &peering.accepter),
        ],
        lists: Vec::new(),
        acts: acts(peering, &id),
        id,
    }
}

fn acts(peering: &Peering, id: &str) -> Vec<Act> {
    let connection = || peering.id.clone();
    let mut acts = Vec::new();
    if peering.status == PeeringStatus::PendingAcceptance {
        acts.push(Act::new(
            "Accept",
            format!("Accept peering connection {id}"),
            AcceptVpcPeeringConnection {
                vpc_peering_connection_id: connection(),
            },
            "Peering connection active. Each side needs a route to the other.",
        ));
        acts.push(Act::new(
            "Reject",
            format!("Reject peering connection {id}"),
            RejectVpcPeeringConnection {
                vpc_peering_connection_id: connection(),
            },
            "Peering connection rejected.",
        ));
    }
    if peering.lives() || peering.status == PeeringStatus::Failed {
        acts.push(Act::new(
            "Delete",
            format!("Delete peering connection {id}"),
            DeleteVpcPeeringConnection {
                vpc_peering_connection_id: connection(),
            },
            "Peering connection deleted.",
        ));
    }
    acts
}
