//! Area `cost`: what tasks cost, on the account's bill, and what the same costs on instances.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use super::words::{any, any_number, any_text, number, numbered, seconds, speaks_of};
use fargate_core::billing::{
    Item, MINIMUM_SECONDS, MONTH_HOURS, Packing, Price, Region, Statement, on_instances,
};
use fargate_core::error::Reply;
use fargate_core::task_definition::System;
use fargate_core::text::{Node, Value};
use fargate_core::units::{CpuUnits, Date, MiB, NanoUsd};

/// CPU units of a vCPU, and MiB of a GB.
const UNIT: f64 = 1_024.0;
/// A day of a row that asks for the prices of Fargate's launch, and one of the prices since 2019.
const LAUNCH: Date = Date::new(2018, 1, 15);
/// Tasks that a row may ask for at most.
const MOST_TASKS: f64 = 10_000.0;
/// GiB that a task has without asking.
const DISK: f64 = 20.0;

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    // what is billed at least is the same for every size
    let smallest = || length(case).map(|_| (CpuUnits(256), MiB(512)));
    let Some((cpu, memory)) = size(case.setup).or_else(smallest) else {
        return Ok(case.not_modelled());
    };
    let deed = case.deed();
    let says = any_text(case.setup, &["era", "prices", "when"]).unwrap_or_default();
    let launch = speaks_of(
        deed,
        &["launch price", "at launch", "launch rate", "2017", "2018"],
    ) || speaks_of(says, &["launch", "2017", "2018"]);
    let today = speaks_of(deed, &["today", "current", "since 2019", "2019"]);
    let day = match (launch, today) {
        (true, _) => LAUNCH,
        (_, true) => super::TODAY,
        _ => day_of_price(case),
    };
    let name = any_text(case.setup, &["region"]).unwrap_or("us-east-1");
    let region = Region::named(name).ok_or_else(|| format!("no prices of {name} are known"))?;
    let tasks = any_number(
        case.setup,
        &["tasks", "count", "task_count", "desiredCount"],
    )
    .or_else(|| of_words(deed, "task"))
    .unwrap_or(1.0)
    .clamp(0.0, MOST_TASKS);
    let spot = any_text(
        case.setup,
        &["capacityProvider", "capacityProviderName", "launchType"],
    ) == Some("FARGATE_SPOT")
        || speaks_of(deed, &["spot"]);
    let one = match per_hour(case, day, (cpu, memory), spot, &region)? {
        Ok(one) => one,
        Err(refused) => return Ok(refused),
    };
    let one = at_given(case, day, (cpu, memory)).unwrap_or(one);
    let hourly = NanoUsd(one.0 * tasks as u64);
    let mut seen = Seen::default()
        .number("hourly", &usd(hourly, 9))
        .number("hourly_per_task", &usd(one, 9))
        .number("monthly", &usd(NanoUsd(hourly.0 * MONTH_HOURS), 2))
        .number("daily", &usd(NanoUsd(hourly.0 * 24), 4));
    if let Some(length) = length(case) {
        let billed = (length.clamp(0.0, 1e9).ceil() as u64).max(MINIMUM_SECONDS);
        let cost = NanoUsd((u128::from(hourly.0) * u128::from(billed) / 3_600) as u64);
        seen = seen
            .number("cost", &usd(cost, 9))
            .number("total", &usd(cost, 9))
            .member("billed_seconds", &billed);
    }
    Ok(on_ec2(case, (cpu, memory), tasks as usize, hourly, seen))
}

/// How long the row's task runs, in seconds.
fn length(case: &Case<'_>) -> Option<f64> {
    let seconds_of = [
        "seconds",
        "duration_s",
        "runtime_s",
        "run_seconds",
        "duration_seconds",
        "runs_s",
        "task_duration_s",
        "task_seconds",
        "billed_for_s",
    ];
    any_number(case.setup, &seconds_of)
        .or_else(|| any_number(case.setup, &["minutes", "duration_min"]).map(|it| it * 60.0))
        .or_else(|| {
            let hours = any_number(case.setup, &["hours", "duration_h", "runtime_h"]);
            hours.map(|it| it * 3_600.0)
        })
        .or_else(|| seconds(case.deed()))
}

/// The size of the row's task: vCPU and GB, or CPU units and MiB as a definition has them.
fn size(setup: &Node) -> Option<(CpuUnits, MiB)> {
    let pair = setup.get("task").map(Node::items).unwrap_or_default();
    let (vcpu, gb) = if let [vcpu, gb] = pair {
        (number(vcpu), number(gb))
    } else {
        let setup = match setup.get("task") {
            Some(task) if matches!(task.value, Value::Object(_)) => task,
            _ => setup,
        };
        let vcpu = any_number(setup, &["vcpu", "vcpus", "vCPU"]);
        let gb = any_number(setup, &["gb", "memory_gb", "GB", "gib"]);
        let unit = |names: &[&str]| {
            let plain = any_number(setup, names).map(|it| it / UNIT);
            plain.or_else(|| with_unit(any_text(setup, names)?))
        };
        (
            vcpu.or_else(|| unit(&["cpu"])),
            gb.or_else(|| unit(&["memory", "memory_mib", "mib"])),
        )
    };
    let units = |it: f64| {
        Some((it * UNIT).round())
            .filter(|it| (0.0..=1e6).contains(it))
            .map(|it| it as u32)
    };
    Some((CpuUnits(units(vcpu?)?), MiB(units(gb?)?)))
}

