//! `vectors`: runs a truth table of the network or of scheduling through the simulator.

use crate::Outcome;
use crate::input::{self, complain, say};
use clap::Args;
use fargate_session::vectors::{self, BadRow, Decided, Observed, Table};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What `vectors` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// A truth table as JSON, network/scenarios@1 or one of scheduling; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Prints a JSON line for each row: its id, whether it passes, and what was observed.
pub(crate) fn vectors(options: &Options) -> Outcome {
    let table = input::read(&options.file).and_then(|text| {
        vectors::read_table(&text)
            .map_err(|message| format!("{}: {message}", input::title(&options.file)))
    });
    let table = match table {
        Ok(table) => table,
        Err(message) => {
            complain(&message);
            return Outcome::Unreadable;
        }
    };
    match table {
        Table::Network(rows) => worst(rows.iter().map(|row| each(row, network))),
        Table::Scheduling(rows) => worst(rows.iter().map(|row| each(row, scheduling))),
    }
}

/// Plays a row, or says why it cannot be read; the others go on.
fn each<T>(row: &Result<T, BadRow>, play: fn(&T) -> Outcome) -> Outcome {
    match row {
        Ok(row) => play(row),
        Err(bad) => {
            let line = json!({ "id": bad.id, "pass": false, "error": bad.error });
            say(&line.to_string());
            Outcome::Refused
        }
    }
}

fn worst(outcomes: impl Iterator<Item = Outcome>) -> Outcome {
    outcomes.max().unwrap_or(Outcome::Accepted)
}

fn network(row: &vectors::Row) -> Outcome {
    let observed = row.observe();
    let expect = row.expect.as_ref();
    let differences = expect.map(|expect| expect.differences(&observed));
    told(&row.id, &shown(&observed), &differences.unwrap_or_default())
}

fn scheduling(row: &vectors::scheduling::Row) -> Outcome {
    let observed = row.observe();
    let differences = row.differences(&observed);
    let observed = serde_json::from_str(observed.as_str()).unwrap_or_default();
    told(&row.id, &observed, &differences)
}

/// Prints the line of a row.
fn told(id: &str, observed: &Value, differences: &[String]) -> Outcome {
    let mut line = json!({ "id": id, "pass": differences.is_empty(), "observed": observed });
    if !differences.is_empty() {
        line["differences"] = json!(differences);
    }
    say(&line.to_string());
    if differences.is_empty() {
        Outcome::Accepted
    } else {
        Outcome::Refused
    }
}

fn shown(observed: &Observed) -> Value {
    let log = observed.flow_log.iter().map(|record| {
        json!({ "eni": record.interface, "direction": record.direction, "action": record.action })
    });
    json!({
        "verdict": if observed.allow { "ALLOW" } else { "DENY" },
        "code": observed.code,
        "decided_by": observed.decided_by.as_ref().map(decided),
        "because": observed.because,
        "near_misses": observed.near_misses,
        "flow_log": log.collect::<Vec<_>>(),
        "trace": observed.trace,
    })
}

fn decided(by: &Decided) -> Value {
    let rule = by
        .rule
        .as_ref()
        .map(|rule| rule.parse::<u16>().map_or(json!(rule), |it| json!(it)));
    let text = |text: &Option<String>| text.as_ref().map(|text| json!(text));
    let members = [
        ("type", text(&by.kind)),
        ("id", text(&by.id)),
        ("phase", text(&by.phase)),
        ("direction", text(&by.direction)),
        ("subnet", text(&by.subnet)),
        ("rule", rule),
        ("eni", text(&by.interface)),
    ];
    let there = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(there.collect())
}
