//! Completion, hover and what AWS shows of a registered definition. In the texts, ‸ is the caret.
#![allow(clippy::expect_used)] // a test says so when it fails

use fargate_core::finding::{Edit, Fix, apply};
use fargate_core::task_definition::{Context, completions_at, described, hover_at, read};
use fargate_core::text::Span;
use fargate_core::units::Date;
use serde_json::json;

fn today() -> Context {
    Context::fargate(Date::new(2026, 11, 21))
}

/// The text without its caret, and the caret's place.
fn caret(text: &str) -> (String, usize) {
    let at = text.find('‸').expect("a caret");
    (text.replace('‸', ""), at)
}

#[test]
fn completion_proposes_what_belongs_there() {
    // (text, first proposals, whether there are more)
    for (text, labels, more) in [
        ("{ ‸ }", vec!["family", "taskRoleArn"], true),
        ("{ \"fam‸\" }", vec!["family"], true),
        ("{ \"family\": \"web\", ‸ }", vec!["taskRoleArn"], true),
        (
            "{ \"networkMode\": ‸ }",
            vec!["bridge", "host", "awsvpc", "none"],
            false,
        ),
        (
            "{ \"networkMode\": \"aw‸\" }",
            vec!["bridge", "host", "awsvpc", "none"],
            false,
        ),
        (
            "{ \"networkMode\": “aw‸“ }",
            vec!["bridge", "host", "awsvpc", "none"],
            false,
        ),
        (
            "{ \"requiresCompatibilities\": [‸] }",
            vec!["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"],
            false,
        ),
        (
            "{ \"cpu\": \"‸\" }",
            vec![
                "256", "512", "1024", "2048", "4096", "8192", "16384", "32768",
            ],
            false,
        ),
        (
            "{ \"cpu\": \"256\", \"memory\": \"‸\" }",
            vec!["512", "1024", "2048"],
            false,
        ),
        (
            "{ \"containerDefinitions\": [{ ‸ }] }",
            vec!["name", "image"],
            true,
        ),
        (
            "{ \"containerDefinitions\": [{ \"essential\": ‸ }] }",
            vec!["true", "false"],
            false,
        ),
        (
            "{ \"containerDefinitions\": [{ \"portMappings\": [{ \"protocol\": \"‸\" }] }] }",
            vec!["tcp", "udp"],
            false,
        ),
        (
            "{ \"containerDefinitions\": [{ \"name\": \"db\" }, { \"dependsOn\": [{ \"containerName\": \"‸\" }] }] }",
            vec!["db"],
            false,
        ),
        (
            "{ \"taskDefinition\": { \"pidMode\": ‸ } }",
            vec!["host", "task"],
            false,
        ),
        // while it is being typed
        (
            "{\n  \"networkMode\": \"aws‸\n}",
            vec!["bridge", "host", "awsvpc", "none"],
            false,
        ),
        (
            "{ \"networkMode\": ‸",
            vec!["bridge", "host", "awsvpc", "none"],
            false,
        ),
        ("{ net‸", vec!["family"], true),
    ] {
        let (text, at) = caret(text);
        let found = completions_at(&text, at, &today())
            .map(|found| found.items)
            .unwrap_or_default();
        let found: Vec<_> = found.iter().map(|item| item.label.as_str()).collect();
        assert!(found.starts_with(&labels), "{text}: {found:?}");
        assert_eq!(found.len() > labels.len(), more, "{text}: {found:?}");
    }
    for text in [
        "‸",
        "‸{}",
        "{}‸",
        "{ \"family\": \"‸\" }",
        "{ \"nonsense\": ‸ }",
        "\"‸\"",
        "[‸]",
    ] {
        let (text, at) = caret(text);
        assert_eq!(completions_at(&text, at, &today()), None, "{text}");
    }
}

#[test]
fn a_chosen_completion_leaves_a_text_to_go_on_with() {
    // (text, choice, text afterwards)
    for (text, choice, after) in [
        ("{ \"fam‸\" }", "family", "{ \"family\": \"‸\" }"),
        ("{ fam‸ }", "family", "{ \"family\": \"‸\" }"),
        ("{ \"cp‸\": \"256\" }", "cpu", "{ \"cpu\"‸: \"256\" }"),
        (
            "{ ‸ \"family\": \"web\" }",
            "cpu",
            "{ \"cpu\": \"‸\", \"family\": \"web\" }",
        ),
        (
            "{ ‸ }",
            "containerDefinitions",
            "{ \"containerDefinitions\": [{ ‸ }] }",
        ),
        (
            "{ \"networkMode\": “a‸“ }",
            "awsvpc",
            "{ \"networkMode\": \"awsvpc\"‸ }",
        ),
        (
            "{ \"requiresCompatibilities\": [‸] }",
            "FARGATE",
            "{ \"requiresCompatibilities\": [\"FARGATE\"‸] }",
        ),
    ] {
        let (text, at) = caret(text);
        let found = completions_at(&text, at, &today()).expect("proposals");
        let item = found
            .items
            .iter()
            .find(|item| item.label == choice)
            .expect("the choice");
        let mut insert = item.insert.clone();
        insert.insert(item.caret, '‸');
        let fix = Fix {
            title: String::new(),
            edits: vec![Edit::replace(found.span, insert)],
        };
        assert_eq!(apply(&text, &fix).as_deref(), Some(after));
    }
}

