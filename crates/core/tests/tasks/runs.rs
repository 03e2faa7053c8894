//! What tasks do by the settings of their definition: each file of `data/runs` is a definition, the images it uses and
//! what then happens, in seconds since the containers may start. `UPDATE_EXPECT=1 cargo test` writes the ends anew.

use crate::account::Account;
use fargate_core::event::Fact;
use fargate_core::ids::TaskId;
use fargate_core::task::{ContainerStatus, TaskState};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;

/// What stands between a file's input and what it leads to.
const RULE: &str = "\n---\n";

/// What a file's input leads to.
fn run(input: &Value) -> String {
    let text = |name: &str, default: &str| input[name].as_str().unwrap_or(default).to_owned();
    let (mut account, subnet) = Account::new(&text("asOf", "2026-11-21"));
    account.images(&input["images"]);
    // a file system's id is drawn, so a file cannot know it
    let definition = input["definition"].to_string();
    if definition.contains("fs-12345678") {
        let id = account.file_system(&subnet);
        let definition = definition.replace("fs-12345678", &id);
        account.register(&serde_json::from_str(&definition).unwrap());
    } else {
        account.register(&input["definition"]);
    }
    let public = input["private"] != true;
    let task = match account.run(&subnet, &text("platform", "LATEST"), public) {
        Ok(task) => task,
        Err(error) => return format!("{}: {}\n{}\n", error.code, error.message, error.cure),
    };
    let from = begins(&mut account, &task);
    if let Some(rate) = input["requestsPerSecond"].as_u64() {
        account.until(from + 5_000);
        let traffic = json!({ "from": "internet", "to": task.as_str(), "port": input["port"], "rateTenths": rate * 10 });
        account.send("playground:SetTraffic", &traffic).unwrap();
    }
    if let Some(seconds) = input["stopAfter"].as_u64() {
        account.until(from + seconds * 1_000);
        let stop = json!({ "task": task.as_str(), "reason": "enough" });
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
