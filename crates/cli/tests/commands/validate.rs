//! `validate`.

use crate::playground::{playground, words};
use std::path::Path;

fn definition(members: &str) -> String {
    format!(
        r#"{{"family":"web","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],{members}"containerDefinitions":[{{"name":"app","image":"nginx:1.27"}}]}}"#
    )
}

/// A definition that registers, but that only instances can run.
const BRIDGE: &str = r#"{"family":"web","cpu":"256","memory":"512","networkMode":"bridge","containerDefinitions":[{"name":"app","image":"nginx:1.27"}]}"#;

#[test]
fn a_definition_of_ec2_is_told_what_fargate_needs() {
    let ec2 = r#"{"family":"web","containerDefinitions":[{"name":"a","image":"nginx:1.27","memory":64,"portMappings":[{"containerPort":80,"hostPort":0}]}]}"#;
    let ran = playground("validate --launch-type FARGATE -", ec2);
    let (_, plan) = ran.stdout.split_once("To run on Fargate:\n").unwrap();
    let lines: Vec<_> = plan
        .lines()
        .map(|line| line.split(" [").next().unwrap().trim())
        .collect();
    assert_eq!(
        lines,
        [
            "1. Add requiresCompatibilities",
            "2. Use awsvpc",
            "3. Give the task 0.25 vCPU and 512 MB",
            "4. Remove hostPort",
        ]
    );
    assert_eq!(ran.code, 1);
    let elsewhere = playground("validate -", ec2).stdout;
    assert!(!elsewhere.contains("To run on Fargate:"), "{elsewhere}");
}

