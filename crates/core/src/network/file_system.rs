//! File systems of EFS: what tasks mount, by a mount target in each zone.

use crate::ids::{AccessPointId, FileSystemId, MountTargetId, NetworkInterfaceId, VpcId};

/// The port of NFS. Source: 'Using VPC security groups' of the EFS guide.
pub const NFS: u16 = 2049;

/// A file system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileSystem {
    /// Its id.
    pub id: FileSystemId,
    /// Its `Name`, or nothing.
    pub name: String,
    /// What kept the call from being done twice.
    pub creation_token: String,
}

impl FileSystem {
    /// The name that leads to the mount target of the asker's zone. Source: 'Mounting with a DNS name' of the EFS guide.
    pub fn dns_name(id: &str) -> String {
        format!("{id}.efs.us-east-1.amazonaws.com")
    }
}

/// An access point: a way into a file system that a task definition names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPoint {
    /// Its id.
    pub id: AccessPointId,
    /// The file system.
    pub file_system: FileSystemId,
    /// What kept the call from being done twice.
    pub client_token: String,
}

/// A mount target: the address of a file system in one zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountTarget {
    /// Its id.
    pub id: MountTargetId,
    /// The file system.
    pub file_system: FileSystemId,
    /// The VPC; all mount targets of a file system are in one.
    pub vpc: VpcId,
    /// Its zone.
    pub zone: std::sync::Arc<str>,
    /// Its interface.
    pub interface: NetworkInterfaceId,
    /// Its state.
    pub state: MountTargetState,
}

/// The state of a mount target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MountTargetState {
    /// It is being made, and answers nobody yet.
    Creating,
    /// It works.
    Available,
    /// It is being deleted.
    Deleting,
}

impl MountTargetState {
    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Creating => "creating",
            Self::Available => "available",
            Self::Deleting => "deleting",
        }
    }
}
