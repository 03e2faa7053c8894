//! The members of a task definition outside its containers.
//!
//! Source: botocore 1.44.5 and <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html>.

use super::container::{CONTAINER_DEFINITION, KEY_VALUE_PAIR};
use super::{Kind, Shape, filled, optional, required};

#[rustfmt::skip]
const OPERATING_SYSTEM_FAMILY: [&str; 10] = ["WINDOWS_SERVER_2019_FULL", "WINDOWS_SERVER_2019_CORE", "WINDOWS_SERVER_2016_FULL", "WINDOWS_SERVER_2004_CORE", "WINDOWS_SERVER_2022_CORE", "WINDOWS_SERVER_2022_FULL", "WINDOWS_SERVER_2025_CORE", "WINDOWS_SERVER_2025_FULL", "WINDOWS_SERVER_20H2_CORE", "LINUX"];

#[rustfmt::skip] // one member, one line
pub(super) static REGISTER_TASK_DEFINITION: Shape = Shape {
    name: "RegisterTaskDefinition",
    members: &[
        required("family", Kind::String, "The name under which the revisions are counted: 1 to 255 letters, digits, - and _."),
        optional("taskRoleArn", Kind::String, "The role of the application in the containers: an ARN or the role's name."),
        optional("executionRoleArn", Kind::String, "The role with which Fargate pulls private images, sends logs and reads secrets before the containers start."),
        optional("networkMode", Kind::Enum(&["bridge", "host", "awsvpc", "none"]), "How the containers reach the network. Fargate has awsvpc only: one network interface per task."),
        required("containerDefinitions", Kind::List(&Kind::Struct(&CONTAINER_DEFINITION)), "The containers of the task: 1 to 10."),
        optional("volumes", Kind::List(&Kind::Struct(&VOLUME)), "Storage that the containers can mount."),
        optional("placementConstraints", Kind::List(&Kind::Struct(&TASK_DEFINITION_PLACEMENT_CONSTRAINT)), "<= 10 incl. run time ones; default []; refused on Fargate."),
        optional("requiresCompatibilities", Kind::List(&Kind::Enum(&["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"])), "What AWS checks the definition for at registration: FARGATE, EC2, EXTERNAL, MANAGED_INSTANCES."),
        optional("cpu", Kind::String, "CPU of the whole task, as text: \"1024\" units or \"1 vCPU\". Fargate demands it; it is a hard limit."),
        optional("memory", Kind::String, "Memory of the whole task, as text: \"2048\" MiB or \"2 GB\". Fargate demands it; it is a hard limit."),
        optional("tags", Kind::List(&Kind::Struct(&TAG)), "Tags of the definition: at most 50."),
        optional("pidMode", Kind::Enum(&["host", "task"]), "FARGATE: task only; default private per container."),
        optional("ipcMode", Kind::Enum(&["host", "task", "none"]), "Refused on Fargate."),
        optional("proxyConfiguration", Kind::Struct(&PROXY_CONFIGURATION), "App Mesh only; needs awsvpc."),
        optional("inferenceAccelerators", Kind::List(&Kind::Struct(&INFERENCE_ACCELERATOR)), "Refused on Fargate. Retired for new use 2023-04-15; field refused for everyone."),
        optional("ephemeralStorage", Kind::Struct(&EPHEMERAL_STORAGE), "The task's own disk on Fargate: 21 to 200 GiB; 20 where absent."),
        optional("runtimePlatform", Kind::Struct(&RUNTIME_PLATFORM), "Operating system and processor; Linux on X86_64 where absent."),
        optional("enableFaultInjection", Kind::Boolean, "Default false. awsvpc or host."),
        optional("trustedExecutionConfiguration", Kind::Struct(&TRUSTED_EXECUTION_CONFIGURATION), "Refused on Fargate. Managed Instances only. Verdict text for others not captured."),
    ],
};

#[rustfmt::skip] // one member, one line
static VOLUME: Shape = Shape {
    name: "Volume",
    members: &[
        optional("name", Kind::String, "<= 255 [A-Za-z0-9_-]; required for EFS, S3 Files, configuredAtLaunch."),
        optional("host", Kind::Struct(&HOST_VOLUME_PROPERTIES), "FARGATE: must be empty or absent."),
        optional("dockerVolumeConfiguration", Kind::Struct(&DOCKER_VOLUME_CONFIGURATION), "Refused on Fargate. Windows: driver local only."),
        optional("efsVolumeConfiguration", Kind::Struct(&EFSVOLUME_CONFIGURATION), ""),
        optional("s3filesVolumeConfiguration", Kind::Struct(&S3_FILES_VOLUME_CONFIGURATION), "taskRoleArn mandatory."),
        optional("fsxWindowsFileServerVolumeConfiguration", Kind::Struct(&FSX_WINDOWS_FILE_SERVER_VOLUME_CONFIGURATION), "Windows containers on EC2 (and EXTERNAL with a network path) only."),
        optional("configuredAtLaunch", Kind::Boolean, "At most one such volume; it must be mounted by some container. EBS, parameters come with RunTask/CreateService volumeConfigurations."),
    ],
};

#[rustfmt::skip] // one member, one line
static HOST_VOLUME_PROPERTIES: Shape = Shape {
    name: "HostVolumeProperties",
    members: &[
        optional("sourcePath", Kind::String, "Refused on Fargate."),
    ],
};

