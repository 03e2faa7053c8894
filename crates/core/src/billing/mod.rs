//! Billing: what a task costs, per second from the start of its image pull to its end, with a minimum of a minute; and what else an
//! account pays for: `meter` notes what stands and what is used, `statement` prices it in a Region, `compare` reckons the same
//! tasks on EC2.
//!
//! Of Windows a longer minimum is said, of five minutes, but by nobody who shows where AWS says it; it is not modelled. Prices of
//! Spot float: a task on it is billed at the largest discount that AWS names.

mod compare;
mod meter;
mod region;
mod statement;
mod usage;

pub use compare::{OnInstances, Packing, on_instances};
pub use meter::{Ledger, Meter, Standing};
pub use region::{GB, MONTH_HOURS, REGIONS, Region};
pub use statement::{Item, Line, Quantity, Statement};
pub use usage::{Amount, Usage, of_request};

pub(crate) use meter::{Look, keep};
pub(crate) use statement::{Account, statement};

use crate::compute::platform::DEFAULT_DISK_GIB;
use crate::task::{Provider, Task};
use crate::task_definition::{System, TaskDefinition};
use crate::units::{CpuUnits, Date, MiB, NanoUsd, SimTime};

/// List prices of Fargate in a Region for a system, in nano-USD an hour.
///
/// Source: AWS Fargate pricing and its price list; those of the launch are in a capture of 2017-12-04. For Windows a public blog
/// has other numbers; these are the price list's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// In which Region.
    pub region: &'static str,
    /// For which system.
    pub system: System,
    /// Its first day.
    pub since: Date,
    /// A vCPU; of Windows with the licence.
    pub vcpu_hour: u64,
    /// A GB of memory.
    pub gb_hour: u64,
}

/// The licence of Windows, for a vCPU an hour, in nano-USD.
const LICENCE: u64 = 46_000_000;

const fn price(
    region: &'static str,
    system: System,
    since: Date,
    vcpu_hour: u64,
    gb_hour: u64,
) -> Price {
    Price {
        region,
        system,
        since,
        vcpu_hour,
        gb_hour,
    }
}

/// The day of Fargate's launch.
const LAUNCH: Date = Date::new(2017, 11, 29);
/// The day on which it became cheaper.
const CUT: Date = Date::new(2019, 1, 7);

/// Those of the account's Region come first.
#[rustfmt::skip] // a price a line
const PRICES: [Price; 12] = [
    price("us-east-1", System::LinuxX86, LAUNCH, 50_600_000, 12_700_000),
    price("us-east-1", System::LinuxX86, CUT, 40_480_000, 4_445_000),
    price("us-east-1", System::LinuxArm, Date::new(2021, 11, 23), 32_380_000, 3_560_000),
    price("us-east-1", System::Windows, Date::new(2021, 10, 28), 46_552_000 + LICENCE, 5_111_750),
    price("us-east-2", System::LinuxX86, CUT, 40_480_000, 4_445_000),
    price("us-west-2", System::LinuxX86, CUT, 40_480_000, 4_445_000),
    price("eu-west-1", System::LinuxX86, CUT, 40_480_000, 4_445_000),
    price("eu-central-1", System::LinuxX86, CUT, 46_560_000, 5_110_000),
    price("ap-northeast-1", System::LinuxX86, CUT, 50_560_000, 5_530_000),
    price("ap-northeast-1", System::LinuxArm, Date::new(2021, 11, 23), 40_450_000, 4_420_000),
    price("ap-southeast-1", System::LinuxX86, CUT, 50_560_000, 5_530_000),
    price("ap-northeast-2", System::LinuxX86, CUT, 46_560_000, 5_110_000),
];

/// A GB of ephemeral storage beyond what each task has, in nano-USD an hour. Source: AWS Fargate pricing.
const DISK_GB_HOUR: u64 = 111_000;

/// The least that is billed, in s. Source: AWS Fargate pricing.
pub const MINIMUM_SECONDS: u64 = 60;

/// The most, in percent, that Fargate Spot is below the list price. Source: AWS Fargate pricing.
pub const SPOT_PERCENT: u32 = 70;

/// The first day on which Fargate Spot runs a system; `None` for Windows, which it does not run. Of ARM64 only the month is
/// recalled.
pub const fn spot_since(system: System) -> Option<Date> {
    match system {
        System::LinuxX86 => Some(Date::new(2019, 12, 3)),
        System::LinuxArm => Some(Date::new(2024, 9, 1)),
        System::Windows => None,
    }
}

/// What a task has cost so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// At list price.
    pub so_far: NanoUsd,
    /// An hour of it.
    pub per_hour: NanoUsd,
    /// Seconds billed.
    pub seconds: u64,
    /// Whether the minimum decides.
    pub minimum: bool,
}

