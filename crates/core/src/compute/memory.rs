//! Memory sharing: reclaim, the task's hard limit, each container's hard limit, and the out-of-memory kill.
//!
//! A reservation is a soft floor: it kills nobody. When the task is full the kernel first takes back the files that
//! containers keep in memory, from those above their reservation. Fargate has no swap, so what processes hold cannot be
//! taken back: beyond a limit the kernel kills. Which container dies under the task's limit AWS does not document; the
//! kernel takes the one whose processes hold the most, and so does this model.
//! Source: 'How Amazon ECS manages CPU and memory resources' (AWS containers blog, 2019).

use super::cpu::take;

/// What one container holds or would hold, in MiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hold {
    /// What its processes would hold if they could.
    pub wants: u32,
    /// What it would keep of files, which can be taken back.
    pub cache: u32,
    /// `memoryReservation` of the container definition: its soft floor.
    pub reservation: Option<u32>,
    /// `memory` of the container definition: its hard limit.
    pub limit: Option<u32>,
}

/// Which limit a killed container met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// Its own `memory`, in MiB.
    Container(u32),
    /// The task's `memory`, in MiB.
    Task(u32),
}

/// A kill for want of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kill {
    /// The place of the victim among the holds.
    pub victim: usize,
    /// The limit that decided.
    pub limit: Limit,
}

/// MiB of files that each container can keep. What its own limit leaves no room for, it never has; what the task's limit
/// leaves none for is taken back, first from those above their reservation, in proportion to what they have above it.
pub fn caches(task_limit: u32, holds: &[Hold]) -> Vec<u32> {
    let own = |hold: &Hold| match hold.limit {
        Some(limit) => hold.cache.min(limit.saturating_sub(hold.wants)),
        None => hold.cache,
    };
    let mut kept: Vec<u32> = holds.iter().map(own).collect();
    let all: u64 = holds
        .iter()
        .zip(&kept)
        .map(|(hold, kept)| u64::from(hold.wants) + u64::from(*kept))
        .sum();
    let excess = u32::try_from(all.saturating_sub(task_limit.into())).unwrap_or(u32::MAX);
    let above: Vec<u32> = holds
        .iter()
        .zip(&kept)
        .map(|(hold, kept)| {
            let holds = hold.wants.saturating_add(*kept);
            (*kept).min(holds.saturating_sub(hold.reservation.unwrap_or(0)))
        })
        .collect();
    let mut left = excess;
    for (kept, taken) in kept.iter_mut().zip(take(left, &above)) {
        *kept -= taken;
        left -= taken;
    }
    let rest = take(left, &kept);
    for (kept, taken) in kept.iter_mut().zip(rest) {
        *kept -= taken;
    }
    kept
}

/// Who is killed first when the containers hold what they want; `None` where all fits, files not counted.
pub fn first_kill(task_limit: u32, holds: &[Hold]) -> Option<Kill> {
    let own = holds
        .iter()
        .enumerate()
        .find_map(|(victim, hold)| match hold.limit {
            Some(limit) if hold.wants > limit => Some(Kill {
                victim,
                limit: Limit::Container(limit),
            }),
            _ => None,
        });
    let total: u64 = holds.iter().map(|hold| u64::from(hold.wants)).sum();
    let whole = (total > u64::from(task_limit)).then(|| {
        let largest = holds
            .iter()
            .enumerate()
            .rev()
            .max_by_key(|(_, hold)| hold.wants);
        largest.map(|(victim, _)| Kill {
            victim,
            limit: Limit::Task(task_limit),
        })
    });
    own.or(whole.flatten())
}