/// A size with its unit, as definitions may write it: `1 vCPU`, `.5 vcpu`, `2GB`.
fn with_unit(text: &str) -> Option<f64> {
    let text = text.trim().to_ascii_lowercase();
    let number = text
        .strip_suffix("vcpu")
        .or_else(|| text.strip_suffix("gb"))?;
    number.trim().parse().ok()
}

/// The price that the row gives: of a vCPU and of a GB an hour.
fn price(setup: &Node) -> Option<(f64, f64)> {
    let price = setup.get("price").or_else(|| setup.get("prices"))?;
    let gb = any_number(price, &["gb_hour", "gb", "memory_gb_hour"]);
    Some((any_number(price, &["vcpu_hour", "vcpu"])?, gb?))
}

/// The day on which the row's price was the list price; else the row's own.
fn day_of_price(case: &Case<'_>) -> Date {
    let nano = |it: f64| (it * 1e9).round() as u64;
    let Some((vcpu, gb)) = price(case.setup) else {
        return case.as_of;
    };
    let is = |day: &Date| {
        let list = Price::on(System::LinuxX86, *day);
        (list.vcpu_hour, list.gb_hour) == (nano(vcpu), nano(gb))
    };
    [case.as_of, LAUNCH, super::TODAY]
        .into_iter()
        .find(is)
        .unwrap_or(case.as_of)
}

/// What one such task costs an hour at a price that the row gives and that never was the list price in the account's Region.
fn at_given(case: &Case<'_>, day: Date, (cpu, memory): (CpuUnits, MiB)) -> Option<NanoUsd> {
    let (vcpu, gb) = price(case.setup)?;
    let nano = |it: f64| (it.clamp(0.0, 1e6) * 1e9).round() as u64;
    let list = Price::on(System::LinuxX86, day);
    let given = Price {
        vcpu_hour: nano(vcpu),
        gb_hour: nano(gb),
        ..list
    };
    (given != list).then(|| given.per_hour(cpu, memory, DISK as u32))
}

