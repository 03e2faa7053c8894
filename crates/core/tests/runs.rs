//! What tasks do by the settings of their definition: each file of `data/runs` is a definition, the images it uses and
//! what then happens, in seconds since the containers may start. `UPDATE_EXPECT=1 cargo test` writes the ends anew.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

use fargate_core::call::{Call, RegisterTaskDefinition};
use fargate_core::error::{ApiError, Reply};
use fargate_core::event::{Event, Fact};
use fargate_core::ids::TaskId;
use fargate_core::task::{ContainerStatus, TaskState};
use fargate_core::units::{Date, SimTime};
use fargate_core::world::{Budget, Settings, World};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

/// What stands between a file's input and what it leads to.
const RULE: &str = "\n---\n";

struct Account {
    world: World,
    calls: u32,
    log: Vec<Event>,
}

impl Account {
    fn send(&mut self, action: &str, input: &Value) -> Result<Reply, ApiError> {
        let call: Call =
            serde_json::from_value(json!({ "action": action, "input": input })).unwrap();
        self.calls += 1;
        self.world.apply(self.calls, &call, &mut self.log)
    }

    fn make(&mut self, action: &str, input: &Value) -> String {
        match self.send(action, input).expect(action) {
            Reply::Made(id) => id,
            other => panic!("nothing was made: {other:?}"),
        }
    }

