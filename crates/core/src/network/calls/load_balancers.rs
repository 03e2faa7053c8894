//! Load balancers: AWS's checks, and the nodes that they have in subnets.

use super::interfaces::change;
use super::{balancer_addresses, changed, deleted, made};
use crate::call::{CreateLoadBalancer, DeleteLoadBalancer, SetSecurityGroups};
use crate::engine::chance;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{LoadBalancerId, SecurityGroupId, VpcId};
use crate::network::{
    LoadBalancer, LoadBalancerKind, LoadBalancerState, Network, Owner, RESERVED, Subnet,
};
use crate::units::SimSpan;
use std::sync::Arc;

/// What every ARN of Elastic Load Balancing begins with.
pub(super) const ARN: &str = "arn:aws:elasticloadbalancing:us-east-1:123456789012:";
/// Load balancers of each kind. Source: quotas of the load balancers' guides.
const MAX_BALANCERS: usize = 50;
/// Free addresses that each subnet must have. Source: 'Subnets for your load balancer'.
const FREE: u32 = 8;
/// The smallest subnet of an Application Load Balancer. Source: the same.
const SMALLEST: u8 = 27;
/// How long a load balancer takes to come up, in ms: AWS gives no figure; two minutes or so.
const COMES_UP: (u64, u64) = (90_000, 180_000);

pub(super) fn invalid(message: impl Into<String>, cure: impl Into<String>) -> ApiError {
    ApiError::new("ValidationError", message, cure.into())
}

pub(super) fn unfit(message: impl Into<String>, cure: impl Into<String>) -> ApiError {
    ApiError::new("InvalidConfigurationRequest", message, cure.into())
}

/// AWS's refusal of a word that is not one of some.
pub(super) fn no_word(value: &str, member: &str, words: &str) -> ApiError {
    invalid(
        format!(
            "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: Member must satisfy enum value set: [{words}]"
        ),
        format!("Write one of {words}."),
    )
}

/// AWS's rules for the names of load balancers and target groups.
pub(super) fn check_name(what: &str, name: &str) -> Result<(), ApiError> {
    let cure = "Use 1 to 32 letters, digits and hyphens, no hyphen at the ends, not beginning with internal-.";
    if name.len() > 32 {
        return Err(invalid(
            format!("{what} name '{name}' cannot be longer than '32' characters"),
            cure,
        ));
    }
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err(invalid(
            format!(
                "{what} name '{name}' can only contain characters that are alphanumeric characters and hyphens(-)"
            ),
            cure,
        ));
    }
    if name.starts_with('-') || name.ends_with('-') || name.starts_with("internal-") {
        return Err(invalid(
            format!(
                "{what} name '{name}' cannot begin or end with a hyphen, and cannot begin with 'internal-'"
            ),
            cure,
        ));
    }
    Ok(())
}

/// Sixteen hexadecimal digits for the end of an ARN.
pub(super) fn tail(step: &mut Step<'_>, kind: &str) -> String {
    let id = step.id(kind);
    id[id.len() - 16..].to_owned()
}

/// A load balancer that a call names.
pub(super) fn found(network: &Network, id: &LoadBalancerId) -> Result<Arc<LoadBalancer>, ApiError> {
    network.load_balancers.get(id).cloned().ok_or_else(|| {
        ApiError::new(
            "LoadBalancerNotFound",
            "One or more load balancers not found",
            "Name a load balancer of this scenario by its ARN.",
        )
    })
}

/// The VPC of a load balancer: that of its nodes.
pub(super) fn vpc_of(network: &Network, balancer: &LoadBalancer) -> Option<VpcId> {
    let node = network.interfaces.get(balancer.nodes.first()?)?;
    Some(network.subnets.get(&node.subnet)?.vpc.clone())
}

