//! Area `lifecycle`: the states of a task, its end, and how long it can be described.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use fargate_core::error::Reply;
use fargate_core::event::Fact;
use fargate_core::task::{ContainerStatus, TaskState};
use fargate_core::text::{self, Json, Node};
use fargate_core::units::Date;

/// Long enough for a small task to stop, in ms.
const STOPPED: u64 = 120_000;
/// When Fargate was shown for the first time.
const LAUNCH: Date = Date::new(2017, 11, 29);

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let deed = case.deed();
    if let Some(containers) = case.setup.get("containers") {
        return helper(case, containers);
    }
    if case.setup.get("stopTimeout").is_some() && deed == "stop-task at t=0" {
        return stop_timeout(case);
    }
    match deed {
        "stop-task without --reason" => stopped_by_user(case),
        "replay seed 001 log" => demonstration(),
        "observe lastStatus sequence" if on_fargate(case) => sequence(case),
        "describe-tasks" => described(case),
        _ => Ok(case.not_modelled()),
    }
}

fn on_fargate(case: &Case<'_>) -> bool {
    let of = case.setup.get("case").and_then(Node::as_str);
    of.is_some_and(|it| it.contains("Fargate"))
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
    account.run()?;
    let task = account.only()?;
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
    account.run()?;
    let from = account.world.now();
    account.stop()?;
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
    account.run()?;
    account.stop()?;
    account.wait(STOPPED);
    let stop = account.only()?.stop.as_ref();
    let stop = stop.ok_or("the task goes on")?;
    Ok(Seen::default()
        .text("stopCode", stop.code.aws())
        .text("stoppedReason", &stop.reason))
}

/// The demonstration at Fargate's launch: what `ecs-cli compose up` logs. It asks every 6 s, which takes it an eighth of a second more,
/// and logs each second answer, beginning 2.4 s after its own start; the seconds are cut off.
fn demonstration() -> Result<Seen, String> {
    let mut account = Account::new(LAUNCH)?;
    account.done("playground:SetPace", r#"{"pace":"2017-demo"}"#)?;
    let image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/wordpress:latest";
    let environment = r#"[{"name":"WORDPRESS_DB_HOST","value":"db"}]"#;
    account.define(
        &format!(r#"{{"name":"test","image":"{image}","environment":{environment}}}"#),
        r#""executionRoleArn":"arn:aws:iam::123456789012:role/ecsTaskExecutionRole""#,
    )?;
    account.until(2_000);
    let input = account.run_input(r#""launchType":"FARGATE","platformVersion":"1.0.0""#);
    account.done("ecs:RunTask", &input)?;
    let mut observations = Vec::new();
    for number in 0..20 {
        let ms = 2_400 + 12_250 * number;
        account.until(ms);
        let task = account.only()?;
        let desired = if task.stop.is_some() {
            "STOPPED"
        } else {
            "RUNNING"
        };
        observations.push(
            Seen::default()
                .member("t", &(ms / 1_000))
                .text("lastStatus", task.state().aws())
                .text("desiredStatus", desired),
        );
        if task.state() >= TaskState::Running {
            break;
        }
    }
    Ok(Seen::default().list("observations", observations))
}

/// The states of a task from RUNNING on.
fn sequence(case: &Case<'_>) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    account.run()?;
    account.stop()?;
    account.wait(STOPPED);
    let states = account.log.iter().filter_map(|event| match event.fact {
        Fact::State { state, .. } if state >= TaskState::Running => Some(state.aws()),
        _ => None,
    });
    Ok(Seen::default().member("sequence", &states.collect::<Vec<&str>>()))
}

/// A task that stopped some time ago, described.
fn described(case: &Case<'_>) -> Result<Seen, String> {
    let minutes = case
        .setup
        .get("stopped_at_minutes_ago")
        .and_then(Node::as_i64);
    let minutes = minutes.and_then(|it| u64::try_from(it).ok());
    let minutes = minutes.ok_or("stopped_at_minutes_ago has to be a number")?;
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    account.run()?;
    account.stop()?;
    let task = account.only()?.id.clone();
    while account.only()?.state() != TaskState::Stopped {
        account.wait(100);
    }
    account.wait(minutes * 60_000);
    let reply = account.done("ecs:DescribeTasks", &format!(r#"{{"tasks":["{task}"]}}"#))?;
    let Reply::Shown(answer) = reply else {
        return Err("DescribeTasks shows nothing".to_owned());
    };
    let answer = text::read(answer.as_str()).root;
    let member = |name: &str| {
        answer
            .get(name)
            .map_or_else(|| Json::known("null"), Json::of)
    };
    Ok(Seen::default()
        .member("tasks", &member("tasks"))
        .member("failures", &member("failures")))
}
