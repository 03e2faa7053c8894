//! Ways for a task to an address and to what it fetches: a rule, a route, an endpoint, another subnet.

use super::{Act, Cure, DEFINITION, ELSEWHERE, ENDPOINT, FIRST_ENDPOINT, cure};
use crate::why::needs;
use fargate_core::call::{
    AuthorizeSecurityGroupIngress, CreateSubnet, CreateVpcEndpoint, IpPermission,
    ModifyVpcEndpoint, TagSpecification,
};
use fargate_core::network::{Edit, InterfaceEndpoint, Question, RESERVED, Subnet};
use fargate_core::task::{Fetch, Task};
use fargate_core::world::World;
use ipnet::Ipv4Net;
use std::sync::Arc;

fn free_in(world: &World, subnet: &Subnet) -> u32 {
    let room = subnet.size().saturating_sub(RESERVED);
    room.saturating_sub(world.network().used_in(&subnet.id))
}

/// Other subnets of the VPC that have room: those of the same route table first.
pub(super) fn other_subnets(world: &World, task: &Task) -> Vec<Cure> {
    let network = world.network();
    let Some(own) = network.subnets.get(&task.assignment.subnet) else {
        return Vec::new();
    };
    let table = |subnet: &Subnet| network.route_table_of(subnet).map(|it| it.id.clone());
    let others = network.subnets.values();
    let others = others.filter(|it| it.vpc == own.vpc && it.id != own.id && free_in(world, it) > 0);
    let mut found: Vec<Cure> = others
        .map(|it| {
            let far = u64::from(table(it) != table(own));
            let acts = vec![Act::Subnet(it.id.clone())];
            cure(
                format!(
                    "Run it in {}, which has {} free addresses",
                    it.title(),
                    free_in(world, it)
                ),
                "another subnet",
                ELSEWHERE + far,
                acts,
            )
        })
        .collect();
    found.extend(new_subnet(world, own));
    found
}

/// A new subnet in a free block of the VPC, in the same zone, with the VPC's main route table.
fn new_subnet(world: &World, own: &Subnet) -> Option<Cure> {
    let network = world.network();
    let vpc = network.vpcs.get(&own.vpc)?;
    let taken: Vec<Ipv4Net> = network
        .subnets
        .values()
        .filter(|it| it.vpc == own.vpc)
        .map(|it| it.cidr)
        .collect();
    let prefix = vpc.cidr.prefix_len().max(24);
    let mut blocks = vpc.cidr.subnets(prefix).ok()?;
    let block = blocks.find(|block| {
        !taken
            .iter()
            .any(|other| other.contains(block) || block.contains(other))
    })?;
    let call = CreateSubnet {
        vpc_id: own.vpc.clone(),
        cidr_block: block.to_string(),
        availability_zone: Some(own.zone.to_string()),
        tag_specifications: TagSpecification::name("subnet", "Room"),
        ..CreateSubnet::default()
    };
    Some(cure(
        format!("Make a subnet {block} and run it there"),
        "new subnet",
        ELSEWHERE + 8,
        vec![Act::NewSubnet(call.into())],
    ))
}

/// Ways to what a task fetches: those that the network knows, an endpoint, another subnet.
pub(super) fn ways(world: &World, task: &Task, what: Fetch) -> Vec<Cure> {
    let mut found = Vec::new();
    if let Some((copy, all)) = needs::fetching(world, task)
        && let Some(missing) = all.iter().find(|it| !it.trace.delivered())
    {
        found.extend(of_network(&copy, &missing.question));
    }
    found.extend(endpoint(world, task, what));
    let network = world.network();
    let own = network.subnets.get(&task.assignment.subnet);
    if let Some(own) = own {
        let table = |subnet: &Subnet| network.route_table_of(subnet).map(|it| it.id.clone());
        let others = network.subnets.values();
        let others = others.filter(|it| it.vpc == own.vpc && table(it) != table(own));
        found.extend(others.take(2).map(|it| {
            let acts = vec![Act::Subnet(it.id.clone())];
            cure(
                format!("Run it in {}", it.title()),
                "another subnet",
                ELSEWHERE * 8,
                acts,
            )
        }));
    }
    found
}

/// The network's cures of a question. A task that would be run again with a public address is run so.
pub(super) fn of_network(world: &World, question: &Question) -> Vec<Cure> {
    let fixes = world.network().fixes(question).into_iter();
    let cures = fixes.map(|fix| {
        let mut title = fix.title;
        let mut again = false;
        let mut acts = Vec::new();
        for edit in fix.edits {
            acts.push(match edit {
                Edit::Call(call) => Act::Call(call),
                Edit::RunAgain(task) => {
                    again = true;
                    // the task may be one on a copy, with an id that nobody knows
                    let its = format!("top task {} and run it again", task.short());
                    title = title
                        .replace(&format!("S{its}"), "Run it")
                        .replace(&format!("s{its}"), "run it");
                    Act::Public
                }
            });
        }
        let width = if again {
            ELSEWHERE * 2
        } else {
            fix.width.min(ELSEWHERE)
        };
        cure(title, "", width, acts)
    });
    cures.collect()
}

