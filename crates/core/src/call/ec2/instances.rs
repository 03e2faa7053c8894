//! EC2 instances, their interfaces, and the elastic addresses of interfaces.

use super::{AttributeBooleanValue, TagSpecification};
use crate::ids::{AllocationId, InstanceId, NetworkInterfaceId, SecurityGroupId, SubnetId};
use crate::wire;

wire! {
    /// Input of `RunInstances`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct RunInstances {
        /// The image, `ami-…`.
        pub image_id: String = "ImageId",
        /// The type, such as `c5.large`; `m1.small` where absent, as in the API.
        pub instance_type: Option<String> = "InstanceType" optional,
        /// How many there must be at least.
        pub min_count: u32 = "MinCount",
        /// How many there are to be.
        pub max_count: u32 = "MaxCount",
        /// The subnet; left out where `NetworkInterfaces` says it.
        pub subnet_id: Option<SubnetId> = "SubnetId" optional,
        /// The groups; the VPC's default group where absent.
        pub security_group_ids: Vec<SecurityGroupId> = "SecurityGroupIds" optional,
        /// The private address; any free one where absent.
        pub private_ip_address: Option<String> = "PrivateIpAddress" optional,
        /// Its interfaces, where more is to be said of them.
        pub network_interfaces: Vec<InstanceNetworkInterface> = "NetworkInterfaces" optional,
        /// Tags; `Name` names it.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// An interface of an instance that is to be run.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct InstanceNetworkInterface {
        /// Its place, from 0, which is the primary one's.
        pub device_index: u32 = "DeviceIndex",
        /// Its subnet.
        pub subnet_id: Option<SubnetId> = "SubnetId" optional,
        /// Its groups; the VPC's default group where absent.
        pub groups: Vec<SecurityGroupId> = "Groups" optional,
        /// Whether it gets a public address; the subnet's `MapPublicIpOnLaunch` says it where absent.
        pub associate_public_ip_address: Option<bool> = "AssociatePublicIpAddress" optional,
        /// Its private address; any free one where absent.
        pub private_ip_address: Option<String> = "PrivateIpAddress" optional,
    }

    /// Input of `TerminateInstances`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct TerminateInstances {
        /// The instances.
        pub instance_ids: Vec<InstanceId> = "InstanceIds",
    }

    /// Input of `ModifyNetworkInterfaceAttribute`: one attribute a call.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ModifyNetworkInterfaceAttribute {
        /// The interface.
        pub network_interface_id: NetworkInterfaceId = "NetworkInterfaceId",
        /// All groups that it is to wear.
        pub groups: Vec<SecurityGroupId> = "Groups" optional,
        /// Whether it takes and sends only what is its own; off for an instance that forwards.
        pub source_dest_check: Option<AttributeBooleanValue> = "SourceDestCheck" optional,
    }

    /// Input of `DeleteNetworkInterface`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteNetworkInterface {
        /// The interface.
        pub network_interface_id: NetworkInterfaceId = "NetworkInterfaceId",
    }

    /// Input of `DetachNetworkInterface`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DetachNetworkInterface {
        /// The attachment, `eni-attach-…` or `ela-attach-…`.
        pub attachment_id: String = "AttachmentId",
        /// Whether it is torn off.
        pub force: Option<bool> = "Force" optional,
    }

    /// Input of `AssociateAddress`: an elastic address for an interface.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AssociateAddress {
        /// The elastic address.
        pub allocation_id: AllocationId = "AllocationId",
        /// The interface; left out where `InstanceId` says whose primary one.
        pub network_interface_id: Option<NetworkInterfaceId> = "NetworkInterfaceId" optional,
        /// The instance.
        pub instance_id: Option<InstanceId> = "InstanceId" optional,
        /// Whether it may be taken from another interface; so where absent.
        pub allow_reassociation: Option<bool> = "AllowReassociation" optional,
    }

    /// Input of `DisassociateAddress`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DisassociateAddress {
        /// The association, `eipassoc-…`.
        pub association_id: String = "AssociationId",
    }
}
