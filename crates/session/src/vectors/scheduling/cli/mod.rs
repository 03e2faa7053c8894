//! Area `cli`: command lines, as the CLI reads them, and as the account answers them.

mod before;

use super::Case;
use super::account::Account;
use super::seen::Seen;
use super::service;
use super::words::{any_flag, any_number, named, numbered, speaks_of};
use aws_shell::{Invocation, Refusal, Value, Waiter};
use before::{prepared, services, tasks};
use fargate_core::error::{ApiError, Reply};
use fargate_core::text::{self, Json, Node};

/// Exit codes where the service refuses, of version 2 and 1.
const REFUSED: (u8, u8) = (254, 255);
/// More calls than any bucket holds.
const BUCKET: u32 = 400;
/// What the account's task definition is called where the line names none.
const FAMILY: &str = "t";

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let deed = case.deed();
    if speaks_of(deed, &["clienttoken", "client-token"]) && !deed.starts_with("aws ") {
        return same_token(case);
    }
    if speaks_of(deed, &["create-service with"]) {
        return Ok(match service::created_again(case)? {
            Ok(_) => exits(0, 0),
            Err(error) => exits(REFUSED.0, REFUSED.1).refusal(&error),
        });
    }
    // 'aws ecs run-task with the same token' describes a line
    let line = match deed.strip_prefix("aws ") {
        Some(rest) if !rest.contains(" with ") => deed.to_owned(),
        None if is_command(deed) => format!("aws ecs {deed}"),
        _ => return Ok(case.not_modelled()),
    };
    if let Some((waiter, asked)) = aws_shell::waiter(&line) {
        return match asked {
            Ok(invocation) => waited(case, waiter, &invocation),
            Err(refusal) => refused(case, &line, &refusal),
        };
    }
    let Some(read) = aws_shell::read(&line) else {
        return Ok(case.not_modelled());
    };
    match read {
        Ok(invocation) => answered(case, &invocation),
        Err(refusal) => refused(case, &line, &refusal),
    }
}

/// Whether a deed is a line without its beginning: `run-task --count 2`.
fn is_command(deed: &str) -> bool {
    let word = deed.split_whitespace().next().unwrap_or_default();
    let known = || aws_shell::read(&format!("aws ecs {word} --generate-cli-skeleton"));
    word.contains('-') && matches!(known(), Some(Ok(_)))
}

/// A line that asks again and again.
fn waited(case: &Case<'_>, waiter: Waiter, asked: &Invocation) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    let input = prepared(case, &mut account, asked)?;
    services(case, &mut account, asked)?;
    let input = tasks(case, &mut account, asked, input)?;
    let done = |code: u8, stderr: &str| {
        exits(code, code)
            .member("accepted", &true)
            .text("stdout", "")
            .text("stderr", stderr)
    };
    for tried in 0..waiter.tries {
        if tried > 0 {
            account.wait(waiter.every * 1_000);
        }
        match account.send(&format!("ecs:{}", asked.operation), &input) {
            Err(error) => {
                let why = format!(
                    "\nWaiter {} failed: An error occurred ({}): {}\n",
                    waiter.name, error.code, error.message
                );
                return Ok(done(255, &why).refusal(&error));
            }
            Ok(Reply::Shown(answer)) => match waiter.outcome(&text::read(answer.as_str()).root) {
                Some(Ok(())) => return Ok(done(0, "")),
                Some(Err(why)) => return Ok(done(255, &why)),
                None => {}
            },
            Ok(_) => return Ok(case.not_modelled()),
        }
    }
    Ok(done(255, &waiter.exhausted()))
}

/// A line that never reaches the service. Of one that leaves out only what the row's account has one of, it is told too what the
/// service would say to it with that.
fn refused(case: &Case<'_>, line: &str, refusal: &Refusal) -> Result<Seen, String> {
    let told = exits(refusal.exit_v2, refusal.exit_v1)
        .member("accepted", &false)
        .text("stdout", "")
        .text("stderr", &refusal.stderr);
    if refusal.lacks != ["task-definition"] || !line.contains("--") {
        return Ok(told.member("tasks_started", &0_u32));
    }
    let whole = format!("{line} --task-definition {FAMILY}");
    let Some(Ok(invocation)) = aws_shell::read(&whole) else {
        return Ok(told.member("tasks_started", &0_u32));
    };
    let answer = answered(case, &invocation)?;
    Ok(told
        .text("assumed", &format!("--task-definition {FAMILY}"))
        .also(
            answer,
            &["error", "message", "tasks_started", "tasks", "failures"],
        ))
}

