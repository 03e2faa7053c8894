//! NAT gateways: they open connections for interfaces that have no public address, and let none in.

use crate::ids::{AllocationId, NatGatewayId, NetworkInterfaceId, SubnetId};
use std::net::Ipv4Addr;

/// A NAT gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NatGateway {
    /// Its id.
    pub id: NatGatewayId,
    /// Its `Name`, or nothing.
    pub name: String,
    /// The subnet it stands in.
    pub subnet: SubnetId,
    /// Its address in the subnet.
    pub private_ip: Ipv4Addr,
    /// Its elastic address; `None` for a private NAT gateway.
    pub public_ip: Option<Ipv4Addr>,
    /// The allocation of the elastic address, where it is the account's.
    pub allocation: Option<AllocationId>,
    /// Its interface; `None` where that is not modelled.
    pub interface: Option<NetworkInterfaceId>,
    /// Whether it is for the Internet.
    pub connectivity: Connectivity,
    /// Its state.
    pub state: NatState,
}

/// What a NAT gateway is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connectivity {
    /// The Internet: it has an elastic address.
    Public,
    /// Other networks: it has none.
    Private,
}

/// The state of a NAT gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NatState {
    /// It is being made.
    Pending,
    /// It could not be made.
    Failed,
    /// It works.
    Available,
    /// It is being deleted.
    Deleting,
    /// It is no more.
    Deleted,
}

impl NatState {
    /// All states.
    pub const ALL: [Self; 5] = [
        Self::Pending,
        Self::Failed,
        Self::Available,
        Self::Deleting,
        Self::Deleted,
    ];

    /// Whether it is no more, and only listed still.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Failed | Self::Deleted)
    }

    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Failed => "failed",
            Self::Available => "available",
            Self::Deleting => "deleting",
            Self::Deleted => "deleted",
        }
    }
}
