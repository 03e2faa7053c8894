//! What AWS makes of a registered definition: its answer to `DescribeTaskDefinition`.
//!
//! Source: answers of the API captured in September 2026.

use super::context::Context;
use super::model::{ContainerDefinition, TaskDefinition};
use crate::text::{Json, Key, Member, Node, Span, Value};

/// The revision as `DescribeTaskDefinition` shows it: what was sent, with what AWS fills in and adds. Times and the
/// caller's ARN are left to who knows them.
pub fn described(
    sent: &Node,
    definition: &TaskDefinition,
    revision: u32,
    compatibilities: &[&str],
    context: &Context,
) -> Json {
    let family = &definition.family;
    let (region, account) = (&context.region, &context.account);
    let mut out = Vec::new();
    let arn = format!("arn:aws:ecs:{region}:{account}:task-definition/{family}:{revision}");
    set(&mut out, "taskDefinitionArn", text(&arn));
    for member in sent.members() {
        // tags are shown apart, and only where they are asked for
        if *member.key.name != *"tags" {
            set(&mut out, &member.key.name, member.value.value.clone());
        }
    }
    if let Some(cpu) = definition.cpu {
        set(&mut out, "cpu", text(&cpu.to_string()));
    }
    if let Some(memory) = definition.memory {
        set(&mut out, "memory", text(&memory.to_string()));
    }
    for name in ["volumes", "placementConstraints"] {
        fill(&mut out, name, Value::Array(Vec::new()));
    }
    let mode = definition.network_mode.as_deref().unwrap_or_default();
    if let Some(Value::Array(containers)) = of(&mut out, "containerDefinitions") {
        for (sent, container) in containers.iter_mut().zip(&definition.containers) {
            if let Value::Object(sent) = &mut sent.value {
                fill_in(sent, container, mode);
            }
        }
    }
    let attributes = attributes(&mut out, definition);
    set(&mut out, "revision", number(revision));
    set(&mut out, "status", text("ACTIVE"));
    let attributes = attributes.into_iter().map(|name| {
        let mut attribute = Vec::new();
        set(&mut attribute, "name", text(name));
        node(Value::Object(attribute))
    });
    let attributes = Value::Array(attributes.collect());
    set(&mut out, "requiresAttributes", attributes);
    let compatibilities = compatibilities.iter().map(|name| node(text(name)));
    let compatibilities = Value::Array(compatibilities.collect());
    set(&mut out, "compatibilities", compatibilities);
    Json::of(&node(Value::Object(out)))
}

/// Adds what AWS fills into a container where it is absent.
fn fill_in(sent: &mut Vec<Member>, container: &ContainerDefinition, mode: &str) {
    fill(sent, "cpu", number(container.cpu.unwrap_or_default().0));
    fill(sent, "essential", Value::Bool(true));
    for name in [
        "portMappings",
        "environment",
        "mountPoints",
        "volumesFrom",
        "systemControls",
    ] {
        fill(sent, name, Value::Array(Vec::new()));
    }
    if let Some(Value::Array(mappings)) = of(sent, "portMappings") {
        for mapping in mappings {
            let Value::Object(mapping) = &mut mapping.value else {
                continue;
            };
            if let Some(port) = of(mapping, "containerPort").cloned() {
                let same = matches!(mode, "awsvpc" | "host");
                fill(mapping, "hostPort", if same { port } else { number(0) });
            }
            fill(mapping, "protocol", text("tcp"));
        }
    }
    if let Some(Value::Object(check)) = of(sent, "healthCheck") {
        for (name, value) in [("interval", 30), ("timeout", 5), ("retries", 3)] {
            fill(check, name, number(value));
        }
    }
}

/// The value of a member.
fn of<'m>(members: &'m mut [Member], name: &str) -> Option<&'m mut Value> {
    let mut members = members.iter_mut();
    let member = members.find(|member| *member.key.name == *name);
    member.map(|member| &mut member.value.value)
}

/// Gives a member a value, in its place if it is there, else at the end.
fn set(members: &mut Vec<Member>, name: &str, value: Value) {
    match of(members, name) {
        Some(there) => *there = value,
        None => members.push(Member {
            key: Key {
                span: Span::default(),
                name: name.into(),
            },
            value: node(value),
            shadowed: false,
        }),
    }
}

/// Gives a member a value if it is absent.
fn fill(members: &mut Vec<Member>, name: &str, value: Value) {
    if of(members, name).is_none() {
        set(members, name, value);
    }
}

/// A value that stands in no text.
fn node(value: Value) -> Node {
    let span = Span::default();
    Node { span, value }
}

fn text(text: &str) -> Value {
    Value::String(text.into())
}

fn number(number: u32) -> Value {
    Value::Number(number.to_string().into())
}

/// What an instance must be able to do, in the order of AWS's table.
fn attributes(out: &mut [Member], definition: &TaskDefinition) -> Vec<&'static str> {
    const API: [&str; 4] = [
        "com.amazonaws.ecs.capability.docker-remote-api.1.18",
        "com.amazonaws.ecs.capability.docker-remote-api.1.19",
        "com.amazonaws.ecs.capability.docker-remote-api.1.21",
        "com.amazonaws.ecs.capability.docker-remote-api.1.29",
    ];
    let containers = match of(out, "containerDefinitions") {
        Some(Value::Array(containers)) => &containers[..],
        _ => &[],
    };
    let containers = || containers.iter();
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
