//! Cards of gateways: internet, egress-only and NAT, and of the elastic addresses that public NAT gateways take.

use super::{Act, Card, Fact, Kind, State, Tone, names};
use fargate_core::call::{
    DeleteEgressOnlyInternetGateway, DeleteInternetGateway, DeleteNatGateway,
    DetachInternetGateway, ReleaseAddress,
};
use fargate_core::network::{
    Connectivity, EgressOnlyGateway, ElasticAddress, InternetGateway, NatGateway, NatState, Network,
};
use fargate_core::world::World;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let network = world.network();
    let internet = network.internet_gateways.values();
    let egress_only = network.egress_only_gateways.values();
    let nat = network.nat_gateways.values();
    let addresses = network.elastic_addresses.values();
    internet
        .map(|it| internet_card(it, network))
        .chain(egress_only.map(|it| egress_only_card(it, network)))
        .chain(nat.map(|it| nat_card(it, network)))
        .chain(addresses.map(|it| address_card(it, network)))
        .collect()
}

fn internet_card(gateway: &InternetGateway, network: &Network) -> Card {
    let id = gateway.id.to_string();
    let (state, fact, act) = if let Some(vpc) = &gateway.vpc {
        let detach = DetachInternetGateway {
            internet_gateway_id: gateway.id.clone(),
            vpc_id: vpc.clone(),
        };
        let act = Act::new(
            "Detach",
            format!("Detach internet gateway {id}"),
            detach,
            "Internet gateway detached: routes to it lead nowhere.",
        );
        let fact = Fact::leading("VPC", names::vpc(network, vpc), vpc);
        (State::new("attached", Tone::Good), Some(fact), act)
    } else {
        let delete = DeleteInternetGateway {
            internet_gateway_id: gateway.id.clone(),
        };
        let act = Act::new(
            "Delete",
            format!("Delete internet gateway {id}"),
            delete,
            "Internet gateway deleted.",
        );
        (State::new("detached", Tone::Waiting), None, act)
    };
    Card {
        kind: Kind::InternetGateway,
        title: "Internet gateway".to_owned(),
        vpc: gateway.vpc.clone(),
        state: Some(state),
        facts: fact.into_iter().collect(),
        lists: Vec::new(),
        acts: vec![act],
        id,
    }
}

fn egress_only_card(gateway: &EgressOnlyGateway, network: &Network) -> Card {
    let id = gateway.id.to_string();
    let delete = DeleteEgressOnlyInternetGateway {
        egress_only_internet_gateway_id: gateway.id.clone(),
    };
    let vpc = gateway.vpc.as_ref();
    let about = format!("Delete egress-only internet gateway {id}");
    Card {
        kind: Kind::EgressOnlyGateway,
        title: "Egress-only gateway".to_owned(),
        vpc: gateway.vpc.clone(),
        state: Some(State::new("attached", Tone::Good)),
        facts: vpc
            .map(|vpc| Fact::leading("VPC", names::vpc(network, vpc), vpc))
            .into_iter()
            .collect(),
        lists: Vec::new(),
        acts: vec![Act::new(
            "Delete",
            about,
            delete,
            "Egress-only gateway deleted.",
        )],
        id,
    }
}

fn nat_card(nat: &NatGateway, network: &Network) -> Card {
    let id = nat.id.to_string();
    let subnet = network.subnets.get(&nat.subnet);
    let tone = match nat.state {
        NatState::Available => Tone::Good,
        NatState::Pending | NatState::Deleting => Tone::Waiting,
        NatState::Failed | NatState::Deleted => Tone::Bad,
    };
    let kind = match nat.connectivity {
        Connectivity::Public => "public",
        Connectivity::Private => "private",
    };
    let mut facts = vec![
        Fact::leading("Subnet", names::subnet(network, &nat.subnet), &nat.subnet),
        Fact::new("Kind", kind),
        Fact::new("Private address", nat.private_ip.to_string()),
    ];
    if let (Some(address), Some(allocation)) = (nat.public_ip, &nat.allocation) {
        facts.push(Fact::leading(
            "Elastic address",
            address.to_string(),
            allocation,
        ));
    }
    let delete = DeleteNatGateway {
        nat_gateway_id: nat.id.clone(),
    };
    let title = if nat.name.is_empty() {
        "NAT gateway".to_owned()
    } else {
        nat.name.clone()
    };
    let about = format!("Delete NAT gateway {}", names::title(&nat.name, &id));
    let delete = Act::new("Delete", about, delete, "The NAT gateway is being deleted.");
    let goes = matches!(nat.state, NatState::Deleting) || nat.state.is_over();
    Card {
        kind: Kind::NatGateway,
        title,
        vpc: subnet.map(|subnet| subnet.vpc.clone()),
        state: Some(State::new(nat.state.aws(), tone)),
        facts,
        lists: Vec::new(),
        acts: if goes { Vec::new() } else { vec![delete] },
        id,
    }
}

fn address_card(address: &ElasticAddress, network: &Network) -> Card {
    let release = ReleaseAddress {
        allocation_id: address.id.clone(),
    };
    let mut nats = network.nat_gateways.values();
    let nat = nats
        .find(|nat| address.interface.is_some() && nat.allocation.as_ref() == Some(&address.id));
    let mut facts = Vec::new();
    if let Some(nat) = nat {
        let name = names::title(&nat.name, nat.id.as_str());
        facts.push(Fact::leading("NAT gateway", name, &nat.id));
    } else if let Some(interface) = &address.interface {
        facts.push(Fact::leading("Interface", interface.to_string(), interface));
    }
    let state = if address.interface.is_some() {
        State::new("in use", Tone::Good)
    } else {
        State::new("free", Tone::Plain)
    };
    let about = format!("Release {}", address.public_ip);
    Card {
        kind: Kind::ElasticAddress,
        id: address.id.to_string(),
        title: address.public_ip.to_string(),
        vpc: None,
        state: Some(state),
        facts,
        lists: Vec::new(),
        acts: vec![Act::new("Release", about, release, "Address released.")],
    }
}
