//! Area `iam`: what policies decide, and what becomes of calls and starting tasks where they deny.

use super::Case;
use super::account::Account;
use super::fetched::{container, log_group};
use super::policies::{ROLE, applied, document, documents, plain, read_text, role};
use super::seen::Seen;
use super::service;
use super::words::{any, any_flag, any_text, platform_version, several, speaks_of, words};
use fargate_core::iam::{Context, Layer, Request, decide};
use fargate_core::text::{Node, quote};

/// Long enough for a small task to run or to give up, in ms.
const STARTED: u64 = 180_000;

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let deed = case.deed();
    if case.action.get("action").is_some() && case.action.get("resource").is_some() {
        return authorize(case);
    }
    if case.setup.get("role_trust_principal").is_some()
        && speaks_of(deed, &["launch", "run-task", "start", "service"])
    {
        return launched(case);
    }
    // a role that is null is none
    let says_role = TASK_ROLE.iter().any(|it| case.setup.get(it).is_some());
    if says_role && speaks_of(deed, &["call"]) {
        return called(case, deed);
    }
    if speaks_of(
        deed,
        &["task starts", "starts a task", "start a task", "task start"],
    ) {
        return starts(case);
    }
    match deed {
        "authorize" => authorize(case),
        "service launches a task" => launched(case),
        _ if speaks_of(deed, &["run-task", "runtask"])
            && any(case.setup, EXECUTION_ROLE).is_some() =>
        {
            starts(case)
        }
        _ if speaks_of(deed, &["run-task", "runtask"]) => run_task(case, Deed::Run),
        _ if speaks_of(
            deed,
            &["register-task-definition", "registertaskdefinition"],
        ) =>
        {
            run_task(case, Deed::Register)
        }
        _ if speaks_of(deed, &["create-service", "createservice"]) => run_task(case, Deed::Serve),
        _ => Ok(case.not_modelled()),
    }
}

/// Members that say what the roles of a task may do.
const EXECUTION_ROLE: &[&str] = &[
    "executionRole_policy",
    "executionRole_policies",
    "execution_role_policy",
    "executionRole",
    "execution_role",
];
const TASK_ROLE: &[&str] = &[
    "taskRole_policy",
    "taskRole_policies",
    "task_role_policy",
    "taskRole",
    "task_role",
    "taskRoleArn",
];

/// The members in which a row has policies, in any spelling, and where they apply.
const LAYERS: &[(&[&str], Layer)] = &[
    (
        &[
            "service_control_policies",
            "service_control_policy",
            "scps",
            "scp",
        ],
        Layer::ServiceControl,
    ),
    (&["resource_policies", "resource_policy"], Layer::Resource),
    (&["trust_policies", "trust_policy"], Layer::Trust),
    (
        &["identity_policies", "identity_policy", "policies", "policy"],
        Layer::Identity,
    ),
    (
        &[
            "permissions_boundaries",
            "permissions_boundary",
            "permission_boundary",
            "boundaries",
            "boundary",
        ],
        Layer::Boundary,
    ),
    (&["session_policies", "session_policy"], Layer::Session),
];

/// One request, decided by the policies of the row.
fn authorize(case: &Case<'_>) -> Result<Seen, String> {
    let mut policies = Vec::new();
    for (members, layer) in LAYERS {
        let Some((member, all)) = members
            .iter()
            .find_map(|it| Some((it, any(case.setup, &[it])?)))
        else {
            continue;
        };
        for (place, policy) in several(all).into_iter().enumerate() {
            let document = document(policy)
                .unwrap_or_else(|| r#"{"Version":"2012-10-17","Statement":[]}"#.to_owned());
            let name = format!("{member}[{place}]");
            policies.push(applied(&name, *layer, &read_text(&document))?);
        }
    }
    let mut context = Context::default();
    for member in case.setup.get("context").map_or(&[][..], Node::members) {
        let values = match member.value.items() {
            [] => plain(&member.value).into_iter().collect(),
            items => items.iter().filter_map(plain).collect(),
        };
        context = context.with_all(&member.key.name, values);
    }
    let text = |node: &Node, name: &str| node.get(name).and_then(Node::as_str).map(str::to_owned);
    let need = |name: &str| text(case.action, name).ok_or(format!("action.{name} is missing"));
    let request = Request {
        principal: text(case.setup, "principal")
            .or_else(|| text(case.action, "principal"))
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
            let more = applied("cure", layer, &read_text(&policy))?;
            policies.push(more);
            let again = decide(decision.request, &policies);
            seen = seen.member("cured", &again.allowed());
        }
    }
    Ok(seen)
}

