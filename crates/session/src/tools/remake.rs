//! What another size of a subnet takes. AWS changes the block of none: the subnet is deleted, and others are made in its stead.

use super::Ground;
use super::block::Block;
use super::group::again;
use super::subnet::{PREFIXES, free};
use crate::plan::Plan;
use crate::view::{SubnetCard, TileCard};
use fargate_core::call::{
    AssociateRouteTable, AttributeBooleanValue, CreateSubnet, DeleteSubnet, ModifySubnetAttribute,
    ReplaceNetworkAclAssociation, RunTask, StopTask, TagSpecification,
};
use fargate_core::ids::{SubnetId, TaskId};
use fargate_core::network::network_acl_association;
use fargate_core::task::TaskState;

/// What becomes of a subnet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It gets a block of another length.
    Resize(u8),
    /// It becomes its two halves.
    Split,
    /// It and the other half of the next larger block become that block.
    Merge,
}

/// What goes and what comes in its stead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remade {
    /// The subnets that are deleted.
    pub gone: Vec<SubnetId>,
    /// The blocks that are made, each with its name.
    pub made: Vec<(Block, String)>,
}

/// The block of a length around the first address of another.
fn around(block: Block, prefix: u8) -> Option<Block> {
    Block::read(&format!("{}/{prefix}", block.address()))
}

/// The halves of a block.
fn halves(block: Block) -> Option<[Block; 2]> {
    let lower = around(block, block.prefix() + 1)?;
    let upper = u32::from(lower.address()) + u32::try_from(lower.size()).ok()?;
    let upper = Block::read(&format!(
        "{}/{}",
        std::net::Ipv4Addr::from(upper),
        lower.prefix()
    ))?;
    Some([lower, upper])
}

/// The other half of the next larger block.
fn buddy(block: Block) -> Option<Block> {
    let larger = around(block, block.prefix().checked_sub(1)?)?;
    let [lower, upper] = halves(larger)?;
    Some(if lower == block { upper } else { lower })
}

/// The subnets that have addresses of a block.
fn within(ground: Ground<'_>, block: Block) -> Vec<&SubnetCard> {
    let cards = ground.things.subnets.iter().map(|card| &**card);
    cards
        .filter(|card| Block::read(&card.cidr).is_some_and(|own| own.overlaps(block)))
        .collect()
}

/// What a change makes of a subnet, or the sentence why it cannot be.
pub fn remade(ground: Ground<'_>, id: &SubnetId, change: Change) -> Result<Remade, String> {
    let gone = || Err("The subnet is not there any more.".to_owned());
    let Some(card) = ground.subnet_card(id) else {
        return gone();
    };
    let Some(block) = Block::read(&card.cidr) else {
        return gone();
    };
    let alone = |made: Block| Remade {
        gone: vec![id.clone()],
        made: vec![(made, card.name.clone())],
    };
    match change {
        Change::Resize(prefix) if prefix == block.prefix() => {
            Err(format!("{} is a /{prefix} already.", card.name))
        }
        Change::Resize(prefix) if !PREFIXES.contains(&prefix) => {
            Err(format!("A subnet is a /16 to a /28; this is a /{prefix}."))
        }
        Change::Resize(prefix) if prefix > block.prefix() => {
            around(block, prefix).map(alone).map_or_else(gone, Ok)
        }
        Change::Resize(prefix) => grown(ground, card, block, prefix).map(alone),
        Change::Split if block.prefix() >= *PREFIXES.end() => {
            Err("A /28 is the smallest subnet: it has no halves.".to_owned())
        }
        Change::Split => {
            let Some([lower, upper]) = halves(block) else {
                return gone();
            };
            let taken = |name: &String| ground.things.subnets.iter().any(|it| it.name == *name);
            let mut names = (2..100).map(|number| format!("{} {number}", card.name));
            let second = names.find(|name| !taken(name));
            Ok(Remade {
                gone: vec![id.clone()],
                made: vec![
                    (lower, card.name.clone()),
                    (upper, second.unwrap_or_default()),
                ],
            })
        }
        Change::Merge => merged(ground, card, block),
    }
}

