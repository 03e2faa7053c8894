//! Logs: filter patterns, and what streams hold. Each file of `data/logs` is a definition, what its images say, what is done, and the
//! streams and lines that this leads to; times are seconds since the containers may start. `UPDATE_EXPECT=1` writes the ends anew.

use crate::account::Account;
use fargate_core::observe::Filter;
use fargate_core::observe::logs::Logs;
use fargate_core::task::TaskState;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;

/// A table: patterns, then the lines that each is held against, `+` where it wants the line and `-` where not, or `!` and what is
/// wrong with the pattern.
const FILTERS: &str = include_str!("../data/filter-patterns.txt");

#[test]
fn a_filter_pattern_wants_what_cloudwatch_wants() {
    let (mut pattern, mut checked) = ("", 0);
    for row in FILTERS
        .lines()
        .filter(|row| !row.starts_with('#') && !row.is_empty())
    {
        let (mark, rest) = row.split_once(' ').unwrap_or((row, ""));
        let filter = Filter::read(if mark == ":" { "" } else { pattern });
        match (mark, filter) {
            (":", _) => pattern = rest,
            ("+", Ok(filter)) => assert!(filter.wants(rest), "{pattern} wants {rest}"),
            ("-", Ok(filter)) => assert!(!filter.wants(rest), "{pattern} does not want {rest}"),
            ("!", Err(bad)) => {
                let found = format!("{}: {}. {}", bad.at + 1, bad.what, bad.cure);
                assert_eq!(found, rest, "{pattern}");
            }
            (_, Ok(_)) => panic!("{pattern} is understood"),
            (_, Err(bad)) => panic!("{pattern}: {bad:?}"),
        }
        checked += 1;
    }
    assert!(checked > 40, "{checked}");
}

#[test]
fn rubbish_is_understood_or_refused_at_a_place_of_it() {
    let pieces = [
        "{", "}", "$", ".a", "[0]", "[", "=", "!=", "\"", "x", "?", "-", "%", "(", ")", "&&", "||",
        " ", "é", "\\", "IS", "*",
    ];
    let (mut understood, mut wanted, mut refused) = (0, 0, 0);
    for number in 0..20_000_usize {
        let mut rest = number.wrapping_mul(2_654_435_761);
        let mut text = String::new();
        for _ in 0..number % 9 {
            text.push_str(pieces[rest % pieces.len()]);
            rest /= 7;
        }
        match Filter::read(&text) {
            Ok(filter) => {
                wanted += usize::from(filter.wants("{\"a\":[1,\"x\"]}"));
                understood += 1;
            }
            Err(bad) => {
                assert!(bad.at <= text.chars().count(), "{text}: {bad:?}");
                assert!(
                    !bad.what.is_empty() && !bad.cure.is_empty(),
                    "{text}: {bad:?}"
                );
                refused += 1;
            }
        }
    }
    assert!(refused > 1_000, "{refused}");
    assert!(
        wanted > 100 && wanted < understood,
        "{wanted} of {understood}"
    );
}

fn lines(input: &Value) -> String {
    let (mut account, subnet) = Account::new(input["asOf"].as_str().unwrap_or("2026-11-21"));
    account.images(&input["images"]);
    account.register(&input["definition"]);
    let task = account.run(&subnet, "LATEST", true).unwrap();
    while account.world.tasks().get(&task).unwrap().state() < TaskState::Activating {
        let next = account.world.next_due().unwrap().0;
        account.until(next);
    }
    let from = account.world.now().0;
    for step in input["do"].as_array().into_iter().flatten() {
        account.until(from + step["at"].as_u64().unwrap() * 1_000);
        let mut call = step["input"].clone();
        for member in ["task", "to"] {
            if call[member] == "it" {
                call[member] = json!(task.as_str());
            }
        }
        account.send(step["call"].as_str().unwrap(), &call).unwrap();
    }
    account.until(from + input["until"].as_u64().unwrap() * 1_000);
    let logs = Logs::read(account.world.account(), &account.log);
    let mut out = String::new();
    for stream in &logs.streams {
        let name = stream.name.replace(task.as_str(), "TASK");
        let kept = if stream.is_kept() {
            ""
        } else {
            ", nobody can read them"
        };
        writeln!(out, "{name}: {} written{kept}", stream.written).unwrap();
    }
    for line in &logs.lines {
        let words = logs.words(line, 120);
        let seconds = (line.at.0 - from) as f64 / 1_000.0;
        let container = &logs.streams[line.stream].container;
        let text = words.text.replace('\n', "\n          | ");
        let long = if words.bytes > 120 {
            format!(" ({} bytes)", words.bytes)
        } else {
            String::new()
        };
        writeln!(out, "{seconds:>7.1}  {container}: {text}{long}").unwrap();
    }
    out
}

