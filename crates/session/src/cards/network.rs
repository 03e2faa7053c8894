//! Cards of the VPC, its subnets and its security groups.

use crate::view::{GroupCard, RuleCard, SubnetCard, VpcCard};
use crate::words;
use fargate_core::call::RevokeSecurityGroupIngress;
use fargate_core::ids::{SecurityGroupId, SubnetId};
use fargate_core::network::{RESERVED, Rule, SecurityGroup, Subnet, Target};
use fargate_core::world::World;

/// The first VPC: the page draws one.
pub(super) fn vpc(world: &World) -> Option<VpcCard> {
    let network = world.network();
    let vpc = network.vpcs.values().next()?;
    let table = network.route_tables.get(&vpc.main_route_table);
    Some(VpcCard {
        id: vpc.id.to_string(),
        cidr: vpc.cidr.to_string(),
        internet_gateway: network
            .internet_gateway_of(&vpc.id)
            .map(|gateway| gateway.id.to_string()),
        main_route_table: vpc.main_route_table.to_string(),
        has_default_route: table.is_some_and(|table| table.default_route().is_some()),
    })
}

pub(super) fn subnets(world: &World) -> impl Iterator<Item = (SubnetId, SubnetCard)> {
    world
        .network()
        .subnets
        .values()
        .map(|subnet| (subnet.id.clone(), card(subnet, world)))
}

fn card(subnet: &Subnet, world: &World) -> SubnetCard {
    let network = world.network();
    let table = network.route_table_of(subnet);
    let default = table.and_then(|table| table.default_route());
    let public = default.is_some_and(|route| matches!(route.target, Target::InternetGateway(_)));
    let used = network.used_in(&subnet.id);
    SubnetCard {
        id: subnet.id.clone(),
        name: subnet.title().to_owned(),
        cidr: subnet.cidr.to_string(),
        zone: subnet.zone.clone(),
        public,
        route_table: table.map_or_else(String::new, |table| table.id.to_string()),
        default_route: if public {
            "default → igw"
        } else {
            "local only"
        }
        .to_owned(),
        free: subnet.size().saturating_sub(RESERVED + used),
        used,
        size: subnet.size(),
    }
}

/// The groups that a person made; the VPC's default group only while an interface wears it.
pub(super) fn groups(world: &World) -> impl Iterator<Item = (SecurityGroupId, GroupCard)> {
    let network = world.network();
    let worn = |group: &SecurityGroup| {
        network
            .interfaces
            .values()
            .any(|interface| interface.groups.contains(&group.id))
    };
    network
        .security_groups
        .values()
        .filter(move |group| group.name != "default" || worn(group))
        .map(|group| (group.id.clone(), group_card(group, world)))
}

fn group_card(group: &SecurityGroup, world: &World) -> GroupCard {
    let rule = |rule: &Rule, label: String| RuleCard {
        id: rule.id.to_string(),
        label,
        revoke: RevokeSecurityGroupIngress {
            group_id: group.id.clone(),
            ip_permissions: vec![rule.permission()],
        }
        .into(),
    };
    GroupCard {
        id: group.id.clone(),
        name: group.name.clone(),
        order: group.order,
        ingress: group
            .ingress
            .iter()
            .map(|it| rule(it, words::ingress(it, world)))
            .collect(),
        egress: group
            .egress
            .iter()
            .map(|it| rule(it, words::egress(it, world)))
            .collect(),
    }
}
