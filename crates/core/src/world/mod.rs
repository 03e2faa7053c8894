//! The world: all state of the simulated account at one moment. Calls change it, time advances it, queries read it.

mod advance;
mod apply;
mod asks;
mod authority;
mod cluster;
mod clusters;
mod definitions;
mod demand;
mod describe;
mod endpoints;
mod handlers;
mod images;
mod keys;
mod launch;
mod limits;
mod log_ways;
mod permissions;
mod quotas;
mod rates;
mod register;
mod reserved;
mod rules;
mod services;
mod shares;
mod tags;
mod upkeep;

pub use advance::{Budget, Progress};
pub use authority::Authority;
pub use handlers::Handlers;
pub use limits::AccountLimits;
pub use rates::CallRates;
pub use shares::{ContainerShare, Shares};

use crate::billing::{self, Bill, Ledger, Look, Region, Statement};
use crate::engine::queue::Queue;
use crate::engine::shelf::Shelf;
use crate::event::{Cause, Event, Fact};
use crate::iam::Iam;
use crate::ids::TaskId;
use crate::network::Network;
use crate::observe::{Account, Observe};
use crate::service::Services;
use crate::stores::Stores;
use crate::task::{self, Task};
use crate::task_definition::Revisions;
use crate::traffic::Traffic;
use crate::units::{Date, NanoUsd, SimTime};
use crate::workload::Workload;
use limits::Limits;
use litemap::LiteMap;
use std::sync::Arc;

/// What a scenario fixes from its first moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The seed of all that is drawn.
    pub seed: u64,
    /// The date whose sizes, limits, prices and texts apply at first.
    pub as_of: Date,
    /// What images do, by image; the catalogue knows the others.
    pub images: LiteMap<String, Workload>,
    /// What judges task definitions that are registered, walks connections, and answers calls.
    pub authority: Authority,
}

/// What is due in the world.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Due {
    /// A step in the life of a task.
    Task(TaskId, task::Due),
    /// The next request of a stream.
    Request(u64),
    /// The next state of a thing of the network, by its id.
    Network(Arc<str>),
    /// Of a rule or a service, by its name, with the version of a rule that waits for a time; or of a container that asks AWS.
    Work(Worker, Arc<str>, Option<u32>),
}

/// What does something by itself beside tasks and the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Worker {
    /// A rule of EventBridge.
    Rule,
    /// The scheduler of a service.
    Service,
    /// A container, and what it asks of AWS (`asks.rs`).
    Container,
    /// AWS itself, of a task (`upkeep.rs`).
    Upkeep,
}

/// Something due, and the event or call that led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Timer {
    due: Due,
    cause: Cause,
}

/// All state of the simulated account at one moment. A copy costs a few pointers.
#[derive(Clone, Debug)]
pub struct World {
    now: SimTime,
    settings: Arc<Settings>,
    as_of: Date,
    network: Network,
    revisions: Revisions,
    /// What images do, as the scenario and calls say; the catalogue knows the others.
    images: Arc<LiteMap<String, Arc<Workload>>>,
    /// What there is for tasks to fetch.
    stores: Arc<Stores>,
    tasks: Shelf<TaskId, Task>,
    limits: Arc<Limits>,
    traffic: Traffic,
    iam: Iam,
    observe: Observe,
    services: Services,
    queue: Queue<Timer>,
    events: u64,
    /// What tasks cost whose record has expired.
    forgotten: NanoUsd,
    /// What is billed beside tasks.
    ledger: Arc<Ledger>,
}

impl World {
    /// An account with nothing in it, at the beginning of time.
    pub fn new(settings: Settings) -> Self {
        let mut network = Network::default();
        (settings.authority.install)(&mut network);
        let images = settings.images.iter();
        let images = images.map(|(image, does)| (image.clone(), Arc::new(does.clone())));
        Self {
            images: Arc::new(images.collect()),
            now: SimTime::default(),
            as_of: settings.as_of,
            network,
            settings: Arc::new(settings),
            revisions: Revisions::default(),
            stores: Arc::default(),
            tasks: Shelf::default(),
            limits: Arc::default(),
            traffic: Traffic::default(),
            iam: Iam::default(),
            observe: Observe::default(),
            services: Services::default(),
            queue: Queue::default(),
            events: 0,
            forgotten: NanoUsd::default(),
            ledger: Arc::default(),
        }
    }

