//! VPCs: blocks of addresses, with a main route table, a default network ACL and a default security group.

use super::Network;
use super::acl::NetworkAcl;
use super::route_table::RouteTable;
use super::security_group::SecurityGroup;
use crate::call::{CreateVpc, TagSpecification};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;
use crate::ids::{NetworkAclId, RouteTableId, SecurityGroupId, VpcId};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr};

/// A VPC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vpc {
    /// Its id.
    pub id: VpcId,
    /// Its `Name`, or nothing.
    pub name: String,
    /// Its first block, which can never be taken from it.
    pub cidr: Ipv4Net,
    /// Its other IPv4 blocks.
    pub secondary_cidrs: Vec<Ipv4Net>,
    /// Its IPv6 blocks.
    pub ipv6_cidrs: Vec<Ipv6Net>,
    /// `enableDnsSupport`: whether its resolver answers.
    pub dns_support: bool,
    /// `enableDnsHostnames`: whether interfaces have names; private names need it too.
    pub dns_hostnames: bool,
    /// The route table of every subnet that has none of its own.
    pub main_route_table: RouteTableId,
    /// The ACL of every subnet that has none of its own.
    pub default_network_acl: NetworkAclId,
    /// The group of every interface that is given none.
    pub default_security_group: SecurityGroupId,
}

impl Vpc {
    /// All its blocks, the first one first: each has a local route in every table of the VPC.
    pub fn blocks(&self) -> impl Iterator<Item = IpNet> {
        let more = self.secondary_cidrs.iter().copied().map(IpNet::V4);
        let ipv6 = self.ipv6_cidrs.iter().copied().map(IpNet::V6);
        std::iter::once(IpNet::V4(self.cidr))
            .chain(more)
            .chain(ipv6)
    }

    /// Whether an address is in one of its blocks.
    pub fn holds(&self, address: IpAddr) -> bool {
        self.blocks().any(|block| block.contains(&address))
    }

    /// The address of its resolver: the third of the first block. Source: 'Amazon DNS server' of the VPC guide.
    pub fn resolver(&self) -> Ipv4Addr {
        Ipv4Addr::from(u32::from(self.cidr.network()) + 2)
    }
}

/// `CreateVpc`.
pub(crate) fn create_vpc(
    network: &mut Network,
    input: &CreateVpc,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let cidr = parse_block(&input.cidr_block, "InvalidVpc.Range")?;
    let id = VpcId::from(step.id("vpc"));
    let mut vpc = Vpc {
        id: id.clone(),
        name: TagSpecification::name_in(&input.tag_specifications)
            .unwrap_or_default()
            .to_owned(),
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
        vpc: id.clone(),
        routes: Vec::new(),
    };
    network.route_tables.insert(table.id.clone(), table);
    let group = SecurityGroup::default_of(&vpc, step.id("sgr"), network.security_groups.len());
    network.security_groups.insert(group.id.clone(), group);
    vpc.default_network_acl = step.id("acl").into();
    let acl = NetworkAcl::default_of(vpc.default_network_acl.clone(), id.clone());
    network.network_acls.insert(acl.id.clone(), acl);
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
