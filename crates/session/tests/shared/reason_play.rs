//! Plays the scenarios of the reasons: see `reasons.rs`, which says how they are written.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

use fargate_core::call::Call;
use fargate_core::error::{ApiError, Reply};
use fargate_core::units::{Date, SimSpan, SimTime};
use fargate_core::wire::parse;
use fargate_core::world::Budget;
use fargate_session::{Scenario, Session};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the scenarios are.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/reasons")
}

/// A scenario that is being played.
pub(crate) struct Play {
    pub(crate) session: Session,
    pub(crate) names: BTreeMap<String, String>,
    /// The last call and its refusal, where it was refused.
    pub(crate) last: Option<(Call, ApiError)>,
}

impl Play {
    fn new(as_of: &str) -> Self {
        let as_of = Date::parse(as_of).unwrap();
        let document = Scenario::new("Reason", 7, as_of, SimTime(0), Vec::new());
        Self {
            session: Session::new(document),
            names: BTreeMap::new(),
            last: None,
        }
    }

    /// A script, played in the account that all of them share.
    pub(crate) fn of(script: &str) -> Self {
        let as_of = script.lines().find_map(|line| line.strip_prefix("as-of "));
        let mut play = Self::new(as_of.unwrap_or("2026-06-01"));
        play.play("include account.calls", &folder());
        play.play(script, &folder());
        play
    }

    fn fill(&self, text: &str) -> String {
        let mut names: Vec<_> = self.names.iter().collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        names.into_iter().fold(text.to_owned(), |text, (name, id)| {
            text.replace(&format!("${name}"), id)
        })
    }

    pub(crate) fn wait(&mut self, seconds: u64) {
        self.session
            .advance(SimSpan::secs(seconds), Budget(u32::MAX));
    }

    fn send(&mut self, name: Option<&str>, action: &str, input: &str) {
        let input = self.fill(input);
        let json = format!(r#"{{"action":"{action}","input":{input}}}"#);
        let call: Call = parse(&json).unwrap_or_else(|error| panic!("{error} in {json}"));
        match self.session.send(call.clone()) {
            Ok(Reply::Made(id)) => {
                self.names.extend(name.map(|name| (name.to_owned(), id)));
            }
            Ok(Reply::Tasks(tasks)) => {
                let id = tasks[0].to_string();
                self.names.extend(name.map(|name| (name.to_owned(), id)));
            }
            Ok(_) => {}
            Err(error) => {
                assert!(!error.cure.is_empty(), "{error} has no cure");
                self.last = Some((call, error));
            }
        }
    }

    fn define(&mut self, members: &str) {
        let mut definition = json!({
            "family": "t", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
            "executionRoleArn": "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"
        });
        let members: Value = serde_json::from_str(&self.fill(members)).unwrap();
        for (name, value) in members.as_object().unwrap() {
            definition[name] = value.clone();
        }
        self.send(None, "ecs:RegisterTaskDefinition", &definition.to_string());
    }

    fn run(&mut self, name: Option<&str>, words: &str) {
        let words: Vec<&str> = words.split(' ').collect();
        let (subnet, private) = match words[0].split_once('-') {
            Some((subnet, _)) => (subnet, true),
            None => (words[0], words[0] == "private"),
        };
        let public = if private { "DISABLED" } else { "ENABLED" };
        let mut run = json!({
            "taskDefinition": "t", "launchType": "FARGATE",
            "networkConfiguration": { "awsvpcConfiguration": {
                "subnets": [format!("${subnet}")], "securityGroups": ["$tasks"], "assignPublicIp": public
            } }
        });
        match words[1..] {
            [] => {}
            ["count", count] => run["count"] = json!(count.parse::<u32>().unwrap()),
            [version] => run["platformVersion"] = json!(version),
            _ => panic!("{words:?}"),
        }
        self.send(name, "ecs:RunTask", &run.to_string());
    }

    /// Names the task that was started first, which a service may have started.
    fn first(&mut self, name: Option<&str>) {
        let tasks = self.session.world().tasks().values();
        let first = tasks.min_by_key(|it| (it.stages.first().map(|it| it.from), it.id.clone()));
        let id = first.expect("a task was started").id.to_string();
        self.names.extend(name.map(|name| (name.to_owned(), id)));
    }

    pub(crate) fn play(&mut self, text: &str, folder: &Path) {
        for line in text.lines() {
            if line.trim().is_empty() || line.starts_with('#') || line.starts_with("as-of ") {
                continue;
            }
            assert_eq!(self.last, None, "refused before the last line, {line}");
            let (name, what) = match line.split_once(" = ") {
                Some((name, what)) if !name.contains(' ') => (Some(name), what),
                _ => (None, line),
            };
            let (verb, rest) = what.split_once(' ').unwrap_or((what, "{}"));
            match verb {
                "include" => {
                    let path = folder.join(rest);
                    let text = std::fs::read_to_string(&path).unwrap();
                    self.play(&text, folder);
                }
                "wait" => self.wait(rest.parse().unwrap()),
                "define" => self.define(rest),
                "run" => self.run(name, rest),
                "first" => self.first(name),
                action => self.send(name, action, rest),
            }
        }
    }
}
