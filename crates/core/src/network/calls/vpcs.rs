//! `CreateVpc`, `DeleteVpc`, and what can be changed of a VPC.

use super::{blocks, changed, in_use, missing, name_of};
use crate::call::{AssociateVpcCidrBlock, CreateVpc, DeleteVpc, ModifyVpcAttribute};
use crate::engine::chance;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;
use crate::ids::{NetworkAclId, RouteTableId, SecurityGroupId, VpcId};
use crate::network::{
    AclEntry, Network, NetworkAcl, PeeringStatus, Ports, RouteDestination, RouteTable,
    RuleProtocol, SecurityGroup, Vpc,
};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::Ipv6Addr;

/// Blocks of each family that a VPC may have. Source: 'Amazon VPC quotas'.
const MAX_BLOCKS: usize = 5;

/// `CreateVpc`.
pub(crate) fn create_vpc(
    network: &mut Network,
    input: &CreateVpc,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let cidr = blocks::sized(&input.cidr_block, "InvalidVpc.Range")?;
    let id = VpcId::from(step.id("vpc"));
    let mut vpc = Vpc {
        id: id.clone(),
        name: name_of(&input.tag_specifications),
        cidr,
        secondary_cidrs: Vec::new(),
        ipv6_cidrs: Vec::new(),
        dns_support: true,
        dns_hostnames: false,
        main_route_table: RouteTableId::from(step.id("rtb")),
        default_security_group: SecurityGroupId::from(step.id("sg")),
        default_network_acl: NetworkAclId::from(String::new()),
    };
    let table = RouteTable {
        id: vpc.main_route_table.clone(),
        name: String::new(),
        vpc: id.clone(),
        routes: Vec::new(),
    };
    network.route_tables.insert(table.id.clone(), table);
    let group = SecurityGroup::default_of(&vpc, step.id("sgr"), network.security_groups.len());
    network.security_groups.insert(group.id.clone(), group);
    if input.amazon_provided_ipv6_cidr_block == Some(true) {
        vpc.ipv6_cidrs.push(amazon_ipv6(&id, step.seed, 0));
    }
    vpc.default_network_acl = step.id("acl").into();
    let acl = NetworkAcl::default_of(vpc.default_network_acl.clone(), id.clone());
    network.network_acls.insert(acl.id.clone(), acl);
    step.log(Fact::Made {
        what: "VPC",
        id: id.to_string(),
        name: cidr.to_string(),
    });
    let has_ipv6 = !vpc.ipv6_cidrs.is_empty();
    let acl = vpc.default_network_acl.clone();
    network.vpcs.insert(id.clone(), vpc);
    if has_ipv6 {
        let_ipv6_through(network, &acl);
    }
    network.touch();
    Ok(Reply::Made(id.to_string()))
}

/// A VPC that gets an IPv6 block gets entry 101 in its default ACL, which allows all. Source: 'Default network ACL' of the VPC guide.
fn let_ipv6_through(network: &mut Network, acl: &NetworkAclId) {
    let Some(acl) = network.network_acls.get_mut(acl) else {
        return;
    };
    for egress in [false, true] {
        let taken = |entry: &AclEntry| entry.number == 101 && entry.egress == egress;
        if !acl.entries.iter().any(taken) {
            acl.entries.push(AclEntry {
                number: 101,
                egress,
                protocol: RuleProtocol::All,
                ports: Ports::ALL,
                block: IpNet::V6(Ipv6Net::default()),
                allow: true,
            });
        }
    }
}

