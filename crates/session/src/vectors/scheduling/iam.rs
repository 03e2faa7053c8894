//! Area `iam`: what policies decide, and what becomes of calls and starting tasks where they deny.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use fargate_core::iam::{
    Applied, Context, Layer, MANAGED, Purpose, Request, TRUST_TASKS, decide, read,
};
use fargate_core::text::{Json, Node, quote};
use std::sync::Arc;

/// Long enough for a small task to run or to give up, in ms.
const STARTED: u64 = 180_000;

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    match case.deed() {
        "authorize" => authorize(case),
        "service launches a task" => launched(case),
        "run-task" => run_task(case),
        deed if deed.starts_with("task starts on Fargate") => starts(case),
        _ => Ok(case.not_modelled()),
    }
}

/// A policy of the row, where it applies.
fn applied(name: &str, layer: Layer, node: &Node) -> Result<Applied, String> {
    let purpose = match layer {
        Layer::Trust => Purpose::Trust,
        Layer::Resource => Purpose::Resource,
        _ => Purpose::Identity,
    };
    let reading = read(Json::of(node).as_str(), purpose);
    match reading.refusal {
        Some(aws) => Err(format!("{name} is refused: {}", aws.message)),
        None => Ok(Applied {
            name: name.into(),
            layer,
            policy: Arc::new(reading.policy),
        }),
    }
}

/// One request, decided by the policies of the row.
fn authorize(case: &Case<'_>) -> Result<Seen, String> {
    let mut policies = Vec::new();
    for (member, layer) in [
        ("service_control_policies", Layer::ServiceControl),
        ("resource_policies", Layer::Resource),
        ("trust_policies", Layer::Trust),
        ("identity_policies", Layer::Identity),
        ("permissions_boundaries", Layer::Boundary),
        ("session_policies", Layer::Session),
    ] {
        let all = case.setup.get(member).map_or(&[][..], Node::items);
        for (place, policy) in all.iter().enumerate() {
            let name = format!("{member}[{place}]");
            policies.push(applied(&name, layer, policy)?);
        }
    }
    let mut context = Context::default();
    for member in case.setup.get("context").map_or(&[][..], Node::members) {
        let values = match member.value.items() {
            [] => member
                .value
                .as_str()
                .into_iter()
                .map(str::to_owned)
                .collect(),
            items => items
                .iter()
                .filter_map(|it| Some(it.as_str()?.to_owned()))
                .collect(),
        };
        context = context.with_all(&member.key.name, values);
    }
    let text = |node: &Node, name: &str| node.get(name).and_then(Node::as_str).map(str::to_owned);
    let need = |name: &str| text(case.action, name).ok_or(format!("action.{name} is missing"));
    let request = Request {
        principal: text(case.setup, "principal")
            .unwrap_or_else(|| "arn:aws:iam::111122223333:user/ada".to_owned()),
        action: need("action")?,
        resource: need("resource")?,
        context,
    };
    let decision = decide(request, &policies);
    let mut seen = Seen::default().text("decision", decision.outcome.aws());
    if !decision.allowed() {
        seen = seen
            .text("message", &decision.message(case.as_of))
            .text("near", &decision.near().join(" "));
        // a statement that is added has to help
        if let Some(statement) = decision.cure().and_then(|it| it.statement) {
            let policy = format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#);
            let layer = decision.layer.unwrap_or(Layer::Identity);
            let more = applied("cure", layer, &fargate_core::text::read(&policy).root)?;
            policies.push(more);
            let again = decide(decision.request, &policies);
            seen = seen.member("cured", &again.allowed());
        }
    }
    Ok(seen)
}

/// The document of a policy that a row names or writes; `None` for none.
fn document(node: &Node) -> Option<String> {
    match node.as_str() {
        Some("none") => None,
        Some(name) => {
            let found = MANAGED.iter().find(|it| it.name == name);
            found.map(|it| it.text.to_owned())
        }
        None => Some(Json::of(node).as_str().to_owned()),
    }
}

/// Makes a role that the row describes: its policy, and whom it trusts.
fn role(
    account: &mut Account,
    name: &str,
    policy: Option<&Node>,
    trusted: Option<&str>,
) -> Result<(), String> {
    let trust = TRUST_TASKS.replace(
        "ecs-tasks.amazonaws.com",
        trusted.unwrap_or("ecs-tasks.amazonaws.com"),
    );
    let input = format!(
        r#"{{"RoleName":"{name}","AssumeRolePolicyDocument":{}}}"#,
        quote(&trust)
    );
    account.done("iam:CreateRole", &input)?;
    if let Some(document) = policy.and_then(document) {
        let input = format!(
            r#"{{"RoleName":"{name}","PolicyName":"row","PolicyDocument":{}}}"#,
            quote(&document)
        );
        account.done("iam:PutRolePolicy", &input)?;
    }
    Ok(())
}

