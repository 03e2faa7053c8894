//! Cards of the VPC, its subnets and its security groups.

use crate::document::Scenario;
use crate::view::{GroupCard, NetworkStamp, RuleCard, SubnetCard, VpcCard};
use crate::words;
use fargate_core::call::RevokeSecurityGroupIngress;
use fargate_core::ids::{SecurityGroupId, SubnetId, VpcId};
use fargate_core::network::{RESERVED, Rule, SecurityGroup, Subnet, Target, Vpc};
use fargate_core::world::World;
use std::sync::Arc;

/// The VPC that is drawn: the one that was chosen, else the oldest, whose own group came first.
pub(super) fn shown<'w>(world: &'w World, chosen: Option<&VpcId>) -> Option<&'w Vpc> {
    let network = world.network();
    let chosen = chosen.and_then(|id| network.vpcs.get(id));
    let age = |vpc: &&Arc<Vpc>| {
        let group = network.security_groups.get(&vpc.default_security_group);
        group.map(|group| group.order)
    };
    let oldest = || network.vpcs.values().min_by_key(age);
    chosen.or_else(oldest).map(AsRef::as_ref)
}

pub(super) fn vpc(world: &World, shown: Option<&Vpc>) -> Option<VpcCard> {
    let (network, vpc) = (world.network(), shown?);
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

pub(super) fn subnets<'w>(
    world: &'w World,
    shown: Option<&'w Vpc>,
) -> impl Iterator<Item = (SubnetId, SubnetCard)> + 'w {
    let subnets = world.network().subnets.values();
    subnets
        .filter(move |subnet| shown.is_some_and(|vpc| vpc.id == subnet.vpc))
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
        default_route: match default.map(|route| &route.target) {
            Some(Target::InternetGateway(_)) => "default → igw",
            Some(Target::NatGateway(_)) => "default → nat",
            Some(_) => "default, not to a gateway",
            None => "local only",
        }
        .to_owned(),
        free: subnet.size().saturating_sub(RESERVED + used),
        used,
        size: subnet.size(),
    }
}

/// The groups of the VPC that a person made; its default group only while an interface wears it.
pub(super) fn groups<'w>(
    world: &'w World,
    shown: Option<&'w Vpc>,
) -> impl Iterator<Item = (SecurityGroupId, GroupCard)> + 'w {
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
        .filter(move |group| shown.is_some_and(|vpc| vpc.id == group.vpc))
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

/// What tells the network of this moment from that of another.
pub(super) fn stamp(world: &World, scenario: &Scenario) -> NetworkStamp {
    let (now, run) = (world.now(), &scenario.runs[scenario.current]);
    NetworkStamp {
        seed: scenario.seed,
        run: scenario.current,
        taken: run.entries.iter().filter(|entry| entry.at <= now).count(),
        version: world.network().version(),
    }
}