/// `DeleteVpc`: its main route table, default ACL and default group go with it.
pub(crate) fn delete_vpc(
    network: &mut Network,
    input: &DeleteVpc,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let vpc = missing::vpc(network, &input.vpc_id)?.clone();
    let id = &vpc.id;
    let what_is_left = [
        ("a subnet", network.subnets.values().any(|it| it.vpc == *id)),
        (
            "an internet gateway",
            network.internet_gateway_of(id).is_some(),
        ),
        (
            "an egress-only internet gateway",
            network
                .egress_only_gateways
                .values()
                .any(|it| it.vpc.as_ref() == Some(id)),
        ),
        (
            "a route table",
            network
                .route_tables
                .values()
                .any(|it| it.vpc == *id && it.id != vpc.main_route_table),
        ),
        (
            "a network ACL",
            network
                .network_acls
                .values()
                .any(|it| it.vpc == *id && it.id != vpc.default_network_acl),
        ),
        (
            "a security group",
            network
                .security_groups
                .values()
                .any(|it| it.vpc == *id && it.id != vpc.default_security_group),
        ),
        (
            "an endpoint",
            network.gateway_endpoints.values().any(|it| it.vpc == *id),
        ),
        (
            "a peering connection",
            network
                .peerings
                .values()
                .any(|it| it.lives() && it.other(id).is_some()),
        ),
    ];
    if let Some((left, _)) = what_is_left.into_iter().find(|(_, left)| *left) {
        return Err(in_use(
            "vpc",
            id.as_str(),
            format!("Delete what is in it first: it still has {left}."),
        ));
    }
    network.route_tables.remove(&vpc.main_route_table);
    network.network_acls.remove(&vpc.default_network_acl);
    network.security_groups.remove(&vpc.default_security_group);
    network.vpcs.remove(id);
    network.touch();
    Ok(super::deleted("VPC", id.as_str(), step))
}

/// `ModifyVpcAttribute`: one attribute a call, as AWS demands.
pub(crate) fn modify_vpc_attribute(
    network: &mut Network,
    input: &ModifyVpcAttribute,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    missing::vpc(network, &input.vpc_id)?;
    let Some(vpc) = network.vpcs.get_mut(&input.vpc_id) else {
        return Ok(Reply::Done);
    };
    let (attribute, value) = match (&input.enable_dns_support, &input.enable_dns_hostnames) {
        (Some(support), None) => {
            vpc.dns_support = support.value;
            ("enableDnsSupport", support.value)
        }
        (None, Some(hostnames)) => {
            vpc.dns_hostnames = hostnames.value;
            ("enableDnsHostnames", hostnames.value)
        }
        _ => {
            return Err(ApiError::new(
                "InvalidParameterCombination",
                "Only one attribute can be modified at a time.",
                "Send one call for EnableDnsSupport and one for EnableDnsHostnames.",
            ));
        }
    };
    network.touch();
    let how = format!("has {attribute} {}", if value { "on" } else { "off" });
    Ok(changed("VPC", input.vpc_id.as_str(), how, step))
}

/// `AssociateVpcCidrBlock`: another block, with a local route in every table. Source: 'Add an IPv4 CIDR block' of the VPC guide.
pub(crate) fn associate_vpc_cidr_block(
    network: &mut Network,
    input: &AssociateVpcCidrBlock,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let vpc = missing::vpc(network, &input.vpc_id)?.clone();
    let block = match (&input.cidr_block, input.amazon_provided_ipv6_cidr_block) {
        (Some(text), None | Some(false)) => {
            let block = another_ipv4(&vpc, text)?;
            check_beside(network, &vpc, block)?;
            if let Some(vpc) = network.vpcs.get_mut(&input.vpc_id) {
                vpc.secondary_cidrs.push(block);
            }
            block.to_string()
        }
        (None, Some(true)) => {
            check_room(&vpc, vpc.ipv6_cidrs.len())?;
            let block = amazon_ipv6(&vpc.id, step.seed, vpc.ipv6_cidrs.len());
            if let Some(vpc) = network.vpcs.get_mut(&input.vpc_id) {
                vpc.ipv6_cidrs.push(block);
            }
            let_ipv6_through(network, &vpc.default_network_acl);
            block.to_string()
        }
        _ => {
            return Err(ApiError::new(
                "InvalidParameterCombination",
                "The request must contain exactly one of cidrBlock and amazonProvidedIpv6CidrBlock.",
                "Give an IPv4 block, or ask for an IPv6 block.",
            ));
        }
    };
    network.touch();
    Ok(changed(
        "VPC",
        vpc.id.as_str(),
        format!("has the block {block} too"),
        step,
    ))
}

/// A VPC that has so many blocks of a family can have another.
fn check_room(vpc: &Vpc, count: usize) -> Result<(), ApiError> {
    if count < MAX_BLOCKS {
        return Ok(());
    }
    Err(ApiError::new(
        "CidrLimitExceeded",
        format!(
            "This network '{}' has met its maximum number of allowed CIDRs: {MAX_BLOCKS}",
            vpc.id
        ),
        "Use the blocks that the VPC has.",
    ))
}

