//! Area `rolling`: the steps of a deployment, what begins one, and when a task counts.

use super::Case;
use super::account::Account;
use super::grace;
use super::seen::Seen;
use super::service::{self, NAME, STEADY, desired, line, request, with_members};
use super::words::{any, any_flag, any_number, any_text, seconds, speaks_of};
use fargate_core::event::{Event, Fact};
use fargate_core::service::{Rollout, words};
use fargate_core::task::{Health, TaskState};
use fargate_core::text::{self, Node, Value, quote};

/// How long a deployment is watched, in ms.
const WATCHED: u64 = 7_200_000;
/// What a definition has for a task that executes commands.
const TASK_ROLE: &str = r#""taskRoleArn":"arn:aws:iam::123456789012:role/ecsTaskRole""#;
/// CPU units and MiB of a task: one vCPU, so that a quota counts tasks.
const SIZE: (u32, u32) = (1_024, 2_048);

pub(super) fn observe(case: &Case<'_>) -> Result<Seen, String> {
    let deed = case.deed();
    if let (Some(period), true) = (
        grace::period(case),
        speaks_of(deed, &["unhealthy", "health check", "fails"]),
    ) {
        return grace::observe(case, period);
    }
    let becomes = [
        "reaches running",
        "is running",
        "becomes running",
        "running at t=",
        "healthy at t=",
    ];
    if speaks_of(deed, &becomes) {
        return counts(case);
    }
    let of = any(case.setup, &["service"]);
    if let Some(service) = of.filter(|it| it.get("taskDefinition").is_some()) {
        return begins(case, service);
    }
    if speaks_of(deed, &["create-service", "createservice"]) {
        return service::created(case);
    }
    if speaks_of(deed, &["update-service", "new task definition", "deploy"]) {
        return steps(case);
    }
    Ok(case.not_modelled())
}

