//! The bill as the page and the command line show it: each line with what it is, how much of it, and what it costs; and the same
//! tasks on EC2.

use crate::diagrams::figures::{length, money};
use crate::session::Session;
use fargate_core::billing::{
    GB, Item, Line, OnInstances, Packing, Quantity, Region, Standing, Statement, Usage,
    on_instances,
};
use fargate_core::network::Network;
use fargate_core::task::Task;
use fargate_core::units::{CpuUnits, MiB, NanoUsd, SimSpan};
use fargate_core::world::World;
use std::fmt;

/// The bill of the moment shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostTable {
    /// The Region whose prices are used.
    pub region: Region,
    /// Its lines, each with words.
    pub lines: Vec<CostLine>,
    /// What all lines have cost.
    pub so_far: NanoUsd,
    /// What an hour costs as things are now.
    pub per_hour: NanoUsd,
    /// What a month of 730 hours costs as things are now.
    pub per_month: NanoUsd,
    /// What has no known price in this Region, so that no sum holds it.
    pub unpriced: Vec<String>,
}

/// A line of the bill, with words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostLine {
    /// What it is for.
    pub item: Item,
    /// What it is: 'NAT gateway'.
    pub what: String,
    /// Which one: its name or id; nothing for what is billed by the byte alone.
    pub which: String,
    /// How much: '2 h', '1.5 GB'.
    pub quantity: String,
    /// What it has cost; `None` where its price is not known.
    pub so_far: Option<NanoUsd>,
    /// What an hour costs as things are now.
    pub per_hour: NanoUsd,
}

/// The running tasks on Fargate beside the same on EC2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// How many tasks run.
    pub tasks: usize,
    /// What an hour of them costs on Fargate, at home.
    pub fargate: NanoUsd,
    /// The cheapest instances for each way of connecting containers.
    pub on_ec2: Vec<Ec2Line>,
}

/// The same tasks on instances of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ec2Line {
    /// The mode: 'bridge'.
    pub mode: &'static str,
    /// The instances: '4 × m5.large'.
    pub instances: String,
    /// What they cost an hour.
    pub per_hour: NanoUsd,
    /// What that means: 'EC2 costs 3% less', 'Fargate costs a quarter'.
    pub verdict: String,
}

impl Session {
    /// The bill of the moment shown, with the prices of a Region.
    pub fn cost(&self, region: Region) -> CostTable {
        let world = self.world();
        let Statement {
            lines,
            so_far,
            per_hour,
            per_month,
        } = world.statement(&region);
        let lines: Vec<CostLine> = lines
            .into_iter()
            .map(|line| with_words(line, world))
            .collect();
        let unpriced = lines.iter().filter(|line| line.so_far.is_none());
        CostTable {
            region,
            unpriced: unpriced
                .map(|line| format!("{} {}", line.what, line.which))
                .collect(),
            lines,
            so_far,
            per_hour,
            per_month,
        }
    }

    /// The running tasks of the moment shown beside the same on EC2 instances.
    pub fn comparison(&self) -> Comparison {
        let world = self.world();
        let running: Vec<&Task> = world
            .tasks()
            .values()
            .map(AsRef::as_ref)
            .filter(|task| task.stop.is_none() && task.stopped.is_none())
            .collect();
        let fargate = NanoUsd(running.iter().map(|task| world.bill(task).per_hour.0).sum());
        let sizes: Vec<(CpuUnits, MiB)> =
            running.iter().map(|task| (task.cpu, task.memory)).collect();
        let cheapest = Packing::ALL.map(|packing| on_instances(&sizes, packing).into_iter().next());
        Comparison {
            tasks: running.len(),
            fargate,
            on_ec2: cheapest
                .into_iter()
                .flatten()
                .filter(|it| it.count > 0)
                .map(|it| beside(&it, fargate))
                .collect(),
        }
    }
}

fn beside(on: &OnInstances, fargate: NanoUsd) -> Ec2Line {
    let (cheaper, less, more) = if on.per_hour < fargate {
        ("EC2", on.per_hour.0, fargate.0)
    } else {
        ("Fargate", fargate.0, on.per_hour.0)
    };
    let verdict = match (more - less) * 100 / more.max(1) {
        0 => "the same within 1%".to_owned(),
        percent => format!("{cheaper} costs {percent}% less"),
    };
    Ec2Line {
        mode: match on.packing {
            Packing::Bridge => "bridge",
            Packing::Awsvpc => "awsvpc",
            Packing::Trunked => "awsvpc with trunking",
        },
        instances: format!("{} × {}", on.count, on.instance_type),
        per_hour: on.per_hour,
        verdict,
    }
}

fn with_words(line: Line, world: &World) -> CostLine {
    let (what, which) = words(&line.item, world);
    CostLine {
        what,
        which,
        quantity: quantity(line.quantity),
        item: line.item,
        so_far: line.so_far,
        per_hour: line.per_hour,
    }
}

