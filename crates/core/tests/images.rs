//! What images do: the catalogue, and the format in which a person says it.

use fargate_core::workload::{MEMBERS, Member, Shape, Workload, known, of_image, read, said};
use litemap::LiteMap;
use std::collections::BTreeSet;
use std::sync::Arc;

#[test]
fn the_catalogue_is_read_and_keeps_to_the_format() {
    let known = known();
    assert_eq!(known.len(), 17);
    let mut names = BTreeSet::new();
    for it in &known {
        assert!(it.about.ends_with('.') && !it.names.is_empty(), "{it:?}");
        for name in &it.names {
            assert!(names.insert(name), "{name} means one image");
            assert_eq!(*of_image(name, &LiteMap::new()), it.does);
        }
        let (again, findings) = read(&said(&it.does));
        assert_eq!(findings, [], "{:?}", it.names);
        assert_eq!(again.as_ref(), Some(&it.does));
    }
}

#[test]
fn an_image_is_known_by_its_last_name_and_a_scenario_knows_better() {
    let mine = Arc::new(Workload {
        idle_cpu: 77,
        ..Workload::default()
    });
    let ecr = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/nginx";
    let scenario = LiteMap::from_iter([(ecr.to_owned(), mine.clone())]);
    let nginx = of_image("nginx", &scenario);
    for (image, expected) in [
        ("public.ecr.aws/nginx/nginx:1.27", &nginx),
        ("nginx@sha256:0123", &nginx),
        ("localhost:5000/nginx", &nginx),
        (ecr, &mine),
        (&format!("{ecr}:v2"), &mine),
        ("team/nginx:v2", &nginx),
        ("nobody-knows:1", &Arc::default()),
    ] {
        assert_eq!(of_image(image, &scenario), *expected, "{image}");
    }
    assert_ne!(*nginx, Workload::default());
}

