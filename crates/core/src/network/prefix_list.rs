//! Prefix lists: blocks under one name, which routes and rules of security groups may name. Network ACLs may not.

use crate::ids::PrefixListId;
use ipnet::IpNet;
use std::net::IpAddr;

/// A prefix list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrefixList {
    /// Its id.
    pub id: PrefixListId,
    /// Its name, such as `com.amazonaws.us-east-1.s3`, or nothing.
    pub name: String,
    /// Its blocks.
    pub blocks: Vec<IpNet>,
}

impl PrefixList {
    /// The longest of its blocks that holds an address.
    pub fn holds(&self, address: IpAddr) -> Option<IpNet> {
        self.blocks
            .iter()
            .filter(|block| block.contains(&address))
            .max_by_key(|block| block.prefix_len())
            .copied()
    }
}
