//! What people believe of task definitions, and what is so (`data/traps.txt`): each has a test or an entry for the
//! fidelity page, and those that no other test holds are tested here.

use fargate_core::call::LaunchType;
use fargate_core::task_definition::{Context, Reading, explain, read};
use fargate_core::units::Date;
use std::path::Path;

const TRAPS: &str = include_str!("data/traps.txt");
const ANSWERS: &str = include_str!("data/answers.txt");

#[test]
fn each_trap_has_its_test_or_its_entry() {
    let rows = TRAPS.lines().filter(|line| !line.starts_with('#'));
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut count = 0;
    for (row, expected) in rows.zip(1..) {
        let parts: Vec<_> = row.split(" | ").collect();
        let &[number, belief, held] = &parts[..] else {
            panic!("{row}");
        };
        assert_eq!(number.parse(), Ok(expected), "{row}");
        assert!(!belief.is_empty());
        let (kind, rest) = held.split_once(' ').unwrap();
        match kind {
            "answers" => {
                for name in rest.split(' ') {
                    assert!(ANSWERS.contains(&format!("\n{name} ")), "{name} of {row}");
                }
            }
            "test" => {
                let (file, name) = rest.split_once(' ').unwrap();
                let text = std::fs::read_to_string(workspace.join(file)).unwrap_or_default();
                assert!(text.contains(&format!("fn {name}()")), "{row}");
            }
            "page" => assert!(explain(rest).is_some(), "{row}"),
            "simplified" => assert!(rest.ends_with('.'), "{row}"),
            "not" => assert!(
                rest.starts_with("modelled ") && rest.ends_with('.'),
                "{row}"
            ),
            _ => panic!("{row}"),
        }
        count += 1;
    }
    assert_eq!(count, 62);
}

fn judged(members: &str, container: &str, context: &Context) -> Reading {
    let text = format!(
        r#"{{ "family": "web", {members} "containerDefinitions": [{{ "name": "web", "image": "nginx:1" {container} }}] }}"#
    );
    read(&text, context)
}

fn today() -> Context {
    Context::fargate(Date::new(2026, 11, 21))
}

const SIZE: &str = r#""networkMode": "awsvpc", "cpu": "256", "memory": "512","#;

#[test]
fn all_that_is_requested_is_enforced() {
    let storage = r#""ephemeralStorage": { "sizeInGiB": 50 },"#;
    for (requested, more, accepted) in [
        (r#"["FARGATE"]"#, storage, true),
        (r#"["FARGATE", "EC2"]"#, storage, false),
        (r#"["EC2"]"#, r#""ipcMode": "host","#, true),
        (r#"["EC2", "FARGATE"]"#, r#""ipcMode": "host","#, false),
    ] {
        let members = format!(r#"{SIZE} "requiresCompatibilities": {requested}, {more}"#);
        let reading = judged(&members, "", &today());
        assert_eq!(reading.accepted(), accepted, "{members}");
    }
}

#[test]
fn limits_that_include_their_bound() {
    let members = format!(r#"{SIZE} "requiresCompatibilities": ["FARGATE"],"#);
    for (container, accepted) in [
        (r#", "cpu": 256"#, true),
        (r#", "cpu": 257"#, false),
        (r#", "memory": 512, "memoryReservation": 512"#, true),
        (r#", "memory": 511, "memoryReservation": 512"#, false),
        (r#", "stopTimeout": 120"#, true),
        (r#", "stopTimeout": 121"#, false),
        (r#", "startTimeout": 121"#, true),
        (r#", "startTimeout": 1"#, false),
    ] {
        let reading = judged(&members, container, &today());
        assert_eq!(reading.accepted(), accepted, "{container}");
    }
}

#[test]
fn latest_lagged_behind_the_newest() {
    let volume =
        r#""volumes": [{ "name": "data", "efsVolumeConfiguration": { "fileSystemId": "fs-1" } }],"#;
    for (day, version, runs) in [
        (Date::new(2020, 4, 7), Some("1.4.0"), false),
        (Date::new(2020, 4, 8), Some("1.4.0"), true),
        (Date::new(2020, 4, 8), None, false),
        (Date::new(2021, 2, 28), Some("LATEST"), false),
        (Date::new(2021, 3, 1), Some("LATEST"), true),
        (Date::new(2021, 3, 1), None, true),
        (Date::new(2021, 3, 1), Some("1.3.0"), false),
    ] {
        let mut context = Context::fargate(day);
        context.launch_type = LaunchType::Fargate;
        context.platform_version = version.map(str::to_owned);
        let reading = judged(&format!("{SIZE} {volume}"), "", &context);
        assert!(reading.accepted(), "registration does not ask");
        assert_eq!(reading.run_refusal.is_none(), runs, "{day} {version:?}");
    }
}

/// What a client that checks nothing would hear.
#[test]
fn the_services_own_words_about_types_are_told() {
    let reading = judged(SIZE, r#", "cpu": "256""#, &today());
    let finding = reading
        .findings
        .iter()
        .find(|finding| finding.code == "wrong-type");
    let help = &finding.unwrap().help;
    assert!(
        help.contains("SerializationException: STRING_VALUE cannot be converted to Integer"),
        "{help}"
    );
}
