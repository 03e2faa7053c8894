//! Attributes of load balancers, and how attributes are read.

use super::changed;
use super::load_balancers::{found, invalid, unfit};
use crate::call::{Attribute, ModifyLoadBalancerAttributes};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::network::{LoadBalancerKind, Network};

/// A switch among attributes.
pub(super) fn switch(attribute: &Attribute) -> Result<bool, ApiError> {
    match attribute.value.as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        other => Err(invalid(
            format!(
                "'{}' must be one of true, false, not '{other}'",
                attribute.key
            ),
            "Write true or false.",
        )),
    }
}

/// A number of seconds among attributes.
pub(super) fn seconds(
    attribute: &Attribute,
    range: std::ops::RangeInclusive<u32>,
) -> Result<u32, ApiError> {
    let value = attribute.value.parse().ok();
    value.filter(|value| range.contains(value)).ok_or_else(|| {
        let (least, most) = (range.start(), range.end());
        invalid(
            format!(
                "'{}' must be a value between '{least}' and '{most}' inclusive, not '{}'",
                attribute.key, attribute.value
            ),
            format!("Write a whole number of seconds from {least} to {most}."),
        )
    })
}

/// `ModifyLoadBalancerAttributes`.
pub(crate) fn modify_load_balancer_attributes(
    network: &mut Network,
    input: &ModifyLoadBalancerAttributes,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.load_balancer_arn;
    let mut balancer = found(network, id)?.as_ref().clone();
    let mut how = Vec::new();
    for attribute in &input.attributes {
        let of_network = balancer.kind == LoadBalancerKind::Network;
        match (attribute.key.as_str(), of_network) {
            ("deletion_protection.enabled", _) => {
                balancer.deletion_protection = switch(attribute)?;
            }
            ("load_balancing.cross_zone.enabled", true) => {
                balancer.cross_zone = switch(attribute)?;
            }
            ("idle_timeout.timeout_seconds", false) => {
                balancer.idle_timeout = seconds(attribute, 1..=4_000)?;
            }
            (key @ ("load_balancing.cross_zone.enabled" | "idle_timeout.timeout_seconds"), _) => {
                return Err(unfit(
                    format!(
                        "Load balancer attribute key '{key}' is not supported on load balancers with type '{}'",
                        balancer.kind.aws()
                    ),
                    "An Application Load Balancer always uses the targets of all zones; a Network Load Balancer's idle timeout is its listeners'.",
                ));
            }
            (key, _) => {
                return Err(unfit(
                    format!("Load balancer attribute key '{key}' is not recognized"),
                    "Known here are deletion_protection.enabled, load_balancing.cross_zone.enabled and idle_timeout.timeout_seconds.",
                ));
            }
        }
        how.push(format!("{} {}", attribute.key, attribute.value));
    }
    network.load_balancers.insert(id.clone(), balancer);
    network.touch();
    let how = format!("has {}", how.join(", "));
    Ok(changed("Load balancer", id.as_str(), how, step))
}
