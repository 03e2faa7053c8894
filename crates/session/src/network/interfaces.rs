//! Cards of network interfaces: what they belong to, their addresses and their groups. They come and go with their owners.

use super::{Card, Fact, Kind, State, Tone, names};
use crate::words;
use fargate_core::network::{Attachment, Interface};
use fargate_core::world::World;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let interfaces = world.network().interfaces.values();
    interfaces.map(|it| card(it, world)).collect()
}

fn card(interface: &Interface, world: &World) -> Card {
    let network = world.network();
    let (owner, leads_to) = names::owner(interface, world);
    let subnet = network.subnets.get(&interface.subnet);
    let mut facts = vec![
        Fact::leading(
            "Subnet",
            names::subnet(network, &interface.subnet),
            &interface.subnet,
        ),
        Fact::new("Private address", interface.private_ip.to_string()),
    ];
    let public = interface.public_ip.map(|it| it.to_string());
    facts.extend(public.map(|it| Fact::new("Public address", it)));
    let ipv6 = interface.ipv6.map(|it| it.to_string());
    facts.extend(ipv6.map(|it| Fact::new("IPv6 address", it)));
    let groups = interface.groups.iter();
    facts.extend(groups.map(|id| Fact::leading("Group", words::group_name(id, world), id)));
    if let Some(id) = leads_to {
        facts.push(Fact::leading("Owner", owner.as_str(), &id));
    }
    let tone = match interface.attachment {
        Attachment::Attached => Tone::Good,
        Attachment::Attaching | Attachment::Detaching => Tone::Waiting,
    };
    Card {
        kind: Kind::Interface,
        id: interface.id.to_string(),
        title: owner,
        vpc: subnet.map(|subnet| subnet.vpc.clone()),
        state: Some(State::new(
            interface.attachment.aws().to_ascii_lowercase(),
            tone,
        )),
        facts,
        lists: Vec::new(),
        acts: Vec::new(),
    }
}
