//! What `validate` has to say of one definition, and the forms in which it says it.

mod human;
mod json;
mod plan;
mod sarif;

pub(crate) use human::human;
pub(crate) use json::json;
pub(crate) use plan::plan;
pub(crate) use sarif::sarif;

use crate::Outcome;
use crate::input;
use fargate_core::finding::{AwsError, Finding, Severity};
use fargate_core::task_definition::{Reading, Verdict};
use fargate_core::text::{LineIndex, Span, Value};
use std::path::Path;

/// The verdict on one definition and all that was found.
pub(crate) struct Report {
    /// The file, and the resource where it is a template with several.
    pub(crate) name: String,
    /// The file alone, as it was named.
    pub(crate) file: String,
    pub(crate) verdict: Answer,
    pub(crate) findings: Vec<Place>,
}

/// What AWS would answer.
pub(crate) enum Answer {
    /// It registers: the family, and what it can run on.
    Accepted(String, Vec<&'static str>),
    /// It registers, but warnings count.
    Warned,
    /// It is refused, in AWS's words; `None` where no client can send it or CloudFormation has words of its own.
    Refused(Option<AwsError>),
    /// It registers, and `RunTask` refuses it.
    NotRun(AwsError),
    /// It is no definition at all.
    Unreadable,
}

/// A finding with its place in lines and columns, from 1.
pub(crate) struct Place {
    pub(crate) finding: Finding,
    pub(crate) start: (usize, usize),
    pub(crate) end: (usize, usize),
}

impl Report {
    pub(crate) fn new(
        path: &Path,
        text: &str,
        reading: Reading,
        runs: bool,
        deny_warnings: bool,
    ) -> Self {
        let file = input::title(path);
        let name = match &*reading.resource {
            "" => file.clone(),
            resource => format!("{file} ({resource})"),
        };
        let warned = reading
            .findings
            .iter()
            .any(|finding| finding.severity == Severity::Warning);
        let not_run = reading.run_refusal.filter(|_| runs);
        let not_run = not_run.and_then(|index| reading.findings.get(index)?.aws.clone());
        let verdict = match (reading.verdict, not_run) {
            _ if !matches!(reading.document.value, Value::Object(_)) => Answer::Unreadable,
            (Verdict::Refused { aws, .. }, _) => Answer::Refused(aws),
            (Verdict::Accepted, Some(aws)) => Answer::NotRun(aws),
            (Verdict::Accepted, None) if deny_warnings && warned => Answer::Warned,
            (Verdict::Accepted, None) => {
                Answer::Accepted(reading.definition.family, reading.compatibilities)
            }
        };
        let lines = LineIndex::new(text);
        let at = |at: usize| {
            let place = lines.line_column(text, at);
            (place.line, place.column)
        };
        let findings = reading.findings.into_iter().map(|finding| {
            let Span { start, end } = finding.span;
            Place {
                start: at(start),
                end: at(end),
                finding,
            }
        });
        let findings = findings.collect();
        Self {
            name,
            file,
            verdict,
            findings,
        }
    }

    /// What the command's exit code says of it.
    pub(crate) fn outcome(&self) -> Outcome {
        match self.verdict {
            Answer::Accepted(..) => Outcome::Accepted,
            Answer::Warned | Answer::Refused(_) | Answer::NotRun(_) => Outcome::Refused,
            Answer::Unreadable => Outcome::Unreadable,
        }
    }
}
