//! What an account may do at once: quotas of Fargate, the rate at which tasks launch, the rate of calls; and which clusters there are.
//!
//! None of the limits holds at first: who learns clicks fast, and simulated time stands still meanwhile.
//!
//! Source: 'Amazon ECS endpoints and quotas' and 'AWS Fargate throttling quotas'; 'Request throttling for the Amazon ECS API'.

use super::World;
use super::cluster::Clusters;
use super::upkeep::Upkeep;
use crate::error::{ApiError, Failure};
use crate::task::{Pace, Provider, TaskState};
use crate::units::{Date, SimTime};
use litemap::LiteMap;

/// CPU units of a vCPU.
const VCPU: u64 = 1_024;
/// vCPUs of a new account, on demand and on Spot.
const NEW_ACCOUNT: u32 = 6;
/// The first day on which vCPUs are counted instead of tasks; the year is known.
const COUNTED_IN_VCPUS: Date = Date::new(2022, 10, 1);
/// Tasks that a new account could run while tasks were counted. From memory; AWS keeps no record.
const TASKS: [(Date, u64); 4] = [
    (Date::new(2017, 11, 29), 20),
    (Date::new(2018, 6, 1), 50),
    (Date::new(2020, 1, 1), 100),
    (Date::new(2021, 1, 1), 1_000),
];

/// A token bucket: its name, how many tokens it holds, and how many come a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rate {
    name: &'static str,
    burst: u64,
    per_second: u64,
}

pub(super) const fn rate(name: &'static str, burst: u64, per_second: u64) -> Rate {
    Rate {
        name,
        burst,
        per_second,
    }
}

/// Tasks on Fargate; Spot has a bucket of its own.
const LAUNCHES: [Rate; 2] = [
    rate("fargate on-demand launch", 100, 20),
    rate("fargate spot launch", 100, 20),
];
/// Calls of `RunTask` for Fargate.
const RUNS: Rate = rate("RunTask on fargate", 20, 20);

/// The categories of ECS's API, with their actions.
#[rustfmt::skip]
pub(super) const CATEGORIES: &[(Rate, &[&str])] = &[
    (rate("Cluster modify", 20, 1), &["CreateCluster", "DeleteCluster", "PutClusterCapacityProviders"]),
    (rate("Cluster read", 50, 20), &["DescribeClusters", "ListClusters"]),
    (rate("Task definition modify", 20, 1), &["DeregisterTaskDefinition", "RegisterTaskDefinition"]),
    (rate("Task definition read", 50, 20), &["DescribeTaskDefinition", "ListTaskDefinitions", "ListTaskDefinitionFamilies"]),
    (rate("Task definition deletion", 5, 1), &["DeleteTaskDefinitions"]),
    (rate("Setting modify", 10, 1), &["PutAccountSetting", "PutAccountSettingDefault"]),
    (rate("Cluster resource modify", 100, 40), &["RunTask", "StartTask", "StopTask"]),
    (rate("Cluster resource read", 100, 20), &["DescribeTasks", "ListTasks"]),
    (rate("Service modify", 50, 5), &["CreateService", "UpdateService", "DeleteService"]),
    (rate("Service read", 100, 20), &["DescribeServices", "ListServices"]),
];

/// What is left of a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Left {
    /// Thousandths of a token.
    milli: u64,
    /// When that was so.
    at: SimTime,
}

/// The account's limits, and what is left of them.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    /// Whether calls and launches are throttled.
    pub(super) throttling: bool,
    /// Whether quotas hold.
    pub(super) quotas: bool,
    /// vCPUs, on demand and on Spot; those of a new account where nobody says.
    pub(super) vcpus: [Option<u32>; 2],
    /// Whether AWS has no spare capacity.
    pub(super) no_spot: bool,
    /// How long tasks take to come up.
    pub(super) pace: &'static Pace,
    /// The clusters.
    pub(super) clusters: Clusters,
    /// Requests with a client token, by their tokens, as JSON.
    pub(super) tokens: LiteMap<String, String>,
    pub(super) left: LiteMap<&'static str, Left>,
    /// What AWS does to tasks by itself.
    pub(super) upkeep: Upkeep,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            throttling: false,
            quotas: false,
            vcpus: [None, None],
            no_spot: false,
            pace: &Pace::TODAY,
            clusters: Clusters::default(),
            tokens: LiteMap::new(),
            left: LiteMap::new(),
            upkeep: Upkeep::default(),
        }
    }
}

/// The account's limits as they stand, and what is used of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountLimits {
    /// Whether calls and launches are throttled.
    pub throttling: bool,
    /// Whether quotas hold.
    pub quotas: bool,
    /// vCPUs that may run at once, on demand and on Spot.
    pub vcpus: [u32; 2],
    /// Their CPU units that tasks hold, on demand and on Spot.
    pub in_use: [u64; 2],
    /// Tasks that may run at once, where AWS counted tasks that day and nobody set vCPUs.
    pub tasks: Option<u64>,
}

impl World {
    /// The account's limits, and what its tasks use of them.
    pub fn account_limits(&self) -> AccountLimits {
        let limits = &self.limits;
        AccountLimits {
            throttling: limits.throttling,
            quotas: limits.quotas,
            vcpus: limits.vcpus.map(|set| set.unwrap_or(NEW_ACCOUNT)),
            in_use: self.cpu_in_use(),
            tasks: tasks(self.as_of).filter(|_| limits.vcpus == [None, None]),
        }
    }

