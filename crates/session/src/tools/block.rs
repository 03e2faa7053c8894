//! Blocks of IPv4 addresses: which are free, and how many addresses they have.

use std::fmt;
use std::net::Ipv4Addr;

/// A block, such as `172.31.4.0/24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    first: u32,
    prefix: u8,
}

impl Block {
    /// Reads a block as it is written, host bits cleared as AWS clears them; `None` where it is none.
    pub fn read(text: &str) -> Option<Self> {
        let (address, prefix) = text.trim().split_once('/')?;
        let address = u32::from(address.parse::<Ipv4Addr>().ok()?);
        let prefix: u8 = prefix.parse().ok().filter(|prefix| *prefix <= 32)?;
        let hosts = u32::MAX.checked_shr(u32::from(prefix)).unwrap_or(0);
        let first = address & !hosts;
        Some(Self { first, prefix })
    }

    /// Its length: 24 of `172.31.4.0/24`.
    pub fn prefix(self) -> u8 {
        self.prefix
    }

    /// Its first address.
    pub fn address(self) -> Ipv4Addr {
        Ipv4Addr::from(self.first)
    }

    /// How many addresses it has.
    pub fn size(self) -> u64 {
        1 << (32 - u32::from(self.prefix))
    }

    /// Whether the blocks share an address.
    pub fn overlaps(self, other: Self) -> bool {
        let end = |block: Self| u64::from(block.first) + block.size();
        u64::from(self.first) < end(other) && u64::from(other.first) < end(self)
    }

    /// Whether all of the other block lies in this one.
    pub fn holds(self, other: Self) -> bool {
        other.prefix >= self.prefix && self.overlaps(other)
    }

    /// The first block of a length that is free in this one. The first 256 addresses are left for last, so that subnets
    /// count from 1 as in the scenarios.
    pub fn free(self, taken: &[Self], prefix: u8) -> Option<Self> {
        let start = Self {
            first: self.first,
            prefix: 24,
        };
        let small = self.prefix >= 24;
        let beyond = |block: &Self| small || !block.overlaps(start);
        let first = self.parts(prefix, taken).find(beyond);
        first.or_else(|| self.first_free(taken, prefix))
    }

    /// The first block of a length that is free in this one, from its first address on.
    pub fn first_free(self, taken: &[Self], prefix: u8) -> Option<Self> {
        self.parts(prefix, taken).next()
    }

    /// Its free parts of a length, in order. What is taken is leapt over, so that a large block full of others is no long way.
    fn parts(self, prefix: u8, taken: &[Self]) -> impl Iterator<Item = Self> {
        let size = 1_u64 << (32 - u32::from(prefix.min(32)));
        let end = u64::from(self.first) + self.size();
        let fits = prefix >= self.prefix && prefix <= 32;
        let mut at = u64::from(self.first);
        std::iter::from_fn(move || {
            while fits && at + size <= end {
                let block = Self {
                    first: at as u32,
                    prefix,
                };
                let over = taken.iter().filter(|other| other.overlaps(block));
                let over = over
                    .map(|other| u64::from(other.first) + other.size())
                    .max();
                if let Some(past) = over {
                    at = past.div_ceil(size) * size;
                } else {
                    at += size;
                    return Some(block);
                }
            }
            None
        })
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address(), self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_free_block_is_the_first_that_fits() {
        for (vpc, taken, prefix, free) in [
            ("172.31.0.0/16", vec![], 24, Some("172.31.1.0/24")),
            (
                "172.31.0.0/16",
                vec!["172.31.1.0/24"],
                24,
                Some("172.31.2.0/24"),
            ),
            (
                "172.31.0.0/16",
                vec!["172.31.1.0/24"],
                23,
                Some("172.31.2.0/23"),
            ),
            (
                "172.31.0.0/16",
                vec!["172.31.1.0/26"],
                26,
                Some("172.31.1.64/26"),
            ),
            (
                "172.31.0.0/16",
                vec!["172.31.0.0/17"],
                17,
                Some("172.31.128.0/17"),
            ),
            ("172.31.0.0/16", vec!["172.31.1.0/24"], 16, None),
            ("172.31.0.0/16", vec![], 16, Some("172.31.0.0/16")),
            (
                "10.0.0.0/24",
                vec!["10.0.0.0/25"],
                25,
                Some("10.0.0.128/25"),
            ),
            ("10.0.0.0/23", vec!["10.0.1.0/24"], 24, Some("10.0.0.0/24")),
            ("10.0.0.0/28", vec![], 28, Some("10.0.0.0/28")),
            ("10.0.0.0/28", vec![], 24, None),
            ("10.0.0.0/24", vec!["10.0.0.64/26"], 24, None),
            (
                "255.255.255.0/24",
                vec!["255.255.255.0/25"],
                25,
                Some("255.255.255.128/25"),
            ),
        ] {
            let taken: Vec<Block> = taken.into_iter().filter_map(Block::read).collect();
            let found = Block::read(vpc).and_then(|vpc| vpc.free(&taken, prefix));
            let found = found.map(|block| block.to_string());
            assert_eq!(
                found.as_deref(),
                free,
                "a /{prefix} of {vpc} beside {taken:?}"
            );
        }
    }

    #[test]
    fn from_the_first_address_on_the_free_block_overlaps_nothing() {
        for (vpc, taken, prefix, free) in [
            ("172.31.0.0/16", vec![], 24, Some("172.31.0.0/24")),
            (
                "172.31.0.0/16",
                vec!["172.31.0.0/24"],
                24,
                Some("172.31.1.0/24"),
            ),
            (
                "172.31.0.0/16",
                vec!["172.31.1.0/24"],
                24,
                Some("172.31.0.0/24"),
            ),
            (
                "172.31.0.0/16",
                vec!["172.31.0.0/20"],
                24,
                Some("172.31.16.0/24"),
            ),
            (
                "172.31.0.0/16",
                vec!["172.31.0.0/28", "172.31.1.128/25"],
                24,
                Some("172.31.2.0/24"),
            ),
            ("10.0.0.0/28", vec![], 28, Some("10.0.0.0/28")),
            ("10.0.0.0/24", vec!["10.0.0.64/26"], 24, None),
            ("255.255.255.0/24", vec!["255.255.255.0/24"], 24, None),
        ] {
            let taken: Vec<Block> = taken.into_iter().filter_map(Block::read).collect();
            let found = Block::read(vpc).and_then(|vpc| vpc.first_free(&taken, prefix));
            let found = found.map(|block| block.to_string());
            assert_eq!(found.as_deref(), free, "{vpc} beside {taken:?}");
        }
    }

    #[test]
    fn blocks_are_read_as_aws_reads_them() {
        for (text, read) in [
            ("172.31.4.0/24", Some("172.31.4.0/24")),
            (" 172.31.4.9/24 ", Some("172.31.4.0/24")),
            ("0.0.0.0/0", Some("0.0.0.0/0")),
            ("172.31.4.0", None),
            ("172.31.4.0/33", None),
            ("172.31.4/24", None),
            ("", None),
        ] {
            let found = Block::read(text).map(|block| block.to_string());
            assert_eq!(found.as_deref(), read, "{text}");
        }
    }
}
