//! Cards of subnets: their blocks, and which route table and network ACL they have.

use super::{Act, Card, Fact, Kind, names};
use fargate_core::call::{
    AttributeBooleanValue, DeleteSubnet, DisassociateRouteTable, ModifySubnetAttribute,
};
use fargate_core::network::{Subnet, route_table_association};
use fargate_core::world::World;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let subnets = world.network().subnets.values();
    subnets.map(|subnet| card(subnet, world)).collect()
}

fn card(subnet: &Subnet, world: &World) -> Card {
    let network = world.network();
    let mut facts = Vec::new();
    if let Some(block) = subnet.ipv6_cidr {
        facts.push(Fact::new("IPv6", block.to_string()));
    }
    if let Some(table) = network.route_table_of(subnet) {
        facts.push(Fact::leading(
            "Route table",
            names::table(network, &table.id),
            &table.id,
        ));
    }
    if let Some(acl) = network.network_acl_of(subnet) {
        facts.push(Fact::leading(
            "Network ACL",
            names::acl(network, &acl.id),
            &acl.id,
        ));
    }
    Card {
        kind: Kind::Subnet,
        id: subnet.id.to_string(),
        title: subnet.title().to_owned(),
        vpc: Some(subnet.vpc.clone()),
        state: None,
        facts,
        lists: Vec::new(),
        acts: acts(subnet),
    }
}

fn acts(subnet: &Subnet) -> Vec<Act> {
    let title = subnet.title();
    let mut acts = Vec::new();
    if subnet.route_table.is_some() {
        let call = DisassociateRouteTable {
            association_id: route_table_association(&subnet.id),
        };
        acts.push(Act::new(
            "Use the main table",
            format!("Use the main table for {title}"),
            call,
            "The subnet uses the VPC's main route table.",
        ));
    }
    let on = subnet.map_public_ip_on_launch;
    let call = ModifySubnetAttribute {
        subnet_id: subnet.id.clone(),
        map_public_ip_on_launch: Some(AttributeBooleanValue { value: !on }),
    };
    let (switch, done) = if on {
        (
            "Public addresses off",
            "Instances get no public address there unasked.",
        )
    } else {
        (
            "Public addresses on",
            "Instances get a public address there; a task on Fargate asks for its own.",
        )
    };
    acts.push(Act::new(
        switch,
        format!("{switch} for instances in {title}"),
        call,
        done,
    ));
    let delete = DeleteSubnet {
        subnet_id: subnet.id.clone(),
    };
    acts.push(Act::new(
        "Delete",
        format!("Delete subnet {title}"),
        delete,
        "Subnet deleted.",
    ));
    acts
}
