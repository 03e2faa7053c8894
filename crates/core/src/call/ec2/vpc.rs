//! VPCs and subnets.

use super::TagSpecification;
use crate::ids::{SubnetId, VpcId};
use crate::wire;

wire! {
    /// Input of `CreateVpc`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateVpc {
        /// The block, /16 to /28.
        pub cidr_block: String = "CidrBlock",
        /// Whether it gets an IPv6 block, a /56.
        pub amazon_provided_ipv6_cidr_block: Option<bool> = "AmazonProvidedIpv6CidrBlock" optional,
        /// Tags; `Name` names it.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `DeleteVpc`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteVpc {
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
    }

    /// Input of `ModifyVpcAttribute`: one attribute a call.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ModifyVpcAttribute {
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
        /// Whether the resolver answers.
        pub enable_dns_support: Option<AttributeBooleanValue> = "EnableDnsSupport" optional,
        /// Whether interfaces with a public address get a public name.
        pub enable_dns_hostnames: Option<AttributeBooleanValue> = "EnableDnsHostnames" optional,
    }

    /// A switch.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AttributeBooleanValue {
        /// Whether it is on.
        pub value: bool = "Value",
    }

    /// Input of `AssociateVpcCidrBlock`: another block for a VPC.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AssociateVpcCidrBlock {
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
        /// An IPv4 block.
        pub cidr_block: Option<String> = "CidrBlock" optional,
        /// Whether it gets an IPv6 block, a /56.
        pub amazon_provided_ipv6_cidr_block: Option<bool> = "AmazonProvidedIpv6CidrBlock" optional,
    }

    /// Input of `CreateSubnet`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateSubnet {
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
        /// The block, /16 to /28, within the VPC's.
        pub cidr_block: String = "CidrBlock",
        /// An IPv6 block, a /64 within the VPC's.
        pub ipv6_cidr_block: Option<String> = "Ipv6CidrBlock" optional,
        /// The zone, such as `us-east-1a`; AWS chooses where it is absent, here the first.
        pub availability_zone: Option<String> = "AvailabilityZone" optional,
        /// Tags; `Name` names it.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `DeleteSubnet`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteSubnet {
        /// The subnet.
        pub subnet_id: SubnetId = "SubnetId",
    }

    /// Input of `ModifySubnetAttribute`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ModifySubnetAttribute {
        /// The subnet.
        pub subnet_id: SubnetId = "SubnetId",
        /// Whether instances get a public address unasked; tasks on Fargate do not care.
        pub map_public_ip_on_launch: Option<AttributeBooleanValue> = "MapPublicIpOnLaunch" optional,
    }

    /// Input of `AssociateSubnetCidrBlock`: the IPv6 block of a subnet.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AssociateSubnetCidrBlock {
        /// The subnet.
        pub subnet_id: SubnetId = "SubnetId",
        /// A /64 within the VPC's IPv6 block.
        pub ipv6_cidr_block: String = "Ipv6CidrBlock",
    }
}
