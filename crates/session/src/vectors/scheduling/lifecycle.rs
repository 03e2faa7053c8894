//! Area `lifecycle`: the states of a task, its end, and how long it can be described.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use fargate_core::event::Fact;
use fargate_core::task::{ContainerStatus, Task, TaskState};
use fargate_core::text::Node;
use std::sync::Arc;

/// Long enough for a small task to run, in ms.
const STARTED: u64 = 120_000;

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let deed = case.deed();
    if let Some(containers) = case.setup.get("containers") {
        return helper(case, containers);
    }
    if case.setup.get("stopTimeout").is_some() && deed == "stop-task at t=0" {
        return stop_timeout(case);
    }
    if deed == "stop-task without --reason" {
        return stopped_by_user(case);
    }
    Ok(case.not_modelled())
}

/// The only task of an account.
fn only(account: &Account) -> Result<&Arc<Task>, String> {
    let task = account.world.tasks().values().next();
    task.ok_or_else(|| "no task runs".to_owned())
}

/// Runs family `t` until it runs.
fn run(account: &mut Account) -> Result<(), String> {
    let input = account.run_input(r#""launchType":"FARGATE""#);
    account.done("ecs:RunTask", &input)?;
    account.wait(STARTED);
    match only(account)?.state() {
        TaskState::Running => Ok(()),
        state => Err(format!("the task is {}", state.aws())),
    }
}

fn stop(account: &mut Account) -> Result<(), String> {
    let input = format!(r#"{{"task":"{}"}}"#, only(account)?.id);
    account.done("ecs:StopTask", &input).map(|_| ())
}

/// An essential container that runs, and a helper that ends.
fn helper(case: &Case<'_>, containers: &Node) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    let mut definitions = Vec::new();
    for member in containers.members() {
        let (name, says) = (&*member.key.name, member.value.as_str().unwrap_or_default());
        let essential = !says.contains("essential=false");
        if let Some((_, code)) = says.split_once("exits ") {
            let put =
                format!(r#"{{"image":"{name}","behaviour":{{"exitMs":1000,"exitCode":{code}}}}}"#);
            account.done("playground:PutImage", &put)?;
        }
        definitions.push(format!(
            r#"{{"name":"{name}","image":"{name}","essential":{essential}}}"#
        ));
    }
    account.define(&definitions.join(","), "")?;
    run(&mut account)?;
    let task = only(&account)?;
    let mut seen = Seen::default().text("task_lastStatus", task.state().aws());
    for container in &task.containers {
        if let ContainerStatus::Stopped {
            code: Some(code), ..
        } = container.status
        {
            seen = seen.member(&format!("{}_exitCode", container.name), &code);
        }
    }
    Ok(seen)
}

/// A process that ignores SIGTERM, stopped with a `stopTimeout`.
fn stop_timeout(case: &Case<'_>) -> Result<Seen, String> {
    let timeout = case.setup.get("stopTimeout").and_then(Node::as_i64);
    let timeout = timeout.ok_or("stopTimeout has to be a number")?;
    let mut account = Account::new(case.as_of)?;
    let put = r#"{"image":"nginx","behaviour":{"stopMs":null}}"#;
    account.done("playground:PutImage", put)?;
    account.register(&format!(r#""stopTimeout":{timeout}"#))?;
    run(&mut account)?;
    let from = account.world.now();
    stop(&mut account)?;
    account.wait(300_000);
    let mut seen = Seen::default();
    for event in &account.log {
        seen = match &event.fact {
            Fact::Signalled { signal, .. } => {
                seen.member(&format!("{signal}_at"), &((event.at - from).0 / 1_000))
            }
            Fact::ContainerExited { code, .. } => seen.member("exitCode", code),
            _ => seen,
        };
    }
    Ok(seen)
}

/// A task that somebody stops without a reason.
fn stopped_by_user(case: &Case<'_>) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    run(&mut account)?;
    stop(&mut account)?;
    account.wait(STARTED);
    let stop = only(&account)?.stop.as_ref();
    let stop = stop.ok_or("the task goes on")?;
    Ok(Seen::default()
        .text("stopCode", stop.code.aws())
        .text("stoppedReason", &stop.reason))
}
