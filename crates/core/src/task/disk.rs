//! The disk of a task: image layers, what containers write to their own, and volumes that they share.
//!
//! Source: ECS developer guide, 'Use Fargate task ephemeral storage'. Up to platform version 1.3.0, 10 GB held the layers,
//! compressed and unpacked, and what is written to them, and another 4 GB all volumes; since 1.4.0 one disk holds it all.

use super::model::Task;
use crate::compute::platform::{DEFAULT_DISK_GIB, Disk, LAYERS_MIB, VOLUMES_MIB};
use crate::task_definition::Mount;
use crate::units::SimTime;
use std::collections::BTreeSet;

/// What of a task's disk is used. All in MiB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiskUse {
    /// What image layers take, compressed and unpacked.
    pub layers: u32,
    /// Room of the disk that holds the layers.
    pub room: u32,
    /// What is written beside the layers on that disk.
    pub written: u32,
    /// Room of the second disk, which holds the volumes; `None` where one disk holds all.
    pub volumes_room: Option<u32>,
    /// What is written to the second disk.
    pub volumes_written: u32,
    /// Which containers write to a disk that is full, by their places.
    pub blocked: Vec<usize>,
}

impl DiskUse {
    /// Whether the images can be unpacked.
    pub fn layers_fit(&self) -> bool {
        self.layers <= self.room
    }
}

/// Where a container writes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Layer,
    Volume,
    /// A file system that is not the task's.
    Elsewhere,
}

impl Task {
    /// What of its disk is used at a moment.
    pub fn disk(&self, now: SimTime) -> DiskUse {
        let mut images = BTreeSet::new();
        let (mut layers, mut first, mut second) = (0_u32, 0_u64, 0_u64);
        let two = self.platform.disk == Disk::Two;
        for (place, it) in self.containers.iter().enumerate() {
            if images.insert(it.definition.image.as_str()) {
                layers = layers.saturating_add(it.workload.layers_mib());
            }
            let run = if it.runs() { it.age(now) } else { 0 };
            let kib = it.wrote_kib + u64::from(it.workload.write_kib) * run / 1_000;
            match self.target(place) {
                Target::Volume if two => second += kib,
                Target::Layer | Target::Volume => first += kib,
                Target::Elsewhere => {}
            }
        }
        let mib = |kib: u64| u32::try_from(kib / 1_024).unwrap_or(u32::MAX);
        let gib = self.definition.ephemeral_gib.unwrap_or(DEFAULT_DISK_GIB);
        let mut found = DiskUse {
            layers,
            room: if two {
                LAYERS_MIB
            } else {
                gib.saturating_mul(1_024)
            },
            written: mib(first),
            volumes_room: two.then_some(VOLUMES_MIB),
            volumes_written: mib(second),
            blocked: Vec::new(),
        };
        let first_full = layers.saturating_add(found.written) >= found.room;
        let second_full = found.volumes_written >= VOLUMES_MIB;
        found.blocked = (0..self.containers.len())
            .filter(|&place| {
                let it = &self.containers[place];
                let full = match self.target(place) {
                    Target::Volume if two => second_full,
                    Target::Layer | Target::Volume => first_full,
                    Target::Elsewhere => false,
                };
                full && it.runs() && it.workload.write_kib > 0
            })
            .collect();
        found
    }

    /// The mounts of a container: its own, then those of the containers that `volumesFrom` names.
    pub fn mounts(&self, place: usize) -> Vec<&Mount> {
        let definition = &self.containers[place].definition;
        let from = definition.volumes_from.iter();
        let from = from.filter_map(|name| self.place_of(name));
        let others = from.flat_map(|other| &self.containers[other].definition.mounts);
        definition.mounts.iter().chain(others).collect()
    }

    fn target(&self, place: usize) -> Target {
        let folder = self.containers[place].workload.write_to.as_str();
        let mounts = self.mounts(place);
        let mount = mounts.into_iter().find(|mount| {
            let rest = folder.strip_prefix(mount.path.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        let Some(mount) = mount.filter(|_| !folder.is_empty()) else {
            return Target::Layer;
        };
        let mut volumes = self.definition.volumes.iter();
        match volumes.find(|it| it.name == mount.volume) {
            Some(volume) if !volume.local => Target::Elsewhere,
            _ => Target::Volume,
        }
    }
}
