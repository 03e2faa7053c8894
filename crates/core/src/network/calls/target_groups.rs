//! Target groups: made, changed and deleted.

use super::load_balancer_attributes::{seconds, switch};
use super::load_balancers::{ARN, check_name, invalid, no_word, tail, unfit};
use super::{changed, deleted, made};
use crate::call::{
    CreateTargetGroup, DeleteTargetGroup, Matcher, ModifyTargetGroup, ModifyTargetGroupAttributes,
};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::TargetGroupId;
use crate::network::{HealthCheck, LoadBalancerKind, Network, TargetGroup};
use std::sync::Arc;

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
    if let Some(path) = &input.health_check_path {
        // Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
        let length = path.chars().count();
        if !(1..=1_024).contains(&length) {
            let bound = if length == 0 {
                "greater than or equal to 1"
            } else {
                "less than or equal to 1024"
            };
            return Err(invalid(
                format!(
                    "1 validation error detected: Value '{path}' at 'healthCheckPath' failed to satisfy constraint: Member must have length {bound}"
                ),
                "Write a path of 1 to 1,024 characters, such as /health.",
            ));
        }
        if !path.starts_with('/') {
            return Err(invalid(
                format!("Health check path '{path}' must begin with a '/' character"),
                format!("Write /{path}, if that is what the targets answer."),
            ));
        }
        check.path.clone_from(&input.health_check_path);
    }
    if let Some(matcher) = &input.matcher {
        check_codes(&matcher.http_code, kind)?;
        check.matcher = Some(matcher.http_code.clone());
    }
    Ok(check)
}

/// The codes that count as well: numbers or ranges of them, those of servers' failures for Network Load Balancers only.
/// Source: `Matcher` of the Elastic Load Balancing API.
fn check_codes(codes: &str, kind: LoadBalancerKind) -> Result<(), ApiError> {
    let most = match kind {
        LoadBalancerKind::Application => 499,
        LoadBalancerKind::Network => 599,
    };
    let cure = format!("Write codes from 200 to {most}, such as 200,302 or 200-299.");
    if codes.is_empty() {
        return Err(invalid(
            "Health check matcher HTTP code cannot be empty",
            cure,
        ));
    }
    let holds = |code: &str| {
        let code = code.trim().parse::<u16>();
        code.is_ok_and(|code| (200..=most).contains(&code))
    };
    let wrong = codes.split(',').find(|part| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        !holds(from) || !holds(to)
    });
    match wrong {
        None => Ok(()),
        Some(wrong) => Err(invalid(
            format!(
                "Health check matcher HTTP code '{wrong}' must be within '200-{most}' inclusive"
            ),
            cure,
        )),
    }
}

/// `ModifyTargetGroup`: other health checks, from the next one on. What is known of the targets stays.
pub(crate) fn modify_target_group(
    network: &mut Network,
    input: &ModifyTargetGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.target_group_arn;
    let mut group = found(network, id)?.as_ref().clone();
    let before = &group.health_check;
    let protocol = input.health_check_protocol.clone();
    let matcher = before
        .matcher
        .clone()
        .map(|http_code| Matcher { http_code });
    let whole = CreateTargetGroup {
        health_check_protocol: Some(protocol.unwrap_or_else(|| before.protocol.clone())),
        health_check_port: input
            .health_check_port
            .clone()
            .or(Some(before.port.clone())),
        health_check_path: input.health_check_path.clone().or(before.path.clone()),
        interval: input.interval.or(Some(before.interval)),
        timeout: input.timeout.or(Some(before.timeout)),
        healthy: input.healthy.or(Some(before.healthy)),
        unhealthy: input.unhealthy.or(Some(before.unhealthy)),
        matcher: input.matcher.clone().or(matcher),
        ..CreateTargetGroup::default()
    };
    group.health_check = health_check(&whole, group.kind())?;
    network.target_groups.insert(id.clone(), group);
    network.touch();
    let how = "has another health check".to_owned();
    Ok(changed("Target group", id.as_str(), how, step))
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
pub(super) fn in_use(network: &Network, id: &TargetGroupId) -> bool {
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
