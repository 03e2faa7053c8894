//! More room and what a program needs: disk, memory, variables, places that can be written to.

use super::containers::mended;
use super::{Act, Cure, DEFINITION, cure, define};
use crate::why::definition::{Change, of_container, of_task, string};
use fargate_core::call::{Call, ImageLayer, PushImage, PutImage};
use fargate_core::compute::memory::Limit;
use fargate_core::compute::sizes;
use fargate_core::task::{DiskUse, Task};
use fargate_core::task_definition::fields::Step;
use fargate_core::units::MiB;
use fargate_core::world::World;

/// The largest `ephemeralStorage`, in GiB. Source: API reference.
const LARGEST_DISK: u32 = 200;

/// A larger disk, or a platform version that has one.
pub(super) fn disk(world: &World, task: &Task) -> Vec<Cure> {
    let mut found = Vec::new();
    let used = task.disk(world.now());
    if !task.platform.has("1.4.0") {
        found.push(cure(
            "Run it on platform version 1.4.0",
            "platform",
            DEFINITION,
            vec![Act::Platform("1.4.0")],
        ));
    }
    let least = (used.layers.saturating_add(used.written) / 1_024 + 1).max(21);
    for gib in [least, least * 2, LARGEST_DISK] {
        if gib <= LARGEST_DISK {
            let changes = vec![(
                of_task(&["ephemeralStorage"]),
                Some(format!("{{\"sizeInGiB\":{gib}}}")),
            )];
            found.push(define(
                format!("Set ephemeralStorage to {gib} GiB"),
                "disk",
                changes,
            ));
        }
    }
    found.extend(smaller(task, &used));
    found
}

/// The largest image built so much smaller that all of them fit; also where no platform version of the day has a larger disk.
fn smaller(task: &Task, used: &DiskUse) -> Option<Cure> {
    if used.layers_fit() {
        return None;
    }
    let mut all = task.containers.iter();
    let first = all.next()?;
    let largest = all.fold(first, |largest, it| {
        if it.workload.layers_mib() > largest.workload.layers_mib() {
            it
        } else {
            largest
        }
    });
    let image = largest.definition.image.clone();
    let own = largest.workload.layers_mib();
    // of an image whose layers a call named, all that comes goes with it
    let others = if task.layers.is_some() {
        0
    } else {
        used.layers.saturating_sub(own)
    };
    // what is left of the disk holds it compressed, and two and a half times as much unpacked
    let size_mib = used.room.checked_sub(others)? * 2 / 7;
    let call: Call = if task.layers.is_some() {
        let name = "smaller".to_owned();
        PushImage {
            image: image.clone(),
            layers: vec![ImageLayer { name, size_mib }],
            ..PushImage::default()
        }
        .into()
    } else {
        let mut workload = largest.workload.as_ref().clone();
        (workload.size_mib, workload.unpacked_mib) = (size_mib, 0);
        PutImage {
            image: image.clone(),
            behaviour: Some(Box::new(workload)),
        }
        .into()
    };
    let title = format!("Build {image} smaller: {size_mib} MiB compressed at most");
    let acts = vec![Act::Call(call), Act::Again];
    Some(cure(title, "image size", DEFINITION * 2, acts))
}

/// A larger disk, or a program that fills it no more.
pub(super) fn full(world: &World, task: &Task, place: usize) -> Vec<Cure> {
    let mut found = disk(world, task);
    found.push(mended(task, place, "that does not fill its disk", |it| {
        it.write_kib = 0;
    }));
    found
}

