//! Peering connections.

use super::TagSpecification;
use crate::ids::{VpcId, VpcPeeringConnectionId};
use crate::wire;

wire! {
    /// Input of `CreateVpcPeeringConnection`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateVpcPeeringConnection {
        /// The VPC that asks.
        pub vpc_id: VpcId = "VpcId",
        /// The VPC that is asked.
        pub peer_vpc_id: VpcId = "PeerVpcId",
        /// The Region of the VPC that is asked; the same where absent.
        pub peer_region: Option<String> = "PeerRegion" optional,
        /// Tags; `Name` names it.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `AcceptVpcPeeringConnection`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AcceptVpcPeeringConnection {
        /// The connection.
        pub vpc_peering_connection_id: VpcPeeringConnectionId = "VpcPeeringConnectionId",
    }

    /// Input of `RejectVpcPeeringConnection`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct RejectVpcPeeringConnection {
        /// The connection.
        pub vpc_peering_connection_id: VpcPeeringConnectionId = "VpcPeeringConnectionId",
    }

    /// Input of `DeleteVpcPeeringConnection`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteVpcPeeringConnection {
        /// The connection.
        pub vpc_peering_connection_id: VpcPeeringConnectionId = "VpcPeeringConnectionId",
    }
}
