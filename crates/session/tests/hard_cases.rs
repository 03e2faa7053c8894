//! What people get wrong in the hardest ways: each is answered clearly, explained by its root, and leaves the account as it was.
//!
//! A case is a script, as `reasons.rs` says, whose last line is refused or leads to a task that does not run.
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
use fargate_session::why::{State, Subject};
use reason_play::Play;
use why_laws::{shown, wrong};

/// What is played, the name of the root, words of the root, and whether a cure is proven.
struct Case {
    script: String,
    cause: &'static str,
    root: &'static str,
    cured: bool,
}

fn case(script: impl Into<String>, cause: &'static str, root: &'static str, cured: bool) -> Case {
    Case {
        script: script.into(),
        cause,
        root,
        cured,
    }
}

/// A launch of family `t` in the public subnet.
const RUN: &str = r#"ecs:RunTask {"taskDefinition":"t","launchType":"FARGATE","networkConfiguration":{"awsvpcConfiguration":{"subnets":["$public"],"securityGroups":["$tasks"],"assignPublicIp":"ENABLED"}}}"#;

/// Tasks whose roles are not there, or let nobody in.
fn roles() -> Vec<Case> {
    let enforced = r#"iam:CreateUser {"UserName":"ada"}
playground:EnforcePermissions {"enforced":true}
"#;
    let defined = r#"define {"containerDefinitions":[{"name":"web","image":"nginx:1.27"}],"executionRoleArn":"arn:aws:iam::123456789012:role/nobody"}
"#;
    let foreign = r#"iam:CreateRole {"RoleName":"nobody","AssumeRolePolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}}"}
"#;
    vec![
        case(
            format!("{enforced}{defined}{RUN}"),
            "role-missing",
            "this account has no such role",
            true,
        ),
        case(
            format!("{enforced}{foreign}{defined}{RUN}"),
            "trust-policy",
            "not ecs-tasks.amazonaws.com",
            true,
        ),
        case(
            format!(
                "{enforced}{defined}playground:ActAs {{\"principalArn\":\"arn:aws:iam::123456789012:user/nobody\"}}"
            ),
            "refused",
            "nobody",
            false,
        ),
    ]
}

