//! From EC2 to Fargate: after all changes nothing refuses Fargate, or it is listed as needing a decision.
//!
//! The definitions are in `data/ec2`; what is planned for each stands in `data/ec2/plans.txt`, which
//! `UPDATE_EXPECT=1` writes anew.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a test says so when it fails

use fargate_core::finding::{Edit, Finding, Fix, Moment, Severity, apply};
use fargate_core::task_definition::{Context, Plan, Reading, is_for_ec2, move_to_fargate, read};
use fargate_core::units::Date;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ec2")
}

/// The definitions of EC2, by name.
fn definitions() -> Vec<(String, String)> {
    let mut found: Vec<_> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    found.sort();
    assert!(found.len() > 12);
    found
}

fn context() -> Context {
    Context::fargate(Date::new(2026, 11, 21))
}

fn applied(text: &str, edits: &[Edit]) -> String {
    let fix = Fix {
        title: String::new(),
        edits: edits.to_vec(),
    };
    apply(text, &fix).expect("the edits fit")
}

fn refusals(reading: &Reading) -> Vec<&Finding> {
    let refuses = |finding: &&Finding| {
        finding.severity == Severity::Error
            || (finding.moment == Moment::Run && finding.aws.is_some())
    };
    reading.findings.iter().filter(refuses).collect()
}

/// A plan as lines: each change, and what is left.
fn lines(name: &str, plan: &Plan) -> String {
    let mut out = format!("== {name}\n");
    for change in &plan.changes {
        let after = change
            .after
            .map(|after| format!(" (after {})", plan.changes[after].title));
        let after = after.unwrap_or_default();
        writeln!(out, "{}: {}{after}", change.code, change.title).unwrap();
    }
    for finding in &plan.left {
        writeln!(out, "left, {}: {}", finding.code, finding.message).unwrap();
    }
    out
}

#[test]
fn each_definition_has_its_plan() {
    let mut said = String::new();
    for (name, text) in definitions() {
        said.push_str(&lines(&name, &move_to_fargate(&text, &context())));
    }
    let path = folder().join("plans.txt");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &said).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), said);
}

#[test]
fn after_all_changes_fargate_runs_it_or_what_is_left_is_listed() {
    for (name, text) in definitions() {
        let before = read(&text, &context());
        assert!(is_for_ec2(&before), "{name} is none of EC2's");
        let plan = move_to_fargate(&text, &context());
        let after = read(&plan.text, &context());
        let left: Vec<&Finding> = plan.left.iter().collect();
        assert_eq!(refusals(&after), left, "{name}:\n{}", plan.text);
        if left.is_empty() {
            assert!(after.compatibilities.contains(&"FARGATE"), "{name}");
            assert!(!is_for_ec2(&after), "{name}");
        }
        assert_eq!(
            move_to_fargate(&plan.text, &context()).changes,
            [],
            "{name}"
        );
    }
}

#[test]
fn the_changes_made_one_after_the_other_give_the_planned_text() {
    for (name, text) in definitions() {
        let plan = move_to_fargate(&text, &context());
        let mut now = text;
        for change in &plan.changes {
            assert!(
                !change.reason.is_empty() && change.source.starts_with("https://"),
                "{name}"
            );
            now = applied(&now, &change.edits);
        }
        assert_eq!(now, plan.text, "{name}");
    }
}

#[test]
fn whichever_change_is_made_first_the_rest_is_planned_anew_and_ends_the_same() {
    for (name, text) in definitions() {
        let plan = move_to_fargate(&text, &context());
        let left: Vec<_> = plan.left.iter().map(|finding| &finding.message).collect();
        for change in &plan.changes {
            let Some(edits) = &change.alone else {
                assert!(
                    change.after.is_some(),
                    "{name}: {} waits for nothing",
                    change.title
                );
                continue;
            };
            let text = applied(&text, edits);
            let had = read(&text, &context());
            let rest = move_to_fargate(&text, &context());
            assert!(
                rest.changes.len() < plan.changes.len(),
                "{name}: {}\n{text}{:#?}",
                change.title,
                had.findings
            );
            let still: Vec<_> = rest.left.iter().map(|finding| &finding.message).collect();
            assert_eq!(still, left, "{name}: {} first", change.title);
        }
    }
}

#[test]
fn what_runs_on_fargate_needs_no_change() {
    let text = r#"{ "family": "a", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc",
        "cpu": "256", "memory": "512", "containerDefinitions": [{ "name": "a", "image": "nginx:1.27" }] }"#;
    let plan = move_to_fargate(text, &context());
    assert_eq!(
        (plan.changes.len(), plan.left.len(), &*plan.text),
        (0, 0, text)
    );
    assert!(!is_for_ec2(&read(text, &context())));
}

#[test]
fn what_nobody_can_read_is_planned_for_as_far_as_it_goes() {
    for text in [
        "",
        "[",
        "hello",
        "{\"containerDefinitions\": 7",
        "{ \"networkMode\": \"bridge\", ",
    ] {
        let plan = move_to_fargate(text, &context());
        let after = read(&plan.text, &context());
        assert_eq!(refusals(&after).len(), plan.left.len(), "{text}");
    }
}
