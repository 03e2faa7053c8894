//! `validate`: AWS's verdict on task definitions.

use crate::Outcome;
use crate::input::{self, complain, say};
use clap::Args;
use fargate_core::finding::{Finding, Severity};
use fargate_core::task_definition::{self, Context, Reading, Verdict};
use fargate_core::text::{LineIndex, Value};
use fargate_core::units::Date;
use std::path::PathBuf;

/// What `validate` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// Task definitions as JSON; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The date whose sizes, limits and texts apply, such as 2017-11-29; today where absent
    #[arg(long, value_parser = input::date, value_name = "DATE")]
    as_of: Option<Date>,
    /// Warnings count as refusals
    #[arg(long)]
    deny_warnings: bool,
}

/// Prints every finding of every file, and the verdict.
pub(crate) fn validate(options: &Options) -> Outcome {
    let context = Context::fargate(options.as_of.unwrap_or_else(input::today));
    let mut worst = Outcome::Accepted;
    for path in &options.files {
        let outcome = match input::read(path) {
            Ok(text) => judge(&input::title(path), &text, &context, options.deny_warnings),
            Err(message) => {
                complain(&message);
                Outcome::Unreadable
            }
        };
        worst = worst.max(outcome);
    }
    worst
}

fn judge(name: &str, text: &str, context: &Context, deny_warnings: bool) -> Outcome {
    let reading = task_definition::read(text, context);
    let lines = LineIndex::new(text);
    for finding in &reading.findings {
        print(name, text, &lines, finding);
    }
    let warned = reading
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Warning);
    match &reading.verdict {
        Verdict::Refused { .. } if !matches!(reading.document.value, Value::Object(_)) => {
            complain(&format!(
                "{name}: this is no JSON object, so it cannot be read as a task definition."
            ));
            Outcome::Unreadable
        }
        Verdict::Refused { aws, .. } => {
            let words = aws
                .as_ref()
                .map(|aws| format!("{}: {}", aws.code, aws.message));
            let words =
                words.unwrap_or_else(|| "No client can send it: it is no valid JSON.".to_owned());
            say(&format!("{name}: refused. {words}"));
            Outcome::Refused
        }
        Verdict::Accepted if deny_warnings && warned => {
            say(&format!(
                "{name}: AWS would accept it, but there are warnings."
            ));
            Outcome::Refused
        }
        Verdict::Accepted => {
            say(&format!("{name}: accepted. {}", runs_on(&reading)));
            Outcome::Accepted
        }
    }
}

fn runs_on(reading: &Reading) -> String {
    format!(
        "{} can run on {}.",
        reading.definition.family,
        reading.compatibilities.join(", ")
    )
}

fn print(name: &str, text: &str, lines: &LineIndex, finding: &Finding) {
    let place = lines.line_column(text, finding.span.start);
    let (line, column) = (place.line, place.column);
    say(&format!(
        "{name}:{line}:{column}: {} [{}] {}",
        finding.severity, finding.code, finding.message
    ));
    if !finding.help.is_empty() {
        say(&format!("    {}", finding.help));
    }
    if let Some(aws) = &finding.aws {
        say(&format!("    AWS: {}: {}", aws.code, aws.message));
    }
    for fix in &finding.fixes {
        say(&format!("    Fix: {}", fix.title));
    }
}