/// What one such task costs an hour on the account's bill; or what is seen where it cannot be run.
fn per_hour(
    case: &Case<'_>,
    day: Date,
    (cpu, memory): (CpuUnits, MiB),
    spot: bool,
    region: &Region,
) -> Result<Result<NanoUsd, Seen>, String> {
    let disk = any_number(
        case.setup,
        &[
            "ephemeral_gb",
            "ephemeral_storage_gb",
            "ephemeralStorage_gb",
            "sizeInGiB",
            "storage_gb",
            "ephemeral_gib",
        ],
    )
    .or_else(|| any_number(case.setup.get("ephemeralStorage")?, &["sizeInGiB"]))
    .unwrap_or(DISK);
    let processor = any_text(case.setup, &["cpuArchitecture", "architecture", "arch"])
        .unwrap_or("X86_64")
        .to_ascii_uppercase();
    let system = any_text(case.setup, &["operatingSystemFamily", "os"])
        .unwrap_or("LINUX")
        .to_ascii_uppercase();
    let system = if system.starts_with("WINDOWS") && !system.contains("SERVER") {
        "WINDOWS_SERVER_2022_CORE".to_owned()
    } else {
        system
    };
    let processor = if processor.starts_with("ARM") {
        "ARM64"
    } else {
        "X86_64"
    };
    let mut account = Account::new(day)?;
    let mut more = Vec::new();
    if processor != "X86_64" || system != "LINUX" {
        more.push(format!(r#""runtimePlatform":{{"cpuArchitecture":"{processor}","operatingSystemFamily":"{system}"}}"#));
    }
    if disk > DISK {
        more.push(format!(
            r#""ephemeralStorage":{{"sizeInGiB":{}}}"#,
            disk as u32
        ));
    }
    let (cpu, memory) = (cpu.0, memory.0);
    if let Err(error) = account.try_define_sized(
        (cpu, memory),
        r#"{"name":"web","image":"nginx"}"#,
        &more.join(","),
    ) {
        return Ok(Err(Seen::default().refusal(&error)));
    }
    let kind = if spot {
        r#""capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT","weight":1}]"#
    } else {
        r#""launchType":"FARGATE""#
    };
    let input = account.run_input(kind);
    match account.send("ecs:RunTask", &input) {
        Ok(Reply::Tasks(_)) => {}
        Ok(_) => return Err("the task was not started".to_owned()),
        Err(error) => return Ok(Err(Seen::default().refusal(&error))),
    }
    account.wait(120_000);
    Ok(Ok(tasks(&account.world.statement(region))))
}

/// What the tasks of a bill cost an hour, without their addresses.
fn tasks(bill: &Statement) -> NanoUsd {
    let tasks = bill
        .lines
        .iter()
        .filter(|line| matches!(line.item, Item::Task(_)));
    NanoUsd(tasks.map(|line| line.per_hour.0).sum())
}

/// The same tasks on instances, where the row names a type or asks for it.
fn on_ec2(
    case: &Case<'_>,
    size: (CpuUnits, MiB),
    tasks: usize,
    fargate: NanoUsd,
    seen: Seen,
) -> Seen {
    let types = [
        "instance_type",
        "instanceType",
        "ec2_instance_type",
        "type",
        "ec2",
        "instance",
        "compare_with",
    ];
    let nested = any(case.setup, &["ec2", "instance", "compare_with"]);
    let said = any_text(case.setup, &types).or_else(|| any_text(nested?, &types));
    let named = said.map(str::to_owned).or_else(|| {
        let words = super::words::words(case.deed());
        let found = words
            .into_iter()
            .find(|it| it.contains('.') && it.starts_with(|it: char| it.is_ascii_lowercase()));
        found.map(str::to_owned)
    });
    let Some(named) = named else {
        return seen;
    };
    let modes = ["networkMode", "network_mode", "mode", "packing"];
    let mode = any_text(case.setup, &modes)
        .or_else(|| any_text(nested?, &modes))
        .unwrap_or_default();
    let trunk = speaks_of(mode, &["trunk"]) || speaks_of(case.deed(), &["trunk"]);
    let trunk =
        trunk || super::words::any_flag(case.setup, &["trunking", "awsvpcTrunking"]) == Some(true);
    let awsvpc = speaks_of(mode, &["awsvpc"]) || speaks_of(case.deed(), &["awsvpc"]);
    let packing = match (trunk, awsvpc) {
        (true, _) => Packing::Trunked,
        (_, true) => Packing::Awsvpc,
        _ => Packing::Bridge,
    };
    let all = vec![size; tasks];
    let seen = in_each_mode(&all, &named, seen);
    let Some(found) = on_instances(&all, packing)
        .into_iter()
        .find(|it| it.instance_type == named)
    else {
        return seen;
    };
    let cheaper = if found.per_hour < fargate {
        "EC2"
    } else {
        "FARGATE"
    };
    let spelled = [
        (["fargate_hourly", "fargate_hour"], fargate),
        (["ec2_hourly", "ec2_hour"], found.per_hour),
    ];
    let seen = spelled.into_iter().fold(seen, |seen, (names, amount)| {
        let amount = usd(amount, 9);
        names
            .into_iter()
            .fold(seen, |seen, name| seen.number(name, &amount))
    });
    let seen = ["instances", "ec2_instances", "instances_needed"]
        .into_iter()
        .fold(seen, |seen, name| seen.member(name, &found.count))
        .text("cheaper", cheaper);
    // a row that asks for the instances only
    let only = speaks_of(case.deed(), &["ec2", "instance"])
        && !speaks_of(case.deed(), &["fargate", "compare", "task"]);
    if !only {
        return seen;
    }
    let hourly = Seen::default()
        .number("hourly", &usd(found.per_hour, 9))
        .number("monthly", &usd(NanoUsd(found.per_hour.0 * MONTH_HOURS), 2));
    seen.also(hourly, &[])
}

/// The instances of a type that tasks take in each network mode, and what they cost.
fn in_each_mode(all: &[(CpuUnits, MiB)], named: &str, seen: Seen) -> Seen {
    let modes = [
        ("bridge", Packing::Bridge),
        ("awsvpc", Packing::Awsvpc),
        ("trunked", Packing::Trunked),
    ];
    let mut seen = seen;
    for (mode, packing) in modes {
        let mut types = on_instances(all, packing).into_iter();
        let Some(found) = types.find(|it| it.instance_type == named) else {
            continue;
        };
        let hourly = usd(found.per_hour, 9);
        let plain = named.replace('.', "_");
        for name in [mode, &format!("ec2_{mode}"), &format!("{plain}_{mode}")] {
            seen = seen.member(&format!("{name}_instances"), &found.count);
            for unit in ["hour", "hourly"] {
                seen = seen.number(&format!("{name}_{unit}"), &hourly);
            }
        }
    }
    seen
}

/// How many things a deed speaks of: 'cost of 8 tasks'.
fn of_words(deed: &str, what: &str) -> Option<f64> {
    let mut all = numbered(deed).into_iter();
    all.find_map(|(number, after)| {
        after
            .iter()
            .take(2)
            .any(|it| it.starts_with(what))
            .then_some(number)
    })
}

/// US dollars with so many decimals.
fn usd(amount: NanoUsd, decimals: u32) -> String {
    let step = 10_u64.pow(9 - decimals);
    let rounded = (amount.0 + step / 2) / step;
    let whole = 10_u64.pow(decimals);
    format!(
        "{}.{:0width$}",
        rounded / whole,
        rounded % whole,
        width = decimals as usize
    )
}
