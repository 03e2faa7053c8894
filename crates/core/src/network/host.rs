//! What is outside: hosts on the Internet, AWS's public services among them, and names that only a VPC knows.

use crate::ids::{HostId, VpcId};
use std::net::IpAddr;

/// A host on the Internet, or a service of AWS that has a public address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its id.
    pub id: HostId,
    /// Its address.
    pub address: IpAddr,
    /// Its names; `*.` before a name holds all names below it.
    pub dns_names: Vec<String>,
}

/// A name that a VPC's resolver knows: a record of a private hosted zone, or of Cloud Map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateName {
    /// The name, without a dot at the end.
    pub name: String,
    /// The VPCs that know it.
    pub vpcs: Vec<VpcId>,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
}
