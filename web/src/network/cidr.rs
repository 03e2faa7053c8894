//! Blocks of addresses: the next one that is free.

use fargate_core::ids::VpcId;
use fargate_session::Session;
use std::net::{Ipv4Addr, Ipv6Addr};

/// The block that a new subnet is offered: a /24, or the whole VPC where that is smaller.
const OFFERED: u32 = 24;

/// First and last address of a block such as `172.31.1.0/24`.
fn range(cidr: &str) -> Option<(u32, u32, u32)> {
    let (address, prefix) = cidr.split_once('/')?;
    let prefix: u32 = prefix.parse().ok().filter(|prefix| *prefix <= 32)?;
    let address = u32::from(address.parse::<Ipv4Addr>().ok()?);
    let hosts = u32::MAX.checked_shr(prefix).unwrap_or(0);
    Some((address & !hosts, address | hosts, prefix))
}

/// The first block of a VPC that overlaps none of those taken; `None` where no room is left.
pub(crate) fn next_free<'a>(vpc: &str, taken: impl Iterator<Item = &'a str>) -> Option<String> {
    let (first, last, vpc_prefix) = range(vpc)?;
    let prefix = OFFERED.max(vpc_prefix);
    let size = 1_u64 << (32 - prefix);
    let taken: Vec<_> = taken.filter_map(range).collect();
    let mut at = u64::from(first);
    while at + size - 1 <= u64::from(last) {
        let end = at + size - 1;
        let overlaps =
            |(from, to, _): &&(u32, u32, u32)| u64::from(*from) <= end && at <= u64::from(*to);
        match taken
            .iter()
            .filter(overlaps)
            .map(|(_, to, _)| u64::from(*to))
            .max()
        {
            // On to the first aligned block beyond it.
            Some(to) => at = (to / size + 1) * size,
            None => return Some(format!("{}/{prefix}", Ipv4Addr::from(at as u32))),
        }
    }
    None
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_block_overlaps_nothing() {
        for (vpc, taken, next) in [
            ("172.31.0.0/16", vec![], Some("172.31.0.0/24")),
            (
                "172.31.0.0/16",
                vec!["172.31.0.0/24"],
                Some("172.31.1.0/24"),
            ),
            (
                "172.31.0.0/16",
                vec!["172.31.1.0/24"],
                Some("172.31.0.0/24"),
            ),
            (
                "172.31.0.0/16",
                vec!["172.31.0.0/20"],
                Some("172.31.16.0/24"),
            ),
            (
                "172.31.0.0/16",
                vec!["172.31.0.0/28", "172.31.1.128/25"],
                Some("172.31.2.0/24"),
            ),
            ("10.0.0.0/28", vec![], Some("10.0.0.0/28")),
            ("10.0.0.0/24", vec!["10.0.0.64/26"], None),
            ("255.255.255.0/24", vec!["255.255.255.0/24"], None),
            ("rubbish", vec![], None),
        ] {
            let found = next_free(vpc, taken.iter().copied());
            assert_eq!(found.as_deref(), next, "{vpc} with {taken:?}");
        }
    }
}
