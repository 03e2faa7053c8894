//! Cards of load balancers: their nodes, and their listeners with the target groups that these forward to.

use super::{Act, Card, Fact, Kind, Line, Lines, State, Tone, names};
use fargate_core::call::{
    Attribute, DeleteListener, DeleteLoadBalancer, ModifyLoadBalancerAttributes,
};
use fargate_core::network::{
    BalancerListener, Interface, LoadBalancer, LoadBalancerKind, LoadBalancerState,
};
use fargate_core::world::World;
use std::sync::Arc;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let balancers = world.network().load_balancers.values();
    balancers.map(|it| card(it, world)).collect()
}

fn card(balancer: &LoadBalancer, world: &World) -> Card {
    let network = world.network();
    let title = balancer.name().to_owned();
    let ids = balancer.nodes.iter();
    let nodes = ids.filter_map(|id| network.interfaces.get(id));
    let nodes: Vec<&Arc<Interface>> = nodes.collect();
    let scheme = if balancer.internet_facing {
        "internet-facing"
    } else {
        "internal"
    };
    let mut facts = vec![
        Fact::new("Type", format!("{}, {scheme}", balancer.kind.aws())),
        Fact::new("Name", balancer.dns_name.as_str()),
        Fact::new("Idle timeout", format!("{} s", balancer.idle_timeout)),
    ];
    let first = nodes.first();
    facts.extend(first.iter().flat_map(|node| names::groups(node, world)));
    let subnet = first.and_then(|node| network.subnets.get(&node.subnet));
    let tone = match balancer.state {
        LoadBalancerState::Active => Tone::Good,
        LoadBalancerState::Provisioning => Tone::Waiting,
    };
    let node = |node: &&Arc<Interface>| {
        let subnet = names::subnet(network, &node.subnet);
        let public = node.public_ip.map(|it| format!(", public {it}"));
        Line {
            key: node.id.to_string(),
            head: node.private_ip.to_string(),
            words: format!("in {subnet}{}", public.unwrap_or_default()),
            leads_to: Some(node.id.to_string()),
            state: None,
            acts: Vec::new(),
        }
    };
    let listeners = balancer.listeners.iter();
    Card {
        kind: Kind::LoadBalancer,
        id: balancer.id.to_string(),
        vpc: subnet.map(|subnet| subnet.vpc.clone()),
        state: Some(State::new(balancer.state.aws(), tone)),
        facts,
        lists: vec![
            Lines {
                title: "Nodes",
                empty: "It has no node.",
                lines: nodes.iter().map(node).collect(),
            },
            Lines {
                title: "Listeners",
                empty: "No listener: it answers nobody.",
                lines: listeners.map(|it| listener(it, &title, world)).collect(),
            },
        ],
        acts: acts(balancer, &title),
        title,
    }
}

fn listener(listener: &BalancerListener, balancer: &str, world: &World) -> Line {
    let group = listener.target_group.as_ref();
    let found = group.and_then(|id| world.network().target_groups.get(id));
    let head = format!("{}:{}", listener.protocol, listener.port);
    let words = found.map_or_else(
        || "forwards to nothing".to_owned(),
        |group| format!("forwards to {}", group.name()),
    );
    let delete = DeleteListener {
        listener_arn: listener.arn.clone(),
    };
    let about = format!("Delete listener {head} of {balancer}");
    Line {
        key: head.clone(),
        head,
        words,
        leads_to: group.map(ToString::to_string),
        state: None,
        acts: vec![Act::new("Delete", about, delete, "Listener deleted.")],
    }
}

fn acts(balancer: &LoadBalancer, title: &str) -> Vec<Act> {
    let switch = |key: &str, on: bool, verb: &'static str, done| {
        let call = ModifyLoadBalancerAttributes {
            load_balancer_arn: balancer.id.clone(),
            attributes: vec![Attribute {
                key: key.to_owned(),
                value: (!on).to_string(),
            }],
        };
        Act::new(verb, format!("{verb} for {title}"), call, done)
    };
    let mut acts = Vec::new();
    if balancer.kind == LoadBalancerKind::Network {
        let (verb, done) = if balancer.cross_zone {
            (
                "Cross-zone off",
                "Each node uses the targets of its own zone only.",
            )
        } else {
            ("Cross-zone on", "Each node uses the targets of all zones.")
        };
        let key = "load_balancing.cross_zone.enabled";
        acts.push(switch(key, balancer.cross_zone, verb, done));
    }
    let (verb, done) = if balancer.deletion_protection {
        ("Deletion protection off", "It can be deleted.")
    } else {
        ("Deletion protection on", "It cannot be deleted.")
    };
    let key = "deletion_protection.enabled";
    acts.push(switch(key, balancer.deletion_protection, verb, done));
    let delete = DeleteLoadBalancer {
        load_balancer_arn: balancer.id.clone(),
    };
    acts.push(Act::new(
        "Delete",
        format!("Delete load balancer {title}"),
        delete,
        "Load balancer deleted. Its target groups stay.",
    ));
    acts
}