/// `CreateLoadBalancer`. It is provisioning first, and takes an address in each subnet.
pub(crate) fn create_load_balancer(
    network: &mut Network,
    input: &CreateLoadBalancer,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    check_name("Load balancer", &input.name)?;
    let kind = match input.kind.as_deref() {
        None | Some("application") => LoadBalancerKind::Application,
        Some("network") => LoadBalancerKind::Network,
        Some(other) => return Err(no_word(other, "type", "application, network")),
    };
    let internet_facing = match input.scheme.as_deref() {
        None | Some("internet-facing") => true,
        Some("internal") => false,
        Some(other) => return Err(no_word(other, "scheme", "internet-facing, internal")),
    };
    if network
        .load_balancers
        .values()
        .any(|it| it.name() == input.name)
    {
        return Err(ApiError::new(
            "DuplicateLoadBalancerName",
            format!(
                "A load balancer with the same name '{}' exists, but with different settings",
                input.name
            ),
            "Choose another name.",
        ));
    }
    let same_kind = network.load_balancers.values().filter(|it| it.kind == kind);
    if same_kind.count() >= MAX_BALANCERS {
        return Err(ApiError::new(
            "TooManyLoadBalancers",
            "The limit of load balancers of this type has been reached.",
            "Delete one that nothing uses; an account has 50 of each type.",
        ));
    }
    let subnets = subnets(network, input, kind)?;
    let addresses = balancer_addresses::wanted(network, input, kind, internet_facing)?;
    let vpc = &subnets[0].vpc.clone();
    if internet_facing && network.internet_gateway_of(vpc).is_none() {
        return Err(ApiError::new(
            "InvalidSubnet",
            format!("VPC {vpc} has no internet gateway"),
            "Attach an internet gateway to the VPC, or give Scheme internal.",
        ));
    }
    let groups = groups(network, vpc, kind, &input.security_groups)?;
    let short = match kind {
        LoadBalancerKind::Application => "app",
        LoadBalancerKind::Network => "net",
    };
    let tail = tail(step, "lb");
    let id = LoadBalancerId::from(format!("{ARN}loadbalancer/{short}/{}/{tail}", input.name));
    let mut nodes = Vec::new();
    for (place, subnet) in subnets.iter().enumerate() {
        let owner = match kind {
            LoadBalancerKind::Application => Owner::ApplicationLoadBalancer(id.clone()),
            LoadBalancerKind::Network => Owner::NetworkLoadBalancer(id.clone()),
        };
        let node = network.service_interface(owner, subnet, &groups, step);
        let node = node.ok_or_else(|| no_room(subnet))?;
        let elastic = addresses.get(place).and_then(Option::as_ref);
        let address = match elastic.and_then(|id| network.elastic_addresses.get_mut(id)) {
            Some(elastic) => {
                elastic.interface = Some(node.clone());
                Some(elastic.public_ip)
            }
            None => internet_facing.then(|| network.free_public_address(step.seed, node.as_str())),
        };
        change(network, &node, |it| it.public_ip = address);
        nodes.push(node);
    }
    let balancer = LoadBalancer {
        internet_facing,
        dns_name: dns_name(&input.name, kind, internet_facing, &tail),
        nodes,
        state: LoadBalancerState::Provisioning,
        ..LoadBalancer::new(id.clone(), kind)
    };
    network.load_balancers.insert(id.clone(), balancer);
    network.touch();
    let (least, most) = COMES_UP;
    let up = chance::between(step.seed, "load balancer", id.as_str(), least, most);
    step.later(SimSpan(up), id.as_str());
    Ok(made("Load balancer", id.as_str(), input.name.clone(), step))
}

/// The name that leads to its nodes. Source: 'DNS name' of the load balancers' guides.
fn dns_name(name: &str, kind: LoadBalancerKind, internet_facing: bool, tail: &str) -> String {
    let internal = if internet_facing { "" } else { "internal-" };
    match kind {
        LoadBalancerKind::Application => {
            let number = u64::from_str_radix(tail, 16).unwrap_or_default() % 2_000_000_000;
            format!("{internal}{name}-{number}.us-east-1.elb.amazonaws.com")
        }
        LoadBalancerKind::Network => format!("{name}-{tail}.elb.us-east-1.amazonaws.com"),
    }
}

fn no_room(subnet: &Subnet) -> ApiError {
    ApiError::new(
        "InvalidSubnet",
        format!(
            "Not enough IP space available in {}. ELB requires at least {FREE} free IP addresses in each subnet.",
            subnet.id
        ),
        "Choose a subnet with more free addresses.",
    )
}

