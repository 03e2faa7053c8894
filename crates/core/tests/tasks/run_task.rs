//! `RunTask`, services and what comes of them, as scripts: each file of `data/run-task` and `data/services` is what is asked of an account,
//! and beneath each line, indented, what it answers. `UPDATE_EXPECT=1 cargo test` writes the answers anew.
//!
//! `run {…}` runs family `t` in the account's subnet with further members of the call; on Fargate, where they name neither launch type nor
//! strategy and do not say `"launchType":null`. `ACTION {…}` is any call. `wait 60` lets seconds pass, `events` tells what happened since it
//! was asked last, `told NAME` what a service told since then, `show T1 a.b` shows members of what `DescribeTasks` answers of a task,
//! `show NAME a.b` of what `DescribeServices` answers. `service {…}` creates service `web` of family `t` in the account's subnet, on Fargate.
//! `sent NAME a.b` shows members of each event about a service that EventBridge got, `noticed a.b` of each notice of a retirement. `balancer` makes a load balancer that forwards to the target group `$group`.
//! `T1` is the first task that was run, `D1` the first deployment, `$long` a word of 8,192 characters.

use crate::account::Account;
use fargate_core::error::Reply;
use fargate_core::event::Fact;
use fargate_core::observe::{Told, bridge};
use fargate_core::task::Task;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;

struct Script {
    account: Account,
    subnet: String,
    tasks: Vec<String>,
    deployments: Vec<String>,
    group: String,
    told: usize,
    heard: usize,
}

impl Script {
    fn new(as_of: &str) -> Self {
        let (account, subnet) = Account::new(as_of);
        let told = account.log.len();
        Self {
            account,
            subnet,
            tasks: Vec::new(),
            deployments: Vec::new(),
            group: String::new(),
            told,
            heard: told,
        }
    }

    /// What stands in the place of a name in a line.
    fn fill(&self, text: &str) -> String {
        let mut text = text.replace("$subnet", &self.subnet);
        text = text.replace("$group", &self.group);
        text = text.replace("$long", &"x".repeat(8_192));
        for (place, id) in self.tasks.iter().enumerate().rev() {
            text = text.replace(&format!("\"T{}\"", place + 1), &format!("\"{id}\""));
        }
        text
    }

    /// Names in the place of ids.
    fn name(&self, text: &str) -> String {
        let mut text = text.replace(&self.subnet, "$subnet");
        if !self.group.is_empty() {
            text = text.replace(&self.group, "$group");
        }
        for (place, id) in self.deployments.iter().enumerate() {
            text = text.replace(id, &format!("D{}", place + 1));
        }
        for (place, id) in self.tasks.iter().enumerate() {
            text = text.replace(id, &format!("T{}", place + 1));
        }
        text
    }

    fn line(&mut self, line: &str) -> String {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let answer = match word {
            "wait" => {
                let seconds: f64 = rest.parse().unwrap();
                let until = self.account.world.now().0 + (seconds * 1_000.0) as u64;
                self.account.until(until);
                String::new()
            }
            "events" => self.events(),
            "told" => self.told(rest),
            "sent" => {
                let service = rest.split(' ').next().unwrap();
                self.sent(
                    rest,
                    &|told| matches!(told, Told::Service { service: of, .. } if of == service),
                )
            }
            "noticed" => self.sent(&format!("- {rest}"), &|told| {
                matches!(told, Told::Notice { .. })
            }),
            "service" => self.service(rest),
            "balancer" => self.balancer(),
            "show" if !rest.starts_with('T') => self.show_service(rest),
            "show" => self.show(rest),
            "register" => {
                self.account.register(&serde_json::from_str(rest).unwrap());
                String::new()
            }
            "run" => self.run(rest),
            _ => self.send(word, &serde_json::from_str(&self.fill(rest)).expect(line)),
        };
        self.learn();
        self.name(&answer)
    }

    /// Tasks and deployments that nobody named yet.
    fn learn(&mut self) {
        for event in &self.account.log {
            if let Fact::State { task, .. } = &event.fact
                && !self.tasks.contains(&task.to_string())
            {
                self.tasks.push(task.to_string());
            }
        }
        for service in self.account.world.services().all() {
            for deployment in service.deployments.iter().rev() {
                if !self.deployments.contains(&deployment.id.to_string()) {
                    self.deployments.push(deployment.id.to_string());
                }
            }
        }
    }

