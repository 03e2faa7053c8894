//! The bill of an account: everything that runs, each with its price, what it has cost, and what it costs at this rate.

use super::meter::{Ledger, Meter, Standing};
use super::region::{
    APPLICATION_UNIT, CROSS_ZONE_GB, ENDPOINT_GB, GB, HOUR_MS, MONTH_HOURS, NETWORK_UNIT,
    PUBLIC_ADDRESS, PUBLIC_ADDRESS_SINCE, Region, free_bytes,
};
use super::usage::{Amount, Usage};
use super::{Bill, Price, task_bill};
use crate::ids::TaskId;
use crate::network::{LoadBalancerKind, Network};
use crate::task::Task;
use crate::units::{Date, NanoUsd, SimTime};
use litemap::LiteMap;
use std::sync::Arc;

/// New connections of one capacity unit of an application load balancer, in an hour: 25 a second.
/// Source: Elastic Load Balancing pricing.
const APPLICATION_CONNECTIONS: u64 = 25 * 3_600;
/// The same of a network load balancer: 800 a second.
const NETWORK_CONNECTIONS: u64 = 800 * 3_600;
/// The least seconds that an instance and a public address are billed. Source: EC2 on-demand pricing, VPC pricing.
const LEAST_SECONDS: u64 = 60;
/// The least seconds that a database is billed. Source: RDS pricing.
const LEAST_DATABASE_SECONDS: u64 = 600;

/// What a line of the bill is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A task.
    Task(TaskId),
    /// All tasks whose record has expired.
    ExpiredTasks,
    /// Something that stands, by its id or address.
    Standing(Standing, Arc<str>),
    /// Capacity units of a load balancer.
    BalancerUnits(Arc<str>),
    /// What is billed by the byte.
    Data(Usage),
}

/// What a line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Seconds.
    Seconds(u64),
    /// Hours, each begun one as a whole.
    Hours(u64),
    /// Bytes.
    Bytes(u64),
    /// Thousandths of an hour of a capacity unit.
    UnitMillis(u64),
}

/// One line of the bill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is for.
    pub item: Item,
    /// How much of it.
    pub quantity: Quantity,
    /// What it has cost; `None` where its price in the Region is not known.
    pub so_far: Option<NanoUsd>,
    /// What an hour costs as things are now; nothing of what has ended.
    pub per_hour: NanoUsd,
}

/// The bill of an account in a Region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its lines: tasks, what stands, what was used.
    pub lines: Vec<Line>,
    /// What all lines with a known price have cost.
    pub so_far: NanoUsd,
    /// What an hour costs as things are now.
    pub per_hour: NanoUsd,
    /// What a month of 730 hours costs as things are now, the free part of the Internet's data taken off.
    pub per_month: NanoUsd,
}

/// What a bill is made of.
#[derive(Debug)]
pub(crate) struct Account<'a> {
    pub(crate) now: SimTime,
    pub(crate) as_of: Date,
    pub(crate) network: &'a Network,
    pub(crate) tasks: Vec<&'a Task>,
    /// What tasks cost whose record has expired, at home.
    pub(crate) expired: NanoUsd,
    pub(crate) ledger: &'a Ledger,
    /// What lasting traffic uses in an hour.
    pub(crate) hourly: Vec<Amount>,
}

/// The bill of an account with the prices of a Region.
pub(crate) fn statement(account: &Account<'_>, region: &Region) -> Statement {
    let mut lines: Vec<Line> = account
        .tasks
        .iter()
        .map(|task| of_task(task, account, region))
        .collect();
    if account.expired.0 > 0 {
        lines.push(Line {
            item: Item::ExpiredTasks,
            quantity: Quantity::Seconds(0),
            so_far: region.is_home().then_some(account.expired),
            per_hour: NanoUsd(0),
        });
    }
    let meters = account.ledger.meters.iter();
    lines.extend(meters.filter_map(|meter| of_meter(meter, account, region)));
    let hourly = total(&account.hourly);
    lines.extend(of_balancers(account, &hourly));
    let mut usages: Vec<&Usage> = account.ledger.used.keys().chain(hourly.keys()).collect();
    usages.sort_unstable();
    usages.dedup();
    lines.extend(
        usages
            .into_iter()
            .filter_map(|usage| of_usage(usage, account, &hourly, region)),
    );
    let so_far = lines
        .iter()
        .filter_map(|line| line.so_far)
        .map(|cost| cost.0)
        .sum();
    let per_hour: u64 = lines.iter().map(|line| line.per_hour.0).sum();
    let to_internet = hourly.get(&Usage::Internet).copied().unwrap_or_default() * MONTH_HOURS;
    let free = to_internet.min(free_bytes(account.as_of));
    Statement {
        lines,
        so_far: NanoUsd(so_far),
        per_hour: NanoUsd(per_hour),
        per_month: NanoUsd(
            (per_hour * MONTH_HOURS).saturating_sub(of_bytes(free, region.internet_gb).0),
        ),
    }
}

fn total(amounts: &[Amount]) -> LiteMap<Usage, u64> {
    let mut total = LiteMap::new();
    for (usage, amount) in amounts {
        let so_far = total.get(usage).copied().unwrap_or_default();
        total.insert(usage.clone(), so_far + amount);
    }
    total
}

