//! Each reason of the table comes from its scenario, in AWS's words, and has its page.
//!
//! A scenario is a script of calls in an account of two subnets, `$public` and `$private`, a group for tasks, `$tasks`, and one for
//! endpoints, `$ends`. A line is a call, `name = action input` where its answer is used later as `$name`; `define {…}` registers
//! family `t` with these members; `run WHERE [VERSION] [count N]` runs it in that subnet, with a public address unless the name
//! says private; `wait 60` lets seconds pass; `as-of DAY` goes before all others; `include FILE` plays that file. What then
//! becomes of `$task`, or what the last call is answered, stands below the line `---`; `UPDATE_EXPECT=1` writes that anew.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

use fargate_core::call::Call;
use fargate_core::error::{ApiError, Reply};
use fargate_core::event::Event;
use fargate_core::ids::TaskId;
use fargate_core::task::ContainerStatus;
use fargate_core::units::{Date, SimSpan};
use fargate_core::wire::parse;
use fargate_core::world::{Authority, Budget, Settings, World};
use fargate_session::reasons::{self, Reason, Shows};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// How long a task is watched after the last line, in seconds.
const WATCHED: u64 = 400;

struct Play {
    world: World,
    names: BTreeMap<String, String>,
    log: Vec<Event>,
    sent: u32,
    last: Option<ApiError>,
}

impl Play {
    fn new(as_of: &str) -> Self {
        let settings = Settings {
            seed: 7,
            as_of: Date::parse(as_of).unwrap(),
            images: litemap::LiteMap::default(),
            authority: Authority::whole(),
        };
        Self {
            world: World::new(settings),
            names: BTreeMap::new(),
            log: Vec::new(),
            sent: 0,
            last: None,
        }
    }

    fn fill(&self, text: &str) -> String {
        let mut names: Vec<_> = self.names.iter().collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        names.into_iter().fold(text.to_owned(), |text, (name, id)| {
            text.replace(&format!("${name}"), id)
        })
    }

    fn wait(&mut self, seconds: u64) {
        let until = self.world.now() + SimSpan::secs(seconds);
        self.world.advance(until, Budget(u32::MAX), &mut self.log);
    }

    fn send(&mut self, name: Option<&str>, action: &str, input: &str) {
        let input = self.fill(input);
        let json = format!(r#"{{"action":"{action}","input":{input}}}"#);
        let call: Call = parse(&json).unwrap_or_else(|error| panic!("{error} in {json}"));
        self.sent += 1;
        match self.world.apply(self.sent, &call, &mut self.log) {
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
                self.last = Some(error);
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

    fn play(&mut self, text: &str, folder: &Path) {
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
                action => self.send(name, action, rest),
            }
        }
    }

    /// What became of it: the code and the words, and where they are shown.
    fn outcome(&mut self, shows: Shows) -> (String, String) {
        if let Some(error) = &self.last {
            assert_eq!(shows, Shows::Exception, "{error}");
            return (error.code.to_owned(), error.message.clone());
        }
        self.wait(WATCHED);
        let id: TaskId = self.names["task"].as_str().into();
        let task = self.world.tasks().get(&id).unwrap();
        let stop = task.stop.as_ref().expect("the task stops");
        let mut containers = task.containers.iter();
        let text = match shows {
            Shows::Container => containers.find_map(|it| match &it.status {
                ContainerStatus::Stopped { reason, .. } => reason.clone(),
                _ => None,
            }),
            _ => Some(stop.reason.clone()),
        };
        (stop.code.aws().to_owned(), text.expect("a reason is given"))
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/reasons")
}

/// What a scenario leads to, and what its file says of that.
fn played(reason: &Reason) -> (String, String) {
    let path = folder().join(&reason.scenario);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (script, expected) = text.split_once("\n---\n").unwrap_or((text.trim_end(), ""));
    let as_of = script.lines().find_map(|line| line.strip_prefix("as-of "));
    let mut play = Play::new(as_of.unwrap_or("2026-06-01"));
    play.play("include account.calls", &folder());
    play.play(script, &folder());
    let (code, found) = play.outcome(reason.shows);
    assert_eq!(code, reason.code, "{}: {found}", reason.id);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, format!("{script}\n---\n{found}\n")).unwrap();
        return (found.clone(), found);
    }
    (found, expected.trim_end_matches('\n').to_owned())
}

#[test]
fn each_reason_comes_from_its_scenario_in_awss_words() {
    let all = reasons::all();
    assert!(all.len() >= 45, "{} reasons", all.len());
    for reason in &all {
        let (found, expected) = played(reason);
        assert_eq!(found, expected, "{}", reason.id);
        assert!(
            reason.is(&found),
            "{}: the row says\n{}\nand it is\n{found}",
            reason.id,
            reason.text
        );
        let told = reasons::find(&reason.code, &found).expect("it is found");
        assert_eq!(told.id, reason.id, "{found}");
    }
}

#[test]
fn each_reason_has_its_page_and_each_page_its_reason() {
    const HEADINGS: [&str; 5] = [
        "What it means",
        "What causes it",
        "How to tell",
        "Cure",
        "Source",
    ];
    let ids: BTreeSet<String> = reasons::all().into_iter().map(|it| it.id).collect();
    let pages = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/reasons/pages");
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(pages).unwrap() {
        let path = entry.unwrap().path();
        let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(&format!("# {id}: ")), "{id}: its heading");
        let mut headings = text.lines().filter_map(|line| line.strip_prefix("## "));
        for heading in HEADINGS {
            assert_eq!(headings.next(), Some(heading), "{id}");
        }
        assert_eq!(headings.next(), None, "{id}");
        found.insert(id);
    }
    assert_eq!(found, ids);
    let scripts = std::fs::read_dir(folder()).unwrap();
    let scripts = scripts.map(|entry| entry.unwrap().path());
    let scripts = scripts.filter(|path| path.extension().is_some_and(|it| it == "txt"));
    let scripts: BTreeSet<String> = scripts
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(scripts, ids, "each scenario is a row's");
}
