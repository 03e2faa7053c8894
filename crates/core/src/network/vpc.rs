//! VPCs: a block of addresses, with a main route table and a default security group.

use super::Network;
use super::route_table::RouteTable;
use super::security_group::SecurityGroup;
use crate::call::{CreateVpc, TagSpecification};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;
use crate::ids::{RouteTableId, SecurityGroupId, VpcId};
use ipnet::Ipv4Net;

/// A VPC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vpc {
    /// Its id.
    pub id: VpcId,
    /// Its `Name`, or nothing.
    pub name: String,
    /// Its block.
    pub cidr: Ipv4Net,
    /// The route table of every subnet that has none of its own.
    pub main_route_table: RouteTableId,
    /// The group of every interface that is given none.
    pub default_security_group: SecurityGroupId,
}

/// `CreateVpc`.
pub(crate) fn create_vpc(
    network: &mut Network,
    input: &CreateVpc,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let cidr = parse_block(&input.cidr_block, "InvalidVpc.Range")?;
    let id = VpcId::from(step.id("vpc"));
    let vpc = Vpc {
        id: id.clone(),
        name: TagSpecification::name_in(&input.tag_specifications)
            .unwrap_or_default()
            .to_owned(),
        cidr,
        main_route_table: RouteTableId::from(step.id("rtb")),
        default_security_group: SecurityGroupId::from(step.id("sg")),
    };
    let table = RouteTable {
        id: vpc.main_route_table.clone(),
        vpc: id.clone(),
        routes: Vec::new(),
    };
    network.route_tables.insert(table.id.clone(), table);
    let group = SecurityGroup::default_of(&vpc, step.id("sgr"), network.security_groups.len());
    network.security_groups.insert(group.id.clone(), group);
    step.log(Fact::Made {
        what: "VPC",
        id: id.to_string(),
        name: cidr.to_string(),
    });
    network.vpcs.insert(id.clone(), vpc);
    network.touch();
    Ok(Reply::Made(id.to_string()))
}

/// Reads a block of /16 to /28 with its host bits cleared, as AWS does.
pub(super) fn parse_block(text: &str, code: &'static str) -> Result<Ipv4Net, ApiError> {
    let Ok(net) = text.trim().parse::<Ipv4Net>() else {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!(
                "Value ({text}) for parameter cidrBlock is invalid. This is not a valid CIDR block."
            ),
            "Write an IPv4 block such as 172.31.0.0/16.",
        ));
    };
    if !(16..=28).contains(&net.prefix_len()) {
        return Err(ApiError::new(
            code,
            format!("The CIDR '{text}' is invalid."),
            "A block has between 16 (/28) and 65,536 (/16) addresses.",
        ));
    }
    Ok(net.trunc())
}