/// A line that reaches the service.
fn answered(case: &Case<'_>, invocation: &Invocation) -> Result<Seen, String> {
    let mut seen = Seen::default().member("accepted", &true);
    if !invocation.meant.is_empty() {
        seen = seen.text("equivalent", &invocation.meant.join(" "));
    }
    let request = Value::Map(invocation.input.clone()).json();
    seen = seen.member("request", &Json::known(&request));
    if let Some(skeleton) = &invocation.skeleton {
        let shown = text::read(&skeleton.json()).root;
        return Ok(seen
            .member("tasks_started", &0_u32)
            .also(exits(0, 0), &[])
            .text("stderr", "")
            .text("stdout", &printed(&Json::of(&shown))));
    }
    let modelled = [
        "RunTask",
        "StartTask",
        "StopTask",
        "ListTasks",
        "DescribeTasks",
        "DescribeClusters",
        "ListClusters",
        "CreateService",
        "UpdateService",
        "DeleteService",
        "DescribeServices",
        "ListServices",
        "PutClusterCapacityProviders",
        "RegisterTaskDefinition",
    ];
    if !modelled.contains(&invocation.operation) {
        return Ok(seen
            .text("verdict", "not modelled")
            .text("action", case.deed()));
    }
    let mut account = Account::new(case.as_of)?;
    let input = prepared(case, &mut account, invocation)?;
    services(case, &mut account, invocation)?;
    let input = tasks(case, &mut account, invocation, input)?;
    let action = format!("ecs:{}", invocation.operation);
    if any_flag(case.setup, &["throttled", "throttling", "bucket_empty"]) == Some(true) {
        account.done("playground:SetLimits", r#"{"throttling":true}"#)?;
        let limited = |it: &Result<Reply, ApiError>| matches!(it, Err(error) if error.code == "ThrottlingException");
        let mut tries = 0;
        while tries < BUCKET && !limited(&account.send(&action, &input)) {
            tries += 1;
        }
    }
    let before = account.world.tasks().len();
    let answer = account.send(&action, &input);
    let started = account.world.tasks().len() - before;
    seen = seen.member("tasks_started", &started);
    if invocation.operation == "DeleteService" && answer.is_ok() {
        seen = seen.member("status_sequence", &ended(&mut account, invocation));
    }
    Ok(match answer {
        Ok(reply) => shown(&account, invocation, &reply, seen),
        Err(error) => seen.also(said(invocation, &error), &[]),
    })
}

/// What the service refuses, as the CLI prints it.
fn said(invocation: &Invocation, error: &ApiError) -> Seen {
    // what is throttled is tried again: twice by version 2, four times by version 1
    let retries = if error.code == "ThrottlingException" {
        " (reached max retries: 2)"
    } else {
        ""
    };
    let stderr = format!(
        "\nAn error occurred ({}) when calling the {} operation{retries}: {}\n",
        error.code, invocation.operation, error.message
    );
    exits(REFUSED.0, REFUSED.1)
        .text("stderr_v1", &stderr.replace("retries: 2", "retries: 4"))
        .refusal(error)
        .text("stdout", "")
        .text("stderr", &stderr)
}

/// What an accepted call prints.
fn shown(account: &Account, invocation: &Invocation, reply: &Reply, seen: Seen) -> Seen {
    let described = |tasks: &[fargate_core::ids::TaskId],
                     failures: &[fargate_core::error::Failure]| {
        let named: Vec<&str> = tasks
            .iter()
            .map(fargate_core::ids::TaskId::as_str)
            .collect();
        let answer = text::read(account.world.described_tasks(&named, false).as_str()).root;
        let tasks = answer
            .get("tasks")
            .map_or_else(|| Json::known("[]"), Json::of);
        let failures = failures.iter().map(|it| {
            let seen = Seen::default();
            let seen = it
                .arn
                .as_ref()
                .map_or_else(|| seen.clone(), |arn| seen.clone().text("arn", arn));
            seen.text("reason", &it.reason)
        });
        Seen::default()
            .member("tasks", &tasks)
            .list("failures", failures)
            .finish()
    };
    let answer = match reply {
        Reply::Shown(json) => json.clone(),
        Reply::Tasks(tasks) if invocation.operation == "StopTask" => {
            let all = text::read(described(tasks, &[]).as_str()).root;
            let task = all
                .get("tasks")
                .and_then(|it| it.items().first())
                .map_or_else(|| Json::known("null"), Json::of);
            Seen::default().member("task", &task).finish()
        }
        Reply::Tasks(tasks) => described(tasks, &[]),
        Reply::Partly { tasks, failures } => described(tasks, failures),
        _ => Json::known("{}"),
    };
    let tree = text::read(answer.as_str()).root;
    let mut seen = seen.also(exits(0, 0), &[]).text("stderr", "");
    for member in tree.members() {
        seen = seen.member(&member.key.name, &Json::of(&member.value));
    }
    let picked = invocation
        .query
        .as_ref()
        .map(|it| aws_shell::query(it, &tree));
    let picked = match picked {
        None => tree,
        Some(Ok(picked)) => picked,
        Some(Err(message)) => {
            return seen
                .also(exits(252, 255), &[])
                .text("stdout", "")
                .text("stderr", &message);
        }
    };
    match invocation.output.as_deref() {
        None | Some("json") => seen.text("stdout", &printed(&Json::of(&picked))),
        Some("text") => seen.text("stdout", &aws_shell::text(&picked)),
        Some("yaml") => seen.text("stdout", &aws_shell::yaml(&picked)),
        Some("table") => seen.text("stdout", &aws_shell::table(invocation.operation, &picked)),
        // other forms of the answer are not modelled
        Some(_) => seen,
    }
}

/// The states that a service goes through which was deleted.
fn ended(account: &mut Account, invocation: &Invocation) -> Vec<&'static str> {
    let mut states = vec!["ACTIVE"];
    let name = invocation.input.iter().find_map(|(it, value)| match value {
        Value::Text(text) if it == "service" => Some(text.clone()),
        _ => None,
    });
    for _ in 0..service::STEADY / 1_000 {
        let service = account.service(name.as_deref().unwrap_or(service::NAME));
        let state = service.map_or("MISSING", |it| it.status.aws());
        if states.last() != Some(&state) {
            states.push(state);
        }
        account.wait(1_000);
    }
    states
}

