//! What is asked of a scenario: which one, at which moment, and how the answer is printed.

use crate::input::{self, complain};
use clap::{Args, ValueEnum};
use fargate_core::call::Call;
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::wire;
use fargate_core::world::Budget;
use fargate_session::{OpenError, Session, VERSION};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// What every question about a scenario takes.
#[derive(Args)]
pub(crate) struct Question {
    /// The scenario; - is standard input
    #[arg(value_name = "SCENARIO")]
    scenario: PathBuf,
    /// The moment: by the clock as 10:04:31, or in seconds since the beginning; the scenario's end where absent
    #[arg(long, value_name = "TIME", value_parser = moment)]
    at: Option<SimTime>,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// How answers are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Lines for people
    Human,
    /// One JSON document
    Json,
}

impl Question {
    /// The scenario at the moment that is asked for; where it cannot be opened, that is said.
    pub(crate) fn open(&self) -> Option<Session> {
        let mut session = open(&self.scenario)?;
        if let Some(at) = self.at {
            if at > session.end() {
                session.advance(SimSpan(at.0 - session.end().0), Budget(u32::MAX));
            } else {
                session.seek(at);
            }
        }
        Some(session)
    }
}

/// The scenario of a file; where it cannot be opened, why is said.
pub(crate) fn open(path: &Path) -> Option<Session> {
    let opened = input::read(path).and_then(|text| {
        Session::open(&text)
            .map_err(|error| format!("{}: {}", input::title(path), unopened(&error)))
    });
    opened.map_err(|message| complain(&message)).ok()
}

/// Calls as they are saved, in a JSON document.
pub(crate) fn calls(calls: &[Call]) -> Vec<Value> {
    let texts = calls.iter().map(|call| wire::print(call));
    texts
        .map(|text| serde_json::from_str(&text).unwrap_or_default())
        .collect()
}

/// Why a scenario cannot be opened, with the cure for who has no page to load again.
fn unopened(error: &OpenError) -> String {
    match error {
        OpenError::Newer(version) => format!(
            "This scenario is from a newer version of the playground (format {version}; this one reads up to {VERSION}). Get the newest version."
        ),
        other => other.to_string(),
    }
}

/// Reads `10:04:31`, where the scenario begins at 10:00:00, or seconds.
fn moment(text: &str) -> Result<SimTime, String> {
    let wrong = || {
        format!(
            "'{text}' is no moment. Write it by the scenario's clock, which begins at 10:00:00, as 10:04:31, or in seconds as 271."
        )
    };
    let number = |part: &str| part.parse::<u64>().map_err(|_| wrong());
    let seconds = match text.split(':').collect::<Vec<_>>().as_slice() {
        [seconds] => number(seconds)?,
        [hours, minutes, seconds] => {
            let (minutes, seconds) = (number(minutes)?, number(seconds)?);
            if minutes > 59 || seconds > 59 {
                return Err(wrong());
            }
            let hours = number(hours)?.checked_sub(10).ok_or_else(wrong)?;
            hours
                .saturating_mul(3_600)
                .saturating_add(minutes * 60 + seconds)
        }
        _ => return Err(wrong()),
    };
    if seconds > 604_800 {
        return Err("A scenario is run for a week at most. Name an earlier moment.".to_owned());
    }
    Ok(SimTime(seconds * 1_000))
}