/// What follows `validate`, standard input, the exit code, and what is said.
#[test]
fn validate_tells_accepted_and_refused_apart() {
    let good = definition(r#""cpu":"256","memory":"512","#);
    let pair = definition(r#""cpu":"256","memory":"4096","#);
    let large = definition(r#""cpu":"8192","memory":"16384","#);
    let no_pair = "No Fargate configuration exists for given values";
    let table = [
        (
            "-",
            &*good,
            0,
            "standard input: accepted. web can run on EC2, FARGATE",
        ),
        ("-", &pair, 1, no_pair),
        ("-", &large, 0, "accepted"),
        ("--as-of 2017-12-01 -", &large, 1, no_pair),
        (
            "-",
            r#"{"family":"web","containerDefinitions":["#,
            1,
            "refused",
        ),
        ("--as-of yesterday -", &good, 2, "is no date"),
        (
            "crates/session/tests/data/scorekeep.json",
            "",
            0,
            "accepted",
        ),
    ];
    for (asked, stdin, code, expected) in table {
        playground(&format!("validate {asked}"), stdin).says(code, expected);
    }
    playground("validate", "").says(2, "FILE");
}

/// What follows `validate -`, standard input, the exit code, and what is said.
#[test]
fn what_refuses_to_run_counts_where_it_is_asked_for() {
    let good = &*definition(r#""cpu":"256","memory":"512","#);
    let arm = &*definition(
        r#""cpu":"256","memory":"512","runtimePlatform":{"cpuArchitecture":"ARM64"},"#,
    );
    let table = [
        ("", BRIDGE, 0, "accepted"),
        (" --launch-type EC2", BRIDGE, 0, "accepted"),
        (" --launch-type EXTERNAL", BRIDGE, 0, "accepted"),
        (
            " --launch-type fargate",
            BRIDGE,
            1,
            "Task definition does not support launch_type FARGATE.",
        ),
        (" --launch-type FARGATE", good, 0, "accepted"),
        (
            " --launch-type EXTERNAL",
            good,
            1,
            "Task definition does not support launch_type EXTERNAL.",
        ),
        (
            " --launch-type MOON",
            good,
            2,
            "possible values: FARGATE, EC2, EXTERNAL",
        ),
        (
            " --platform-version 1.4",
            good,
            1,
            "PlatformUnknownException: The specified platform does not exist.",
        ),
        (" --platform-version LATEST", arm, 0, "accepted"),
        (
            " --platform-version 1.3.0 --as-of 2022-01-01",
            arm,
            1,
            "PlatformTaskDefinitionIncompatibilityException",
        ),
        (
            " --as-of 2020-12-01",
            arm,
            0,
            "ARM64 needs the platform version 1.4.0, not 1.3.0",
        ),
        (
            " --platform-version 1.4.0 --launch-type EC2",
            good,
            1,
            "The platform version must be null",
        ),
        (" --deny-warnings", BRIDGE, 1, "there are warnings"),
    ];
    for (asked, stdin, code, expected) in table {
        playground(&format!("validate -{asked}"), stdin).says(code, expected);
    }
}

#[test]
fn several_files_and_definitions_are_judged_in_their_order() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let template = folder.join("template.yaml");
    let bad = folder.join("bad.json");
    std::fs::write(
        &template,
        "Resources:\n  One:\n    Type: AWS::ECS::TaskDefinition\n    Properties: &p\n      Memory: 512\n      ContainerDefinitions: [{Name: a, Image: 'nginx:1'}]\n  Two:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      Memory: 512\n      ContainerDefinitions: []\n",
    )
    .unwrap();
    std::fs::write(&bad, "[]").unwrap();
    let files = [template.to_str().unwrap(), bad.to_str().unwrap(), "-"];
    let arguments = [&["validate", "--format", "json"], &files[..]].concat();
    let ran = words(&arguments, BRIDGE);
    assert_eq!(ran.code, 2, "the worst counts");
    let reports = ran.json();
    let verdicts = reports.as_array().unwrap().iter().map(|report| {
        let name = report["name"].as_str().unwrap();
        let name = name.rsplit('/').next().unwrap();
        format!("{name}: {}", report["verdict"].as_str().unwrap())
    });
    let verdicts: Vec<_> = verdicts.collect();
    assert_eq!(
        verdicts,
        [
            "template.yaml (One): accepted",
            "template.yaml (Two): refused",
            "bad.json: unreadable",
            "standard input: accepted"
        ]
    );
    let two = &reports[1];
    assert_eq!(two["aws"]["message"], "Container list cannot be empty.");
    let finding = two["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == "containers-present")
        .unwrap();
    assert_eq!(
        (finding["line"].as_u64(), finding["column"].as_u64()),
        (Some(11), Some(29))
    );
    assert_eq!(finding["moment"], "register");
}

#[test]
fn sarif_names_rules_places_and_levels() {
    let text = definition(r#""cpu":"256","memory":"4096","#);
    let ran = playground("validate --format sarif -", &text);
    assert_eq!(ran.code, 1);
    let log = ran.json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let size = results
        .iter()
        .find(|result| result["ruleId"] == "fargate-size")
        .unwrap();
    assert_eq!(size["level"], "error");
    assert!(
        size["message"]["text"]
            .as_str()
            .unwrap()
            .contains("No Fargate configuration exists")
    );
    let region = &size["locations"][0]["physicalLocation"]["region"];
    let column = text.find("\"4096\"").unwrap() + 1;
    assert_eq!(
        (region["startLine"].as_u64(), region["startColumn"].as_u64()),
        (Some(1), Some(column as u64))
    );
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        assert!(
            rules.iter().any(|rule| rule["id"] == result["ruleId"]),
            "{result}"
        );
    }
}

#[test]
fn a_rule_explains_itself() {
    let page = playground("validate --explain fargate-size", "");
    page.says(0, "# fargate-size: ");
    assert!(page.stdout.starts_with('#'), "{}", page.stdout);
    playground("validate --explain json-comma", "").says(0, "the text itself");
    let none = playground("validate --explain fargate-colour", "");
    none.says(2, "There is no rule fargate-colour");
    none.says(2, "depends-on");
}
