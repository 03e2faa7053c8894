//! Cards of what stands in subnets beside tasks: each has an interface that somebody else owns.

use crate::view::{TileCard, TileKind};
use fargate_core::network::{Interface, NatState, Network, Owner};
use fargate_core::world::World;

pub(super) fn tiles(world: &World) -> Vec<TileCard> {
    let network = world.network();
    let interfaces = network.interfaces.values();
    let mut tiles: Vec<TileCard> = interfaces.filter_map(|it| tile(it, network)).collect();
    tiles.sort_by(|a, b| (&a.subnet, &a.name, &a.id).cmp(&(&b.subnet, &b.name, &b.id)));
    tiles
}

fn tile(interface: &Interface, network: &Network) -> Option<TileCard> {
    let mut state = None;
    let (kind, name, owner) = match &interface.owner {
        Owner::Task(_) => return None,
        Owner::Instance(id) => (TileKind::Instance, id.to_string(), id.to_string()),
        Owner::Database(name) => (TileKind::Database, name.to_string(), name.to_string()),
        Owner::ApplicationLoadBalancer(id) | Owner::NetworkLoadBalancer(id) => {
            // its ARN ends with its kind, its name and a number
            let name = id.as_str().rsplit('/').nth(1).unwrap_or(id.as_str());
            (TileKind::LoadBalancer, name.to_owned(), id.to_string())
        }
        Owner::Endpoint(id) => {
            let endpoint = network.interface_endpoints.get(id);
            let service = endpoint.map_or(id.as_str(), |endpoint| endpoint.service.as_str());
            let short = service.strip_prefix("com.amazonaws.us-east-1.");
            state = endpoint
                .is_some_and(|endpoint| !endpoint.available)
                .then_some("pending");
            (
                TileKind::Endpoint,
                short.unwrap_or(service).to_owned(),
                id.to_string(),
            )
        }
        Owner::NatGateway(id) => {
            let nat = network.nat_gateways.get(id)?;
            state = (nat.state != NatState::Available).then(|| nat.state.aws());
            let name = if nat.name.is_empty() {
                "NAT gateway"
            } else {
                &nat.name
            };
            (TileKind::NatGateway, name.to_owned(), id.to_string())
        }
        Owner::MountTarget(id) => (TileKind::MountTarget, id.to_string(), id.to_string()),
    };
    let port = interface.listeners.first().map(|listener| listener.port);
    let port = port.map_or_else(String::new, |port| format!(":{port}"));
    Some(TileCard {
        id: interface.id.clone(),
        owner,
        subnet: interface.subnet.clone(),
        kind,
        name,
        address: format!("{}{port}", interface.private_ip),
        public_ip: interface.public_ip,
        state,
        groups: interface.groups.clone(),
    })
}
