//! The network: one file per AWS resource, and the walk that asks each of them whether a packet may pass.

mod acl;
mod calls;
mod cloud_map;
mod code;
mod database;
mod egress_only_gateway;
mod elastic_address;
mod endpoint;
mod file_system;
mod fix;
mod flow;
mod gateway;
mod glance;
mod host;
mod hosted_zone;
mod instance;
mod instance_type;
mod interface;
mod load_balancer;
pub mod modes;
mod nat_gateway;
mod pairs;
mod peering;
mod prefix_list;
mod protocol;
mod route_table;
mod security_group;
pub mod services;
mod subnet;
mod target_health;
mod things;
mod trace;
mod vpc;
mod walk;

pub use acl::{AclEntry, NetworkAcl};
pub use cloud_map::{DiscoveredInstance, DiscoveryService, Namespace};
pub use code::Code;
pub use database::{Database, DatabaseState, DatabaseSubnetGroup, engines};
pub use egress_only_gateway::EgressOnlyGateway;
pub use elastic_address::ElasticAddress;
pub use endpoint::{GatewayEndpoint, InterfaceEndpoint};
pub use file_system::{AccessPoint, FileSystem, MountTarget, MountTargetState, NFS};
pub use fix::{Edit, Fix, Question, cure};
pub use flow::{CLIENT_PORT, Destination, Endpoint, Flow, INTERNET_CLIENT, TRANSLATED_PORT};
pub use gateway::InternetGateway;
pub use host::{Host, PrivateName};
pub use hosted_zone::{AddressRecord, HostedZone};
pub use instance::{Instance, InstanceState};
pub use instance_type::InstanceType;
pub use interface::{Attachment, Bound, Interface, Listener, Owner};
pub use load_balancer::{
    BalancedTarget, BalancerListener, HealthCheck, LoadBalancer, LoadBalancerKind,
    LoadBalancerState, TargetGroup,
};
pub use nat_gateway::{Connectivity, NatGateway, NatState};
pub use pairs::{ANYONE, ANYONE_IPV6, Class, Difference, End, Opened, Pairs, ProtocolPort};
pub use peering::{Peering, PeeringStatus};
pub use prefix_list::PrefixList;
pub use protocol::{IpProtocol, Ports, RuleProtocol};
pub use route_table::{Route, RouteDestination, RouteTable, Target};
pub use security_group::{Peer, Rule, SecurityGroup};
pub use subnet::{RESERVED, Subnet, ZONES};
pub use target_health::{Ailment, TargetHealth, TargetState, Unused};
pub use things::Things;
pub use trace::{Direction, Ending, FlowRecord, Hop, Lack, NearMiss, Part, Phase, Trace};
pub use vpc::Vpc;
pub use walk::{Broken, Connection};

pub(crate) use calls::*;
pub use calls::{
    elastic_address_association, main_route_table_association, network_acl_association,
    network_interface_attachment, route_table_association,
};
pub(crate) use interface::{AddressError, attach, release};

use crate::engine::shelf::Shelf;
use crate::ids::{
    AllocationId, EgressOnlyInternetGatewayId, HostId, InternetGatewayId, LoadBalancerId,
    NatGatewayId, NetworkAclId, NetworkInterfaceId, PrefixListId, RouteTableId, SecurityGroupId,
    SubnetId, TargetGroupId, VpcEndpointId, VpcId, VpcPeeringConnectionId,
};
use std::sync::Arc;

/// What walks a flow through the network, there and back. Named where it is wanted, so that a page can be built that loads the
/// whole of it later.
pub type Walk = fn(&Network, &Flow) -> Trace;

/// All network resources of the account.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// The VPCs.
    pub vpcs: Shelf<VpcId, Vpc>,
    /// The subnets.
    pub subnets: Shelf<SubnetId, Subnet>,
    /// The internet gateways.
    pub internet_gateways: Shelf<InternetGatewayId, InternetGateway>,
    /// The route tables.
    pub route_tables: Shelf<RouteTableId, RouteTable>,
    /// The security groups.
    pub security_groups: Shelf<SecurityGroupId, SecurityGroup>,
    /// The network interfaces.
    pub interfaces: Shelf<NetworkInterfaceId, Interface>,
    /// The network ACLs.
    pub network_acls: Shelf<NetworkAclId, NetworkAcl>,
    /// The egress-only internet gateways.
    pub egress_only_gateways: Shelf<EgressOnlyInternetGatewayId, EgressOnlyGateway>,
    /// The NAT gateways.
    pub nat_gateways: Shelf<NatGatewayId, NatGateway>,
    /// The elastic addresses.
    pub elastic_addresses: Shelf<AllocationId, ElasticAddress>,
    /// The peering connections.
    pub peerings: Shelf<VpcPeeringConnectionId, Peering>,
    /// The prefix lists.
    pub prefix_lists: Shelf<PrefixListId, PrefixList>,
    /// The gateway endpoints.
    pub gateway_endpoints: Shelf<VpcEndpointId, GatewayEndpoint>,
    /// The interface endpoints.
    pub interface_endpoints: Shelf<VpcEndpointId, InterfaceEndpoint>,
    /// The load balancers.
    pub load_balancers: Shelf<LoadBalancerId, LoadBalancer>,
    /// The target groups.
    pub target_groups: Shelf<TargetGroupId, TargetGroup>,
    /// The hosts on the Internet that are named; others are there too, and answer.
    pub hosts: Shelf<HostId, Host>,
    /// The names that VPCs know: of private hosted zones, and of Cloud Map.
    pub private_names: Arc<Vec<PrivateName>>,
    /// What stands in VPCs beside tasks.
    things: things::Hidden,
    /// Grows with every change that a walk could notice, so that a walk need not be repeated without one.
    version: u64,
}

impl Network {
    /// Grows with every change that a walk could notice.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Notes a change that a walk could notice.
    pub(crate) fn touch(&mut self) {
        self.version += 1;
    }

    /// The route table of a subnet: its own, else its VPC's main one.
    pub fn route_table_of(&self, subnet: &Subnet) -> Option<&RouteTable> {
        let id = match &subnet.route_table {
            Some(own) => own,
            None => &self.vpcs.get(&subnet.vpc)?.main_route_table,
        };
        self.route_tables.get(id).map(AsRef::as_ref)
    }

    /// The network ACL of a subnet: its own, else its VPC's default one.
    pub fn network_acl_of(&self, subnet: &Subnet) -> Option<&NetworkAcl> {
        let id = match &subnet.network_acl {
            Some(own) => own,
            None => &self.vpcs.get(&subnet.vpc)?.default_network_acl,
        };
        self.network_acls.get(id).map(AsRef::as_ref)
    }

    /// The interface that has an address within a VPC.
    pub fn interface_at(&self, vpc: &VpcId, address: std::net::IpAddr) -> Option<&Interface> {
        let here = |interface: &&Arc<Interface>| {
            interface.has(address)
                && self
                    .subnets
                    .get(&interface.subnet)
                    .is_some_and(|subnet| subnet.vpc == *vpc)
        };
        self.interfaces.values().find(here).map(AsRef::as_ref)
    }

    /// The ids of the gateway endpoints.
    pub(crate) fn gateway_endpoint_ids(&self) -> Vec<VpcEndpointId> {
        self.gateway_endpoints
            .values()
            .map(|it| it.id.clone())
            .collect()
    }

    /// The interface of a task.
    pub fn interface_of(&self, task: &crate::ids::TaskId) -> Option<&Interface> {
        self.interfaces
            .values()
            .find(|interface| interface.task() == Some(task))
            .map(AsRef::as_ref)
    }
}
