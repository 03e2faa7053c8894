//! Gateways: internet, egress-only, NAT, and the elastic addresses that NAT gateways take.

use super::TagSpecification;
use crate::ids::{
    AllocationId, EgressOnlyInternetGatewayId, InternetGatewayId, NatGatewayId, SubnetId, VpcId,
};
use crate::wire;

wire! {
    /// Input of `CreateInternetGateway`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateInternetGateway {
        /// Tags; `Name` names it.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `AttachInternetGateway`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AttachInternetGateway {
        /// The gateway.
        pub internet_gateway_id: InternetGatewayId = "InternetGatewayId",
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
    }

    /// Input of `DetachInternetGateway`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DetachInternetGateway {
        /// The gateway.
        pub internet_gateway_id: InternetGatewayId = "InternetGatewayId",
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
    }

    /// Input of `DeleteInternetGateway`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteInternetGateway {
        /// The gateway.
        pub internet_gateway_id: InternetGatewayId = "InternetGatewayId",
    }

    /// Input of `CreateEgressOnlyInternetGateway`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateEgressOnlyInternetGateway {
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
        /// Tags; `Name` names it.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `DeleteEgressOnlyInternetGateway`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteEgressOnlyInternetGateway {
        /// The gateway.
        pub egress_only_internet_gateway_id: EgressOnlyInternetGatewayId = "EgressOnlyInternetGatewayId",
    }

    /// Input of `AllocateAddress`: an elastic address.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AllocateAddress {
        /// Tags; `Name` names it.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `ReleaseAddress`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ReleaseAddress {
        /// The allocation.
        pub allocation_id: AllocationId = "AllocationId",
    }

    /// Input of `CreateNatGateway`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateNatGateway {
        /// The subnet it stands in.
        pub subnet_id: SubnetId = "SubnetId",
        /// The elastic address; a public NAT gateway needs one.
        pub allocation_id: Option<AllocationId> = "AllocationId" optional,
        /// `public` or `private`; public where absent.
        pub connectivity_type: Option<String> = "ConnectivityType" optional,
        /// Tags; `Name` names it.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `DeleteNatGateway`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteNatGateway {
        /// The gateway.
        pub nat_gateway_id: NatGatewayId = "NatGatewayId",
    }
}
