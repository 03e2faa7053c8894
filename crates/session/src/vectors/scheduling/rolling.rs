//! Area `rolling`: the steps of a deployment, what begins one, and when a task counts.

use super::Case;
use super::account::Account;
use super::seen::Seen;
use super::service::{NAME, STEADY, desired, line, request};
use super::words::{any, any_flag, any_number, any_text, speaks_of};
use fargate_core::event::Fact;
use fargate_core::service::words;
use fargate_core::task::TaskState;
use fargate_core::text::{Node, quote};

/// How long a deployment is watched, in ms.
const WATCHED: u64 = 7_200_000;
/// CPU units and MiB of a task: one vCPU, so that a quota counts tasks.
const SIZE: (u32, u32) = (1_024, 2_048);

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let deed = case.deed();
    if speaks_of(deed, &["reaches running", "is running", "becomes running"]) {
        return counts(case);
    }
    let of = any(case.setup, &["service"]);
    if let Some(service) = of.filter(|it| it.get("taskDefinition").is_some()) {
        return begins(case, service);
    }
    if speaks_of(deed, &["update-service", "new task definition", "deploy"]) {
        return steps(case);
    }
    Ok(case.not_modelled())
}

/// The steps in which a new definition is rolled out.
fn steps(case: &Case<'_>) -> Result<Seen, String> {
    let number =
        |names: &[&str]| any_number(case.setup, names).map(|it| it.clamp(0.0, 1_000.0) as u32);
    let wanted = desired(case.setup);
    let minimum =
        number(&["minimumHealthyPercent", "min", "minimum_healthy_percent"]).unwrap_or(100);
    let maximum = number(&["maximumPercent", "max", "maximum_percent"]).unwrap_or(200);
    let before = number(&["old_running_healthy", "running", "old_tasks"]).unwrap_or(wanted);
    let mut account = Account::new(case.as_of)?;
    let container = r#"{"name":"web","image":"nginx"}"#;
    let refused = |error| format!("RegisterTaskDefinition was refused: {error}");
    account
        .try_define_sized(SIZE, container, "")
        .map_err(refused)?;
    account.serve(NAME, before)?;
    account.wait(STEADY);
    if let Some(slots) = number(&["cluster_task_slots", "slots", "free_slots"]) {
        let limits = format!(r#"{{"quotas":true,"fargateVcpus":{slots}}}"#);
        account.done("playground:SetLimits", &limits)?;
    }
    account
        .try_define_sized(SIZE, container, "")
        .map_err(refused)?;
    let from = account.log.len();
    let update = format!(
        r#"{{"service":"{NAME}","taskDefinition":"t","desiredCount":{wanted},"deploymentConfiguration":{{"minimumHealthyPercent":{minimum},"maximumPercent":{maximum}}}}}"#
    );
    if let Err(error) = account.send("ecs:UpdateService", &update) {
        return Ok(Seen::default().refusal(&error));
    }
    let end = account.world.now().0 + WATCHED;
    let completed = |account: &Account| {
        account
            .service(NAME)
            .is_some_and(|it| it.primary().completed && it.deployments.len() == 1)
    };
    while account.world.now().0 < end && !completed(&account) {
        account.wait(10_000);
    }
    let mut steps: Vec<(&str, u32)> = Vec::new();
    for event in &account.log[from..] {
        let Fact::Changed {
            what: "Service",
            how,
            ..
        } = &event.fact
        else {
            continue;
        };
        let counted = |word: &str| -> Option<u32> {
            let rest = how.strip_prefix(word)?;
            rest.split(' ').next()?.parse().ok()
        };
        let step = counted("has started ")
            .map(|it| ("start_new", it))
            .or_else(|| counted("has stopped ").map(|it| ("stop_old", it)));
        match (step, steps.last_mut()) {
            (Some((kind, count)), Some((last, sum))) if *last == kind => *sum += count,
            (Some(step), _) => steps.push(step),
            (None, _) => {}
        }
    }
    let Some(service) = account.service(NAME) else {
        return Err("the service is gone".to_owned());
    };
    let percents = service.percents();
    let mut seen = Seen::default()
        .member("min_healthy", &percents.least(wanted))
        .member("max_total", &percents.most(wanted))
        .list(
            "steps",
            steps
                .iter()
                .map(|(kind, count)| Seen::default().member(kind, count)),
        )
        .member("completes", &completed(&account))
        .member("stuck", &!completed(&account));
    let mut events = service.events.iter();
    let told = events
        .find(|it| it.message.ends_with(words::STUCK))
        .or_else(|| service.events.first());
    if let Some(event) = told {
        seen = seen.text("service_event", &event.message);
    }
    Ok(seen)
}

/// Whether a line begins a deployment, and which there are then.
fn begins(case: &Case<'_>, service: &Node) -> Result<Seen, String> {
    let named = any_text(service, &["taskDefinition"]).unwrap_or("web:1");
    let (family, revision) = named.split_once(':').unwrap_or((named, "1"));
    let revision = revision.parse::<u32>().unwrap_or(1).clamp(1, 50);
    let mut account = Account::new(case.as_of)?;
    // what the line rolls out is there, too
    for _ in 0..=revision {
        account.register_family(family)?;
    }
    let name = any_text(service, &["serviceName"]).unwrap_or(NAME);
    let Some(invocation) = line(case.deed(), name) else {
        return Ok(case.not_modelled());
    };
    let more = format!(
        r#""launchType":"FARGATE","taskDefinition":{}"#,
        quote(&format!("{family}:{revision}"))
    );
    let input = account.service_input(name, desired(service), "");
    let input = input.replacen(r#""taskDefinition":"t","#, "", 1);
    let input = format!("{{{more},{}", &input[1..]);
    account.done("ecs:CreateService", &input)?;
    account.wait(STEADY);
    let id = |account: &Account| account.service(name).map(|it| it.primary().id.clone());
    let before = id(&account);
    if let Err(error) = account.send("ecs:UpdateService", &request(&invocation)) {
        return Ok(Seen::default().refusal(&error));
    }
    let Some(service) = account.service(name) else {
        return Err("the service is gone".to_owned());
    };
    let deployments = service.deployments.iter().enumerate().map(|(place, it)| {
        let state = if it.completed {
            "COMPLETED"
        } else {
            "IN_PROGRESS"
        };
        Seen::default()
            .text("status", if place == 0 { "PRIMARY" } else { "ACTIVE" })
            .text("rolloutState", state)
            .text("taskDefinition", &it.task_definition)
    });
    Ok(Seen::default()
        .member("new_deployment", &(id(&account) != before))
        .member("desiredCount", &service.desired())
        .list("deployments", deployments))
}

/// When a task counts towards the minimum, from when it is RUNNING.
fn counts(case: &Case<'_>) -> Result<Seen, String> {
    let checked = any_flag(case.setup, &["containerHealthCheck", "container_health"]) == Some(true);
    let balanced = any_flag(case.setup, &["loadBalancer", "load_balancer", "lb"]) == Some(true);
    if balanced {
        return Ok(case.not_modelled());
    }
    let mut account = Account::new(case.as_of)?;
    account.register(if checked {
        r#""healthCheck":{"command":["CMD","true"],"interval":10}"#
    } else {
        ""
    })?;
    account.serve(NAME, desired(case.setup))?;
    account.wait(STEADY);
    let ran = account.log.iter().rev().find(|it| {
        matches!(
            &it.fact,
            Fact::State {
                state: TaskState::Running,
                ..
            }
        )
    });
    let service = account.service(NAME);
    let counted = service.and_then(|it| it.events.first()).map(|it| it.at);
    let (Some(ran), Some(counted)) = (ran.map(|it| it.at), counted) else {
        return Err("the service does not come to a steady state".to_owned());
    };
    let seconds = (counted - ran).0 / 1_000;
    Ok(Seen::default()
        .member("counts_toward_minimum_healthy_at_s", &seconds)
        .member("not_before_s", &seconds))
}
