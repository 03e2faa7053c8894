//! Target groups, and the targets that are registered with them.

use super::load_balancers::{ARN, check_name, invalid, no_word, seconds, switch, tail, unfit};
use super::{changed, deleted, made};
use crate::call::{
    CreateTargetGroup, DeleteTargetGroup, DeregisterTargets, ModifyTargetGroupAttributes,
    RegisterTargets, TargetDescription,
};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{NetworkInterfaceId, TargetGroupId};
use crate::network::{
    BalancedTarget, HealthCheck, InstanceState, LoadBalancerKind, Network, TargetGroup,
};
use crate::units::SimSpan;
use ipnet::Ipv4Net;
use std::net::Ipv4Addr;
use std::sync::Arc;

/// Targets of a group. Source: quotas of the load balancers' guides.
const MAX_TARGETS: usize = 1_000;
/// Blocks that targets by address may be in, beside the VPC's. Source: 'Target type' of the load balancers' guides.
const BLOCKS: [Ipv4Net; 4] = [
    Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8),
    Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10),
    Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12),
    Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16),
];

/// A target group that a call names.
pub(super) fn found(network: &Network, id: &TargetGroupId) -> Result<Arc<TargetGroup>, ApiError> {
    network.target_groups.get(id).cloned().ok_or_else(|| {
        ApiError::new(
            "TargetGroupNotFound",
            "One or more target groups not found",
            "Name a target group of this scenario by its ARN.",
        )
    })
}

/// `CreateTargetGroup`.
pub(crate) fn create_target_group(
    network: &mut Network,
    input: &CreateTargetGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    check_name("Target group", &input.name)?;
    let target_type = match input.target_type.as_deref() {
        None | Some("instance") => "instance",
        Some("ip") => "ip",
        Some(other) => return Err(no_word(other, "targetType", "instance, ip")),
    };
    let lacking =
        |what: &str, cure: &'static str| invalid(format!("A {what} must be specified"), cure);
    let protocol = input.protocol.as_deref();
    let protocol = protocol.ok_or_else(|| lacking("protocol", "Give Protocol, such as HTTP."))?;
    let protocols = ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP"];
    if !protocols.contains(&protocol) {
        return Err(no_word(protocol, "protocol", &protocols.join(", ")));
    }
    let port = input.port.filter(|port| *port > 0);
    let port = port.ok_or_else(|| lacking("port", "Give Port, from 1 to 65535."))?;
    let vpc = input.vpc_id.as_ref();
    let vpc = vpc.ok_or_else(|| lacking("VPC ID", "Give VpcId, the VPC of the targets."))?;
    if network.vpcs.get(vpc).is_none() {
        return Err(invalid(
            format!("The VPC ID '{vpc}' is not found"),
            "Name a VPC of this scenario.",
        ));
    }
    if network
        .target_groups
        .values()
        .any(|it| it.name() == input.name)
    {
        return Err(ApiError::new(
            "DuplicateTargetGroupName",
            format!(
                "A target group with the same name '{}' exists, but with different settings",
                input.name
            ),
            "Choose another name.",
        ));
    }
    let tail = tail(step, "tg");
    let id = TargetGroupId::from(format!("{ARN}targetgroup/{}/{tail}", input.name));
    let mut group = TargetGroup::new(id.clone(), target_type, protocol, port);
    group.vpc = Some(vpc.clone());
    group.health_check = health_check(input, group.kind())?;
    network.target_groups.insert(id.clone(), group);
    network.touch();
    let name = format!("{} {protocol}:{port}", input.name);
    Ok(made("Target group", id.as_str(), name, step))
}

