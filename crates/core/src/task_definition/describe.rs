//! What AWS makes of a registered definition: its answer to `DescribeTaskDefinition`.
//!
//! Source: answers of the API captured in September 2026.

use super::context::Context;
use super::model::{ContainerDefinition, TaskDefinition};
use serde_json::{Map, Value, json};

/// The revision as `DescribeTaskDefinition` shows it: what was sent, with what AWS fills in and adds. Times and the
/// caller's ARN are left to who knows them.
pub fn described(
    sent: &Value,
    definition: &TaskDefinition,
    revision: u32,
    compatibilities: &[&str],
    context: &Context,
) -> Value {
    let family = &definition.family;
    let (region, account) = (&context.region, &context.account);
    let mut out = Map::new();
    let arn = format!("arn:aws:ecs:{region}:{account}:task-definition/{family}:{revision}");
    out.insert("taskDefinitionArn".to_owned(), arn.into());
    for (name, value) in sent.as_object().into_iter().flatten() {
        // tags are shown apart, and only where they are asked for
        if name != "tags" {
            out.insert(name.clone(), value.clone());
        }
    }
    if let Some(cpu) = definition.cpu {
        out.insert("cpu".to_owned(), cpu.to_string().into());
    }
    if let Some(memory) = definition.memory {
        out.insert("memory".to_owned(), memory.to_string().into());
    }
    for name in ["volumes", "placementConstraints"] {
        out.entry(name).or_insert_with(|| json!([]));
    }
    let mode = definition.network_mode.as_deref().unwrap_or_default();
    if let Some(Value::Array(containers)) = out.get_mut("containerDefinitions") {
        for (sent, container) in containers.iter_mut().zip(&definition.containers) {
            if let Value::Object(sent) = sent {
                fill_in(sent, container, mode);
            }
        }
    }
    let attributes = attributes(&out, definition);
    out.insert("revision".to_owned(), revision.into());
    out.insert("status".to_owned(), "ACTIVE".into());
    let attributes = attributes.into_iter().map(|name| json!({ "name": name }));
    out.insert("requiresAttributes".to_owned(), attributes.collect());
    out.insert("compatibilities".to_owned(), json!(compatibilities));
    out.into()
}

/// Adds what AWS fills into a container where it is absent.
fn fill_in(sent: &mut Map<String, Value>, container: &ContainerDefinition, mode: &str) {
    let cpu = container.cpu.unwrap_or_default().0;
    sent.entry("cpu").or_insert_with(|| cpu.into());
    sent.entry("essential").or_insert(Value::Bool(true));
    for name in [
        "portMappings",
        "environment",
        "mountPoints",
        "volumesFrom",
        "systemControls",
    ] {
        sent.entry(name).or_insert_with(|| json!([]));
    }
    if let Some(Value::Array(mappings)) = sent.get_mut("portMappings") {
        for mapping in mappings.iter_mut().filter_map(Value::as_object_mut) {
            let port = mapping.get("containerPort").cloned();
            if let Some(port) = port {
                let host = if matches!(mode, "awsvpc" | "host") {
                    port
                } else {
                    json!(0)
                };
                mapping.entry("hostPort").or_insert(host);
            }
            mapping.entry("protocol").or_insert_with(|| "tcp".into());
        }
    }
    if let Some(Value::Object(check)) = sent.get_mut("healthCheck") {
        for (name, value) in [("interval", 30), ("timeout", 5), ("retries", 3)] {
            check.entry(name).or_insert_with(|| value.into());
        }
    }
}

/// What an instance must be able to do, in the order of AWS's table.
fn attributes(out: &Map<String, Value>, definition: &TaskDefinition) -> Vec<&'static str> {
    const API: [&str; 4] = [
        "com.amazonaws.ecs.capability.docker-remote-api.1.18",
        "com.amazonaws.ecs.capability.docker-remote-api.1.19",
        "com.amazonaws.ecs.capability.docker-remote-api.1.21",
        "com.amazonaws.ecs.capability.docker-remote-api.1.29",
    ];
    let containers = out.get("containerDefinitions").and_then(Value::as_array);
    let containers = || containers.into_iter().flatten();
    let has = |name: &str| containers().any(|container| container.get(name).is_some());
    let awslogs = containers().any(|container| {
        let logs = container.get("logConfiguration");
        logs.and_then(|logs| logs.get("logDriver")?.as_str()) == Some("awslogs")
    });
    let digests = definition.containers.iter();
    let digest = digests
        .into_iter()
        .any(|container| container.image.contains('@'));
    let ordered = ["dependsOn", "startTimeout", "stopTimeout"];
    let execution_role = definition.execution_role_arn.is_some();
    let wanted = [
        (
            definition.network_mode.as_deref() == Some("awsvpc"),
            &[API[0], "ecs.capability.task-eni"][..],
        ),
        (
            ordered.into_iter().any(has),
            &["ecs.capability.container-ordering"],
        ),
        (
            awslogs,
            &[
                "com.amazonaws.ecs.capability.logging-driver.awslogs",
                API[1],
            ],
        ),
        (digest, &[API[2]]),
        (
            has("healthCheck"),
            &["ecs.capability.container-health-check", API[3]],
        ),
        (
            definition.task_role_arn.is_some(),
            &["com.amazonaws.ecs.capability.task-iam-role"],
        ),
        (
            execution_role && awslogs,
            &["ecs.capability.execution-role-awslogs"],
        ),
    ];
    let wanted = wanted.into_iter().filter(|(wanted, _)| *wanted);
    wanted
        .flat_map(|(_, names)| names.iter().copied())
        .collect()
}