/// What is typed, the place and the sentence of each finding.
const WRONG: &[(&str, &[(&str, &str)])] = &[
    ("[]", &[("[]", "An image's behaviour is an object, { … }")]),
    (
        r#"{ "idleCpus": 5 }"#,
        &[(
            r#""idleCpus""#,
            "An image's behaviour has no member idleCpus",
        )],
    ),
    (
        r#"{ "idleCpu": "5", "exitCode": 256, "listens": [80, 0] }"#,
        &[
            (r#""5""#, "idleCpu is a whole number from 0 to 262144"),
            ("256", "exitCode is a whole number from 0 to 255"),
            ("0]", "listens[1] is a whole number from 1 to 65535"),
        ],
    ),
    (
        r#"{ "idleCpu": 1.5, "stopMs": null, "startMs": null, "writeTo": 3 }"#,
        &[
            ("1.5", "idleCpu is a whole number from 0 to 262144"),
            (
                "null, \"writeTo\"",
                "startMs is a whole number from 0 to 86400000",
            ),
            ("3 }", "writeTo is a text of at most 200 bytes"),
        ],
    ),
    (
        r#"{ "calls": [{ "to": "db.local", "port": 1 }, { "every": 5 }, 7], "needs": "HOME" }"#,
        &[
            (
                r#""db.local""#,
                "calls[0].to is an IPv4 address such as 10.0.0.8",
            ),
            (r#"{ "every": 5 }"#, "calls[1].port is missing"),
            (
                r#""every""#,
                "An image's behaviour has no member calls[1].every",
            ),
            ("7]", "calls[2] is an object"),
            (r#""HOME""#, "needs is a list of at most 20"),
        ],
    ),
    (
        r#"{ "logs": [{ "line": "x", "everyMs": 10 }] }"#,
        &[(
            "10 }",
            "logs[0].everyMs is a whole number from 5000 to 86400000",
        )],
    ),
];

#[test]
fn what_is_wrong_is_said_at_its_place() {
    for (text, expected) in WRONG {
        let (workload, findings) = read(text);
        assert_eq!(workload, None, "{text}");
        let found: Vec<(usize, &str)> = findings
            .iter()
            .map(|it| (it.span.start, it.message.as_str()))
            .collect();
        let places: Vec<(usize, &str)> = expected
            .iter()
            .map(|(place, message)| (text.find(place).unwrap(), *message))
            .collect();
        assert_eq!(found, places, "{text}");
    }
}

#[test]
fn a_slip_of_the_pen_is_read_as_it_was_meant_and_damage_is_no_behaviour() {
    let (workload, findings) = read("");
    assert!(workload.is_none() && !findings.is_empty());
    let (workload, findings) = read("{}");
    assert_eq!(
        (workload, findings),
        (Some(Workload::default()), Vec::new())
    );
    for text in [
        "{",
        "{\"idleCpu\":",
        "\u{201c}",
        "{{{{",
        "{\"calls\":[{}]}",
        "nul",
        r#"{"asks":["s3:GetObject"]}"#,
        r#"{"asks":["s3:Get* *"]}"#,
        r#"{"asks":["s4:GetObject *"]}"#,
        r#"{"asks":["s3:GetObject settings.json"]}"#,
        r#"{"asks":["always s3:GetObject *"]}"#,
        r#"{"asks":[7]}"#,
        r#"{"asks":"s3:GetObject *"}"#,
    ] {
        let (workload, findings) = read(text);
        assert!(workload.is_none() && !findings.is_empty(), "{text}");
    }
}

#[test]
fn every_member_of_the_format_is_explained_and_is_one_of_the_workloads() {
    // what asks for nothing does not say so
    let asking = Workload {
        asks: vec!["s3:GetObject *".to_owned()],
        ..Workload::default()
    };
    let serde_json::Value::Object(all) =
        serde_json::from_str(&fargate_core::wire::print(&asking)).unwrap()
    else {
        panic!("a workload is an object");
    };
    let mut names: Vec<&str> = MEMBERS.iter().map(|it| it.name).collect();
    names.sort_unstable();
    let mut members: Vec<&str> = all.keys().map(String::as_str).collect();
    members.sort_unstable();
    assert_eq!(names, members);
    assert!(MEMBERS.iter().all(|it| it.about.ends_with('.')));
}

/// The page of the format, whose example is read and whose table is made of the members.
const PAGE: &str = include_str!("../src/workload/format.md");

fn shape(shape: Shape) -> String {
    match shape {
        Shape::Number(low, high) => format!("number, {low} to {high}"),
        Shape::NumberOrNull(low, high) => format!("number, {low} to {high}, or null"),
        Shape::Ports => "list of ports".to_owned(),
        Shape::Text(_) => "text".to_owned(),
        Shape::Address => "IPv4 address".to_owned(),
        Shape::Choice(known) => format!("one of {}", known.join(", ")),
        Shape::Texts(_) => "list of texts".to_owned(),
        Shape::Asks => "list of actions on resources".to_owned(),
        Shape::List(_) => "list of objects".to_owned(),
    }
}

fn table(members: &[Member], path: &str, usual: &serde_json::Value, out: &mut String) {
    for member in members {
        let default = match usual.get(member.name) {
            Some(value) => format!("`{value}`"),
            None if member.required => "required".to_owned(),
            None => String::new(),
        };
        let (name, about) = (member.name, member.about);
        let row = format!(
            "| `{path}{name}` | {} | {default} | {about} |\n",
            shape(member.shape)
        );
        out.push_str(&row);
        if let Shape::List(inner) = member.shape {
            let path = format!("{path}{name}[].");
            table(inner, &path, &serde_json::Value::Null, out);
        }
    }
}

#[test]
fn the_page_of_the_format_is_true() {
    let example = PAGE.split("```").nth(1).unwrap();
    let (workload, findings) = read(example.strip_prefix("json").unwrap());
    assert_eq!(findings, []);
    assert_eq!(workload.unwrap().idle_cpu, 40);
    let (text, _) = PAGE.split_once("## Members\n").unwrap();
    let mut page = format!(
        "{text}## Members\n\n| member | holds | where absent | meaning |\n|---|---|---|---|\n"
    );
    let usual: serde_json::Value =
        serde_json::from_str(&fargate_core::wire::print(&Workload::default())).unwrap();
    table(MEMBERS, "", &usual, &mut page);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/workload/format.md");
        std::fs::write(path, page).unwrap();
    } else {
        assert_eq!(PAGE, page, "UPDATE_EXPECT=1 writes the table anew");
    }
}
