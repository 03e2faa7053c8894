//! Cards: draws a world as what the page shows. Cards that did not change keep their pointers.

pub(crate) mod flights;
mod network;
mod requests;
mod revisions;
pub(crate) mod sentences;
pub(crate) mod tasks;
mod tiles;
pub(crate) mod why;

use crate::document::Scenario;
use crate::view::{
    ClockCard, CostCard, EventLine, HistoryCard, RequestsCard, RunCard, Shared, View,
};
use fargate_core::billing::Bill;
use fargate_core::event::Event;
use fargate_core::ids::VpcId;
use fargate_core::network::ZONES;
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::world::World;
use litemap::LiteMap;

/// Events that the page lists.
const LISTED: usize = 200;

/// The cards of the last view, to be kept where nothing changed.
#[derive(Debug, Default)]
pub(crate) struct Cards {
    /// The VPC to draw; the first where `None`, or where it is no more.
    pub(crate) chosen: Option<VpcId>,
    last: Option<View>,
    revisions: revisions::Shown,
    flights: flights::Ways,
    tasks: tasks::Drawn,
    requests: requests::Counting,
}

impl Cards {
    pub(crate) fn draw(
        &mut self,
        world: &World,
        events: &[Event],
        scenario: &Scenario,
        end: SimTime,
        labels: (Option<String>, Option<String>),
        flight: SimSpan,
    ) -> View {
        let last = self.last.as_ref();
        let now = world.now();
        let shown = network::shown(world, self.chosen.as_ref());
        let (rate_tenths, internet_tenths) = world.traffic().lasting_rates();
        let view = View {
            title: last
                .map(|view| view.title.clone())
                .filter(|title| **title == *scenario.title)
                .unwrap_or_else(|| scenario.title.as_str().into()),
            as_of: world.as_of(),
            clock: ClockCard {
                now,
                end,
                past: now < end,
            },
            history: keep(last.map(|view| &view.history), history(scenario, labels)),
            zones: keep(last.map(|view| &view.zones), ZONES.map(Into::into).to_vec()),
            vpc: network::vpc(world, shown)
                .map(|card| keep(last.and_then(|view| view.vpc.as_ref()), card)),
            network: network::stamp(world, scenario),
            subnets: keep_all(
                last.map(|view| &view.subnets),
                network::subnets(world, shown),
            ),
            groups: keep_all(last.map(|view| &view.groups), network::groups(world, shown)),
            tiles: keep(last.map(|view| &view.tiles), tiles::tiles(world)),
            tasks: self.tasks.draw(world, last.map(|view| &view.tasks)),
            families: self.revisions.families(world.revisions()),
            requests: RequestsCard {
                delivered: world.traffic().delivered,
                failed: world.traffic().failed,
                denied: world.traffic().denied,
                rate_tenths,
                internet_tenths,
            },
            request_times: self.requests.count(scenario.current, events),
            flights: self.flights.draw(events, world, flight),
            cost: cost(world.total_bill()),
            events: lines(last, events),
            event_count: events.last().map_or(0, |event| event.id.0 as usize + 1),
        };
        self.last = Some(view.clone());
        view
    }
}

/// The last card where it is equal, so that its pointer stays.
fn keep<T: PartialEq>(last: Option<&Shared<T>>, card: T) -> Shared<T> {
    match last {
        Some(last) if **last == card => last.clone(),
        _ => Shared::new(card),
    }
}

fn keep_all<K: Ord, T: PartialEq>(
    last: Option<&LiteMap<K, Shared<T>>>,
    cards: impl Iterator<Item = (K, T)>,
) -> LiteMap<K, Shared<T>> {
    cards
        .map(|(id, card)| {
            let card = keep(last.and_then(|last| last.get(&id)), card);
            (id, card)
        })
        .collect()
}

pub(crate) fn cost(bill: Bill) -> CostCard {
    CostCard {
        so_far: bill.so_far,
        per_hour: bill.per_hour,
        billed_seconds: bill.seconds,
        minimum: bill.minimum,
    }
}

fn history(scenario: &Scenario, (undo, redo): (Option<String>, Option<String>)) -> HistoryCard {
    let runs = scenario.runs.iter().enumerate();
    HistoryCard {
        undo,
        redo,
        runs: runs
            .map(|(place, run)| RunCard {
                title: format!("Run {}", place + 1),
                from: run.from,
            })
            .collect(),
        current: scenario.current,
    }
}

fn lines(last: Option<&View>, events: &[Event]) -> Shared<Vec<EventLine>> {
    let recent = &events[events.len().saturating_sub(LISTED)..];
    let ends = |lines: &Vec<EventLine>| {
        (
            lines.first().map(|line| line.id),
            lines.last().map(|line| line.id),
        ) == (
            recent.first().map(|event| event.id.0),
            recent.last().map(|event| event.id.0),
        )
    };
    if let Some(last) = last.filter(|view| ends(&view.events)) {
        return last.events.clone();
    }
    let line = |event: &Event| EventLine {
        id: event.id.0,
        at: event.at,
        text: event.fact.to_string(),
        trouble: event.fact.trouble(),
        task: event.fact.task().cloned(),
    };
    Shared::new(recent.iter().map(line).collect())
}
