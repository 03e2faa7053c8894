//! Area `throttle`: the rates of calls and of launches.

use super::account::Account;
use super::seen::Seen;
use super::words::{any, any_number, any_text, numbered, speaks_of};
use super::{Case, failing};
use fargate_core::error::{ApiError, Reply};
use fargate_core::units::SimTime;
use fargate_core::world::{CallRates, Handlers};

/// Tasks that one call launches.
const AT_ONCE: u64 = 10;
/// How soon a refused launch is tried again, in ms.
const AGAIN: u64 = 100;
/// How long a launch is tried at most, in ms.
const GIVES_UP: u64 = 600_000;
/// Calls and tasks that a row may ask for.
const MOST: f64 = 20_000.0;

/// Some calls of one action: how many, from when, in ms, and over how long.
struct Burst<'a> {
    calls: u64,
    action: &'a str,
    at: u64,
    over: u64,
}

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let of_service = any(
        case.setup,
        &[
            "service",
            "service_task_failures",
            "throttled_service",
            "services",
        ],
    );
    if of_service.is_some() {
        return failing::observe(case);
    }
    if any(
        case.setup,
        &["bucket", "capacity", "tokens", "refill_per_s"],
    )
    .is_none()
        && numbered(case.deed()).is_empty()
    {
        return Ok(case.not_modelled());
    }
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    account.done("playground:SetLimits", r#"{"throttling":true}"#)?;
    let bucket = any_text(case.setup, &["bucket", "category"]).unwrap_or_default();
    let from = account.world.now().0;
    let groups = launches(case, bucket);
    if !groups.is_empty() {
        return launched(&mut account, &groups, drained(case));
    }
    // 'DescribeClusters x60'
    let deed = case.deed().replace(" x", " ");
    let bursts = bursts(&deed, bucket);
    if bursts.is_empty() {
        return Ok(case.not_modelled());
    }
    Ok(called(&mut account, case, bucket, &bursts, from))
}

/// Tokens that are gone before the row begins.
fn drained(case: &Case<'_>) -> u64 {
    let number = |names: &[&str]| any_number(case.setup, names);
    let (full, there) = (
        number(&["capacity", "burst", "size"]),
        number(&["tokens", "tokens_left", "available"]),
    );
    match (full, there) {
        (Some(full), Some(there)) => (full - there).clamp(0.0, MOST) as u64,
        _ => 0,
    }
}

/// What is done of each action, in order: `60 DescribeClusters calls at t=0 and 30 more at t=1`, `25 RunTask calls per second for 4 s`.
fn bursts<'a>(deed: &'a str, bucket: &'a str) -> Vec<Burst<'a>> {
    let mut found: Vec<Burst<'_>> = Vec::new();
    let mut now = 0;
    let ms = |seconds: f64| (seconds.clamp(0.0, 86_400.0) * 1_000.0) as u64;
    for clause in clauses(deed) {
        let mut at = now;
        let mut calls: Option<(f64, Option<&str>)> = None;
        let mut over = 0;
        for (number, after) in numbered(clause) {
            let unit = after.first().copied().unwrap_or_default();
            let action = after.iter().find(|it| CallRates::knows(it));
            let is_time =
                ["s", "sec", "second", "seconds", "ms"].contains(&unit) && action.is_none();
            if is_time && calls.is_some() {
                over = ms(number);
            } else if is_time {
                at = now + ms(number);
            } else if calls.is_none() {
                calls = Some((number, action.copied()));
            }
        }
        // 't=2': the number stands in a word of its own
        let mut moments = super::words::words(clause).into_iter().filter_map(|it| {
            it.strip_prefix("t=")?
                .trim_end_matches('s')
                .parse::<f64>()
                .ok()
        });
        if let Some(moment) = moments.next_back() {
            at = ms(moment);
        }
        now = at;
        let Some((number, action)) = calls else {
            continue;
        };
        // where nothing else is named, the bucket may be called by its only action
        let of_bucket = Some(bucket).filter(|it| CallRates::knows(it));
        let last = found.last().map(|it| it.action).or(of_bucket);
        let named = super::words::words(clause)
            .into_iter()
            .find(|it| CallRates::knows(it));
        let Some(action) = action.or(named).or(last) else {
            continue;
        };
        let a_second = speaks_of(
            clause,
            &["per second", "calls/s", "/s ", "a second", "every second"],
        ) && over > 0;
        let calls = if a_second {
            number * over as f64 / 1_000.0
        } else {
            number
        };
        let evenly = speaks_of(clause, &["evenly", "spread"]);
        let over = if a_second || evenly { over } else { 0 };
        let calls = calls.clamp(0.0, MOST) as u64;
        found.push(Burst {
            calls,
            action,
            at,
            over,
        });
    }
    found
}

