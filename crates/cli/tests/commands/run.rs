//! `run`.

use crate::playground::{FIRST_LIGHT, playground, words};
use serde_json::Value;

#[test]
fn run_prints_what_happens_and_a_hash_that_stays() {
    let line = format!("run {FIRST_LIGHT} --for 60");
    let first = playground(&line, "");
    first.says(0, "is RUNNING");
    first.says(0, "hash ");
    assert_eq!(
        first.stdout,
        playground(&line, "").stdout,
        "the same scenario runs the same"
    );
}

#[test]
fn run_describes_a_task_as_aws_does() {
    let described = |task: &str| -> Value {
        let ran = playground(&format!("run {FIRST_LIGHT} --describe {task}"), "");
        assert_eq!(ran.code, 0);
        ran.json()
    };
    let events = playground(&format!("run {FIRST_LIGHT}"), "").stdout;
    let mut lines = events.lines();
    let runs = lines.find(|line| line.ends_with("is RUNNING")).unwrap();
    let short = runs.split(' ').rev().nth(2).unwrap();
    let all = described(short);
    let task = &all["tasks"][0];
    assert_eq!(task["lastStatus"], "RUNNING", "{all}");
    assert_eq!(task["attachments"][0]["status"], "ATTACHED");
    assert_eq!(task["containers"].as_array().unwrap().len(), 2);
    assert_eq!(described(task["taskArn"].as_str().unwrap()), all);
    assert_eq!(described("nope")["failures"][0]["reason"], "MISSING");
}

#[test]
fn run_prints_flow_logs_in_the_default_format() {
    let ran = playground(&format!("run {FIRST_LIGHT} --for 120 --flow-logs"), "");
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.lines().count() > 4, "{}", ran.stdout);
    for line in ran.stdout.lines() {
        assert_eq!(line.split(' ').count(), 14, "{line}");
        assert!(line.starts_with("2 123456789012 eni-"), "{line}");
    }
}

#[test]
fn run_prints_what_containers_logged_and_what_nobody_can_read() {
    let ran = playground(&format!("run {FIRST_LIGHT} --logs"), "");
    ran.says(0, "It has no logConfiguration");
    assert!(ran.stdout.is_empty(), "{}", ran.stdout);
    words(&["run", FIRST_LIGHT, "--logs", "{ $.level = "], "")
        .says(2, "filter, character 13: No value follows the comparison");
}

#[test]
fn run_prints_what_ecs_sent_to_eventbridge() {
    let all = playground(&format!("run {FIRST_LIGHT} --eventbridge"), "").stdout;
    let count = |text: &str| {
        text.lines()
            .filter(|line| line.contains("\"source\":\"aws.ecs\""))
            .count()
    };
    assert!(
        count(&all) > 4 && count(&all) == all.lines().count(),
        "{all}"
    );
    let pattern = r#"{ "detail": { "lastStatus": ["RUNNING"] } }"#;
    let wanted = words(&["run", FIRST_LIGHT, "--eventbridge", pattern], "").stdout;
    assert!((1..count(&all)).contains(&count(&wanted)), "{wanted}");
    words(&["run", FIRST_LIGHT, "--eventbridge", "{"], "")
        .says(2, "Event pattern is not valid. Reason: ");
}
