//! VPCs: blocks of addresses, with a main route table, a default network ACL and a default security group.

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
