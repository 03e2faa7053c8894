//! Network access control lists: numbered entries that allow or deny what crosses the boundary of a subnet, in each
//! direction by itself. They remember nothing: answers need entries of their own.

use super::protocol::{Ports, RuleProtocol};
use crate::ids::{NetworkAclId, VpcId};
use ipnet::IpNet;

/// A network ACL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkAcl {
    /// Its id.
    pub id: NetworkAclId,
    /// Its `Name`, or nothing.
    pub name: String,
    /// Its VPC.
    pub vpc: VpcId,
    /// Its entries, in no order; the last one, `*`, denies the rest and is implied.
    pub entries: Vec<AclEntry>,
}

/// An entry of a network ACL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AclEntry {
    /// Its number, 1 to 32766: the lowest that matches decides.
    pub number: u16,
    /// Whether it is for what leaves the subnet, not for what enters.
    pub egress: bool,
    /// The protocol.
    pub protocol: RuleProtocol,
    /// The ports at the destination, or the type and code of ICMP.
    pub ports: Ports,
    /// The other side: where it comes from, or goes to.
    pub block: IpNet,
    /// Whether it allows.
    pub allow: bool,
}

impl NetworkAcl {
    /// The ACL that a VPC is born with: it allows all. Source: 'Default network ACL' of the VPC guide.
    pub fn default_of(id: NetworkAclId, vpc: VpcId) -> Self {
        let everyone = |egress| AclEntry {
            number: 100,
            egress,
            protocol: RuleProtocol::All,
            ports: Ports::ALL,
            block: IpNet::default(),
            allow: true,
        };
        Self {
            id,
            name: String::new(),
            vpc,
            entries: vec![everyone(false), everyone(true)],
        }
    }
}