/// What a line is for, and which one.
fn words(item: &Item, world: &World) -> (String, String) {
    let network = world.network();
    match item {
        Item::Task(id) => {
            let revision = world.tasks().get(id).map(|task| task.revision.to_string());
            (
                "Task".to_owned(),
                format!("{} {}", revision.unwrap_or_default(), id.short()),
            )
        }
        Item::ExpiredTasks => ("Tasks whose record has expired".to_owned(), String::new()),
        Item::Standing(standing, subject) => {
            let what = match standing {
                Standing::PublicAddress => "Public IPv4 address".to_owned(),
                Standing::NatGateway => "NAT gateway".to_owned(),
                Standing::InterfaceEndpoint => "Interface endpoint in a zone".to_owned(),
                Standing::LoadBalancer { application: true } => {
                    "Application Load Balancer".to_owned()
                }
                Standing::LoadBalancer { application: false } => "Network Load Balancer".to_owned(),
                Standing::Instance(name) => format!("EC2 instance {name}"),
                Standing::Database(engine, class) => format!("Database {engine} on {class}"),
            };
            let which = match standing {
                Standing::LoadBalancer { .. } => balancer_name(subject).to_owned(),
                Standing::InterfaceEndpoint => endpoint_name(network, subject),
                _ => subject.to_string(),
            };
            (what, which)
        }
        Item::BalancerUnits(id) => (
            "Load balancer capacity units".to_owned(),
            balancer_name(id).to_owned(),
        ),
        Item::Data(usage) => match usage {
            Usage::Nat(id) => ("Data through a NAT gateway".to_owned(), id.to_string()),
            Usage::Endpoint(id) => (
                "Data through an interface endpoint".to_owned(),
                id.to_string(),
            ),
            Usage::CrossZone => ("Data between zones".to_owned(), String::new()),
            Usage::Internet => ("Data to the Internet".to_owned(), String::new()),
            Usage::Logs => (
                "Data that CloudWatch Logs took in".to_owned(),
                String::new(),
            ),
            Usage::BalancerBytes(id) | Usage::BalancerConnections(id) => (
                "Data through a load balancer".to_owned(),
                balancer_name(id).to_owned(),
            ),
        },
    }
}

/// An endpoint's id and service, and the zone of one of its interfaces.
fn endpoint_name(network: &Network, interface: &str) -> String {
    let mut endpoints = network.interface_endpoints.values();
    let of = endpoints.find(|it| it.interfaces.iter().any(|id| id.as_str() == interface));
    let mut interfaces = network.interfaces.values();
    let stands = interfaces.find(|it| it.id.as_str() == interface);
    let subnet = stands.and_then(|it| network.subnets.get(&it.subnet));
    match (of, subnet) {
        (Some(of), Some(subnet)) => {
            let service = of.service.rsplit_once("us-east-1.").map_or("", |it| it.1);
            format!("{service}, {} in {}", of.id, subnet.zone)
        }
        _ => interface.to_owned(),
    }
}

/// The name in the ARN of a load balancer.
fn balancer_name(arn: &str) -> &str {
    arn.rsplit('/').nth(1).unwrap_or(arn)
}

fn quantity(quantity: Quantity) -> String {
    match quantity {
        Quantity::Seconds(0) => String::new(),
        Quantity::Seconds(seconds) => length(SimSpan::secs(seconds)),
        Quantity::Hours(1) => "1 h".to_owned(),
        Quantity::Hours(hours) => format!("{hours} h"),
        Quantity::Bytes(bytes) => data(bytes),
        Quantity::UnitMillis(millis) => {
            format!("{}.{:03} unit hours", millis / 1_000, millis % 1_000)
        }
    }
}

/// `840 bytes`, `1.2 KB`, `3.4 GB`.
fn data(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = u128::from(bytes) * 10 / u128::from(unit);
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KB", tenths(1_024)),
        1_048_576..GB => format!("{} MB", tenths(1_048_576)),
        _ => format!("{} GB", tenths(GB)),
    }
}

/// What the bill leaves out: no price of it is known here.
pub const NOT_COUNTED: &str = "Storage of logs, databases and file systems is not counted.";

impl fmt::Display for CostTable {
    /// The bill as text, a line each.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            out,
            "Prices of {} ({})",
            self.region.name, self.region.place
        )?;
        for line in &self.lines {
            let so_far = line
                .so_far
                .map_or_else(|| "no known price".to_owned(), money);
            let parts = [line.what.as_str(), &line.which, &line.quantity, &so_far];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            write!(out, "{}", parts.join(", "))?;
            if line.per_hour.0 > 0 {
                write!(out, ", {} an hour", money(line.per_hour))?;
            }
            writeln!(out)?;
        }
        writeln!(
            out,
            "So far {}, {} an hour, {} a month at this rate",
            money(self.so_far),
            money(self.per_hour),
            money(self.per_month)
        )?;
        write!(out, "{NOT_COUNTED}")
    }
}
