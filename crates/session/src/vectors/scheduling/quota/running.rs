//! Tasks that run already, and more that are to run, against the quotas of what runs at once.

use super::{MOST, told};
use crate::vectors::scheduling::Case;
use crate::vectors::scheduling::account::Account;
use crate::vectors::scheduling::seen::Seen;
use crate::vectors::scheduling::service;
use crate::vectors::scheduling::words::{any_number, any_text, named, numbered, speaks_of};
use fargate_core::error::Reply;
use fargate_core::units::Date;

/// CPU units of the smallest task, and of a vCPU.
const SMALLEST: f64 = 256.0;
const VCPU: f64 = 1_024.0;

/// Members that say the quota of tasks on demand, in vCPUs; the first ones say so by name.
const ON_DEMAND: &[&str] = &[
    "fargate_ondemand_vcpu_quota",
    "fargate_vcpu_quota",
    "ondemand_vcpu_quota",
];
const ON_DEMAND_OR_ANY: &[&str] = &[
    "fargate_ondemand_vcpu_quota",
    "fargate_vcpu_quota",
    "ondemand_vcpu_quota",
    "vcpu_quota",
    "quota_vcpu",
];
/// Members that say the quota of tasks on Spot, in vCPUs.
const SPOT: &[&str] = &["fargate_spot_vcpu_quota", "spot_vcpu_quota"];

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let provider = any_text(case.action, &["capacityProvider", "capacityProviderName"])
        .or_else(|| any_text(case.setup, &["capacityProvider", "capacityProviderName"]))
        .unwrap_or_default();
    let spot = provider == "FARGATE_SPOT" || speaks_of(case.deed(), &["spot"]);
    let mut account = Account::new(day(case))?;
    account.register("")?;
    limit(&mut account, case)?;
    fill(&mut account, case, spot)?;
    if speaks_of(case.deed(), &["service"]) {
        return served(&mut account, case);
    }
    let input = account.run_input(&more(case, spot));
    Ok(told(account.send("ecs:RunTask", &input)))
}

/// A day of the row's era on which as many tasks could run as the row says: the quota grew. Source: 'Amazon ECS service quotas' of those
/// years.
fn day(case: &Case<'_>) -> Date {
    let quota = number(
        case,
        &["fargate_task_quota", "fargate_tasks_quota", "task_quota"],
    );
    let days = [
        (20.0, Date::new(2017, 12, 31)),
        (50.0, Date::new(2018, 12, 31)),
        (100.0, Date::new(2020, 12, 31)),
        (1_000.0, Date::new(2021, 12, 31)),
    ];
    let mut days = days.into_iter();
    let found =
        days.find(|(tasks, _)| quota.is_some_and(|it| it.to_bits() == f64::to_bits(*tasks)));
    found.map_or(case.as_of, |(_, day)| day.max(case.as_of))
}

/// A service that wants one task more, of the row's size.
fn served(account: &mut Account, case: &Case<'_>) -> Result<Seen, String> {
    let (cpu, memory) = size(case);
    let container = r#"{"name":"web","image":"nginx"}"#;
    let refused = |error| format!("RegisterTaskDefinition was refused: {error}");
    account
        .try_define_sized((cpu, memory), container, "")
        .map_err(refused)?;
    let before = account.world.tasks().len();
    account.serve(service::NAME, service::desired(case.setup))?;
    account.wait(service::STEADY);
    let started = account.world.tasks().len() - before;
    let mut seen = Seen::default()
        .member("tasks", &started)
        .member("running", &started);
    let told = account.service(service::NAME);
    if let Some(event) = told.and_then(|it| it.events.first()) {
        seen = seen.text("service_event", &event.message);
    }
    Ok(seen)
}

/// A number of the setup.
fn number(case: &Case<'_>, names: &[&str]) -> Option<f64> {
    any_number(case.setup, names).map(|it| it.clamp(0.0, 1e6))
}

