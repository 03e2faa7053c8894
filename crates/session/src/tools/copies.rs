//! Things that stand in subnets or on the VPC's edge, as the calls that make them as they are now.

use super::Target;
use crate::scene::Key;
use fargate_core::call::{
    Call, CreateDbInstance, CreateEgressOnlyInternetGateway, CreateLoadBalancer, CreateMountTarget,
    CreateNatGateway, CreateVpcEndpoint, CreateVpcPeeringConnection, InstanceNetworkInterface,
    RunInstances, TagSpecification,
};
use fargate_core::ids::{
    EgressOnlyInternetGatewayId, InstanceId, LoadBalancerId, NatGatewayId, NetworkInterfaceId,
    SecurityGroupId, SubnetId, VpcEndpointId, VpcPeeringConnectionId,
};
use fargate_core::network::{Connectivity, Interface, LoadBalancerKind, Network, Owner};

/// The calls that make a tile or a way out; none for other things.
pub fn calls_of_standing(network: &Network, target: &Target) -> Vec<Call> {
    let call = match target {
        Target::Thing(Key::Tile(id)) => network
            .interfaces
            .get(id)
            .and_then(|interface| tile(network, interface)),
        Target::Thing(Key::Exit(id)) => exit(network, id),
        Target::Thing(_) | Target::Group(_) => None,
    };
    call.into_iter().collect()
}

fn tile(network: &Network, interface: &Interface) -> Option<Call> {
    match &interface.owner {
        Owner::Task(_) => None,
        Owner::Instance(id) => instance(network, id),
        Owner::Database(name) => database(network, name, interface),
        Owner::ApplicationLoadBalancer(id) | Owner::NetworkLoadBalancer(id) => {
            balancer(network, id)
        }
        Owner::Endpoint(id) => endpoint(network, id),
        Owner::NatGateway(id) => nat(network, id),
        Owner::MountTarget(system) => Some(
            CreateMountTarget {
                file_system_id: system.as_ref().into(),
                subnet_id: interface.subnet.clone(),
                ip_address: None,
                security_groups: interface.groups.clone(),
            }
            .into(),
        ),
    }
}

fn tags(kind: &str, name: &str) -> Vec<TagSpecification> {
    if name.is_empty() {
        Vec::new()
    } else {
        TagSpecification::name(kind, name)
    }
}

/// The subnets of interfaces, and the groups of the first.
fn places(network: &Network, ids: &[NetworkInterfaceId]) -> (Vec<SubnetId>, Vec<SecurityGroupId>) {
    let found = ids.iter().filter_map(|id| network.interfaces.get(id));
    let subnets = found.clone().map(|it| it.subnet.clone()).collect();
    let groups = found.map(|it| it.groups.clone()).next();
    (subnets, groups.unwrap_or_default())
}

fn instance(network: &Network, id: &InstanceId) -> Option<Call> {
    let things = network.things();
    let instance = things.instances.get(id)?;
    let interfaces = instance.interfaces.iter().enumerate();
    let wished = interfaces.filter_map(|(place, id)| {
        let own = network.interfaces.get(id)?;
        Some(InstanceNetworkInterface {
            device_index: place as u32,
            subnet_id: Some(own.subnet.clone()),
            groups: own.groups.clone(),
            // AWS takes the wish for one interface only
            associate_public_ip_address: (place == 0 && instance.interfaces.len() == 1)
                .then_some(instance.public),
            private_ip_address: None,
        })
    });
    let call = RunInstances {
        image_id: instance.image.clone(),
        instance_type: Some(instance.instance_type.name.to_owned()),
        min_count: 1,
        max_count: 1,
        network_interfaces: wished.collect(),
        tag_specifications: tags("instance", &instance.name),
        ..Default::default()
    };
    Some(call.into())
}

fn database(network: &Network, name: &str, interface: &Interface) -> Option<Call> {
    let things = network.things();
    let mut databases = things.databases.values();
    let database = databases.find(|it| &*it.name == name)?;
    let subnet = network.subnets.get(&interface.subnet)?;
    let call = CreateDbInstance {
        identifier: name.to_owned(),
        class: database.class.clone(),
        engine: database.engine.to_owned(),
        allocated_storage: Some(20),
        master_username: Some("admin".to_owned()),
        vpc_security_group_ids: interface.groups.clone(),
        subnet_group: Some(database.subnet_group.to_string()),
        availability_zone: Some(subnet.zone.to_string()),
        port: Some(database.port),
        publicly_accessible: Some(database.publicly_accessible),
        ..Default::default()
    };
    Some(call.into())
}

fn balancer(network: &Network, id: &LoadBalancerId) -> Option<Call> {
    let balancer = network.load_balancers.get(id)?;
    let (subnets, security_groups) = places(network, &balancer.nodes);
    let kind = match balancer.kind {
        LoadBalancerKind::Application => "application",
        LoadBalancerKind::Network => "network",
    };
    let scheme = if balancer.internet_facing {
        "internet-facing"
    } else {
        "internal"
    };
    let call = CreateLoadBalancer {
        // its ARN ends with its kind, its name and a number
        name: id
            .as_str()
            .rsplit('/')
            .nth(1)
            .unwrap_or_default()
            .to_owned(),
        subnets,
        security_groups,
        scheme: Some(scheme.to_owned()),
        kind: Some(kind.to_owned()),
        ..Default::default()
    };
    Some(call.into())
}

fn endpoint(network: &Network, id: &VpcEndpointId) -> Option<Call> {
    let endpoint = network.interface_endpoints.get(id)?;
    let (subnet_ids, security_group_ids) = places(network, &endpoint.interfaces);
    let call = CreateVpcEndpoint {
        vpc_endpoint_type: Some("Interface".to_owned()),
        vpc_id: endpoint.vpc.clone(),
        service_name: endpoint.service.clone(),
        subnet_ids,
        security_group_ids,
        private_dns_enabled: Some(endpoint.private_dns),
        ..Default::default()
    };
    Some(call.into())
}

fn nat(network: &Network, id: &NatGatewayId) -> Option<Call> {
    let nat = network.nat_gateways.get(id)?;
    let kind = match nat.connectivity {
        Connectivity::Public => "public",
        Connectivity::Private => "private",
    };
    let call = CreateNatGateway {
        subnet_id: nat.subnet.clone(),
        allocation_id: nat.allocation.clone(),
        connectivity_type: Some(kind.to_owned()),
        tag_specifications: tags("natgateway", &nat.name),
    };
    Some(call.into())
}

fn exit(network: &Network, id: &str) -> Option<Call> {
    let egress = EgressOnlyInternetGatewayId::from(id);
    if let Some(gateway) = network.egress_only_gateways.get(&egress) {
        let call = CreateEgressOnlyInternetGateway {
            vpc_id: gateway.vpc.clone()?,
            tag_specifications: Vec::new(),
        };
        return Some(call.into());
    }
    if let Some(endpoint) = network.gateway_endpoints.get(&VpcEndpointId::from(id)) {
        let call = CreateVpcEndpoint {
            vpc_endpoint_type: Some("Gateway".to_owned()),
            vpc_id: endpoint.vpc.clone(),
            service_name: endpoint.service.clone(),
            route_table_ids: endpoint.route_tables.clone(),
            ..Default::default()
        };
        return Some(call.into());
    }
    let peering = network.peerings.get(&VpcPeeringConnectionId::from(id))?;
    let call = CreateVpcPeeringConnection {
        vpc_id: peering.requester.clone(),
        peer_vpc_id: peering.accepter.clone(),
        ..Default::default()
    };
    Some(call.into())
}
