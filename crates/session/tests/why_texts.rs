//! What 'Why?' says, read as a person reads it: of each reason's scenario, of each task, each call and each request that failed in what
//! is shipped. `WHY=subnet cargo test … -- --nocapture` shows those whose name holds that; `WHY=` shows all.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

#[path = "shared/reason_play.rs"]
mod reason_play;
#[path = "shared/why_laws.rs"]
mod why_laws;

use fargate_core::ids::TaskId;
use fargate_session::Session;
use fargate_session::reasons;
use fargate_session::why::{Explanation, State, Subject};
use reason_play::{Play, folder};
use std::path::{Path, PathBuf};
use why_laws::{shown, wrong};

/// How long what a reason's scenario leads to is waited for, in seconds.
const WATCHED: u64 = 400;

/// Every document that is shipped.
fn shipped() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut all = Vec::new();
    for folder in [root.clone(), root.join("templates")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == "json") && !path.ends_with("scorekeep.json")
            {
                all.push(path);
            }
        }
    }
    all.sort();
    all
}

/// An explanation held against the laws, and shown where that is asked for.
fn held(name: &str, session: &Session, subject: &Subject) -> (Explanation, Vec<String>) {
    let found = session
        .why(subject)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let fixes = session.proofs(&found).finish();
    if std::env::var("WHY").is_ok_and(|only| name.contains(&only)) {
        println!("\n=== {name}\n{}", shown(&found, &fixes));
    }
    let told = wrong(session, &found, &fixes);
    let told = told.into_iter().map(|it| format!("{name}: {it}"));
    let told = told.collect();
    (found, told)
}

#[test]
fn each_reason_is_explained() {
    let mut told = Vec::new();
    for reason in reasons::all() {
        let text = std::fs::read_to_string(folder().join(&reason.scenario)).unwrap();
        let script = text.split_once("\n---\n").map_or(text.as_str(), |it| it.0);
        let mut play = Play::of(script);
        let subject = if let Some((call, _)) = &play.last {
            Subject::Call(call.clone())
        } else {
            play.wait(WATCHED);
            Subject::Task(TaskId::from(play.names["task"].as_str()))
        };
        let (found, more) = held(&reason.id, &play.session, &subject);
        told.extend(more);
        let fine = found.state == State::Fine;
        if fine
            != matches!(
                reason.id.as_str(),
                "stopped-by-user"
                    | "essential-exited"
                    | "service-scaled-in"
                    | "service-task-retired"
            )
        {
            told.push(format!("{}: {}", reason.id, found.title));
        }
    }
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}

#[test]
fn everything_shipped_is_explained() {
    let mut told = Vec::new();
    for path in shipped() {
        let text = std::fs::read_to_string(&path).unwrap();
        let session = Session::open(&text).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut subjects: Vec<(String, Subject)> = Vec::new();
        for task in session.world().tasks().values().map(|it| &it.id) {
            subjects.push((format!("{name} task {task}"), Subject::Task(task.clone())));
        }
        for line in session.event_lines() {
            let denied = ["no answer from", "was refused by", " got 50"];
            let number = line
                .split_once(": ")
                .filter(|(_, fact)| denied.iter().any(|it| fact.contains(it)))
                .and_then(|(head, _)| head.split(['#', ' ']).nth(2)?.parse().ok());
            subjects.extend(
                number.map(|number| (format!("{name} request {number}"), Subject::Request(number))),
            );
        }
        for number in 0..session.next_call() {
            subjects.push((format!("{name} call {number}"), Subject::Sent(number)));
        }
        for (name, subject) in subjects {
            told.extend(held(&name, &session, &subject).1);
        }
    }
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}
