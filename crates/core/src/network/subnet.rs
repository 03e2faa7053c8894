//! Subnets: a part of a VPC's block in one zone, of which AWS keeps five addresses.

use super::Network;
use crate::engine::chance;
use crate::ids::{NetworkAclId, RouteTableId, SubnetId, VpcId};
use ipnet::{Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

/// The zones of the simulated region, us-east-1.
pub const ZONES: [&str; 3] = ["us-east-1a", "us-east-1b", "us-east-1c"];

/// Addresses of every subnet that nobody can have: network, router, DNS, one for the future, broadcast.
/// Source: 'Subnet CIDR blocks' of the VPC guide.
pub const RESERVED: u32 = 5;

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subnet {
    /// Its id.
    pub id: SubnetId,
    /// Its `Name`, or nothing.
    pub name: String,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its block.
    pub cidr: Ipv4Net,
    /// Its IPv6 block; `None` where it has none.
    pub ipv6_cidr: Option<Ipv6Net>,
    /// Its zone.
    pub zone: Arc<str>,
    /// Its own route table; `None` for the VPC's main one.
    pub route_table: Option<RouteTableId>,
    /// Its own network ACL; `None` for the VPC's default one.
    pub network_acl: Option<NetworkAclId>,
    /// `MapPublicIpOnLaunch`: whether instances get a public address. It says nothing of Fargate tasks.
    pub map_public_ip_on_launch: bool,
}

impl Subnet {
    /// All addresses of the block, the reserved ones included.
    pub fn size(&self) -> u32 {
        1 << (32 - u32::from(self.cidr.prefix_len()))
    }

    /// Whether an address is in its block.
    pub fn holds(&self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(address) => self.cidr.contains(&address),
            IpAddr::V6(address) => self.ipv6_cidr.is_some_and(|block| block.contains(&address)),
        }
    }

    /// Its name, else its id.
    pub fn title(&self) -> &str {
        if self.name.is_empty() {
            self.id.as_str()
        } else {
            &self.name
        }
    }
}

impl Network {
    /// The addresses that are in use in a subnet.
    pub fn used_in(&self, subnet: &SubnetId) -> u32 {
        self.interfaces
            .values()
            .filter(|interface| interface.subnet == *subnet)
            .count() as u32
    }

    /// A free address of a subnet, drawn for a subject; `None` where there is none left.
    ///
    /// AWS gives any free address, in no order.
    pub(super) fn free_address(
        &self,
        subnet: &Subnet,
        seed: u64,
        subject: &str,
    ) -> Option<Ipv4Addr> {
        let usable = subnet.size() - RESERVED;
        let first = u32::from(subnet.cidr.network()) + 4;
        let mut taken: Vec<u32> = self
            .interfaces
            .values()
            .filter(|interface| interface.subnet == subnet.id)
            .map(|interface| u32::from(interface.private_ip))
            .collect();
        let free = usable
            .checked_sub(taken.len() as u32)
            .filter(|free| *free > 0)?;
        let mut address = first + (chance::draw(seed, "address", subject) % u64::from(free)) as u32;
        taken.sort_unstable();
        for taken in taken {
            if taken <= address {
                address += 1;
            }
        }
        Some(Ipv4Addr::from(address))
    }

    /// An address of a subnet's IPv6 block, drawn for a subject; `None` where it has no such block. The first four are AWS's.
    /// Source: 'Subnet CIDR blocks' of the VPC guide.
    pub(crate) fn ipv6_address(
        &self,
        subnet: &SubnetId,
        seed: u64,
        subject: &str,
    ) -> Option<Ipv6Addr> {
        let block = self.subnets.get(subnet)?.ipv6_cidr?;
        let drawn = u128::from(chance::draw(seed, "ipv6 address", subject));
        let mut address = u128::from(block.network()) + drawn.clamp(4, u128::from(u64::MAX) - 1);
        while self
            .interfaces
            .values()
            .any(|it| it.ipv6.map(u128::from) == Some(address))
        {
            address -= 1;
        }
        Some(Ipv6Addr::from(address))
    }
}