#[test]
fn hover_says_what_stands_there() {
    for (text, title, says) in [
        (
            "{ \"cp‸u\": \"1 vCPU\" }",
            "cpu: text",
            "CPU of the whole task",
        ),
        (
            "{ \"cpu\": \"1 v‸CPU\" }",
            "cpu: text",
            "1024 CPU units, that is 1 vCPU. On Fargate it goes with 2 GB to 8 GB of memory.",
        ),
        (
            "{ \"memory\": \"0.5‸GB\" }",
            "memory: text",
            "512 MiB, that is 512 MB.",
        ),
        (
            "{ \"containerDefinitions\": [{ \"ess‸ential\": true }] }",
            "essential: true or false",
            "Whether the task stops",
        ),
        (
            "Resources:\n  A:\n    Type: AWS::ECS::Cluster\n  B:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Cpu: 1‸024\n      ContainerDefinitions: []\n",
            "cpu: text",
            "1024 CPU units, that is 1 vCPU.",
        ),
        (
            "family: web\ncontainerDefinitions:\n- name: web\n  ess‸ential: true\n",
            "essential: true or false",
            "Whether the task stops",
        ),
    ] {
        let (text, at) = caret(text);
        let hover = hover_at(&text, at, &today()).expect("something to say");
        assert_eq!(hover.title, title, "{text}");
        assert!(hover.text.starts_with(says), "{text}: {}", hover.text);
        assert!(
            hover.source.starts_with("https://docs.aws.amazon.com/"),
            "{text}"
        );
        assert!(hover.span.touches(at), "{text}");
    }
    for text in ["‸", "{ ‸ }", "{ \"nonsense\": 1‸ }"] {
        let (text, at) = caret(text);
        assert_eq!(hover_at(&text, at, &today()), None, "{text}");
    }
}

#[test]
fn help_is_given_or_not_at_every_place_of_a_slide() {
    let text = include_str!("data/slides/33-lines.txt");
    let (mut choices, mut hovers) = (0, 0);
    for (at, _) in text.char_indices() {
        for text in [text, &text[..at]] {
            if let Some(found) = completions_at(text, at, &today()) {
                let Span { start, end } = found.span;
                assert!(text.get(start..end).is_some(), "{at}: {:?}", found.span);
                assert!(start <= at && at <= end, "{at}: {:?}", found.span);
                assert!(!found.items.is_empty(), "{at}");
                for item in &found.items {
                    assert!(!item.label.is_empty(), "{at}: {item:?}");
                    assert!(item.insert.is_char_boundary(item.caret), "{at}: {item:?}");
                }
                choices += 1;
            }
            if let Some(hover) = hover_at(text, at, &today()) {
                assert!(hover.span.touches(at), "{at}: {:?}", hover.span);
                assert!(!hover.title.is_empty(), "{at}: {hover:?}");
                assert!(hover.source.starts_with("https://"), "{at}: {hover:?}");
                hovers += 1;
            }
        }
    }
    assert!(choices > 100 && hovers > 100, "{choices}, {hovers}");
}

#[test]
fn aws_shows_a_revision_with_what_it_filled_in() {
    let sent = json!({
        "family": "web", "cpu": "1 vCPU", "memory": "2 gb", "networkMode": "awsvpc", "taskRoleArn": "webRole",
        "tags": [{ "key": "a", "value": "b" }],
        "containerDefinitions": [{
            "name": "web", "image": "nginx:1.27", "portMappings": [{ "containerPort": 80 }],
            "healthCheck": { "command": ["CMD", "true"] }
        }]
    });
    let reading = read(&sent.to_string(), &today());
    let shown = described(
        &reading.document,
        &reading.definition,
        3,
        &reading.compatibilities,
        &today(),
    );
    let expected = json!({
        "taskDefinitionArn": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:3",
        "family": "web", "cpu": "1024", "memory": "2048", "networkMode": "awsvpc", "taskRoleArn": "webRole",
        "containerDefinitions": [{
            "name": "web", "image": "nginx:1.27",
            "portMappings": [{ "containerPort": 80, "hostPort": 80, "protocol": "tcp" }],
            "healthCheck": { "command": ["CMD", "true"], "interval": 30, "timeout": 5, "retries": 3 },
            "cpu": 0, "essential": true, "environment": [], "mountPoints": [], "volumesFrom": [], "systemControls": []
        }],
        "volumes": [], "placementConstraints": [],
        "revision": 3, "status": "ACTIVE",
        "requiresAttributes": [
            { "name": "com.amazonaws.ecs.capability.docker-remote-api.1.18" },
            { "name": "ecs.capability.task-eni" },
            { "name": "ecs.capability.container-health-check" },
            { "name": "com.amazonaws.ecs.capability.docker-remote-api.1.29" },
            { "name": "com.amazonaws.ecs.capability.task-iam-role" }
        ],
        "compatibilities": ["EC2", "FARGATE", "MANAGED_INSTANCES"]
    });
    assert_eq!(shown.as_str(), expected.to_string());
}
