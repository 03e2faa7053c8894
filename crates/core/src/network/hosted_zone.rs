//! Private hosted zones of Route 53: names that only the resolvers of their VPCs know.

use crate::ids::{HostedZoneId, VpcId};
use std::net::IpAddr;

/// A private hosted zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostedZone {
    /// Its id.
    pub id: HostedZoneId,
    /// Its name, in lower case and without a dot at the end.
    pub name: String,
    /// The VPCs whose resolvers know it.
    pub vpcs: Vec<VpcId>,
    /// Its records, by name.
    pub records: Vec<AddressRecord>,
}

/// The addresses of a name: a record of type A.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressRecord {
    /// The whole name, in lower case and without a dot at the end; `*.` before it holds all names below it.
    pub name: String,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
}
