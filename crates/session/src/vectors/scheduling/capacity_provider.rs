//! Area `capacity_provider`: which provider runs which task. A service spreads its tasks as `RunTask` does, by the same strategy, so that
//! the rows of both are played by `RunTask`.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use super::service;
use super::words::{any, any_number, any_text, numbered, speaks_of};
use fargate_core::error::Reply;
use fargate_core::task::{Part, Provider, spread};
use fargate_core::text::{Json, Node, Value};

/// Tasks that one call runs.
const AT_ONCE: u32 = 10;
/// Tasks that a row may ask for.
const MOST: f64 = 5_000.0;
/// Tasks of a service that is scaled in.
const MOST_SCALED: u32 = 500;

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let deed = case.deed();
    let strategy = any(case.setup, &["strategy", "capacityProviderStrategy"]);
    let default = any(
        case.setup,
        &[
            "cluster_defaultCapacityProviderStrategy",
            "defaultCapacityProviderStrategy",
            "cluster_default_strategy",
            "default_strategy",
        ],
    );
    let providers = any(
        case.setup,
        &[
            "cluster_capacityProviders",
            "capacityProviders",
            "cluster_providers",
        ],
    );
    let launch_type = any_text(case.setup, &["launchType", "launch_type"])
        .or_else(|| any_text(case.action, &["launchType"]));
    if strategy.is_none() && default.is_none() && launch_type.is_none() && providers.is_none() {
        return Ok(case.not_modelled());
    }
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    if providers.is_some() || default.is_some() {
        let put = put_providers(providers, default);
        if let Err(error) = account.send("ecs:PutClusterCapacityProviders", &put) {
            return Ok(refused(Seen::default().refusal(&error)));
        }
    }
    let count = wanted(case);
    let mut more = vec![format!(r#""count":{}"#, count.clamp(1, AT_ONCE))];
    more.extend(
        strategy.map(|it| format!(r#""capacityProviderStrategy":{}"#, Json::of(it).as_str())),
    );
    more.extend(launch_type.map(|it| format!(r#""launchType":"{it}""#)));
    let mut input = account.run_input(&more.join(","));
    if launch_type.is_some_and(|it| it != "FARGATE")
        || (launch_type.is_none()
            && strategy.is_none()
            && default.is_none_or(|it| it.items().is_empty()))
    {
        // what goes to instances gets no public address
        input = input.replace("ENABLED", "DISABLED");
    }
    match account.send("ecs:RunTask", &input) {
        Ok(Reply::Tasks(_)) => {}
        Ok(_) => return Err("not every task was placed".to_owned()),
        Err(error) => {
            let none: Vec<String> = Vec::new();
            return Ok(refused(
                Seen::default().refusal(&error).member("tasks", &none),
            ));
        }
    }
    let running = any(
        case.setup,
        &[
            "running",
            "existing",
            "already_running",
            "running_tasks",
            "current",
            "currently_running",
            "already_placed",
            "placed_before",
            "before",
        ],
    );
    let there = running.map_or(0, |it| {
        let runs = it.members().iter().filter_map(|it| it.value.as_i64());
        u32::try_from(runs.sum::<i64>()).unwrap_or(0)
    });
    let fewer = speaks_of(deed, &["scale in", "scale-in", "scale down", "scales in"]);
    if fewer || count < there {
        let all = if there > 0 {
            there
        } else {
            wanted_before(case)
        };
        let left = if speaks_of(deed, &[" by "]) {
            let said = numbered(deed).last().map_or(1.0, |(number, _)| *number);
            all.saturating_sub(said as u32)
        } else {
            count
        };
        let strategy = strategy.or(default).map(Json::of);
        let strategy = strategy.as_ref().map_or("[]", Json::as_str);
        return scaled_in(case, strategy, all, left);
    }
    let placed = if count <= AT_ONCE && running.is_none() && count > 0 {
        by_provider(&account)
    } else {
        // more than one call runs, and what a service has already: its strategy spreads all of them
        of_service(strategy.or(default), running, count, deed)
    };
    Ok(launched(&account, count, placed))
}

/// How many tasks a service has before it is scaled in.
fn wanted_before(case: &Case<'_>) -> u32 {
    let said = any_number(
        case.setup,
        &[
            "desired_tasks",
            "desiredCount",
            "count",
            "tasks",
            "desired",
            "from",
        ],
    );
    let said = said.or_else(|| numbered(case.deed()).first().map(|(number, _)| *number));
    said.unwrap_or(1.0).clamp(0.0, MOST) as u32
}

/// A service of so many tasks that is scaled in to so many.
fn scaled_in(case: &Case<'_>, strategy: &str, all: u32, left: u32) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    let more = format!(r#""capacityProviderStrategy":{strategy}"#);
    account.serve_with(service::NAME, all.min(MOST_SCALED), &more)?;
    account.wait(service::STEADY);
    let input = format!(r#"{{"service":"{}","desiredCount":{left}}}"#, service::NAME);
    account.done("ecs:UpdateService", &input)?;
    account.wait(service::STEADY);
    let mut placed = Seen::default();
    for provider in Provider::ALL {
        let on = account.wanted().filter(|it| it.provider == Some(provider));
        placed = placed.member(provider.aws(), &on.count());
    }
    let placed = placed.finish();
    Ok(Seen::default()
        .member("accepted", &true)
        .member("placed", &placed)
        .member("remaining", &placed)
        .member("stopped_tasks", &(all.saturating_sub(left))))
}

/// The call that gives a cluster its providers and its default strategy.
fn put_providers(providers: Option<&Node>, default: Option<&Node>) -> String {
    let json = |node: Option<&Node>, or: &str| {
        node.map_or_else(|| or.to_owned(), |it| Json::of(it).as_str().to_owned())
    };
    format!(
        r#"{{"cluster":"default","capacityProviders":{},"defaultCapacityProviderStrategy":{}}}"#,
        json(providers, r#"["FARGATE","FARGATE_SPOT"]"#),
        json(default, "[]"),
    )
}

/// How many tasks the row wants.
fn wanted(case: &Case<'_>) -> u32 {
    any_number(
        case.setup,
        &["desired_tasks", "desiredCount", "count", "tasks", "desired"],
    )
    .or_else(|| any_number(case.action, &["count", "desiredCount", "n", "to"]))
    .or_else(|| numbered(case.deed()).last().map(|(number, _)| *number))
    .unwrap_or(1.0)
    .clamp(0.0, MOST) as u32
}

/// How many tasks each provider runs.
fn by_provider(account: &Account) -> [u32; 2] {
    let tasks = account.world.tasks();
    Provider::ALL.map(|provider| {
        let mine = tasks.values().filter(|it| it.provider == Some(provider));
        mine.count() as u32
    })
}

/// What is seen where tasks were started.
fn launched(account: &Account, count: u32, placed: [u32; 2]) -> Seen {
    let mut by_provider = Seen::default();
    for (provider, count) in Provider::ALL.into_iter().zip(placed) {
        by_provider = by_provider.member(provider.aws(), &count);
    }
    let all = Seen::default()
        .member("accepted", &true)
        .member("placed", &by_provider.finish())
        .member("tasks_started", &count);
    match account.world.tasks().values().next() {
        Some(task) => match task.provider {
            Some(provider) => all.text("capacityProviderName", provider.aws()),
            None => all
                .text("launchType", "FARGATE")
                .nothing("capacityProviderName"),
        },
        None => all,
    }
}

fn refused(seen: Seen) -> Seen {
    let nothing = Seen::default()
        .member("FARGATE", &0_u32)
        .member("FARGATE_SPOT", &0_u32);
    seen.member("accepted", &false)
        .member("tasks_started", &0_u32)
        .member("placed", &nothing.finish())
}

/// How many tasks of a service each provider runs: `count` in all, of which some run already.
fn of_service(strategy: Option<&Node>, running: Option<&Node>, count: u32, deed: &str) -> [u32; 2] {
    let parts: Vec<Part> = strategy
        .map_or(&[][..], Node::items)
        .iter()
        .filter_map(part)
        .collect();
    let parts = match parts.as_slice() {
        [one] => vec![Part {
            weight: one.weight.max(1),
            ..*one
        }],
        _ => parts,
    };
    let runs = |provider: Provider| -> u32 {
        let running = running.and_then(|it| match &it.value {
            Value::Object(_) => it.get(provider.aws()).and_then(Node::as_i64),
            _ => None,
        });
        running.and_then(|it| u32::try_from(it).ok()).unwrap_or(0)
    };
    let there: Vec<u32> = parts.iter().map(|part| runs(part.provider)).collect();
    // 'scale out by 4' says how many more; else the number is of all
    let more = if speaks_of(deed, &[" by ", "more"]) {
        count
    } else {
        count.saturating_sub(there.iter().sum())
    };
    let chosen = spread(&parts, &there, more);
    Provider::ALL.map(|provider| {
        let new = chosen.iter().filter(|it| **it == provider).count() as u32;
        runs(provider) + new
    })
}

fn part(node: &Node) -> Option<Part> {
    let number = |name: &str| {
        node.get(name)
            .and_then(Node::as_i64)
            .and_then(|it| u32::try_from(it).ok())
            .unwrap_or(0)
    };
    Some(Part {
        provider: Provider::named(node.get("capacityProvider")?.as_str()?)?,
        base: number("base"),
        weight: number("weight"),
    })
}