/// An endpoint of the service that a task fetches from, in its subnet or its route table.
fn endpoint(world: &World, task: &Task, what: Fetch) -> Option<Cure> {
    // other registries than AWS's have none
    let private = |image: &str| image.contains(".dkr.ecr.");
    if matches!(what, Fetch::Manifest | Fetch::Layers)
        && !task
            .containers
            .iter()
            .all(|it| private(&it.definition.image))
    {
        return None;
    }
    service_endpoint(world, task, what.service(), what == Fetch::Layers)
}

/// An endpoint of a service, in a task's subnet or, for a gateway endpoint, its route table.
pub(super) fn service_endpoint(
    world: &World,
    task: &Task,
    service: &str,
    by_gateway: bool,
) -> Option<Cure> {
    let network = world.network();
    let subnet = network.subnets.get(&task.assignment.subnet)?;
    let service_name = format!("com.amazonaws.us-east-1.{service}");
    let here = || endpoints_of(world, subnet);
    let gateways = || {
        network
            .gateway_endpoints
            .values()
            .filter(|it| it.vpc == subnet.vpc)
    };
    let relies = here().next().is_some() || gateways().next().is_some();
    let width = if relies { ENDPOINT } else { FIRST_ENDPOINT };
    if let Some(there) = here().find(|it| it.service == service_name) {
        return (!there.private_dns).then(|| {
            let call = ModifyVpcEndpoint {
                vpc_endpoint_id: there.id.clone(),
                private_dns_enabled: Some(true),
                ..ModifyVpcEndpoint::default()
            };
            let title = format!("Switch private DNS of {} on", there.id);
            cure(
                title,
                "private DNS",
                DEFINITION,
                vec![Act::Call(call.into())],
            )
        });
    }
    if by_gateway && gateways().any(|it| it.service == service_name) {
        // the network leads the table to it
        return None;
    }
    if by_gateway {
        let table = network.route_table_of(subnet)?.id.clone();
        let call = CreateVpcEndpoint {
            vpc_id: subnet.vpc.clone(),
            service_name,
            route_table_ids: vec![table],
            ..CreateVpcEndpoint::default()
        };
        return Some(cure(
            format!("Make a gateway endpoint for {service}"),
            "endpoint",
            width,
            vec![Act::Call(call.into())],
        ));
    }
    Some(interface_endpoint(world, task, subnet, service, width))
}

fn endpoints_of<'w>(
    world: &'w World,
    subnet: &Subnet,
) -> impl Iterator<Item = &'w Arc<InterfaceEndpoint>> {
    let vpc = subnet.vpc.clone();
    let all = world.network().interface_endpoints.values();
    all.filter(move |it| it.vpc == vpc)
}

/// An interface endpoint in a task's subnet, whose groups let the task in.
pub(super) fn interface_endpoint(
    world: &World,
    task: &Task,
    subnet: &Subnet,
    service: &str,
    width: u64,
) -> Cure {
    let network = world.network();
    // a group that other endpoints wear is likely open for the task already
    let worn = endpoints_of(world, subnet)
        .next()
        .and_then(|it| network.interfaces.get(it.interfaces.first()?));
    let worn = worn.map(|it| it.groups.clone());
    let mut acts = Vec::new();
    let own = task.assignment.groups.first().cloned();
    let groups = worn.or_else(|| {
        let own = own?;
        let permission = IpPermission::tcp(443, &subnet.cidr.to_string());
        let call = AuthorizeSecurityGroupIngress {
            group_id: own.clone(),
            ip_permissions: vec![permission],
        };
        acts.push(Act::Call(call.into()));
        Some(vec![own])
    });
    let groups = groups.unwrap_or_default();
    let call = CreateVpcEndpoint {
        vpc_endpoint_type: Some("Interface".to_owned()),
        vpc_id: subnet.vpc.clone(),
        service_name: format!("com.amazonaws.us-east-1.{service}"),
        subnet_ids: vec![subnet.id.clone()],
        security_group_ids: groups,
        ..CreateVpcEndpoint::default()
    };
    acts.push(Act::Call(call.into()));
    cure(
        format!("Make an endpoint for {service} in {}", subnet.title()),
        "endpoint",
        width,
        acts,
    )
}
