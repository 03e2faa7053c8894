//! The model: what the simulator runs. The shape is AWS's, with sizes as numbers.

use crate::units::{CpuUnits, MiB};
use std::sync::Arc;

/// A registered revision, or what a text would register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskDefinition {
    /// `family`.
    pub family: String,
    /// `cpu` of the task; Fargate demands it.
    pub cpu: Option<CpuUnits>,
    /// `memory` of the task; Fargate demands it.
    pub memory: Option<MiB>,
    /// `networkMode` as written; `None` where it is absent.
    pub network_mode: Option<String>,
    /// `requiresCompatibilities` as written.
    pub requires_compatibilities: Vec<String>,
    /// `taskRoleArn`.
    pub task_role_arn: Option<String>,
    /// `executionRoleArn`.
    pub execution_role_arn: Option<String>,
    /// `containerDefinitions`, in order.
    pub containers: Vec<Arc<ContainerDefinition>>,
}

/// One container of a task definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContainerDefinition {
    /// `name`.
    pub name: String,
    /// `image`.
    pub image: String,
    /// `cpu`; `None` where absent, which AWS fills in as 0.
    pub cpu: Option<CpuUnits>,
    /// `memory`, the hard limit.
    pub memory: Option<MiB>,
    /// `memoryReservation`, the soft limit.
    pub memory_reservation: Option<MiB>,
    /// `essential`; true where absent.
    pub essential: bool,
    /// `portMappings`.
    pub port_mappings: Vec<PortMapping>,
    /// `stopTimeout` in seconds; 30 where absent.
    pub stop_timeout: Option<u32>,
}

/// One entry of `portMappings`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortMapping {
    /// `containerPort`.
    pub container_port: u16,
    /// `hostPort` as written.
    pub host_port: Option<u16>,
    /// `protocol`.
    pub protocol: Protocol,
}

/// A transport protocol of a port mapping.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// `tcp`, the default.
    #[default]
    Tcp,
    /// `udp`.
    Udp,
}