/// The larger block, where the other halves on the way to it are free.
fn grown(ground: Ground<'_>, card: &SubnetCard, block: Block, prefix: u8) -> Result<Block, String> {
    let mut now = block;
    while now.prefix() > prefix {
        let other = buddy(now).filter(|_| now.prefix() > *PREFIXES.start());
        let larger = around(now, now.prefix() - 1);
        let (Some(other), Some(larger)) = (other, larger) else {
            return Err(format!("{} cannot be a /{prefix}.", card.name));
        };
        let vpc = ground
            .things
            .vpc
            .as_ref()
            .and_then(|vpc| Block::read(&vpc.cidr));
        if vpc.is_none_or(|vpc| !vpc.holds(larger)) {
            return Err(format!("{larger} is not in the VPC's block."));
        }
        if let Some(in_the_way) = within(ground, other).first() {
            return Err(format!(
                "{} has addresses of {other}, the other half of {larger}.{}",
                in_the_way.name,
                no_halves(ground, now, other)
            ));
        }
        now = larger;
    }
    Ok(now)
}

/// ' 172.31.3.0 and 172.31.4.0 are not halves of one block.', where the block that follows is free and yet of no use.
fn no_halves(ground: Ground<'_>, block: Block, other: Block) -> String {
    let next = u64::from(u32::from(block.address())) + block.size();
    let next = u32::try_from(next).ok().map(std::net::Ipv4Addr::from);
    let next = next.and_then(|next| Block::read(&format!("{next}/{}", block.prefix())));
    match next {
        Some(next) if next != other && within(ground, next).is_empty() => format!(
            " {} and {} are not halves of one block.",
            block.address(),
            next.address()
        ),
        _ => String::new(),
    }
}

/// A subnet and its other half as one.
fn merged(ground: Ground<'_>, card: &SubnetCard, block: Block) -> Result<Remade, String> {
    let larger = block
        .prefix()
        .checked_sub(1)
        .filter(|prefix| PREFIXES.contains(prefix))
        .and_then(|prefix| around(block, prefix));
    let (Some(larger), Some(other)) = (larger, buddy(block)) else {
        return Err("A /16 is the largest subnet.".to_owned());
    };
    match within(ground, other).as_slice() {
        [] => Err(format!(
            "No subnet has {other}, the other half of {larger}. Resize {} to take it.",
            card.name
        )),
        [one] if one.zone != card.zone => Err(format!(
            "{}, the other half of {larger}, is in {}. A subnet lies in one zone.",
            one.name, one.zone
        )),
        [one] if Block::read(&one.cidr) == Some(other) => Ok(Remade {
            gone: vec![card.id.clone(), one.id.clone()],
            made: vec![(larger, card.name.clone())],
        }),
        [one] if Block::read(&one.cidr).is_some_and(|own| own.holds(larger)) => {
            Err(format!("{} and {} share addresses.", card.name, one.name))
        }
        several => {
            let names: Vec<&str> = several.iter().map(|card| card.name.as_str()).collect();
            Err(format!(
                "{other}, the other half of {larger}, is not one subnet: {} has parts of it.",
                names.join(" and ")
            ))
        }
    }
}

/// What has an address in subnets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Residents {
    /// Tasks that run, or are on the way to it.
    pub living: Vec<TaskId>,
    /// Tasks that are ending and still have an interface.
    pub ending: usize,
    /// What stands there beside tasks, by name.
    pub others: Vec<String>,
}

impl Residents {
    /// What lives in the subnets that a change deletes.
    pub(super) fn of(ground: Ground<'_>, gone: &[SubnetId]) -> Self {
        let tasks = ground.things.tasks.iter();
        let here = tasks.filter(|task| gone.contains(&task.subnet) && task.interface.is_some());
        let (living, ending): (Vec<_>, Vec<_>) =
            here.partition(|task| task.state < TaskState::Deactivating);
        let tiles = ground.things.tiles.iter().flat_map(|tiles| tiles.iter());
        let here = tiles.filter(|tile| gone.contains(&tile.subnet));
        let named = |tile: &TileCard| {
            let title = tile.kind.title();
            if tile.name.starts_with(title) {
                tile.name.clone()
            } else {
                format!("{title} {}", tile.name)
            }
        };
        Self {
            living: living.iter().map(|task| task.id.clone()).collect(),
            ending: ending.len(),
            others: here.map(named).collect(),
        }
    }

    /// Whether nothing has an address there, so that AWS deletes the subnets.
    pub fn none(&self) -> bool {
        self.living.is_empty() && self.ending == 0 && self.others.is_empty()
    }

