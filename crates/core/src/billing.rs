//! Billing: what a task costs, per second from the start of its image pull to its end, with a minimum of a minute.

use crate::task::Task;
use crate::units::{CpuUnits, Date, MiB, NanoUsd, SimTime};

/// List prices of Fargate for Linux on x86 in us-east-1, in USD an hour. Source: AWS Fargate pricing; those of the
/// launch are recalled from the launch post.
struct Price {
    since: Date,
    vcpu_hour_nano: u64,
    gb_hour_nano: u64,
}

const PRICES: [Price; 2] = [
    Price {
        since: Date::new(2017, 11, 29),
        vcpu_hour_nano: 50_600_000,
        gb_hour_nano: 12_700_000,
    },
    Price {
        since: Date::new(2019, 1, 7),
        vcpu_hour_nano: 40_480_000,
        gb_hour_nano: 4_445_000,
    },
];

/// The least that is billed, in s. Source: AWS Fargate pricing.
pub const MINIMUM_SECONDS: u64 = 60;

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

/// An hour of a task size on a date.
pub fn per_hour(cpu: CpuUnits, memory: MiB, as_of: Date) -> NanoUsd {
    let price = PRICES
        .iter()
        .rev()
        .find(|price| price.since <= as_of)
        .unwrap_or(&PRICES[0]);
    let cpu = u64::from(cpu.0) * price.vcpu_hour_nano / 1_024;
    NanoUsd(cpu + u64::from(memory.0) * price.gb_hour_nano / 1_024)
}

/// The bill of a task at a moment: nothing before its image pull begins.
pub fn bill(task: &Task, now: SimTime, as_of: Date) -> Bill {
    let per_hour = per_hour(task.cpu, task.memory, as_of);
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
    fn an_hour_costs_the_list_price_of_its_day() {
        for (cpu, memory, year, nano) in [
            (256, 512, 2026, 12_342_500),
            (1024, 2048, 2026, 49_370_000),
            (4096, 30_720, 2026, 295_270_000),
            (256, 512, 2018, 19_000_000),
            (1024, 2048, 2018, 76_000_000),
            (4096, 30_720, 2018, 583_400_000),
        ] {
            assert_eq!(
                per_hour(CpuUnits(cpu), MiB(memory), Date::new(year, 6, 1)),
                NanoUsd(nano),
                "{cpu}/{memory}"
            );
        }
    }
}
