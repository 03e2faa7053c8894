//! The playground's own calls: what AWS has no API for.

use crate::ids::TaskId;
use crate::text::{Node, Value};
use crate::units::Date;
use crate::wire;
use crate::wire::{FromJson, Misfits, Others, ToJson, Writer};
use crate::workload::Workload;

wire! {
    /// Input of `SetDemand`: what a container would use if it could, instead of what its image and traffic ask for.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SetDemand {
        /// The task.
        pub task: TaskId = "task",
        /// The container's name.
        pub container: String = "container",
        /// CPU units wanted; unchanged where absent.
        pub cpu: Option<u32> = "cpu" optional,
        /// MiB wanted; unchanged where absent.
        pub memory: Option<u32> = "memory" optional,
    }

    /// Input of `ClearDemand`: the image and the traffic decide again what a container would use.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ClearDemand {
        /// The task.
        pub task: TaskId = "task",
        /// The container's name.
        pub container: String = "container",
    }

    /// Input of `SetAsOf`: the date whose sizes, limits, prices and texts apply from now on.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SetAsOf {
        /// The date.
        pub date: Date = "date",
    }

    /// Input of `SetLimits`: which of the account's limits hold; what is absent stays as it is. At first none does, so that nobody
    /// who clicks fast is throttled.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct SetLimits {
        /// Whether calls and launches are throttled, by AWS's token buckets in simulated time.
        pub throttling: Option<bool> = "throttling" optional,
        /// Whether the quotas of a new account hold.
        pub quotas: Option<bool> = "quotas" optional,
        /// Fargate On-Demand vCPUs that may run at the same time, instead of a new account's.
        pub fargate_vcpus: Option<u32> = "fargateVcpus" optional,
        /// Fargate Spot vCPUs that may run at the same time, instead of a new account's.
        pub fargate_spot_vcpus: Option<u32> = "fargateSpotVcpus" optional,
    }

    /// Input of `SetPace`: how long tasks that are run from now on take to come up.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SetPace {
        /// Of which time.
        pub pace: PaceName = "pace",
    }

    /// Of which time the pace of tasks is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum PaceName {
        /// As today.
        Today = "today",
        /// As in the demonstration at Fargate's launch in 2017.
        Demo2017 = "2017-demo",
    }

    /// Input of `SetSpotCapacity`: whether AWS has spare capacity for Fargate Spot.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SetSpotCapacity {
        /// Whether it has.
        pub available: bool = "available",
    }

    /// Input of `InterruptTask`: AWS takes the capacity of a Fargate Spot task back, with two minutes' warning.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct InterruptTask {
        /// The task's id.
        pub task: TaskId = "task",
    }

    /// Input of `PutImage`: what an image does from now on in tasks that are run later.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PutImage {
        /// The image, with its tag or without: then whatever its tag.
        pub image: String = "image",
        /// What it does; the catalogue says it again where absent.
        pub behaviour: Option<Box<Workload>> = "behaviour" optional,
    }

    /// Input of `PutHost`: a host on the Internet, in the place of one of the same name.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutHost {
        /// What it is called here.
        pub name: String = "name",
        /// Its address, a public one; the host is taken away where absent.
        pub address: Option<String> = "address" optional,
        /// Its names; `*.` before a name holds all names below it.
        pub dns_names: Vec<String> = "dnsNames" optional,
    }

    /// Input of `SendRequests`: requests to a task, evenly spread.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SendRequests {
        /// Who sends them.
        pub from: TrafficSource = "from",
        /// The task they are sent to, by its public address if the Internet sends them.
        pub to: TaskId = "to",
        /// The port.
        pub port: u16 = "port",
        /// How many, 1 to 10,000.
        pub count: u32 = "count",
        /// Tenths of a request a second; the first goes at once.
        pub rate_tenths: u32 = "rateTenths",
    }

    /// Input of `SetTraffic`: lasting traffic to a task. It replaces what the same source sends to the same port.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SetTraffic {
        /// Who sends it.
        pub from: TrafficSource = "from",
        /// The task.
        pub to: TaskId = "to",
        /// The port.
        pub port: u16 = "port",
        /// Tenths of a request a second; 0 ends it.
        pub rate_tenths: u32 = "rateTenths",
    }
}

/// Who sends requests: `"internet"`, or `{"task": "…"}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TrafficSource {
    /// A host on the Internet.
    Internet,
    /// Another task, or the same one over its loopback.
    Task(TaskId),
}

impl FromJson for TrafficSource {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        match &node.value {
            Value::Object(_) => {
                let members = misfits.members(node, &[("task", true)], Others::Refused);
                Self::Task(TaskId::read(members.get("task"), misfits))
            }
            Value::String(text) if **text == *"internet" => Self::Internet,
            _ => {
                misfits.wrong(node, r#""internet" or {"task": "…"}"#);
                Self::Internet
            }
        }
    }
}

impl ToJson for TrafficSource {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Internet => out.text("internet"),
            Self::Task(task) => {
                out.open('{');
                out.member("task", task);
                out.close('}');
            }
        }
    }
}
