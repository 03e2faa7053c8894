//! Elastic addresses: public addresses that stay the account's until they are released.

use crate::ids::{AllocationId, NetworkInterfaceId};
use std::net::Ipv4Addr;

/// An elastic address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElasticAddress {
    /// The id of its allocation.
    pub id: AllocationId,
    /// The address.
    pub public_ip: Ipv4Addr,
    /// The interface it is associated with; `None` while it is free.
    pub interface: Option<NetworkInterfaceId>,
}
