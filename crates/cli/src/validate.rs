//! `validate`: AWS's verdict on task definitions.

use crate::Outcome;
use crate::input::{self, complain, say};
use crate::report::{self, Report};
use clap::{Args, ValueEnum};
use fargate_core::call::LaunchType;
use fargate_core::task_definition::{self, Context, is_for_ec2, move_to_fargate};
use fargate_core::units::Date;
use std::path::PathBuf;

/// What `validate` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// Task definitions as JSON or YAML, in the API's form or CloudFormation's; - is standard input
    #[arg(required_unless_present = "explain", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How the findings are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The date whose sizes, limits and texts apply, such as 2017-11-29; today where absent
    #[arg(long, value_parser = input::date, value_name = "DATE")]
    as_of: Option<Date>,
    /// Where the task is to run: what `RunTask` refuses there counts as refused
    #[arg(long, value_enum, ignore_case = true, value_name = "TYPE")]
    launch_type: Option<Launch>,
    /// Fargate's platform version: what `RunTask` refuses there counts as refused
    #[arg(long, value_name = "VERSION")]
    platform_version: Option<String>,
    /// Warnings count as refusals
    #[arg(long)]
    deny_warnings: bool,
    /// Print the page of a rule and no more
    #[arg(long, value_name = "CODE", conflicts_with = "files")]
    explain: Option<String>,
}

/// How findings are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people, as compilers print them
    Human,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, as code hosts show it
    Sarif,
}

/// A launch type, spelled as AWS spells it.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "UPPER")]
enum Launch {
    Fargate,
    Ec2,
    External,
}

/// Prints every finding of every file, and the verdicts.
pub(crate) fn validate(options: &Options) -> Outcome {
    if let Some(code) = &options.explain {
        return explain(code);
    }
    let mut context = Context::fargate(options.as_of.unwrap_or_else(input::today));
    context
        .platform_version
        .clone_from(&options.platform_version);
    context.launch_type = match options.launch_type {
        None | Some(Launch::Fargate) => LaunchType::Fargate,
        Some(Launch::Ec2) => LaunchType::Ec2,
        Some(Launch::External) => LaunchType::External,
    };
    // what `RunTask` would say counts where it is asked for
    let runs = options.launch_type.is_some() || options.platform_version.is_some();
    let asks_for_fargate = options.launch_type == Some(Launch::Fargate);
    let mut worst = Outcome::Accepted;
    let mut reports = Vec::new();
    for path in &options.files {
        let text = match input::read(path) {
            Ok(text) => text,
            Err(message) => {
                complain(&message);
                worst = Outcome::Unreadable;
                continue;
            }
        };
        for reading in task_definition::read_all(&text, &context) {
            // of a template, each definition would need a text of its own
            let moves = asks_for_fargate && reading.resource.is_empty() && is_for_ec2(&reading);
            let report = Report::new(path, &text, reading, runs, options.deny_warnings);
            worst = worst.max(report.outcome());
            if options.format == Format::Human {
                report::human(&report);
                if moves {
                    report::plan(&move_to_fargate(&text, &context));
                }
            } else {
                reports.push(report);
            }
        }
    }
    match options.format {
        Format::Human => {}
        Format::Json => say(&report::json(&reports)),
        Format::Sarif => say(&report::sarif(&reports)),
    }
    worst
}

fn explain(code: &str) -> Outcome {
    if let Some(page) = task_definition::explain(code) {
        say(page.trim_end());
        return Outcome::Accepted;
    }
    if code.starts_with("json-") || code.starts_with("yaml-") {
        say("What is said of the text itself, before any rule, stands whole in the finding.");
        return Outcome::Accepted;
    }
    let codes: Vec<_> = task_definition::rule_codes().collect();
    complain(&format!(
        "There is no rule {code}. The rules are: {}.",
        codes.join(", ")
    ));
    Outcome::Unreadable
}
