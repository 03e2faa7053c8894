//! The commands as a person types them: what they print, and their exit codes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn playground(arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fargate-playground"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let _closed = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

fn definition(members: &str) -> String {
    format!(
        r#"{{"family":"web","networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],{members}"containerDefinitions":[{{"name":"app","image":"nginx:1.27"}}]}}"#
    )
}

#[test]
fn a_definition_of_ec2_is_told_what_fargate_needs() {
    let ec2 = r#"{"family":"web","containerDefinitions":[{"name":"a","image":"nginx:1.27","memory":64,"portMappings":[{"containerPort":80,"hostPort":0}]}]}"#;
    let output = playground(
        &["validate", "--launch-type", "FARGATE", "-"],
        ec2.as_bytes(),
    );
    let said = String::from_utf8(output.stdout).unwrap();
    let (_, plan) = said.split_once("To run on Fargate:\n").unwrap();
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
    assert_eq!(output.status.code(), Some(1));
    let output = playground(&["validate", "-"], ec2.as_bytes());
    assert!(
        !String::from_utf8(output.stdout)
            .unwrap()
            .contains("To run on Fargate:")
    );
}

/// Arguments, standard input, exit code, and what standard output or error says.
#[test]
fn validate_tells_accepted_refused_and_unreadable_apart() {
    let good = definition(r#""cpu":"256","memory":"512","#);
    let pair = definition(r#""cpu":"256","memory":"4096","#);
    let large = definition(r#""cpu":"8192","memory":"16384","#);
    let broken = r#"{"family":"web","containerDefinitions":["#;
    let table: &[(&[&str], &str, i32, &str)] = &[
        (
            &["validate", "-"],
            &good,
            0,
            "standard input: accepted. web can run on EC2, FARGATE",
        ),
        (
            &["validate", "-"],
            &pair,
            1,
            "No Fargate configuration exists for given values",
        ),
        (&["validate", "-"], &large, 0, "accepted"),
        (
            &["validate", "--as-of", "2017-12-01", "-"],
            &large,
            1,
            "No Fargate configuration exists for given values",
        ),
        (&["validate", "-"], broken, 1, "refused"),
        (&["validate", "-"], "", 2, "cannot be read"),
        (&["validate", "-"], "not json at all", 2, "cannot be read"),
        (
            &["validate", "--as-of", "yesterday", "-"],
            &good,
            2,
            "is no date",
        ),
        (
            &["validate", "no/such/file.json"],
            "",
            2,
            "no/such/file.json cannot be read",
        ),
        (&["validate"], "", 2, "FILE"),
        (
            &["validate", "crates/session/tests/data/scorekeep.json"],
            "",
            0,
            "accepted",
        ),
    ];
    for (arguments, stdin, code, expected) in table {
        let output = playground(arguments, stdin.as_bytes());
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert_eq!(
            output.status.code(),
            Some(*code),
            "{arguments:?} with {stdin}\n{said}"
        );
        assert!(
            said.contains(expected),
            "{arguments:?} does not say '{expected}':\n{said}"
        );
    }
}

/// A definition that registers, but that only instances can run.
const BRIDGE: &str = r#"{"family":"web","cpu":"256","memory":"512","networkMode":"bridge","containerDefinitions":[{"name":"app","image":"nginx:1.27"}]}"#;

/// Arguments after `validate -`, standard input, exit code, and what is said.
#[test]
fn what_refuses_to_run_counts_where_it_is_asked_for() {
    let good = definition(r#""cpu":"256","memory":"512","#);
    let arm =
        definition(r#""cpu":"256","memory":"512","runtimePlatform":{"cpuArchitecture":"ARM64"},"#);
    let table: &[(&[&str], &str, i32, &str)] = &[
        (&[], BRIDGE, 0, "accepted"),
        (&["--launch-type", "EC2"], BRIDGE, 0, "accepted"),
        (&["--launch-type", "EXTERNAL"], BRIDGE, 0, "accepted"),
        (
            &["--launch-type", "fargate"],
            BRIDGE,
            1,
            "Task definition does not support launch_type FARGATE.",
        ),
        (&["--launch-type", "FARGATE"], &good, 0, "accepted"),
        (
            &["--launch-type", "EXTERNAL"],
            &good,
            1,
            "Task definition does not support launch_type EXTERNAL.",
        ),
        (
            &["--launch-type", "MOON"],
            &good,
            2,
            "possible values: FARGATE, EC2, EXTERNAL",
        ),
        (
            &["--platform-version", "1.4"],
            &good,
            1,
            "PlatformUnknownException: The specified platform does not exist.",
        ),
        (&["--platform-version", "LATEST"], &arm, 0, "accepted"),
        (
            &["--platform-version", "1.3.0", "--as-of", "2022-01-01"],
            &arm,
            1,
            "PlatformTaskDefinitionIncompatibilityException",
        ),
        (
            &["--as-of", "2020-12-01"],
            &arm,
            0,
            "ARM64 needs the platform version 1.4.0, not 1.3.0",
        ),
        (
            &["--platform-version", "1.4.0", "--launch-type", "EC2"],
            &good,
            1,
            "The platform version must be null",
        ),
    ];
    for (arguments, stdin, code, expected) in table {
        let arguments = [&["validate", "-"], *arguments].concat();
        let output = playground(&arguments, stdin.as_bytes());
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert_eq!(
            output.status.code(),
            Some(*code),
            "{arguments:?} with {stdin}\n{said}"
        );
        assert!(
            said.contains(expected),
            "{arguments:?} does not say '{expected}':\n{said}"
        );
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
    let output = playground(&arguments, BRIDGE.as_bytes());
    assert_eq!(output.status.code(), Some(2), "the worst counts");
    let reports: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
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
    let output = playground(&["validate", "--format", "sarif", "-"], text.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let log: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
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
    let page = playground(&["validate", "--explain", "fargate-size"], b"");
    assert_eq!(page.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&page.stdout).starts_with("# fargate-size: "));
    let text = playground(&["validate", "--explain", "json-comma"], b"");
    assert!(String::from_utf8_lossy(&text.stdout).contains("the text itself"));
    let none = playground(&["validate", "--explain", "fargate-colour"], b"");
    assert_eq!(none.status.code(), Some(2));
    let said = String::from_utf8_lossy(&none.stderr).into_owned();
    assert!(
        said.contains("There is no rule fargate-colour") && said.contains("depends-on"),
        "{said}"
    );
}

#[test]
fn warnings_count_only_where_they_are_denied() {
    let text = r#"{"family":"web","cpu":"256","memory":"512","networkMode":"bridge","containerDefinitions":[{"name":"app","image":"nginx:1.27"}]}"#;
    assert_eq!(
        playground(&["validate", "-"], text.as_bytes())
            .status
            .code(),
        Some(0)
    );
    assert_eq!(
        playground(&["validate", "--deny-warnings", "-"], text.as_bytes())
            .status
            .code(),
        Some(1)
    );
}

#[test]
fn binary_input_is_named_and_not_read() {
    let output = playground(&["validate", "-"], &[0xff, 0xfe, 0, 1, 2]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is not UTF-8 text"));
}

#[test]
fn run_prints_what_happens_and_a_hash_that_stays() {
    let scenario = "crates/session/scenarios/first-light.json";
    let first = playground(&["run", scenario, "--for", "60"], b"");
    let again = playground(&["run", scenario, "--for", "60"], b"");
    assert_eq!(first.status.code(), Some(0));
    let text = String::from_utf8_lossy(&first.stdout).into_owned();
    assert!(text.contains("is RUNNING"), "{text}");
    assert!(text.contains("hash "), "{text}");
    assert_eq!(
        first.stdout, again.stdout,
        "the same scenario runs the same"
    );
}

#[test]
fn run_answers_rubbish_clearly() {
    let newer = r#"{"format":"fargate-playground/scenario","version":99}"#;
    for (stdin, expected) in [
        ("", "damaged"),
        ("{}", "This is no scenario"),
        (newer, "from a newer version"),
        (
            r#"{"format":"fargate-playground/scenario","version":1,"runs":7}"#,
            "damaged at line 1",
        ),
    ] {
        let output = playground(&["run", "-"], stdin.as_bytes());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{stdin}: {said}");
        assert!(
            said.contains(expected),
            "{stdin} is not answered with '{expected}': {said}"
        );
    }
}

#[test]
fn a_truth_table_says_a_line_for_each_row_whatever_it_expects() {
    let file = "crates/session/tests/data/network.json";
    let output = playground(&["vectors", file], b"");
    assert_eq!(output.status.code(), Some(0));
    let all = String::from_utf8(output.stdout).unwrap();
    assert_eq!(all.lines().count(), 97);
    let first: serde_json::Value = serde_json::from_str(all.lines().nth(1).unwrap()).unwrap();
    assert_eq!(first["pass"], true);
    assert_eq!(first["observed"]["verdict"], "DENY");
    assert_eq!(first["observed"]["decided_by"]["eni"], "eni-b");
    // another expectation changes whether the row passes, and nothing that was observed
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(file);
    let text = std::fs::read_to_string(path).unwrap();
    let other = text.replacen("ENI_SG_RULES_MISMATCH", "SG_HAS_NO_RULES", 1);
    let output = playground(&["vectors", "-"], other.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let changed = String::from_utf8(output.stdout).unwrap();
    let second: serde_json::Value = serde_json::from_str(changed.lines().nth(1).unwrap()).unwrap();
    assert_eq!(second["pass"], false);
    assert_eq!(second["observed"], first["observed"]);
    // a row that cannot be read is told by its place, and the others go on
    let broken = text.replacen("172.20.4.0/24", "172.20.4.0/99", 1);
    let output = playground(&["vectors", "-"], broken.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.lines().count(), 97);
    let first: serde_json::Value = serde_json::from_str(said.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["id"], &first["pass"]),
        (&"N005".into(), &false.into())
    );
    let error = first["error"].as_str().unwrap();
    assert!(
        error.contains("row N005: topology.subnets[0].cidr"),
        "{error}"
    );
    // of a file that is none nothing is played
    let output = playground(&["vectors", "-"], b"{\"scenarios\": [");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("line 1, column"), "{said}");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_truth_table_of_scheduling_is_played_too() {
    let file = "crates/session/tests/data/scheduling.json";
    let output = playground(&["vectors", file], b"");
    assert_eq!(output.status.code(), Some(0));
    let all = String::from_utf8(output.stdout).unwrap();
    let first: serde_json::Value = serde_json::from_str(all.lines().next().unwrap()).unwrap();
    assert_eq!(first["id"], "stop-1");
    assert_eq!(first["pass"], true);
    assert_eq!(first["observed"]["sequence"][1], "DEACTIVATING");
    let other = r#"{"scenarios":[{"id":"a","area":"weather","setup":{},"action":{"type":"rain"},"expect":{"wet":true}}]}"#;
    let output = playground(&["vectors", "-"], other.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("not modelled") && said.contains("wet: nothing, not true"),
        "{said}"
    );
}

#[test]
fn run_describes_a_task_as_aws_does() {
    let scenario = "crates/session/scenarios/first-light.json";
    let described = |task: &str| -> serde_json::Value {
        let output = playground(&["run", scenario, "--describe", task], b"");
        assert_eq!(output.status.code(), Some(0));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let events = playground(&["run", scenario], b"");
    let events = String::from_utf8(events.stdout).unwrap();
    let short = events
        .lines()
        .find(|line| line.ends_with("is RUNNING"))
        .unwrap();
    let short = short.split(' ').rev().nth(2).unwrap();
    let all = described(short);
    let task = &all["tasks"][0];
    assert_eq!(task["lastStatus"], "RUNNING", "{all}");
    assert_eq!(task["attachments"][0]["status"], "ATTACHED");
    assert_eq!(task["containers"].as_array().unwrap().len(), 2);
    assert_eq!(described(task["taskArn"].as_str().unwrap()), all);
    assert_eq!(described("nope")["failures"][0]["reason"], "MISSING");
}

/// Arguments after `reach SCENARIO`, exit code, and what is said.
#[test]
fn reach_tells_reachable_refused_and_bad_questions_apart() {
    let table: &[(&[&str], i32, &str)] = &[
        (
            &["--from", "internet", "--to", "scorekeep", "--port", "8080"],
            0,
            "on TCP 8080 at 10:00:54: reachable",
        ),
        (
            &[
                "--from",
                "scorekeep",
                "--to",
                "example.com",
                "--port",
                "443",
            ],
            0,
            "✓ route table of Public a",
        ),
        (
            &[
                "--from",
                "internet",
                "--to",
                "scorekeep",
                "--protocol",
                "icmp",
            ],
            1,
            "fix: Allow ICMP type 8 from 203.0.113.9",
        ),
        (
            &[
                "--from",
                "internet",
                "--to",
                "scorekeep",
                "--port",
                "8080",
                "--at",
                "10:00:01",
            ],
            2,
            "Nothing is called scorekeep at 10:00:01. There is: internet.",
        ),
        (
            &[
                "--from",
                "internet",
                "--to",
                "scorekeep",
                "--port",
                "8080",
                "--at",
                "120",
            ],
            0,
            "at 10:02:00: reachable",
        ),
        (
            &[
                "--from",
                "internet",
                "--to",
                "scorekeep",
                "--port",
                "8080",
                "--at",
                "noon",
            ],
            2,
            "'noon' is no moment",
        ),
        (
            &["--from", "internet", "--to", "nobody", "--port", "80"],
            2,
            "Nothing is called nobody",
        ),
        (
            &[
                "--from",
                "internet",
                "--to",
                "scorekeep",
                "--protocol",
                "udp",
            ],
            2,
            "need a port",
        ),
        (
            &[
                "--from",
                "internet",
                "--to",
                "scorekeep",
                "--port",
                "1",
                "--protocol",
                "carrier",
            ],
            2,
            "carrier is no protocol",
        ),
        (&["--to", "scorekeep", "--port", "80"], 2, "--from"),
    ];
    for (arguments, code, expected) in table {
        let arguments = [
            &["reach", "crates/session/scenarios/first-light.json"],
            *arguments,
        ]
        .concat();
        let output = playground(&arguments, b"");
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert_eq!(output.status.code(), Some(*code), "{arguments:?}\n{said}");
        assert!(
            said.contains(expected),
            "{arguments:?} does not say '{expected}':\n{said}"
        );
    }
    let broken = playground(
        &["reach", "-", "--from", "a", "--to", "b", "--port", "1"],
        b"{}",
    );
    assert_eq!(broken.status.code(), Some(2));
}

#[test]
fn reach_as_json_has_the_whole_explanation() {
    let arguments = [
        "--from",
        "internet",
        "--to",
        "scorekeep",
        "--protocol",
        "icmp",
        "--format",
        "json",
    ];
    let arguments = [
        &["reach", "crates/session/scenarios/first-light.json"],
        &arguments[..],
    ]
    .concat();
    let output = playground(&arguments, b"");
    assert_eq!(output.status.code(), Some(1));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&answer["verdict"], &answer["code"]),
        (&"DENY".into(), &"ENI_SG_RULES_MISMATCH".into())
    );
    assert_eq!(answer["decided_by"]["type"], "security_group");
    assert_eq!(answer["decided_by"]["phase"], "forward");
    assert_eq!(answer["there"].as_array().unwrap().len(), 3);
    assert_eq!(
        answer["fixes"][0]["calls"][0]["action"],
        "ec2:AuthorizeSecurityGroupIngress"
    );
    assert_eq!(answer["near_misses"].as_array().unwrap().len(), 1);
    let record = answer["flow_log"][0].as_str().unwrap();
    assert!(record.ends_with("REJECT OK"), "{record}");
}

#[test]
fn run_prints_flow_logs_in_the_default_format() {
    let scenario = "crates/session/scenarios/first-light.json";
    let output = playground(&["run", scenario, "--for", "120", "--flow-logs"], b"");
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().count() > 4, "{text}");
    for line in text.lines() {
        assert_eq!(line.split(' ').count(), 14, "{line}");
        assert!(line.starts_with("2 123456789012 eni-"), "{line}");
    }
}

#[test]
fn run_prints_what_containers_logged_and_what_nobody_can_read() {
    let scenario = "crates/session/scenarios/first-light.json";
    let output = playground(&["run", scenario, "--logs"], b"");
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("It has no logConfiguration"), "{said}");
    assert!(output.stdout.is_empty());
    let output = playground(&["run", scenario, "--logs", "{ $.level = "], b"");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("filter, character 13: No value follows the comparison"),
        "{said}"
    );
}

/// A scenario without a route out, whose task cannot start: the seed, and whether it is run to its end.
fn broken() -> String {
    let call = |action: &str, input: serde_json::Value| serde_json::json!({ "at": 0, "call": { "action": action, "input": input } });
    let mut entries = vec![
        call(
            "ec2:CreateVpc",
            serde_json::json!({ "CidrBlock": "10.0.0.0/16" }),
        ),
        call(
            "ecs:RegisterTaskDefinition",
            serde_json::json!({
                "family": "web", "cpu": "256", "memory": "512", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
                "containerDefinitions": [{ "name": "app", "image": "nginx:1.27" }]
            }),
        ),
    ];
    let document = |entries: &[serde_json::Value]| {
        serde_json::json!({
            "format": "fargate-playground/scenario", "version": 1, "title": "Broken", "seed": 1, "asOf": "2026-06-01",
            "runs": [{ "entries": entries, "end": 120_000 }]
        })
        .to_string()
    };
    // ids are drawn from the seed: the subnet's and the VPC's are read off the log
    let id = |entries: &[serde_json::Value], kind: &str| {
        let output = playground(&["run", "-"], document(entries).as_bytes());
        let text = String::from_utf8(output.stdout).unwrap();
        let begin = text.find(&format!("({kind}-")).unwrap() + 1;
        text[begin..].split(')').next().unwrap().to_owned()
    };
    let vpc = id(&entries, "vpc");
    entries.push(call(
        "ec2:CreateSubnet",
        serde_json::json!({ "VpcId": vpc, "CidrBlock": "10.0.0.0/24", "TagSpecifications": [{ "ResourceType": "subnet", "Tags": [{ "Key": "Name", "Value": "only" }] }] }),
    ));
    let subnet = id(&entries, "subnet");
    let run = serde_json::json!({ "taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": { "awsvpcConfiguration": { "subnets": [subnet] } } });
    entries.push(call("ecs:RunTask", run));
    let unknown = serde_json::json!({ "taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": { "awsvpcConfiguration": { "subnets": ["subnet-1"] } } });
    entries.push(call("ecs:RunTask", unknown));
    let many = serde_json::json!({
        "family": "many", "cpu": "256", "memory": "512", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
        "containerDefinitions": [{ "name": "app", "image": "nginx:1.27" }]
    });
    entries.push(call("ecs:RegisterTaskDefinition", many));
    let limits = serde_json::json!({ "quotas": true, "fargateVcpus": 1 });
    entries.push(call("playground:SetLimits", limits));
    let run = serde_json::json!({ "taskDefinition": "many", "count": 10, "launchType": "FARGATE", "networkConfiguration": { "awsvpcConfiguration": { "subnets": [subnet] } } });
    entries.push(call("ecs:RunTask", run));
    let circle = serde_json::json!({
        "family": "circle", "cpu": "256", "memory": "512", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
        "containerDefinitions": [{ "name": "app", "image": "nginx:1.27", "dependsOn": [{ "containerName": "app", "condition": "START" }] }]
    });
    entries.push(call("ecs:RegisterTaskDefinition", circle));
    document(&entries)
}

/// Arguments after `why SCENARIO`, exit code, and what is said.
#[test]
fn why_tells_fine_wrong_and_unknown_apart() {
    let broken = broken();
    let light = "crates/session/scenarios/first-light.json";
    let table: &[(&[&str], i32, &str)] = &[
        (
            &["why", light, "--task", "scorekeep"],
            0,
            "Nothing is wrong: scorekeep:1",
        ),
        (
            &["why", light, "--task", "scorekeep", "--at", "10:00:05"],
            0,
            "and will be RUNNING in",
        ),
        (
            &["why", light, "--task", "other"],
            2,
            "No task is called 'other' at 10:00:54. There is: scorekeep:1",
        ),
        (
            &[
                "why",
                light,
                "--from",
                "internet",
                "--to",
                "scorekeep",
                "--port",
                "22",
            ],
            1,
            "With this, the request arrives",
        ),
        (
            &[
                "why",
                light,
                "--from",
                "internet",
                "--to",
                "scorekeep",
                "--port",
                "8080",
            ],
            0,
            "Nothing is wrong: the Internet reaches",
        ),
        (&["why", light, "--call", "3"], 0, "AWS accepts"),
        (
            &["why", light, "--call", "999"],
            2,
            "The run has no call 999.",
        ),
        (
            &["why", light, "--request", "1"],
            2,
            "Event 1 is no request",
        ),
        (&["why", light], 2, "--task"),
        (
            &["why", "-", "--task", "web"],
            1,
            "TaskFailedToStart: CannotPullContainerError",
        ),
        (
            &["why", "-", "--task", "web"],
            1,
            "Route table of only has no route to 203.0.113.80.",
        ),
        (
            &["why", "-", "--task", "web", "--at", "30"],
            1,
            "is PENDING, and will stop in",
        ),
        (&["why", "-", "--call", "4"], 1, "subnet-1"),
        (&["why", "-", "--call", "4"], 1, "fix: Run it in only"),
        (&["why", "-", "--call", "7"], 1, "and starts 3 of 10."),
        (
            &["why", "-", "--call", "7"],
            1,
            "fix: Have the quota raised to 8 vCPUs, and run the 7 that are missing",
        ),
        (&["why", "-", "--call", "8"], 1, "app waits for itself."),
        (
            &["run", "-", "--quiet"],
            1,
            "call 8 was refused: ClientException: Container dependsOn contains a cycle. A circle",
        ),
    ];
    for (arguments, code, said) in table {
        let output = playground(arguments, broken.as_bytes());
        let text =
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(*code), "{arguments:?}: {text}");
        assert!(text.contains(said), "{arguments:?}: {text}");
    }
}

#[test]
fn why_as_json_has_the_chain_and_what_was_proven() {
    let light = "crates/session/scenarios/first-light.json";
    let arguments = [
        "why",
        light,
        "--from",
        "internet",
        "--to",
        "scorekeep",
        "--port",
        "22",
        "--format",
        "json",
    ];
    let output = playground(&arguments, b"");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found["state"], "wrong");
    assert_eq!(found["cause"], "group-in");
    let chain = found["chain"].as_array().unwrap();
    assert!(chain.len() > 1, "{found}");
    assert!(
        chain.last().unwrap()["part"]
            .as_str()
            .unwrap()
            .contains("sg-")
    );
    assert!(!found["checked"].as_array().unwrap().is_empty());
    for fix in found["fixes"].as_array().unwrap() {
        assert!(
            fix["outcome"].as_str().unwrap().starts_with("With this, "),
            "{fix}"
        );
        assert!(!fix["calls"].as_array().unwrap().is_empty(), "{fix}");
    }
}
