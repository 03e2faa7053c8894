//! What is watched, as the page asks for it: pages of log lines, events with their JSON, and the shell.

use crate::account::{Account, run};
use fargate_core::call::{ExecuteCommand, PutImage, RegisterTaskDefinition, RunTask};
use fargate_core::text::{self, Json};
use fargate_core::workload;
use fargate_session::observe::LogQuery;

const DEFINITION: &str = r#"{
    "family": "logged", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
    "executionRoleArn": "arn:aws:iam::123456789012:role/x", "taskRoleArn": "arn:aws:iam::123456789012:role/x",
    "containerDefinitions": [{ "name": "web", "image": "talker", "portMappings": [{ "containerPort": 80 }], "logConfiguration": {
        "logDriver": "awslogs", "options": { "awslogs-group": "/ecs/logged", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p" } } }]
}"#;
const TALKER: &str = r#"{ "startMs": 0, "logs": [{ "everyMs": 5000, "line": "{\"level\":\"info\",\"at\":\"{time}\"}" }, { "line": "up", "padTo": 5000 }] }"#;

/// The first scenario with a task that logs, run for two minutes.
fn logging() -> (Account, fargate_core::ids::TaskId) {
    let mut account = Account::first_light();
    account.session.judge();
    let behaviour = workload::read(TALKER).0.map(Box::new);
    account.must(PutImage {
        image: "talker".to_owned(),
        behaviour,
    });
    let definition = Json::of(&text::read(DEFINITION).root);
    account.must(RegisterTaskDefinition { definition });
    let subnet = account.subnet();
    let group = account.group();
    let reply = account.must(RunTask {
        task_definition: "logged".to_owned(),
        ..run(&subnet, vec![group], true, 1)
    });
    let fargate_core::error::Reply::Tasks(tasks) = reply else {
        panic!("{reply:?}")
    };
    account.wait(120);
    (account, tasks[0].clone())
}

#[test]
fn lines_come_in_pages_the_newest_and_are_cut_where_they_are_long() {
    let (account, task) = logging();
    let ask = |filter: &str, most: usize| {
        account.session.logs(&LogQuery {
            filter: filter.to_owned(),
            most,
            ..LogQuery::default()
        })
    };
    let all = ask("", 1_000);
    assert!(!all.older && all.lines.len() > 15, "{}", all.lines.len());
    assert!(all.lines.is_sorted_by_key(|line| line.at));
    let few = ask("", 5);
    assert!(few.older);
    assert_eq!(few.lines, all.lines[all.lines.len() - 5..]);
    let long = &ask("up", 10).lines[0];
    assert_eq!((long.text.len(), long.cut), (2_000, 3_000));
    assert_eq!(long.stream, format!("p/web/{task}"));
    let json = ask("{ $.level = \"info\" }", 1_000);
    assert_eq!(json.lines.len(), all.lines.len() - 1);
    let bad = ask("{ $.level", 10);
    assert!(bad.lines.is_empty() && bad.bad.is_some());
    let stream = all.streams.iter().find(|it| it.kept).unwrap();
    assert!(
        stream
            .words
            .starts_with("/ecs/logged keeps its lines for ever."),
        "{}",
        stream.words
    );
    assert!(
        all.streams
            .iter()
            .any(|it| !it.kept && it.words.contains("no logConfiguration"))
    );
}

#[test]
fn the_past_has_the_lines_and_events_of_its_moment() {
    let (mut account, _) = logging();
    let query = LogQuery {
        most: 1_000,
        ..LogQuery::default()
    };
    let now = account.session.logs(&query).lines.len();
    let line = account.session.logs(&query).lines[3].clone();
    account.session.seek(line.at);
    let then = account.session.logs(&query).lines;
    assert!(then.len() < now && then.last().unwrap().at == line.at);
    let sent = account.session.bridge(10);
    assert_eq!(sent.events[0].words, "RUNNING, wanted RUNNING");
    let json = account.session.bridge_event(&sent.events[0].key).unwrap();
    assert!(json.contains("\"lastStatus\": \"RUNNING\""), "{json}");
}

#[test]
fn a_shell_says_who_stopped_its_request() {
    let (mut account, task) = logging();
    let exec = |account: &mut Account| {
        account.send(ExecuteCommand {
            task: task.clone(),
            command: "/bin/sh".to_owned(),
            interactive: true,
            ..ExecuteCommand::default()
        })
    };
    let refused = exec(&mut account).unwrap_err();
    assert_eq!(refused.code, "InvalidParameterException");
    let targets = account.session.exec_targets();
    assert!(
        targets
            .iter()
            .any(|it| it.container == "web" && !it.enabled)
    );
    let answer = account
        .session
        .shell(&task, "web", "curl http://192.168.7.7/")
        .unwrap();
    assert_eq!(answer.code, 28);
    assert!(answer.why.unwrap().starts_with("Stopped at "));
    let answer = account
        .session
        .shell(&task, "web", "curl localhost")
        .unwrap();
    assert_eq!(
        (answer.out.as_str(), answer.why),
        ("web answers for /", None)
    );
    assert_eq!(account.session.shell(&task, "nobody", "ls"), None);
}
