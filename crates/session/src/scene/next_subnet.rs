//! The next free block of a VPC, and the call that makes a subnet of it.

use super::Things;
use fargate_core::call::{Call, CreateSubnet, TagSpecification};
use fargate_core::ids::VpcId;
use std::net::Ipv4Addr;

/// The call that makes a subnet in a zone: the first free /24 after the VPC's first one. It uses the VPC's main route table, as
/// every subnet does that is given no other. `None` without a VPC or where no /24 is free.
pub fn next_subnet(things: &Things, zone: &str) -> Option<Call> {
    let vpc = things.vpc.as_ref()?;
    let taken: Vec<Block> = things
        .subnets
        .iter()
        .filter_map(|subnet| Block::read(&subnet.cidr))
        .collect();
    let all = Block::read(&vpc.cidr)?;
    let free = all
        .parts(24)
        .find(|block| !taken.iter().any(|other| other.overlaps(*block)));
    // the block 0 is left for last, so that the third number counts from 1 as in the scenarios
    let block = all
        .parts(24)
        .skip(1)
        .find(|block| !taken.iter().any(|other| other.overlaps(*block)))
        .or(free)?;
    let letter = zone.chars().last().unwrap_or('a');
    let public = vpc.has_default_route && vpc.internet_gateway.is_some();
    let kind = if public { "Public" } else { "Private" };
    let call = CreateSubnet {
        vpc_id: VpcId::from(vpc.id.as_str()),
        cidr_block: block.to_string(),
        availability_zone: Some(zone.to_owned()),
        tag_specifications: TagSpecification::name("subnet", &format!("{kind} {letter}")),
        ..Default::default()
    };
    Some(call.into())
}

/// A block of IPv4 addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Block {
    first: u32,
    prefix: u32,
}

impl Block {
    fn read(cidr: &str) -> Option<Self> {
        let (address, prefix) = cidr.split_once('/')?;
        let first = u32::from(address.parse::<Ipv4Addr>().ok()?);
        let prefix = prefix.parse().ok().filter(|prefix| *prefix <= 32)?;
        Some(Self { first, prefix })
    }

    fn size(self) -> u64 {
        1 << (32 - self.prefix)
    }

    fn overlaps(self, other: Self) -> bool {
        let end = |block: Self| u64::from(block.first) + block.size();
        u64::from(self.first) < end(other) && u64::from(other.first) < end(self)
    }

    /// Its parts of a prefix length, in order; itself where it is no larger.
    fn parts(self, prefix: u32) -> impl Iterator<Item = Self> {
        let prefix = prefix.max(self.prefix);
        let count = 1_u64 << (prefix - self.prefix);
        let step = 1_u64 << (32 - prefix);
        (0..count).map(move |index| Self {
            first: (u64::from(self.first) + index * step) as u32,
            prefix,
        })
    }
}

impl std::fmt::Display for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", Ipv4Addr::from(self.first), self.prefix)
    }
}
