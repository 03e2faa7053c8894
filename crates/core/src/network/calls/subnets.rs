//! `CreateSubnet`, `DeleteSubnet`, and what can be changed of a subnet: not its block.

use super::{blocks, changed, in_use, missing, name_of};
use crate::call::{AssociateSubnetCidrBlock, CreateSubnet, DeleteSubnet, ModifySubnetAttribute};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;
use crate::ids::SubnetId;
use crate::network::{Network, Subnet, Vpc, ZONES};
use ipnet::Ipv6Net;
use std::sync::Arc;

/// `CreateSubnet`.
pub(crate) fn create_subnet(
    network: &mut Network,
    input: &CreateSubnet,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let vpc = missing::vpc(network, &input.vpc_id)?;
    let cidr = blocks::sized(&input.cidr_block, "InvalidSubnet.Range")?;
    let mut ipv4 = std::iter::once(&vpc.cidr).chain(&vpc.secondary_cidrs);
    if !ipv4.any(|block| block.contains(&cidr)) {
        return Err(ApiError::new(
            "InvalidSubnet.Range",
            format!("The CIDR '{}' is invalid.", input.cidr_block),
            format!("Choose a block within {}.", vpc.cidr),
        ));
    }
    let ipv6_cidr = match &input.ipv6_cidr_block {
        Some(text) => Some(ipv6_of(network, vpc, text)?),
        None => None,
    };
    let overlaps = |other: &&Arc<Subnet>| {
        other.vpc == vpc.id && (other.cidr.contains(&cidr) || cidr.contains(&other.cidr))
    };
    if let Some(other) = network.subnets.values().find(overlaps) {
        return Err(ApiError::new(
            "InvalidSubnet.Conflict",
            format!(
                "The CIDR '{}' conflicts with another subnet",
                input.cidr_block
            ),
            format!(
                "{} has {} already; choose a block beside it.",
                other.title(),
                other.cidr
            ),
        ));
    }
    let zone = input.availability_zone.as_deref().unwrap_or(ZONES[0]);
    let Some(zone) = ZONES.into_iter().find(|known| *known == zone) else {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!(
                "Value ({zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: {}.",
                ZONES.join(", ")
            ),
            "Name one of the zones.",
        ));
    };
    let subnet = Subnet {
        id: SubnetId::from(step.id("subnet")),
        name: name_of(&input.tag_specifications),
        vpc: vpc.id.clone(),
        cidr,
        ipv6_cidr,
        zone: zone.into(),
        route_table: None,
        network_acl: None,
        map_public_ip_on_launch: false,
    };
    let id = subnet.id.to_string();
    let name = format!("{} {cidr}", subnet.name);
    step.log(Fact::Made {
        what: "Subnet",
        id: id.clone(),
        name: name.trim().to_owned(),
    });
    network.subnets.insert(subnet.id.clone(), subnet);
    network.touch();
    Ok(Reply::Made(id))
}

/// An IPv6 block for a subnet: a /64 of the VPC's that no other subnet has. Source: 'Subnet sizing for IPv6' of the VPC guide.
fn ipv6_of(network: &Network, vpc: &Vpc, text: &str) -> Result<Ipv6Net, ApiError> {
    let block = blocks::ipv6("ipv6CidrBlock", text)?;
    let sized = (44..=64).contains(&block.prefix_len()) && block.prefix_len().is_multiple_of(4);
    if !sized || !vpc.ipv6_cidrs.iter().any(|own| own.contains(&block)) {
        let cure = match vpc.ipv6_cidrs.first() {
            Some(own) => format!("Choose a /64 within {own}."),
            None => "Give the VPC an IPv6 block first: AssociateVpcCidrBlock with AmazonProvidedIpv6CidrBlock.".to_owned(),
        };
        let message = format!("The IPv6 CIDR '{text}' is invalid.");
        return Err(ApiError::new("InvalidSubnet.Range", message, cure));
    }
    let taken = network.subnets.values().find(|other| {
        other
            .ipv6_cidr
            .is_some_and(|own| own.contains(&block) || block.contains(&own))
    });
    match taken {
        Some(other) => Err(ApiError::new(
            "InvalidSubnet.Conflict",
            format!("The IPv6 CIDR '{text}' conflicts with another subnet"),
            format!("{} has it; choose the next /64.", other.title()),
        )),
        None => Ok(block),
    }
}

/// `DeleteSubnet`.
pub(crate) fn delete_subnet(
    network: &mut Network,
    input: &DeleteSubnet,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id: &SubnetId = &input.subnet_id;
    missing::subnet(network, id)?;
    let count = network.used_in(id);
    if count > 0 {
        let cure = format!(
            "{count} interfaces are in it: stop the tasks and delete what else has an address there first."
        );
        return Err(in_use("subnet", id.as_str(), cure));
    }
    network.subnets.remove(id);
    network.touch();
    Ok(super::deleted("Subnet", id.as_str(), step))
}

/// `ModifySubnetAttribute`.
pub(crate) fn modify_subnet_attribute(
    network: &mut Network,
    input: &ModifySubnetAttribute,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    missing::subnet(network, &input.subnet_id)?;
    let Some(map) = &input.map_public_ip_on_launch else {
        return Err(ApiError::new(
            "MissingParameter",
            "The request must contain an attribute to modify.",
            "Give MapPublicIpOnLaunch.",
        ));
    };
    if let Some(subnet) = network.subnets.get_mut(&input.subnet_id) {
        subnet.map_public_ip_on_launch = map.value;
    }
    let how = format!(
        "has MapPublicIpOnLaunch {}",
        if map.value { "on" } else { "off" }
    );
    Ok(changed("Subnet", input.subnet_id.as_str(), how, step))
}

/// `AssociateSubnetCidrBlock`: the IPv6 block of a subnet, one at most.
pub(crate) fn associate_subnet_cidr_block(
    network: &mut Network,
    input: &AssociateSubnetCidrBlock,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let subnet = missing::subnet(network, &input.subnet_id)?;
    if let Some(own) = subnet.ipv6_cidr {
        return Err(ApiError::new(
            "SubnetCidrBlockAssociationLimitExceeded",
            format!("The subnet '{}' already has an IPv6 CIDR block.", subnet.id),
            format!("It has {own}; a subnet has one IPv6 block."),
        ));
    }
    let vpc = missing::vpc(network, &subnet.vpc)?;
    let block = ipv6_of(network, vpc, &input.ipv6_cidr_block)?;
    if let Some(subnet) = network.subnets.get_mut(&input.subnet_id) {
        subnet.ipv6_cidr = Some(block);
    }
    network.touch();
    let how = format!("has the IPv6 block {block}");
    Ok(changed("Subnet", input.subnet_id.as_str(), how, step))
}
