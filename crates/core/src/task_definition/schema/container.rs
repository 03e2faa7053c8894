//! The members of a container definition.
//!
//! Source: botocore 1.44.5 and <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html>.

use super::{Kind, Shape, optional, required};

#[rustfmt::skip]
const ULIMIT_NAME: [&str; 15] = ["core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc", "rss", "rtprio", "rttime", "sigpending", "stack"];

#[rustfmt::skip]
const LOG_DRIVER: [&str; 8] = ["json-file", "syslog", "journald", "gelf", "fluentd", "awslogs", "splunk", "awsfirelens"];

#[rustfmt::skip] // one member, one line
pub(super) static CONTAINER_DEFINITION: Shape = Shape {
    name: "ContainerDefinition",
    members: &[
        optional("name", Kind::String, "The container's name, unique in the task: 1 to 255 letters, digits, - and _."),
        optional("image", Kind::String, "The image: repository, then :tag or @sha256:digest."),
        optional("repositoryCredentials", Kind::Struct(&REPOSITORY_CREDENTIALS), "Needs executionRoleArn with secretsmanager:GetSecretValue. Linux and Windows."),
        optional("cpu", Kind::Integer, "CPU units, as a number: the container's weight when CPU is short, not a limit. The sum may not exceed the task's."),
        optional("memory", Kind::Integer, "Hard limit in MiB, as a number: the container is killed when it exceeds it."),
        optional("memoryReservation", Kind::Integer, "Soft limit in MiB, as a number: what the container keeps when memory is short. The sum may not exceed the task's memory."),
        optional("links", Kind::List(&Kind::String), "Bridge mode only; with awsvpc containers reach each other on localhost."),
        optional("portMappings", Kind::List(&Kind::Struct(&PORT_MAPPING)), "The ports on which the container listens."),
        optional("essential", Kind::Boolean, "Whether the task stops when this container stops; true where absent."),
        optional("restartPolicy", Kind::Struct(&CONTAINER_RESTART_POLICY), "EC2 agent >= 1.86.0. Works for essential containers too (restart happens instead of task stop). Windows support not established."),
        optional("entryPoint", Kind::List(&Kind::String), "Replaces the image's ENTRYPOINT."),
        optional("command", Kind::List(&Kind::String), "What runs: replaces the image's CMD."),
        optional("environment", Kind::List(&Kind::Struct(&KEY_VALUE_PAIR)), "Environment variables in plain text."),
        optional("environmentFiles", Kind::List(&Kind::Struct(&ENVIRONMENT_FILE)), "<= 10; each an S3 object ARN ending .env. Read by the execution role (s3:GetObject, s3:GetBucketLocation). First file wins on duplicates. Windows on Fargate: no."),
        optional("mountPoints", Kind::List(&Kind::Struct(&MOUNT_POINT)), "Default []."),
        optional("volumesFrom", Kind::List(&Kind::Struct(&VOLUME_FROM)), "Default []."),
        optional("linuxParameters", Kind::Struct(&LINUX_PARAMETERS), "2018 Fargate refused the whole object; today only the members below are restricted."),
        optional("secrets", Kind::List(&Kind::Struct(&SECRET)), "Environment variables read from Secrets Manager or Parameter Store when the container starts; needs an execution role."),
        optional("dependsOn", Kind::List(&Kind::Struct(&CONTAINER_DEPENDENCY)), "Which containers must have started, ended or become healthy before this one starts."),
        optional("startTimeout", Kind::Integer, "Seconds that containers which depend on this one wait for it."),
        optional("stopTimeout", Kind::Integer, "Seconds between SIGTERM and SIGKILL: 2 to 120 on Fargate; 30 where absent."),
        optional("versionConsistency", Kind::Enum(&["enabled", "disabled"]), "Default enabled."),
        optional("hostname", Kind::String, "Refused on Fargate. Not with awsvpc."),
        optional("user", Kind::String, "User | user:group | uid | uid:gid | user:gid | uid:group; ids positive."),
        optional("workingDirectory", Kind::String, ""),
        optional("disableNetworking", Kind::Boolean, "Refused on Fargate. Not with awsvpc."),
        optional("privileged", Kind::Boolean, "Root's rights on the host; refused on Fargate."),
        optional("readonlyRootFilesystem", Kind::Boolean, "Default false."),
        optional("dnsServers", Kind::List(&Kind::String), "Refused on Fargate. Not with awsvpc."),
        optional("dnsSearchDomains", Kind::List(&Kind::String), "Refused on Fargate. Not with awsvpc."),
        optional("extraHosts", Kind::List(&Kind::Struct(&HOST_ENTRY)), "Refused on Fargate. Not with awsvpc."),
        optional("dockerSecurityOptions", Kind::List(&Kind::String), "Refused on Fargate. Windows EC2: credentialspec: only."),
        optional("interactive", Kind::Boolean, "Default false."),
        optional("pseudoTerminal", Kind::Boolean, "Default false."),
        optional("dockerLabels", Kind::Map, "Managed Instances guide lists it as not valid."),
        optional("ulimits", Kind::List(&Kind::Struct(&ULIMIT)), "FARGATE default nofile 65535/65535 (guide up to about 2024: 1024 soft / 4096 hard, settable to 1048576)."),
        optional("logConfiguration", Kind::Struct(&LOG_CONFIGURATION), "Where the output goes. Without it, a task on Fargate loses it."),
        optional("healthCheck", Kind::Struct(&HEALTH_CHECK), "The command that tells whether the container is healthy. HEALTHCHECK of the image is ignored."),
        optional("systemControls", Kind::List(&Kind::Struct(&SYSTEM_CONTROL)), "Default []. FARGATE: net.* and IPC sysctls; net.* set in one container applies to all; last started wins."),
        optional("resourceRequirements", Kind::List(&Kind::Struct(&RESOURCE_REQUIREMENT)), "FARGATE: GPU refused; so in effect the list must be empty."),
        optional("firelensConfiguration", Kind::Struct(&FIRELENS_CONFIGURATION), "Fargate Windows: no."),
        optional("credentialSpecs", Kind::List(&Kind::String), "Max 1; credentialspec:ARN or credentialspecdomainless:ARN. gMSA. Fargate: Linux domainless only; Windows on Fargate: no."),
    ],
};

