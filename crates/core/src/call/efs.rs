//! EFS' calls: file systems and their mount targets. Members are spelled as in the EFS API.

use super::Tag;
use crate::ids::{AccessPointId, FileSystemId, MountTargetId, SecurityGroupId, SubnetId};
use crate::wire;

wire! {
    /// Input of `CreateFileSystem`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateFileSystem {
        /// Any text; a call with one that a file system was made with makes no other.
        pub creation_token: String = "CreationToken",
        /// Tags; `Name` names it.
        pub tags: Vec<Tag> = "Tags" optional,
    }

    /// Input of `DeleteFileSystem`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteFileSystem {
        /// The file system.
        pub file_system_id: FileSystemId = "FileSystemId",
    }

    /// Input of `CreateAccessPoint`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateAccessPoint {
        /// Any text; a call with one that an access point was made with makes no other.
        pub client_token: String = "ClientToken",
        /// The file system.
        pub file_system_id: FileSystemId = "FileSystemId",
    }

    /// Input of `DeleteAccessPoint`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteAccessPoint {
        /// The access point.
        pub access_point_id: AccessPointId = "AccessPointId",
    }

    /// Input of `CreateMountTarget`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateMountTarget {
        /// The file system.
        pub file_system_id: FileSystemId = "FileSystemId",
        /// The subnet, one a zone.
        pub subnet_id: SubnetId = "SubnetId",
        /// Its address; any free one where absent.
        pub ip_address: Option<String> = "IpAddress" optional,
        /// Its groups; the VPC's default group where absent.
        pub security_groups: Vec<SecurityGroupId> = "SecurityGroups" optional,
    }

    /// Input of `ModifyMountTargetSecurityGroups`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ModifyMountTargetSecurityGroups {
        /// The mount target.
        pub mount_target_id: MountTargetId = "MountTargetId",
        /// All groups that it is to wear; the VPC's default group for none.
        pub security_groups: Vec<SecurityGroupId> = "SecurityGroups" optional,
    }

    /// Input of `DeleteMountTarget`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteMountTarget {
        /// The mount target.
        pub mount_target_id: MountTargetId = "MountTargetId",
    }
}
