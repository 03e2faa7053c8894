//! ECS Exec: who gets into a container, in AWS's words where not, and what the shell there answers. Each file of `data/exec` is a task
//! and, below the line, what is typed with what comes back; `UPDATE_EXPECT=1` writes the answers anew.

use crate::account::Account;
use fargate_core::ids::TaskId;
use fargate_core::observe::exec::Shell;
use fargate_core::task::TaskState;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;

/// The words with which AWS says that no agent is there.
const NO_AGENT: &str = "InvalidParameterException: The execute command failed because execute command was not enabled when the task was run or the execute command agent isn’t running. Wait and try again or run a new task with execute command enabled and try again.";
const ROLE: &str = "arn:aws:iam::123456789012:role/web";

fn run(account: &mut Account, subnet: &str, more: &Value) -> TaskId {
    let mut run = json!({
        "taskDefinition": "t", "launchType": "FARGATE", "enableExecuteCommand": true,
        "networkConfiguration": { "awsvpcConfiguration": { "subnets": [subnet], "assignPublicIp": "ENABLED" } }
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        run[name] = value.clone();
    }
    match account.send("ecs:RunTask", &run).unwrap() {
        fargate_core::error::Reply::Tasks(tasks) => tasks[0].clone(),
        other => panic!("{other:?}"),
    }
}

fn until_running(account: &mut Account, task: &TaskId) {
    while account.world.tasks().get(task).unwrap().state() < TaskState::Running {
        let next = account.world.next_due().unwrap().0;
        account.until(next);
    }
}

fn exec(account: &mut Account, task: &TaskId, more: &Value) -> String {
    let mut input = json!({ "task": task.as_str(), "command": "/bin/sh", "interactive": true });
    for (name, value) in more.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    match account.send("ecs:ExecuteCommand", &input) {
        Ok(_) => String::new(),
        Err(error) => format!("{error}\n{}", error.cure),
    }
}

#[test]
fn a_command_is_let_in_only_where_aws_lets_it_in() {
    let (mut account, subnet) = Account::new("2026-01-10");
    let two = json!([{ "name": "web", "image": "nginx" }, { "name": "side", "image": "nginx", "essential": false }]);
    account.register(&json!({ "taskRoleArn": ROLE, "containerDefinitions": two }));
    let task = run(&mut account, &subnet, &json!({}));
    let web = json!({ "container": "web" });
    let found = exec(&mut account, &task, &web);
    assert_eq!(
        found,
        format!("{NO_AGENT}\nweb is not running; wait until it is, or look at why it ended.")
    );
    until_running(&mut account, &task);
    account.until(account.world.now().0 + 5_000);
    for (input, refusal) in [
        (web.clone(), ""),
        (json!({ "container": "side" }), ""),
        (
            json!({}),
            "InvalidParameterException: The container name is required for a task with more than one container.",
        ),
        (
            json!({ "container": "db" }),
            "InvalidParameterException: The container name db is not valid for this task.",
        ),
        (
            json!({ "container": "web", "interactive": false }),
            "InvalidParameterException: Interactive is the only mode supported currently.",
        ),
        (
            json!({ "container": "web", "command": " " }),
            "InvalidParameterException: Command cannot be empty.",
        ),
        (
            json!({ "container": "web", "task": "0123" }),
            "InvalidParameterException: The referenced task was not found.",
        ),
    ] {
        let found = exec(&mut account, &task, &input);
        assert_eq!(found.lines().next().unwrap_or_default(), refusal, "{input}");
    }
    let other = run(
        &mut account,
        &subnet,
        &json!({ "enableExecuteCommand": false }),
    );
    until_running(&mut account, &other);
    let found = exec(&mut account, &other, &web);
    assert_eq!(
        found,
        format!(
            "{NO_AGENT}\nRun a new task with enableExecuteCommand: it cannot be switched on in one that runs."
        )
    );
    let old = run(
        &mut account,
        &subnet,
        &json!({ "platformVersion": "1.3.0" }),
    );
    until_running(&mut account, &old);
    let found = exec(&mut account, &old, &web);
    assert_eq!(
        found,
        format!(
            "{NO_AGENT}\nPlatform version 1.3.0 has no ECS Exec; run the task on 1.4.0 or LATEST."
        )
    );
    // the way to the service is closed while the task runs
    let table = account
        .world
        .network()
        .vpcs
        .values()
        .next()
        .unwrap()
        .main_route_table
        .to_string();
    account
        .send(
            "ec2:DeleteRoute",
            &json!({ "RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0" }),
        )
        .unwrap();
    let found = exec(&mut account, &task, &web);
    let (refusal, cure) = found.split_once('\n').unwrap();
    assert_eq!(
        refusal,
        "TargetNotConnectedException: The execute command failed due to an internal error. Try again later."
    );
    assert!(
        cure.contains("ssmmessages.us-east-1.amazonaws.com") && cure.contains("rtb-"),
        "{cure}"
    );
}

#[test]
fn before_it_was_there_nobody_gets_in() {
    let (mut account, subnet) = Account::new("2020-12-01");
    account.register(&json!({ "taskRoleArn": ROLE, "containerDefinitions": [{ "name": "web", "image": "nginx" }] }));
    let task = run(
        &mut account,
        &subnet,
        &json!({ "enableExecuteCommand": null, "platformVersion": "1.4.0" }),
    );
    until_running(&mut account, &task);
    let found = exec(&mut account, &task, &json!({}));
    assert!(
        found.starts_with("InvalidAction: ")
            && found.ends_with("since 2021-03-15; let the scenario play later."),
        "{found}"
    );
}

#[test]
fn the_shell_answers_what_is_typed() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/exec"));
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "there are shells to type in");
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let (input, typed) = text.split_once("\n---\n").unwrap();
        let setup: Value = serde_json::from_str(input).unwrap();
        let (mut account, subnet) = Account::new(setup["asOf"].as_str().unwrap_or("2026-11-21"));
        if setup["hostnames"] == true {
            let vpc = account.world.network().vpcs.values().next().unwrap();
            let on = json!({ "VpcId": vpc.id.as_str(), "EnableDnsHostnames": { "Value": true } });
            account.send("ec2:ModifyVpcAttribute", &on).unwrap();
        }
        account.register(&setup["definition"]);
        let task = run(&mut account, &subnet, &setup["run"]);
        until_running(&mut account, &task);
        account.until(account.world.now().0 + 10_000);
        let name = setup["container"].as_str().unwrap();
        let shell = Shell::new(account.world.account(), &task, name).unwrap();
        let mut found = String::new();
        assert!(typed.starts_with("$ "), "{file:?}: nothing is typed");
        for line in typed.lines().filter_map(|line| line.strip_prefix("$ ")) {
            let answer = shell.run(line);
            writeln!(found, "$ {line}").unwrap();
            let json = answer.out.starts_with('{') && setup["indent"] == true;
            let out = if json {
                fargate_core::text::Json::known(&answer.out).indented()
            } else {
                answer.out.clone()
            };
            let out = out.replace(task.as_str(), "TASK");
            if !out.is_empty() {
                writeln!(found, "{out}").unwrap();
            }
            if answer.code > 0 {
                writeln!(found, "[{}]", answer.code).unwrap();
            }
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&file, format!("{input}\n---\n{found}")).unwrap();
        } else {
            assert_eq!(found, typed, "{file:?}: UPDATE_EXPECT=1 writes it anew");
        }
    }
}