fn health_check(
    input: &CreateTargetGroup,
    kind: LoadBalancerKind,
) -> Result<HealthCheck, ApiError> {
    let protocol = input.health_check_protocol.as_deref();
    if let Some(other) = protocol.filter(|it| !["HTTP", "HTTPS", "TCP"].contains(it)) {
        return Err(no_word(other, "healthCheckProtocol", "HTTP, HTTPS, TCP"));
    }
    if kind == LoadBalancerKind::Application && protocol == Some("TCP") {
        return Err(invalid(
            "Health check protocol 'TCP' is not supported for target groups with the HTTP and HTTPS protocols",
            "Give HealthCheckProtocol HTTP or HTTPS.",
        ));
    }
    let mut check = HealthCheck::default_of(kind, protocol);
    let ranges = [
        (
            &mut check.interval,
            input.interval,
            "healthCheckIntervalSeconds",
            5,
            300,
        ),
        (
            &mut check.timeout,
            input.timeout,
            "healthCheckTimeoutSeconds",
            2,
            120,
        ),
        (
            &mut check.healthy,
            input.healthy,
            "healthyThresholdCount",
            2,
            10,
        ),
        (
            &mut check.unhealthy,
            input.unhealthy,
            "unhealthyThresholdCount",
            2,
            10,
        ),
    ];
    for (place, wanted, member, least, most) in ranges {
        let Some(wanted) = wanted else { continue };
        if !(least..=most).contains(&wanted) {
            let bound = if wanted < least {
                format!("greater than or equal to {least}")
            } else {
                format!("less than or equal to {most}")
            };
            return Err(invalid(
                format!(
                    "1 validation error detected: Value '{wanted}' at '{member}' failed to satisfy constraint: Member must have value {bound}"
                ),
                format!("Choose a number from {least} to {most}."),
            ));
        }
        *place = wanted;
    }
    if kind == LoadBalancerKind::Application && check.timeout >= check.interval {
        return Err(invalid(
            format!(
                "Health check timeout '{}' must be smaller than or equal to the interval '{}'",
                check.timeout, check.interval
            ),
            "Give an answer less time than lies between two checks.",
        ));
    }
    if let Some(port) = &input.health_check_port {
        let number = port.parse::<u16>().is_ok_and(|port| port > 0);
        if port != "traffic-port" && !number {
            return Err(invalid(
                format!(
                    "Health check port '{port}' must be 'traffic-port' or in the range '1-65535'"
                ),
                "Write traffic-port or a port.",
            ));
        }
        check.port.clone_from(port);
    }
    if input.health_check_path.is_some() {
        check.path.clone_from(&input.health_check_path);
    }
    if let Some(matcher) = &input.matcher {
        check.matcher = Some(matcher.http_code.clone());
    }
    Ok(check)
}

/// `DeleteTargetGroup`: one that no listener forwards to.
pub(crate) fn delete_target_group(
    network: &mut Network,
    input: &DeleteTargetGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.target_group_arn;
    found(network, id)?;
    if in_use(network, id) {
        return Err(ApiError::new(
            "ResourceInUse",
            format!("Target group '{id}' is currently in use by a listener or a rule"),
            "Delete the listener first.",
        ));
    }
    network.target_groups.remove(id);
    network.touch();
    Ok(deleted("Target group", id.as_str(), step))
}

/// Whether a listener forwards to a group.
fn in_use(network: &Network, id: &TargetGroupId) -> bool {
    let mut balancers = network.load_balancers.values();
    balancers.any(|it| {
        it.listeners
            .iter()
            .any(|it| it.target_group.as_ref() == Some(id))
    })
}

/// `ModifyTargetGroupAttributes`.
pub(crate) fn modify_target_group_attributes(
    network: &mut Network,
    input: &ModifyTargetGroupAttributes,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.target_group_arn;
    let mut group = found(network, id)?.as_ref().clone();
    let mut how = Vec::new();
    for attribute in &input.attributes {
        match (attribute.key.as_str(), group.kind()) {
            ("deregistration_delay.timeout_seconds", _) => {
                group.deregistration_delay = seconds(attribute, 0..=3_600)?;
            }
            ("preserve_client_ip.enabled", LoadBalancerKind::Network) => {
                let on = switch(attribute)?;
                if !on && matches!(group.protocol.as_str(), "UDP" | "TCP_UDP") {
                    return Err(unfit(
                        format!(
                            "Client IP preservation cannot be disabled for target groups with the {} protocol",
                            group.protocol
                        ),
                        "With UDP the targets always see the client's address.",
                    ));
                }
                group.preserve_client_ip = on;
            }
            (key @ "preserve_client_ip.enabled", LoadBalancerKind::Application) => {
                return Err(unfit(
                    format!(
                        "Target group attribute key '{key}' is not supported on target groups with the protocol '{}'",
                        group.protocol
                    ),
                    "An Application Load Balancer opens connections of its own; the client's address is in X-Forwarded-For.",
                ));
            }
            (key, _) => {
                return Err(unfit(
                    format!("Target group attribute key '{key}' is not recognized"),
                    "Known here are deregistration_delay.timeout_seconds and preserve_client_ip.enabled.",
                ));
            }
        }
        how.push(format!("{} {}", attribute.key, attribute.value));
    }
    network.target_groups.insert(id.clone(), group);
    network.touch();
    let how = format!("has {}", how.join(", "));
    Ok(changed("Target group", id.as_str(), how, step))
}

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