/// Policies that are none.
fn policies() -> Vec<Case> {
    let put = |document: &str| {
        let document = serde_json::to_string(document).unwrap();
        format!(
            "iam:CreateUser {{\"UserName\":\"ada\"}}\niam:PutUserPolicy {{\"UserName\":\"ada\",\"PolicyName\":\"p\",\"PolicyDocument\":{document}}}"
        )
    };
    let rows = [
        ("", "A policy is an object"),
        ("{", "This { is never closed"),
        ("[]", "A policy is an object"),
        ("null", "A policy is an object"),
        (r#"{"Version":"2012-10-17"}"#, "The policy has no Statement"),
        (
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Perhaps","Action":"s3:*","Resource":"*"}]}"#,
            "An Effect is",
        ),
        (
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3","Resource":"*"}]}"#,
            "is not of the form service:Action",
        ),
    ];
    let rows = rows.into_iter();
    let mut all: Vec<Case> = rows
        .map(|(document, root)| case(put(document), "refused", root, false))
        .collect();
    let long = "x".repeat(200_000);
    all.push(case(put(&long), "refused", "Line 1, column 1: xxx", false));
    all
}

/// Containers that wait for each other in a circle, and images that nobody has.
fn definitions() -> Vec<Case> {
    let circle = |names: &[&str]| {
        let all: Vec<String> = names
            .iter()
            .enumerate()
            .map(|(place, name)| {
                let next = names[(place + 1) % names.len()];
                format!(
                    r#"{{"name":"{name}","image":"nginx:1.27","dependsOn":[{{"containerName":"{next}","condition":"START"}}]}}"#
                )
            })
            .collect();
        format!("define {{\"containerDefinitions\":[{}]}}", all.join(","))
    };
    let image = |image: &str| {
        format!("define {{\"containerDefinitions\":[{{\"name\":\"web\",\"image\":\"{image}\"}}]}}")
    };
    vec![
        case(circle(&["a"]), "depends-on", "a waits for itself.", true),
        case(
            circle(&["a", "b"]),
            "depends-on",
            "which waits for it.",
            true,
        ),
        case(circle(&["a", "b", "c"]), "depends-on", "waits for", true),
        case(
            image(""),
            "container-image",
            "The container web has no image.",
            false,
        ),
        case(image("::"), "container-image", "has no repository", false),
        case(image("a b"), "container-image", "contains a space", true),
        case(
            image("x@sha256:zz"),
            "container-image",
            "hexadecimal",
            false,
        ),
        case(
            image(&"x".repeat(3_000)),
            "container-image",
            "has 3000 characters",
            false,
        ),
        case(
            format!(
                "playground:TakeRepository {{\"repository\":\"example/app\"}}\n{}\ntask = run public",
                image("example/app:1")
            ),
            "image-repository",
            "Docker Hub has no repository example/app",
            true,
        ),
    ]
}

/// Programs that log nothing, empty lines, or more than can be said.
fn logs() -> Vec<Case> {
    let job = |lines: &str| {
        format!(
            "playground:PutImage {{\"image\":\"job:1\",\"behaviour\":{{\"exitMs\":5000,\"exitCode\":1,\"logs\":[{lines}]}}}}\ndefine {{\"containerDefinitions\":[{{\"name\":\"job\",\"image\":\"job:1\",\"logConfiguration\":{{\"logDriver\":\"awslogs\",\"options\":{{\"awslogs-group\":\"/job\",\"awslogs-region\":\"us-east-1\",\"awslogs-stream-prefix\":\"job\",\"awslogs-create-group\":\"true\"}}}}}}]}}\ntask = run public"
        )
    };
    let ends = "with exit code 1: nothing killed it, and no limit was met.";
    let long = "é".repeat(240);
    vec![
        case(job(""), "program-ended", ends, true),
        case(
            job(r#"{"afterMs":0,"line":""}"#),
            "program-ended",
            ends,
            true,
        ),
        case(
            job(r#"{"afterMs":1000,"line":"no configuration"}"#),
            "program-ended",
            "The last line of its log: 'no configuration'",
            true,
        ),
        case(
            job(&format!("{{\"afterMs\":1000,\"line\":\"{long}\"}}")),
            "program-ended",
            "éé…'",
            true,
        ),
        case(
            format!(
                "playground:PutImage {{\"image\":\"job:1\",\"behaviour\":{{\"logs\":[{{\"afterMs\":0,\"line\":\"{}\"}}]}}}}",
                "é".repeat(300_000)
            ),
            "refused",
            "logs[0].line is a text of at most 500 bytes",
            false,
        ),
    ]
}

#[test]
fn each_is_explained_by_its_root_and_leaves_the_account_as_it_was() {
    let mut told = Vec::new();
    let all = roles()
        .into_iter()
        .chain(policies())
        .chain(definitions())
        .chain(logs());
    for case in all {
        let short: String = case.script.chars().take(300).collect();
        let (before, last) = case.script.rsplit_once('\n').unwrap_or(("", &case.script));
        let mut play = Play::of(before);
        let hash = play.session.event_hash();
        play.play(last, &reason_play::folder());
        let subject = if let Some((call, error)) = &play.last {
            assert!(!error.message.is_empty(), "{short}");
            assert_eq!(play.session.event_hash(), hash, "{short}: it left a trace");
            Subject::Call(call.clone())
        } else {
            play.wait(200);
            let Some(task) = play.names.get("task") else {
                told.push(format!("{short}: it was accepted"));
                continue;
            };
            Subject::Task(TaskId::from(task.as_str()))
        };
        let found = play.session.why(&subject).unwrap();
        let fixes = play.session.proofs(&found).finish();
        let text = shown(&found, &fixes);
        if std::env::var("WHY").is_ok() {
            println!("\n=== {short}\n{text}");
        }
        let mut lacks = wrong(&play.session, &found, &fixes);
        let root = found.root().map(|it| it.sentence.clone());
        if !root.as_deref().unwrap_or_default().contains(case.root) {
            lacks.push(format!("the root is {root:?}, not '{}'", case.root));
        }
        if (found.state, found.cause) != (State::Wrong, case.cause) {
            lacks.push(format!(
                "the cause is '{}', not '{}'",
                found.cause, case.cause
            ));
        }
        if fixes.is_empty() == case.cured {
            lacks.push(format!("{} cures", fixes.len()));
        }
        told.extend(lacks.into_iter().map(|it| format!("{short}: {it}")));
        // a document of it opens again, as it was
        let again = Session::open(&play.session.save()).unwrap();
        assert_eq!(again.event_hash(), play.session.event_hash(), "{short}");
    }
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}
