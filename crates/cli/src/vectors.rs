//! `vectors`: runs a truth table of the network through the simulator.

use crate::Outcome;
use crate::input::{self, complain, say};
use clap::Args;
use fargate_session::vectors::{self, Decided, Observed};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What `vectors` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// A truth table as JSON, network/scenarios@1; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Prints a JSON line for each row: its id, whether it passes, and what was observed.
pub(crate) fn vectors(options: &Options) -> Outcome {
    let rows = input::read(&options.file).and_then(|text| {
        vectors::read(&text)
            .map_err(|message| format!("{}: {message}", input::title(&options.file)))
    });
    let rows = match rows {
        Ok(rows) => rows,
        Err(message) => {
            complain(&message);
            return Outcome::Unreadable;
        }
    };
    let mut outcome = Outcome::Accepted;
    for row in &rows {
        let observed = row.observe();
        let differences = row
            .expect
            .as_ref()
            .map(|expect| expect.differences(&observed));
        let differences = differences.unwrap_or_default();
        let mut line = json!({
            "id": row.id,
            "pass": differences.is_empty(),
            "observed": shown(&observed),
        });
        if !differences.is_empty() {
            line["differences"] = json!(differences);
            outcome = Outcome::Refused;
        }
        say(&line.to_string());
    }
    outcome
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
