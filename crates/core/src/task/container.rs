//! A container of a task: its state, and what it would use.

use super::model::Demand;
use crate::task_definition::ContainerDefinition;
use crate::workload::Workload;
use std::sync::Arc;

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
    /// Whether it runs.
    pub fn runs(&self) -> bool {
        self.status == ContainerStatus::Running
    }

    /// CPU units it would use with that much traffic, in tenths of a request a second.
    pub fn wants_cpu(&self, rate_tenths: u32) -> u32 {
        self.demand.cpu.unwrap_or_else(|| {
            let load = u64::from(rate_tenths) * u64::from(self.workload.request_cpu_milli) / 10_000;
            self.workload.idle_cpu.saturating_add(load as u32)
        })
    }

    /// MiB it would hold with that much traffic, in tenths of a request a second.
    pub fn wants_memory(&self, rate_tenths: u32) -> u32 {
        self.demand.memory.unwrap_or_else(|| {
            let load =
                u64::from(rate_tenths) * u64::from(self.workload.request_memory_kib) / 10_240;
            self.workload.idle_memory.saturating_add(load as u32)
        })
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