#[rustfmt::skip] // one member, one line
static REPOSITORY_CREDENTIALS: Shape = Shape {
    name: "RepositoryCredentials",
    members: &[
        required("credentialsParameter", Kind::String, "Secrets Manager ARN (name allowed if same Region)."),
    ],
};

#[rustfmt::skip] // one member, one line
static PORT_MAPPING: Shape = Shape {
    name: "PortMapping",
    members: &[
        optional("containerPort", Kind::Integer, "The port on which the container listens: 1 to 65535."),
        optional("hostPort", Kind::Integer, "With awsvpc and host: leave it out, or make it equal to containerPort."),
        optional("protocol", Kind::Enum(&["tcp", "udp"]), "tcp or udp; tcp where absent."),
        optional("name", Kind::String, "<= 64 chars [a-z0-9_-], not starting with -, unique in the task. Needed for Service Connect / VPC Lattice."),
        optional("appProtocol", Kind::Enum(&["http", "http2", "grpc"]), "Default unset = plain TCP. Service Connect only; not for containerPortRange with several ports."),
        optional("containerPortRange", Kind::String, "\"first-last\", first < last, 1-65535, no overlap, <= 100 ranges per container; bridge or awsvpc only. EC2 agent >= 1.67.0."),
    ],
};

#[rustfmt::skip] // one member, one line
static CONTAINER_RESTART_POLICY: Shape = Shape {
    name: "ContainerRestartPolicy",
    members: &[
        required("enabled", Kind::Boolean, ""),
        optional("ignoredExitCodes", Kind::List(&Kind::Integer), "<= 50 codes; default []."),
        optional("restartAttemptPeriod", Kind::Integer, "60-1800 s; default 300."),
    ],
};

