//! Load balancers that hand a request on to nobody: a target, another port, a listener.

use super::{Act, Cure, DEFINITION, PROGRAM, cure};
use crate::reach::lets_node_in;
use fargate_core::call::{
    Call, CreateListener, DeregisterTargets, ListenerAction, Matcher, ModifyTargetGroup,
    RegisterTargets, TargetDescription,
};
use fargate_core::network::{
    BalancedTarget, Code, Interface, LoadBalancer, Network, Part, TargetGroup, Trace,
};
use fargate_core::task::Task;
use fargate_core::world::World;

/// Targets that are proposed.
const PROPOSED: usize = 3;

/// The target group that a request came to, or was to come to.
pub(in crate::why) fn group_of<'n>(network: &'n Network, trace: &Trace) -> Option<&'n TargetGroup> {
    let mut hops = trace.hops.iter().rev();
    let named = hops.find_map(|hop| match &hop.part {
        Part::TargetGroup(id) => Some(id),
        _ => None,
    });
    named
        .and_then(|id| network.target_groups.get(id))
        .map(AsRef::as_ref)
}

/// The target that a request was handed on to.
pub(in crate::why) fn target_of<'n>(
    network: &'n Network,
    trace: &Trace,
) -> Option<(&'n TargetGroup, &'n BalancedTarget)> {
    let group = group_of(network, trace)?;
    let chosen =
        trace.hops.iter().rev().find(|hop| {
            hop.passed && matches!(&hop.part, Part::TargetGroup(id) if *id == group.id)
        })?;
    let its = |it: &&BalancedTarget| {
        let words = format!("chooses {}:{}", it.interface, it.port);
        chosen.rule == words || chosen.rule.starts_with(&format!("{words}:"))
    };
    Some((group, group.targets.iter().find(its)?))
}

/// What may let a load balancer answer.
pub(super) fn of_balancer(world: &World, trace: &Trace) -> Vec<Cure> {
    let network = world.network();
    let balancer = trace
        .balancer()
        .and_then(|id| network.load_balancers.get(id));
    let (Some(balancer), Some(code)) = (balancer, trace.code()) else {
        return Vec::new();
    };
    match code {
        Code::Elbv2ListenersMismatch => listener(balancer, trace.port),
        Code::Elbv2ListenerHasNoTg | Code::NoPossibleDestination => {
            group_of(network, trace).map_or_else(Vec::new, |group| targets(world, group, None))
        }
        Code::NoListener => target_of(network, trace).map_or_else(Vec::new, |(group, target)| {
            other_ports(network, group, target)
        }),
        _ => Vec::new(),
    }
}

/// Without what lets in a node of a load balancer by its address, where something else helps.
pub(super) fn lasting(world: &World, cures: &mut Vec<Cure>) {
    let by_address = |cure: &Cure| {
        let mut acts = cure.acts.iter();
        acts.any(|act| matches!(act, Act::Call(call) if lets_node_in(call, world)))
    };
    if cures.iter().any(|it| !by_address(it)) {
        cures.retain(|it| !by_address(it));
    }
}

/// A listener on a port that none takes, which does what the first one does.
fn listener(balancer: &LoadBalancer, port: u16) -> Vec<Cure> {
    let Some(first) = balancer.listeners.first() else {
        return Vec::new();
    };
    let Some(group) = &first.target_group else {
        return Vec::new();
    };
    let call = CreateListener {
        load_balancer_arn: balancer.id.clone(),
        protocol: first.protocol.clone(),
        port,
        default_actions: vec![ListenerAction {
            kind: "forward".to_owned(),
            target_group_arn: Some(group.clone()),
        }],
        ..CreateListener::default()
    };
    let words = format!(
        "Add a listener on {port} to {}, which forwards as the one on {} does",
        balancer.name(),
        first.port
    );
    vec![cure(
        words,
        "listener",
        PROGRAM,
        vec![Act::Call(call.into())],
    )]
}

fn registered(group: &TargetGroup, id: &str, port: u16) -> Call {
    RegisterTargets {
        target_group_arn: group.id.clone(),
        targets: vec![TargetDescription {
            id: id.to_owned(),
            port: Some(port),
        }],
    }
    .into()
}

