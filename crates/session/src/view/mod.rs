//! What the page shows, as plain cards in the page's words. Nothing of the world's own types leaks but ids and units.
//!
//! A card that did not change since the last view keeps its pointer ([`Shared`]), so the page redraws only what changed.

mod container;
mod definition;
mod network;
mod request;
mod shared;
mod task;

pub use container::{ContainerCard, ContainerState, CpuCard, MemoryCard};
pub use definition::{FamilyCard, RevisionCard};
pub use network::{GroupCard, NetworkStamp, RuleCard, SubnetCard, TileCard, TileKind, VpcCard};
pub use request::{
    FixCard, Flight, FlightEnd, Place, RequestTimes, RequestsCard, StepCard, TraceCard,
};
pub use shared::Shared;
pub use task::{DiskCard, InterfaceCard, PlatformCard, Stage, StopCard, TaskCard, VolumeCard};

use fargate_core::ids::{SecurityGroupId, SubnetId, TaskId};
use fargate_core::units::{Date, NanoUsd, SimTime};
use litemap::LiteMap;
use std::sync::Arc;

/// Everything that the page shows of one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The scenario's title.
    pub title: Arc<str>,
    /// The date whose sizes, limits, prices and texts apply.
    pub as_of: Date,
    /// The moment shown.
    pub clock: ClockCard,
    /// What can be undone and redone, and the runs.
    pub history: Shared<HistoryCard>,
    /// The zones that the canvas draws as columns, such as `us-east-1a`.
    pub zones: Shared<Vec<Arc<str>>>,
    /// The VPC; `None` before one is made.
    pub vpc: Option<Shared<VpcCard>>,
    /// Differs wherever the network does.
    pub network: NetworkStamp,
    /// The subnets.
    pub subnets: LiteMap<SubnetId, Shared<SubnetCard>>,
    /// The security groups.
    pub groups: LiteMap<SecurityGroupId, Shared<GroupCard>>,
    /// What stands in subnets beside tasks, by subnet and name.
    pub tiles: Shared<Vec<TileCard>>,
    /// The tasks, stopped ones too while AWS would still show them.
    pub tasks: LiteMap<TaskId, Shared<TaskCard>>,
    /// The registered task definitions by family.
    pub families: Shared<Vec<FamilyCard>>,
    /// Counts of requests.
    pub requests: RequestsCard,
    /// When they were sent.
    pub request_times: Shared<RequestTimes>,
    /// The requests to draw now, oldest first.
    pub flights: Vec<Flight>,
    /// What all of it has cost so far.
    pub cost: CostCard,
    /// The newest facts up to the moment shown, oldest first, at most 200.
    pub events: Shared<Vec<EventLine>>,
    /// How many facts there are up to the moment shown.
    pub event_count: usize,
}

/// The moment shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockCard {
    /// The moment that everything shows.
    pub now: SimTime,
    /// How far this run has been simulated.
    pub end: SimTime,
    /// Whether the moment shown lies before the end of the run.
    pub past: bool,
}

/// What can be undone and redone, and the runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryCard {
    /// What undo takes back, in words: 'remove rule TCP 8080 from sg-web'.
    pub undo: Option<String>,
    /// What redo does again.
    pub redo: Option<String>,
    /// The runs, oldest first: acting in the past starts a new one.
    pub runs: Vec<RunCard>,
    /// Which of them is shown.
    pub current: usize,
}

/// One run of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunCard {
    /// 'Run 2'.
    pub title: String,
    /// Where it left its parent; `None` for the first.
    pub from: Option<SimTime>,
}

/// What something has cost so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CostCard {
    /// Billed so far, at list price.
    pub so_far: NanoUsd,
    /// An hour of it at the present rate.
    pub per_hour: NanoUsd,
    /// Seconds billed.
    pub billed_seconds: u64,
    /// Whether the one-minute minimum still decides.
    pub minimum: bool,
}

/// A fact, as the events list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventLine {
    /// Its number in the run.
    pub id: u64,
    /// When it happened.
    pub at: SimTime,
    /// The sentence.
    pub text: String,
    /// Whether it is trouble.
    pub trouble: bool,
    /// The task it is about.
    pub task: Option<TaskId>,
}