    /// An account with a public subnet, on a day.
    fn new(as_of: &str) -> (Self, String) {
        let settings = Settings {
            seed: 7,
            as_of: Date::parse(as_of).unwrap(),
            images: BTreeMap::new(),
        };
        let mut account = Self {
            world: World::new(settings),
            calls: 0,
            log: Vec::new(),
        };
        let vpc = account.make("ec2:CreateVpc", &json!({ "CidrBlock": "10.0.0.0/16" }));
        let gateway = account.make("ec2:CreateInternetGateway", &json!({}));
        let attach = json!({ "InternetGatewayId": gateway, "VpcId": vpc });
        account.send("ec2:AttachInternetGateway", &attach).unwrap();
        let table = account.world.network().vpcs.values().next().unwrap();
        let route = json!({
            "RouteTableId": table.main_route_table, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway
        });
        account.send("ec2:CreateRoute", &route).unwrap();
        let group = account
            .world
            .network()
            .security_groups
            .values()
            .next()
            .unwrap();
        let group = group.id.clone();
        let open = json!({
            "GroupId": group, "IpPermissions": [{ "IpProtocol": "tcp", "FromPort": 1, "ToPort": 65535, "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }]
        });
        account
            .send("ec2:AuthorizeSecurityGroupIngress", &open)
            .unwrap();
        let subnet = json!({ "VpcId": vpc, "CidrBlock": "10.0.0.0/24" });
        let subnet = account.make("ec2:CreateSubnet", &subnet);
        (account, subnet)
    }

    fn until(&mut self, ms: u64) {
        self.world
            .advance(SimTime(ms), Budget(u32::MAX), &mut self.log);
    }
}

/// What a file's input leads to.
fn run(input: &Value) -> String {
    let text = |name: &str, default: &str| input[name].as_str().unwrap_or(default).to_owned();
    let (mut account, subnet) = Account::new(&text("asOf", "2026-11-21"));
    for (image, behaviour) in input["images"].as_object().into_iter().flatten() {
        let put = json!({ "image": image, "behaviour": behaviour });
        account.send("playground:PutImage", &put).unwrap();
    }
    let mut definition = json!({
        "family": "t", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "1024", "memory": "2048"
    });
    for (name, value) in input["definition"].as_object().unwrap() {
        definition[name] = value.clone();
    }
    let register = RegisterTaskDefinition { definition };
    account.calls += 1;
    let number = account.calls;
    let registered = account
        .world
        .apply(number, &register.into(), &mut account.log);
    registered.unwrap_or_else(|error| panic!("{error}"));
    let public = if input["private"] == true {
        "DISABLED"
    } else {
        "ENABLED"
    };
    let run = json!({
        "taskDefinition": "t", "launchType": "FARGATE", "platformVersion": text("platform", "LATEST"),
        "networkConfiguration": { "awsvpcConfiguration": { "subnets": [subnet], "assignPublicIp": public } }
    });
    let task = match account.send("ecs:RunTask", &run) {
        Ok(Reply::Tasks(tasks)) => tasks[0].clone(),
        Ok(other) => panic!("{other:?}"),
        Err(error) => return format!("{}: {}\n{}\n", error.code, error.message, error.cure),
    };
    let from = begins(&mut account, &task);
    if let Some(rate) = input["requestsPerSecond"].as_u64() {
        account.until(from + 5_000);
        let traffic = json!({ "from": "internet", "to": task, "port": input["port"], "rateTenths": rate * 10 });
        account.send("playground:SetTraffic", &traffic).unwrap();
    }
    if let Some(seconds) = input["stopAfter"].as_u64() {
        account.until(from + seconds * 1_000);
        let stop = json!({ "task": task, "reason": "enough" });
        account.send("ecs:StopTask", &stop).unwrap();
    }
    account.until(from + input["for"].as_u64().unwrap_or(100) * 1_000);
    transcript(&account, &task, from)
}

/// When the containers may start, or the task stops for want of its images.
fn begins(account: &mut Account, task: &TaskId) -> u64 {
    loop {
        let found = account.world.tasks().get(task).unwrap().state();
        if found >= TaskState::Activating {
            return account.world.now().0;
        }
        let next = account.world.next_due().unwrap().0;
        account.until(next);
    }
}

fn transcript(account: &Account, id: &TaskId, from: u64) -> String {
    let mut out = String::new();
    let short = format!(" of {}", id.short());
    let events = account.log.iter().filter(|event| {
        event.at.0 >= from
            && !matches!(
                event.fact,
                Fact::PullStopped { .. } | Fact::InterfaceReleased { .. } | Fact::Request { .. }
            )
    });
    for event in events {
        let line = event.fact.to_string().replace(&short, "");
        let line = line.replace(&format!("t:1 {}", id.short()), "task");
        let line = line.replace(&format!("Task {}", id.short()), "task");
        let seconds = (event.at.0 - from) as f64 / 1_000.0;
        writeln!(out, "{seconds:>7.1}  {line}").unwrap();
    }
    let task = account.world.tasks().get(id).unwrap();
    write!(out, "task {} {}", task.state().aws(), task.health().aws()).unwrap();
    if let Some(stop) = &task.stop {
        write!(out, ", {}: {}", stop.code.aws(), stop.reason).unwrap();
    }
    let shares = account.world.shares(task);
    for (container, share) in task.containers.iter().zip(shares.containers) {
        write!(out, "\n  {} ", container.name).unwrap();
        match &container.status {
            ContainerStatus::Pending => out.push_str("PENDING"),
            ContainerStatus::Running => write!(
                out,
                "RUNNING, {} of {} CPU units, {} MiB",
                share.cpu.granted, share.wants_cpu, share.memory
            )
            .unwrap(),
            ContainerStatus::Stopped { code, reason } => {
                let code = code.map_or_else(
                    || "no exit code".to_owned(),
                    |code| format!("exit code {code}"),
                );
                let reason = reason.as_deref().unwrap_or("no reason");
                write!(out, "STOPPED, {code}, {reason}").unwrap();
            }
        }
        write!(
            out,
            ", {}, {} starts",
            container.health.aws(),
            container.starts
        )
        .unwrap();
    }
    out.push('\n');
    out
}

#[test]
fn each_task_does_what_its_file_says() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/runs");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 20, "the files are found: {}", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let (input, expected) = text.split_once(RULE).unwrap_or((&text, ""));
        let (about, json) = input.split_once('\n').unwrap();
        assert!(
            about.starts_with("# "),
            "{} says what it is about",
            file.display()
        );
        let value = serde_json::from_str(json)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let found = run(&value);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&file, format!("{input}{RULE}{found}")).unwrap();
        } else {
            assert_eq!(found, expected, "{}: {about}", file.display());
        }
    }
}
