//! EventBridge: which events a pattern is for, when a schedule is due, what ECS sends, and what rules start.

use crate::account::Account;
use fargate_core::observe::{Clock, Pattern, Schedule, Told, bridge};
use fargate_core::text;
use fargate_core::units::{Date, SimTime};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What patterns are held against.
const EVENT: &str = r#"{ "source": "aws.ecs", "detail-type": "ECS Task State Change", "detail": {
    "lastStatus": "STOPPED", "stopCode": "EssentialContainerExited", "version": 7, "group": "family:web",
    "containers": [{ "name": "web", "exitCode": 1 }, { "name": "side", "exitCode": 0, "reason": "Bad" }] } }"#;

#[test]
fn a_pattern_is_for_the_events_that_it_describes() {
    let event = text::read(EVENT).root;
    // (pattern, whether it is for the event)
    for (pattern, wanted) in [
        (r#"{ "source": ["aws.ecs"] }"#, true),
        (r#"{ "source": ["aws.ec2", "aws.ecs"] }"#, true),
        (r#"{ "source": ["aws.ec2"] }"#, false),
        (
            r#"{ "detail": { "lastStatus": ["STOPPED"], "containers": { "exitCode": [1] } } }"#,
            true,
        ),
        (
            r#"{ "detail": { "containers": { "exitCode": [137] } } }"#,
            false,
        ),
        (
            r#"{ "detail": { "containers": { "reason": [{ "exists": true }] } } }"#,
            true,
        ),
        (
            r#"{ "detail": { "startedBy": [{ "exists": false }] } }"#,
            true,
        ),
        (
            r#"{ "detail": { "stopCode": [{ "exists": false }] } }"#,
            false,
        ),
        (
            r#"{ "detail": { "group": [{ "prefix": "family:" }] } }"#,
            true,
        ),
        (
            r#"{ "detail": { "group": [{ "prefix": "service:" }] } }"#,
            false,
        ),
        (r#"{ "detail": { "group": [{ "suffix": "web" }] } }"#, true),
        (
            r#"{ "detail": { "group": [{ "wildcard": "fam*:w*b" }] } }"#,
            true,
        ),
        (
            r#"{ "detail": { "lastStatus": [{ "equals-ignore-case": "stopped" }] } }"#,
            true,
        ),
        (
            r#"{ "detail": { "stopCode": [{ "anything-but": "UserInitiated" }] } }"#,
            true,
        ),
        (
            r#"{ "detail": { "stopCode": [{ "anything-but": ["EssentialContainerExited", "x"] }] } }"#,
            false,
        ),
        (
            r#"{ "detail": { "stopCode": [{ "anything-but": { "prefix": "Essential" } }] } }"#,
            false,
        ),
        (
            r#"{ "detail": { "version": [{ "numeric": [">", 5, "<=", 7] }] } }"#,
            true,
        ),
        (
            r#"{ "detail": { "version": [{ "numeric": ["<", 7] }] } }"#,
            false,
        ),
        (r#"{ "detail": { "version": [7.0] } }"#, true),
        (
            r#"{ "$or": [{ "source": ["x"] }, { "detail": { "version": [7] } }] }"#,
            true,
        ),
        (r#"{ "detail": { "nowhere": ["x"] } }"#, false),
    ] {
        let read = Pattern::read(pattern).unwrap_or_else(|bad| panic!("{pattern}: {bad:?}"));
        assert_eq!(read.wants(&event), wanted, "{pattern}");
    }
}

#[test]
fn what_is_wrong_with_a_pattern_is_said_with_its_place_and_its_cure() {
    // (pattern, AWS's reason up to the place, the column, the cure)
    for (pattern, reason, column, cure) in [
        (
            r#"{"source": "aws.ecs"}"#,
            "\"source\" must be an object or an array",
            12,
            "Put the value into a list: [\"aws.ecs\"].",
        ),
        (
            r#"{"source": []}"#,
            "Empty arrays are not allowed",
            12,
            "Write at least one value into the list.",
        ),
        (
            "[]",
            "Filter is not an object",
            1,
            "Write { \"source\": [\"aws.ecs\"] }.",
        ),
        (
            "{}",
            "Empty objects are not allowed",
            1,
            "Name at least one member, such as \"source\": [\"aws.ecs\"].",
        ),
        (
            r#"{"a": [{"begins": "x"}]}"#,
            "Unrecognized match type begins",
            9,
            "Known are prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric and exists.",
        ),
        (
            r#"{"a": [{"prefix": 5}]}"#,
            "prefix match pattern must be a string",
            9,
            "Known are prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric and exists.",
        ),
        (
            r#"{"a": [{"numeric": ["!", 5]}]}"#,
            "Invalid numeric match",
            9,
            "Write \"numeric\": [\">\", 0, \"<=\", 5].",
        ),
        (
            r#"{"a": [{"exists": "yes"}]}"#,
            "exists match pattern must be either true or false.",
            9,
            "Write true or false.",
        ),
        (
            r#"{"a": [["x"]]}"#,
            "Match value must be String, number, true, false, or null",
            8,
            "Known are prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric and exists.",
        ),
    ] {
        let bad = Pattern::read(pattern).expect_err(pattern);
        let wanted =
            format!("{reason} at [Source: (String)\"{pattern}\"; line: 1, column: {column}]");
        assert_eq!((bad.reason, bad.cure.as_str()), (wanted, cure), "{pattern}");
    }
}

#[test]
fn a_schedule_is_due_when_aws_says() {
    // 2026-06-01 is a Monday; the scenario begins at 10:00
    let began = Date::new(2026, 6, 1);
    let next = |text: &str| {
        let schedule = Schedule::read(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        let mut at = Clock::at(began, SimTime(0));
        let mut found = Vec::new();
        for _ in 0..2 {
            let Some(next) = schedule.next(at) else { break };
            found.push(next.seconds());
            at = next;
        }
        found.join(" ")
    };
    for (text, times) in [
        (
            "rate(5 minutes)",
            "2026-06-01T10:05:00Z 2026-06-01T10:10:00Z",
        ),
        ("rate(1 hour)", "2026-06-01T11:00:00Z 2026-06-01T12:00:00Z"),
        ("rate(2 days)", "2026-06-03T10:00:00Z 2026-06-05T10:00:00Z"),
        (
            "cron(0 12 * * ? *)",
            "2026-06-01T12:00:00Z 2026-06-02T12:00:00Z",
        ),
        (
            "cron(0/15 * * * ? *)",
            "2026-06-01T10:15:00Z 2026-06-01T10:30:00Z",
        ),
        (
            "cron(0 18 ? * MON-FRI *)",
            "2026-06-01T18:00:00Z 2026-06-02T18:00:00Z",
        ),
        (
            "cron(0 9 ? * 1,7 *)",
            "2026-06-06T09:00:00Z 2026-06-07T09:00:00Z",
        ),
        (
            "cron(0 8 1 * ? *)",
            "2026-07-01T08:00:00Z 2026-08-01T08:00:00Z",
        ),
        (
            "cron(0 8 L * ? *)",
            "2026-06-30T08:00:00Z 2026-07-31T08:00:00Z",
        ),
        (
            "cron(0 8 ? * 6L *)",
            "2026-06-26T08:00:00Z 2026-07-31T08:00:00Z",
        ),
        (
            "cron(0 8 ? * 3#2 *)",
            "2026-06-09T08:00:00Z 2026-07-14T08:00:00Z",
        ),
        (
            "cron(0 8 6W * ? *)",
            "2026-06-05T08:00:00Z 2026-07-06T08:00:00Z",
        ),
        (
            "cron(0 0 29 FEB ? *)",
            "2028-02-29T00:00:00Z 2032-02-29T00:00:00Z",
        ),
        ("cron(0 0 30 2 ? *)", ""),
        ("cron(0 0 1 1 ? 2030)", "2030-01-01T00:00:00Z"),
    ] {
        assert_eq!(next(text), times, "{text}");
    }
    for (text, cure) in [
        ("every day", "Write rate(5 minutes) or cron(0 12 * * ? *)."),
        ("rate(1 minutes)", "AWS wants rate(1 minute)."),
        ("rate(5 minute)", "AWS wants rate(5 minutes)."),
        ("rate(0 days)", "0 is no whole number from 1 to 100000."),
        (
            "rate(5 weeks)",
            "weeks is no unit; use minutes, hours or days.",
        ),
        (
            "cron(0 12 * * *)",
            "A cron expression has six fields: minutes, hours, day of month, month, day of week, year; here are 5.",
        ),
        (
            "cron(0 12 * * * *)",
            "Write ? for day of month or for day of week: only one of them can decide.",
        ),
        (
            "cron(60 12 * * ? *)",
            "minutes is 60, which is not from 0 to 59.",
        ),
        (
            "cron(0/0 12 * * ? *)",
            "minutes is 0/0: what follows / is a number from 1 on.",
        ),
    ] {
        assert_eq!(Schedule::read(text), Err(cure.to_owned()), "{text}");
    }
}

/// An account with a definition whose container ends with 1 after 20 s, and what a target of it looks like.
fn failing() -> (Account, String, Value) {
    let (mut account, subnet) = Account::new("2026-11-21");
    account.images(&json!({ "short": { "startMs": 1000, "exitMs": 20000, "exitCode": 1 } }));
    account.register(&json!({ "containerDefinitions": [{ "name": "a", "image": "short" }] }));
    let target = json!({
        "Id": "again", "Arn": "arn:aws:ecs:us-east-1:123456789012:cluster/default", "RoleArn": "arn:aws:iam::123456789012:role/ecsEventsRole",
        "EcsParameters": { "TaskDefinitionArn": "arn:aws:ecs:us-east-1:123456789012:task-definition/t", "LaunchType": "FARGATE",
            "NetworkConfiguration": { "awsvpcConfiguration": { "Subnets": [subnet], "AssignPublicIp": "ENABLED" } } }
    });
    (account, subnet, target)
}

/// The times of a task, in its order.
const TIMES: [&str; 8] = [
    "createdAt",
    "connectivityAt",
    "pullStartedAt",
    "pullStoppedAt",
    "startedAt",
    "stoppingAt",
    "executionStoppedAt",
    "stoppedAt",
];

/// The API's `version` of a task and that of the last event about it are to be compared with each other.
#[test]
fn a_task_has_the_version_and_the_times_of_the_last_event_that_told_of_it() {
    let (mut account, subnet) = Account::new("2026-11-21");
    account.images(&json!({ "short": { "startMs": 1000, "exitMs": 70000, "sickMs": 30000 } }));
    account.register(&json!({ "containerDefinitions": [
        { "name": "a", "image": "short", "restartPolicy": { "enabled": true },
          "healthCheck": { "command": ["CMD", "true"], "interval": 5, "retries": 2 } },
        { "name": "b", "image": "short", "essential": false },
    ] }));
    let task = account.run(&subnet, "LATEST", true).unwrap();
    let (mut versions, mut times) = (Vec::new(), BTreeSet::new());
    for at in [
        0, 5_000, 10_000, 25_000, 40_000, 75_000, 100_000, 130_000, 250_000,
    ] {
        account.until(at);
        if at == 130_000 {
            account
                .send("ecs:StopTask", &json!({ "task": task.as_str() }))
                .unwrap();
        }
        let sent = bridge::sent(&account.world.account(), &account.log);
        let last = sent.last().unwrap().json(&account.world.account());
        let told: Value = serde_json::from_str(&last).unwrap();
        let shown = account.world.described_tasks(&[task.as_str()], false);
        let described: Value = serde_json::from_str(shown.as_str()).unwrap();
        let shown = described["tasks"][0]["version"].as_u64();
        assert_eq!(told["detail"]["version"].as_u64(), shown, "{at}: {last}");
        versions.extend(shown);
        for name in TIMES {
            let Some(told) = told["detail"][name].as_str() else {
                continue;
            };
            let seconds = described["tasks"][0][name].as_f64().unwrap_or_default();
            let clock = Clock {
                epoch_ms: (seconds * 1_000.0).round() as u64,
            };
            assert_eq!(told, clock.iso(), "{at}: {name}");
            times.insert(name);
        }
    }
    assert_eq!(versions.first(), Some(&1));
    assert!(versions.last() >= Some(&14), "{versions:?}");
    assert_eq!(times.len(), TIMES.len(), "{times:?}");
}

#[test]
fn ecs_sends_each_change_of_a_task_in_aws_shape() {
    let (mut account, subnet, _) = failing();
    let task = account.run(&subnet, "LATEST", true).unwrap();
    account.until(200_000);
    let sent = bridge::sent(&account.world.account(), &account.log);
    let statuses: Vec<String> = sent
        .iter()
        .map(|it| match it.told() {
            Told::Task { last, desired, .. } => format!("{last} {desired}"),
            other @ (Told::Service { .. } | Told::Notice { .. }) => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        statuses,
        [
            "PROVISIONING RUNNING",
            "PROVISIONING RUNNING",
            "PENDING RUNNING",
            "ACTIVATING RUNNING",
            "ACTIVATING RUNNING",
            "RUNNING RUNNING",
            "RUNNING RUNNING",
            "RUNNING STOPPED",
            "DEACTIVATING STOPPED",
            "STOPPING STOPPED",
            "DEPROVISIONING STOPPED",
            "STOPPED STOPPED",
        ]
    );
    let json: Value =
        serde_json::from_str(&sent.last().unwrap().json(&account.world.account())).unwrap();
    let arn = format!("arn:aws:ecs:us-east-1:123456789012:task/default/{task}");
    for (pointer, value) in [
        ("/version", json!("0")),
        ("/detail-type", json!("ECS Task State Change")),
        ("/source", json!("aws.ecs")),
        ("/account", json!("123456789012")),
        ("/region", json!("us-east-1")),
        ("/resources/0", json!(arn)),
        ("/detail/taskArn", json!(arn)),
        ("/detail/lastStatus", json!("STOPPED")),
        ("/detail/desiredStatus", json!("STOPPED")),
        ("/detail/stopCode", json!("EssentialContainerExited")),
        (
            "/detail/stoppedReason",
            json!("Essential container in task exited"),
        ),
        ("/detail/containers/0/exitCode", json!(1)),
        ("/detail/containers/0/lastStatus", json!("STOPPED")),
        ("/detail/attachments/0/type", json!("eni")),
        ("/detail/attachments/0/status", json!("DELETED")),
        ("/detail/version", json!(12)),
        ("/detail/launchType", json!("FARGATE")),
        ("/detail/group", json!("family:t")),
        ("/detail/cpu", json!("1024")),
        ("/detail/platformVersion", json!("1.4.0")),
    ] {
        assert_eq!(json.pointer(pointer), Some(&value), "{pointer}");
    }
    // the same task, as DescribeTasks has it
    let described: Value = serde_json::from_str(
        account
            .world
            .described_tasks(&[task.as_str()], false)
            .as_str(),
    )
    .unwrap();
    let described = &described["tasks"][0];
    for member in [
        "taskArn",
        "taskDefinitionArn",
        "clusterArn",
        "availabilityZone",
        "group",
        "cpu",
        "memory",
        "stopCode",
        "stoppedReason",
        "attributes",
        "healthStatus",
        "overrides",
        "platformFamily",
        "platformVersion",
        "ephemeralStorage",
        "fargateEphemeralStorage",
        "enableExecuteCommand",
        "launchType",
    ] {
        assert_eq!(json["detail"][member], described[member], "{member}");
    }
    assert_eq!(
        json["detail"]["containers"][0]["containerArn"],
        described["containers"][0]["containerArn"]
    );
    assert_eq!(
        json["detail"]["containers"][0]["runtimeId"],
        described["containers"][0]["runtimeId"]
    );
    assert_eq!(
        json["detail"]["attachments"][0]["id"],
        described["attachments"][0]["id"]
    );
    let time = json["time"].as_str().unwrap();
    assert!(
        time.starts_with("2026-11-21T10:0") && time.len() == 20,
        "{time}"
    );
}

#[test]
fn a_rule_starts_a_task_after_the_event_that_it_describes() {
    let (mut account, subnet, target) = failing();
    let pattern = r#"{"detail-type":["ECS Task State Change"],"detail":{"lastStatus":["STOPPED"],"stopCode":["EssentialContainerExited"]}}"#;
    account.make(
        "events:PutRule",
        &json!({ "Name": "again", "EventPattern": pattern }),
    );
    account
        .send(
            "events:PutTargets",
            &json!({ "Rule": "again", "Targets": [target] }),
        )
        .unwrap();
    account.run(&subnet, "LATEST", true).unwrap();
    account.until(40_000);
    assert_eq!(account.world.tasks().len(), 1);
    account.until(180_000);
    let tasks = account.world.tasks().len();
    assert!(tasks > 1, "the failed task is run again: {tasks}");
    account
        .send("events:DisableRule", &json!({ "Name": "again" }))
        .unwrap();
    let before = account.world.tasks().len();
    account.until(600_000);
    assert_eq!(
        account.world.tasks().len(),
        before,
        "a rule that is switched off starts nothing"
    );
    let lines: Vec<String> = account.log.iter().map(|it| it.fact.to_string()).collect();
    assert!(lines.contains(&"Rule again starts again".to_owned()));
}

#[test]
fn a_scheduled_rule_starts_tasks_in_simulated_time() {
    let (mut account, _, mut target) = failing();
    account.make(
        "events:PutRule",
        &json!({ "Name": "tick", "ScheduleExpression": "rate(10 minutes)" }),
    );
    account
        .send(
            "events:PutTargets",
            &json!({ "Rule": "tick", "Targets": [target] }),
        )
        .unwrap();
    account.until(35 * 60_000);
    let count = |account: &Account| {
        account
            .log
            .iter()
            .filter(|it| it.fact.to_string().ends_with("is PROVISIONING"))
            .count()
    };
    assert_eq!(count(&account), 3);
    // another time in the place of the first: the old one does not count any more
    account.make(
        "events:PutRule",
        &json!({ "Name": "tick", "ScheduleExpression": "cron(0 * * * ? *)" }),
    );
    account.until(61 * 60_000);
    assert_eq!(count(&account), 4, "once at 11:00");
    target["EcsParameters"]["TaskDefinitionArn"] = json!("none");
    account
        .send(
            "events:PutTargets",
            &json!({ "Rule": "tick", "Targets": [target] }),
        )
        .unwrap();
    account.until(121 * 60_000);
    let last = account
        .log
        .iter()
        .rev()
        .find(|it| it.fact.to_string().contains("cannot start"))
        .unwrap();
    assert_eq!(
        last.fact.to_string(),
        "Rule tick cannot start again: ClientException: TaskDefinition not found."
    );
    let refused = account
        .send("events:DeleteRule", &json!({ "Name": "tick" }))
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "ValidationException: Rule can't be deleted since it has targets."
    );
    account
        .send(
            "events:RemoveTargets",
            &json!({ "Rule": "tick", "Ids": ["again"] }),
        )
        .unwrap();
    account
        .send("events:DeleteRule", &json!({ "Name": "tick" }))
        .unwrap();
}

#[test]
fn a_rule_hears_of_services_too() {
    let (mut account, subnet, target) = failing();
    let pattern =
        r#"{"detail-type":["ECS Service Action"],"detail":{"eventName":["SERVICE_STEADY_STATE"]}}"#;
    account.make(
        "events:PutRule",
        &json!({ "Name": "steady", "EventPattern": pattern }),
    );
    account
        .send(
            "events:PutTargets",
            &json!({ "Rule": "steady", "Targets": [target] }),
        )
        .unwrap();
    account.register(
        &json!({ "family": "web", "containerDefinitions": [{ "name": "a", "image": "nginx" }] }),
    );
    let network =
        json!({ "awsvpcConfiguration": { "subnets": [subnet], "assignPublicIp": "ENABLED" } });
    account
        .send(
            "ecs:CreateService",
            &json!({ "serviceName": "web", "taskDefinition": "web", "desiredCount": 1, "launchType": "FARGATE", "networkConfiguration": network }),
        )
        .unwrap();
    account.until(120_000);
    let at = |end: &str| {
        let found = account
            .log
            .iter()
            .find(|it| it.fact.to_string().ends_with(end));
        found.unwrap_or_else(|| panic!("{end}")).at.0
    };
    assert_eq!(
        at("Rule steady starts again"),
        at("has reached a steady state.") + 500,
        "half a second after the service came to its steady state"
    );
}

#[test]
fn rules_are_refused_in_aws_words() {
    let (mut account, _, target) = failing();
    for (action, input, refusal) in [
        (
            "PutRule",
            json!({ "Name": "a b", "ScheduleExpression": "rate(1 day)" }),
            "ValidationException: 1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+",
        ),
        (
            "PutRule",
            json!({ "Name": "a" }),
            "ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified.",
        ),
        (
            "PutRule",
            json!({ "Name": "a", "ScheduleExpression": "rate(1 days)" }),
            "ValidationException: Parameter ScheduleExpression is not valid.",
        ),
        (
            "PutRule",
            json!({ "Name": "a", "EventPattern": "{}" }),
            "InvalidEventPatternException: Event pattern is not valid. Reason: Empty objects are not allowed at [Source: (String)\"{}\"; line: 1, column: 1]",
        ),
        (
            "EnableRule",
            json!({ "Name": "a" }),
            "ResourceNotFoundException: Rule a does not exist on EventBus default.",
        ),
        (
            "PutTargets",
            json!({ "Rule": "a", "Targets": [target] }),
            "ResourceNotFoundException: Rule a does not exist on EventBus default.",
        ),
        (
            "PutRule",
            json!({ "Name": "a", "ScheduleExpression": "rate(1 day)" }),
            "",
        ),
        (
            "PutTargets",
            json!({ "Rule": "a", "Targets": [{ "Id": "1", "Arn": target["Arn"] }] }),
            "ValidationException: RoleArn is required for target arn:aws:ecs:us-east-1:123456789012:cluster/default.",
        ),
        (
            "PutTargets",
            json!({ "Rule": "a", "Targets": [target] }),
            "",
        ),
    ] {
        let answer = account.send(&format!("events:{action}"), &input);
        let found = answer
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert_eq!(found, refusal, "{action} {input}");
    }
}
