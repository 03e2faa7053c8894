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
