//! What AWS asks in a Region for what is not a task: list prices in USD, without discounts and free tiers but that of the Internet.
//!
//! Sources: the pricing pages of VPC, Elastic Load Balancing, CloudWatch, EC2 and RDS as of 2026, those of us-east-1 read there,
//! those of other Regions as their guides repeat them; none of them has changed since Fargate's launch, but where a day is told.

use crate::units::{Date, NanoUsd};

/// An hour in ms.
pub(super) const HOUR_MS: u64 = 3_600_000;
/// Hours of a month, as AWS's calculator counts them: 730.
pub const MONTH_HOURS: u64 = 730;
/// Bytes of what AWS bills as a GB of data.
pub const GB: u64 = 1 << 30;

/// The first day on which each public IPv4 address costs something, in use or not. Source: 'New: AWS public IPv4 address charge'.
pub(super) const PUBLIC_ADDRESS_SINCE: Date = Date::new(2024, 2, 1);
/// The first day on which 100 GB a month to the Internet are free; before it was 1 GB. Source: AWS's news of 2021-11-24.
const MORE_FREE_SINCE: Date = Date::new(2021, 12, 1);

/// What AWS asks in a Region, in nano-USD.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its code: `us-east-1`.
    pub name: &'static str,
    /// Where it is, as AWS calls it.
    pub place: &'static str,
    /// A NAT gateway an hour; a GB through it costs the same.
    pub nat: NanoUsd,
    /// An interface endpoint in one zone an hour.
    pub endpoint: NanoUsd,
    /// An application load balancer an hour.
    pub application_balancer: NanoUsd,
    /// A network load balancer an hour.
    pub network_balancer: NanoUsd,
    /// A GB that CloudWatch Logs takes in.
    pub logs_gb: NanoUsd,
    /// A GB to the Internet, of the first 10 TB a month.
    pub internet_gb: NanoUsd,
}

/// A public IPv4 address an hour.
pub(super) const PUBLIC_ADDRESS: NanoUsd = NanoUsd(5_000_000);
/// A GB through an interface endpoint, of the first PB.
pub(super) const ENDPOINT_GB: NanoUsd = NanoUsd(10_000_000);
/// A capacity unit of an application load balancer an hour.
pub(super) const APPLICATION_UNIT: NanoUsd = NanoUsd(8_000_000);
/// A capacity unit of a network load balancer an hour.
pub(super) const NETWORK_UNIT: NanoUsd = NanoUsd(6_000_000);
/// A GB between zones of a Region; it is asked twice, of who sends and of who receives.
pub(super) const CROSS_ZONE_GB: NanoUsd = NanoUsd(10_000_000);

const fn region(
    name: &'static str,
    place: &'static str,
    [nat, endpoint, alb, nlb, logs, internet]: [u64; 6],
) -> Region {
    const fn tenths_of_a_mill(price: u64) -> NanoUsd {
        NanoUsd(price * 100_000)
    }
    Region {
        name,
        place,
        nat: tenths_of_a_mill(nat),
        endpoint: tenths_of_a_mill(endpoint),
        application_balancer: tenths_of_a_mill(alb),
        network_balancer: tenths_of_a_mill(nlb),
        logs_gb: tenths_of_a_mill(logs),
        internet_gb: tenths_of_a_mill(internet),
    }
}

/// The Regions whose prices are known, the simulated account's first.
#[rustfmt::skip] // a Region a line: in tenths of a mill a NAT gateway, an endpoint, an ALB, an NLB an hour; a GB of logs, to the Internet
pub const REGIONS: [Region; 8] = [
    region("us-east-1",      "N. Virginia", [450, 100, 225, 225, 5_000,   900]),
    region("us-east-2",      "Ohio",        [450, 100, 225, 225, 5_000,   900]),
    region("us-west-2",      "Oregon",      [450, 100, 225, 225, 5_000,   900]),
    region("eu-west-1",      "Ireland",     [480, 110, 252, 252, 5_700,   900]),
    region("eu-central-1",   "Frankfurt",   [520, 120, 270, 270, 6_300,   900]),
    region("ap-northeast-1", "Tokyo",       [620, 140, 243, 243, 7_600, 1_140]),
    region("ap-southeast-1", "Singapore",   [590, 130, 252, 252, 7_000, 1_200]),
    region("ap-northeast-2", "Seoul",       [590, 130, 225, 225, 7_600, 1_260]),
];

impl Region {
    /// The Region of a code; `None` where its prices are not known.
    pub fn named(name: &str) -> Option<Self> {
        REGIONS.into_iter().find(|region| region.name == name)
    }

    /// Whether it is the one of the simulated account, whose prices of instances and databases are known too.
    pub fn is_home(&self) -> bool {
        self.name == REGIONS[0].name
    }

    /// An EC2 instance on demand with Linux an hour; `None` where its price is not known.
    pub fn instance(&self, instance_type: &str) -> Option<NanoUsd> {
        self.known(INSTANCES, instance_type)
    }

    /// A database instance in one zone an hour, by its engine and class; `None` where its price is not known.
    pub fn database(&self, engine: &str, class: &str) -> Option<NanoUsd> {
        let classes = match engine {
            "mysql" | "mariadb" => MYSQL,
            "postgres" => POSTGRES,
            _ => &[],
        };
        self.known(classes, class)
    }

    fn known(&self, table: &[(&str, u64)], name: &str) -> Option<NanoUsd> {
        let row = table.iter().find(|row| row.0 == name)?;
        self.is_home().then_some(NanoUsd(row.1 * 100_000))
    }
}

/// Bytes a month to the Internet that are free, on a day.
pub(super) fn free_bytes(as_of: Date) -> u64 {
    if as_of < MORE_FREE_SINCE {
        GB
    } else {
        100 * GB
    }
}

/// The types of EC2 instances whose prices are known: on demand, Linux, us-east-1, in tenths of a mill an hour.
const INSTANCES: &[(&str, u64)] = &[
    ("t2.nano", 58),
    ("t2.micro", 116),
    ("t2.small", 230),
    ("t2.medium", 464),
    ("t2.large", 928),
    ("t3.nano", 52),
    ("t3.micro", 104),
    ("t3.small", 208),
    ("t3.medium", 416),
    ("t3.large", 832),
    ("t3.xlarge", 1_664),
    ("t3.2xlarge", 3_328),
    ("m5.large", 960),
    ("m5.xlarge", 1_920),
    ("m5.2xlarge", 3_840),
    ("m5.4xlarge", 7_680),
    ("c5.large", 850),
    ("c5.xlarge", 1_700),
    ("c5.2xlarge", 3_400),
    ("r5.large", 1_260),
    ("r5.xlarge", 2_520),
];

/// The types of instances whose prices are known, with the price of an hour in us-east-1, cheapest first of a family.
pub(super) fn instances() -> impl Iterator<Item = (&'static str, NanoUsd)> {
    INSTANCES
        .iter()
        .map(|(name, price)| (*name, NanoUsd(price * 100_000)))
}

const MYSQL: &[(&str, u64)] = &[
    ("db.t3.micro", 170),
    ("db.t3.small", 340),
    ("db.t3.medium", 680),
    ("db.m5.large", 1_710),
];

const POSTGRES: &[(&str, u64)] = &[
    ("db.t3.micro", 180),
    ("db.t3.small", 360),
    ("db.t3.medium", 720),
    ("db.m5.large", 1_780),
];