/// JSON as the CLI prints it: by four blanks.
fn printed(answer: &Json) -> String {
    let indented = answer.indented();
    let lines = indented.lines().map(|line| {
        let blanks = line.len() - line.trim_start().len();
        format!("{}{line}\n", " ".repeat(blanks))
    });
    lines.collect()
}

fn exits(v2: u8, v1: u8) -> Seen {
    Seen::default()
        .member("exit_code", &u32::from(v2))
        .member("exit_code_v2", &u32::from(v2))
        .member("exit_code_v1", &u32::from(v1))
}

/// A client token that comes again, with the same members or with others.
fn same_token(case: &Case<'_>) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    account.register("")?;
    let run = |account: &Account, count: u32, more: &str| {
        account.run_input(&format!(
            r#""launchType":"FARGATE","clientToken":"abc","count":{count}{more}"#
        ))
    };
    let of = |text: &str| {
        named(text, "count")
            .and_then(|it| it.parse::<u32>().ok())
            .unwrap_or(1)
            .clamp(1, 10)
    };
    let said = case
        .setup
        .get("clientToken")
        .and_then(Node::as_str)
        .unwrap_or_default();
    let before = any_number(case.setup, &["count"])
        .map_or_else(|| of(said), |it| it.clamp(1.0, 10.0) as u32);
    let deed = case.deed();
    let same = speaks_of(
        deed,
        &[
            "same parameters",
            "same count",
            "same request",
            "identical",
            "and the same",
        ],
    );
    let count = if same || numbered(deed).is_empty() {
        before
    } else {
        of(deed)
    };
    let first = run(&account, before, "");
    let earlier = account.done("ecs:RunTask", &first)?;
    let more = if !same && speaks_of(deed, &["another", "other", "different"]) && count == before {
        r#","startedBy":"other""#
    } else {
        ""
    };
    let other = run(&account, count, more);
    let answer = account.send("ecs:RunTask", &other);
    let seen = match answer {
        Ok(reply) => exits(0, 0).member("same_tasks", &(reply == earlier)),
        Err(error) => exits(REFUSED.0, REFUSED.1).refusal(&error),
    };
    let tasks = account.world.tasks().len();
    Ok(seen
        .member("tasks", &tasks)
        .member("tasks_started", &(tasks - before as usize)))
}