/// More memory: for the container where its own limit bound it, else for the task.
pub(super) fn memory(world: &World, task: &Task, place: usize, limit: Limit) -> Vec<Cure> {
    let it = &task.containers[place];
    let mut found = Vec::new();
    if it.demand.memory.is_some() {
        found.push(cure(
            "Run it again, without the memory that somebody made it want",
            "again",
            0,
            vec![Act::Again],
        ));
    }
    if it.workload.leak_kib > 0 {
        found.push(mended(task, place, "that does not leak", |it| {
            it.leak_kib = 0;
        }));
    }
    let rates = world.traffic().rates(task);
    let rate = rates.get(place).copied().unwrap_or(0);
    let wants = u64::from(it.wants_memory(rate, world.now()));
    let windows = task.platform.windows;
    let larger = |at_least: u32| {
        let rows = sizes::rows(world.as_of(), windows).filter(|row| row.cpu >= task.cpu);
        let mut pairs: Vec<_> = rows
            .flat_map(|row| row.memories().map(move |memory| (row.cpu, memory)))
            .filter(|(_, memory)| memory.0 >= at_least && *memory > task.memory)
            .collect();
        pairs.sort_by_key(|(cpu, memory)| (memory.0, cpu.0));
        pairs.into_iter().next()
    };
    for quarters in [5_u64, 8, 16, 32] {
        let (was, own) = match limit {
            Limit::Container(mib) => (mib, true),
            Limit::Task(mib) => (mib, false),
        };
        let more = wants.max(u64::from(was)) * quarters / 4;
        let more = u32::try_from(more.next_multiple_of(64)).unwrap_or(u32::MAX);
        let mut changes: Vec<Change> = Vec::new();
        let mut words = Vec::new();
        if own {
            changes.push((of_container(place, &["memory"]), Some(more.to_string())));
            words.push(format!("the memory of {} to {more} MiB", it.name));
        }
        let others: u32 = if own {
            0
        } else {
            let rest = task
                .containers
                .iter()
                .enumerate()
                .filter(|other| other.0 != place);
            rest.map(|(_, other)| other.wants_memory(0, world.now()))
                .sum()
        };
        let whole = more.saturating_add(others);
        if whole > task.memory.0 {
            let Some((cpu, MiB(memory))) = larger(whole) else {
                continue;
            };
            changes.insert(0, (of_task(&["memory"]), Some(string(&memory.to_string()))));
            if cpu != task.cpu {
                changes.insert(0, (of_task(&["cpu"]), Some(string(&cpu.0.to_string()))));
            }
            words.push(format!(
                "the task's memory to {}",
                sizes::memory_text(MiB(memory))
            ));
        }
        found.push(define(
            format!("Raise {}", words.join(", and ")),
            "memory",
            changes,
        ));
    }
    found
}

/// What an image lacks: a variable, or a place that it can write to.
pub(super) fn lacking(task: &Task, place: usize, line: &str) -> Vec<Cure> {
    let it = &task.containers[place];
    if let Some(variable) = line.strip_suffix(" is not set") {
        let missing: Vec<&String> = it
            .workload
            .needs
            .iter()
            .filter(|name| !it.definition.environment.contains(name))
            .collect();
        let given = it.definition.environment.len();
        // secrets are told among the variables: an item beyond the end is added
        let changes = missing.iter().enumerate().map(|(more, name)| {
            let mut path = of_container(place, &["environment"]);
            path.push(Step::Item(given + more));
            let json = format!("{{\"name\":{},\"value\":\"your value\"}}", string(name));
            (path, Some(json))
        });
        let names: Vec<&str> = missing.iter().map(|name| name.as_str()).collect();
        let names = if names.is_empty() {
            vec![variable]
        } else {
            names
        };
        return vec![define(
            format!(
                "Set {} in the environment of {}, with your value",
                names.join(" and "),
                it.name
            ),
            "environment",
            changes.collect(),
        )];
    }
    let mut found = Vec::new();
    let folder = &it.workload.write_to;
    let read_only = it
        .definition
        .mounts
        .iter()
        .position(|mount| mount.read_only && folder.starts_with(&mount.path));
    if let Some(mount) = read_only {
        let mut path = of_container(place, &["mountPoints"]);
        path.push(Step::Item(mount));
        path.push("readOnly".into());
        found.push(define(
            format!("Let {} write to {folder}", it.name),
            "mount",
            vec![(path, Some("false".to_owned()))],
        ));
    }
    if it.definition.read_only_root && !folder.is_empty() {
        let mut volume = of_task(&["volumes"]);
        volume.push(Step::Item(task.definition.volumes.len()));
        let mut mount = of_container(place, &["mountPoints"]);
        mount.push(Step::Item(it.definition.mounts.len()));
        found.push(define(
            format!("Mount a volume at {folder} in {}", it.name),
            "mount",
            vec![
                (volume, Some("{\"name\":\"scratch\"}".to_owned())),
                (
                    mount,
                    Some(format!(
                        "{{\"sourceVolume\":\"scratch\",\"containerPath\":{}}}",
                        string(folder)
                    )),
                ),
            ],
        ));
        let path = of_container(place, &["readonlyRootFilesystem"]);
        found.push(define(
            format!("Let {} write to its own file system", it.name),
            "root",
            vec![(path, Some("false".to_owned()))],
        ));
    }
    found
}
