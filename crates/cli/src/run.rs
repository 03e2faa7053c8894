//! `run`: a scenario, without a browser.

use crate::Outcome;
use crate::input::{complain, say};
use crate::question;
use clap::Args;
use fargate_core::billing::{REGIONS, Region};
use fargate_core::units::SimSpan;
use fargate_core::world::Budget;
use fargate_session::Session;
use fargate_session::observe::LogQuery;
use std::path::PathBuf;

/// What `run` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// The scenario; - is standard input
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// Seconds of simulated time to go on beyond where the scenario ends
    #[arg(long, value_name = "SECONDS", default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=604_800))]
    r#for: u64,
    /// Print only the last line
    #[arg(long)]
    quiet: bool,
    /// Print the records of VPC Flow Logs, in the default format, and nothing else
    #[arg(long, conflicts_with = "quiet")]
    flow_logs: bool,
    /// Print what containers logged to CloudWatch Logs, and nothing else: all, or what a filter pattern wants
    #[arg(long, value_name = "FILTER", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["quiet", "flow_logs", "describe"])]
    logs: Option<String>,
    /// Print what ECS sent to EventBridge, an event a line as JSON, and nothing else: all, or what an event pattern wants
    #[arg(long, value_name = "PATTERN", num_args = 0..=1, default_missing_value = "",
        conflicts_with_all = ["quiet", "flow_logs", "logs", "describe", "cost"])]
    eventbridge: Option<String>,
    /// Print what AWS's describe-tasks shows of a task, and nothing else; TASK is its id, its ARN or the first digits of its id
    #[arg(long, value_name = "TASK", conflicts_with_all = ["quiet", "flow_logs"])]
    describe: Option<String>,
    /// Print the bill with the prices of a Region, us-east-1 where none is named, and nothing else
    #[arg(long, value_name = "REGION", num_args = 0..=1, default_missing_value = "us-east-1", value_parser = region,
        conflicts_with_all = ["quiet", "flow_logs"])]
    cost: Option<Region>,
}

fn region(name: &str) -> Result<Region, String> {
    Region::named(name).ok_or_else(|| {
        let known = REGIONS.map(|region| region.name).join(", ");
        format!("prices are known of {known}")
    })
}

/// Prints the event log of a scenario, then how many events there were and their hash.
pub(crate) fn run(options: &Options) -> Outcome {
    let Some(mut session) = question::open(&options.scenario) else {
        return Outcome::Unreadable;
    };
    session.advance(SimSpan::secs(options.r#for), Budget(u32::MAX));
    if let Some(filter) = &options.logs {
        if !logs(&session, filter) {
            return Outcome::Unreadable;
        }
    } else if let Some(pattern) = &options.eventbridge {
        match session.bridge_lines(pattern) {
            Ok(lines) => lines.iter().for_each(|line| say(line)),
            Err(message) => {
                complain(&message);
                return Outcome::Unreadable;
            }
        }
    } else if let Some(named) = &options.describe {
        say(&described(&session, named));
    } else if let Some(region) = options.cost {
        say(&session.cost(region).to_string());
    } else if options.flow_logs {
        session.flow_logs().iter().for_each(|line| say(line));
    } else {
        log(&session, options.quiet);
    }
    for (number, error) in session.refused() {
        let said = error.to_string();
        let end = if said.ends_with(['.', '!', '?']) {
            ""
        } else {
            "."
        };
        let told = format!("call {number} was refused: {said}{end} {}", error.cure);
        complain(told.trim_end());
    }
    if session.refused().is_empty() {
        Outcome::Accepted
    } else {
        Outcome::Refused
    }
}

/// The lines that containers logged, as `aws logs tail` prints them; whether the filter pattern is understood.
fn logs(session: &Session, filter: &str) -> bool {
    let page = session.logs(&LogQuery {
        filter: filter.to_owned(),
        most: usize::MAX,
        ..LogQuery::default()
    });
    if let Some(bad) = &page.bad {
        let at = bad.at + 1;
        complain(&format!(
            "filter, character {at}: {}. {}",
            bad.what, bad.cure
        ));
        return false;
    }
    for line in &page.lines {
        say(&format!("{} {} {}", line.time, line.stream, line.text));
    }
    for stream in page.streams.iter().filter(|it| !it.kept && it.written > 0) {
        let (container, task) = (&stream.container, stream.task.short());
        complain(&format!(
            "{container} of {task} wrote {}: {}",
            stream.written, stream.words
        ));
    }
    true
}

/// What `DescribeTasks` answers; of a task that is not there, AWS's failure.
fn described(session: &Session, named: &str) -> String {
    let id = named.rsplit('/').next().unwrap_or(named);
    let tasks = session.world().tasks().values();
    let found: Vec<&str> = tasks
        .map(|task| task.id.as_str())
        .filter(|it| !id.is_empty() && it.starts_with(id))
        .collect();
    let named = if found.is_empty() {
        &[named][..]
    } else {
        &found
    };
    session.world().described_tasks(named, true).indented()
}

/// The event log, how many events there were, and their hash.
fn log(session: &Session, quiet: bool) {
    let count = session.event_lines().count();
    if !quiet {
        session.event_lines().for_each(|line| say(&line));
    }
    say(&format!(
        "{} {count} events, hash {:016x}",
        session.now(),
        session.event_hash()
    ));
}
