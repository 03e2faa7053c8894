//! How tasks end, of area `lifecycle`: a container that ends by itself, one that is stopped, one that never starts.

use super::Case;
use super::account::Account;
use super::actors::{Actor, missing, told_actors};
use super::seen::Seen;
use super::words::{any, any_text, numbered, speaks_of};
use fargate_core::error::Reply;
use fargate_core::event::{Event, Fact};
use fargate_core::task::{ContainerStatus, Task, TaskState};
use fargate_core::text::quote;
use fargate_core::units::SimTime;

/// How long a task is waited for that is to run, in ms.
const STARTED: u64 = 300_000;
/// How long the end of a container is waited for after that, and of a task that is stopped, in ms.
const ENDED: u64 = 300_000;
/// The longest `stopTimeout` on Fargate, in seconds; on container instances it may be longer.
const MOST_ON_FARGATE: i64 = 120;
/// What Fargate asks for where an image is in a private registry of AWS.
const ROLE: &str = r#""executionRoleArn":"arn:aws:iam::123456789012:role/ecsTaskExecutionRole""#;

/// Whether the row is about the end of a task.
pub(super) fn is_one(case: &Case<'_>) -> bool {
    let of = [
        "containers",
        "process",
        "stopTimeout",
        "image",
        "image_exists",
        "container",
        "command",
        "essential",
        "exitCode",
        "exit_code",
        "essential_container_exit_code",
        "container_exit_code",
    ];
    any(case.setup, &of).is_some()
        || speaks_of(
            case.deed(),
            &[
                "stop-task",
                "stoptask",
                "container exits",
                "out of memory",
                "oom",
                "memory",
                "run-task",
                "runtask",
                "task runs",
                "image does not exist",
            ],
        )
}

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    let actors = told_actors(case);
    let long = actors.iter().any(|it| it.timeout > Some(MOST_ON_FARGATE));
    if long && any_text(case.setup, &["launchType"]) == Some("EC2") {
        return Ok(case.not_modelled());
    }
    let definitions = definitions(&mut account, &actors)?;
    let private = |actor: &Actor| {
        let image = actor.image.as_ref();
        image.is_some_and(|it| it.contains(".dkr.ecr."))
    };
    let role = if actors.iter().any(private) { ROLE } else { "" };
    if missing(case) {
        account.done("playground:SetPresumed", r#"{"images":false}"#)?;
    }
    if let Err(error) = account.try_define(&definitions, role) {
        return Ok(Seen::default().refusal(&error).member("tasks", &0_u32));
    }
    let input = account.run_input(r#""launchType":"FARGATE""#);
    let task = match account.send("ecs:RunTask", &input) {
        Ok(Reply::Tasks(tasks)) => tasks.first().cloned().ok_or("no task was started")?,
        Ok(_) => return Err("the task was not started".to_owned()),
        Err(error) => return Ok(Seen::default().refusal(&error).member("tasks", &0_u32)),
    };
    let until = account.world.now().0 + STARTED;
    while account.only()?.state() < TaskState::Running && account.world.now().0 < until {
        account.wait(100);
    }
    let stops = speaks_of(
        case.deed(),
        &["stop-task", "stoptask", "stops the task", "stop the task"],
    );
    let from = stops.then(|| account.world.now());
    if stops {
        let reason =
            reason(case).map_or_else(String::new, |it| format!(r#","reason":{}"#, quote(&it)));
        let input = format!(r#"{{"task":"{task}"{reason}}}"#);
        if let Err(error) = account.send("ecs:StopTask", &input) {
            return Ok(Seen::default().refusal(&error));
        }
    }
    account.wait(ENDED);
    let seen = of_task(account.only()?);
    Ok(match from {
        Some(from) => signals(&account.log, from, seen),
        None => seen,
    })
}

/// The definitions of containers, whose images do what the row says from here on.
fn definitions(account: &mut Account, actors: &[Actor]) -> Result<String, String> {
    let mut definitions = Vec::new();
    for actor in actors {
        let image = actor.image.clone();
        let image = image.unwrap_or_else(|| format!("row/{}", actor.name));
        if let Some(behaviour) = &actor.behaviour {
            let put = format!(
                r#"{{"image":{},"behaviour":{{{behaviour}}}}}"#,
                quote(&image)
            );
            account.done("playground:PutImage", &put)?;
        }
        let timeout = actor.timeout;
        let timeout = timeout.map_or_else(String::new, |it| format!(r#","stopTimeout":{it}"#));
        definitions.push(format!(
            r#"{{"name":{},"image":{},"essential":{}{timeout}}}"#,
            quote(&actor.name),
            quote(&image),
            actor.essential
        ));
    }
    Ok(definitions.join(","))
}

/// When the last signal of each kind was sent, in seconds since a moment.
fn signals(log: &[Event], from: SimTime, seen: Seen) -> Seen {
    let mut last: [Option<u64>; 2] = [None, None];
    for event in log {
        if let Fact::Signalled { signal, .. } = &event.fact {
            last[usize::from(*signal == "SIGKILL")] = Some((event.at - from).0 / 1_000);
        }
    }
    let all = ["SIGTERM_at", "SIGKILL_at"].into_iter().zip(last);
    all.fold(seen, |seen, (name, at)| match at {
        Some(at) => seen.member(name, &at),
        None => seen.nothing(name),
    })
}

/// What is seen of a task: its states, why it stops, how its containers ended.
fn of_task(task: &Task) -> Seen {
    let mut seen = Seen::default()
        .text("task_lastStatus", task.state().aws())
        .text("lastStatus", task.state().aws())
        .text("desiredStatus", task.desired_status());
    seen = match &task.stop {
        Some(stop) => seen
            .text("stopCode", stop.code.aws())
            .text("stoppedReason", &stop.reason)
            .text("task_stopCode", stop.code.aws())
            .text("task_stoppedReason", &stop.reason),
        None => seen.nothing("stopCode").nothing("stoppedReason"),
    };
    if task.since(TaskState::Running).is_none() {
        seen = seen.nothing("startedAt");
    }
    let mut ended: Option<(bool, Option<i32>, Option<&str>)> = None;
    for container in &task.containers {
        let name = &container.name;
        if let ContainerStatus::Stopped { code, reason, .. } = &container.status {
            seen = match code {
                Some(code) => seen.member(&format!("{name}_exitCode"), code),
                None => seen.nothing(&format!("{name}_exitCode")),
            };
            if let Some(reason) = reason {
                seen = seen.text(&format!("{name}_reason"), reason);
            }
            let this = (container.definition.essential, *code, reason.as_deref());
            if ended.is_none_or(|(essential, ..)| !essential) {
                ended = Some(this);
            }
        } else {
            seen = seen.nothing(&format!("{name}_exitCode"));
        }
    }
    let (code, reason) = ended.map_or((None, None), |(_, code, reason)| (code, reason));
    seen = code.map_or_else(
        || seen.clone().nothing("exitCode"),
        |code| seen.clone().member("exitCode", &code),
    );
    reason.map_or_else(
        || seen.clone().nothing("reason"),
        |reason| {
            seen.clone()
                .text("reason", reason)
                .text("containerReason", reason)
                .text("container_reason", reason)
        },
    )
}

/// The reason that somebody gives who stops the task.
fn reason(case: &Case<'_>) -> Option<String> {
    if let Some(said) =
        any_text(case.action, &["reason"]).or_else(|| any_text(case.setup, &["reason"]))
    {
        return Some(said.to_owned());
    }
    let deed = case.deed();
    if speaks_of(deed, &["without", "no reason"]) {
        return None;
    }
    let after = ["--reason", "with reason", "reason="]
        .iter()
        .find_map(|it| Some(deed.split_once(it)?.1));
    let after = after?.trim().trim_start_matches([':', '=']).trim();
    let quoted = |mark: char| Some(after.strip_prefix(mark)?.split_once(mark)?.0.to_owned());
    let long = || {
        let (number, of) = numbered(after).into_iter().next()?;
        of.first()
            .is_some_and(|it| it.starts_with("char"))
            .then(|| "r".repeat(number.clamp(0.0, 10_000.0) as usize))
    };
    quoted('"')
        .or_else(|| quoted('\''))
        .or_else(long)
        .or_else(|| Some(after.to_owned()).filter(|it| !it.is_empty()))
}
