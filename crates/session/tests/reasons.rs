//! Each reason of the table comes from its scenario, in AWS's words, and has its page.
//!
//! A scenario is a script of calls in an account of two subnets, `$public` and `$private`, a group for tasks, `$tasks`, and one for
//! endpoints, `$ends`. A line is a call, `name = action input` where its answer is used later as `$name`; `define {…}` registers
//! family `t` with these members; `run WHERE [VERSION] [count N]` runs it in that subnet, with a public address unless the name
//! says private; `name = first` names the task that was started first; `wait 60` lets seconds pass; `as-of DAY` goes before all others; `include FILE` plays that file. What then
//! becomes of `$task`, or what the last call is answered, stands below the line `---`; `UPDATE_EXPECT=1` writes that anew.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

#[path = "shared/reason_play.rs"]
mod reason_play;

use fargate_core::ids::TaskId;
use fargate_core::task::ContainerStatus;
use fargate_session::reasons::{self, Reason, Shows};
use reason_play::{Play, folder};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// How long a task is watched after the last line, in seconds.
const WATCHED: u64 = 400;

/// What became of it: the code and the words, and where they are shown.
fn outcome(play: &mut Play, shows: Shows) -> (String, String) {
    if let Some((_, error)) = &play.last {
        assert_eq!(shows, Shows::Exception, "{error}");
        return (error.code.to_owned(), error.message.clone());
    }
    play.wait(WATCHED);
    let id: TaskId = play.names["task"].as_str().into();
    let task = play.session.world().tasks().get(&id).unwrap();
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

/// What a scenario leads to, and what its file says of that.
fn played(reason: &Reason) -> (String, String) {
    let path = folder().join(&reason.scenario);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (script, expected) = text.split_once("\n---\n").unwrap_or((text.trim_end(), ""));
    let mut play = Play::of(script);
    let (code, found) = outcome(&mut play, reason.shows);
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
