//! `vectors`.

use crate::playground::playground;
use std::path::Path;

const NETWORK: &str = "crates/session/tests/data/network.json";

#[test]
fn a_truth_table_says_a_line_for_each_row_whatever_it_expects() {
    let ran = playground(&format!("vectors {NETWORK}"), "");
    assert_eq!(ran.code, 0);
    let lines = ran.json_lines();
    assert_eq!(lines.len(), 97);
    let second = &lines[1];
    assert_eq!(second["pass"], true);
    assert_eq!(second["observed"]["verdict"], "DENY");
    assert_eq!(second["observed"]["decided_by"]["eni"], "eni-b");
    // another expectation changes whether the row passes, and nothing that was observed
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(NETWORK);
    let text = std::fs::read_to_string(path).unwrap();
    let other = text.replacen("ENI_SG_RULES_MISMATCH", "SG_HAS_NO_RULES", 1);
    let ran = playground("vectors -", other);
    assert_eq!(ran.code, 1);
    let changed = &ran.json_lines()[1];
    assert_eq!(changed["pass"], false);
    assert_eq!(changed["observed"], second["observed"]);
    // a row that cannot be read is told by its place, and the others go on
    let broken = text.replacen("172.20.4.0/24", "172.20.4.0/99", 1);
    let ran = playground("vectors -", broken);
    assert_eq!(ran.code, 1);
    let lines = ran.json_lines();
    assert_eq!(lines.len(), 97);
    let first = &lines[0];
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
    let ran = playground("vectors -", r#"{"scenarios": ["#);
    ran.says(2, "line 1, column");
    assert!(ran.stdout.is_empty(), "{}", ran.stdout);
}

#[test]
fn a_truth_table_of_scheduling_is_played_too() {
    let ran = playground("vectors crates/session/tests/data/scheduling.json", "");
    assert_eq!(ran.code, 0);
    let first = &ran.json_lines()[0];
    assert_eq!(first["id"], "stop-1");
    assert_eq!(first["pass"], true);
    assert_eq!(first["observed"]["sequence"][1], "DEACTIVATING");
    let other = r#"{"scenarios":[{"id":"a","area":"weather","setup":{},"action":{"type":"rain"},"expect":{"wet":true}}]}"#;
    let ran = playground("vectors -", other);
    ran.says(1, "not modelled");
    ran.says(1, "wet: nothing, not true");
}