    /// What stands in the way, in a sentence; `None` where nothing does.
    pub fn sentence(&self) -> Option<String> {
        if !self.others.is_empty() {
            let names = self.others.join(", ");
            let has = if self.others.len() == 1 {
                "has"
            } else {
                "have"
            };
            return Some(format!(
                "AWS refuses with DependencyViolation while {names} {has} an address in it. Delete that first."
            ));
        }
        Some(match (self.living.len(), self.ending) {
            (0, 0) => return None,
            (0, 1) => "1 task is stopping. AWS deletes the subnet once its interface is gone.".to_owned(),
            (0, many) => format!("{many} tasks are stopping. AWS deletes the subnet once their interfaces are gone."),
            (1, _) => "1 task will be replaced: it is stopped first, and run again in the new subnet with another address.".to_owned(),
            (many, _) => format!("{many} tasks will be replaced: they are stopped first, and run again in the new subnet with other addresses."),
        })
    }
}

/// The calls that stop what runs in a subnet, and the calls that run it again.
pub(super) fn stopped(ground: Ground<'_>, residents: &Residents) -> (Plan, Vec<RunTask>) {
    let (mut plan, mut reruns) = (Plan::default(), Vec::new());
    for id in &residents.living {
        let mut tasks = ground.things.tasks.iter();
        if let Some(task) = tasks.find(|task| task.id == *id) {
            reruns.push(again(task));
        }
        plan = plan.then(StopTask {
            task: id.clone(),
            reason: Some("Its subnet gets another block".to_owned()),
            ..Default::default()
        });
    }
    (plan, reruns)
}

/// The calls of a change: what goes, what comes with the tables and lists of what went, and the tasks run again in the first of it.
pub(super) fn plan(ground: Ground<'_>, remade: &Remade, reruns: &[RunTask]) -> Option<Plan> {
    let vpc = ground.things.vpc.as_ref()?;
    let model = remade.gone.first().and_then(|id| ground.subnet_card(id))?;
    let details = ground.things.details.iter();
    let mut details = details.flat_map(|details| &details.subnets);
    let detail = details.find(|detail| detail.id == model.id);
    let mut plan = Plan::default();
    for id in &remade.gone {
        plan = plan.then(DeleteSubnet {
            subnet_id: id.clone(),
        });
    }
    for (place, (block, name)) in remade.made.iter().enumerate() {
        let ipv6 = detail.and_then(|detail| detail.ipv6.clone());
        plan = plan.then(CreateSubnet {
            vpc_id: vpc.id.as_str().into(),
            cidr_block: block.to_string(),
            availability_zone: Some(model.zone.to_string()),
            ipv6_cidr_block: ipv6.filter(|_| place == 0),
            tag_specifications: TagSpecification::name("subnet", name),
        });
    }
    for place in 0..remade.made.len() {
        let of = move |made: &[String]| -> SubnetId {
            made.get(place).map_or("", String::as_str).into()
        };
        if model.route_table != vpc.main_route_table {
            let table = model.route_table.clone();
            plan = plan.then_with(move |made| AssociateRouteTable {
                route_table_id: table.as_str().into(),
                subnet_id: of(made),
            });
        }
        if let Some(acl) = detail.and_then(|detail| detail.network_acl.clone()) {
            plan = plan.then_with(move |made| ReplaceNetworkAclAssociation {
                association_id: network_acl_association(&of(made)),
                network_acl_id: acl.clone(),
            });
        }
        if detail.is_some_and(|detail| detail.public_on_launch) {
            plan = plan.then_with(move |made| ModifySubnetAttribute {
                subnet_id: of(made),
                map_public_ip_on_launch: Some(AttributeBooleanValue { value: true }),
            });
        }
    }
    for run in reruns {
        let run = run.clone();
        plan = plan.then_with(move |made| {
            let mut run = run.clone();
            if let Some(network) = &mut run.network_configuration {
                let new = made.first().map_or("", String::as_str);
                network.awsvpc_configuration.subnets = vec![new.into()];
            }
            run
        });
    }
    Some(plan)
}

/// '172.31.2.0/23, 507 free'.
pub(super) fn label(remade: &Remade) -> String {
    let each = remade.made.iter();
    let each = each.map(|(block, _)| format!("{block}, {} free", free(*block)));
    each.collect::<Vec<_>>().join(" and ")
}
