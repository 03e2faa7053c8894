//! Cards of target groups: how they ask whether targets are well, and the targets.

use super::{Act, Card, Fact, Kind, Line, Lines, State, Tone, names};
use fargate_core::call::{
    Attribute, DeleteTargetGroup, DeregisterTargets, ModifyTargetGroupAttributes, TargetDescription,
};
use fargate_core::network::{BalancedTarget, HealthCheck, LoadBalancerKind, TargetGroup};
use fargate_core::world::World;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let groups = world.network().target_groups.values();
    groups.map(|it| card(it, world)).collect()
}

fn card(group: &TargetGroup, world: &World) -> Card {
    let network = world.network();
    let title = group.name().to_owned();
    let targets_are = match group.target_type.as_str() {
        "instance" => "instances",
        _ => "addresses (type ip)",
    };
    let mut facts = vec![
        Fact::new("Targets are", targets_are),
        Fact::new("Protocol", format!("{}:{}", group.protocol, group.port)),
        Fact::new("Health check", health_check(&group.health_check)),
        Fact::new("Drains for", format!("{} s", group.deregistration_delay)),
    ];
    let is_network = group.kind() == LoadBalancerKind::Network;
    if is_network {
        let kept = group.keeps_client_address();
        let sees = if kept { "the client's" } else { "the node's" };
        facts.push(Fact::new("Targets see", format!("{sees} address")));
    }
    let mut balancers = network.load_balancers.values();
    let user = balancers.find(|balancer| {
        let mut listeners = balancer.listeners.iter();
        listeners.any(|it| it.target_group.as_ref() == Some(&group.id))
    });
    let state = match user {
        Some(balancer) => {
            facts.push(Fact::leading(
                "Load balancer",
                balancer.name(),
                &balancer.id,
            ));
            None
        }
        None => Some(State::new("unused", Tone::Waiting)),
    };
    let mut acts = Vec::new();
    if is_network {
        acts.push(client_address(group, &title));
    }
    let delete = DeleteTargetGroup {
        target_group_arn: group.id.clone(),
    };
    acts.push(Act::new(
        "Delete",
        format!("Delete target group {title}"),
        delete,
        "Target group deleted.",
    ));
    let targets = group.targets.iter();
    Card {
        kind: Kind::TargetGroup,
        id: group.id.to_string(),
        vpc: group.vpc.clone(),
        state,
        facts,
        lists: vec![Lines {
            title: "Targets",
            empty: "No target: whoever asks gets no answer.",
            lines: targets.map(|it| target(it, group, &title, world)).collect(),
        }],
        acts,
        title,
    }
}

/// 'HTTP / every 30 s on the target's port; 200 is well'.
fn health_check(check: &HealthCheck) -> String {
    let path = check.path.as_deref().map(|path| format!(" {path}"));
    let port = match check.port.as_str() {
        "traffic-port" => "the target's port".to_owned(),
        port => format!("port {port}"),
    };
    let matcher = check.matcher.as_deref();
    let matcher = matcher.map(|codes| format!("; {codes} is well"));
    format!(
        "{}{} every {} s on {port}{}",
        check.protocol,
        path.unwrap_or_default(),
        check.interval,
        matcher.unwrap_or_default()
    )
}

fn client_address(group: &TargetGroup, title: &str) -> Act {
    let on = group.keeps_client_address();
    let call = ModifyTargetGroupAttributes {
        target_group_arn: group.id.clone(),
        attributes: vec![Attribute {
            key: "preserve_client_ip.enabled".to_owned(),
            value: (!on).to_string(),
        }],
    };
    let (verb, done) = if on {
        (
            "Client addresses off",
            "Targets see the node's address: their groups must let that in.",
        )
    } else {
        (
            "Client addresses on",
            "Targets see the client's address: their groups must let that in.",
        )
    };
    Act::new(verb, format!("{verb} for {title}"), call, done)
}

fn target(target: &BalancedTarget, group: &TargetGroup, title: &str, world: &World) -> Line {
    let network = world.network();
    let interface = network.interfaces.get(&target.interface);
    let head = format!("{}:{}", target.id, target.port);
    let words = interface.map_or_else(
        || "nothing has this address".to_owned(),
        |interface| names::owner(interface, world).0,
    );
    let call = DeregisterTargets {
        target_group_arn: group.id.clone(),
        targets: vec![TargetDescription {
            id: target.id.to_string(),
            port: Some(target.port),
        }],
    };
    let about = format!("Deregister {head} from {title}");
    let deregister = Act::new(
        "Deregister",
        about,
        call,
        "The target drains, and takes no new connection.",
    );
    let draining = target.draining;
    Line {
        key: head.clone(),
        head,
        words,
        leads_to: interface.map(|it| it.id.to_string()),
        state: draining.then(|| State::new("draining", Tone::Waiting)),
        acts: if draining {
            Vec::new()
        } else {
            vec![deregister]
        },
    }
}