impl Price {
    /// The price of a system on a day in the account's Region; on a day before the first, the first.
    pub fn on(system: System, as_of: Date) -> Self {
        let home = PRICES[0].region;
        let of_system = || {
            PRICES
                .iter()
                .filter(|price| price.system == system && price.region == home)
        };
        let found = of_system().rfind(|price| price.since <= as_of);
        *found.or_else(|| of_system().next()).unwrap_or(&PRICES[0])
    }

    /// The price of a system on a day in a Region; `None` where it is not known.
    pub fn in_region(region: &str, system: System, as_of: Date) -> Option<Self> {
        if region == PRICES[0].region {
            return Some(Self::on(system, as_of));
        }
        let known = PRICES
            .iter()
            .filter(|price| price.system == system && price.region == region);
        known.copied().rfind(|price| price.since <= as_of)
    }

    /// An hour of a task size with a disk of so many GiB.
    pub fn per_hour(&self, cpu: CpuUnits, memory: MiB, disk_gib: u32) -> NanoUsd {
        let cpu = u64::from(cpu.0) * self.vcpu_hour / 1_024;
        let memory = u64::from(memory.0) * self.gb_hour / 1_024;
        let beyond = u64::from(disk_gib.saturating_sub(DEFAULT_DISK_GIB));
        NanoUsd(cpu + memory + beyond * DISK_GB_HOUR)
    }
}

/// An hour of a definition on a day; nothing where it has no size.
pub fn per_hour(definition: &TaskDefinition, as_of: Date) -> NanoUsd {
    let cpu = definition.cpu.unwrap_or_default();
    let memory = definition.memory.unwrap_or_default();
    let disk = definition.ephemeral_gib.unwrap_or(DEFAULT_DISK_GIB);
    Price::on(definition.system, as_of).per_hour(cpu, memory, disk)
}

/// The bill of a task at a moment: nothing before its image pull begins.
pub fn bill(task: &Task, now: SimTime, as_of: Date) -> Bill {
    task_bill(task, Price::on(task.definition.system, as_of), now)
}

/// The bill of a task at a price.
fn task_bill(task: &Task, price: Price, now: SimTime) -> Bill {
    let disk = task.definition.ephemeral_gib.unwrap_or(DEFAULT_DISK_GIB);
    let list = price.per_hour(task.cpu, task.memory, disk);
    let per_hour = match task.provider {
        Some(Provider::FargateSpot) => NanoUsd(list.0 * u64::from(100 - SPOT_PERCENT) / 100),
        _ => list,
    };
    let Some(start) = task.pull_started else {
        return Bill {
            per_hour,
            ..Bill::default()
        };
    };
    let ran = (task.stopped.unwrap_or(now) - start).0.div_ceil(1_000);
    let seconds = ran.max(MINIMUM_SECONDS);
    let so_far = NanoUsd(per_hour.0 * seconds / 3_600);
    Bill {
        so_far,
        per_hour,
        seconds,
        minimum: ran < MINIMUM_SECONDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[rustfmt::skip] // a size, a system and a day a line
    fn an_hour_costs_the_list_price_of_its_day() {
        use System::{LinuxArm, LinuxX86, Windows};
        for (system, cpu, memory, disk, year, nano) in [
            (LinuxX86,   256,    512,  20, 2026,  12_342_500),
            (LinuxX86, 1_024,  2_048,  20, 2026,  49_370_000),
            (LinuxX86, 4_096, 30_720,  20, 2026, 295_270_000),
            (LinuxX86, 4_096, 30_720, 100, 2026, 304_150_000),
            (LinuxX86,   256,    512,  20, 2018,  19_000_000),
            (LinuxX86, 1_024,  2_048,  20, 2018,  76_000_000),
            (LinuxX86, 4_096, 30_720,  20, 2018, 583_400_000),
            (LinuxArm,   256,    512,  20, 2026,   9_875_000),
            (LinuxArm, 1_024,  2_048,  20, 2026,  39_500_000),
            // ARM64 is asked for before Fargate has it: its first price
            (LinuxArm, 1_024,  2_048,  20, 2018,  39_500_000),
            (Windows,  1_024,  2_048,  20, 2026, 102_775_500),
            (Windows,  4_096,  8_192,  20, 2022, 411_102_000),
        ] {
            let price = Price::on(system, Date::new(year, 6, 1));
            let hour = price.per_hour(CpuUnits(cpu), MiB(memory), disk);
            assert_eq!(hour, NanoUsd(nano), "{system:?} {cpu}/{memory}, {disk} GiB, {year}");
        }
    }

    /// 30 days of 1 vCPU and 2 GB, as the pricing page's examples reckon.
    #[test]
    fn a_month_costs_what_the_examples_say() {
        let month = |system| {
            Price::on(system, Date::new(2026, 6, 1))
                .per_hour(CpuUnits(1_024), MiB(2_048), 20)
                .0
                * 720
        };
        assert_eq!(month(System::LinuxX86), 35_546_400_000);
        assert_eq!(month(System::LinuxArm), 28_440_000_000);
    }
}