    fn service(&mut self, members: &str) -> String {
        let members: Value = serde_json::from_str(&self.fill(members)).expect(members);
        let network = json!({ "awsvpcConfiguration": { "subnets": [self.subnet], "assignPublicIp": "ENABLED" } });
        let mut input = json!({ "serviceName": "web", "taskDefinition": "t", "desiredCount": 1, "networkConfiguration": network });
        if members.get("launchType").is_none() && members.get("capacityProviderStrategy").is_none()
        {
            input["launchType"] = json!("FARGATE");
        }
        for (name, value) in members.as_object().unwrap() {
            input[name] = value.clone();
        }
        match self.account.send("ecs:CreateService", &input) {
            Ok(_) => String::new(),
            Err(error) => format!("{error}\n{}", error.cure),
        }
    }

    /// A load balancer in two subnets of the account, and its group of targets by address.
    fn balancer(&mut self) -> String {
        let vpc = self.account.world.network().vpcs.values().next().unwrap();
        let vpc = vpc.id.clone();
        let subnet = json!({ "VpcId": vpc.as_str(), "CidrBlock": "10.0.1.0/24", "AvailabilityZone": "us-east-1b" });
        let other = self.account.make("ec2:CreateSubnet", &subnet);
        let balancer = json!({ "Name": "front", "Subnets": [self.subnet, other] });
        let balancer = self.account.make("elbv2:CreateLoadBalancer", &balancer);
        let group = json!({ "Name": "web", "Protocol": "HTTP", "Port": 80, "VpcId": vpc.as_str(), "TargetType": "ip" });
        self.group = self.account.make("elbv2:CreateTargetGroup", &group);
        let listener = json!({ "LoadBalancerArn": balancer, "Protocol": "HTTP", "Port": 80, "DefaultActions": [{ "Type": "forward", "TargetGroupArn": self.group }] });
        self.account.make("elbv2:CreateListener", &listener);
        String::new()
    }

    /// What a service told since it was asked last.
    fn told(&mut self, name: &str) -> String {
        let told = self.account.log[self.heard..].iter().filter_map(|event| {
            let Fact::Changed {
                what: "Service",
                id,
                how,
            } = &event.fact
            else {
                return None;
            };
            (id == name).then(|| format!("{:>7.1}  {how}", event.at.0 as f64 / 1_000.0))
        });
        let told = told.collect::<Vec<_>>().join("\n");
        self.heard = self.account.log.len();
        told
    }

