//! Listeners of load balancers: what they take, and the target group that they forward to.

use super::load_balancers::{found, invalid, no_word, tail, unfit, vpc_of};
use super::{deleted, made};
use crate::call::{CreateListener, DeleteListener};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::network::{BalancerListener, LoadBalancer, LoadBalancerKind, Network, TargetGroup};
use std::sync::Arc;

/// Listeners of a load balancer. Source: quotas of the load balancers' guides.
const MAX_LISTENERS: usize = 50;

/// `CreateListener`.
pub(crate) fn create_listener(
    network: &mut Network,
    input: &CreateListener,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.load_balancer_arn;
    let balancer = found(network, id)?;
    let words: &[&str] = match balancer.kind {
        LoadBalancerKind::Application => &["HTTPS", "HTTP"],
        LoadBalancerKind::Network => &["TCP", "UDP", "TLS", "TCP_UDP"],
    };
    let protocol = input.protocol.as_str();
    if !words.contains(&protocol) {
        let words = words.join(", ");
        return Err(invalid(
            format!("Listener protocol '{protocol}' must be one of '{words}'"),
            format!(
                "A listener of a load balancer of type {} takes {words}.",
                balancer.kind.aws()
            ),
        ));
    }
    if input.port == 0 {
        return Err(invalid(
            "1 validation error detected: Value '0' at 'port' failed to satisfy constraint: Member must have value greater than or equal to 1",
            "Choose a port from 1 to 65535.",
        ));
    }
    if balancer.listeners.iter().any(|it| it.port == input.port) {
        return Err(ApiError::new(
            "DuplicateListener",
            format!("A listener already exists on this port for this load balancer '{id}'"),
            "Choose another port, or delete that listener.",
        ));
    }
    if balancer.listeners.len() >= MAX_LISTENERS {
        return Err(ApiError::new(
            "TooManyListeners",
            "The limit of listeners of this load balancer has been reached.",
            "Delete one that nothing uses.",
        ));
    }
    if matches!(protocol, "HTTPS" | "TLS") && input.certificates.is_empty() {
        return Err(invalid(
            format!("A certificate must be specified for {protocol} listeners"),
            "Give Certificates with one CertificateArn; any will do here.",
        ));
    }
    if let Some(arn) = input
        .certificates
        .iter()
        .map(|it| &it.certificate_arn)
        .find(|arn| !is_certificate(arn))
    {
        return Err(invalid(
            format!("Certificate ARN '{arn}' is not valid"),
            "Give the ARN of a certificate of ACM or IAM, such as arn:aws:acm:us-east-1:123456789012:certificate/1; any will do here.",
        ));
    }
    let group = target_group(network, &balancer, input)?;
    let base = id.as_str().replace(":loadbalancer/", ":listener/");
    let arn = format!("{base}/{}", tail(step, "listener"));
    let listener = BalancerListener {
        arn: arn.clone(),
        protocol: protocol.to_owned(),
        port: input.port,
        target_group: Some(group.id.clone()),
    };
    if let Some(balancer) = network.load_balancers.get_mut(id) {
        balancer.listeners.push(listener);
    }
    network.touch();
    super::health_checks::watch(network, &group.id, step);
    let name = format!("{protocol}:{} to {}", input.port, group.name());
    Ok(made("Listener", &arn, name, step))
}

/// Whether a text has the form of a certificate's ARN: ACM's, or of a server certificate of IAM. Source: 'Certificate' of the API.
fn is_certificate(arn: &str) -> bool {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let [_, _, service, _, account, resource] = parts[..] else {
        return false;
    };
    let kind = match service {
        "acm" => "certificate/",
        "iam" => "server-certificate/",
        _ => return false,
    };
    let id = resource.strip_prefix(kind).unwrap_or_default();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-/".contains(c);
    arn.starts_with("arn:aws")
        && account.len() == 12
        && account.chars().all(|c| c.is_ascii_digit())
        && (1..=256).contains(&id.len())
        && id.chars().all(allowed)
}

/// The target group that a new listener forwards to.
fn target_group(
    network: &Network,
    balancer: &LoadBalancer,
    input: &CreateListener,
) -> Result<Arc<TargetGroup>, ApiError> {
    let [action] = &input.default_actions[..] else {
        return Err(invalid(
            "A listener must have exactly one default action",
            "Give DefaultActions with one action that forwards to a target group.",
        ));
    };
    if action.kind != "forward" {
        return Err(no_word(
            &action.kind,
            "defaultActions.1.member.type",
            "forward",
        ));
    }
    let id = action.target_group_arn.clone().unwrap_or_default();
    let group = super::target_groups::found(network, &id)?;
    let plain = |protocol: &str| match protocol {
        "TLS" => "TCP".to_owned(),
        other => other.to_owned(),
    };
    let fits = match balancer.kind {
        LoadBalancerKind::Application => group.kind() == LoadBalancerKind::Application,
        LoadBalancerKind::Network => plain(&group.protocol) == plain(&input.protocol),
    };
    if !fits {
        return Err(ApiError::new(
            "IncompatibleProtocols",
            format!(
                "The listener protocol '{}' is not compatible with the protocol '{}' of target group '{id}'",
                input.protocol, group.protocol
            ),
            "HTTP and HTTPS forward to HTTP and HTTPS, TCP and TLS to TCP and TLS, UDP to UDP, TCP_UDP to TCP_UDP.",
        ));
    }
    if group.vpc != vpc_of(network, balancer) {
        return Err(unfit(
            format!("The target group '{id}' is not in the same VPC as the load balancer"),
            "Make a target group in the load balancer's VPC.",
        ));
    }
    let elsewhere = network.load_balancers.values().any(|it| {
        it.id != balancer.id
            && it
                .listeners
                .iter()
                .any(|it| it.target_group.as_ref() == Some(&id))
    });
    if elsewhere {
        return Err(ApiError::new(
            "TargetGroupAssociationLimit",
            format!(
                "The following target groups cannot be associated with more than one load balancer: {id}"
            ),
            "Make a target group of its own for this load balancer.",
        ));
    }
    Ok(group)
}

/// `DeleteListener`.
pub(crate) fn delete_listener(
    network: &mut Network,
    input: &DeleteListener,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let arn = &input.listener_arn;
    let has = |it: &&Arc<LoadBalancer>| it.listeners.iter().any(|it| it.arn == *arn);
    let of = network
        .load_balancers
        .values()
        .find(has)
        .map(|it| it.id.clone());
    let Some(balancer) = of.and_then(|id| network.load_balancers.get_mut(&id)) else {
        return Err(ApiError::new(
            "ListenerNotFound",
            "One or more listeners not found",
            "Name a listener of this scenario by its ARN.",
        ));
    };
    balancer.listeners.retain(|it| it.arn != *arn);
    network.touch();
    Ok(deleted("Listener", arn, step))
}