/// What a call says of where its tasks run.
fn on(spot: bool) -> &'static str {
    if spot {
        r#""capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT","weight":1}]"#
    } else {
        r#""launchType":"FARGATE""#
    }
}

/// Sets the quotas of the row.
fn limit(account: &mut Account, case: &Case<'_>) -> Result<(), String> {
    let quota = |member: &str, names| {
        let quota = number(case, names)?;
        Some(format!(r#""{member}":{}"#, quota as u32))
    };
    let mut limits = vec![r#""quotas":true"#.to_owned()];
    limits.extend(quota("fargateVcpus", ON_DEMAND_OR_ANY));
    limits.extend(quota("fargateSpotVcpus", SPOT));
    let limits = format!("{{{}}}", limits.join(","));
    account.done("playground:SetLimits", &limits).map(|_| ())
}

/// Runs what runs already, in tasks of the smallest size.
fn fill(account: &mut Account, case: &Case<'_>, spot: bool) -> Result<(), String> {
    let spots = number(case, &["running_spot_vcpu", "running_vcpu_spot"]);
    let plain = number(case, &["running_vcpu", "running_ondemand_vcpu"]).unwrap_or(0.0);
    let tasks = number(case, &["running_tasks", "running"]).unwrap_or(0.0);
    // of a row that only knows Spot's quota, what runs is on Spot
    let only_spot = spots.is_none() && spot && number(case, ON_DEMAND).is_none();
    for (kind, count) in [
        (only_spot, plain * VCPU / SMALLEST + tasks),
        (true, spots.unwrap_or(0.0) * VCPU / SMALLEST),
    ] {
        let input = account.run_input(on(kind));
        for _ in 0..count.min(MOST) as u32 {
            if !matches!(account.send("ecs:RunTask", &input), Ok(Reply::Tasks(_))) {
                return Err("the row has more running than its quota admits".to_owned());
            }
        }
    }
    Ok(())
}

/// A number that the row gives by its name.
fn said(case: &Case<'_>, name: &str) -> Option<f64> {
    let member = any_number(case.action, &[name]).map(|it| it.to_string());
    let said = member
        .or_else(|| named(case.deed(), name).map(str::to_owned))
        .or_else(|| any_number(case.setup, &[name]).map(|it| it.to_string()));
    said.and_then(|it| it.parse::<f64>().ok())
}

/// The size of a task that is to run: CPU units and MiB.
fn size(case: &Case<'_>) -> (u32, u32) {
    let deed = case.deed();
    // '0.5 vCPU'
    let of_words = || {
        let mut all = numbered(deed).into_iter();
        all.find_map(|(number, after)| {
            let unit = after.first()?.to_ascii_lowercase();
            unit.starts_with("vcpu").then_some(number)
        })
    };
    let cpu = said(case, "cpu")
        .or_else(|| said(case, "vcpu").or_else(of_words).map(|it| it * VCPU))
        .unwrap_or(SMALLEST) as u32;
    let memory = said(case, "memory").map_or(cpu.max(256) * 2, |it| it as u32);
    (cpu, memory)
}

/// How many more tasks are to run, of which size, as members of the call.
fn more(case: &Case<'_>, spot: bool) -> String {
    let deed = case.deed();
    let (cpu, memory) = size(case);
    let count = said(case, "count")
        .or_else(|| of_tasks(deed))
        .unwrap_or(1.0);
    format!(
        r#"{},"count":{},"overrides":{{"cpu":"{cpu}","memory":"{memory}"}}"#,
        on(spot),
        count.min(MOST) as u32
    )
}

/// 'run 3 tasks', '2 x cpu=512'.
fn of_tasks(deed: &str) -> Option<f64> {
    let mut all = numbered(deed).into_iter();
    all.find_map(|(number, after)| {
        let first = after.first()?;
        (first.starts_with("task") || *first == "x" || *first == "times").then_some(number)
    })
}