    /// The events that EventBridge got and are wanted, with members of each.
    fn sent(&self, rest: &str, wanted: &dyn Fn(&Told) -> bool) -> String {
        let ways: Vec<&str> = rest.split(' ').skip(1).collect();
        let account = self.account.world.account();
        let sent = bridge::sent(&account, &self.account.log);
        let about = sent.iter().filter(|event| wanted(&event.told()));
        let lines = about.map(|event| {
            let json: Value = serde_json::from_str(&event.json(&account)).unwrap();
            let shown = ways.iter().filter_map(|way| {
                let found = way.split('.').try_fold(&json, |value, step| {
                    step.parse::<usize>()
                        .map_or_else(|_| value.get(step), |place| value.get(place))
                });
                found.map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned))
            });
            shown.collect::<Vec<_>>().join(" ")
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn show_service(&self, rest: &str) -> String {
        let mut words = rest.split(' ');
        let name = words.next().unwrap();
        let answer = self.account.world.described_services(&[name], true);
        let answer: Value = serde_json::from_str(answer.as_str()).unwrap();
        paths(&answer["services"][0], words)
    }

    fn run(&mut self, members: &str) -> String {
        let members: Value = serde_json::from_str(&self.fill(members)).expect(members);
        let network = json!({ "awsvpcConfiguration": { "subnets": [self.subnet], "assignPublicIp": "ENABLED" } });
        let mut input = json!({ "taskDefinition": "t", "networkConfiguration": network });
        if members.get("launchType").is_none() && members.get("capacityProviderStrategy").is_none()
        {
            input["launchType"] = json!("FARGATE");
        }
        for (name, value) in members.as_object().unwrap() {
            input[name] = value.clone();
        }
        self.send("ecs:RunTask", &input)
    }

    fn send(&mut self, action: &str, input: &Value) -> String {
        let answer = self.account.send(action, input);
        match answer {
            Err(error) => format!("{error}\n{}", error.cure),
            Ok(Reply::Done) => String::new(),
            Ok(Reply::Made(id)) => id,
            Ok(Reply::Registered { family, revision }) => format!("{family}:{revision}"),
            // a script asks for what it wants to see of a service
            Ok(Reply::Shown(_)) if action.ends_with("eService") => String::new(),
            Ok(Reply::Shown(json)) => json.as_str().to_owned(),
            Ok(Reply::Tasks(tasks)) => self.started(tasks.iter().map(ToString::to_string)),
            Ok(Reply::Partly { tasks, failures }) => {
                let mut out = self.started(tasks.iter().map(ToString::to_string));
                for failure in failures {
                    let arn = failure.arn.unwrap_or_else(|| "-".to_owned());
                    write!(out, "\nfailure {arn} {}\n{}", failure.reason, failure.cure).unwrap();
                }
                out.trim_start().to_owned()
            }
        }
    }

    fn started(&mut self, ids: impl Iterator<Item = String>) -> String {
        let ids: Vec<String> = ids.collect();
        for id in &ids {
            if !self.tasks.contains(id) {
                self.tasks.push(id.clone());
            }
        }
        let shown = ids.iter().map(|id| {
            let task = self.account.world.tasks().get(&id.as_str().into());
            let on = task
                .and_then(|task| Task::clone(task).provider)
                .map_or("", |it| it.aws());
            format!("{id} {on}").trim().to_owned()
        });
        shown.collect::<Vec<_>>().join(", ")
    }

    fn events(&mut self) -> String {
        let lines = self.account.log[self.told..]
            .iter()
            .map(|event| format!("{:>7.1}  {}", event.at.0 as f64 / 1_000.0, event.fact));
        let mut lines = lines.collect::<Vec<_>>().join("\n");
        for (place, id) in self.tasks.iter().enumerate() {
            for after in [" ", "\n"] {
                let short = format!(" {}{after}", &id[..4]);
                lines = lines.replace(&short, &format!(" T{}{after}", place + 1));
            }
        }
        self.told = self.account.log.len();
        lines
    }

    fn show(&self, rest: &str) -> String {
        let mut words = rest.split(' ');
        let task = self.fill(&format!("\"{}\"", words.next().unwrap()));
        let answer = self
            .account
            .world
            .described_tasks(&[task.trim_matches('"')], true);
        let answer: Value = serde_json::from_str(answer.as_str()).unwrap();
        paths(&answer["tasks"][0], words)
    }
}

/// The members at some ways, a line each.
fn paths<'a>(of: &Value, ways: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for path in ways {
        let found = path
            .split('.')
            .try_fold(of, |value, step| match step.parse::<usize>() {
                Ok(place) => value.get(place),
                Err(_) => value.get(step),
            });
        let shown = found.map_or_else(|| "absent".to_owned(), ToString::to_string);
        writeln!(out, "{path} {shown}").unwrap();
    }
    out.trim_end().to_owned()
}

#[test]
fn run_task_is_answered_as_aws_answers_it() {
    play("tests/data/run-task", 10);
}

#[test]
fn services_are_answered_and_scheduled_as_aws_does() {
    play("tests/data/services", 13);
}

/// The journal of a script: the same calls at the same moments.
fn journal(file: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/services");
    let text = std::fs::read_to_string(path.join(file)).unwrap();
    let mut script = Script::new("2026-11-21");
    for line in text.lines().filter(|line| !line.starts_with("  ")) {
        if !line.is_empty() && !line.starts_with('#') {
            script.line(line);
        }
    }
    let events = script.account.log.iter();
    let events = events.map(|event| {
        let (id, cause) = (event.id.0, event.cause);
        format!("{id} {} {cause} {}", event.at.0, event.fact)
    });
    events.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_same_journal_gives_the_same_events_and_no_two_tasks_one_id() {
    for file in [
        "rolling.txt",
        "throttle.txt",
        "circuit-breaker.txt",
        "balancer.txt",
        "capacity.txt",
    ] {
        let once = journal(file);
        assert_eq!(once, journal(file), "{file}");
        let starts = once.lines().filter(|it| it.contains(" is PROVISIONING"));
        assert!(starts.count() > 4, "{file}");
    }
}

/// Plays the scripts of a folder, of which there are so many at least.
fn play(folder: &str, least: usize) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= least, "the files are found: {}", files.len());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let as_of = text.lines().find_map(|line| line.strip_prefix("# as of "));
        let mut script = Script::new(as_of.unwrap_or("2026-11-21"));
        let mut found = String::new();
        for line in text.lines().filter(|line| !line.starts_with("  ")) {
            found.push_str(line);
            found.push('\n');
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            for answer in script.line(line).lines() {
                writeln!(found, "  {answer}").unwrap();
            }
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&file, found).unwrap();
        } else {
            assert_eq!(found, text, "{}", file.display());
        }
    }
}
