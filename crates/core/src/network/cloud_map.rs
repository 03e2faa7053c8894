//! Cloud Map: namespaces of private names, services in them, and the instances that answer for a service.
//!
//! Source: 'AWS Cloud Map' developer guide and API. Tasks of `RunTask` are not registered, only those of ECS services would be; what is
//! registered by `RegisterInstance` is.

use crate::ids::{DiscoveryServiceId, NamespaceId, VpcId};
use std::net::{IpAddr, Ipv4Addr};

/// A namespace whose names a VPC's resolver knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// Its id.
    pub id: NamespaceId,
    /// Its name, in lower case, such as `local`.
    pub name: String,
    /// The VPC that knows its names.
    pub vpc: VpcId,
}

/// A service: a name in a namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscoveryService {
    /// Its id.
    pub id: DiscoveryServiceId,
    /// Its name, in lower case.
    pub name: String,
    /// Its namespace.
    pub namespace: NamespaceId,
    /// How long an answer is kept, in seconds.
    pub ttl: u32,
    /// What answers for it, by id.
    pub instances: Vec<DiscoveredInstance>,
}

/// What answers for a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiscoveredInstance {
    /// Its id, as whoever registered it chose.
    pub id: String,
    /// Its address.
    pub address: Ipv4Addr,
    /// Its port, where one was given.
    pub port: Option<u16>,
}

/// Addresses of an answer at most. Source: `RoutingPolicy` of `DnsConfig` in the Cloud Map API.
const ANSWERS: usize = 8;

impl DiscoveryService {
    /// What the resolver answers: of up to eight instances, in the order of their ids.
    pub(super) fn addresses(&self) -> Vec<IpAddr> {
        let instances = self.instances.iter().take(ANSWERS);
        instances.map(|it| it.address.into()).collect()
    }
}
