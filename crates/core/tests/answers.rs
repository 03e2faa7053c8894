//! AWS's answers to definitions, as a table: code and message, word for word (`data/answers.txt`).
#![allow(clippy::unwrap_used, clippy::panic)] // a test says so when it fails

use fargate_core::call::LaunchType;
use fargate_core::finding::{Severity, apply};
use fargate_core::task_definition::{Context, Reading, Verdict, read};
use fargate_core::units::Date;

const TABLE: &str = include_str!("data/answers.txt");

/// One block of the table.
struct Row {
    name: &'static str,
    context: Context,
    /// Whether the settings say how it is to run; then the answer is `RunTask`'s.
    runs: bool,
    definition: String,
    answer: String,
}

fn row(block: &'static str) -> Option<Row> {
    let mut lines = block.lines().filter(|line| !line.starts_with('#'));
    let head = lines.next()?;
    let mut words = head.split(' ');
    let name = words.next()?;
    let _grade = words.next()?;
    let mut context = Context::fargate(Date::new(2026, 11, 21));
    let (mut runs, mut pad) = (false, 0);
    for setting in words {
        match setting.split_once('=') {
            Some(("as-of", day)) => context.as_of = Date::parse(day).unwrap(),
            Some(("platform-version", version)) => {
                context.platform_version = Some(version.to_owned());
            }
            Some(("launch-type", name)) => {
                runs = true;
                context.launch_type = match name {
                    "FARGATE" => LaunchType::Fargate,
                    "EC2" => LaunchType::Ec2,
                    _ => LaunchType::External,
                };
            }
            Some(("pad", bytes)) => pad = bytes.parse().unwrap(),
            _ => panic!("{head}: what is {setting}?"),
        }
    }
    let definition = lines.next()?.replace("<pad>", &"x".repeat(pad));
    let answer: Vec<_> = lines.collect();
    let answer = answer.join(": ");
    Some(Row {
        name,
        context,
        runs,
        definition,
        answer,
    })
}

fn answer(reading: &Reading, runs: bool) -> String {
    let aws = match &reading.verdict {
        Verdict::Refused { aws, .. } => aws.clone(),
        Verdict::Accepted if runs => reading
            .run_refusal
            .and_then(|at| reading.findings[at].aws.clone()),
        Verdict::Accepted => None,
    };
    aws.map_or_else(
        || "accepted".to_owned(),
        |aws| format!("{}: {}", aws.code, aws.message),
    )
}

#[test]
fn each_definition_has_its_answer() {
    let mut wrong = Vec::new();
    let rows: Vec<_> = TABLE.split("\n\n").filter_map(row).collect();
    assert!(rows.len() > 150, "the table is read");
    for row in &rows {
        let reading = read(&row.definition, &row.context);
        let said = answer(&reading, row.runs);
        let expected = &row.answer;
        if said != *expected {
            wrong.push(format!(
                "{}\n  {:.300}\n  said     {said}\n  expected {expected}",
                row.name, row.definition
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
fn each_refusal_has_a_place_and_a_source() {
    for row in TABLE.split("\n\n").filter_map(row) {
        for finding in read(&row.definition, &row.context).findings {
            let place = row.definition.get(finding.span.start..finding.span.end);
            assert!(
                place.is_some_and(|place| !place.is_empty()),
                "{}: {finding:?}",
                row.name
            );
            assert!(
                finding.source.starts_with("https://"),
                "{}: {finding:?}",
                row.name
            );
        }
    }
}

/// A fix removes its finding, and no error or warning comes that was not there.
#[test]
fn each_fix_cures_and_spoils_nothing() {
    let mut wrong = Vec::new();
    for row in TABLE.split("\n\n").filter_map(row) {
        let before = read(&row.definition, &row.context);
        let count = |reading: &Reading, code: &str| {
            let found = reading.findings.iter();
            found.filter(|finding| finding.code == code).count()
        };
        for finding in &before.findings {
            for fix in &finding.fixes {
                let after = read(&apply(&row.definition, fix).unwrap(), &row.context);
                if count(&after, finding.code) >= count(&before, finding.code) {
                    wrong.push(format!(
                        "{}: {} '{}' leaves it",
                        row.name, finding.code, fix.title
                    ));
                }
                for new in &after.findings {
                    let more = count(&after, new.code) > count(&before, new.code);
                    if more && new.severity != Severity::Hint {
                        wrong.push(format!(
                            "{}: {} '{}' adds {}: {}",
                            row.name, finding.code, fix.title, new.code, new.message
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}
