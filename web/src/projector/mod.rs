//! The projector: the last view as signals. It is their only writer; components get a [`Projected`] from context.

mod shelf;

pub use shelf::{Changes, Shelf};

use crate::signals::{ArcReadSignal, ReadSignal, StoredValue, WriteSignal, signal};
use fargate_core::ids::{SecurityGroupId, SubnetId, TaskId};
use fargate_core::units::Date;
use fargate_session::view::{
    ClockCard, CostCard, EventLine, FamilyCard, Flight, GroupCard, HistoryCard, NetworkStamp,
    RequestTimes, RequestsCard, Shared, SubnetCard, TaskCard, TileCard, View, VpcCard,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The cards of one kind.
#[derive(Debug)]
pub struct Cards<K: 'static, V: 'static>(StoredValue<Shelf<K, V>>);

impl<K, V> Clone for Cards<K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V> Copy for Cards<K, V> {}

impl<K, V> Cards<K, V>
where
    K: Clone + Ord + Send + Sync,
    V: Send + Sync,
{
    fn new() -> Self {
        Self(StoredValue::new(Shelf::default()))
    }

    /// The keys in order; tracked, and changes only when a card comes or goes.
    pub fn order(self) -> Arc<[K]> {
        self.0.with_value(Shelf::order).get()
    }

    /// The signal of one card, for a row that lives as long as the card does; `None` where there is none now.
    pub fn row(self, key: &K) -> Option<ArcReadSignal<Shared<V>>> {
        self.0.with_value(|shelf| shelf.row(key))
    }

    /// One card, tracked: also a card that is yet to come, or goes.
    pub fn card(self, key: &K) -> Option<Shared<V>> {
        let found = self.row(key);
        if found.is_none() {
            self.0.with_value(Shelf::order).track();
        }
        found.map(|row| row.get())
    }

    /// All cards in order; tracked, and changes whenever one of them does. What draws each by itself takes rows.
    pub fn all(self) -> Vec<Shared<V>> {
        self.0.with_value(Shelf::all)
    }
}

/// What the session shows now, as signals. From context: `expect_context::<Projected>()` by [`projected`].
#[derive(Clone, Copy, Debug)]
pub struct Projected {
    /// The scenario's title.
    pub title: ReadSignal<Arc<str>>,
    /// The date whose sizes, limits, prices and texts apply.
    pub as_of: ReadSignal<Date>,
    /// The moment shown; changes every frame while time runs.
    pub clock: ReadSignal<ClockCard>,
    /// What can be undone and redone, and the runs.
    pub history: ReadSignal<Shared<HistoryCard>>,
    /// The zones.
    pub zones: ReadSignal<Shared<Vec<Arc<str>>>>,
    /// The VPC.
    pub vpc: ReadSignal<Option<Shared<VpcCard>>>,
    /// Differs wherever the network does: who asks the session about it tracks this and not the clock.
    pub network: ReadSignal<NetworkStamp>,
    /// The subnets.
    pub subnets: Cards<SubnetId, SubnetCard>,
    /// The security groups.
    pub groups: Cards<SecurityGroupId, GroupCard>,
    /// What stands in subnets beside tasks.
    pub tiles: ReadSignal<Shared<Vec<TileCard>>>,
    /// The tasks.
    pub tasks: Cards<TaskId, TaskCard>,
    /// The registered task definitions.
    pub families: ReadSignal<Shared<Vec<FamilyCard>>>,
    /// Counts of requests.
    pub requests: ReadSignal<RequestsCard>,
    /// When requests were sent.
    pub request_times: ReadSignal<Shared<RequestTimes>>,
    /// The requests in flight; changes every frame while any flies.
    pub flights: ReadSignal<Arc<[Flight]>>,
    /// What all of it has cost so far.
    pub cost: ReadSignal<CostCard>,
    /// The newest facts.
    pub events: ReadSignal<Shared<Vec<EventLine>>>,
    /// How many facts there are.
    pub event_count: ReadSignal<usize>,
}

/// The page's view of the session, from context.
pub fn projected() -> Projected {
    expect_context()
}

/// Writes the view into the signals.
#[derive(Clone, Copy, Debug)]
pub struct Projector {
    title: WriteSignal<Arc<str>>,
    as_of: WriteSignal<Date>,
    clock: WriteSignal<ClockCard>,
    history: WriteSignal<Shared<HistoryCard>>,
    zones: WriteSignal<Shared<Vec<Arc<str>>>>,
    vpc: WriteSignal<Option<Shared<VpcCard>>>,
    network: WriteSignal<NetworkStamp>,
    tiles: WriteSignal<Shared<Vec<TileCard>>>,
    families: WriteSignal<Shared<Vec<FamilyCard>>>,
    requests: WriteSignal<RequestsCard>,
    request_times: WriteSignal<Shared<RequestTimes>>,
    flights: WriteSignal<Arc<[Flight]>>,
    cost: WriteSignal<CostCard>,
    events: WriteSignal<Shared<Vec<EventLine>>>,
    event_count: WriteSignal<usize>,
    shown: Projected,
}

/// Sets a signal where the value differs, so that nothing that reads it runs in vain.
fn set<T: PartialEq + Send + Sync + 'static>(from: ReadSignal<T>, to: WriteSignal<T>, next: T) {
    if from.with_untracked(|shown| *shown != next) {
        to.set(next);
    }
}

