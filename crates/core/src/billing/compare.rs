//! The same tasks on EC2: how many instances of a type they need, and what those cost.
//!
//! Source: the posts that Fargate was weighed with: an instance costs the same however full it is, a task costs what it is sized;
//! in mode awsvpc an instance takes as many tasks as it has interfaces beside its own.

use super::region::instances;
use crate::network::InstanceType;
use crate::units::{CpuUnits, MiB, NanoUsd};

/// The part of an instance's memory, in thousandths, that the ECS agent registers: an m4.large of 8,192 MiB registers 7,985.
const REGISTERED: u64 = 974;

/// How containers of an instance are connected, as far as it limits how many fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// `bridge`: any number, while CPU and memory last.
    Bridge,
    /// `awsvpc`: an interface a task.
    Awsvpc,
    /// `awsvpc` with `awsvpcTrunking`.
    Trunked,
}

impl Packing {
    /// All, in the order in which they came to ECS.
    pub const ALL: [Self; 3] = [Self::Bridge, Self::Awsvpc, Self::Trunked];
}

/// So many tasks on instances of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnInstances {
    /// The type.
    pub instance_type: &'static str,
    /// How they are connected.
    pub packing: Packing,
    /// Instances that are needed.
    pub count: u64,
    /// What they cost an hour in us-east-1.
    pub per_hour: NanoUsd,
}

/// The tasks on instances of each type whose price is known and that is large enough for each of them, cheapest first. Tasks are
/// put, the largest first, on the first instance with room.
pub fn on_instances(tasks: &[(CpuUnits, MiB)], packing: Packing) -> Vec<OnInstances> {
    let mut tasks = tasks.to_vec();
    tasks.sort_unstable_by(|one, other| other.cmp(one));
    let mut found: Vec<OnInstances> = instances()
        .filter_map(|(name, price)| {
            let count = needed(&tasks, &InstanceType::named(name)?, packing)?;
            Some(OnInstances {
                instance_type: name,
                packing,
                count,
                per_hour: NanoUsd(price.0 * count),
            })
        })
        .collect();
    found.sort_by_key(|it| (it.per_hour, it.count));
    found
}

/// What an instance has left: CPU units, MiB, interfaces.
struct Room(u32, u32, u32);

fn needed(tasks: &[(CpuUnits, MiB)], of: &InstanceType, packing: Packing) -> Option<u64> {
    let memory = u64::from(of.memory_mib) * REGISTERED / 1_000;
    let places = match packing {
        Packing::Bridge => u32::MAX,
        Packing::Awsvpc => of.awsvpc_tasks(false),
        Packing::Trunked => of.trunked_tasks?,
    };
    let whole = || {
        Room(
            of.vcpus * 1_024,
            memory.try_into().unwrap_or(u32::MAX),
            places,
        )
    };
    let mut rooms: Vec<Room> = Vec::new();
    for (cpu, memory) in tasks {
        let fits = |room: &Room| room.0 >= cpu.0 && room.1 >= memory.0 && room.2 > 0;
        let place = match rooms.iter().position(fits) {
            Some(place) => place,
            None if fits(&whole()) => {
                rooms.push(whole());
                rooms.len() - 1
            }
            None => return None,
        };
        let room = &mut rooms[place];
        *room = Room(room.0 - cpu.0, room.1 - memory.0, room.2 - 1);
    }
    Some(rooms.len() as u64)
}