#[rustfmt::skip] // one member, one line
pub(super) static KEY_VALUE_PAIR: Shape = Shape {
    name: "KeyValuePair",
    members: &[
        optional("name", Kind::String, ""),
        optional("value", Kind::String, ""),
    ],
};

#[rustfmt::skip] // one member, one line
static ENVIRONMENT_FILE: Shape = Shape {
    name: "EnvironmentFile",
    members: &[
        required("value", Kind::String, ""),
        required("type", Kind::Enum(&["s3"]), ""),
    ],
};

#[rustfmt::skip] // one member, one line
static MOUNT_POINT: Shape = Shape {
    name: "MountPoint",
    members: &[
        optional("sourceVolume", Kind::String, ""),
        optional("containerPath", Kind::String, ""),
        optional("readOnly", Kind::Boolean, "Default false."),
    ],
};

#[rustfmt::skip] // one member, one line
static VOLUME_FROM: Shape = Shape {
    name: "VolumeFrom",
    members: &[
        optional("sourceContainer", Kind::String, ""),
        optional("readOnly", Kind::Boolean, "Default false."),
    ],
};

#[rustfmt::skip] // one member, one line
static LINUX_PARAMETERS: Shape = Shape {
    name: "LinuxParameters",
    members: &[
        optional("capabilities", Kind::Struct(&KERNEL_CAPABILITIES), ""),
        optional("devices", Kind::List(&Kind::Struct(&DEVICE)), "Refused on Fargate."),
        optional("initProcessEnabled", Kind::Boolean, "Default false."),
        optional("sharedMemorySize", Kind::Integer, "MiB; refused on Fargate. /dev/shm on Fargate stays 64 MiB."),
        optional("tmpfs", Kind::List(&Kind::Struct(&TMPFS)), "Size MiB. Before 2026-01-06 refused on FARGATE and Managed Instances. Linux only."),
        optional("maxSwap", Kind::Integer, ">= 0 MiB; refused on Fargate. swap total = memory + maxSwap."),
        optional("swappiness", Kind::Integer, "0-100; ignored unless maxSwap is set; not on AL2023; default 60; refused on Fargate."),
    ],
};

#[rustfmt::skip] // one member, one line
static KERNEL_CAPABILITIES: Shape = Shape {
    name: "KernelCapabilities",
    members: &[
        optional("add", Kind::List(&Kind::String), "FARGATE: SYS_PTRACE only."),
        optional("drop", Kind::List(&Kind::String), "38 capabilities or ALL."),
    ],
};

#[rustfmt::skip] // one member, one line
static DEVICE: Shape = Shape {
    name: "Device",
    members: &[
        required("hostPath", Kind::String, "Refused on Fargate."),
        optional("containerPath", Kind::String, "Refused on Fargate."),
        optional("permissions", Kind::List(&Kind::Enum(&["read", "write", "mknod"])), "Default read, write, mknod; refused on Fargate."),
    ],
};

#[rustfmt::skip] // one member, one line
static TMPFS: Shape = Shape {
    name: "Tmpfs",
    members: &[
        required("containerPath", Kind::String, ""),
        required("size", Kind::Integer, ""),
        optional("mountOptions", Kind::List(&Kind::String), "39 documented words."),
    ],
};

#[rustfmt::skip] // one member, one line
static SECRET: Shape = Shape {
    name: "Secret",
    members: &[
        required("name", Kind::String, ""),
        required("valueFrom", Kind::String, "Secrets Manager ARN[:json-key:version-stage:version-id], or SSM parameter ARN/name (same Region)."),
    ],
};

#[rustfmt::skip] // one member, one line
static CONTAINER_DEPENDENCY: Shape = Shape {
    name: "ContainerDependency",
    members: &[
        required("containerName", Kind::String, ""),
        required("condition", Kind::Enum(&["START", "COMPLETE", "SUCCESS", "HEALTHY"]), ""),
    ],
};

