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
    /// `volumes`, in order.
    pub volumes: Vec<Volume>,
    /// `ephemeralStorage.sizeInGiB`; 20 where absent.
    pub ephemeral_gib: Option<u32>,
    /// What `runtimePlatform` asks for.
    pub system: System,
}

/// What the containers run on: `operatingSystemFamily` and `cpuArchitecture`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum System {
    /// Linux on `X86_64`, what is meant where nothing is said.
    #[default]
    LinuxX86,
    /// Linux on `ARM64`.
    LinuxArm,
    /// Windows, whichever the processor: `ARM64` registers there and is not offered.
    Windows,
}

/// One entry of `volumes`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// `name`.
    pub name: String,
    /// Whether it lies on the task's own disk. `false` for a file system elsewhere, such as EFS, which a task cannot fill.
    pub local: bool,
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
    /// `startTimeout` in seconds, counted from this container's start; `None` where its dependants wait for ever.
    pub start_timeout: Option<u32>,
    /// `dependsOn`.
    pub depends_on: Vec<Dependency>,
    /// `healthCheck`.
    pub health_check: Option<HealthCheck>,
    /// `restartPolicy`, where it is enabled.
    pub restart: Option<RestartPolicy>,
    /// The names in `environment` and `secrets`.
    pub environment: Vec<String>,
    /// What is fetched for `secrets`, `logConfiguration.secretOptions` and `repositoryCredentials`.
    pub secrets: Vec<Secret>,
    /// Whether its log driver is `awslogs`.
    pub awslogs: bool,
    /// `awslogs-group`, where it logs there.
    pub log_group: Option<String>,
    /// `awslogs-create-group`: the group is made where it is missing.
    pub creates_log_group: bool,
    /// `environmentFiles`, each by its ARN in S3.
    pub environment_files: Vec<String>,
    /// `mountPoints`.
    pub mounts: Vec<Mount>,
    /// `volumesFrom`: the containers whose mounts it has too.
    pub volumes_from: Vec<String>,
    /// `readonlyRootFilesystem`.
    pub read_only_root: bool,
}

impl ContainerDefinition {
    /// A container of an image, with what AWS fills in where nothing is said.
    pub fn new(name: &str, image: &str) -> Self {
        Self {
            name: name.to_owned(),
            image: image.to_owned(),
            cpu: None,
            memory: None,
            memory_reservation: None,
            essential: true,
            port_mappings: Vec::new(),
            stop_timeout: None,
            start_timeout: None,
            depends_on: Vec::new(),
            health_check: None,
            restart: None,
            environment: Vec::new(),
            secrets: Vec::new(),
            awslogs: false,
            log_group: None,
            creates_log_group: false,
            environment_files: Vec::new(),
            mounts: Vec::new(),
            volumes_from: Vec::new(),
            read_only_root: false,
        }
    }
}

/// A secret that is fetched before a container starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// Where it is kept.
    pub store: SecretStore,
    /// `valueFrom`: its ARN, or a parameter's name.
    pub value_from: String,
    /// Whether it is what `repositoryCredentials` names: the login to a registry.
    pub login: bool,
}

/// Where a secret is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretStore {
    /// AWS Secrets Manager.
    SecretsManager,
    /// Parameter Store of AWS Systems Manager.
    ParameterStore,
}

/// One entry of `dependsOn`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// `containerName`.
    pub container: String,
    /// `condition`.
    pub condition: Condition,
}

/// What a container waits for. Source: API reference of `ContainerDependency`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// `START`: it has started, even if it has ended since.
    Start,
    /// `COMPLETE`: it has ended, with any exit code.
    Complete,
    /// `SUCCESS`: it has ended with exit code 0.
    Success,
    /// `HEALTHY`: its health check passes. Asked at the start only.
    Healthy,
}

/// `healthCheck`, with the API's defaults where a member is absent; times in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HealthCheck {
    /// `interval`; 30 where absent.
    pub interval: u32,
    /// `timeout`; 5 where absent.
    pub timeout: u32,
    /// `retries`; 3 where absent.
    pub retries: u32,
    /// `startPeriod`; 0 where absent.
    pub start_period: u32,
}

/// `restartPolicy`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestartPolicy {
    /// `ignoredExitCodes`: these do not restart it.
    pub ignored: Vec<i32>,
    /// `restartAttemptPeriod` in seconds: it must have run that long; 300 where absent.
    pub period: u32,
}

/// One entry of `mountPoints`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// `sourceVolume`.
    pub volume: String,
    /// `containerPath`.
    pub path: String,
    /// `readOnly`.
    pub read_only: bool,
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
