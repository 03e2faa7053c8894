//! What is billed beside tasks: from when to when it stood, and how much went through it.

use super::usage::{self, Amount, Usage};
use crate::event::{Event, Fact};
use crate::network::{Connectivity, DatabaseState, InstanceState, LoadBalancerKind, Network};
use crate::observe::Account;
use crate::observe::logs::taken_in;
use crate::units::SimTime;
use litemap::LiteMap;
use std::sync::Arc;

/// What is billed for each hour that it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// A public IPv4 address.
    PublicAddress,
    /// A NAT gateway.
    NatGateway,
    /// An interface endpoint, in one zone.
    InterfaceEndpoint,
    /// A load balancer, of the application or the network kind.
    LoadBalancer {
        /// Whether it is an application load balancer.
        application: bool,
    },
    /// An EC2 instance of a type.
    Instance(&'static str),
    /// A database instance: its engine and its class.
    Database(&'static str, String),
}

/// From when to when something stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meter {
    /// What it is.
    pub what: Standing,
    /// The id of the thing, or the address.
    pub subject: Arc<str>,
    /// Since when.
    pub from: SimTime,
    /// Until when; `None` while it stands.
    pub until: Option<SimTime>,
}

/// What has been billed beside tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The version of the network that was looked at last.
    seen: Option<u64>,
    /// What stands or stood, in the order in which it came.
    pub meters: Vec<Meter>,
    /// How much was used.
    pub used: LiteMap<Usage, u64>,
}

/// What a ledger looks at after each change: the account, and what happened since the last look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look<'a> {
    pub(crate) account: Account<'a>,
    pub(crate) events: &'a [Event],
}

/// Notes what came, what went, and what was used.
pub(crate) fn keep(ledger: &mut Arc<Ledger>, look: &Look<'_>) {
    if ledger.seen != Some(look.account.network.version()) {
        let ledger = Arc::make_mut(ledger);
        ledger.seen = Some(look.account.network.version());
        ledger.stand(look);
    }
    for event in look.events {
        let amounts = used_by(event, look);
        if !amounts.is_empty() {
            Arc::make_mut(ledger).add(amounts);
        }
    }
}

impl Ledger {
    /// Ends the meters of what is gone, and begins those of what is new.
    fn stand(&mut self, look: &Look<'_>) {
        let mut there = standing(look.account.network);
        for meter in self.meters.iter_mut().filter(|it| it.until.is_none()) {
            let place = there
                .iter()
                .position(|(what, subject)| *what == meter.what && *subject == meter.subject);
            match place {
                Some(place) => {
                    there.swap_remove(place);
                }
                None => meter.until = Some(look.account.now),
            }
        }
        there.sort_unstable();
        self.meters
            .extend(there.into_iter().map(|(what, subject)| Meter {
                what,
                subject,
                from: look.account.now,
                until: None,
            }));
    }

    fn add(&mut self, amounts: Vec<Amount>) {
        for (usage, amount) in amounts {
            let so_far = self.used.get(&usage).copied().unwrap_or_default();
            self.used.insert(usage, so_far.saturating_add(amount));
        }
    }
}

/// What was used by what happened.
fn used_by(event: &Event, look: &Look<'_>) -> Vec<Amount> {
    let Account { network, tasks, .. } = look.account;
    let mut used = match &event.fact {
        Fact::Request { trace, .. } => usage::of_request(trace, network),
        Fact::PullStopped { task } => match tasks.get(task) {
            Some(task) => usage::of_pull(task, network, look.account.walk),
            None => Vec::new(),
        },
        _ => Vec::new(),
    };
    let task = match &event.fact {
        Fact::Request { trace, .. } => {
            let interface = trace.container().map(|it| it.0);
            let interface = interface.and_then(|it| network.interfaces.get(it));
            interface.and_then(|it| it.task())
        }
        fact => fact.task(),
    };
    if let Some(task) = task.and_then(|it| tasks.get(it)) {
        let bytes = taken_in(&look.account, task, event);
        used.extend((bytes > 0).then_some((Usage::Logs, bytes)));
    }
    used
}

/// All that is billed by the hour, with its subject.
fn standing(network: &Network) -> Vec<(Standing, Arc<str>)> {
    let mut there = Vec::new();
    let mut public = |address: Option<std::net::Ipv4Addr>| {
        if let Some(address) = address {
            there.push((Standing::PublicAddress, Arc::from(address.to_string())));
        }
    };
    network
        .interfaces
        .values()
        .for_each(|it| public(it.public_ip));
    network
        .elastic_addresses
        .values()
        .for_each(|it| public(Some(it.public_ip)));
    let working = || {
        network
            .nat_gateways
            .values()
            .filter(|it| !it.state.is_over())
    };
    for gateway in working().filter(|it| it.connectivity == Connectivity::Public) {
        public(gateway.public_ip);
    }
    for gateway in working() {
        there.push((Standing::NatGateway, gateway.id.as_str().into()));
    }
    for endpoint in network.interface_endpoints.values() {
        for interface in &endpoint.interfaces {
            there.push((Standing::InterfaceEndpoint, interface.as_str().into()));
        }
    }
    for balancer in network.load_balancers.values() {
        let application = balancer.kind == LoadBalancerKind::Application;
        there.push((
            Standing::LoadBalancer { application },
            balancer.id.as_str().into(),
        ));
    }
    let things = network.things();
    let runs = |state| state == InstanceState::Running;
    for instance in things.instances.values().filter(|it| runs(it.state)) {
        let what = Standing::Instance(instance.instance_type.name);
        there.push((what, instance.id.as_str().into()));
    }
    for database in things.databases.values() {
        if database.state != DatabaseState::Creating {
            let what = Standing::Database(database.engine, database.class.clone());
            there.push((what, database.name.clone()));
        }
    }
    // an elastic address and the interface that has it are one address
    there.sort_unstable();
    there.dedup();
    there
}
