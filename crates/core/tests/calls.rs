//! Calls as JSON: what is written is what was read, to the byte, and what does not fit is told with its place and cure.

use fargate_core::call::Call;
use fargate_core::wire::{parse, print};
use fargate_core::world::Handlers;
use std::collections::BTreeSet;

/// One call a line, each as it is saved; every action, with and without what may be left out.
const CALLS: &str = include_str!("data/calls.jsonl");

#[test]
fn every_call_is_written_as_it_was_read() {
    let mut actions = BTreeSet::new();
    for line in CALLS.lines() {
        let call: Call = parse(line).expect(line);
        assert_eq!(print(&call), line);
        actions.insert(call.action());
    }
    let known: BTreeSet<_> = Call::actions().collect();
    assert_eq!(actions, known, "each action has a line in calls.jsonl");
    let answered: BTreeSet<_> = Handlers::ALL.actions().collect();
    assert_eq!(answered, known, "each action has a handler");
}

#[test]
fn calls_are_read_with_blanks_nulls_and_members_in_any_order() {
    // (text, how it is saved)
    for (text, saved) in [
        (
            " { \"input\" : { \"task\" : \"0123\" , \"reason\" : null } ,\n \"action\" : \"ecs:StopTask\" } ",
            r#"{"action":"ecs:StopTask","input":{"task":"0123"}}"#,
        ),
        (
            r#"{"action":"ec2:CreateVpc","note":"mine","input":{"TagSpecifications":[],"CidrBlock":"\u0031"}}"#,
            r#"{"action":"ec2:CreateVpc","input":{"CidrBlock":"1"}}"#,
        ),
    ] {
        let call: Call = parse(text).expect(text);
        assert_eq!(print(&call), saved);
    }
}

#[test]
fn what_does_not_fit_is_told_with_its_place_and_its_cure() {
    let expected = include_str!("data/bad-calls.txt");
    let mut found = Vec::new();
    for case in expected.trim_end().split("\n\n") {
        let (text, _) = case.rsplit_once('\n').expect(case);
        let error = parse::<Call>(text).expect_err(text);
        found.push(format!("{text}\n{error}"));
    }
    let found = found.join("\n\n") + "\n";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/bad-calls.txt");
        std::fs::write(path, &found).expect("it can be written");
    } else {
        assert_eq!(found, expected, "UPDATE_EXPECT=1 writes it anew");
    }
}

#[test]
fn what_a_reader_forgives_a_person_is_no_saved_call() {
    let call = r#"{"action":"ecs:StopTask","input":{"task":"0123"}}"#;
    parse::<Call>(call).expect(call);
    for (from, to) in [
        ("\"action\"", "action"),
        ("\"0123\"", "'0123'"),
        ("\"}}", "\",}}"),
        ("}}", "}"),
        ("}}", "}}}"),
        (":{", "={"),
        ("{\"task", "{// why\n\"task"),
        ("\"0123\"", "0123"),
        ("0123", "01\t23"),
        ("0123", "\\ud834"),
        ("0123", "\\x"),
    ] {
        let broken = call.replacen(from, to, 1);
        assert_ne!(broken, call);
        assert!(parse::<Call>(&broken).is_err(), "{broken}");
    }
}

#[test]
fn a_definition_is_kept_however_deep_it_nests_up_to_a_limit() {
    let nested = |depth: usize| {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        format!(r#"{{"action":"ecs:RegisterTaskDefinition","input":{open}{close}}}"#)
    };
    let deep = nested(127);
    assert_eq!(print(&parse::<Call>(&deep).expect("128 deep")), deep);
    for depth in [128, 100_000] {
        let error = parse::<Call>(&nested(depth)).expect_err("deeper");
        assert!(error.what.contains("nests deeper than 128"), "{error}");
    }
}
