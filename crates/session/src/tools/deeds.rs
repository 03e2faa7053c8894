//! What can be done with a thing of the canvas, as its menu lists it; and a thing as the calls that make it.

use super::Ground;
use super::group::again;
use super::lines;
use super::placing::{self, Placing};
use super::remake::Change;
use crate::details::ExitKind;
use crate::history::{Done, Entry};
use crate::plan::Plan;
use crate::scene::{ExitBox, Key};
use crate::view::{TileCard, TileKind};
use fargate_core::call::{
    AuthorizeSecurityGroupIngress, Call, CreateSecurityGroup, CreateSubnet, DeleteDbInstance,
    DeleteEgressOnlyInternetGateway, DeleteLoadBalancer, DeleteNatGateway, DeleteSecurityGroup,
    DeleteSubnet, DeleteVpcEndpoints, DeleteVpcPeeringConnection, StopTask, TagSpecification,
};
use fargate_core::ids::SecurityGroupId;
use fargate_core::task::TaskState;

/// A thing that has a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A thing of the outline.
    Thing(Key),
    /// A security group.
    Group(SecurityGroupId),
}

/// Something that can be done with a thing.
#[derive(Debug)]
pub enum Deed {
    /// Show it in the inspector.
    Open,
    /// Say why it is as it is.
    Why,
    /// Draw a subnet in the zone.
    DrawSubnet,
    /// Run a task in the subnet.
    RunTask,
    /// Put the task's interface into another group.
    EditGroups,
    /// Ask who reaches whom, from here.
    Trace,
    /// Stop it here and run it again in another subnet.
    MoveTo,
    /// Give the subnet another block, split it, or merge it with the other half of the next larger block.
    Remake(Option<Change>),
    /// Place something there.
    Place(Placing),
    /// Take it out of the picture, not out of the network.
    Hide,
    /// Copy the commands that make it.
    CopyCli,
    /// Copy the inputs of the calls that make it.
    CopyJson,
    /// Delete it, or stop it; AWS may refuse.
    Delete(Plan),
}

impl Deed {
    /// What the menu says of a thing, or of so many that are selected together.
    pub fn words(&self, target: &Target, count: usize) -> String {
        let one = match (self, target) {
            (Self::Open, _) => "Open",
            (Self::Why, _) => "Why?",
            (Self::DrawSubnet, _) => "Draw a subnet here",
            (Self::RunTask, _) => "Run a task here",
            (Self::EditGroups, _) => "Edit groups",
            (Self::Trace, _) => "Trace from here",
            (Self::MoveTo, _) => "Move to",
            (Self::Remake(Some(Change::Split)), _) => "Split",
            (Self::Remake(Some(Change::Merge)), _) => "Merge",
            (Self::Remake(_), _) => "Resize",
            (Self::Place(placing), _) => placing.words,
            (Self::Hide, _) => "Hide",
            (Self::CopyCli, _) => "Copy as CLI",
            (Self::CopyJson, _) => "Copy as JSON",
            (Self::Delete(_), Target::Thing(Key::Task(_) | Key::Container(..))) => "Stop task",
            (Self::Delete(_), Target::Thing(Key::Tile(_) | Key::Exit(_))) => "Delete",
            (Self::Delete(_), Target::Thing(_)) => "Delete subnet",
            (Self::Delete(_), Target::Group(_)) => "Delete group",
        };
        match (self, target) {
            _ if count < 2 => one.to_owned(),
            (Self::EditGroups, _) => format!("Edit groups of {count}"),
            (Self::Delete(_), Target::Thing(Key::Task(_))) => format!("Stop {count} tasks"),
            (Self::Delete(_), _) => format!("Delete {count} subnets"),
            _ => one.to_owned(),
        }
    }
}

/// What can be done with a thing, the mildest first.
pub fn deeds(ground: Ground<'_>, target: &Target) -> Vec<Deed> {
    match target {
        Target::Group(id) => vec![
            Deed::Open,
            Deed::CopyCli,
            Deed::CopyJson,
            Deed::Delete(Plan::of(DeleteSecurityGroup {
                group_id: id.clone(),
            })),
        ],
        Target::Thing(Key::Subnet(id)) => vec![
            Deed::Open,
            Deed::RunTask,
            Deed::Remake(None),
            Deed::Remake(Some(Change::Split)),
            Deed::Remake(Some(Change::Merge)),
        ]
        .into_iter()
        .chain(placing::in_subnet(ground, id).into_iter().map(Deed::Place))
        .chain([
            Deed::CopyCli,
            Deed::CopyJson,
            Deed::Hide,
            Deed::Delete(Plan::of(DeleteSubnet {
                subnet_id: id.clone(),
            })),
        ])
        .collect(),
        Target::Thing(Key::Task(id) | Key::Container(id, _)) => {
            let task = ground.things.tasks.iter().find(|task| task.id == *id);
            let lives = task.is_some_and(|task| task.state < TaskState::Deactivating);
            let wears = task.is_some_and(|task| task.interface.is_some() && lives);
            let stop = Plan::of(StopTask {
                task: id.clone(),
                ..Default::default()
            });
            let trace = wears.then_some(Deed::Trace);
            let moves = lives.then_some(Deed::MoveTo);
            let groups = wears.then_some(Deed::EditGroups);
            let ends = lives.then_some(Deed::Delete(stop));
            [Deed::Open, Deed::Why]
                .into_iter()
                .chain(trace)
                .chain(moves)
                .chain(groups)
                .chain([Deed::CopyCli, Deed::CopyJson, Deed::Hide])
                .chain(ends)
                .collect()
        }
        Target::Thing(Key::Zone(_) | Key::Ghost(_)) => vec![Deed::DrawSubnet],
        Target::Thing(Key::Tile(id)) => {
            let mut tiles = ground.things.tiles.iter().flat_map(|tiles| tiles.iter());
            let ends = tiles.find(|tile| tile.id == *id).and_then(end_of);
            let same = [Deed::Open, Deed::Trace, Deed::CopyCli, Deed::CopyJson];
            same.into_iter()
                .chain([Deed::Hide])
                .chain(ends.map(Deed::Delete))
                .collect()
        }
        Target::Thing(Key::Vpc) => {
            let places = placing::in_vpc(ground).into_iter().map(Deed::Place);
            [Deed::Open].into_iter().chain(places).collect()
        }
        Target::Thing(Key::Exit(id)) => {
            let mut exits = ground.scene.exits.iter();
            let ends = exits.find(|exit| exit.exit.id == *id).map(end_of_exit);
            [Deed::Open, Deed::CopyCli, Deed::CopyJson]
                .into_iter()
                .chain(ends.map(Deed::Delete))
                .collect()
        }
        Target::Thing(Key::Internet) => vec![Deed::Open, Deed::Trace],
        Target::Thing(Key::Gateway) => vec![Deed::Open],
    }
}

