//! A service whose newest deployment fails as a row tells, and what is seen of it.

use super::super::Case;
use super::super::account::Account;
use super::super::seen::Seen;
use super::super::service::{NAME, STEADY, desired};
use super::super::words::{any, any_text, several, speaks_of, words};
use super::told::{Failure, Story, Turn};
use fargate_core::call::DeploymentCircuitBreaker;
use fargate_core::event::{Event, Fact};
use fargate_core::observe::bridge;
use fargate_core::service::{Deployment, Rollout, breaker};
use fargate_core::task::{Task, TaskState};
use fargate_core::text::{Json, Node, quote};
use fargate_core::units::SimTime;
use fargate_core::wire::print;
use std::sync::Arc;

/// An image that is there only when it is pushed.
const IMAGE: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1";
/// How often is looked, in ms: sooner than a service is looked at.
const TICK: u64 = 200;
/// How long tasks are waited for that fail, in ms.
const PATIENCE: u64 = 21_600_000;
/// How long a task runs before it is healthy, and the service has seen it, in ms.
const HEALTHY: u64 = 45_000;
/// Within how long a service sees what happened to a task, in ms.
const SEEN: u64 = 4_000;
/// How long a deployment that was given up is watched, in ms.
const AFTERWARDS: u64 = 3_600_000;

/// A service, and the deployment of it that fails.
struct Play {
    account: Account,
    failure: Failure,
    /// The deployment.
    id: Arc<str>,
    /// It as it was seen last.
    last: Deployment,
}

/// Plays a row's story, and tells what is seen when it ends, and after that.
pub(super) fn played(
    case: &Case<'_>,
    breaker: &DeploymentCircuitBreaker,
    story: &Story,
) -> Result<Seen, String> {
    let mut play = begun(case, breaker, story)?;
    let wanted = desired(case.setup);
    for turn in &story.turns {
        match turn {
            Turn::Fail(count) => play.fail(*count),
            Turn::Well(count) => play.well(*count)?,
        }
    }
    let id = play.id.clone();
    let given_up = play.last.rollout == Rollout::Failed;
    let mut account = play.account;
    let from = account
        .log
        .iter()
        .rposition(|it| says(it, "deployment failed").is_some());
    let since = from.map_or(account.world.now(), |it| account.log[it].at);
    let threshold =
        breaker::threshold(wanted, breaker.threshold_configuration.as_ref(), case.as_of);
    let mut seen = Seen::default()
        .text("rolloutState", play.last.rollout.aws())
        .member("triggered", &given_up)
        .member("threshold", &threshold);
    for name in ["failedTasks", "failure_count", "failureCount"] {
        seen = seen.member(name, &play.last.failed);
    }
    if given_up {
        seen = seen.text("failed_deployment_rolloutState", play.last.rollout.aws());
    }
    let said = from.map_or(&[][..], |it| &account.log[it..]);
    let lines: Vec<String> = said.iter().filter_map(|it| says(it, "")).collect();
    let back = lines.iter().any(|it| it.contains("rolling back"));
    seen = seen
        .member("rollback", &back)
        .text("events_in_order", &lines.join("\n"))
        .member("eventbridge", &deployment_events(&account, said));
    let service = account.service(NAME).ok_or("the service is gone")?;
    let mut deployments = service.deployments.iter();
    let failed = deployments.find(|it| it.id == id).unwrap_or(&play.last);
    seen = seen.text(
        "rolloutStateReason",
        &fargate_core::service::words::rollout_reason(&failed.id, failed.rollout),
    );
    if back {
        let to = service.primary();
        seen = seen
            .text("rollback_target_taskDefinition", &to.task_definition)
            .text("rollback_target_rolloutState", to.rollout.aws());
    } else {
        seen = seen.nothing("rollback_target_taskDefinition");
    }
    if let Some(event) = lines.first() {
        seen = seen.text("service_event", event);
    }
    // what comes of it
    account.wait(AFTERWARDS);
    let started = |task: &&Arc<Task>| {
        let began = task.stages.first().map(|it| it.from);
        started_by(task) == Some(&*id) && began.is_some_and(|it| it > since)
    };
    let more = account.world.tasks().values().any(|it| started(&it));
    let service = account.service(NAME).ok_or("the service is gone")?;
    Ok(seen
        .member("launches_more_tasks", &more)
        .member("keeps_retrying", &more)
        .member("stalled", &(given_up && !back))
        .member("running", &account.world.service_counts(service, None).0)
        .text("service_taskDefinition", &service.primary().task_definition)
        .text("final_rolloutState", service.primary().rollout.aws()))
}

