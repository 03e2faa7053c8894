//! Workloads: what an image does when it runs. AWS has no API for that, so a scenario says it, or the catalogue does.

mod catalogue;
mod members;

pub use catalogue::{known, of_image};
pub use members::{MEMBERS, Member, Shape, read, said};

use serde::{Deserialize, Serialize};
use std::net::Ipv4Addr;

/// What an image does when it runs. Every member may be left out: it is a small server then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Workload {
    /// Compressed size, in MiB: pulling it takes that long.
    pub size_mib: u32,
    /// Size on disk once unpacked, in MiB; 0 for two and a half times the compressed size.
    pub unpacked_mib: u32,
    /// How long it takes to start, in ms.
    pub start_ms: u64,
    /// How long after its start it listens and its health check passes, in ms.
    pub ready_ms: u64,
    /// How long after its start its health check fails for good, in ms; `None` where it never does.
    pub sick_ms: Option<u64>,
    /// How long its health check's command takes, in ms.
    pub check_ms: u64,
    /// The ports it listens on; those of its port mappings where there are none.
    pub listens: Vec<u16>,
    /// CPU units it uses at rest.
    pub idle_cpu: u32,
    /// MiB it holds at rest.
    pub idle_memory: u32,
    /// MiB of files that it keeps in memory while there is room: the kernel takes them back before it kills.
    pub cache_memory: u32,
    /// Thousandths of a CPU unit for a second that one request takes.
    pub request_cpu_milli: u32,
    /// Kibibytes that one request a second holds.
    pub request_memory_kib: u32,
    /// Kibibytes that it holds more with every second since its start: a leak.
    pub leak_kib: u32,
    /// Kibibytes that it writes to disk every second.
    pub write_kib: u32,
    /// The folder it writes to: that of a volume where one is mounted there, else its own layer.
    pub write_to: String,
    /// Whom it calls.
    pub calls: Vec<Outbound>,
    /// What it logs by itself.
    pub logs: Vec<LogLine>,
    /// The environment variables without which it ends at once, with exit code 1.
    pub needs: Vec<String>,
    /// How long after its start it ends by itself, in ms; `None` where it runs for ever.
    pub exit_ms: Option<u64>,
    /// Its exit code when it ends by itself.
    pub exit_code: i32,
    /// How long it takes to end after SIGTERM, in ms; `None` where it ignores the signal.
    pub stop_ms: Option<u64>,
    /// Its exit code after SIGTERM: 0 where it handles the signal, 143 where the signal ends it.
    pub stop_code: i32,
}

/// A call that a workload makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Outbound {
    /// The address; another container of the same task, over localhost, where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Ipv4Addr>,
    /// The TCP port.
    pub port: u16,
    /// How many such calls each request leads to. Only calls over localhost follow requests.
    #[serde(default)]
    pub per_request: u32,
    /// How often it calls by itself, in ms; only with requests where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_ms: Option<u64>,
}

/// A line that a workload logs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LogLine {
    /// How long after its start, in ms.
    #[serde(default)]
    pub after_ms: u64,
    /// How often again, in ms; once where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every_ms: Option<u64>,
    /// The text.
    pub line: String,
}

impl Default for Workload {
    /// A small server that the catalogue does not know.
    fn default() -> Self {
        Self {
            size_mib: 60,
            unpacked_mib: 0,
            start_ms: 800,
            ready_ms: 0,
            sick_ms: None,
            check_ms: 100,
            listens: Vec::new(),
            idle_cpu: 20,
            idle_memory: 96,
            cache_memory: 0,
            request_cpu_milli: 10_000,
            request_memory_kib: 512,
            leak_kib: 0,
            write_kib: 0,
            write_to: String::new(),
            calls: Vec::new(),
            logs: Vec::new(),
            needs: Vec::new(),
            exit_ms: None,
            exit_code: 0,
            stop_ms: Some(1_500),
            stop_code: 143,
        }
    }
}

impl Workload {
    /// What its layers take on disk, compressed and unpacked, in MiB.
    pub fn layers_mib(&self) -> u32 {
        let unpacked = match self.unpacked_mib {
            0 => self.size_mib.saturating_mul(5) / 2,
            given => given,
        };
        self.size_mib.saturating_add(unpacked)
    }
}
