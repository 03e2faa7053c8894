//! Workloads: what an image does when it runs. AWS has no API for that, so a scenario says it, or this catalogue does.

use crate::wire;
use std::collections::BTreeMap;

wire! {
    /// What an image does when it runs.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Workload {
        /// Compressed size, in MiB: pulling it takes that long.
        pub size_mib: u32 = "sizeMib" or Self::SMALL.size_mib,
        /// How long it takes to start, in ms.
        pub start_ms: u64 = "startMs" or Self::SMALL.start_ms,
        /// The ports it listens on; those of its port mappings where there are none.
        pub listens: Vec<u16> = "listens" or Self::SMALL.listens,
        /// CPU units it uses at rest.
        pub idle_cpu: u32 = "idleCpu" or Self::SMALL.idle_cpu,
        /// MiB it holds at rest.
        pub idle_memory: u32 = "idleMemory" or Self::SMALL.idle_memory,
        /// Thousandths of a CPU unit for a second that one request takes.
        pub request_cpu_milli: u32 = "requestCpuMilli" or Self::SMALL.request_cpu_milli,
        /// Kibibytes that one request a second holds.
        pub request_memory_kib: u32 = "requestMemoryKib" or Self::SMALL.request_memory_kib,
        /// A port of the same task that it calls over localhost for each request; `None` where it calls nobody.
        pub calls_port: Option<u16> = "callsPort" or Self::SMALL.calls_port,
        /// How long it takes to end after SIGTERM, in ms; `None` where it ignores the signal.
        pub stop_ms: Option<u64> = "stopMs" or Self::SMALL.stop_ms,
        /// Its exit code after SIGTERM: 0 where it handles the signal, 143 where the signal ends it.
        pub stop_code: i32 = "stopCode" or Self::SMALL.stop_code,
    }
}

impl Workload {
    /// A small server that the catalogue does not know.
    const SMALL: Self = Self {
        size_mib: 60,
        start_ms: 800,
        listens: Vec::new(),
        idle_cpu: 20,
        idle_memory: 96,
        request_cpu_milli: 10_000,
        request_memory_kib: 512,
        calls_port: None,
        stop_ms: Some(1_500),
        stop_code: 143,
    };
}

impl Default for Workload {
    /// A small server that the catalogue does not know.
    fn default() -> Self {
        Self::SMALL
    }
}

/// The two containers of the scorekeep example: a front end that renders and an API that answers it.
fn scorekeep(name: &str) -> Option<Workload> {
    let frontend = Workload {
        size_mib: 182,
        start_ms: 1_200,
        idle_cpu: 101,
        idle_memory: 290,
        request_cpu_milli: 43_600,
        request_memory_kib: 3_600,
        calls_port: Some(5_000),
        stop_ms: Some(900),
        stop_code: 0,
        ..Workload::default()
    };
    let api = Workload {
        size_mib: 246,
        start_ms: 2_400,
        idle_cpu: 181,
        idle_memory: 406,
        request_cpu_milli: 5_200,
        request_memory_kib: 2_900,
        stop_ms: Some(2_600),
        ..Workload::default()
    };
    match name {
        "fe" | "frontend" | "scorekeep-frontend" => Some(frontend),
        "api" | "scorekeep-api" => Some(api),
        _ => None,
    }
}

/// What an image does: as the scenario says, else as the catalogue knows it by its last name, else a small server.
pub fn of_image(image: &str, scenario: &BTreeMap<String, Workload>) -> Workload {
    if let Some(workload) = scenario.get(image) {
        return workload.clone();
    }
    let last = image.rsplit('/').next().unwrap_or(image);
    let name = last.split(['@', ':']).next().unwrap_or(last);
    scorekeep(name).unwrap_or_default()
}
