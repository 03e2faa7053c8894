//! `RunTask` refuses what the reading of a definition says that it would: one table serves both.

use crate::account::Account;
use fargate_core::task_definition::{Context, read};
use fargate_core::units::Date;
use serde_json::{Value, json};

/// Each need, as members of a task and of its container.
fn needs() -> Vec<(&'static str, Value, Value)> {
    let condition = |name: &str| json!([{ "containerName": "side", "condition": name }]);
    let parameter = "arn:aws:ssm:us-east-1:123456789012:parameter/p";
    let secret = json!([{ "name": "S", "valueFrom": parameter }]);
    let role = json!({ "executionRoleArn": "arn:aws:iam::123456789012:role/r" });
    let none = || json!({});
    vec![
        ("nothing", none(), none()),
        (
            "healthCheck",
            none(),
            json!({ "healthCheck": { "command": ["CMD", "true"] } }),
        ),
        (
            "repositoryCredentials",
            role.clone(),
            json!({ "repositoryCredentials": { "credentialsParameter": "c" } }),
        ),
        ("secrets", role, json!({ "secrets": secret })),
        (
            "dependsOn",
            none(),
            json!({ "dependsOn": condition("START") }),
        ),
        ("startTimeout", none(), json!({ "startTimeout": 60 })),
        ("stopTimeout", none(), json!({ "stopTimeout": 60 })),
        (
            "restartPolicy",
            none(),
            json!({ "restartPolicy": { "enabled": true } }),
        ),
        (
            "environmentFiles",
            none(),
            json!({ "environmentFiles": [{ "type": "s3", "value": "arn:aws:s3:::b/a.env" }] }),
        ),
        (
            "systemControls",
            none(),
            json!({ "systemControls": [{ "namespace": "net.core.somaxconn", "value": "1" }] }),
        ),
        (
            "capabilities",
            none(),
            json!({ "linuxParameters": { "capabilities": { "add": ["SYS_PTRACE"] } } }),
        ),
        (
            "efs",
            json!({ "volumes": [{ "name": "v", "efsVolumeConfiguration": { "fileSystemId": "fs-1" } }] }),
            none(),
        ),
        (
            "ephemeralStorage",
            json!({ "ephemeralStorage": { "sizeInGiB": 30 } }),
            none(),
        ),
        ("pidMode", json!({ "pidMode": "task" }), none()),
        (
            "enableFaultInjection",
            json!({ "enableFaultInjection": true }),
            none(),
        ),
        (
            "8 vCPU",
            json!({ "cpu": "8192", "memory": "16384" }),
            none(),
        ),
        (
            "ARM64",
            json!({ "runtimePlatform": { "cpuArchitecture": "ARM64" } }),
            none(),
        ),
        (
            "Windows",
            json!({ "runtimePlatform": { "operatingSystemFamily": "WINDOWS_SERVER_2019_CORE" } }),
            none(),
        ),
    ]
}

fn definition(task: &Value, container: &Value) -> Value {
    let mut definition = json!({
        "family": "t", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "1024", "memory": "2048"
    });
    let mut app = json!({ "name": "app", "image": "nginx:1.27" });
    for (name, value) in task.as_object().unwrap() {
        definition[name] = value.clone();
    }
    for (name, value) in container.as_object().unwrap() {
        app[name] = value.clone();
    }
    definition["containerDefinitions"] = json!([app, { "name": "side", "image": "nginx:1.27" }]);
    definition
}

#[test]
fn what_is_read_and_what_is_run_are_refused_alike() {
    let days = [
        "2017-11-29",
        "2018-04-01",
        "2018-12-31",
        "2019-12-31",
        "2020-04-08",
        "2020-12-31",
        "2021-03-01",
        "2021-11-23",
        "2022-09-16",
        "2023-08-09",
        "2023-08-10",
        "2024-08-14",
        "2024-08-15",
        "2024-12-01",
        "2026-11-21",
    ];
    let versions = ["LATEST", "1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.4.0", "1.4"];
    let (mut refused, mut accepted) = (0, 0);
    for day in days {
        for (name, task, container) in needs() {
            let definition = definition(&task, &container);
            let mut context = Context::fargate(Date::parse(day).unwrap());
            if !read(&definition.to_string(), &context).accepted() {
                // a size or a system that the day does not have
                continue;
            }
            let (mut account, subnet) = Account::new(day);
            account.register(&definition);
            for version in versions {
                context.platform_version = Some(version.to_owned());
                let reading = read(&definition.to_string(), &context);
                let told = reading
                    .run_refusal
                    .and_then(|at| reading.findings[at].aws.clone());
                let told = told.map(|aws| (aws.code, aws.message));
                let run = account.run(&subnet, version, true).err();
                let run = run.map(|error| (error.code, error.message));
                assert_eq!(told, run, "{name} on {version}, {day}");
                match run {
                    Some(_) => refused += 1,
                    None => accepted += 1,
                }
            }
        }
    }
    assert!(
        refused > 500 && accepted > 300,
        "{refused} refused, {accepted} accepted"
    );
}
