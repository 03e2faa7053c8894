//! What things are called where another card names them: by their `Name`, else by their id.

use crate::reach::interface_name;
use fargate_core::ids::{NetworkAclId, RouteTableId, SubnetId, VpcId};
use fargate_core::network::{Interface, Network, Owner};
use fargate_core::world::World;

/// A name, else the id.
pub(super) fn title(name: &str, id: &str) -> String {
    if name.is_empty() { id } else { name }.to_owned()
}

pub(super) fn subnet(network: &Network, id: &SubnetId) -> String {
    let found = network.subnets.get(id);
    found.map_or_else(|| id.to_string(), |subnet| subnet.title().to_owned())
}

/// A VPC by its name and first block.
pub(super) fn vpc(network: &Network, id: &VpcId) -> String {
    let found = network.vpcs.get(id);
    found.map_or_else(
        || id.to_string(),
        |vpc| {
            let name = title(&vpc.name, id.as_str());
            format!("{name}, {}", vpc.cidr)
        },
    )
}

/// A route table: its name, else 'Main' where it is its VPC's, else its id.
pub(super) fn table(network: &Network, id: &RouteTableId) -> String {
    let Some(found) = network.route_tables.get(id) else {
        return id.to_string();
    };
    let vpc = network.vpcs.get(&found.vpc);
    let is_main = vpc.is_some_and(|vpc| vpc.main_route_table == *id);
    match (&*found.name, is_main) {
        ("", true) => "Main route table".to_owned(),
        ("", false) => id.to_string(),
        (name, _) => name.to_owned(),
    }
}

/// A network ACL: its name, else 'Default' where it is its VPC's, else its id.
pub(super) fn acl(network: &Network, id: &NetworkAclId) -> String {
    let Some(found) = network.network_acls.get(id) else {
        return id.to_string();
    };
    let vpc = network.vpcs.get(&found.vpc);
    let is_default = vpc.is_some_and(|vpc| vpc.default_network_acl == *id);
    match (&*found.name, is_default) {
        ("", true) => "Default network ACL".to_owned(),
        ("", false) => id.to_string(),
        (name, _) => name.to_owned(),
    }
}

/// What an interface belongs to, with the id of its card or nothing.
pub(super) fn owner(interface: &Interface, world: &World) -> (String, Option<String>) {
    let name = interface_name(&interface.id, world);
    match &interface.owner {
        Owner::Task(_) => (format!("Task {name}"), None),
        Owner::Instance(_) => (format!("Instance {name}"), None),
        Owner::Database(_) => (format!("Database {name}"), None),
        Owner::ApplicationLoadBalancer(_) | Owner::NetworkLoadBalancer(_) => {
            (format!("Load balancer {name}"), None)
        }
        Owner::Endpoint(id) => (format!("Endpoint {id}"), Some(id.to_string())),
        Owner::NatGateway(id) => (format!("NAT gateway {id}"), Some(id.to_string())),
        Owner::MountTarget(_) => (format!("Mount target of {name}"), None),
    }
}
