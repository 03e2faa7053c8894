//! Ways for a task to an address and to what it fetches: a rule, a route, an endpoint, another subnet.

use super::{Act, Cure, DEFINITION, ELSEWHERE, ENDPOINT, FIRST_ENDPOINT, PROGRAM, cure};
use crate::why::needs;
use fargate_core::call::{
    AuthorizeSecurityGroupIngress, CreateSubnet, CreateVpcEndpoint, IpPermission,
    ModifyVpcEndpoint, TagSpecification, UserIdGroupPair,
};
use fargate_core::network::{Edit, InterfaceEndpoint, Question, RESERVED, Route, Subnet, Target};
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
    // who took the addresses may have given them back
    let free = free_in(world, own);
    let again = (free > 0).then(|| {
        let title = match free {
            1 => "Run it again: 1 address is free now".to_owned(),
            many => format!("Run it again: {many} addresses are free now"),
        };
        cure(title, "again", PROGRAM, vec![Act::Again])
    });
    let mut found: Vec<Cure> = again.into_iter().collect();
    let others: Vec<Cure> = others
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
    found.extend(others);
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
    if !matches!(what, Fetch::FileSystem) {
        found.extend(nat_gateway(world, task));
    }
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

/// A NAT gateway in a subnet that an internet gateway serves, and the task's subnet led to it.
fn nat_gateway(world: &World, task: &Task) -> Option<Cure> {
    let network = world.network();
    let own = network.subnets.get(&task.assignment.subnet)?;
    let table = network.route_table_of(own)?;
    let gateway = network.internet_gateway_of(&own.vpc)?;
    let outward = |route: &&Route| route.destination.to_string() == "0.0.0.0/0";
    let leads = table.routes.iter().find(outward).map(|it| &it.target);
    let by_gateway = |target: &Target| *target == Target::InternetGateway(gateway.id.clone());
    // what an internet gateway serves needs an address of its own, not a NAT gateway
    if leads.is_some_and(by_gateway) {
        return None;
    }
    let mut others = network.subnets.values();
    let public = others.find(|it| {
        let routes = network.route_table_of(it).map(|it| it.routes.iter());
        let mut routes = routes.into_iter().flatten();
        it.vpc == own.vpc
            && routes
                .find(outward)
                .is_some_and(|it| by_gateway(&it.target))
    })?;
    let name = if table.name.is_empty() {
        table.id.as_str()
    } else {
        &table.name
    };
    let (verb, width) = match leads {
        // it was meant to be so
        Some(Target::NatGateway(_) | Target::Gone(_)) => ("change", DEFINITION),
        Some(_) => ("change", FIRST_ENDPOINT * 2),
        None => ("add", FIRST_ENDPOINT * 2),
    };
    Some(cure(
        format!(
            "Make a NAT gateway in {}, and {verb} the route 0.0.0.0/0 in {name} to it",
            public.title()
        ),
        "nat gateway",
        width,
        vec![Act::Nat {
            subnet: public.id.clone(),
            table: table.id.clone(),
            replaces: leads.is_some(),
        }],
    ))
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
        // the endpoint wears the task's group, whose members may then talk to each other: nobody else is let in
        let permission = IpPermission {
            ip_protocol: "tcp".to_owned(),
            from_port: Some(443),
            to_port: Some(443),
            user_id_group_pairs: vec![UserIdGroupPair {
                group_id: own.clone(),
            }],
            ..IpPermission::default()
        };
        let call = AuthorizeSecurityGroupIngress {
            group_id: own.clone(),
            ip_permissions: vec![permission],
        };
        acts.push(Act::Call(call.into()));
        Some(vec![own])
    });
    let lets_in = if acts.is_empty() {
        ""
    } else {
        ", in the task's own group, which lets itself in"
    };
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
        format!(
            "Make an endpoint for {service} in {}{lets_in}",
            subnet.title()
        ),
        "endpoint",
        width,
        acts,
    )
}
