//! The truth tables of permissions: what policies decide, and what becomes of calls and starting tasks where they deny.
#![allow(clippy::expect_used, clippy::panic)] // a test says so when it fails

use fargate_session::vectors::{Table, read_table};

fn check(file: &str, least: usize) {
    let Table::Scheduling(rows) = read_table(file).expect("the file is read") else {
        panic!("the rows are of scheduling");
    };
    assert!(rows.len() >= least, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let row = row.as_ref().expect("the row is read");
        let seen = row.observe();
        let differences = row.differences(&seen);
        if !differences.is_empty() || seen.as_str().contains("\"verdict\"") {
            wrong.push(format!(
                "{}: {}\n  {}",
                row.id,
                differences.join("; "),
                seen.as_str()
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        rows.len(),
        wrong.join("\n")
    );
}

#[test]
fn policies_decide_as_aws_does() {
    check(include_str!("data/iam-basics.json"), 12);
}

#[test]
fn rarer_policies_and_starts_come_out_as_aws_has_them() {
    check(include_str!("data/iam.json"), 170);
}