/// What deletes a way out on the VPC's edge.
fn end_of_exit(exit: &ExitBox) -> Plan {
    let id = exit.exit.id.as_str();
    match exit.exit.kind {
        ExitKind::EgressOnly => Plan::of(DeleteEgressOnlyInternetGateway {
            egress_only_internet_gateway_id: id.into(),
        }),
        ExitKind::Endpoint => Plan::of(DeleteVpcEndpoints {
            vpc_endpoint_ids: vec![id.into()],
        }),
        ExitKind::Peering => Plan::of(DeleteVpcPeeringConnection {
            vpc_peering_connection_id: id.into(),
        }),
    }
}

/// What deletes a thing that stands in a subnet beside tasks, where one call does.
fn end_of(tile: &TileCard) -> Option<Plan> {
    match tile.kind {
        TileKind::NatGateway => Some(Plan::of(DeleteNatGateway {
            nat_gateway_id: tile.owner.as_str().into(),
        })),
        TileKind::Endpoint => Some(Plan::of(DeleteVpcEndpoints {
            vpc_endpoint_ids: vec![tile.owner.as_str().into()],
        })),
        TileKind::Database => Some(Plan::of(DeleteDbInstance {
            identifier: tile.owner.clone(),
            skip_final_snapshot: Some(true),
            final_snapshot: None,
        })),
        TileKind::LoadBalancer => Some(Plan::of(DeleteLoadBalancer {
            load_balancer_arn: tile.owner.as_str().into(),
        })),
        TileKind::Instance | TileKind::MountTarget => None,
    }
}

/// The calls that make a thing as it is now; [`super::calls_of_standing`] has those of tiles and ways out. What its card does not tell is taken from the call that made it, among `done`.
pub fn calls_of(ground: Ground<'_>, target: &Target, done: &[Entry]) -> Vec<Call> {
    let vpc = ground.things.vpc.as_ref().map(|vpc| vpc.id.as_str());
    let vpc = vpc.unwrap_or_default();
    match target {
        Target::Thing(Key::Subnet(id)) => ground
            .subnet_card(id)
            .map(|card| CreateSubnet {
                vpc_id: vpc.into(),
                cidr_block: card.cidr.clone(),
                availability_zone: Some(card.zone.to_string()),
                tag_specifications: TagSpecification::name("subnet", &card.name),
                ..Default::default()
            })
            .map(Call::from)
            .into_iter()
            .collect(),
        Target::Thing(Key::Task(id) | Key::Container(id, _)) => {
            let task = ground.things.tasks.iter().find(|task| task.id == *id);
            task.map(|task| again(task).into()).into_iter().collect()
        }
        Target::Group(id) => {
            let name = ground.group_name(id);
            let made = done.iter().rev().find_map(|entry| match &entry.what {
                Done::Call(call) => call
                    .input::<CreateSecurityGroup>()
                    .filter(|input| input.group_name == name),
                Done::Undo(_) | Done::Redo(_) => None,
            });
            let mut groups = ground.things.groups.iter();
            let rules = groups.find(|group| group.id == *id);
            let rules = rules.iter().flat_map(|group| &group.ingress);
            let permissions: Vec<_> = rules.filter_map(lines::permission).cloned().collect();
            let made = made.cloned().map(Call::from);
            let rules = (!permissions.is_empty()).then(|| {
                AuthorizeSecurityGroupIngress {
                    group_id: id.clone(),
                    ip_permissions: permissions,
                }
                .into()
            });
            made.into_iter().chain(rules).collect()
        }
        Target::Thing(
            Key::Internet
            | Key::Gateway
            | Key::Vpc
            | Key::Zone(_)
            | Key::Ghost(_)
            | Key::Tile(_)
            | Key::Exit(_),
        ) => Vec::new(),
    }
}

/// A call as AWS's command line takes it: `aws ec2 create-subnet --cli-input-json '{…}'`.
pub fn command_line(call: &Call) -> String {
    let (service, action) = call.action().split_once(':').unwrap_or_default();
    let mut name = String::new();
    for (place, letter) in action.char_indices() {
        if letter.is_ascii_uppercase() && place > 0 {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    // A quote inside single quotes ends them, stands for itself, and begins them again.
    let json = call.input_json().replace('\'', r"'\''");
    format!("aws {service} {name} --cli-input-json '{json}'")
}