#[test]
fn streams_hold_what_images_say() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/logs"));
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let (input, expected) = text.split_once("\n---\n").unwrap_or((text.trim_end(), ""));
        let found =
            lines(&serde_json::from_str(input).unwrap_or_else(|it| panic!("{file:?}: {it}")));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&file, format!("{input}\n---\n{found}")).unwrap();
        } else {
            assert_eq!(found, expected, "{file:?}: UPDATE_EXPECT=1 writes it anew");
        }
    }
}

#[test]
fn log_groups_are_made_and_refused_as_cloudwatch_does() {
    let (mut account, _) = Account::new("2026-11-21");
    account.register(&json!({
        "executionRoleArn": "arn:aws:iam::123456789012:role/x",
        "containerDefinitions": [{ "name": "a", "image": "nginx", "logConfiguration": { "logDriver": "awslogs", "options": {
            "awslogs-group": "/ecs/named", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p" } } }]
    }));
    account
        .send("playground:PutLogForwarder", &json!({ "name": "forward", "collector": "https://c.example", "deadLetterQueue": true, "collectorDown": false }))
        .unwrap();
    let arn = "arn:aws:lambda:us-east-1:123456789012:function:forward";
    // (action, input, how AWS refuses)
    let name = |name: &str| json!({ "logGroupName": name });
    let subscribe = |filter: &str, pattern: &str, to: &str| json!({ "logGroupName": "/ecs/web", "filterName": filter, "filterPattern": pattern, "destinationArn": to });
    for (action, input, refusal) in [
        ("CreateLogGroup", name("/ecs/web"), ""),
        (
            "CreateLogGroup",
            name("/ecs/web"),
            "ResourceAlreadyExistsException: The specified log group already exists",
        ),
        (
            "CreateLogGroup",
            name("/ecs/named"),
            "ResourceAlreadyExistsException: The specified log group already exists",
        ),
        (
            "CreateLogGroup",
            name("a b"),
            "InvalidParameterException: 1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+",
        ),
        (
            "CreateLogGroup",
            name("aws/mine"),
            "InvalidParameterException: Log groups starting with AWS/ are reserved for AWS.",
        ),
        (
            "PutRetentionPolicy",
            json!({ "logGroupName": "/ecs/named", "retentionInDays": 2 }),
            "InvalidParameterException: 1 validation error detected: Value '2' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]",
        ),
        (
            "PutRetentionPolicy",
            json!({ "logGroupName": "/ecs/named", "retentionInDays": 7 }),
            "",
        ),
        (
            "PutRetentionPolicy",
            json!({ "logGroupName": "/none", "retentionInDays": 7 }),
            "ResourceNotFoundException: The specified log group does not exist.",
        ),
        ("DeleteRetentionPolicy", name("/ecs/named"), ""),
        ("PutSubscriptionFilter", subscribe("a", "ERROR", arn), ""),
        ("PutSubscriptionFilter", subscribe("a", "", arn), ""),
        (
            "PutSubscriptionFilter",
            subscribe("b", "{ $.level = ", arn),
            "InvalidParameterException: Invalid filter pattern",
        ),
        (
            "PutSubscriptionFilter",
            subscribe("b", "", "arn:aws:s3:::logs"),
            "InvalidParameterException: destinationArn for vendor lambda cannot be used with the specified destination.",
        ),
        ("PutSubscriptionFilter", subscribe("b", "", arn), ""),
        (
            "PutSubscriptionFilter",
            subscribe("c", "", arn),
            "LimitExceededException: Resource limit exceeded.",
        ),
        (
            "DeleteSubscriptionFilter",
            json!({ "logGroupName": "/ecs/web", "filterName": "c" }),
            "ResourceNotFoundException: The specified subscription filter does not exist.",
        ),
        (
            "DeleteSubscriptionFilter",
            json!({ "logGroupName": "/ecs/web", "filterName": "a" }),
            "",
        ),
        ("DeleteLogGroup", name("/ecs/named"), ""),
        (
            "DeleteLogGroup",
            name("/ecs/named"),
            "ResourceNotFoundException: The specified log group does not exist.",
        ),
        ("CreateLogGroup", name("/ecs/named"), ""),
    ] {
        let answer = account.send(&format!("logs:{action}"), &input);
        let found = answer
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert_eq!(found, refusal, "{action} {input}");
    }
}

#[test]
fn lines_are_sent_on_tried_again_and_kept_in_the_queue() {
    let (mut account, subnet) = Account::new("2026-11-21");
    account.images(&json!({ "ticker": { "startMs": 0, "logs": [{ "everyMs": 10000, "line": "ERROR tick" }, { "everyMs": 10000, "afterMs": 1, "line": "fine" }] } }));
    account.register(&json!({
        "executionRoleArn": "arn:aws:iam::123456789012:role/x",
        "containerDefinitions": [{ "name": "a", "image": "ticker", "logConfiguration": { "logDriver": "awslogs", "options": {
            "awslogs-group": "/ecs/t", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p" } } }]
    }));
    let collector = |down: bool, queue: bool| json!({ "name": "forward", "collector": "https://c.example/in", "deadLetterQueue": queue, "collectorDown": down });
    let filter = json!({ "logGroupName": "/ecs/t", "filterName": "errors", "filterPattern": "ERROR",
        "destinationArn": "arn:aws:lambda:us-east-1:123456789012:function:forward" });
    let refused = account
        .send("logs:PutSubscriptionFilter", &filter)
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "InvalidParameterException: Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function."
    );
    account
        .send("playground:PutLogForwarder", &collector(false, true))
        .unwrap();
    account.send("logs:PutSubscriptionFilter", &filter).unwrap();
    let task = account.run(&subnet, "LATEST", true).unwrap();
    while account.world.tasks().get(&task).unwrap().state() < TaskState::Running {
        let next = account.world.next_due().unwrap().0;
        account.until(next);
    }
    let from = account.world.now().0;
    // what is counted at a moment: lines, at once, later, waiting, in the queue, lost
    let count = |account: &Account| {
        let found = fargate_core::observe::pipelines(&account.world.account(), &account.log);
        let it = &found[0];
        (
            it.lines,
            it.delivered,
            it.retried,
            it.waiting,
            it.dead,
            it.lost,
        )
    };
    account.until(from + 59_000);
    assert_eq!(count(&account), (6, 6, 0, 0, 0, 0));
    account
        .send("playground:PutLogForwarder", &collector(true, true))
        .unwrap();
    account.until(from + 89_000);
    assert_eq!(count(&account), (9, 6, 0, 3, 0, 0));
    account
        .send("playground:PutLogForwarder", &collector(false, true))
        .unwrap();
    account.until(from + 159_000);
    assert_eq!(
        count(&account),
        (16, 13, 3, 0, 0, 0),
        "the second try comes a minute later"
    );
    account
        .send("playground:PutLogForwarder", &collector(true, true))
        .unwrap();
    account.until(from + 459_000);
    let (lines, delivered, retried, waiting, dead, lost) = count(&account);
    assert_eq!((lines, delivered, retried, lost), (46, 13, 3, 0));
    assert_eq!(
        (waiting + dead, dead),
        (30, 12),
        "three tries in three minutes, then the queue"
    );
    account
        .send("playground:PutLogForwarder", &collector(true, false))
        .unwrap();
    assert_eq!(count(&account).5, 12, "without a queue they are lost");
}
