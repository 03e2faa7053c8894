//! The disk of a task: image layers, what containers write to their own, and volumes that they share.
//!
//! Source: ECS developer guide, 'Use Fargate task ephemeral storage'. Up to platform version 1.3.0, 10 GB held the layers,
//! compressed and unpacked, and what is written to them, and another 4 GB all volumes; since 1.4.0 one disk holds it all.

use super::container::grown_kib;
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
    /// What is written to each volume of the definition, wherever that lies.
    pub volumes: Vec<u32>,
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
    /// To its own layer.
    Layer,
    /// To that volume of the definition.
    Volume(usize),
    /// Nowhere: what it would write to is read-only.
    ReadOnly,
}

impl Task {
    /// What of its disk is used at a moment.
    pub fn disk(&self, now: SimTime) -> DiskUse {
        let mut images = BTreeSet::new();
        let (mut layers, mut own_layers) = (0_u32, 0_u64);
        let definition = &self.definition;
        let mut volumes = vec![0_u64; definition.volumes.len()];
        let two = self.platform.disk == Disk::Two;
        for (place, it) in self.containers.iter().enumerate() {
            if images.insert(it.definition.image.as_str()) {
                layers = layers.saturating_add(it.workload.layers_mib());
            }
            let run = if it.runs() { it.age(now) } else { 0 };
            let kib = it.wrote_kib + grown_kib(it.workload.write_kib, run);
            match self.target(place) {
                Target::Layer => own_layers += kib,
                Target::Volume(volume) => volumes[volume] += kib,
                Target::ReadOnly => {}
            }
        }
        let local = definition.volumes.iter().zip(&volumes);
        let local: u64 = local.filter(|it| it.0.local).map(|it| it.1).sum();
        if let Some(known) = self.layers {
            layers = known.on_disk;
        }
        let (first, second) = if two {
            (own_layers, local)
        } else {
            (own_layers + local, 0)
        };
        let mib = |kib: u64| u32::try_from(kib / 1_024).unwrap_or(u32::MAX);
        let gib = definition.ephemeral_gib.unwrap_or(DEFAULT_DISK_GIB);
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
            volumes: volumes.into_iter().map(mib).collect(),
            blocked: Vec::new(),
        };
        let first_full = layers.saturating_add(found.written) >= found.room;
        let second_full = found.volumes_written >= VOLUMES_MIB;
        found.blocked = (0..self.containers.len())
            .filter(|&place| {
                let it = &self.containers[place];
                let full = match self.target(place) {
                    Target::Volume(volume) if !definition.volumes[volume].local => false,
                    Target::Volume(_) if two => second_full,
                    Target::Layer | Target::Volume(_) => first_full,
                    Target::ReadOnly => false,
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
            if self.containers[place].definition.read_only_root {
                return Target::ReadOnly;
            }
            return Target::Layer;
        };
        let mut volumes = self.definition.volumes.iter();
        match volumes.position(|it| it.name == mount.volume) {
            _ if mount.read_only => Target::ReadOnly,
            Some(volume) => Target::Volume(volume),
            None => Target::Layer,
        }
    }

    /// What keeps an image from running where it is: a variable that nobody sets, or a place that it cannot write to. As
    /// the image says it.
    pub fn flaw(&self, place: usize) -> Option<String> {
        let it = &self.containers[place];
        if it.foreign {
            return Some("exec user process caused: exec format error".to_owned());
        }
        let mut needs = it.workload.needs.iter();
        if let Some(name) = needs.find(|name| !it.definition.environment.contains(name)) {
            return Some(format!("{name} is not set"));
        }
        let writes = it.workload.write_kib > 0 && self.target(place) == Target::ReadOnly;
        writes.then(|| format!("write {}: Read-only file system", it.workload.write_to))
    }
}
