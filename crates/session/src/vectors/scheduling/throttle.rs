//! Area `throttle`: the rates of calls and of launches.

use super::Case;
use super::account::Account;
use super::seen::Seen;

/// Tasks that one call launches.
const AT_ONCE: u64 = 10;
/// How soon a refused launch is tried again, in ms.
const AGAIN: u64 = 100;

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    if case.setup.get("bucket").is_none() {
        return Ok(case.not_modelled());
    }
    let words: Vec<&str> = case.deed().split_whitespace().collect();
    let numbered = words.windows(2).filter_map(|pair| match pair {
        [number, what] => Some((number.parse::<u64>().ok()?, *what)),
        _ => None,
    });
    let numbered: Vec<(u64, &str)> = numbered.collect();
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    account.done("playground:SetLimits", r#"{"throttling":true}"#)?;
    match numbered.as_slice() {
        [] => Ok(case.not_modelled()),
        [(tasks, "tasks")] => launched(&mut account, *tasks),
        calls => Ok(called(&mut account, calls)),
    }
}

/// So many calls of each action at once.
fn called(account: &mut Account, calls: &[(u64, &str)]) -> Seen {
    let (mut passed, mut throttled) = (0_u32, 0_u32);
    let mut seen = Seen::default();
    for (number, action) in calls {
        for _ in 0..*number {
            match account.send(&format!("ecs:{action}"), "{}") {
                Ok(_) => passed += 1,
                Err(error) if throttled == 0 => {
                    seen = seen.refusal(&error);
                    throttled = 1;
                }
                Err(_) => throttled += 1,
            }
        }
    }
    seen.member("ok", &passed).member("throttled", &throttled)
}

/// So many tasks, each call tried again until it passes.
fn launched(account: &mut Account, tasks: u64) -> Result<Seen, String> {
    let run = |account: &mut Account, count: u64| {
        let input = account.run_input(&format!(r#""launchType":"FARGATE","count":{count}"#));
        account.send("ecs:RunTask", &input)
    };
    let from = account.world.now();
    let (mut left, mut at_once) = (tasks, 0);
    while left > 0 {
        let count = left.min(AT_ONCE);
        if run(account, count).is_ok() {
            left -= count;
            at_once = if account.world.now() == from {
                tasks - left
            } else {
                at_once
            };
        } else if (account.world.now() - from).0 > 600_000 {
            return Err(format!("{left} tasks are refused for 10 minutes"));
        } else {
            account.wait(AGAIN);
        }
    }
    let tenths = (account.world.now() - from).0 / 100;
    Ok(Seen::default()
        .member("launched_at_0", &at_once)
        .member("remaining", &(tasks - at_once))
        .number(
            "seconds_to_finish",
            &format!("{}.{}", tenths / 10, tenths % 10),
        ))
}