fn taken_out(group: &TargetGroup, target: &BalancedTarget) -> Call {
    DeregisterTargets {
        target_group_arn: group.id.clone(),
        targets: vec![TargetDescription {
            id: target.id.to_string(),
            port: Some(target.port),
        }],
    }
    .into()
}

/// The ports that something listens on, those of the group first.
fn ports(interface: &Interface, group: &TargetGroup) -> Vec<u16> {
    let open = interface.listeners.iter().filter(|it| it.hears(false));
    let mut ports: Vec<u16> = open.map(|it| it.port).collect();
    ports.sort_by_key(|port| *port != group.port);
    ports
}

/// Tasks that run and can be registered as targets; those that have nothing any more go.
pub(in crate::why) fn targets(
    world: &World,
    group: &TargetGroup,
    only: Option<&Task>,
) -> Vec<Cure> {
    let network = world.network();
    if group.target_type != "ip" {
        return Vec::new();
    }
    let gone = group
        .targets
        .iter()
        .filter(|it| !it.draining && network.interfaces.get(&it.interface).is_none());
    let gone: Vec<Act> = gone.map(|it| Act::Call(taken_out(group, it))).collect();
    let mut tasks: Vec<&Task> = world.tasks().values().map(AsRef::as_ref).collect();
    tasks.retain(|it| only.is_none_or(|only| only.id == it.id));
    let mut found: Vec<(bool, Cure)> = Vec::new();
    for task in tasks {
        let Some(interface) = network
            .interface_of(&task.id)
            .filter(|_| task.stop.is_none())
        else {
            continue;
        };
        let subnet = network.subnets.get(&interface.subnet);
        if subnet.map(|it| &it.vpc) != group.vpc.as_ref() {
            continue;
        }
        let Some(port) = ports(interface, group).first().copied() else {
            continue;
        };
        let address = interface.private_ip.to_string();
        let mut acts = gone.clone();
        acts.push(Act::Call(registered(group, &address, port)));
        let title = format!(
            "Register {} {} ({address}:{port}) in {}",
            task.revision,
            task.id.short(),
            group.name()
        );
        found.push((port != group.port, cure(title, "target", PROGRAM, acts)));
    }
    found.sort_by_key(|(other, _)| *other);
    found.into_iter().map(|it| it.1).take(PROPOSED).collect()
}

/// A target registered by a port on which something listens, and no more by the one on which nothing does.
pub(in crate::why) fn other_ports(
    network: &Network,
    group: &TargetGroup,
    target: &BalancedTarget,
) -> Vec<Cure> {
    let Some(interface) = network.interfaces.get(&target.interface) else {
        return Vec::new();
    };
    let open = ports(interface, group).into_iter().take(PROPOSED);
    open.map(|port| {
        cure(
            format!(
                "Register {} in {} with port {port}, where something listens, not with {}",
                target.id,
                group.name(),
                target.port
            ),
            "port of the target",
            DEFINITION,
            vec![
                Act::Call(taken_out(group, target)),
                Act::Call(registered(group, &target.id, port)),
            ],
        )
    })
    .collect()
}

/// A health check that takes one code more.
pub(in crate::why) fn matched(group: &TargetGroup, wanted: &str, code: u16) -> Cure {
    let call = ModifyTargetGroup {
        target_group_arn: group.id.clone(),
        matcher: Some(Matcher {
            http_code: format!("{wanted},{code}"),
        }),
        ..ModifyTargetGroup::default()
    };
    let title = format!("Let the health check of {} take {code} too", group.name());
    let acts = vec![Act::Call(call.into())];
    cure(title, "health check", PROGRAM, acts)
}

/// A health check on the port that requests go to.
pub(in crate::why) fn on_traffic_port(group: &TargetGroup) -> Cure {
    let call = ModifyTargetGroup {
        target_group_arn: group.id.clone(),
        health_check_port: Some("traffic-port".to_owned()),
        ..ModifyTargetGroup::default()
    };
    let title = format!(
        "Let the health check of {} ask the port that requests go to (traffic-port)",
        group.name()
    );
    let acts = vec![Act::Call(call.into())];
    cure(title, "health check", PROGRAM, acts)
}
