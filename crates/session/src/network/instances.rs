//! Cards of EC2 instances: their interfaces, what those wear, and the elastic addresses that lead to them.

use super::{Act, Card, Fact, Kind, Line, Lines, State, Tone, names};
use fargate_core::call::{
    AttributeBooleanValue, DetachNetworkInterface, DisassociateAddress,
    ModifyNetworkInterfaceAttribute, TerminateInstances,
};
use fargate_core::network::{
    ElasticAddress, Instance, InstanceState, Interface, elastic_address_association,
    network_interface_attachment,
};
use fargate_core::world::World;
use std::sync::Arc;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let things = world.network().things();
    let instances = things.instances.values();
    instances.map(|it| card(it, world)).collect()
}

fn card(instance: &Instance, world: &World) -> Card {
    let network = world.network();
    let title = names::title(&instance.name, instance.id.as_str());
    let tone = match instance.state {
        InstanceState::Running => Tone::Good,
        InstanceState::Pending | InstanceState::ShuttingDown => Tone::Waiting,
        InstanceState::Terminated => Tone::Bad,
    };
    let ids = instance.interfaces.iter();
    let interfaces = ids.filter_map(|id| network.interfaces.get(id));
    let interfaces: Vec<&Arc<Interface>> = interfaces.collect();
    let elastic = network.elastic_addresses.values().filter(|it| {
        let leads_to = it.interface.as_ref();
        leads_to.is_some_and(|id| instance.interfaces.contains(id))
    });
    let elastic: Vec<&Arc<ElasticAddress>> = elastic.collect();
    let kind = instance.instance_type;
    let mut facts = vec![
        Fact::new("Type", kind.name),
        Fact::new("Image", instance.image.as_str()),
    ];
    if let Some(primary) = interfaces.first() {
        facts.extend(names::place(primary, world));
        let check = if primary.source_dest_check {
            "on"
        } else {
            "off"
        };
        facts.push(Fact::new("Source/destination check", check));
    }
    let addresses = elastic.iter();
    facts.extend(
        addresses.map(|it| Fact::leading("Elastic address", it.public_ip.to_string(), &it.id)),
    );
    let mut acts = Vec::new();
    if !instance.state.is_over() {
        acts.extend(interfaces.iter().map(|it| check(it, &title)));
        acts.extend(interfaces.iter().skip(1).map(|it| detach(it, &title)));
        acts.extend(elastic.iter().map(|it| take_away(it, &title)));
        let terminate = TerminateInstances {
            instance_ids: vec![instance.id.clone()],
        };
        let about = format!("Terminate instance {title}");
        acts.push(Act::new(
            "Terminate",
            about,
            terminate,
            "The instance is shutting down.",
        ));
    }
    let line = |interface: &&Arc<Interface>| Line {
        key: interface.id.to_string(),
        head: interface.private_ip.to_string(),
        words: format!("in {}", names::subnet(network, &interface.subnet)),
        leads_to: Some(interface.id.to_string()),
        state: None,
        acts: Vec::new(),
    };
    let subnet = interfaces
        .first()
        .and_then(|it| network.subnets.get(&it.subnet));
    Card {
        kind: Kind::Instance,
        id: instance.id.to_string(),
        title,
        vpc: subnet.map(|subnet| subnet.vpc.clone()),
        state: Some(State::new(instance.state.aws(), tone)),
        facts,
        lists: vec![Lines {
            title: "Interfaces",
            empty: "They went with it.",
            lines: interfaces.iter().map(line).collect(),
        }],
        acts,
    }
}

/// Switches the check of source and destination, which an instance that forwards has off.
fn check(interface: &Interface, title: &str) -> Act {
    let on = interface.source_dest_check;
    let call = ModifyNetworkInterfaceAttribute {
        network_interface_id: interface.id.clone(),
        source_dest_check: Some(AttributeBooleanValue { value: !on }),
        ..Default::default()
    };
    let (switch, done) = if on {
        (
            "Source/destination check off",
            "It may forward what is not its own, as a NAT instance does.",
        )
    } else {
        (
            "Source/destination check on",
            "It takes and sends only what is its own.",
        )
    };
    let about = format!("{switch} at {} of {title}", interface.private_ip);
    Act::new(switch, about, call, done)
}

fn detach(interface: &Interface, title: &str) -> Act {
    let call = DetachNetworkInterface {
        attachment_id: network_interface_attachment(interface),
        force: None,
    };
    let about = format!("Detach interface {} of {title}", interface.private_ip);
    Act::new("Detach interface", about, call, "The interface is gone.")
}

fn take_away(address: &ElasticAddress, title: &str) -> Act {
    let call = DisassociateAddress {
        association_id: elastic_address_association(&address.id),
    };
    let about = format!(
        "Take elastic address away from {title}: {}",
        address.public_ip
    );
    Act::new(
        "Take elastic address away",
        about,
        call,
        "The address is free, and stays yours.",
    )
}
