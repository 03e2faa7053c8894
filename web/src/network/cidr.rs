//! Blocks of addresses that the forms offer: the next one that is free.

use fargate_core::ids::VpcId;
use fargate_session::Session;
use fargate_session::tools::block::Block;
use std::net::Ipv6Addr;

/// The block that a new subnet is offered: a /24, or the whole VPC where that is smaller.
const OFFERED: u8 = 24;

/// The first block of a VPC that overlaps none of those taken; `None` where no room is left.
pub(crate) fn next_free<'a>(vpc: &str, taken: impl Iterator<Item = &'a str>) -> Option<String> {
    let vpc = Block::read(vpc)?;
    let taken: Vec<Block> = taken.filter_map(Block::read).collect();
    let block = vpc.first_free(&taken, OFFERED.max(vpc.prefix()))?;
    Some(block.to_string())
}

/// The first /64 of a VPC's IPv6 block that no subnet has; nothing where the VPC has no such block.
pub(crate) fn next_free_ipv6(session: &Session, vpc: Option<&VpcId>) -> String {
    let network = session.world().network();
    let vpc = vpc.and_then(|id| network.vpcs.get(id));
    let block = vpc.and_then(|vpc| vpc.ipv6_cidrs.first());
    let Some(block) = block else {
        return String::new();
    };
    let taken: Vec<u128> = network
        .subnets
        .values()
        .filter_map(|subnet| subnet.ipv6_cidr)
        .map(|taken| taken.network().to_bits())
        .collect();
    let first = block.network().to_bits();
    let all = 1_u128 << (64_u8.saturating_sub(block.prefix_len()));
    let mut blocks = (0..all).map(|place| first + (place << 64));
    let free = blocks.find(|free| !taken.contains(free));
    free.map(|free| format!("{}/64", Ipv6Addr::from_bits(free)))
        .unwrap_or_default()
}
