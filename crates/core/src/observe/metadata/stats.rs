//! Docker's stats of a container, as far as the simulation has numbers for them.

use super::Metadata;
use crate::observe::object::Object;
use crate::task::Container;
use crate::units::SimTime;

/// Bytes of a MiB.
const MIB: u64 = 1_048_576;

impl Metadata<'_> {
    pub(super) fn stats_of_task(&self, version: u8) -> String {
        let mut all = Object::default();
        for it in &self.task.containers {
            all = all.raw(&self.docker_id(it), &self.stats(it, version));
        }
        all.finish()
    }

    /// Docker's stats of a container, as far as the simulation has numbers for them.
    pub(super) fn stats(&self, it: &Container, version: u8) -> String {
        if !it.runs() {
            return "null".to_owned();
        }
        let now = self.account.now;
        let before = SimTime(now.0.saturating_sub(1_000));
        let usage = u64::from(it.wants_memory(0, now)) * MIB;
        let limit = it.definition.memory.map_or(self.task.memory.0, |it| it.0);
        // a unit of CPU is a 1024th of a second a second
        let spent = it.age(now).saturating_mul(u64::from(it.wants_cpu(0))) * 1_000_000 / 1_024;
        let cpus = self.task.cpu.0.div_ceil(1_024).max(1);
        let cpu = |ns: u64| {
            let usage = Object::default()
                .raw("total_usage", &ns.to_string())
                .finish();
            let system = now.0.saturating_mul(1_000_000 * u64::from(cpus));
            Object::default()
                .raw("cpu_usage", &usage)
                .raw("system_cpu_usage", &system.to_string())
                .raw("online_cpus", &cpus.to_string())
                .finish()
        };
        let a_second = u64::from(it.wants_cpu(0)) * 1_000_000_000 / 1_024;
        let memory = Object::default()
            .raw("usage", &usage.to_string())
            .raw("max_usage", &usage.to_string())
            .raw("limit", &(u64::from(limit) * MIB).to_string())
            .finish();
        let mut shown = Object::default()
            .text("read", &self.time(now))
            .text("preread", &self.time(before))
            .raw("pids_stats", "{\"current\":1}")
            .raw("num_procs", "0")
            .raw("cpu_stats", &cpu(spent))
            .raw("precpu_stats", &cpu(spent.saturating_sub(a_second)))
            .raw("memory_stats", &memory)
            .text("name", &it.name)
            .text("id", &self.docker_id(it));
        if version >= 4 {
            shown = shown.raw(
                "network_rate_stats",
                "{\"rx_bytes_per_sec\":0,\"tx_bytes_per_sec\":0}",
            );
        }
        shown.finish()
    }
}
