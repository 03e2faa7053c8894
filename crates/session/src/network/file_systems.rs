//! Cards of EFS: file systems, and the mount targets that lead to them, one a zone.

use super::{Act, Card, Fact, Kind, Line, Lines, State, Tone, names};
use fargate_core::call::{DeleteFileSystem, DeleteMountTarget};
use fargate_core::ids::FileSystemId;
use fargate_core::network::{FileSystem, MountTarget, MountTargetState, Things};
use fargate_core::world::World;
use std::sync::Arc;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let things = world.network().things();
    let systems = things.file_systems.values();
    let targets = things.mount_targets.values();
    systems
        .map(|it| card(it, &things, world))
        .chain(targets.map(|it| target_card(it, &things, world)))
        .collect()
}

fn state(target: &MountTarget) -> State {
    let tone = match target.state {
        MountTargetState::Available => Tone::Good,
        MountTargetState::Creating | MountTargetState::Deleting => Tone::Waiting,
    };
    State::new(target.state.aws(), tone)
}

/// A file system's name, else its id.
fn name(id: &FileSystemId, things: &Things) -> String {
    let found = things.file_systems.get(id);
    found.map_or_else(|| id.to_string(), |it| names::title(&it.name, id.as_str()))
}

fn card(system: &FileSystem, things: &Things, world: &World) -> Card {
    let network = world.network();
    let title = name(&system.id, things);
    let own = things.mount_targets.values();
    let own: Vec<&Arc<MountTarget>> = own.filter(|it| it.file_system == system.id).collect();
    let line = |target: &&Arc<MountTarget>| {
        let interface = network.interfaces.get(&target.interface);
        Line {
            key: target.id.to_string(),
            head: interface.map_or_else(String::new, |it| it.private_ip.to_string()),
            words: format!("for {}", target.zone),
            leads_to: Some(target.id.to_string()),
            state: Some(state(target)),
            acts: Vec::new(),
        }
    };
    let delete = DeleteFileSystem {
        file_system_id: system.id.clone(),
    };
    let about = format!("Delete file system {title}");
    Card {
        kind: Kind::FileSystem,
        id: system.id.to_string(),
        title,
        vpc: own.first().map(|target| target.vpc.clone()),
        state: None,
        facts: vec![Fact::new("Name", FileSystem::dns_name(system.id.as_str()))],
        lists: vec![Lines {
            title: "Mount targets",
            empty: "No mount target: nothing can mount it.",
            lines: own.iter().map(line).collect(),
        }],
        acts: vec![Act::new("Delete", about, delete, "File system deleted.")],
    }
}

fn target_card(target: &MountTarget, things: &Things, world: &World) -> Card {
    let network = world.network();
    let system = name(&target.file_system, things);
    let title = format!("Mount target of {system} for {}", target.zone);
    let mut facts = vec![Fact::leading("File system", system, &target.file_system)];
    let interface = network.interfaces.get(&target.interface);
    facts.extend(interface.iter().flat_map(|it| names::place(it, world)));
    let delete = DeleteMountTarget {
        mount_target_id: target.id.clone(),
    };
    let about = format!("Delete {title}");
    let delete = Act::new(
        "Delete",
        about,
        delete,
        "The mount target is being deleted.",
    );
    let goes = target.state == MountTargetState::Deleting;
    Card {
        kind: Kind::MountTarget,
        id: target.id.to_string(),
        title,
        vpc: Some(target.vpc.clone()),
        state: Some(state(target)),
        facts,
        lists: Vec::new(),
        acts: if goes { Vec::new() } else { vec![delete] },
    }
}