fn of_task(task: &Task, account: &Account<'_>, region: &Region) -> Line {
    let price = Price::in_region(region.name, task.definition.system, account.as_of);
    let bill = price.map(|price| task_bill(task, price, account.now));
    let Bill {
        so_far,
        per_hour,
        seconds,
        ..
    } = bill.unwrap_or_default();
    let runs = task.pull_started.is_some() && task.stopped.is_none();
    Line {
        item: Item::Task(task.id.clone()),
        quantity: Quantity::Seconds(seconds),
        so_far: price.is_some().then_some(so_far),
        per_hour: if runs { per_hour } else { NanoUsd(0) },
    }
}

fn of_meter(meter: &Meter, account: &Account<'_>, region: &Region) -> Option<Line> {
    let price = match &meter.what {
        // before that day an address was free while it was used
        Standing::PublicAddress if account.as_of < PUBLIC_ADDRESS_SINCE => return None,
        Standing::PublicAddress => Some(PUBLIC_ADDRESS),
        Standing::NatGateway => Some(region.nat),
        Standing::InterfaceEndpoint => Some(region.endpoint),
        Standing::LoadBalancer { application: true } => Some(region.application_balancer),
        Standing::LoadBalancer { application: false } => Some(region.network_balancer),
        Standing::Instance(name) => region.instance(name),
        Standing::Database(engine, class) => region.database(engine, class),
    };
    let stood = meter
        .until
        .unwrap_or(account.now)
        .0
        .saturating_sub(meter.from.0);
    let seconds = stood.div_ceil(1_000);
    let quantity = match &meter.what {
        Standing::NatGateway | Standing::InterfaceEndpoint | Standing::LoadBalancer { .. } => {
            Quantity::Hours(stood.div_ceil(HOUR_MS).max(1))
        }
        Standing::PublicAddress | Standing::Instance(_) => {
            Quantity::Seconds(seconds.max(LEAST_SECONDS))
        }
        Standing::Database(..) => Quantity::Seconds(seconds.max(LEAST_DATABASE_SECONDS)),
    };
    let so_far = price.map(|price| match quantity {
        Quantity::Hours(hours) => NanoUsd(price.0 * hours),
        Quantity::Seconds(seconds) => NanoUsd(price.0 * seconds / 3_600),
        Quantity::Bytes(_) | Quantity::UnitMillis(_) => NanoUsd(0),
    });
    let stands = meter.until.is_none();
    Some(Line {
        item: Item::Standing(meter.what.clone(), meter.subject.clone()),
        quantity,
        so_far,
        per_hour: price.filter(|_| stands).unwrap_or_default(),
    })
}

/// Capacity units: of connections and bytes, whichever are more. Source: Elastic Load Balancing pricing.
fn of_balancers(account: &Account<'_>, hourly: &LiteMap<Usage, u64>) -> Vec<Line> {
    let balancers = account.network.load_balancers.values();
    balancers
        .filter_map(|balancer| {
            let id: Arc<str> = balancer.id.as_str().into();
            let (most, price) = match balancer.kind {
                LoadBalancerKind::Application => (APPLICATION_CONNECTIONS, APPLICATION_UNIT),
                LoadBalancerKind::Network => (NETWORK_CONNECTIONS, NETWORK_UNIT),
            };
            let units = |used: &LiteMap<Usage, u64>| {
                let of = |usage: Usage| used.get(&usage).copied().unwrap_or_default();
                let connections = of(Usage::BalancerConnections(id.clone())) * 1_000 / most;
                let bytes =
                    u128::from(of(Usage::BalancerBytes(id.clone()))) * 1_000 / u128::from(GB);
                connections.max(bytes.try_into().unwrap_or(u64::MAX))
            };
            let (so_far, an_hour) = (units(&account.ledger.used), units(hourly));
            (so_far > 0 || an_hour > 0).then(|| Line {
                item: Item::BalancerUnits(id.clone()),
                quantity: Quantity::UnitMillis(so_far),
                so_far: Some(NanoUsd(price.0 * so_far / 1_000)),
                per_hour: NanoUsd(price.0 * an_hour / 1_000),
            })
        })
        .collect()
}

fn of_usage(
    usage: &Usage,
    account: &Account<'_>,
    hourly: &LiteMap<Usage, u64>,
    region: &Region,
) -> Option<Line> {
    let price = match usage {
        Usage::Nat(_) => region.nat,
        Usage::Endpoint(_) => ENDPOINT_GB,
        // asked of who sends and of who receives
        Usage::CrossZone => NanoUsd(2 * CROSS_ZONE_GB.0),
        Usage::Internet => region.internet_gb,
        Usage::Logs => region.logs_gb,
        Usage::BalancerBytes(_) | Usage::BalancerConnections(_) => return None,
    };
    let bytes = account.ledger.used.get(usage).copied().unwrap_or_default();
    let an_hour = hourly.get(usage).copied().unwrap_or_default();
    let paid = match usage {
        Usage::Internet => bytes.saturating_sub(free_bytes(account.as_of)),
        _ => bytes,
    };
    Some(Line {
        item: Item::Data(usage.clone()),
        quantity: Quantity::Bytes(bytes),
        so_far: Some(of_bytes(paid, price)),
        per_hour: of_bytes(an_hour, price),
    })
}

/// So many bytes at a price for a GB.
fn of_bytes(bytes: u64, price: NanoUsd) -> NanoUsd {
    let cost = u128::from(bytes) * u128::from(price.0) / u128::from(GB);
    NanoUsd(cost.try_into().unwrap_or(u64::MAX))
}
