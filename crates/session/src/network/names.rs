//! What things are called where another card names them: by their `Name`, else by their id.

use super::Fact;
use crate::reach::interface_name;
use crate::words;
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

/// What every ARN of RDS begins with.
const RDS: &str = "arn:aws:rds:us-east-1:123456789012:";

/// A database's ARN, by which it is told from what else has its name.
pub(super) fn database_arn(name: &str) -> String {
    format!("{RDS}db:{name}")
}

/// A DB subnet group's ARN.
pub(super) fn database_subnet_group_arn(name: &str) -> String {
    format!("{RDS}subgrp:{name}")
}

/// Where an interface stands, its addresses and what it wears, for the card of its owner.
pub(super) fn place(interface: &Interface, world: &World) -> Vec<Fact> {
    let network = world.network();
    let in_subnet = subnet(network, &interface.subnet);
    let mut facts = vec![
        Fact::leading("Subnet", in_subnet, &interface.subnet),
        Fact::new("Private address", interface.private_ip.to_string()),
    ];
    let public = interface.public_ip.map(|it| it.to_string());
    facts.extend(public.map(|it| Fact::new("Public address", it)));
    facts.extend(groups(interface, world));
    facts
}

/// What an interface wears.
pub(super) fn groups(interface: &Interface, world: &World) -> Vec<Fact> {
    let groups = interface.groups.iter();
    let fact = |id| Fact::leading("Group", words::group_name(id, world), id);
    groups.map(fact).collect()
}

/// What an interface belongs to, with the id of its card or nothing.
pub(super) fn owner(interface: &Interface, world: &World) -> (String, Option<String>) {
    let network = world.network();
    match &interface.owner {
        Owner::Task(_) => {
            let name = interface_name(&interface.id, world);
            (format!("Task {name}"), None)
        }
        Owner::Instance(id) => {
            let found = network.things().instances.get(id).cloned();
            let name = found.map_or_else(String::new, |it| it.name.clone());
            let name = title(&name, id.as_str());
            (format!("Instance {name}"), Some(id.to_string()))
        }
        Owner::Database(name) => (format!("Database {name}"), Some(database_arn(name))),
        Owner::ApplicationLoadBalancer(id) | Owner::NetworkLoadBalancer(id) => {
            let found = network.load_balancers.get(id);
            let name = found.map_or(id.as_str(), |it| it.name());
            let subnet = subnet(network, &interface.subnet);
            let words = format!("Load balancer {name} in {subnet}");
            (words, Some(id.to_string()))
        }
        Owner::Endpoint(id) => (format!("Endpoint {id}"), Some(id.to_string())),
        Owner::NatGateway(id) => (format!("NAT gateway {id}"), Some(id.to_string())),
        Owner::MountTarget(name) => {
            let things = network.things();
            let mut targets = things.mount_targets.values();
            let found = targets.find(|it| it.interface == interface.id);
            let id = found.map(|it| it.id.to_string());
            (format!("Mount target of {name}"), id)
        }
    }
}