/// The subnets of the nodes: of one VPC, one a zone, in two zones for an Application Load Balancer, with room.
fn subnets(
    network: &Network,
    input: &CreateLoadBalancer,
    kind: LoadBalancerKind,
) -> Result<Vec<Arc<Subnet>>, ApiError> {
    if !input.subnets.is_empty() && !input.subnet_mappings.is_empty() {
        return Err(invalid(
            "Only one of Subnets and SubnetMappings may be specified",
            "Give SubnetMappings where nodes have elastic addresses, else Subnets.",
        ));
    }
    let mut subnets: Vec<Arc<Subnet>> = Vec::new();
    let mapped = input.subnet_mappings.iter().map(|it| &it.subnet_id);
    for id in input.subnets.iter().chain(mapped) {
        let Some(subnet) = network.subnets.get(id) else {
            return Err(ApiError::new(
                "SubnetNotFound",
                format!("The subnet ID '{id}' does not exist"),
                "Name subnets of this scenario.",
            ));
        };
        if subnets.iter().any(|other| other.vpc != subnet.vpc) {
            return Err(unfit(
                "The subnets of a load balancer must be in the same VPC",
                "Choose subnets of one VPC.",
            ));
        }
        if subnets.iter().any(|other| other.zone == subnet.zone) {
            return Err(unfit(
                "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
                format!("Choose one subnet in {}.", subnet.zone),
            ));
        }
        subnets.push(subnet.clone());
    }
    if kind == LoadBalancerKind::Application && subnets.len() < 2 {
        return Err(invalid(
            "At least two subnets in two different Availability Zones must be specified",
            "Add a subnet in another zone, or make a Network Load Balancer, for which one is enough.",
        ));
    }
    if subnets.is_empty() {
        return Err(invalid(
            "At least one subnet must be specified",
            "Name a subnet.",
        ));
    }
    for subnet in &subnets {
        if kind == LoadBalancerKind::Application && subnet.cidr.prefix_len() > SMALLEST {
            return Err(ApiError::new(
                "InvalidSubnet",
                format!(
                    "Subnet {} must have a CIDR block with at least a /{SMALLEST} bitmask",
                    subnet.id
                ),
                format!(
                    "It is a /{}: choose a larger subnet.",
                    subnet.cidr.prefix_len()
                ),
            ));
        }
        if subnet.size() - RESERVED - network.used_in(&subnet.id) < FREE {
            return Err(no_room(subnet));
        }
    }
    Ok(subnets)
}

fn groups(
    network: &Network,
    vpc: &VpcId,
    kind: LoadBalancerKind,
    wanted: &[SecurityGroupId],
) -> Result<Vec<SecurityGroupId>, ApiError> {
    if wanted.is_empty() {
        let vpc = network.vpcs.get(vpc);
        let vpc = vpc.filter(|_| kind == LoadBalancerKind::Application);
        return Ok(vpc
            .iter()
            .map(|vpc| vpc.default_security_group.clone())
            .collect());
    }
    for id in wanted {
        let Some(group) = network.security_groups.get(id) else {
            return Err(ApiError::new(
                "InvalidSecurityGroup",
                format!("The security group '{id}' does not exist"),
                "Name a security group of this scenario.",
            ));
        };
        if group.vpc != *vpc {
            return Err(unfit(
                "One or more security groups are invalid",
                format!("{id} is of {}: choose groups of {vpc}.", group.vpc),
            ));
        }
    }
    Ok(wanted.to_vec())
}

/// `DeleteLoadBalancer`, with its listeners and nodes. Target groups stay.
pub(crate) fn delete_load_balancer(
    network: &mut Network,
    input: &DeleteLoadBalancer,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.load_balancer_arn;
    let balancer = found(network, id)?;
    if balancer.deletion_protection {
        return Err(ApiError::new(
            "OperationNotPermitted",
            format!(
                "Load balancer '{id}' cannot be deleted because deletion protection is enabled"
            ),
            "Switch it off: ModifyLoadBalancerAttributes with deletion_protection.enabled false.",
        ));
    }
    for node in &balancer.nodes {
        network.remove_interface(node);
    }
    network.load_balancers.remove(id);
    network.touch();
    Ok(deleted("Load balancer", id.as_str(), step))
}

/// `SetSecurityGroups`: all that it is to wear.
pub(crate) fn set_security_groups(
    network: &mut Network,
    input: &SetSecurityGroups,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.load_balancer_arn;
    let balancer = found(network, id)?;
    let node = balancer.nodes.first();
    let bare = node
        .and_then(|node| network.interfaces.get(node))
        .is_some_and(|node| node.groups.is_empty());
    if balancer.kind == LoadBalancerKind::Network && bare {
        return Err(unfit(
            format!(
                "Security groups cannot be added to load balancer '{id}', which was created without"
            ),
            "A Network Load Balancer wears groups only if it was made with one: make another.",
        ));
    }
    if input.security_groups.is_empty() {
        return Err(invalid(
            "At least one security group must be specified",
            "Name all groups that it is to wear.",
        ));
    }
    let vpc = vpc_of(network, &balancer).unwrap_or_default();
    let groups = groups(network, &vpc, balancer.kind, &input.security_groups)?;
    for node in &balancer.nodes {
        change(network, node, |it| it.groups.clone_from(&groups));
    }
    let how = "wears other groups".to_owned();
    Ok(changed("Load balancer", id.as_str(), how, step))
}

/// Brings a load balancer to its next state: it works.
pub(super) fn due(network: &mut Network, id: &str, step: &mut Step<'_>) {
    let Some(balancer) = network.load_balancers.get_mut(&id.into()) else {
        return;
    };
    balancer.state = LoadBalancerState::Active;
    network.touch();
    changed("Load balancer", id, "is active".to_owned(), step);
}
