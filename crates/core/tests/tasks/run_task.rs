//! `RunTask` and what comes of it, as scripts: each file of `data/run-task` is what is asked of an account, and beneath each line, indented,
//! what it answers. `UPDATE_EXPECT=1 cargo test` writes the answers anew.
//!
//! `run {…}` runs family `t` in the account's subnet with further members of the call; on Fargate, where they name neither launch type nor
//! strategy and do not say `"launchType":null`. `ACTION {…}` is any call. `wait 60` lets seconds pass, `events` tells what happened since it
//! was asked last, `show T1 a.b` shows members of what `DescribeTasks` answers of a task. `T1` is the first task that was run, `$long` a word of 8,192 characters.

use crate::account::Account;
use fargate_core::error::Reply;
use fargate_core::task::Task;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;

struct Script {
    account: Account,
    subnet: String,
    tasks: Vec<String>,
    told: usize,
}

impl Script {
    fn new(as_of: &str) -> Self {
        let (account, subnet) = Account::new(as_of);
        let told = account.log.len();
        Self {
            account,
            subnet,
            tasks: Vec::new(),
            told,
        }
    }

    /// What stands in the place of a name in a line.
    fn fill(&self, text: &str) -> String {
        let mut text = text.replace("$subnet", &self.subnet);
        text = text.replace("$long", &"x".repeat(8_192));
        for (place, id) in self.tasks.iter().enumerate().rev() {
            text = text.replace(&format!("\"T{}\"", place + 1), &format!("\"{id}\""));
        }
        text
    }

    /// Names in the place of ids.
    fn name(&self, text: &str) -> String {
        let mut text = text.replace(&self.subnet, "$subnet");
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
            "show" => self.show(rest),
            "register" => {
                self.account.register(&serde_json::from_str(rest).unwrap());
                String::new()
            }
            "run" => self.run(rest),
            _ => self.send(word, &serde_json::from_str(&self.fill(rest)).expect(line)),
        };
        self.name(&answer)
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
        let task = &answer["tasks"][0];
        let mut out = String::new();
        for path in words {
            let found = path
                .split('.')
                .try_fold(task, |value, step| match step.parse::<usize>() {
                    Ok(place) => value.get(place),
                    Err(_) => value.get(step),
                });
            let shown = found.map_or_else(|| "absent".to_owned(), ToString::to_string);
            writeln!(out, "{path} {shown}").unwrap();
        }
        out.trim_end().to_owned()
    }
}

#[test]
fn run_task_is_answered_as_aws_answers_it() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/run-task");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 10, "the files are found: {}", files.len());
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
