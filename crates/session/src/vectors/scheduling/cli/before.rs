//! The account of a row of area `cli`: what it has before the line, and the request as it takes it.

use super::super::Case;
use super::super::account::Account;
use super::super::service;
use super::super::words::{any, any_number, any_text, several, speaks_of};
use super::FAMILY;
use aws_shell::{Invocation, Value};
use fargate_core::error::Reply;
use fargate_core::text::{self, Node, quote};

/// Whether the row's account has nothing of that name: it says so, or the name does.
pub(super) fn is_nobody(case: &Case<'_>, name: &str, members: &[&str]) -> bool {
    let said = any(case.setup, members);
    let none = said.is_some_and(|it| match &it.value {
        text::Value::Array(items) => {
            let named = |it: &Node| {
                it.as_str()
                    .or_else(|| any_text(it, &["clusterName", "family", "name"]))
                    .is_some_and(|it| it == name)
            };
            !items.iter().any(named)
        }
        _ => it.as_bool() == Some(false),
    });
    let words = [
        "nope",
        "missing",
        "nonexist",
        "unknown",
        "does-not-exist",
        "doesnotexist",
        "no-such",
    ];
    none || said.is_none() && speaks_of(name, &words)
}

/// The services that the row's account has before the line, and the one that the line is about.
pub(super) fn services(
    case: &Case<'_>,
    account: &mut Account,
    invocation: &Invocation,
) -> Result<(), String> {
    if !invocation.operation.ends_with("Service") && !invocation.operation.ends_with("Services") {
        return Ok(());
    }
    if invocation.operation != "CreateService" {
        account.register("")?;
    }
    let of_line = |name: &str| {
        invocation.input.iter().find_map(|(it, value)| match value {
            Value::Text(text) if it == name => Some(text.clone()),
            _ => None,
        })
    };
    let listed = any(case.setup, &["services"]).map_or(&[][..], Node::items);
    let mut there: Vec<(String, u32)> = Vec::new();
    for one in listed {
        let name = one.as_str().or_else(|| one.get("serviceName")?.as_str());
        there.push((
            name.unwrap_or(service::NAME).to_owned(),
            service::desired(one),
        ));
    }
    if let Some(one) = any(case.setup, &["service"]) {
        let name = one
            .get("serviceName")
            .and_then(Node::as_str)
            .map(str::to_owned);
        let name = name.or_else(|| of_line("service"));
        let name = name.unwrap_or_else(|| service::NAME.to_owned());
        there.push((name, service::desired(one)));
    }
    for (name, count) in there {
        account.register("")?;
        account.serve(&name, count)?;
    }
    account.wait(service::STEADY);
    Ok(())
}

/// The request as the row's account takes it: its definition is there, its cluster is the account's, and a line that names no network
/// gets the account's.
pub(super) fn prepared(
    case: &Case<'_>,
    account: &mut Account,
    invocation: &Invocation,
) -> Result<String, String> {
    let mut members = invocation.input.clone();
    let nobody = |it: &Value| {
        match it {
        Value::Text(name) => is_nobody(case, name, &["clusters", "cluster_exists", "cluster"]),
        Value::List(all) => all.iter().all(|it| {
            matches!(it, Value::Text(name) if is_nobody(case, name, &["clusters", "cluster_exists"]))
        }),
        _ => false,
    }
    };
    members.retain(|(name, it)| !["cluster", "clusters"].contains(&name.as_str()) || nobody(it));
    let text = |name: &str| {
        members.iter().find_map(|(it, value)| match value {
            Value::Text(text) if it == name => Some(text.clone()),
            _ => None,
        })
    };
    let has = |name: &str| members.iter().any(|(it, _)| it == name);
    let mut more = Vec::new();
    if ["RunTask", "StartTask", "CreateService"].contains(&invocation.operation) {
        let named = text("taskDefinition").unwrap_or_default();
        let family = named.split(':').next().unwrap_or(FAMILY);
        let definitions = [
            "taskDefinition_exists",
            "task_definition_exists",
            "taskDefinitions",
        ];
        if !is_nobody(case, family, &definitions) {
            account.register_family(family)?;
        }
        if !has("networkConfiguration") {
            // tasks on instances get no public address
            let public = match text("launchType").as_deref() {
                None | Some("FARGATE") => "ENABLED",
                Some(_) => "DISABLED",
            };
            more.push(format!(
                r#""networkConfiguration":{{"awsvpcConfiguration":{{"subnets":["{}"],"assignPublicIp":"{public}"}}}}"#,
                account.subnet
            ));
        }
        if invocation.operation != "StartTask"
            && !has("launchType")
            && !has("capacityProviderStrategy")
        {
            more.push(r#""launchType":"FARGATE""#.to_owned());
        }
    }
    let own = members
        .iter()
        .map(|(name, value)| format!("{}:{}", quote(name), value.json()));
    let all: Vec<String> = own.chain(more).collect();
    Ok(format!("{{{}}}", all.join(",")))
}

/// The tasks that the row's account has before the line: so many that run, so many that have stopped. The line's task is the first of them.
pub(super) fn tasks(
    case: &Case<'_>,
    account: &mut Account,
    invocation: &Invocation,
    input: String,
) -> Result<String, String> {
    if !["ListTasks", "DescribeTasks", "StopTask"].contains(&invocation.operation) {
        return Ok(input);
    }
    let count = |names: &[&str]| {
        any_number(case.setup, names)
            .unwrap_or(0.0)
            .clamp(0.0, 100.0)
    };
    let mut running = count(&["running_tasks", "running"]) as usize;
    let mut stopped = count(&["stopped_tasks", "stopped"]) as usize;
    let named = any(case.setup, &["task", "tasks"]).filter(|it| it.as_bool() != Some(false));
    for one in named.map_or_else(Vec::new, several) {
        let state = any_text(one, &["lastStatus", "desiredStatus", "status"])
            .or_else(|| one.as_str())
            .unwrap_or("RUNNING");
        if speaks_of(state, &["stopped"]) {
            stopped += 1;
        } else {
            running += 1;
        }
    }
    if running + stopped == 0 {
        return Ok(input);
    }
    account.register("")?;
    let run = account.run_input(r#""launchType":"FARGATE""#);
    for place in 0..running + stopped {
        let reply = account.done("ecs:RunTask", &run)?;
        if let (Reply::Tasks(tasks), true) = (&reply, place >= running) {
            for task in tasks {
                let stop = format!(r#"{{"task":"{task}"}}"#);
                account.done("ecs:StopTask", &stop)?;
            }
        }
    }
    account.wait(service::STEADY);
    let tree = text::read(&input).root;
    let said = tree.get("task").and_then(Node::as_str).or_else(|| {
        let first = tree.get("tasks").and_then(|it| it.items().first());
        first.and_then(Node::as_str)
    });
    let mut all = account.world.tasks().values();
    let own = all.find(|it| it.stop.is_none() == (running > 0));
    Ok(match (said, own) {
        (Some(said), Some(own)) if !is_nobody(case, said, &["task_exists"]) => {
            input.replace(&quote(said), &quote(own.id.as_str()))
        }
        _ => input,
    })
}
