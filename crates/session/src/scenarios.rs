//! The scenarios that come with the playground.

mod first_light;
mod scorekeep;
mod templates;

pub use templates::{TEMPLATES, Template};

use crate::document::Scenario;
use crate::session::Session;
use fargate_core::call::Call;
use fargate_core::task_definition::Reading;
use fargate_core::units::{Date, SimTime};
use fargate_core::world::{Authority, World};

/// The document of the empty VPC: a block with a gateway, and nothing in it.
pub const EMPTY_VPC: &str = include_str!("../scenarios/empty-vpc.json");

impl Session {
    /// What a first visitor sees: a task that runs, with the rules of a day.
    pub fn first_light(as_of: Date) -> Self {
        Self::new(first_light::scenario(as_of))
    }

    /// The same before the rules are there: see [`Session::judge`].
    pub fn first_glance(as_of: Date) -> Self {
        let scenario = first_light::scenario(as_of);
        // nothing can be undone before the panels are there, so no edit is named
        let no_words = |_: &Call, _: &World| String::new();
        let authority = Authority::trust(
            |_, _| Reading::on_trust(scorekeep::definition()),
            scorekeep::workload,
        );
        Self::decided_by(authority, no_words, scenario)
    }

    /// A VPC with a gateway, and nothing in it.
    pub fn empty_vpc(as_of: Date) -> Self {
        let mut scenario = Scenario::parse(EMPTY_VPC)
            .unwrap_or_else(|_| Scenario::new("Untitled", 1, as_of, SimTime(0), Vec::new()));
        scenario.as_of = as_of;
        Self::new(scenario)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::TraceCard;
    use fargate_core::units::SimSpan;
    use fargate_core::world::Budget;

    const FIRST_LIGHT: &str = include_str!("../scenarios/first-light.json");

    #[test]
    fn the_first_scenario_is_its_document() {
        let document = Scenario::parse(FIRST_LIGHT).expect("it opens");
        assert_eq!(first_light::scenario(document.as_of), document);
    }

    #[test]
    fn the_first_glance_is_what_the_rules_would_have_given() {
        let day = Date::parse("2026-11-20").expect("a date");
        let (mut glance, whole) = (Session::first_glance(day), Session::first_light(day));
        assert_eq!(glance.event_hash(), whole.event_hash());
        assert!(glance.refused().is_empty());
        // requests are walked on trust too: each passes the parts that the whole walk would ask, with the same words; only the
        // records of flow logs are left to the whole walk
        let traces = |session: &Session| -> Vec<_> {
            let events = 0..session.world().event_count();
            let traces = events.filter_map(|event| session.trace(event));
            let unrecorded = traces.map(|trace| TraceCard {
                log: Vec::new(),
                ..trace
            });
            unrecorded.collect()
        };
        let a_minute = |session: &mut Session| {
            session.advance(SimSpan::secs(60), Budget(u32::MAX));
        };
        a_minute(&mut glance);
        let mut whole_later = Session::first_light(day);
        a_minute(&mut whole_later);
        assert_eq!(traces(&glance), traces(&whole_later));
        assert!(traces(&glance).len() > 10);
        glance.judge();
        assert_eq!(glance.event_hash(), whole_later.event_hash());
        assert_eq!(glance.now(), whole_later.now());
    }

    #[test]
    fn the_shipped_scenarios_can_be_opened_and_every_call_of_theirs_is_accepted() {
        for document in [FIRST_LIGHT, EMPTY_VPC] {
            let scenario = Scenario::parse(document).expect("a shipped scenario opens");
            let mut world = fargate_core::world::World::new(fargate_core::world::Settings {
                seed: scenario.seed,
                as_of: scenario.as_of,
                images: scenario.images.clone(),
                authority: Authority::whole(),
            });
            let mut log = Vec::new();
            for (number, entry) in scenario.runs[0].entries.iter().enumerate() {
                world.advance(entry.at, fargate_core::world::Budget(u32::MAX), &mut log);
                let crate::history::Done::Call(call) = &entry.what else {
                    continue;
                };
                world
                    .apply(number as u32, call, &mut log)
                    .expect("AWS accepts every call of a shipped scenario");
            }
        }
    }
}