const ROLE: &str = "arn:aws:iam::123456789012:role/row";

/// A task that starts with the execution role of the row.
fn starts(case: &Case<'_>) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    let text = |name: &str| case.setup.get(name).and_then(Node::as_str);
    role(
        &mut account,
        "row",
        case.setup.get("executionRole_policy"),
        None,
    )?;
    let image = text("image").unwrap_or("nginx");
    let mut more = String::new();
    if let Some(create) = text("awslogs-create-group").or(text("awslogs").map(|_| "false")) {
        more = format!(
            r#","logConfiguration":{{"logDriver":"awslogs","options":{{"awslogs-group":"/ecs/web","awslogs-region":"us-east-1","awslogs-stream-prefix":"web","awslogs-create-group":"{create}"}}}}"#
        );
    }
    if let Some(secret) = text("secret") {
        let secret = format!(r#","secrets":[{{"name":"A","valueFrom":"{secret}"}}]"#);
        more.push_str(&secret);
    }
    let there = case.setup.get("log_group_exists").and_then(Node::as_bool);
    let container = format!(r#"{{"name":"web","image":"{image}"{more}}}"#);
    account.define(
        &container,
        &format!(r#""executionRoleArn":"{ROLE}","taskRoleArn":"{ROLE}""#),
    )?;
    // the definition brings its group with it
    if there == Some(false) {
        account.done("logs:DeleteLogGroup", r#"{"logGroupName":"/ecs/web"}"#)?;
    }
    account.done("playground:EnforcePermissions", r#"{"enforced":true}"#)?;
    let version = text("platformVersion").unwrap_or("1.4.0");
    let input = account.run_input(&format!(
        r#""launchType":"FARGATE","platformVersion":"{version}""#
    ));
    account.done("ecs:RunTask", &input)?;
    account.wait(STARTED);
    let task = account.world.tasks().values().next().ok_or("no task")?;
    let mut seen = Seen::default().text("lastStatus", task.state().aws());
    if let Some(stop) = &task.stop {
        seen = seen
            .text("stopCode", stop.code.aws())
            .text("stoppedReason", &stop.reason);
    }
    Ok(seen)
}

/// What a service tells when its task's role cannot be assumed: the refusal of the call that it makes.
fn launched(case: &Case<'_>) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    let text = |name: &str| case.setup.get(name).and_then(Node::as_str);
    role(&mut account, "row", None, text("role_trust_principal"))?;
    let member = text("used_as").unwrap_or("taskRoleArn");
    account.define(
        r#"{"name":"web","image":"nginx"}"#,
        &format!(r#""{member}":"{ROLE}""#),
    )?;
    account.done("playground:EnforcePermissions", r#"{"enforced":true}"#)?;
    let input = account.run_input(r#""launchType":"FARGATE""#);
    let reply = account.send("ecs:RunTask", &input);
    let created = !account.world.tasks().is_empty();
    let mut seen = Seen::default().member("task_created", &created);
    if let Err(error) = reply {
        let event = format!(
            "(service web) failed to launch a task with (error {}).",
            error.message
        );
        seen = seen.refusal(&error).text("service_event", &event);
    }
    Ok(seen)
}

/// A user with the policies of the row who runs family `t`, whose roles are `row`.
fn run_task(case: &Case<'_>) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    role(&mut account, "row", None, None)?;
    let roles = format!(r#""executionRoleArn":"{ROLE}","taskRoleArn":"{ROLE}""#);
    account.define(r#"{"name":"web","image":"nginx"}"#, &roles)?;
    account.done("iam:CreateUser", r#"{"UserName":"ci"}"#)?;
    let policies = case
        .setup
        .get("identity_policies")
        .map_or(&[][..], Node::items);
    for (place, policy) in policies.iter().enumerate() {
        let document = document(policy).unwrap_or_default();
        let input = format!(
            r#"{{"UserName":"ci","PolicyName":"p{place}","PolicyDocument":{}}}"#,
            quote(&document)
        );
        account.done("iam:PutUserPolicy", &input)?;
    }
    account.done(
        "playground:ActAs",
        r#"{"principalArn":"arn:aws:iam::123456789012:user/ci"}"#,
    )?;
    account.done("playground:EnforcePermissions", r#"{"enforced":true}"#)?;
    let named = case
        .action
        .get("taskDefinition")
        .and_then(Node::as_str)
        .unwrap_or("t");
    let input = account.run_input(r#""launchType":"FARGATE""#);
    let input = input.replace(
        r#""taskDefinition":"t""#,
        &format!(r#""taskDefinition":"{named}""#),
    );
    let reply = account.send("ecs:RunTask", &input);
    let tasks = account.world.tasks().len() as u64;
    let seen = Seen::default().member("tasks", &tasks);
    Ok(match reply {
        Ok(_) => seen,
        Err(error) => seen.refusal(&error).text("cure", &error.cure),
    })
}
