//! One JSON document: a list of definitions with verdict and findings.

use super::{Answer, Place, Report};
use fargate_core::finding::{AwsError, Moment};
use serde_json::{Value, json};

/// All reports as JSON text.
pub(crate) fn json(reports: &[Report]) -> String {
    let all: Vec<_> = reports.iter().map(report).collect();
    format!("{:#}", Value::from(all))
}

fn report(report: &Report) -> Value {
    let (verdict, error, runs_on) = match &report.verdict {
        Answer::Accepted(_, platforms) => ("accepted", None, platforms.clone()),
        Answer::Warned => ("warned", None, Vec::new()),
        Answer::Refused(aws) => ("refused", aws.as_ref(), Vec::new()),
        Answer::NotRun(aws) => ("refused-at-run", Some(aws), Vec::new()),
        Answer::Unreadable => ("unreadable", None, Vec::new()),
    };
    let findings: Vec<_> = report.findings.iter().map(finding).collect();
    json!({
        "name": report.name,
        "file": report.file,
        "verdict": verdict,
        "aws": error.map(aws),
        "compatibilities": runs_on,
        "findings": findings,
    })
}

fn aws(error: &AwsError) -> Value {
    json!({ "code": error.code, "message": error.message })
}

fn finding(place: &Place) -> Value {
    let finding = &place.finding;
    let moment = match finding.moment {
        Moment::Read => "read",
        Moment::Register => "register",
        Moment::Run => "run",
        Moment::Start => "start",
    };
    let fixes = finding.fixes.iter().map(|fix| {
        let edits = fix.edits.iter().map(
            |edit| json!({ "start": edit.span.start, "end": edit.span.end, "text": edit.new_text }),
        );
        json!({ "title": fix.title, "edits": edits.collect::<Vec<_>>() })
    });
    json!({
        "code": finding.code,
        "severity": finding.severity.to_string(),
        "moment": moment,
        "line": place.start.0,
        "column": place.start.1,
        "endLine": place.end.0,
        "endColumn": place.end.1,
        "message": finding.message,
        "help": finding.help,
        "aws": finding.aws.as_ref().map(aws),
        "fixes": fixes.collect::<Vec<_>>(),
        "source": finding.source,
    })
}
