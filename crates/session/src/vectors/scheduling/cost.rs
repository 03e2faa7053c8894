//! Area `cost`: what a task costs, on the account's bill.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use fargate_core::billing::{Region, Statement};
use fargate_core::text::{Node, Value};
use fargate_core::units::{CpuUnits, Date, MiB, NanoUsd};

/// CPU units of a vCPU, and MiB of a GB.
const UNIT: f64 = 1_024.0;
/// The day of a row that asks for the prices of Fargate's launch.
const LAUNCH: Date = Date::new(2018, 1, 15);

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let number = |name: &str| match case.setup.get(name).map(|it| &it.value) {
        Some(Value::Number(digits)) => digits.parse::<f64>().ok(),
        _ => None,
    };
    let (Some(vcpu), Some(gb)) = (number("vcpu"), number("gb")) else {
        return Ok(case.not_modelled());
    };
    let day = if case.deed().contains("launch") {
        LAUNCH
    } else {
        case.as_of
    };
    let name = case.setup.get("region").and_then(Node::as_str);
    let name = name.unwrap_or("us-east-1");
    let region = Region::named(name).ok_or_else(|| format!("no prices of {name} are known"))?;
    let count = number("tasks").or_else(|| number("count")).unwrap_or(1.0) as u32;
    let mut account = Account::new(day)?;
    let size = (CpuUnits((vcpu * UNIT) as u32), MiB((gb * UNIT) as u32));
    account.register("")?;
    let input = format!(
        r#""launchType":"FARGATE","count":{count},"overrides":{{"cpu":"{}","memory":"{}"}}"#,
        size.0.0, size.1.0
    );
    account.run_with(&input)?;
    let bill = account.world.statement(&region);
    let hourly = tasks(&bill);
    let mut seen = Seen::default()
        .number("hourly", &usd(hourly, 6))
        .number("monthly", &usd(NanoUsd(hourly.0 * 730), 2));
    if let Some(length) = length(case.deed()) {
        let cost = NanoUsd(hourly.0 * length.max(60) / 3_600);
        seen = seen
            .number("cost", &usd(cost, 6))
            .member("billed_seconds", &length.max(60));
    }
    Ok(seen)
}

/// What the tasks of a bill cost an hour, without their addresses.
fn tasks(bill: &Statement) -> NanoUsd {
    use fargate_core::billing::Item;
    let tasks = bill
        .lines
        .iter()
        .filter(|line| matches!(line.item, Item::Task(_)));
    NanoUsd(tasks.map(|line| line.per_hour.0).sum())
}

/// The length that is asked for, in seconds: 'cost of 730 h', 'cost of 20 s'.
fn length(deed: &str) -> Option<u64> {
    let mut words = deed.split(' ').peekable();
    while let Some(word) = words.next() {
        let Ok(number) = word.parse::<u64>() else {
            continue;
        };
        let unit = match words.peek().copied() {
            Some("h" | "hour" | "hours") => 3_600,
            Some("s" | "seconds") => 1,
            Some("min" | "minutes") => 60,
            Some("days") => 86_400,
            _ => continue,
        };
        return number.checked_mul(unit);
    }
    None
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