/// The parts of a deed that are done one after the other, or at the same time.
fn clauses(deed: &str) -> Vec<&str> {
    let mut rest = deed;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let marks = [" and then ", " then ", " and ", "; ", ", ", " + "];
        let next = marks
            .iter()
            .filter_map(|mark| Some((rest.find(mark)?, mark.len())))
            .min();
        let Some((end, length)) = next else {
            found.push(rest);
            break;
        };
        found.push(&rest[..end]);
        rest = &rest[end + length..];
    }
    found
}

/// What an action is called with, so that it reaches the service.
fn input(account: &Account, action: &str) -> String {
    match action {
        "RunTask" => account.run_input(r#""launchType":"FARGATE""#),
        "DescribeTasks" => r#"{"tasks":["t"]}"#.to_owned(),
        "DescribeServices" => r#"{"services":["web"]}"#.to_owned(),
        "RegisterTaskDefinition" => r#"{"family":"u","containerDefinitions":[{"name":"web","image":"nginx","memory":64}]}"#.to_owned(),
        "PutClusterCapacityProviders" => r#"{"cluster":"default","capacityProviders":["FARGATE","FARGATE_SPOT"],"defaultCapacityProviderStrategy":[]}"#.to_owned(),
        _ => "{}".to_owned(),
    }
}

/// Calls, each tried once.
fn called(
    account: &mut Account,
    case: &Case<'_>,
    bucket: &str,
    bursts: &[Burst<'_>],
    from: u64,
) -> Seen {
    let on_fargate = !speaks_of(bucket, &["cluster resource"]);
    // what the world answers it is asked; of others only the buckets are known
    // a call that is refused changes nothing in a world, its bucket neither
    let refused = |action: &str| match action {
        "RunTask" => !on_fargate,
        "StopTask"
        | "StartTask"
        | "ExecuteCommand"
        | "CreateService"
        | "UpdateService"
        | "DeleteService"
        | "DeleteCluster"
        | "DeregisterTaskDefinition"
        | "DeleteTaskDefinitions"
        | "DescribeTaskDefinition"
        | "PutAccountSetting"
        | "PutAccountSettingDefault" => true,
        _ => false,
    };
    let answered = |action: &str| {
        Handlers::ALL
            .actions()
            .any(|it| it.strip_prefix("ecs:") == Some(action))
            && !refused(action)
    };
    let whole = bursts.iter().all(|it| answered(it.action));
    let mut rates = CallRates::default();
    let mut one = |account: &mut Account, action: &str| -> Result<(), ApiError> {
        if whole {
            let input = input(account, action);
            match account.send(&format!("ecs:{action}"), &input) {
                Err(error) if error.code == "ThrottlingException" => Err(error),
                // whatever else the service says, it was asked
                _ => Ok(()),
            }
        } else {
            rates.take(account.world.now(), action)
        }
    };
    // a definition that the row's account needed took a token of its own: the bucket is full again in time
    account.wait(120_000);
    let from = from + 120_000;
    if let Some(first) = bursts.first() {
        for _ in 0..drained(case) {
            let _gone = one(account, first.action);
        }
    }
    let mut calls: Vec<(u64, &str, usize)> = Vec::new();
    for (place, burst) in bursts.iter().enumerate() {
        calls.extend((0..burst.calls).map(|it| {
            (
                burst.at + it * burst.over / burst.calls.max(1),
                burst.action,
                place,
            )
        }));
    }
    calls.sort_by_key(|(at, _, place)| (*at, *place));
    let (mut passed, mut throttled) = (0_u32, 0_u32);
    let mut of_burst = vec![(0_u32, 0_u32); bursts.len()];
    let mut seen = Seen::default();
    for (at, action, place) in calls {
        if account.world.now() < SimTime(from + at) {
            account.until(from + at);
        }
        match one(account, action) {
            Ok(()) => {
                passed += 1;
                of_burst[place].0 += 1;
            }
            Err(error) => {
                if throttled == 0 {
                    seen = seen.refusal(&error);
                }
                throttled += 1;
                of_burst[place].1 += 1;
            }
        }
    }
    let parts = of_burst.iter().map(|(passed, throttled)| {
        Seen::default()
            .member("ok", passed)
            .member("throttled", throttled)
    });
    seen.member("ok", &passed)
        .member("throttled", &throttled)
        .list("bursts", parts)
}

/// Tasks of a kind that are to be launched: how many, and whether on Spot.
fn launches(case: &Case<'_>, bucket: &str) -> Vec<(u64, bool)> {
    let deed = case.deed();
    let says = speaks_of(deed, &["launch", "start", "tasks"])
        && !numbered(deed)
            .iter()
            .any(|(_, after)| after.iter().any(|it| CallRates::knows(it)));
    if !says {
        return Vec::new();
    }
    let all = numbered(deed);
    let mut groups = Vec::new();
    for (number, after) in all {
        let text = after.join(" ");
        if after.is_empty() || ["s", "seconds", "second"].contains(&after[0]) {
            continue;
        }
        let spot = speaks_of(&text, &["spot"])
            || speaks_of(bucket, &["spot"]) && !speaks_of(&text, &["on-demand", "ondemand"]);
        if speaks_of(&text, &["task", "spot", "on-demand", "ondemand"]) {
            groups.push((number.clamp(0.0, MOST) as u64, spot));
        }
    }
    groups
}

/// So many tasks, each call tried again until it passes.
fn launched(account: &mut Account, groups: &[(u64, bool)], drained: u64) -> Result<Seen, String> {
    let run = |account: &mut Account, count: u64, spot: bool| {
        let on = if spot {
            r#""capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT","weight":1}]"#
        } else {
            r#""launchType":"FARGATE""#
        };
        let input = account.run_input(&format!(r#"{on},"count":{count}"#));
        account
            .send("ecs:RunTask", &input)
            .map(|it| matches!(it, Reply::Tasks(_)))
    };
    if let Some((_, spot)) = groups.first() {
        let mut left = drained;
        while left > 0 {
            let count = left.min(AT_ONCE);
            run(account, count, *spot)
                .map_err(|error| format!("the bucket holds less than the row says: {error}"))?;
            left -= count;
        }
    }
    let from = account.world.now();
    let mut left: Vec<(u64, bool)> = groups.to_vec();
    let total: u64 = groups.iter().map(|(tasks, _)| tasks).sum();
    let mut at_once = vec![0; groups.len()];
    let mut seen = Seen::default();
    let mut refused = false;
    while left.iter().any(|(tasks, _)| *tasks > 0) {
        let mut passed = false;
        for (place, (tasks, spot)) in left.iter_mut().enumerate() {
            if *tasks == 0 {
                continue;
            }
            // as many as the bucket has, if not as many as a call takes
            for count in [(*tasks).min(AT_ONCE), 1] {
                match run(account, count, *spot) {
                    Ok(true) => {
                        *tasks -= count;
                        passed = true;
                        if account.world.now() == from {
                            at_once[place] += count;
                        }
                        break;
                    }
                    Ok(false) => return Err("not every task was placed".to_owned()),
                    Err(error) if !refused => {
                        refused = true;
                        seen = seen.refusal(&error);
                    }
                    Err(_) => {}
                }
            }
        }
        if !passed {
            if (account.world.now() - from).0 > GIVES_UP {
                return Err("tasks are refused for 10 minutes".to_owned());
            }
            account.wait(AGAIN);
        }
    }
    let tenths = (account.world.now() - from).0 / 100;
    let first: u64 = at_once.iter().sum();
    for ((_, spot), count) in groups.iter().zip(&at_once) {
        seen = seen.member(
            if *spot {
                "launched_spot_at_0"
            } else {
                "launched_ondemand_at_0"
            },
            count,
        );
    }
    Ok(seen
        .member("launched_at_0", &first)
        .member("remaining", &(total - first))
        .member("throttled", &(total - first))
        .number(
            "seconds_to_finish",
            &format!("{}.{}", tenths / 10, tenths % 10),
        ))
}
