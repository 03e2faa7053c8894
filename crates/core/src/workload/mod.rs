//! Workloads: what an image does when it runs. AWS has no API for that, so a scenario says it, or the catalogue does.

mod asks;
mod catalogue;
mod members;

pub use asks::AwsAsk;
pub use catalogue::{Known, known, known_as, of_catalogue, of_image, said_of, untagged};
pub use members::{MEMBERS, Member, Shape, read, said};

use crate::wire;
use std::net::Ipv4Addr;

wire! {
    /// What an image does when it runs. Every member may be left out: it is a small server then.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Workload {
        /// Compressed size, in MiB: pulling it takes that long.
        pub size_mib: u32 = "sizeMib" or Self::SMALL.size_mib,
        /// Size on disk once unpacked, in MiB; 0 for two and a half times the compressed size.
        pub unpacked_mib: u32 = "unpackedMib" or Self::SMALL.unpacked_mib,
        /// How long it takes to start, in ms.
        pub start_ms: u64 = "startMs" or Self::SMALL.start_ms,
        /// How long after its start it listens and its health check passes, in ms.
        pub ready_ms: u64 = "readyMs" or Self::SMALL.ready_ms,
        /// How long after its start its health check fails for good, in ms; `None` where it never does.
        pub sick_ms: Option<u64> = "sickMs" or Self::SMALL.sick_ms,
        /// How long its health check's command takes, in ms.
        pub check_ms: u64 = "checkMs" or Self::SMALL.check_ms,
        /// The ports it listens on; those of its port mappings where there are none.
        pub listens: Vec<u16> = "listens" or Self::SMALL.listens,
        /// CPU units it uses at rest.
        pub idle_cpu: u32 = "idleCpu" or Self::SMALL.idle_cpu,
        /// MiB it holds at rest.
        pub idle_memory: u32 = "idleMemory" or Self::SMALL.idle_memory,
        /// MiB of files that it keeps in memory while there is room: the kernel takes them back before it kills.
        pub cache_memory: u32 = "cacheMemory" or Self::SMALL.cache_memory,
        /// Thousandths of a CPU unit for a second that one request takes.
        pub request_cpu_milli: u32 = "requestCpuMilli" or Self::SMALL.request_cpu_milli,
        /// Kibibytes that one request a second holds.
        pub request_memory_kib: u32 = "requestMemoryKib" or Self::SMALL.request_memory_kib,
        /// Kibibytes that it holds more with every second since its start: a leak.
        pub leak_kib: u32 = "leakKib" or Self::SMALL.leak_kib,
        /// Kibibytes that it writes to disk every second.
        pub write_kib: u32 = "writeKib" or Self::SMALL.write_kib,
        /// The folder it writes to: that of a volume where one is mounted there, else its own layer.
        pub write_to: String = "writeTo" or Self::SMALL.write_to,
        /// Whom it calls.
        pub calls: Vec<Outbound> = "calls" or Self::SMALL.calls,
        /// What it logs by itself.
        pub logs: Vec<LogLine> = "logs" or Self::SMALL.logs,
        /// The environment variables without which it ends at once, with exit code 1.
        pub needs: Vec<String> = "needs" or Self::SMALL.needs,
        /// What it asks of AWS, each as [`AwsAsk`] reads it.
        pub asks: Vec<String> = "asks" optional,
        /// How long after its start it ends by itself, in ms; `None` where it runs for ever.
        pub exit_ms: Option<u64> = "exitMs" or Self::SMALL.exit_ms,
        /// Its exit code when it ends by itself.
        pub exit_code: i32 = "exitCode" or Self::SMALL.exit_code,
        /// How long it takes to end after SIGTERM, in ms; `None` where it ignores the signal.
        pub stop_ms: Option<u64> = "stopMs" or Self::SMALL.stop_ms,
        /// Its exit code after SIGTERM: 0 where it handles the signal, 143 where the signal ends it.
        pub stop_code: i32 = "stopCode" or Self::SMALL.stop_code,
    }

    /// A call that a workload makes.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Outbound {
        /// The address; another container of the same task, over localhost, where absent.
        pub to: Option<Ipv4Addr> = "to" optional,
        /// The TCP port.
        pub port: u16 = "port",
        /// How many such calls each request leads to. Only calls over localhost follow requests.
        pub per_request: u32 = "perRequest" or 0,
        /// How often it calls by itself, in ms; only with requests where absent.
        pub every_ms: Option<u64> = "everyMs" optional,
    }

    /// A line that a workload logs.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LogLine {
        /// How long after its start, in ms.
        pub after_ms: u64 = "afterMs" or 0,
        /// How often again, in ms; once where absent.
        pub every_ms: Option<u64> = "everyMs" optional,
        /// The text.
        pub line: String = "line",
        /// What it follows from; the time since the start where absent.
        pub on: Option<LogMoment> = "on" optional,
        /// Bytes that the line is filled up to with dots.
        pub pad_to: Option<u32> = "padTo" optional,
    }

    /// What a line follows from, where not from time.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum LogMoment {
        /// A request that it answers.
        Request = "request",
        /// A call of its own that does not come through.
        Error = "error",
        /// The stop signal, where it hears it.
        Stop = "stop",
        /// Its end, if nobody kills it.
        Exit = "exit",
        /// Its end for want of memory.
        Oom = "oom",
    }
}

impl Default for Workload {
    fn default() -> Self {
        Self::SMALL
    }
}

impl Workload {
    /// A small server that the catalogue does not know.
    pub const SMALL: Self = Self {
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
        asks: Vec::new(),
        exit_ms: None,
        exit_code: 0,
        stop_ms: Some(1_500),
        stop_code: 143,
    };

    /// What its layers take on disk, compressed and unpacked, in MiB.
    pub fn layers_mib(&self) -> u32 {
        let unpacked = match self.unpacked_mib {
            0 => self.size_mib.saturating_mul(5) / 2,
            given => given,
        };
        self.size_mib.saturating_add(unpacked)
    }
}
