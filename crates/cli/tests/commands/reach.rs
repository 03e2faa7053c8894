//! `reach`.

use crate::playground::{FIRST_LIGHT, playground};

/// What follows `reach SCENARIO`, the exit code, and what is said.
#[test]
fn reach_tells_reachable_refused_and_bad_questions_apart() {
    let table = [
        (
            "--from internet --to scorekeep --port 8080",
            0,
            "on TCP 8080 at 10:00:54: reachable",
        ),
        (
            "--from scorekeep --to example.com --port 443",
            0,
            "✓ route table of Public a",
        ),
        (
            "--from internet --to scorekeep --protocol icmp",
            1,
            "fix: Allow ICMP type 8 from 203.0.113.9",
        ),
        (
            "--from internet --to scorekeep --port 8080 --at 10:00:01",
            2,
            "Nothing is called scorekeep at 10:00:01. There is: internet.",
        ),
        (
            "--from internet --to scorekeep --port 8080 --at 120",
            0,
            "at 10:02:00: reachable",
        ),
        (
            "--from internet --to nobody --port 80",
            2,
            "Nothing is called nobody",
        ),
        (
            "--from internet --to scorekeep --protocol udp",
            2,
            "need a port",
        ),
        (
            "--from internet --to scorekeep --port 1 --protocol carrier",
            2,
            "carrier is no protocol",
        ),
        ("--to scorekeep --port 80", 2, "--from"),
    ];
    for (asked, code, expected) in table {
        playground(&format!("reach {FIRST_LIGHT} {asked}"), "").says(code, expected);
    }
}

#[test]
fn reach_as_json_has_the_whole_explanation() {
    let asked = "--from internet --to scorekeep --protocol icmp --format json";
    let ran = playground(&format!("reach {FIRST_LIGHT} {asked}"), "");
    assert_eq!(ran.code, 1);
    let answer = ran.json();
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
