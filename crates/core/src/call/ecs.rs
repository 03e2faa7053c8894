//! ECS's calls: task definitions and tasks. Members are spelled as in the ECS API.

use crate::ids::{SecurityGroupId, SubnetId, TaskId};
use crate::text::{Json, Node};
use crate::wire;
use crate::wire::{FromJson, Misfits, ToJson, Writer};

/// Input of `RegisterTaskDefinition`: the definition itself, every member kept as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterTaskDefinition {
    /// The definition.
    pub definition: Json,
}

impl FromJson for RegisterTaskDefinition {
    fn read(node: &Node, misfits: &mut Misfits) -> Self {
        let definition = Json::read(node, misfits);
        Self { definition }
    }
}

impl ToJson for RegisterTaskDefinition {
    fn write(&self, out: &mut Writer) {
        self.definition.write(out);
    }
}

wire! {
    /// Input of `RunTask`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RunTask {
        /// `family`, `family:revision`, or the ARN.
        pub task_definition: String = "taskDefinition",
        /// How many, 1 to 10; 1 where absent.
        pub count: Option<u32> = "count" optional,
        /// Where they run; EC2 where absent.
        pub launch_type: Option<LaunchType> = "launchType" optional,
        /// The platform version; LATEST where absent.
        pub platform_version: Option<String> = "platformVersion" optional,
        /// The network of the tasks; awsvpc demands it.
        pub network_configuration: Option<NetworkConfiguration> = "networkConfiguration" optional,
    }

    /// `launchType`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum LaunchType {
        /// On Fargate.
        Fargate = "FARGATE",
        /// On the cluster's own container instances.
        Ec2 = "EC2",
        /// On machines outside AWS that are registered with the cluster.
        External = "EXTERNAL",
    }

    /// `networkConfiguration`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct NetworkConfiguration {
        /// The network of awsvpc tasks.
        pub awsvpc_configuration: AwsvpcConfiguration = "awsvpcConfiguration",
    }

    /// `awsvpcConfiguration`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AwsvpcConfiguration {
        /// The subnets to choose from, 1 to 16.
        pub subnets: Vec<SubnetId> = "subnets",
        /// The groups of the interface, at most 5; the VPC's default group where there are none.
        pub security_groups: Vec<SecurityGroupId> = "securityGroups" optional,
        /// Whether the interface gets a public address; DISABLED where absent.
        pub assign_public_ip: Option<AssignPublicIp> = "assignPublicIp" optional,
    }

    /// `assignPublicIp`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum AssignPublicIp {
        /// The interface gets a public address.
        Enabled = "ENABLED",
        /// It gets none.
        Disabled = "DISABLED",
    }

    /// Input of `StopTask`.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct StopTask {
        /// The task's id or ARN.
        pub task: TaskId = "task",
        /// Why; becomes the task's `stoppedReason`.
        pub reason: Option<String> = "reason" optional,
    }
}