/// Another IPv4 block for a VPC, which fits beside those that it has.
fn another_ipv4(vpc: &Vpc, text: &str) -> Result<Ipv4Net, ApiError> {
    check_room(vpc, 1 + vpc.secondary_cidrs.len())?;
    let block = blocks::sized(text, "InvalidVpc.Range")?;
    let mut own = std::iter::once(&vpc.cidr).chain(&vpc.secondary_cidrs);
    let beside_ten = own.clone().any(|it| net(10, 0, 15).contains(it));
    if let Some(other) = own.find(|other| other.contains(&block) || block.contains(*other)) {
        return Err(ApiError::new(
            "InvalidVpc.Conflict",
            format!("The CIDR '{text}' conflicts with another CIDR of this VPC"),
            format!("{other} is the VPC's already; choose a block beside it."),
        ));
    }
    if restricted(vpc.cidr, block) || (block == net(10, 0, 16) && beside_ten) {
        return Err(ApiError::new(
            "InvalidVpc.Range",
            format!(
                "The CIDR '{text}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR. For additional restrictions, see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Subnets.html#add-cidr-block-restrictions"
            ),
            "Choose a block of the same private range as the VPC's first, or of 100.64.0.0/10.",
        ));
    }
    Ok(block)
}

/// Whether a block fits beside what the VPC leads elsewhere: it holds no route's destination, and nothing of a peer's.
/// Source: 'IPv4 CIDR block association' rules of the VPC guide; AWS's words are not on record.
fn check_beside(network: &Network, vpc: &Vpc, block: Ipv4Net) -> Result<(), ApiError> {
    let conflict = |what: String, cure: &'static str| {
        let message = format!("The CIDR '{block}' conflicts with {what}");
        Err(ApiError::new("InvalidVpc.Conflict", message, cure))
    };
    let tables = network.route_tables.values();
    for table in tables.filter(|table| table.vpc == vpc.id) {
        for route in &table.routes {
            if let RouteDestination::Block(IpNet::V4(to)) = &route.destination
                && block.contains(to)
                && to.prefix_len() > 0
            {
                return conflict(
                    format!("the route to {to} in {}", table.id),
                    "Choose a smaller block, or delete the route first.",
                );
            }
        }
    }
    let peers = network.peerings.values();
    let peers = peers.filter(|it| it.status == PeeringStatus::Active);
    for peer in peers.filter_map(|it| network.vpcs.get(it.other(&vpc.id)?)) {
        let block = IpNet::V4(block);
        if let Some(theirs) = peer
            .blocks()
            .find(|it| it.contains(&block) || block.contains(it))
        {
            return conflict(
                format!("{theirs} of {}, which is peered with this VPC", peer.id),
                "Choose a block that no peer has.",
            );
        }
    }
    Ok(())
}

fn net(first: u8, second: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert([first, second, 0, 0].into(), prefix)
}

/// Whether a VPC of a first block cannot have another. Source: 'IPv4 CIDR block association restrictions' of the VPC guide.
fn restricted(first: Ipv4Net, block: Ipv4Net) -> bool {
    let private = [
        net(10, 0, 8),
        net(172, 16, 12),
        net(192, 168, 16),
        net(198, 19, 16),
    ];
    let range = private.iter().position(|range| range.contains(&first));
    let other = private.iter().position(|range| range.contains(&block));
    let own_range = other.is_none() || (range == other && range != Some(3));
    !own_range
        || net(169, 254, 16).contains(&block)
        || (range == Some(1) && net(172, 31, 16).contains(&block))
}

/// The IPv6 block that Amazon provides, a /56; here of the documentation range of RFC 9637.
fn amazon_ipv6(vpc: &VpcId, seed: u64, place: usize) -> Ipv6Net {
    let draw = chance::draw(seed, "ipv6 block", &format!("{vpc}/{place}"));
    let [a, b, c, ..] = draw.to_be_bytes();
    let parts = [
        0x3fff,
        u16::from(a & 0x0f),
        u16::from(b),
        u16::from(c) << 8,
        0,
        0,
        0,
        0,
    ];
    Ipv6Net::new_assert(Ipv6Addr::from(parts), 56)
}