/// The steps in which a new definition is rolled out.
fn steps(case: &Case<'_>) -> Result<Seen, String> {
    let nested = any(
        case.setup,
        &["deploymentConfiguration", "deployment_configuration"],
    );
    let number = |names: &[&str]| {
        let said = any_number(case.setup, names);
        let said = said.or_else(|| any_number(nested?, names));
        said.map(|it| it.clamp(0.0, 1_000.0) as u32)
    };
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
        account.service(NAME).is_some_and(|it| {
            it.primary().rollout == Rollout::Completed && it.deployments.len() == 1
        })
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
    // what the line rolls out is there, too, with a role: commands are executed by it
    for _ in 0..=revision {
        account.register_family_with(family, TASK_ROLE)?;
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
    // only what is behind a load balancer has a grace period
    let graced = speaks_of(case.deed(), &["grace-period"]);
    let balanced = if graced {
        let group = account.balancer()?;
        format!(
            r#""loadBalancers":[{{"targetGroupArn":"{group}","containerName":"web","containerPort":80}}],"#
        )
    } else {
        String::new()
    };
    let input = format!("{{{more},{balanced}{}", &input[1..]);
    account.done("ecs:CreateService", &input)?;
    account.wait(STEADY);
    let id = |account: &Account| account.service(name).map(|it| it.primary().id.clone());
    let before = id(&account);
    let update = with_network(&mut account, &with_members(case, &request(&invocation)))?;
    if let Err(error) = account.send("ecs:UpdateService", &update) {
        return Ok(Seen::default().refusal(&error));
    }
    let Some(service) = account.service(name) else {
        return Err("the service is gone".to_owned());
    };
    let deployments = service.deployments.iter().enumerate().map(|(place, it)| {
        Seen::default()
            .text("status", if place == 0 { "PRIMARY" } else { "ACTIVE" })
            .text("rolloutState", it.rollout.aws())
            .text("taskDefinition", &it.task_definition)
    });
    Ok(Seen::default()
        .member("new_deployment", &(id(&account) != before))
        .member("desiredCount", &service.desired())
        .list("deployments", deployments))
}

/// A request whose subnets and groups are the account's: those that a line names are in nobody's account.
fn with_network(account: &mut Account, request: &str) -> Result<String, String> {
    let tree = text::read(request).root;
    let network = tree
        .get("networkConfiguration")
        .and_then(|it| it.get("awsvpcConfiguration"));
    let Some(network) = network else {
        return Ok(request.to_owned());
    };
    let mut request = request.to_owned();
    let named = |member: &str| -> Vec<String> {
        let items = network.get(member).map_or(&[][..], Node::items);
        items
            .iter()
            .filter_map(|it| it.as_str().map(str::to_owned))
            .collect()
    };
    let vpc = account.world.network().vpcs.values().next();
    let vpc = vpc.map(|it| it.id.to_string()).unwrap_or_default();
    for (place, subnet) in named("subnets").into_iter().enumerate().take(16) {
        let input = format!(
            r#"{{"VpcId":"{vpc}","CidrBlock":"10.0.{}.0/24"}}"#,
            64 + place
        );
        let own = account.made("ec2:CreateSubnet", &input)?;
        request = request.replace(&quote(&subnet), &quote(&own));
    }
    for (place, group) in named("securityGroups").into_iter().enumerate().take(5) {
        let input = format!(r#"{{"GroupName":"g{place}","Description":"g","VpcId":"{vpc}"}}"#);
        let own = account.made("ec2:CreateSecurityGroup", &input)?;
        request = request.replace(&quote(&group), &quote(&own));
    }
    Ok(request)
}

/// The moment that a deed tells after a word: `HEALTHY at t=25`.
fn moment_of(deed: &str, word: &str) -> Option<f64> {
    let deed = deed.to_ascii_lowercase();
    let (_, after) = deed.split_once(word)?;
    let (_, digits) = after.split_once("t=")?;
    let end = digits.find(|it: char| !it.is_ascii_digit() && it != '.');
    digits[..end.unwrap_or(digits.len())].parse().ok()
}

/// When a task counts of which the row tells when its target is healthy, and its container where that is checked too: when both are.
fn told_times(case: &Case<'_>, balanced: bool) -> Option<u64> {
    let target = any_number(
        case.setup,
        &[
            "target_healthy_at_s",
            "target_healthy_after_s",
            "lb_healthy_at_s",
            "lb_target_healthy_at_s",
            "elb_healthy_at_s",
            "loadBalancer_healthy_at_s",
        ],
    );
    let target = target.or_else(|| moment_of(case.deed(), "target"))?;
    let container = any_number(
        case.setup,
        &[
            "container_healthy_at_s",
            "container_healthy_after_s",
            "container_health_at_s",
        ],
    );
    let container = container.or_else(|| moment_of(case.deed(), "container"));
    balanced.then_some(target.max(container.unwrap_or(0.0)).round() as u64)
}

/// After how many seconds a row's container is healthy, which is when its check is made for the first time.
fn healthy_after(case: &Case<'_>) -> u32 {
    let names = [
        "healthy_after_s",
        "container_healthy_at_s",
        "healthy_at_s",
        "container_health_at_s",
        "healthcheck_passes_at_s",
        "health_check_passes_at_s",
        "container_healthy_after_s",
        "becomes_healthy_at_s",
    ];
    let said = any_number(case.setup, &names);
    let said = said.or_else(|| moment_of(case.deed(), "healthy"));
    let said = said.or_else(|| {
        let says = any_text(case.setup, &["containerHealthCheck", "container_health"])?;
        seconds(says)
    });
    let said = said.or_else(|| {
        let of = any(case.setup, &["healthCheck", "containerHealthCheck"])?;
        any_number(of, &["interval"])
    });
    said.unwrap_or(10.0).clamp(5.0, 300.0) as u32
}

/// When a task counts towards the minimum, from when it is RUNNING.
fn counts(case: &Case<'_>) -> Result<Seen, String> {
    let check = any(
        case.setup,
        &["containerHealthCheck", "container_health", "healthCheck"],
    );
    let checked = check.is_some_and(|it| {
        it.as_bool() == Some(true)
            || matches!(it.value, Value::Object(_))
            || it
                .as_str()
                .is_some_and(|it| !["false", "none", ""].contains(&it))
    });
    let balanced = any_flag(case.setup, &["loadBalancer", "load_balancer", "lb"]) == Some(true);
    if let Some(seconds) = told_times(case, balanced) {
        return Ok(Seen::default()
            .member("counts_toward_minimum_healthy_at_s", &seconds)
            .member("not_before_s", &seconds));
    }
    let mut account = Account::new(case.as_of)?;
    // the check itself takes no time
    account.done(
        "playground:PutImage",
        r#"{"image":"nginx","behaviour":{"startMs":0,"checkMs":0}}"#,
    )?;
    let mut more = vec![r#""portMappings":[{"containerPort":80}]"#.to_owned()];
    if checked {
        let interval = healthy_after(case);
        more.push(format!(
            r#""healthCheck":{{"command":["CMD","true"],"interval":{interval}}}"#
        ));
    }
    account.register(&more.join(","))?;
    if balanced {
        account.serve_balanced(NAME, desired(case.setup))?;
    } else {
        account.serve(NAME, desired(case.setup))?;
    }
    account.wait(2 * STEADY);
    let runs = |it: &&Event| {
        matches!(
            &it.fact,
            Fact::State {
                state: TaskState::Running,
                ..
            }
        )
    };
    let ran = account.log.iter().rev().find(runs);
    // what nothing else checks counts when it is HEALTHY; the service tells of it when it looks the next time
    let healthy = |it: &&Event| {
        matches!(
            &it.fact,
            Fact::HealthChanged {
                health: Health::Healthy,
                ..
            }
        )
    };
    let healthy = account.log.iter().rev().find(healthy).map(|it| it.at);
    let service = account.service(NAME);
    let told = service.and_then(|it| it.events.first()).map(|it| it.at);
    let counted = healthy.filter(|_| checked && !balanced).or(told);
    let (Some(ran), Some(counted)) = (ran.map(|it| it.at), counted) else {
        return Err("the service does not come to a steady state".to_owned());
    };
    let seconds = ((counted - ran).0 + 500) / 1_000;
    Ok(Seen::default()
        .member("counts_toward_minimum_healthy_at_s", &seconds)
        .member("not_before_s", &seconds))
}
