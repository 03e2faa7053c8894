//! `why`.

use crate::playground::{FIRST_LIGHT, playground};
use serde_json::{Value, json};

/// A scenario without a route out, whose task cannot start, and a call that AWS refuses.
fn broken() -> String {
    let call = |action: &str, input: Value| json!({ "at": 0, "call": { "action": action, "input": input } });
    let mut entries = vec![
        call("ec2:CreateVpc", json!({ "CidrBlock": "10.0.0.0/16" })),
        call(
            "ecs:RegisterTaskDefinition",
            json!({
                "family": "web", "cpu": "256", "memory": "512", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
                "containerDefinitions": [{ "name": "app", "image": "nginx:1.27" }]
            }),
        ),
    ];
    let document = |entries: &[Value]| {
        json!({
            "format": "fargate-playground/scenario", "version": 1, "title": "Broken", "seed": 1, "asOf": "2026-06-01",
            "runs": [{ "entries": entries, "end": 120_000 }]
        })
        .to_string()
    };
    // ids are drawn from the seed: the subnet's and the VPC's are read off the log
    let id = |entries: &[Value], kind: &str| {
        let text = playground("run -", document(entries)).stdout;
        let begin = text.find(&format!("({kind}-")).unwrap() + 1;
        text[begin..].split(')').next().unwrap().to_owned()
    };
    let vpc = id(&entries, "vpc");
    entries.push(call(
        "ec2:CreateSubnet",
        json!({ "VpcId": vpc, "CidrBlock": "10.0.0.0/24", "TagSpecifications": [{ "ResourceType": "subnet", "Tags": [{ "Key": "Name", "Value": "only" }] }] }),
    ));
    let subnet = id(&entries, "subnet");
    let run = json!({ "taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": { "awsvpcConfiguration": { "subnets": [subnet] } } });
    entries.push(call("ecs:RunTask", run));
    let unknown = json!({ "taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": { "awsvpcConfiguration": { "subnets": ["subnet-1"] } } });
    entries.push(call("ecs:RunTask", unknown));
    let many = json!({
        "family": "many", "cpu": "256", "memory": "512", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
        "containerDefinitions": [{ "name": "app", "image": "nginx:1.27" }]
    });
    entries.push(call("ecs:RegisterTaskDefinition", many));
    let limits = json!({ "quotas": true, "fargateVcpus": 1 });
    entries.push(call("playground:SetLimits", limits));
    let run = json!({ "taskDefinition": "many", "count": 10, "launchType": "FARGATE", "networkConfiguration": { "awsvpcConfiguration": { "subnets": [subnet] } } });
    entries.push(call("ecs:RunTask", run));
    let circle = json!({
        "family": "circle", "cpu": "256", "memory": "512", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"],
        "containerDefinitions": [{ "name": "app", "image": "nginx:1.27", "dependsOn": [{ "containerName": "app", "condition": "START" }] }]
    });
    entries.push(call("ecs:RegisterTaskDefinition", circle));
    document(&entries)
}

/// What follows `why`, the exit code, and what is said. SCENARIO stands for the first visit's, - for the broken one.
#[test]
fn why_tells_fine_wrong_and_unknown_apart() {
    let table = [
        (
            "SCENARIO --task scorekeep",
            0,
            "Nothing is wrong: scorekeep:1",
        ),
        (
            "SCENARIO --task scorekeep --at 10:00:05",
            0,
            "and will be RUNNING in",
        ),
        (
            "SCENARIO --task other",
            2,
            "No task is called 'other' at 10:00:54. There is: scorekeep:1",
        ),
        (
            "SCENARIO --from internet --to scorekeep --port 22",
            1,
            "With this, the request arrives",
        ),
        (
            "SCENARIO --from internet --to scorekeep --port 8080",
            0,
            "Nothing is wrong: the Internet reaches",
        ),
        ("SCENARIO --call 3", 0, "AWS accepts"),
        ("SCENARIO --call 999", 2, "The run has no call 999."),
        ("SCENARIO --request 1", 2, "Event 1 is no request"),
        ("SCENARIO", 2, "--task"),
        (
            "- --task web",
            1,
            "TaskFailedToStart: CannotPullContainerError",
        ),
        (
            "- --task web",
            1,
            "Route table of only has no route to 203.0.113.80.",
        ),
        ("- --task web --at 30", 1, "is PENDING, and will stop in"),
        ("- --call 4", 1, "subnet-1"),
        ("- --call 4", 1, "fix: Run it in only"),
        ("- --call 7", 1, "and starts 3 of 10."),
        (
            "- --call 7",
            1,
            "fix: Have the quota raised to 8 vCPUs, and run the 7 that are missing",
        ),
        ("- --call 8", 1, "app waits for itself."),
    ];
    let broken = broken();
    for (asked, code, expected) in table {
        let asked = asked.replace("SCENARIO", FIRST_LIGHT);
        playground(&format!("why {asked}"), &broken).says(code, expected);
    }
    let refused =
        "call 8 was refused: ClientException: Container dependsOn contains a cycle. A circle";
    playground("run - --quiet", &broken).says(1, refused);
}

#[test]
fn why_as_json_has_the_chain_and_what_was_proven() {
    let asked = "--from internet --to scorekeep --port 22 --format json";
    let ran = playground(&format!("why {FIRST_LIGHT} {asked}"), "");
    assert_eq!(ran.code, 1);
    let found = ran.json();
    assert_eq!(found["state"], "wrong");
    assert_eq!(found["cause"], "group-in");
    let chain = found["chain"].as_array().unwrap();
    assert!(chain.len() > 1, "{found}");
    let root = chain.last().unwrap()["part"].as_str().unwrap();
    assert!(root.contains("sg-"), "{root}");
    assert!(!found["checked"].as_array().unwrap().is_empty());
    let fixes = found["fixes"].as_array().unwrap();
    assert!(!fixes.is_empty(), "{found}");
    for fix in fixes {
        let outcome = fix["outcome"].as_str().unwrap();
        assert!(outcome.starts_with("With this, "), "{fix}");
        assert!(!fix["calls"].as_array().unwrap().is_empty(), "{fix}");
    }
}