    /// The moment.
    pub fn now(&self) -> SimTime {
        self.now
    }

    /// What the scenario fixed.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The date whose sizes, limits, prices and texts apply.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The registered task definitions.
    pub fn revisions(&self) -> &Revisions {
        &self.revisions
    }

    /// What images do, as the scenario and calls say; the catalogue knows the others.
    pub fn images(&self) -> &LiteMap<String, Arc<Workload>> {
        &self.images
    }

    /// What there is for tasks to fetch: repositories, secrets, files, log groups.
    pub fn stores(&self) -> &Stores {
        &self.stores
    }

    /// The tasks, stopped ones too while AWS would still describe them.
    pub fn tasks(&self) -> &Shelf<TaskId, Task> {
        &self.tasks
    }

    /// The traffic.
    pub fn traffic(&self) -> &Traffic {
        &self.traffic
    }

    /// Who may do what.
    pub fn iam(&self) -> &Iam {
        &self.iam
    }

    /// What is watched, as far as calls say it.
    pub fn observe(&self) -> &Observe {
        &self.observe
    }

    /// The services.
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// What is looked at when something is watched.
    pub fn account(&self) -> Account<'_> {
        Account {
            now: self.now,
            began: self.settings.as_of,
            as_of: self.as_of,
            seed: self.settings.seed,
            network: &self.network,
            walk: self.settings.authority.walk,
            tasks: &self.tasks,
            revisions: &self.revisions,
            images: &self.images,
            there: &self.stores.log_groups,
            iam: &self.iam,
            services: &self.services,
            observe: &self.observe,
        }
    }

    /// How many events there have been.
    pub fn event_count(&self) -> u64 {
        self.events
    }

    /// Puts this world in the place of another that lived on: it goes on counting events where that one was, and logs
    /// what put it there.
    pub fn take_over(&mut self, from: &Self, fact: Fact, number: u32, log: &mut Vec<Event>) {
        self.events = from.events;
        self.log(fact, Cause::Call(number), log);
    }

    /// When something is due next.
    pub fn next_due(&self) -> Option<SimTime> {
        self.queue.next_at()
    }

    /// What a task has cost so far.
    pub fn bill(&self, task: &Task) -> Bill {
        billing::bill(task, self.now, self.as_of)
    }

    /// What all tasks have cost so far, expired ones too, and what an hour of those that are billed now costs.
    pub fn total_bill(&self) -> Bill {
        let mut total = Bill {
            so_far: self.forgotten,
            ..Bill::default()
        };
        for task in self.tasks.values() {
            let bill = self.bill(task);
            total.so_far.0 += bill.so_far.0;
            total.seconds += bill.seconds;
            if task.pull_started.is_some() && task.stopped.is_none() {
                total.per_hour.0 += bill.per_hour.0;
            }
        }
        total
    }

    /// The bill of the account so far with the prices of a Region: tasks, what stands, what was used.
    pub fn statement(&self, region: &Region) -> Statement {
        let account = billing::Account {
            now: self.now,
            as_of: self.as_of,
            network: &self.network,
            tasks: self.tasks.values().map(AsRef::as_ref).collect(),
            expired: self.forgotten,
            ledger: &self.ledger,
            hourly: self.traffic.hourly(&self.network),
        };
        billing::statement(&account, region)
    }

    /// Notes what is billed beside tasks, of what happened since the log was so long.
    fn keep_ledger(&mut self, since: usize, log: &[Event]) {
        let mut ledger = std::mem::take(&mut self.ledger);
        let look = Look {
            account: self.account(),
            events: log.get(since..).unwrap_or_default(),
        };
        billing::keep(&mut ledger, &look);
        self.ledger = ledger;
    }
}
