//! Cards of RDS: the groups of subnets that databases stand in, and the databases.

use super::{Act, Card, Fact, Kind, Line, Lines, State, Tone, names};
use fargate_core::call::{DeleteDbInstance, DeleteDbSubnetGroup};
use fargate_core::ids::SubnetId;
use fargate_core::network::{Database, DatabaseState, DatabaseSubnetGroup};
use fargate_core::world::World;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let things = world.network().things();
    let groups = things.database_subnet_groups.values();
    let databases = things.databases.values();
    groups
        .map(|it| group_card(it, world))
        .chain(databases.map(|it| card(it, world)))
        .collect()
}

fn group_card(group: &DatabaseSubnetGroup, world: &World) -> Card {
    let network = world.network();
    let line = |id: &SubnetId| {
        let subnet = network.subnets.get(id);
        Line {
            key: id.to_string(),
            head: subnet.map_or_else(String::new, |subnet| subnet.zone.to_string()),
            words: names::subnet(network, id),
            leads_to: Some(id.to_string()),
            state: None,
            acts: Vec::new(),
        }
    };
    let delete = DeleteDbSubnetGroup {
        name: group.name.to_string(),
    };
    let about = format!("Delete DB subnet group {}", group.name);
    Card {
        kind: Kind::DatabaseSubnetGroup,
        id: names::database_subnet_group_arn(&group.name),
        title: group.name.to_string(),
        vpc: Some(group.vpc.clone()),
        state: None,
        facts: Vec::new(),
        lists: vec![Lines {
            title: "Subnets",
            empty: "",
            lines: group.subnets.iter().map(line).collect(),
        }],
        acts: vec![Act::new(
            "Delete",
            about,
            delete,
            "DB subnet group deleted.",
        )],
    }
}

fn card(database: &Database, world: &World) -> Card {
    let network = world.network();
    let things = network.things();
    let tone = match database.state {
        DatabaseState::Available => Tone::Good,
        DatabaseState::Creating | DatabaseState::Deleting => Tone::Waiting,
    };
    let mut facts = vec![
        Fact::new("Engine", format!("{}, {}", database.engine, database.class)),
        Fact::new("Port", database.port.to_string()),
        Fact::new("Name", database.endpoint.as_str()),
        Fact::leading(
            "Subnet group",
            database.subnet_group.to_string(),
            &names::database_subnet_group_arn(&database.subnet_group),
        ),
    ];
    let interface = network.interfaces.get(&database.interface);
    facts.extend(interface.iter().flat_map(|it| names::place(it, world)));
    let delete = DeleteDbInstance {
        identifier: database.name.to_string(),
        skip_final_snapshot: Some(true),
        final_snapshot: None,
    };
    let about = format!("Delete, without a snapshot: database {}", database.name);
    let delete = Act::new(
        "Delete, without a snapshot",
        about,
        delete,
        "The database is being deleted.",
    );
    let goes = database.state == DatabaseState::Deleting;
    let group = things.database_subnet_groups.get(&database.subnet_group);
    Card {
        kind: Kind::Database,
        id: names::database_arn(&database.name),
        title: database.name.to_string(),
        vpc: group.map(|group| group.vpc.clone()),
        state: Some(State::new(database.state.aws(), tone)),
        facts,
        lists: Vec::new(),
        acts: if goes { Vec::new() } else { vec![delete] },
    }
}
