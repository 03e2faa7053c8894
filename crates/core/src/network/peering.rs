//! Peering connections: two VPCs whose blocks reach each other, by routes on both sides, and nothing beyond.

use crate::ids::{VpcId, VpcPeeringConnectionId};

/// A peering connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peering {
    /// Its id.
    pub id: VpcPeeringConnectionId,
    /// The VPC that asked.
    pub requester: VpcId,
    /// The VPC that was asked.
    pub accepter: VpcId,
    /// Its status.
    pub status: PeeringStatus,
    /// Whether both VPCs are in one Region: only then may rules refer to groups of the other side.
    pub same_region: bool,
}

impl Peering {
    /// Whether it is, or may still come to be, active.
    pub fn lives(&self) -> bool {
        use PeeringStatus::{Active, InitiatingRequest, PendingAcceptance, Provisioning};
        matches!(
            self.status,
            Active | InitiatingRequest | PendingAcceptance | Provisioning
        )
    }

    /// The VPC on the other side of one; `None` where that one is not part of it.
    pub fn other(&self, vpc: &VpcId) -> Option<&VpcId> {
        if *vpc == self.requester {
            Some(&self.accepter)
        } else if *vpc == self.accepter {
            Some(&self.requester)
        } else {
            None
        }
    }
}

/// The status of a peering connection. Source: `VpcPeeringConnectionStateReason` of the EC2 API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeeringStatus {
    /// It is being asked for.
    InitiatingRequest,
    /// The other side has not accepted; after seven days it expires.
    PendingAcceptance,
    /// It is being set up.
    Provisioning,
    /// It works.
    Active,
    /// It could not be made.
    Failed,
    /// Nobody accepted.
    Expired,
    /// The other side refused.
    Rejected,
    /// It is being deleted.
    Deleting,
    /// It is no more.
    Deleted,
}

impl PeeringStatus {
    /// All statuses.
    pub const ALL: [Self; 9] = [
        Self::InitiatingRequest,
        Self::PendingAcceptance,
        Self::Provisioning,
        Self::Active,
        Self::Failed,
        Self::Expired,
        Self::Rejected,
        Self::Deleting,
        Self::Deleted,
    ];

    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::InitiatingRequest => "initiating-request",
            Self::PendingAcceptance => "pending-acceptance",
            Self::Provisioning => "provisioning",
            Self::Active => "active",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Rejected => "rejected",
            Self::Deleting => "deleting",
            Self::Deleted => "deleted",
        }
    }
}
