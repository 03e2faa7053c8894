//! Truth tables of scheduling: rows of several areas, each what is there at first, what is done, and what AWS then shows.
//!
//! An area is a file here and a line in [`AREAS`]. It builds the row's account by calls to the simulator and tells what is seen then;
//! it is never shown what the row expects. What no area models is said so, and does not pass.

mod account;
mod actors;
mod capacity_provider;
mod circuit_breaker;
mod cli;
mod compare;
mod cost;
mod ends;
mod failing;
mod fetched;
mod grace;
mod iam;
mod lifecycle;
mod policies;
mod quota;
mod renamed;
mod rolling;
mod seen;
mod service;
mod spot;
mod throttle;
mod words;

use super::reader::At;
use fargate_core::text::{Json, Node, Value};
use fargate_core::units::Date;
use seen::Seen;

/// What tells what is seen of a row. The error says in words why the row cannot be played.
type Observe = fn(&Case<'_>) -> Result<Seen, String>;

/// The areas that are modelled.
const AREAS: &[(&str, Observe)] = &[
    ("capacity_provider", capacity_provider::observe),
    ("circuit_breaker", circuit_breaker::observe),
    ("cli", cli::observe),
    ("cost", cost::observe),
    ("iam", iam::observe),
    ("lifecycle", lifecycle::observe),
    ("quota", quota::observe),
    ("rolling", rolling::observe),
    ("spot", spot::observe),
    ("throttle", throttle::observe),
];

/// The day of a row that holds today.
const TODAY: Date = Date::new(2026, 11, 21);

/// A day on which platform versions could be run that are retired today. Source: 'Fargate platform versions' of the ECS guide.
const OLDER_PLATFORMS: Date = Date::new(2020, 6, 30);

/// A row of a truth table of scheduling.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id, such as `lifecycle-03`.
    pub id: String,
    /// Its area, such as `lifecycle`.
    pub area: String,
    /// The day on which it is played.
    pub as_of: Date,
    setup: Node,
    action: Node,
    expect: Option<Node>,
    /// Whether of a refusal only that it is one is known, and not its code.
    any_refusal: bool,
}

/// What an area is shown of a row: all but what it expects.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case<'a> {
    /// The day on which it is played.
    pub(super) as_of: Date,
    /// What is there at first.
    pub(super) setup: &'a Node,
    /// What is done; its `type` says it in words.
    pub(super) action: &'a Node,
}

impl Case<'_> {
    /// What is done, in words.
    pub(super) fn deed(&self) -> &str {
        self.action
            .get("type")
            .and_then(Node::as_str)
            .unwrap_or_default()
    }

    /// That the area does not model this row.
    pub(super) fn not_modelled(&self) -> Seen {
        Seen::default()
            .text("verdict", "not modelled")
            .text("action", self.deed())
    }
}

impl Row {
    /// Plays the row, and gives as JSON what is seen.
    pub fn observe(&self) -> Json {
        // what is only decided is decided in any account
        let decided = self.action.get("resource").is_some();
        let named = renamed::named(&[&self.setup, &self.action]).filter(|_| !decided);
        let (setup, action) = match &named {
            Some(named) => (named.own(&self.setup), named.own(&self.action)),
            None => (self.setup.clone(), self.action.clone()),
        };
        let case = Case {
            as_of: self.as_of,
            setup: &setup,
            action: &action,
        };
        let area = AREAS.iter().find(|(area, _)| *area == self.area);
        let unknown = || {
            let known: Vec<&str> = AREAS.iter().map(|(area, _)| *area).collect();
            let because = format!(
                "the area {} is not modelled; {} are",
                self.area,
                known.join(", ")
            );
            Ok(case.not_modelled().text("because", &because))
        };
        let seen = area.map_or_else(unknown, |(_, observe)| observe(&case));
        let unplayable = |because: String| {
            Seen::default()
                .text("verdict", "cannot be played")
                .text("because", &because)
        };
        let seen = seen.unwrap_or_else(unplayable).finish();
        named.map_or_else(|| seen.clone(), |named| named.back(&seen))
    }

    /// Where what is seen differs from what the row expects, in words; nothing where it does not.
    pub fn differences(&self, observed: &Json) -> Vec<String> {
        let expect = self.expect.as_ref();
        expect.map_or_else(Vec::new, |expect| {
            compare::differences(expect, observed, self.any_refusal)
        })
    }
}

/// Reads a row.
pub(super) fn row(at: &At<'_>) -> Result<Row, String> {
    let id = at.text("id")?;
    let at = at.named(format!("row {id}"));
    let era = at
        .optional("era")
        .map_or(Ok(String::new()), |it| it.as_text())?;
    let confidence = at
        .optional("confidence")
        .map_or(Ok(String::new()), |it| it.as_text())?;
    let object = |name: &str| {
        let it = at.member(name)?;
        match it.node().value {
            Value::Object(_) => Ok(it.node().clone()),
            _ => Err(it.wrong("an object")),
        }
    };
    let area = at.text("area")?;
    let (setup, action) = (object("setup")?, object("action")?);
    let older = era != "current"
        && era.get(..4).is_none_or(|it| it.parse::<i32>().is_err())
        && is_of_older_platforms(&area, &setup, &action);
    Ok(Row {
        area,
        as_of: if older { OLDER_PLATFORMS } else { day_of(&era) },
        setup,
        action,
        expect: at.optional("expect").map(|it| it.node().clone()),
        any_refusal: confidence == "derived",
        id,
    })
}

/// Whether a row that holds at any time is played while older platform versions could be run: it names one of them, or it is about a
/// container that is killed for its memory, of which the agent of those days spoke as on EC2.
fn is_of_older_platforms(area: &str, setup: &Node, action: &Node) -> bool {
    let named = words::platform_version(setup, action);
    let memory = || {
        let (setup, action) = (Json::of(setup), Json::of(action));
        let speaks = |it: &Json| words::speaks_of(it.as_str(), &["oom", "memory", "mib"]);
        area == "lifecycle" && (speaks(&setup) || speaks(&action))
    };
    match named {
        Some(version) => !version.starts_with("1.4"),
        None => memory(),
    }
}

/// A day within an era: the last of its first year, or today.
fn day_of(era: &str) -> Date {
    let year = era.get(..4).and_then(|year| year.parse().ok());
    year.map_or(TODAY, |year| Date::new(year, 12, 31))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_played_on_a_day_of_its_era() {
        let days = ["all", "current", "", "2020-2023", "2022+"].map(|era| day_of(era).to_string());
        assert_eq!(
            days,
            [
                "2026-11-21",
                "2026-11-21",
                "2026-11-21",
                "2020-12-31",
                "2022-12-31"
            ]
        );
    }
}
