//! The playground's own calls: what AWS has no API for.

use crate::ids::TaskId;
use crate::units::Date;
use crate::workload::Workload;
use serde::{Deserialize, Serialize};

/// Input of `SetDemand`: what a container would use if it could, instead of what its image and traffic ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetDemand {
    /// The task.
    pub task: TaskId,
    /// The container's name.
    pub container: String,
    /// CPU units wanted; unchanged where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu: Option<u32>,
    /// MiB wanted; unchanged where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<u32>,
}

/// Input of `ClearDemand`: the image and the traffic decide again what a container would use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClearDemand {
    /// The task.
    pub task: TaskId,
    /// The container's name.
    pub container: String,
}

/// Input of `SetAsOf`: the date whose sizes, limits, prices and texts apply from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetAsOf {
    /// The date.
    pub date: Date,
}

/// Input of `PutImage`: what an image does from now on in tasks that are run later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PutImage {
    /// The image, with its tag or without: then whatever its tag.
    pub image: String,
    /// What it does; the catalogue says it again where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behaviour: Option<Box<Workload>>,
}

/// Input of `SendRequests`: requests to a task, evenly spread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SendRequests {
    /// Who sends them.
    pub from: TrafficSource,
    /// The task they are sent to, by its public address if the Internet sends them.
    pub to: TaskId,
    /// The port.
    pub port: u16,
    /// How many, 1 to 10,000.
    pub count: u32,
    /// Tenths of a request a second; the first goes at once.
    pub rate_tenths: u32,
}

/// Input of `SetTraffic`: lasting traffic to a task. It replaces what the same source sends to the same port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SetTraffic {
    /// Who sends it.
    pub from: TrafficSource,
    /// The task.
    pub to: TaskId,
    /// The port.
    pub port: u16,
    /// Tenths of a request a second; 0 ends it.
    pub rate_tenths: u32,
}

/// Who sends requests.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TrafficSource {
    /// A host on the Internet.
    Internet,
    /// Another task, or the same one over its loopback.
    Task(TaskId),
}