impl Projector {
    /// The projector and what it shows, beginning with `view`.
    pub fn new(view: &View) -> Self {
        let (title_now, title) = signal(Arc::clone(&view.title));
        let (as_of_now, as_of) = signal(view.as_of);
        let (clock_now, clock) = signal(view.clock);
        let (history_now, history) = signal(view.history.clone());
        let (zones_now, zones) = signal(view.zones.clone());
        let (vpc_now, vpc) = signal(view.vpc.clone());
        let (network_now, network) = signal(view.network);
        let (tiles_now, tiles) = signal(view.tiles.clone());
        let (families_now, families) = signal(view.families.clone());
        let (requests_now, requests) = signal(view.requests);
        let (request_times_now, request_times) = signal(view.request_times.clone());
        let (flights_now, flights) = signal(Arc::from(view.flights.as_slice()));
        let (cost_now, cost) = signal(view.cost);
        let (events_now, events) = signal(view.events.clone());
        let (event_count_now, event_count) = signal(view.event_count);
        let shown = Projected {
            title: title_now,
            as_of: as_of_now,
            clock: clock_now,
            history: history_now,
            zones: zones_now,
            vpc: vpc_now,
            network: network_now,
            subnets: Cards::new(),
            groups: Cards::new(),
            tasks: Cards::new(),
            tiles: tiles_now,
            families: families_now,
            requests: requests_now,
            request_times: request_times_now,
            flights: flights_now,
            cost: cost_now,
            events: events_now,
            event_count: event_count_now,
        };
        let projector = Self {
            title,
            as_of,
            clock,
            history,
            zones,
            vpc,
            network,
            tiles,
            families,
            requests,
            request_times,
            flights,
            cost,
            events,
            event_count,
            shown,
        };
        projector.show(view);
        projector
    }

    /// What components read.
    pub fn projected(&self) -> Projected {
        self.shown
    }

    /// Shows a view: sets what differs and nothing else.
    pub fn show(&self, view: &View) {
        let shown = self.shown;
        set(shown.title, self.title, Arc::clone(&view.title));
        set(shown.as_of, self.as_of, view.as_of);
        set(shown.history, self.history, view.history.clone());
        set(shown.zones, self.zones, view.zones.clone());
        set(shown.vpc, self.vpc, view.vpc.clone());
        set(shown.network, self.network, view.network);
        // Each shelf before anything that may look its cards up.
        shown.subnets.0.update_value(|shelf| {
            shelf.show(&view.subnets);
        });
        shown.groups.0.update_value(|shelf| {
            shelf.show(&view.groups);
        });
        shown.tasks.0.update_value(|shelf| {
            shelf.show(&view.tasks);
        });
        set(shown.tiles, self.tiles, view.tiles.clone());
        set(shown.families, self.families, view.families.clone());
        set(shown.requests, self.requests, view.requests);
        set(
            shown.request_times,
            self.request_times,
            view.request_times.clone(),
        );
        if shown
            .flights
            .with_untracked(|flights| **flights != *view.flights)
        {
            self.flights.set(Arc::from(view.flights.as_slice()));
        }
        set(shown.cost, self.cost, view.cost);
        set(shown.events, self.events, view.events.clone());
        set(shown.event_count, self.event_count, view.event_count);
        set(shown.clock, self.clock, view.clock);
    }
}
