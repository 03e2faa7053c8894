//! Cloud Map's calls, as far as private names need them. Members are spelled as in the API of its service, `servicediscovery`.

use crate::ids::{DiscoveryServiceId, NamespaceId, VpcId};
use crate::wire;
use litemap::LiteMap;

wire! {
    /// Input of `CreatePrivateDnsNamespace`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreatePrivateDnsNamespace {
        /// Its name, such as `local`.
        pub name: String = "Name",
        /// The VPC whose resolver knows its names.
        pub vpc: VpcId = "Vpc",
    }

    /// Input of `DeleteNamespace`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteNamespace {
        /// The namespace.
        pub id: NamespaceId = "Id",
    }

    /// Input of `CreateService` of Cloud Map.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateDiscoveryService {
        /// Its name, such as `api`.
        pub name: String = "Name",
        /// The namespace.
        pub namespace_id: NamespaceId = "NamespaceId",
        /// What the resolver answers.
        pub dns_config: DnsConfig = "DnsConfig",
    }

    /// What the resolver answers for a service.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DnsConfig {
        /// The records of each instance.
        pub records: Vec<DnsRecord> = "DnsRecords",
        /// `MULTIVALUE`, which it is where absent: each answer has up to eight addresses.
        pub routing_policy: Option<String> = "RoutingPolicy" optional,
    }

    /// A record of each instance of a service.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DnsRecord {
        /// The type: `A`.
        pub kind: String = "Type",
        /// How long an answer is kept, in seconds.
        pub ttl: u32 = "TTL",
    }

    /// Input of `DeleteService` of Cloud Map.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteDiscoveryService {
        /// The service.
        pub id: DiscoveryServiceId = "Id",
    }

    /// Input of `RegisterInstance`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct RegisterInstance {
        /// The service.
        pub service_id: DiscoveryServiceId = "ServiceId",
        /// Any id; one that is there already is put in its place.
        pub instance_id: String = "InstanceId",
        /// What is known of it: `AWS_INSTANCE_IPV4`, its address, and more.
        pub attributes: LiteMap<String, String> = "Attributes",
    }

    /// Input of `DeregisterInstance`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeregisterInstance {
        /// The service.
        pub service_id: DiscoveryServiceId = "ServiceId",
        /// Its id.
        pub instance_id: String = "InstanceId",
    }
}