#[rustfmt::skip] // one member, one line
static HOST_ENTRY: Shape = Shape {
    name: "HostEntry",
    members: &[
        required("hostname", Kind::String, "Refused on Fargate."),
        required("ipAddress", Kind::String, "Refused on Fargate."),
    ],
};

#[rustfmt::skip] // one member, one line
static ULIMIT: Shape = Shape {
    name: "Ulimit",
    members: &[
        required("name", Kind::Enum(&ULIMIT_NAME), ""),
        required("softLimit", Kind::Integer, ""),
        required("hardLimit", Kind::Integer, ""),
    ],
};

#[rustfmt::skip] // one member, one line
static LOG_CONFIGURATION: Shape = Shape {
    name: "LogConfiguration",
    members: &[
        required("logDriver", Kind::Enum(&LOG_DRIVER), "On Fargate: awslogs, splunk or awsfirelens."),
        optional("options", Kind::Map, "Options of the driver. awslogs needs awslogs-group and awslogs-region, on Fargate also awslogs-stream-prefix."),
        optional("secretOptions", Kind::List(&Kind::Struct(&SECRET)), ""),
    ],
};

#[rustfmt::skip] // one member, one line
static HEALTH_CHECK: Shape = Shape {
    name: "HealthCheck",
    members: &[
        required("command", Kind::List(&Kind::String), "Documented: first item CMD or CMD-SHELL; in practice [\"/healthcheck\"] also registers and runs (aws-cdk#34389)."),
        optional("interval", Kind::Integer, "5-300 s; default 30."),
        optional("timeout", Kind::Integer, "2-60 s; default 5."),
        optional("retries", Kind::Integer, "1-10; default 3."),
        optional("startPeriod", Kind::Integer, "0-300 s; default off (0)."),
    ],
};

#[rustfmt::skip] // one member, one line
static SYSTEM_CONTROL: Shape = Shape {
    name: "SystemControl",
    members: &[
        optional("namespace", Kind::String, ""),
        optional("value", Kind::String, ""),
    ],
};

#[rustfmt::skip] // one member, one line
static RESOURCE_REQUIREMENT: Shape = Shape {
    name: "ResourceRequirement",
    members: &[
        optional("value", Kind::String, "GPU: count or ALL; NeuronDevice: ALL."),
        required("type", Kind::Enum(&["GPU", "InferenceAccelerator", "NeuronDevice"]), "GPU: EC2, EXTERNAL, MANAGED_INSTANCES. NeuronDevice: MANAGED_INSTANCES. InferenceAccelerator: retired."),
        optional("sharingStrategy", Kind::Struct(&SHARING_STRATEGY), "Refused on Fargate. Exactly one of value / sharingStrategy for GPU; all GPU containers in a task alike."),
    ],
};

#[rustfmt::skip] // one member, one line
static SHARING_STRATEGY: Shape = Shape {
    name: "SharingStrategy",
    members: &[
        optional("nvidiaMps", Kind::Struct(&NVIDIA_MPS_ALLOCATION), "Refused on Fargate."),
    ],
};

#[rustfmt::skip] // one member, one line
static NVIDIA_MPS_ALLOCATION: Shape = Shape {
    name: "NvidiaMpsAllocation",
    members: &[
        required("memory", Kind::Integer, "Refused on Fargate."),
        optional("maxComputePercent", Kind::Integer, "Refused on Fargate."),
    ],
};

#[rustfmt::skip] // one member, one line
static FIRELENS_CONFIGURATION: Shape = Shape {
    name: "FirelensConfiguration",
    members: &[
        required("type", Kind::Enum(&["fluentd", "fluentbit"]), ""),
        optional("options", Kind::Map, "Enable-ecs-log-metadata true|false; config-file-type s3|file (FARGATE: file); config-file-value."),
    ],
};