#[rustfmt::skip] // one member, one line
static DOCKER_VOLUME_CONFIGURATION: Shape = Shape {
    name: "DockerVolumeConfiguration",
    members: &[
        optional("scope", Kind::Enum(&["task", "shared"]), "Default task; refused on Fargate."),
        optional("autoprovision", Kind::Boolean, "Default false; refused on Fargate. only with scope shared."),
        optional("driver", Kind::String, "Default local; refused on Fargate."),
        optional("driverOpts", Kind::Map, "Refused on Fargate."),
        optional("labels", Kind::Map, "Refused on Fargate."),
    ],
};

#[rustfmt::skip] // one member, one line
static EFSVOLUME_CONFIGURATION: Shape = Shape {
    name: "EFSVolumeConfiguration",
    members: &[
        required("fileSystemId", Kind::String, ""),
        optional("rootDirectory", Kind::String, "Default /."),
        optional("transitEncryption", Kind::Enum(&["ENABLED", "DISABLED"]), "Default DISABLED. must be ENABLED with an access point or iam ENABLED."),
        optional("transitEncryptionPort", Kind::Integer, ""),
        optional("authorizationConfig", Kind::Struct(&EFSAUTHORIZATION_CONFIG), ""),
    ],
};

#[rustfmt::skip] // one member, one line
static EFSAUTHORIZATION_CONFIG: Shape = Shape {
    name: "EFSAuthorizationConfig",
    members: &[
        optional("accessPointId", Kind::String, ""),
        optional("iam", Kind::Enum(&["ENABLED", "DISABLED"]), "Default DISABLED."),
    ],
};

#[rustfmt::skip] // one member, one line
static S3_FILES_VOLUME_CONFIGURATION: Shape = Shape {
    name: "S3FilesVolumeConfiguration",
    members: &[
        required("fileSystemArn", Kind::String, ""),
        optional("rootDirectory", Kind::String, ""),
        optional("transitEncryptionPort", Kind::Integer, ""),
        optional("accessPointArn", Kind::String, ""),
    ],
};

#[rustfmt::skip] // one member, one line
static FSX_WINDOWS_FILE_SERVER_VOLUME_CONFIGURATION: Shape = Shape {
    name: "FSxWindowsFileServerVolumeConfiguration",
    members: &[
        required("fileSystemId", Kind::String, ""),
        required("rootDirectory", Kind::String, ""),
        required("authorizationConfig", Kind::Struct(&FSX_WINDOWS_FILE_SERVER_AUTHORIZATION_CONFIG), ""),
    ],
};

#[rustfmt::skip] // one member, one line
static FSX_WINDOWS_FILE_SERVER_AUTHORIZATION_CONFIG: Shape = Shape {
    name: "FSxWindowsFileServerAuthorizationConfig",
    members: &[
        required("credentialsParameter", Kind::String, ""),
        required("domain", Kind::String, ""),
    ],
};

#[rustfmt::skip] // one member, one line
static TASK_DEFINITION_PLACEMENT_CONSTRAINT: Shape = Shape {
    name: "TaskDefinitionPlacementConstraint",
    members: &[
        optional("type", Kind::Enum(&["memberOf"]), "Refused on Fargate."),
        optional("expression", Kind::String, "Refused on Fargate."),
    ],
};

#[rustfmt::skip] // one member, one line
static TAG: Shape = Shape {
    name: "Tag",
    members: &[
        filled("key", "1-128."),
        optional("value", Kind::String, "0-256."),
    ],
};

#[rustfmt::skip] // one member, one line
static PROXY_CONFIGURATION: Shape = Shape {
    name: "ProxyConfiguration",
    members: &[
        optional("type", Kind::Enum(&["APPMESH"]), "Default APPMESH."),
        required("containerName", Kind::String, ""),
        optional("properties", Kind::List(&Kind::Struct(&KEY_VALUE_PAIR)), "IgnoredUID or IgnoredGID, AppPorts, ProxyIngressPort, ProxyEgressPort, EgressIgnoredPorts, EgressIgnoredIPs."),
    ],
};

#[rustfmt::skip] // one member, one line
static INFERENCE_ACCELERATOR: Shape = Shape {
    name: "InferenceAccelerator",
    members: &[
        required("deviceName", Kind::String, "Refused on Fargate."),
        required("deviceType", Kind::String, "Refused on Fargate."),
    ],
};

#[rustfmt::skip] // one member, one line
static EPHEMERAL_STORAGE: Shape = Shape {
    name: "EphemeralStorage",
    members: &[
        required("sizeInGiB", Kind::Integer, "21-200."),
    ],
};

#[rustfmt::skip] // one member, one line
static RUNTIME_PLATFORM: Shape = Shape {
    name: "RuntimePlatform",
    members: &[
        optional("cpuArchitecture", Kind::Enum(&["X86_64", "ARM64"]), "ARM64: Linux only in the guide, yet WINDOWS_SERVER_2022_CORE + ARM64 registers; default X86_64."),
        optional("operatingSystemFamily", Kind::Enum(&OPERATING_SYSTEM_FAMILY), "FARGATE: LINUX, WINDOWS_SERVER_2019/2022 FULL/CORE; default LINUX."),
    ],
};

#[rustfmt::skip] // one member, one line
static TRUSTED_EXECUTION_CONFIGURATION: Shape = Shape {
    name: "TrustedExecutionConfiguration",
    members: &[
        required("isolationMode", Kind::Enum(&["SHARED", "ISOLATED_SANDBOX", "CONFIDENTIAL_SANDBOX"]), "Default SHARED when the object is absent; refused on Fargate."),
        optional("attestationPolicy", Kind::String, "Base64; required for CONFIDENTIAL_SANDBOX; refused on Fargate."),
    ],
};