    /// CPU units of all tasks that have not stopped, on demand and on Spot.
    pub(super) fn cpu_in_use(&self) -> [u64; 2] {
        let mut uses = [0, 0];
        for task in self.tasks.values() {
            if task.state() != TaskState::Stopped {
                let spot = task.provider == Some(Provider::FargateSpot);
                uses[usize::from(spot)] += u64::from(task.cpu.0);
            }
        }
        uses
    }
}

impl Limits {
    /// Takes tokens for a call. Those of other services than ECS, and the playground's own, are not throttled.
    pub(super) fn take_call(&mut self, now: SimTime, action: &str) -> Result<(), ApiError> {
        let Some(action) = action.strip_prefix("ecs:").filter(|_| self.throttling) else {
            return Ok(());
        };
        let category = CATEGORIES
            .iter()
            .find(|(_, actions)| actions.contains(&action));
        category.map_or(Ok(()), |(rate, _)| self.take(now, *rate, 1))
    }

    /// Takes tokens for tasks on Fargate, on demand and on Spot, and for a call of `RunTask` where it is one that asks for them.
    pub(super) fn take_launches(
        &mut self,
        now: SimTime,
        demand: u32,
        spot: u32,
        by_call: bool,
    ) -> Result<(), ApiError> {
        if !self.throttling {
            return Ok(());
        }
        if by_call {
            self.take(now, RUNS, 1)?;
        }
        for (rate, tasks) in LAUNCHES.into_iter().zip([demand, spot]) {
            self.take(now, rate, u64::from(tasks))?;
        }
        Ok(())
    }

    pub(super) fn take(&mut self, now: SimTime, rate: Rate, tokens: u64) -> Result<(), ApiError> {
        let full = rate.burst * 1_000;
        let left = self.left.get(rate.name).map_or(full, |left| {
            let come = (now - left.at).0.saturating_mul(rate.per_second);
            left.milli.saturating_add(come).min(full)
        });
        let Some(rest) = left.checked_sub(tokens * 1_000) else {
            let ms = (tokens * 1_000 - left).div_ceil(rate.per_second);
            return Err(ApiError::new(
                "ThrottlingException",
                "Rate exceeded",
                format!(
                    "Try again in {ms} ms: the bucket '{}' holds {} and gains {} a second. SetLimits switches throttling off.",
                    rate.name, rate.burst, rate.per_second
                ),
            ));
        };
        let left = Left {
            milli: rest,
            at: now,
        };
        self.left.insert(rate.name, left);
        Ok(())
    }

    /// Why one more task is too many: of the CPU units that its kind uses, its own, and how many tasks run.
    pub(super) fn over_quota(
        &self,
        as_of: Date,
        spot: bool,
        uses: u64,
        cpu: u32,
        running: u64,
    ) -> Option<Failure> {
        if !self.quotas {
            return None;
        }
        let set = self.vcpus[usize::from(spot)];
        let (over, what) = if let (None, Some(most)) = (set, tasks(as_of)) {
            (running >= most, "tasks")
        } else {
            let most = u64::from(set.unwrap_or(NEW_ACCOUNT)) * VCPU;
            (uses + u64::from(cpu) > most, "vCPUs")
        };
        over.then(|| Failure {
            arn: None,
            reason: format!(
                "You've reached the limit on the number of {what} you can run concurrently"
            ),
            cure: "Stop a task, or have the quota raised (Service Quotas).",
        })
    }
}

/// Tasks that a new account could run at once on a day; `None` once vCPUs are counted.
fn tasks(as_of: Date) -> Option<u64> {
    let most = TASKS.iter().rfind(|(day, _)| *day <= as_of);
    (as_of < COUNTED_IN_VCPUS).then(|| most.map_or(0, |(_, most)| *most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_gives_its_burst_at_once_and_then_what_comes_a_second() {
        let mut limits = Limits {
            throttling: true,
            ..Limits::default()
        };
        // (moment in ms, calls, how many of them pass)
        for (at, calls, pass) in [
            (0, 60, 50),
            (0, 1, 0),
            (49, 1, 0),
            (50, 2, 1),
            (1_050, 30, 20),
            (60_000, 60, 50),
        ] {
            let passed = (0..calls).filter(|number| {
                let action = ["ecs:DescribeClusters", "ecs:ListClusters"][number % 2];
                limits.take_call(SimTime(at), action).is_ok()
            });
            assert_eq!(passed.count(), pass, "{calls} at {at} ms");
        }
        assert!(limits.take_call(SimTime(60_000), "ec2:CreateVpc").is_ok());
    }

    #[test]
    fn what_runs_at_once_is_counted_in_tasks_then_in_vcpus() {
        let limits = Limits {
            quotas: true,
            ..Limits::default()
        };
        // (day, CPU units in use, of one more, tasks that run, what is reached)
        let rows = [
            ("2017-11-29", 0, 256, 19, None),
            ("2017-11-29", 0, 256, 20, Some("tasks")),
            ("2022-09-30", 99_999, 1_024, 999, None),
            ("2026-11-21", 5_888, 256, 23, None),
            ("2026-11-21", 5_888, 512, 23, Some("vCPUs")),
        ];
        for (day, uses, cpu, running, reached) in rows {
            let day = Date::parse(day).unwrap();
            let failure = limits.over_quota(day, false, uses, cpu, running);
            let said = failure.map(|it| it.reason);
            let wanted = reached.map(|what| {
                format!("You've reached the limit on the number of {what} you can run concurrently")
            });
            assert_eq!(said, wanted, "{day} {uses} {cpu} {running}");
        }
        assert_eq!(
            Limits::default().over_quota(Date::new(2026, 1, 1), false, 9_999, 9_999, 99),
            None
        );
    }
}
