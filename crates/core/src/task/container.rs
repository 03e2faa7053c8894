//! A container of a task: its state, and what it would use.

use super::model::Demand;
use crate::compute::memory::{Hold, Limit};
use crate::task_definition::{ContainerDefinition, Protocol};
use crate::units::SimTime;
use crate::workload::Workload;
use std::sync::Arc;

/// CPU units that a container may want: eight of the largest task.
pub(crate) const MOST_CPU: u32 = 8 * 32_768;
/// MiB that a container may want: four of the largest task.
pub(crate) const MOST_MEMORY: u32 = 4 * 249_856;

/// KiB that so many in a second come to in some milliseconds.
pub(super) fn grown_kib(per_second: u32, ms: u64) -> u64 {
    // a simulated age of the world must not overflow
    u64::from(per_second).saturating_mul(ms) / 1_000
}

fn at_most(most: u32, wanted: u64) -> u32 {
    u32::try_from(wanted).map_or(most, |wanted| wanted.min(most))
}

/// A container of a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Container {
    /// Its name.
    pub name: Arc<str>,
    /// Its definition.
    pub definition: Arc<ContainerDefinition>,
    /// What its image does.
    pub workload: Arc<Workload>,
    /// Its state.
    pub status: ContainerStatus,
    /// What a person set its demand to.
    pub demand: Demand,
    /// `healthStatus`.
    pub health: Health,
    /// When it started last; `None` before its first start.
    pub started: Option<SimTime>,
    /// How often it has started: `RestartCount` of the task metadata and one.
    pub starts: u32,
    /// The limit that it was killed at for want of memory, when it last ended so.
    pub killed_at: Option<Limit>,
    /// Whether its image is built for another processor, so that nothing of it can run.
    pub foreign: bool,
    /// KiB that earlier runs wrote to the task's disk.
    pub(super) wrote_kib: u64,
    /// Failures of its health check in a row.
    pub(super) failures: u32,
    /// How often its health check came to another verdict.
    pub(super) verdicts: u32,
    /// Whether its start is due.
    pub(super) starting: bool,
    /// Whether it was sent the stop signal.
    pub(super) signalled: bool,
    /// Which of its calls came through last, by their places.
    pub(super) reached: Vec<Option<bool>>,
}

/// `healthStatus` of a container, and of a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// No verdict yet, or nothing to judge by.
    #[default]
    Unknown,
    /// Its health check passes.
    Healthy,
    /// Its health check failed as often as `retries` says.
    Unhealthy,
}

impl Health {
    /// AWS's spelling.
    pub const fn aws(self) -> &'static str {
        match self {
            Self::Unknown => "UNKNOWN",
            Self::Healthy => "HEALTHY",
            Self::Unhealthy => "UNHEALTHY",
        }
    }
}

/// `lastStatus` of a container, with what comes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContainerStatus {
    /// Not started.
    Pending,
    /// It runs.
    Running,
    /// It ended.
    Stopped {
        /// Its exit code; `None` where it never ran.
        code: Option<i32>,
        /// AWS's reason, where it gives one.
        reason: Option<String>,
    },
}

impl Container {
    /// A container that has not started.
    pub(super) fn new(definition: Arc<ContainerDefinition>, workload: Arc<Workload>) -> Self {
        Self {
            name: definition.name.as_str().into(),
            reached: vec![None; workload.calls.len()],
            definition,
            workload,
            status: ContainerStatus::Pending,
            demand: Demand::default(),
            health: Health::Unknown,
            started: None,
            starts: 0,
            killed_at: None,
            foreign: false,
            wrote_kib: 0,
            failures: 0,
            verdicts: 0,
            starting: false,
            signalled: false,
        }
    }

    /// Whether it runs.
    pub fn runs(&self) -> bool {
        self.status == ContainerStatus::Running
    }

    /// CPU units it would use with that much traffic, in tenths of a request a second.
    pub fn wants_cpu(&self, rate_tenths: u32) -> u32 {
        self.demand.cpu.unwrap_or_else(|| {
            let load = u64::from(rate_tenths) * u64::from(self.workload.request_cpu_milli) / 10_000;
            at_most(MOST_CPU, u64::from(self.workload.idle_cpu) + load)
        })
    }

    /// Milliseconds since its last start.
    pub fn age(&self, now: SimTime) -> u64 {
        self.started.map_or(0, |started| (now - started).0)
    }

    /// MiB it would hold at a moment with that much traffic, in tenths of a request a second.
    pub fn wants_memory(&self, rate_tenths: u32, now: SimTime) -> u32 {
        self.demand.memory.unwrap_or_else(|| {
            let load =
                u64::from(rate_tenths) * u64::from(self.workload.request_memory_kib) / 10_240;
            let leak = grown_kib(self.workload.leak_kib, self.age(now)) / 1_024;
            let rest = u64::from(self.workload.idle_memory);
            at_most(MOST_MEMORY, leak.saturating_add(rest + load))
        })
    }

    /// What it would hold at a moment with that much traffic, beside its limits; nothing where it does not run.
    pub fn hold(&self, rate_tenths: u32, now: SimTime) -> Hold {
        let runs = self.runs();
        let mib = |mib: Option<crate::units::MiB>| mib.map(|mib| mib.0);
        Hold {
            wants: if runs {
                self.wants_memory(rate_tenths, now)
            } else {
                0
            },
            cache: if runs { self.workload.cache_memory } else { 0 },
            reservation: mib(self.definition.memory_reservation),
            limit: mib(self.definition.memory),
        }
    }

    /// The ports it listens on, with their protocols. An image says its ports only: their protocols are those of the mappings.
    pub fn listens(&self) -> Vec<(Protocol, u16)> {
        let mappings = &self.definition.port_mappings;
        if self.workload.listens.is_empty() {
            let mapped = mappings.iter().map(|it| (it.protocol, it.container_port));
            return mapped.collect();
        }
        let protocol = |port| {
            let mapping = mappings.iter().find(|it| it.container_port == port);
            mapping.map(|it| it.protocol).unwrap_or_default()
        };
        let ports = self.workload.listens.iter();
        ports.map(|port| (protocol(*port), *port)).collect()
    }

    /// The ports it listens on: its image's, else those of its port mappings.
    pub fn ports(&self) -> Vec<u16> {
        if self.workload.listens.is_empty() {
            self.definition
                .port_mappings
                .iter()
                .map(|mapping| mapping.container_port)
                .collect()
        } else {
            self.workload.listens.clone()
        }
    }
}
