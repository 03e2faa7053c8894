//! Targets: registered with a target group, and taken out of it.

use super::changed;
use super::load_balancers::invalid;
use super::target_groups::{found, in_use};
use crate::call::{DeregisterTargets, RegisterTargets, TargetDescription};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{NetworkInterfaceId, TargetGroupId};
use crate::network::{BalancedTarget, InstanceState, Network, TargetGroup, TargetHealth};
use crate::units::SimSpan;
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// Targets of a group. Source: quotas of the load balancers' guides.
const MAX_TARGETS: usize = 1_000;
/// Blocks that targets by address may be in, beside the VPC's. Source: 'Target type' of the load balancers' guides.
const BLOCKS: [Ipv4Net; 4] = [
    Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10),
    Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12),
    Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16),
];

fn no_target(message: impl Into<String>, cure: impl Into<String>) -> ApiError {
    ApiError::new("InvalidTarget", message, cure.into())
}

/// `RegisterTargets`: one that is there already, and draining, takes connections again.
pub(crate) fn register_targets(
    network: &mut Network,
    input: &RegisterTargets,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.target_group_arn;
    let mut group = found(network, id)?.as_ref().clone();
    let mut how = Vec::new();
    for wanted in &input.targets {
        let interface = interface_of(network, &group, wanted)?;
        let port = wanted.port.unwrap_or(group.port);
        group
            .targets
            .retain(|it| (&*it.id, it.port) != (&*wanted.id, port));
        group.targets.push(BalancedTarget {
            id: wanted.id.as_str().into(),
            interface,
            port,
            draining: false,
            health: TargetHealth::default(),
        });
        how.push(format!("{}:{port}", wanted.id));
    }
    if group.targets.len() > MAX_TARGETS {
        return Err(ApiError::new(
            "TooManyTargets",
            "The limit of targets of this target group has been reached.",
            "A group has 1,000 targets at most.",
        ));
    }
    network.target_groups.insert(id.clone(), group);
    network.touch();
    super::health_checks::watch(network, id, step);
    let how = format!("has the target {}", how.join(", "));
    Ok(changed("Target group", id.as_str(), how, step))
}

/// The interface of a target; the id of nothing for an address that nothing has.
fn interface_of(
    network: &Network,
    group: &TargetGroup,
    wanted: &TargetDescription,
) -> Result<NetworkInterfaceId, ApiError> {
    let target = wanted.id.as_str();
    let vpc = group.vpc.clone().unwrap_or_default();
    if group.target_type == "ip" {
        let Ok(address) = target.parse::<Ipv4Addr>() else {
            return Err(invalid(
                format!("The IP address '{target}' is not a valid IPv4 address"),
                "Name an address: the targets of this group are of type ip.",
            ));
        };
        let own = network.vpcs.get(&vpc).is_some_and(|vpc| {
            let mut blocks = std::iter::once(&vpc.cidr).chain(&vpc.secondary_cidrs);
            blocks.any(|block| block.contains(&address))
        });
        if !own && !BLOCKS.iter().any(|block| block.contains(&address)) {
            return Err(no_target(
                "The specified target does not exist, is not in the same VPC as the target group, or has an unsupported instance type.",
                "Name an address of the VPC, or of 10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12 or 192.168.0.0/16: never a public one.",
            ));
        }
        let found = network.interface_at(&vpc, address.into());
        return Ok(found.map(|it| it.id.clone()).unwrap_or_default());
    }
    let things = network.things();
    let Some(instance) = things.instances.get(&target.into()) else {
        return Err(no_target(
            format!("The following targets are not valid instances: '{target}'"),
            "Name an instance of this scenario: the targets of this group are of type instance. Tasks need a group of type ip.",
        ));
    };
    if instance.state != InstanceState::Running {
        return Err(no_target(
            format!(
                "The following targets are not in a running state and cannot be registered: '{target}'"
            ),
            "Wait until the instance runs.",
        ));
    }
    let primary = instance.interfaces.first().cloned().unwrap_or_default();
    let subnet = network.interfaces.get(&primary).map(|it| &it.subnet);
    let subnet = subnet.and_then(|subnet| network.subnets.get(subnet));
    if subnet.is_none_or(|subnet| subnet.vpc != vpc) {
        return Err(no_target(
            format!("The following targets are not in the target group VPC '{vpc}': '{target}'"),
            "Choose instances of the group's VPC.",
        ));
    }
    Ok(primary)
}

/// `DeregisterTargets`: no new connections; those that are open last for the deregistration delay.
pub(crate) fn deregister_targets(
    network: &mut Network,
    input: &DeregisterTargets,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.target_group_arn;
    let mut group = found(network, id)?.as_ref().clone();
    let delay = if in_use(network, id) {
        group.deregistration_delay
    } else {
        0
    };
    for wanted in &input.targets {
        let mut any = false;
        for target in &mut group.targets {
            let port = wanted.port.unwrap_or(target.port);
            if (&*target.id, target.port) == (&*wanted.id, port) {
                any = true;
                target.draining = true;
                let due = format!("{TARGET}{id}|{}|{}", target.id, target.port);
                step.later(SimSpan::secs(delay.into()), &due);
            }
        }
        if !any {
            return Err(no_target(
                format!("The following targets are not registered: '{}'", wanted.id),
                "Name a target of the group, and its port where it is registered with several.",
            ));
        }
    }
    network.target_groups.insert(id.clone(), group);
    network.touch();
    let how = format!("drains its targets for {delay} seconds");
    Ok(changed("Target group", id.as_str(), how, step))
}

/// What the ids of targets that are due begin with.
pub(super) const TARGET: &str = "target|";

/// Takes a target out that was drained, unless it was registered again.
pub(super) fn due(network: &mut Network, due: &str, step: &mut Step<'_>) {
    let mut parts = due.split('|').skip(1);
    let (Some(group), Some(target), Some(port)) = (parts.next(), parts.next(), parts.next()) else {
        return;
    };
    let id = TargetGroupId::from(group);
    let Some(group) = network.target_groups.get_mut(&id) else {
        return;
    };
    let before = group.targets.len();
    let goes =
        |it: &BalancedTarget| it.draining && *it.id == *target && it.port.to_string() == port;
    group.targets.retain(|it| !goes(it));
    if group.targets.len() < before {
        network.touch();
        let how = format!("no longer has the target {target}:{port}");
        changed("Target group", id.as_str(), how, step);
    }
}
