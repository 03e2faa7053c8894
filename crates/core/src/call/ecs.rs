//! ECS's calls: task definitions and tasks. Members are spelled as in the ECS API.

use crate::ids::{SecurityGroupId, SubnetId, TaskId};
use serde::{Deserialize, Serialize};

/// Input of `RegisterTaskDefinition`: the definition itself, every member kept as it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RegisterTaskDefinition {
    /// The definition.
    pub definition: serde_json::Value,
}

/// Input of `RunTask`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RunTask {
    /// `family`, `family:revision`, or the ARN.
    pub task_definition: String,
    /// How many, 1 to 10; 1 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Where they run; EC2 where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<LaunchType>,
    /// The platform version; LATEST where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    /// The network of the tasks; awsvpc demands it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_configuration: Option<NetworkConfiguration>,
}

/// `launchType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum LaunchType {
    /// On Fargate.
    Fargate,
    /// On the cluster's own container instances.
    Ec2,
    /// On machines outside AWS that are registered with the cluster.
    External,
}

/// `networkConfiguration`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NetworkConfiguration {
    /// The network of awsvpc tasks.
    pub awsvpc_configuration: AwsvpcConfiguration,
}

/// `awsvpcConfiguration`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AwsvpcConfiguration {
    /// The subnets to choose from, 1 to 16.
    pub subnets: Vec<SubnetId>,
    /// The groups of the interface, at most 5; the VPC's default group where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_groups: Vec<SecurityGroupId>,
    /// Whether the interface gets a public address; DISABLED where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assign_public_ip: Option<AssignPublicIp>,
}

/// `assignPublicIp`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum AssignPublicIp {
    /// The interface gets a public address.
    Enabled,
    /// It gets none.
    Disabled,
}

/// Input of `StopTask`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StopTask {
    /// The task's id or ARN.
    pub task: TaskId,
    /// Why; becomes the task's `stoppedReason`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
