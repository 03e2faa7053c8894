//! Area `cli`: command lines as the account answers them.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use fargate_core::error::Reply;

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let deed = case.deed();
    if let Some(count) = deed.strip_prefix("aws ecs run-task --count ") {
        return run_task(case, &format!(r#""launchType":"FARGATE","count":{count}"#));
    }
    if deed == "run-task with the same clientToken and count 2" {
        return same_token(case);
    }
    Ok(case.not_modelled())
}

/// The same client token with another count.
fn same_token(case: &Case<'_>) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    let run = |account: &Account, count: u32| {
        account.run_input(&format!(
            r#""launchType":"FARGATE","clientToken":"abc","count":{count}"#
        ))
    };
    let first = run(&account, 1);
    account.done("ecs:RunTask", &first)?;
    let other = run(&account, 2);
    let answer = account.send("ecs:RunTask", &other);
    let seen = answer.map_or_else(|error| Seen::default().refusal(&error), |_| Seen::default());
    Ok(seen.member("tasks", &account.world.tasks().len()))
}

fn run_task(case: &Case<'_>, input: &str) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    let input = account.run_input(input);
    let (seen, started) = match account.send("ecs:RunTask", &input) {
        Ok(Reply::Tasks(tasks)) => (Seen::default(), tasks.len()),
        Ok(_) => (Seen::default(), 0),
        Err(error) => (Seen::default().refusal(&error), 0),
    };
    Ok(seen.member("tasks_started", &started))
}
