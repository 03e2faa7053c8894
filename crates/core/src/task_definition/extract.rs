//! From the tree to the model: everything that can be understood is, whatever else is wrong.

use super::model::{
    Condition, ContainerDefinition, Dependency, HealthCheck, Mount, PortMapping, Protocol,
    RestartPolicy, Secret, SecretStore, System, TaskDefinition, Volume,
};
use crate::compute::sizes::{parse_cpu, parse_memory};
use crate::text::{Node, Value};
use crate::units::{CpuUnits, MiB};
use std::sync::Arc;

/// The model of a definition's object; what is absent or not understood stays empty.
pub(super) fn task_definition(root: &Node) -> TaskDefinition {
    let size = |name: &str| root.get(name).and_then(scalar);
    TaskDefinition {
        family: text(root, "family").unwrap_or_default(),
        cpu: size("cpu").and_then(parse_cpu),
        memory: size("memory").and_then(parse_memory),
        network_mode: text(root, "networkMode"),
        requires_compatibilities: strings(root, "requiresCompatibilities"),
        task_role_arn: text(root, "taskRoleArn"),
        execution_role_arn: text(root, "executionRoleArn"),
        containers: containers(root)
            .map(|node| Arc::new(container(node)))
            .collect(),
        volumes: list(root, "volumes").iter().filter_map(volume).collect(),
        ephemeral_gib: root
            .get("ephemeralStorage")
            .and_then(|storage| whole(storage.get("sizeInGiB")?)),
        system: system(root),
    }
}

fn system(root: &Node) -> System {
    let platform = |name: &str| root.get("runtimePlatform")?.get(name)?.as_str();
    if platform("operatingSystemFamily").is_some_and(|family| family.starts_with("WINDOWS")) {
        System::Windows
    } else if platform("cpuArchitecture") == Some("ARM64") {
        System::LinuxArm
    } else {
        System::LinuxX86
    }
}

/// The items of a member that is a list.
fn list<'a>(node: &'a Node, name: &str) -> &'a [Node] {
    node.get(name).map(Node::items).unwrap_or_default()
}

fn volume(node: &Node) -> Option<Volume> {
    const ELSEWHERE: [&str; 4] = [
        "efsVolumeConfiguration",
        "fsxWindowsFileServerVolumeConfiguration",
        "s3filesVolumeConfiguration",
        "configuredAtLaunch",
    ];
    Some(Volume {
        name: text(node, "name")?,
        local: !ELSEWHERE.iter().any(|kind| node.get(kind).is_some()),
    })
}

/// The objects of `containerDefinitions`, in order.
pub(super) fn containers(root: &Node) -> impl Iterator<Item = &Node> {
    let items = root.get("containerDefinitions").map(Node::items);
    let items = items.unwrap_or_default().iter();
    items.filter(|item| matches!(item.value, Value::Object(_)))
}

fn container(node: &Node) -> ContainerDefinition {
    let number = |name: &str| whole(node.get(name)?);
    let mappings = node.get("portMappings").map(Node::items);
    ContainerDefinition {
        name: text(node, "name").unwrap_or_default(),
        image: text(node, "image").unwrap_or_default(),
        cpu: number("cpu").map(CpuUnits),
        memory: number("memory").map(MiB),
        memory_reservation: number("memoryReservation").map(MiB),
        essential: node.get("essential").and_then(truth).unwrap_or(true),
        port_mappings: mappings
            .unwrap_or_default()
            .iter()
            .filter_map(port_mapping)
            .collect(),
        stop_timeout: number("stopTimeout"),
        start_timeout: number("startTimeout"),
        depends_on: list(node, "dependsOn")
            .iter()
            .filter_map(dependency)
            .collect(),
        health_check: node.get("healthCheck").map(health_check),
        restart: node.get("restartPolicy").and_then(restart_policy),
        environment: ["environment", "secrets"]
            .iter()
            .flat_map(|member| list(node, member))
            .filter_map(|entry| text(entry, "name"))
            .collect(),
        secrets: secrets(node),
        awslogs: node
            .get("logConfiguration")
            .and_then(|log| log.get("logDriver"))
            .and_then(Node::as_str)
            == Some("awslogs"),
        log_group: log_option(node, "awslogs-group"),
        creates_log_group: log_option(node, "awslogs-create-group").as_deref() == Some("true"),
        environment_files: list(node, "environmentFiles")
            .iter()
            .filter_map(|entry| text(entry, "value"))
            .collect(),
        mounts: list(node, "mountPoints").iter().filter_map(mount).collect(),
        volumes_from: list(node, "volumesFrom")
            .iter()
            .filter_map(|entry| text(entry, "sourceContainer"))
            .collect(),
        read_only_root: node
            .get("readonlyRootFilesystem")
            .and_then(truth)
            .unwrap_or(false),
    }
}

