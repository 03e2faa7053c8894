//! What a form shows of each object, what Fargate does not have, and what members are called in words.

use crate::units::Date;

/// For objects with many members: those that a form always shows, in its order. Shapes that are not listed show what the API
/// demands, small ones everything.
pub(super) const FIRST: [(&str, &[&str]); 9] = [
    (
        "RegisterTaskDefinition",
        &[
            "family",
            "cpu",
            "memory",
            "runtimePlatform",
            "ephemeralStorage",
            "containerDefinitions",
            "executionRoleArn",
            "taskRoleArn",
            "volumes",
            "tags",
        ],
    ),
    (
        "ContainerDefinition",
        &[
            "name",
            "image",
            "essential",
            "portMappings",
            "environment",
            "secrets",
            "healthCheck",
            "dependsOn",
            "logConfiguration",
            "cpu",
            "memory",
            "memoryReservation",
            "startTimeout",
            "stopTimeout",
            "mountPoints",
        ],
    ),
    ("PortMapping", &["containerPort", "protocol"]),
    (
        "HealthCheck",
        &["command", "interval", "timeout", "retries", "startPeriod"],
    ),
    ("Volume", &["name", "efsVolumeConfiguration"]),
    (
        "EFSVolumeConfiguration",
        &["fileSystemId", "rootDirectory", "transitEncryption"],
    ),
    ("LogConfiguration", &["logDriver", "options"]),
    ("LinuxParameters", &["initProcessEnabled"]),
    (
        "S3FilesVolumeConfiguration",
        &["fileSystemArn", "rootDirectory"],
    ),
];

/// What Fargate refuses, or never has a use for: an object type, its members, and the day from which Fargate has them.
/// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html>, and the rules
/// `fargate-unsupported`, `fargate-privileges`, `awsvpc-unsupported`.
pub(super) const NOT_ON_FARGATE: [(&str, &[&str], Option<Date>); 7] = [
    (
        "RegisterTaskDefinition",
        &[
            "placementConstraints",
            "ipcMode",
            "inferenceAccelerators",
            "trustedExecutionConfiguration",
        ],
        None,
    ),
    (
        "Volume",
        &[
            "host",
            "dockerVolumeConfiguration",
            "fsxWindowsFileServerVolumeConfiguration",
        ],
        None,
    ),
    ("HostVolumeProperties", &["sourcePath"], None),
    (
        "ContainerDefinition",
        &[
            "links",
            "hostname",
            "disableNetworking",
            "privileged",
            "dnsServers",
            "dnsSearchDomains",
            "extraHosts",
            "dockerSecurityOptions",
            "resourceRequirements",
        ],
        None,
    ),
    (
        "LinuxParameters",
        &["devices", "sharedMemorySize", "maxSwap", "swappiness"],
        None,
    ),
    ("LinuxParameters", &["tmpfs"], Some(Date::new(2026, 1, 6))),
    ("ResourceRequirement", &["sharingStrategy"], None),
];

/// Members of a closed set of which Fargate has a part.
pub(super) const CHOICES: [(&str, &[&str]); 6] = [
    ("networkMode", &["awsvpc"]),
    ("pidMode", &["task"]),
    (
        "requiresCompatibilities",
        &["FARGATE", "EC2", "EXTERNAL", "MANAGED_INSTANCES"],
    ),
    ("logDriver", &["awslogs", "splunk", "awsfirelens"]),
    (
        "operatingSystemFamily",
        &[
            "LINUX",
            "WINDOWS_SERVER_2019_FULL",
            "WINDOWS_SERVER_2019_CORE",
            "WINDOWS_SERVER_2022_FULL",
            "WINDOWS_SERVER_2022_CORE",
        ],
    ),
    ("add", &["SYS_PTRACE"]),
];

/// Names that a person would not understand from their letters, or that have plainer words.
pub(super) const LABELS: [(&str, &str); 33] = [
    ("cpu", "CPU units"),
    ("memory", "Memory limit, MiB"),
    ("memoryReservation", "Memory reservation, MiB"),
    ("containerDefinitions", "Containers"),
    ("executionRoleArn", "Execution role"),
    ("taskRoleArn", "Task role"),
    ("runtimePlatform", "Platform"),
    ("operatingSystemFamily", "Operating system"),
    ("cpuArchitecture", "Processor"),
    ("sizeInGiB", "Size, GiB"),
    ("portMappings", "Ports"),
    ("containerPort", "Port"),
    ("environment", "Environment variables"),
    ("environmentFiles", "Environment files"),
    ("valueFrom", "Secret or parameter"),
    ("dependsOn", "Dependencies"),
    ("containerName", "Container"),
    ("logConfiguration", "Logging"),
    ("logDriver", "Log driver"),
    ("startTimeout", "Start timeout, s"),
    ("stopTimeout", "Stop timeout, s"),
    ("interval", "Interval, s"),
    ("timeout", "Timeout, s"),
    ("startPeriod", "Start period, s"),
    ("restartAttemptPeriod", "Restart attempt period, s"),
    ("mountPoints", "Mounted volumes"),
    ("sourceVolume", "Volume"),
    ("efsVolumeConfiguration", "EFS file system"),
    ("s3filesVolumeConfiguration", "S3 Files file system"),
    ("iam", "IAM authorization"),
    ("pidMode", "PID mode"),
    ("readonlyRootFilesystem", "Read-only root file system"),
    ("ulimits", "Limits of processes (ulimits)"),
];

/// What a new item of a list begins with, where it is more than what the API demands.
pub(super) const BEGUN: [(&str, &str); 8] = [
    (
        "ContainerDefinition",
        "{\"name\":\"\",\"image\":\"\",\"essential\":true}",
    ),
    ("PortMapping", "{\"containerPort\":80}"),
    ("KeyValuePair", "{\"name\":\"\",\"value\":\"\"}"),
    (
        "MountPoint",
        "{\"sourceVolume\":\"\",\"containerPath\":\"\"}",
    ),
    ("VolumeFrom", "{\"sourceContainer\":\"\"}"),
    ("SystemControl", "{\"namespace\":\"\",\"value\":\"\"}"),
    ("Volume", "{\"name\":\"\"}"),
    ("Tag", "{\"key\":\"\",\"value\":\"\"}"),
];
