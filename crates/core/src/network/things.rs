//! What stands in VPCs beside tasks and the parts of the network: instances, databases, file systems; and private zones.
//!
//! Their types are hidden where the network is copied and dropped, as the inputs of calls are: a program that makes none of them
//! holds none of their code.

use super::{
    AccessPoint, Database, DatabaseSubnetGroup, DiscoveryService, FileSystem, HostedZone, Instance,
    MountTarget, Namespace, Network,
};
use crate::engine::shelf::Shelf;
use crate::ids::{
    AccessPointId, DiscoveryServiceId, FileSystemId, HostedZoneId, InstanceId, MountTargetId,
    NamespaceId,
};
use std::any::Any;
use std::sync::Arc;

/// What stands in VPCs beside tasks and the parts of the network.
#[derive(Clone, Debug, Default)]
pub struct Things {
    /// The EC2 instances.
    pub instances: Shelf<InstanceId, Instance>,
    /// The groups of subnets for databases, by name.
    pub database_subnet_groups: Shelf<Arc<str>, DatabaseSubnetGroup>,
    /// The databases, by name.
    pub databases: Shelf<Arc<str>, Database>,
    /// The file systems.
    pub file_systems: Shelf<FileSystemId, FileSystem>,
    /// The mount targets of file systems.
    pub mount_targets: Shelf<MountTargetId, MountTarget>,
    /// The access points of file systems.
    pub access_points: Shelf<AccessPointId, AccessPoint>,
    /// The namespaces of Cloud Map.
    pub namespaces: Shelf<NamespaceId, Namespace>,
    /// The services of Cloud Map, with what is registered.
    pub discovery_services: Shelf<DiscoveryServiceId, DiscoveryService>,
    /// The private hosted zones.
    pub hosted_zones: Shelf<HostedZoneId, HostedZone>,
}

/// Things whose type is not told; nothing where there are none.
pub(super) type Hidden = Option<Arc<dyn Any + Send + Sync>>;

impl Network {
    /// What stands in the VPCs beside tasks; a copy costs a few pointers.
    pub fn things(&self) -> Things {
        let own = self.things.as_ref();
        let own = own.and_then(|own| own.downcast_ref::<Things>());
        own.cloned().unwrap_or_default()
    }

    /// Changes what stands in the VPCs, which a walk could notice.
    pub(super) fn change_things<R>(&mut self, change: impl FnOnce(&mut Things) -> R) -> R {
        let mut things = self.things();
        let answer = change(&mut things);
        self.things = Some(Arc::new(things));
        self.touch();
        answer
    }
}