/// The row's service, with its earlier deployments, where the one that fails has just begun.
fn begun(
    case: &Case<'_>,
    breaker: &DeploymentCircuitBreaker,
    story: &Story,
) -> Result<Play, String> {
    let mut account = Account::new(case.as_of)?;
    let names = [
        "previous_deployment",
        "previous_deployments",
        "previous",
        "earlier",
    ];
    let previous = any(case.setup, &names);
    let before: Vec<&Node> = previous.map(several).unwrap_or_default();
    let history = any(case.setup, &["history", "previous_deployment", "previous"]);
    let history = history.map_or_else(String::new, |it| Json::of(it).as_str().to_ascii_lowercase());
    let first = speaks_of(
        &history,
        &[
            "none completed",
            "first",
            "no completed",
            "no previous",
            "\"none\"",
        ],
    );
    let on_its_way = speaks_of(&history, &["in_progress", "rolling back", "rolls back"]);
    let revision_of = |it: &Node| {
        let text = any_text(it, &["taskDefinition", "task_definition"]);
        text.or_else(|| it.as_str()).and_then(revision)
    };
    let mut earlier: Vec<(u32, bool)> = before
        .iter()
        .filter_map(|it| {
            let state = any_text(it, &["rolloutState", "state"]).unwrap_or("COMPLETED");
            Some((revision_of(it)?.1, state == "COMPLETED"))
        })
        .collect();
    if earlier.is_empty() && !first {
        earlier.push((1, !on_its_way));
    }
    let new = any(
        case.setup,
        &[
            "new_taskDefinition",
            "new_task_definition",
            "taskDefinition",
        ],
    );
    let new = new.and_then(Node::as_str).and_then(revision);
    let last = earlier.iter().map(|it| it.0).max().unwrap_or(0);
    let family = new.as_ref().map_or("web", |it| &it.0).to_owned();
    let new = new.as_ref().map_or(last + 1, |it| it.1).max(last + 1);
    for _ in 1..new {
        account.register_family(&family)?;
    }
    register_failing(&mut account, &family, story.failure)?;
    let wanted = desired(case.setup);
    let one_by_one = story.turns.iter().any(|it| matches!(it, Turn::Well(_))) && wanted > 0;
    let most = if one_by_one {
        100 + 100_u32.div_ceil(wanted)
    } else {
        200
    };
    let configuration = format!(
        r#""deploymentConfiguration":{{"deploymentCircuitBreaker":{},"minimumHealthyPercent":100,"maximumPercent":{most}}}"#,
        print(breaker)
    );
    let targets = match story.failure {
        Failure::Target => Some(account.balancer()?),
        _ => None,
    };
    let balanced = targets.map_or_else(String::new, |group| {
        format!(
            r#","loadBalancers":[{{"targetGroupArn":"{group}","containerName":"web","containerPort":80}}]"#
        )
    });
    let mut revisions: Vec<(u32, bool)> = earlier;
    revisions.push((new, false));
    for (place, (number, completes)) in revisions.iter().enumerate() {
        let definition = quote(&format!("{family}:{number}"));
        // what works has no port to check: only the last deployment is behind the load balancer
        let balanced = if place + 1 == revisions.len() {
            balanced.as_str()
        } else {
            ""
        };
        if place == 0 {
            let more = format!(r#""launchType":"FARGATE",{configuration}{balanced}"#);
            let input = account.service_input(NAME, wanted, &more);
            let input = input.replacen(
                r#""taskDefinition":"t""#,
                &format!(r#""taskDefinition":{definition}"#),
                1,
            );
            account.done("ecs:CreateService", &input)?;
        } else {
            let input =
                format!(r#"{{"service":"{NAME}","taskDefinition":{definition}{balanced}}}"#);
            account.done("ecs:UpdateService", &input)?;
        }
        if *completes {
            account.wait(STEADY);
        }
    }
    let service = account.service(NAME).ok_or("the service is gone")?;
    let last = service.primary().clone();
    Ok(Play {
        failure: story.failure,
        id: last.id.clone(),
        last,
        account,
    })
}

/// A family and its revision: `web:2 (image cannot be pulled)`.
fn revision(text: &str) -> Option<(String, u32)> {
    let (family, number) = words(text).first()?.split_once(':')?;
    let number = number.parse::<u32>().ok()?.clamp(1, 20);
    Some((family.to_owned(), number))
}

/// Registers a revision whose tasks fail.
fn register_failing(account: &mut Account, family: &str, failure: Failure) -> Result<(), String> {
    account.made("ecr:CreateRepository", r#"{"repositoryName":"web"}"#)?;
    let behaviour = match failure {
        Failure::Start => "",
        Failure::Container => r#""sickMs":0"#,
        Failure::Target => r#""listens":[9999]"#,
        Failure::Crash => r#""exitMs":5000,"exitCode":1"#,
    };
    if failure != Failure::Start {
        let put = format!(r#"{{"image":"httpd","behaviour":{{{behaviour}}}}}"#);
        account.done("playground:PutImage", &put)?;
    }
    let container = match failure {
        Failure::Start => format!(r#"{{"name":"web","image":"{IMAGE}"}}"#),
        Failure::Container => r#"{"name":"web","image":"httpd","healthCheck":{"command":["CMD","true"],"interval":5,"retries":2}}"#.to_owned(),
        Failure::Target => r#"{"name":"web","image":"httpd","portMappings":[{"containerPort":80}]}"#.to_owned(),
        Failure::Crash => r#"{"name":"web","image":"httpd"}"#.to_owned(),
    };
    let definition = format!(
        r#"{{"family":{},"networkMode":"awsvpc","requiresCompatibilities":["FARGATE"],"cpu":"256","memory":"512","executionRoleArn":"arn:aws:iam::123456789012:role/ecsTaskExecutionRole","containerDefinitions":[{container}]}}"#,
        quote(family)
    );
    account.done("ecs:RegisterTaskDefinition", &definition)?;
    Ok(())
}

impl Play {
    /// Lets so many further tasks fail, or all until the deployment is given up.
    fn fail(&mut self, count: Option<u32>) {
        let before = self.failures();
        let until = self.account.world.now().0 + PATIENCE;
        let enough = |it: &Self| {
            let there = it.failures() - before;
            count.is_some_and(|count| there >= count as usize)
        };
        while !enough(self) && self.last.rollout.goes_on() && self.account.world.now().0 < until {
            self.tick();
        }
        let until = self.account.world.now().0 + SEEN;
        while self.last.rollout.goes_on() && self.account.world.now().0 < until {
            self.tick();
        }
    }

    /// Lets so many tasks become healthy, one after the other.
    fn well(&mut self, count: u32) -> Result<(), String> {
        if self.failure != Failure::Start {
            return Err("only tasks that cannot be pulled can be let run in between".to_owned());
        }
        for _ in 0..count {
            let running = self.run_for(0);
            let push = format!(r#"{{"image":"{IMAGE}"}}"#);
            self.account.done("playground:PushImage", &push)?;
            self.until(|it| it.run_for(0) > running)?;
            let delete = r#"{"repositoryName":"web","imageIds":[{"imageTag":"1"}]}"#;
            self.account.done("ecr:BatchDeleteImage", delete)?;
            self.until(|it| it.run_for(HEALTHY) > running)?;
        }
        Ok(())
    }

    fn until(&mut self, holds: impl Fn(&Self) -> bool) -> Result<(), String> {
        let until = self.account.world.now().0 + PATIENCE;
        while !holds(self) {
            if self.account.world.now().0 > until || !self.last.rollout.goes_on() {
                return Err("no task becomes healthy".to_owned());
            }
            self.tick();
        }
        Ok(())
    }

    fn tick(&mut self) {
        self.account.wait(TICK);
        let service = self.account.service(NAME);
        let found = service.and_then(|it| it.deployments.iter().find(|it| it.id == self.id));
        if let Some(found) = found {
            self.last = found.clone();
        }
    }

    /// The deployment's tasks.
    fn tasks(&self) -> impl Iterator<Item = &Arc<Task>> {
        let all = self.account.world.tasks().values();
        all.filter(|it| started_by(it) == Some(&*self.id))
    }

    /// Its tasks that failed.
    fn failures(&self) -> usize {
        let failed = |task: &&Arc<Task>| {
            let stop = task.stop.as_ref();
            stop.is_some_and(|it| !it.reason.starts_with("Scaling activity"))
        };
        self.tasks().filter(failed).count()
    }

    /// Its tasks that have been RUNNING for so long, in ms.
    fn run_for(&self, ms: u64) -> usize {
        let now = self.account.world.now();
        let runs = |task: &&Arc<Task>| {
            let since = task.since(TaskState::Running);
            task.stop.is_none() && since.is_some_and(|it| SimTime(it.0 + ms) <= now)
        };
        self.tasks().filter(runs).count()
    }
}

/// The deployment that started a task.
fn started_by(task: &Task) -> Option<&str> {
    task.options.get()?.started_by.as_deref()
}

/// What the service says in an event, where it has these words.
fn says(event: &Event, wanted: &str) -> Option<String> {
    match &event.fact {
        Fact::Changed {
            what: "Service",
            how,
            ..
        } if how.contains(wanted) => Some(how.clone()),
        _ => None,
    }
}

/// The names of what EventBridge is told of deployments.
fn deployment_events(account: &Account, of: &[Event]) -> Vec<String> {
    let about = account.world.account();
    let sent = bridge::sent(&about, of);
    let names = sent.iter().filter_map(|it| {
        let json: Json = Json::known(&it.json(&about));
        let tree = fargate_core::text::read(json.as_str()).root;
        let name = tree.get("detail")?.get("eventName")?.as_str()?.to_owned();
        name.starts_with("SERVICE_DEPLOYMENT").then_some(name)
    });
    names.collect()
}