/// An option of the log driver `awslogs`.
fn log_option(node: &Node, name: &str) -> Option<String> {
    let log = node.get("logConfiguration")?;
    let awslogs = log.get("logDriver").and_then(Node::as_str) == Some("awslogs");
    text(log.get("options").filter(|_| awslogs)?, name)
}

/// What is fetched before the container starts. A `valueFrom` that names Secrets Manager is a secret, any other a parameter.
/// Source: API reference of `Secret`.
fn secrets(node: &Node) -> Vec<Secret> {
    let options = node
        .get("logConfiguration")
        .map(|log| list(log, "secretOptions"));
    let listed = list(node, "secrets")
        .iter()
        .chain(options.unwrap_or_default());
    let named = listed.filter_map(|entry| text(entry, "valueFrom"));
    let login = node.get("repositoryCredentials");
    let login = login.and_then(|it| text(it, "credentialsParameter"));
    let secret = |value_from: String| Secret {
        store: if value_from.contains(":secretsmanager:") {
            SecretStore::SecretsManager
        } else {
            SecretStore::ParameterStore
        },
        value_from,
        login: false,
    };
    // a login is always kept in Secrets Manager, by its ARN or its name
    let login = login.map(|value_from| Secret {
        store: SecretStore::SecretsManager,
        value_from,
        login: true,
    });
    named.map(secret).chain(login).collect()
}

fn dependency(node: &Node) -> Option<Dependency> {
    let condition = match node.get("condition")?.as_str()? {
        "START" => Condition::Start,
        "COMPLETE" => Condition::Complete,
        "SUCCESS" => Condition::Success,
        "HEALTHY" => Condition::Healthy,
        _ => return None,
    };
    Some(Dependency {
        container: text(node, "containerName")?,
        condition,
    })
}

fn health_check(node: &Node) -> HealthCheck {
    let number = |name: &str, default: u32| node.get(name).and_then(whole).unwrap_or(default);
    HealthCheck {
        interval: number("interval", 30),
        timeout: number("timeout", 5),
        retries: number("retries", 3),
        start_period: number("startPeriod", 0),
    }
}

/// The policy, where it is enabled.
fn restart_policy(node: &Node) -> Option<RestartPolicy> {
    node.get("enabled").and_then(truth).filter(|on| *on)?;
    let code = |node: &Node| scalar(node)?.trim().parse().ok();
    Some(RestartPolicy {
        ignored: list(node, "ignoredExitCodes")
            .iter()
            .filter_map(code)
            .collect(),
        period: node
            .get("restartAttemptPeriod")
            .and_then(whole)
            .unwrap_or(300),
    })
}

fn mount(node: &Node) -> Option<Mount> {
    Some(Mount {
        volume: text(node, "sourceVolume")?,
        path: text(node, "containerPath")?,
        read_only: node.get("readOnly").and_then(truth).unwrap_or(false),
    })
}

fn port_mapping(node: &Node) -> Option<PortMapping> {
    let port = |name: &str| u16::try_from(whole(node.get(name)?)?).ok();
    Some(PortMapping {
        container_port: port("containerPort").filter(|&port| port > 0)?,
        host_port: port("hostPort"),
        protocol: protocol(node),
    })
}

/// The protocol of a mapping: udp where it says so, else tcp, as the API reference has it.
pub(super) fn protocol(mapping: &Node) -> Protocol {
    match mapping.get("protocol").and_then(Node::as_str) {
        Some("udp") => Protocol::Udp,
        _ => Protocol::Tcp,
    }
}

/// The first and last port of a `containerPortRange`; `None` where it is none.
pub(super) fn port_range(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once('-')?;
    let (first, last) = (first.parse::<u16>().ok()?, last.parse::<u16>().ok()?);
    (0 < first && first < last).then_some((first, last))
}

fn text(node: &Node, name: &str) -> Option<String> {
    node.get(name)?.as_str().map(str::to_owned)
}

fn strings(node: &Node, name: &str) -> Vec<String> {
    let Some(value) = node.get(name) else {
        return Vec::new();
    };
    // one text where a list belongs is understood
    let items = value.items().iter().chain(value.as_str().map(|_| value));
    items.filter_map(Node::as_str).map(str::to_owned).collect()
}

/// The text of a string or number.
fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::String(text) | Value::Number(text) => Some(text),
        _ => None,
    }
}

/// A whole number from zero on, written as a number or as text.
fn whole(node: &Node) -> Option<u32> {
    scalar(node)?.trim().parse().ok()
}

/// A truth value, written as such or as text.
fn truth(node: &Node) -> Option<bool> {
    node.as_bool().or_else(|| node.as_str()?.parse().ok())
}
