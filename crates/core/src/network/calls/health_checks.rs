//! Health checks: the nodes of a load balancer ask the targets of its groups, each check a walk of its own.
//!
//! Source: 'Health checks for your target groups' of the load balancers' guides. AWS publishes no figure for the time between a
//! registration and the first check: ten seconds.

use super::changed;
use crate::engine::step::Step;
use crate::ids::{NetworkInterfaceId, TargetGroupId};
use crate::network::{
    Ailment, BalancedTarget, Ending, Endpoint, Flow, LoadBalancer, LoadBalancerState, Network,
    TRANSLATED_PORT, TargetGroup, TargetState, Unused,
};
use crate::units::SimSpan;
use std::sync::Arc;

/// What the ids of target groups that are to be asked begin with.
pub(super) const CHECK: &str = "check|";
/// From a registration to the first check.
const FIRST: SimSpan = SimSpan::secs(10);
/// What a workload answers that is reached.
const ANSWER: u16 = 200;

/// Sees to it that a group's targets are asked, if they are not yet.
pub(super) fn watch(network: &mut Network, id: &TargetGroupId, step: &mut Step<'_>) {
    let Some(group) = network.target_groups.get_mut(id) else {
        return;
    };
    if !group.is_checking && !group.targets.is_empty() {
        group.is_checking = true;
        step.later(FIRST, &format!("{CHECK}{id}"));
    }
}

/// Asks each target of a group once, and plans the next time.
pub(super) fn due(network: &mut Network, due: &str, step: &mut Step<'_>) {
    let id = TargetGroupId::from(due.strip_prefix(CHECK).unwrap_or_default());
    let Some(group) = network.target_groups.get(&id).map(|it| it.as_ref().clone()) else {
        return;
    };
    let uses = |balancer: &&Arc<LoadBalancer>| {
        let mut listeners = balancer.listeners.iter();
        listeners.any(|it| it.target_group.as_ref() == Some(&id))
    };
    let balancer = network.load_balancers.values().find(uses).cloned();
    let goes_on = balancer.is_some() && !group.targets.is_empty();
    let mut after = group.clone();
    after.is_checking = goes_on;
    for target in after.targets.iter_mut().filter(|it| !it.draining) {
        let found = match &balancer {
            None => TargetState::Unused(Unused::NoListener),
            Some(it) if it.state == LoadBalancerState::Provisioning => TargetState::Initial,
            Some(balancer) => ask(network, balancer, &group, target),
        };
        let before = target.health.state;
        target.health = target.health.after(found, &group.health_check);
        let now = target.health.state;
        if now != before {
            let how = say(target, now);
            changed("Target group", id.as_str(), how, step);
        }
    }
    let states = |group: &TargetGroup| -> Vec<TargetState> {
        group.targets.iter().map(|it| it.health.state).collect()
    };
    let differs = states(&group) != states(&after);
    network.target_groups.insert(id.clone(), after);
    if differs {
        network.touch();
    }
    if goes_on {
        step.later(SimSpan::secs(group.health_check.interval.into()), due);
    }
}

fn say(target: &BalancedTarget, now: TargetState) -> String {
    let how = format!("finds {}:{} {}", target.id, target.port, now.aws());
    match now.reason() {
        Some(reason) => format!("{how}: {} ({reason})", now.description()),
        None => how,
    }
}

/// One check: from the node of the target's zone, else from the first that may use it.
fn ask(
    network: &Network,
    balancer: &LoadBalancer,
    group: &TargetGroup,
    target: &BalancedTarget,
) -> TargetState {
    let zone_of = |id: &NetworkInterfaceId| {
        let subnet = &network.interfaces.get(id)?.subnet;
        Some(network.subnets.get(subnet)?.zone.clone())
    };
    let Some(there) = network.interfaces.get(&target.interface) else {
        return TargetState::Unhealthy(Ailment::Timeout);
    };
    let zone = zone_of(&target.interface);
    let nodes = &balancer.nodes;
    let Some(node) = nodes.iter().find(|node| zone_of(node) == zone) else {
        return TargetState::Unused(Unused::Zone);
    };
    let check = &group.health_check;
    let port = check.port.parse().unwrap_or(target.port);
    let from = Endpoint::Interface(node.clone());
    let trace = network.walk(&Flow {
        source_port: TRANSLATED_PORT,
        ..Flow::tcp(from, there.private_ip, port)
    });
    match trace.ending {
        Ending::Denied(_) => TargetState::Unhealthy(Ailment::Timeout),
        Ending::Refused => TargetState::Unhealthy(Ailment::Refused),
        Ending::Delivered if check.counts_as_well(ANSWER) => TargetState::Healthy,
        Ending::Delivered => TargetState::Unhealthy(Ailment::Code(ANSWER)),
    }
}