/// A task that starts with the execution role of the row.
fn starts(case: &Case<'_>) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    let text = |name: &str| case.setup.get(name).and_then(Node::as_str);
    let execution = any(case.setup, EXECUTION_ROLE);
    role(&mut account, "row", execution, text("role_trust_principal"))?;
    let roles = format!(r#""executionRoleArn":"{ROLE}","taskRoleArn":"{ROLE}""#);
    account.define(&container(case), &roles)?;
    let group = format!(r#"{{"logGroupName":{}}}"#, quote(log_group(case)));
    // a group that a definition names is there until it is deleted
    let _as_wanted = match any_flag(case.setup, &["log_group_exists"]) {
        Some(false) => account.send("logs:DeleteLogGroup", &group),
        _ => account.send("logs:CreateLogGroup", &group),
    };
    account.done("playground:EnforcePermissions", r#"{"enforced":true}"#)?;
    let version = platform_version(case.setup, case.action).unwrap_or("1.4.0");
    let input = account.run_input(&format!(
        r#""launchType":"FARGATE","platformVersion":"{version}""#
    ));
    if let Err(error) = account.send("ecs:RunTask", &input) {
        return Ok(Seen::default()
            .refusal(&error)
            .member("task_created", &false));
    }
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

/// What becomes of a container's own call: it is the task role that is asked, and the task goes on whatever the answer.
fn called(case: &Case<'_>, deed: &str) -> Result<Seen, String> {
    let of = |it: &&str| {
        it.contains(':')
            && it.split_once(':').is_some_and(|(service, rest)| {
                !service.is_empty() && !rest.is_empty() && !rest.contains(':')
            })
    };
    let action = any_text(case.action, &["action"])
        .or_else(|| any_text(case.setup, &["call", "calls"]).filter(of))
        .or_else(|| words(deed).into_iter().find(of))
        .or_else(|| usual_action(deed))
        .ok_or("action.action is missing")?;
    let resource = any_text(case.action, &["resource"]).unwrap_or("*");
    let mut account = Account::new(case.as_of)?;
    role(&mut account, "row", None, None)?;
    account.define(
        r#"{"name":"web","image":"nginx"}"#,
        &format!(r#""taskRoleArn":"{ROLE}""#),
    )?;
    account.run()?;
    let mut policies = Vec::new();
    for document in any(case.setup, TASK_ROLE).map_or_else(Vec::new, documents) {
        policies.push(applied("row", Layer::Identity, &read_text(&document))?);
    }
    let task = account.only()?;
    let request = Request {
        principal: format!("arn:aws:sts::123456789012:assumed-role/row/{}", task.id),
        action: action.to_owned(),
        resource: resource.to_owned(),
        context: Context::default(),
    };
    let decision = decide(request, &policies);
    let mut seen = Seen::default()
        .text("decision", decision.outcome.aws())
        .text("lastStatus", task.state().aws())
        .text("task_lastStatus", task.state().aws());
    if !decision.allowed() {
        seen = seen
            .text("error", "AccessDeniedException")
            .text("message", &decision.message(case.as_of));
    }
    Ok(seen)
}

/// What is mostly called of a service that a deed names by its name only: `application calls S3`.
fn usual_action(deed: &str) -> Option<&'static str> {
    let known = [
        ("s3", "s3:GetObject"),
        ("dynamodb", "dynamodb:GetItem"),
        ("sqs", "sqs:ReceiveMessage"),
        ("sns", "sns:Publish"),
        ("secrets", "secretsmanager:GetSecretValue"),
        ("ssm", "ssm:GetParameter"),
    ];
    let named = known.into_iter().find(|(name, _)| speaks_of(deed, &[name]));
    named.map(|(_, action)| action)
}

/// What a service tells when its task's role cannot be assumed, and what `RunTask` is refused.
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
    let told = service::with_role(&mut account)?;
    let input = account.run_input(r#""launchType":"FARGATE""#);
    let seen = match account.send("ecs:RunTask", &input) {
        Ok(_) => Seen::default(),
        Err(error) => Seen::default().refusal(&error),
    };
    Ok(seen.also(told, &[]))
}

/// What a user does with family `t`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Run,
    Register,
    Serve,
}

/// A user with the policies of the row who runs family `t`, whose roles are `row`, or registers it, or makes a service of it.
fn run_task(case: &Case<'_>, deed: Deed) -> Result<Seen, String> {
    let mut account = Account::new(case.as_of)?;
    role(&mut account, "row", None, None)?;
    let roles = format!(r#""executionRoleArn":"{ROLE}","taskRoleArn":"{ROLE}""#);
    account.define(r#"{"name":"web","image":"nginx"}"#, &roles)?;
    account.done("iam:CreateUser", r#"{"UserName":"ci"}"#)?;
    let policies = any(
        case.setup,
        &["identity_policies", "identity_policy", "policies", "policy"],
    )
    .map_or_else(Vec::new, several);
    for (place, policy) in policies.iter().enumerate() {
        let Some(document) = document(policy) else {
            continue;
        };
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
    let reply = match deed {
        Deed::Run => account.send("ecs:RunTask", &input),
        Deed::Serve => {
            let input = account.service_input(service::NAME, 1, r#""launchType":"FARGATE""#);
            account.send("ecs:CreateService", &input)
        }
        Deed::Register => {
            let again = account.try_define(r#"{"name":"web","image":"nginx"}"#, &roles);
            again.map(|()| fargate_core::error::Reply::Tasks(Vec::new()))
        }
    };
    let tasks = account.world.tasks().len() as u64;
    let seen = Seen::default()
        .member("tasks", &tasks)
        .member("accepted", &reply.is_ok());
    Ok(match reply {
        Ok(_) => seen,
        Err(error) => seen.refusal(&error).text("cure", &error.cure),
    })
}
