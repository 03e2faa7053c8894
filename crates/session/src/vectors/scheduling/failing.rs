//! A service whose tasks never come to RUNNING: how long it waits between its attempts, what it tells, and what an update does.

use super::account::Account;
use super::seen::Seen;
use super::words::{any_text, speaks_of};
use super::{Case, service};
use fargate_core::event::Fact;
use fargate_core::service::words;
use fargate_core::task::TaskState;
use fargate_core::text::{self, Node, quote};

/// How long a service whose tasks fail is watched, in ms.
const FAILING: u64 = 21_600_000;
/// The longest wait between attempts, in ms, and some more.
const MOST_WAIT: u64 = 1_800_000;
/// How much two waits of the same length may differ, in seconds: the scheduler does not look at once.
const LOOKS: u64 = 5;

/// A service whose tasks fail to start, watched or updated.
pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let deed = case.deed();
    if speaks_of(
        deed,
        &["update", "new task definition", "force-new", "deploy"],
    ) {
        return updated(case);
    }
    if deed.is_empty() || speaks_of(deed, &["observe", "watch", "wait"]) {
        return failing(case);
    }
    Ok(case.not_modelled())
}

/// Whether the row's tasks fail once they have been RUNNING.
fn after_running(case: &Case<'_>) -> bool {
    let says = any_text(case.setup, &["service_task_failures"]).unwrap_or_default();
    let words = [
        "running to stopped",
        "after running",
        "after reaching running",
        "after start",
        "reach running",
        "reaches running",
        "crash",
        "exit",
    ];
    speaks_of(says, &words) && !speaks_of(says, &["never", "before", "pending to stopped"])
}

/// An account with a service whose image cannot be pulled, or ends soon after it was started.
fn with_failing(case: &Case<'_>) -> Result<Account, String> {
    let mut account = Account::new(case.as_of)?;
    if after_running(case) {
        let ends = r#"{"image":"nginx","behaviour":{"exitMs":5000,"exitCode":1}}"#;
        account.done("playground:PutImage", ends)?;
        account.register("")?;
        account.serve(service::NAME, service::desired(case.setup))?;
        return Ok(account);
    }
    account.made("ecr:CreateRepository", r#"{"repositoryName":"web"}"#)?;
    let image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1";
    account.define(
        &format!(r#"{{"name":"web","image":"{image}"}}"#),
        r#""executionRoleArn":"arn:aws:iam::123456789012:role/ecsTaskExecutionRole""#,
    )?;
    account.serve(service::NAME, service::desired(case.setup))?;
    Ok(account)
}

/// What a service does whose tasks never come to RUNNING: how long it waits between its attempts, and what it tells.
pub(super) fn failing(case: &Case<'_>) -> Result<Seen, String> {
    let mut account = with_failing(case)?;
    // what is not throttled goes on as it began
    account.wait(if after_running(case) {
        2 * MOST_WAIT
    } else {
        FAILING
    });
    let mut delays: Vec<u64> = Vec::new();
    let mut stopped = None;
    for event in &account.log {
        match &event.fact {
            Fact::Stopping { .. } => stopped = Some(event.at),
            Fact::State {
                state: TaskState::Provisioning,
                ..
            } => delays.extend(stopped.take().map(|it| (event.at - it).0 / 1_000)),
            _ => {}
        }
    }
    let grows =
        delays.windows(2).all(|pair| pair[0] <= pair[1] + LOOKS) && delays.first() < delays.last();
    let longest = delays.iter().max().copied().unwrap_or(0);
    let Some(it) = account.service(service::NAME) else {
        return Err("the service is gone".to_owned());
    };
    let impaired = words::impaired();
    let told = it.events.iter().find(|it| it.message.ends_with(&impaired));
    let since = account.world.now().0.saturating_sub(2 * MOST_WAIT);
    let retries = it.events.iter().any(|it| it.at.0 > since);
    let mut seen = Seen::default()
        .text(
            "delay_between_attempts",
            if grows { "increases" } else { "constant" },
        )
        .member("max_delay_minutes", &(longest / 60))
        .text("rolloutState", it.primary().rollout.aws())
        .member("keeps_retrying", &retries)
        .member("throttled", &(grows && told.is_some()))
        .member("attempts", &(delays.len() + 1));
    if let Some(event) = told {
        // without the pointer to the guide
        let (said, _) = event
            .message
            .split_once(" For more information")
            .unwrap_or((&event.message, ""));
        seen = seen.text("service_event", said);
    }
    Ok(seen)
}

/// A request that rolls out the account's newest definition, whatever the line calls it.
fn with_own_definition(request: &str) -> String {
    let tree = text::read(request).root;
    let named = tree.get("taskDefinition").and_then(Node::as_str);
    named.map_or_else(
        || request.to_owned(),
        |named| request.replace(&quote(named), &quote("t")),
    )
}

/// Whether a service that waits between its attempts goes on waiting after an update.
fn updated(case: &Case<'_>) -> Result<Seen, String> {
    let mut account = with_failing(case)?;
    account.wait(FAILING);
    let update = if let Some(line) =
        service::line(case.deed(), service::NAME).filter(|it| it.input.len() > 1)
    {
        account.register("")?;
        with_own_definition(&service::request(&line))
    } else {
        account.register("")?;
        format!(r#"{{"service":"{}","taskDefinition":"t"}}"#, service::NAME)
    };
    if let Err(error) = account.send("ecs:UpdateService", &update) {
        return Ok(Seen::default().refusal(&error));
    }
    let at = account.world.now();
    account.wait(10_000);
    let starts = |event: &&fargate_core::event::Event| {
        event.at >= at
            && matches!(
                event.fact,
                Fact::State {
                    state: TaskState::Provisioning,
                    ..
                }
            )
    };
    let started = account.log.iter().rev().find(starts).is_some();
    Ok(Seen::default().member("throttled", &!started))
}
