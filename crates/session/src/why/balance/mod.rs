//! Why a load balancer does not answer as it should: the chain goes on to what is wrong with the target.

mod health;

pub(super) use health::{goes_on, unhealthy, unhealthy_soon};

use super::cures::balancer::{group_of, target_of};
use super::flow::{self, at_task, of_aws, passed, root_of, upper, what};
use super::ground::{Ground, title};
use super::trouble::of_stop;
use super::{Explanation, Goal, Link, Reference, Said, State, cures, story};
use crate::cards::flights::place;
use crate::reach::interface_name;
use fargate_core::ids::TaskId;
use fargate_core::network::{
    BalancedTarget, Code, LoadBalancer, Part, Question, TargetGroup, TargetState, Trace, cure,
};
use fargate_core::task::Task;
use fargate_core::units::SimTime;
use fargate_core::world::World;

/// What HTTP calls a status.
const fn status_name(status: u16) -> &'static str {
    match status {
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Gateway Timeout",
    }
}

/// A request to a load balancer that no target answered.
pub(super) fn explain(
    ground: &Ground<'_>,
    trace: &Trace,
    question: Question,
    at: SimTime,
    from: &str,
) -> Explanation {
    let world = &ground.world;
    let network = world.network();
    let balancer = trace
        .balancer()
        .and_then(|id| network.load_balancers.get(id));
    let called = balancer.map_or("the load balancer", |it| it.name());
    let asked = what(trace);
    let subject = format!("{from} to {called} on {asked}");
    let symptom = match trace.status {
        Some(status) => format!(
            "{} got {status} {} from the load balancer {called} on {asked}.",
            upper(from),
            status_name(status)
        ),
        None => format!(
            "{} got no answer from the load balancer {called} on {asked}.",
            upper(from)
        ),
    };
    let mut found = Explanation::of(subject, symptom.clone());
    found.state = State::Wrong;
    found.said = match trace.status {
        Some(status) => Some(Said {
            code: format!("HTTP {status}"),
            message: status_name(status).to_owned(),
        }),
        None => of_aws(trace).map(|code| Said {
            code: code.to_owned(),
            message: String::new(),
        }),
    };
    let shown = trace.balancer().map(|id| {
        let part = Part::LoadBalancer(id.clone());
        Reference::Canvas(place(&part, &TaskId::default(), world))
    });
    found.chain.push(Link::new(at, symptom).seen(shown));
    found.checked = passed(trace, world);
    if trace.code() != Some(Code::NoListener) {
        found.help = cure(network, &question, trace);
    }
    root(ground, &mut found, trace, &question, at);
    if network.walk(&question.flow_in(network)).delivered() {
        "At the moment shown it would arrive.".clone_into(&mut found.help);
        return found;
    }
    found.cures = cures::of_flow(world, &question, &TaskId::default());
    if found.cures.is_empty() && trace.code() == Some(Code::NoPossibleDestination) {
        run_again(&mut found, world, trace, &question);
        return found;
    }
    found.goal = Some(Goal::Arrives {
        task: None,
        question: Box::new(question),
    });
    found
}

/// The steps from the load balancer to the root.
fn root(
    ground: &Ground<'_>,
    found: &mut Explanation,
    trace: &Trace,
    question: &Question,
    at: SimTime,
) {
    let world = &ground.world;
    let network = world.network();
    let (Some(hop), Some(code)) = (trace.decided_by(), trace.code()) else {
        return;
    };
    let called = flow::called(&hop.part, world);
    let balancer = trace
        .balancer()
        .and_then(|id| network.load_balancers.get(id));
    let name = balancer.map_or("the load balancer", |it| it.name());
    let group = group_of(network, trace);
    let touched = |ids: &[Option<&str>]| {
        let ids: Vec<&str> = ids.iter().flatten().copied().collect();
        ground.touched_by(&ids)
    };
    let by_group = || touched(&[group.map(|it| it.id.as_str())]);
    let by_balancer = || touched(&[balancer.map(|it| it.id.as_str())]);
    let step = |sentence: String| Link::new(at, sentence).decided(called.clone(), hop.rule.clone());
    match code {
        Code::Elbv2ListenersMismatch => {
            let told = balancer.map(|it| listeners(it)).unwrap_or_default();
            found.cause = "listener-missing";
            let sentence = format!("No listener of {name} takes {}: {told}", what(trace));
            found.chain.push(step(sentence).by(by_balancer()));
        }
        Code::Elbv2ListenerHasNoTg => {
            let (cause, sentence) = match group {
                None => (
                    "listener-without-group",
                    format!("The listener of {name} forwards to no target group."),
                ),
                Some(group) if group.targets.is_empty() => (
                    "no-target",
                    format!(
                        "The listener of {name} forwards to target group {}, which has no target.",
                        group.name()
                    ),
                ),
                Some(group) => (
                    "no-target",
                    format!(
                        "The listener of {name} forwards to target group {}, whose targets are all being deregistered.",
                        group.name()
                    ),
                ),
            };
            found.cause = cause;
            found.chain.push(step(sentence).by(by_group()));
        }
        Code::ElbInstalledAzRestriction | Code::ElbNotCrossZone => {
            found.cause = if code == Code::ElbNotCrossZone {
                "cross-zone-off"
            } else {
                "zone-not-enabled"
            };
            found
                .chain
                .push(step(format!("{}.", sentence_of(&hop.rule))).by(by_balancer()));
        }
        Code::NoPossibleDestination => gone(ground, found, group, name, at),
        Code::BadState => {
            found.cause = "not-available";
            found.chain.push(step(format!(
                "Load balancer {name} is being provisioned, and forwards nothing yet."
            )));
        }
        _ => refused_inside(ground, found, trace, question, at),
    }
}

/// What stands between the load balancer and its target, or in front of the load balancer.
fn refused_inside(
    ground: &Ground<'_>,
    found: &mut Explanation,
    trace: &Trace,
    question: &Question,
    at: SimTime,
) {
    let world = &ground.world;
    let network = world.network();
    let balancer = trace
        .balancer()
        .and_then(|id| network.load_balancers.get(id));
    let name = balancer.map_or("the load balancer", |it| it.name());
    let mut inner = trace.clone();
    inner.status = None;
    let mut task = TaskId::default();
    if let Some((group, target)) = target_of(network, trace) {
        inner.port = target.port;
        let owner = network.interfaces.get(&target.interface);
        task = owner.and_then(|it| it.task()).cloned().unwrap_or_default();
        let whom = interface_name(&target.interface, world);
        let health = match target.health.state {
            TargetState::Unhealthy(_) => format!(
                ". It finds that target unhealthy ({}), and uses it all the same, since no target is healthy",
                reason(target.health.state)
            ),
            TargetState::Initial => ". It has not checked that target yet".to_owned(),
            _ => String::new(),
        };
        let sentence = format!(
            "The listener of {name} forwards to target group {}, which hands the request on to {whom} on port {}{health}.",
            group.name(),
            target.port
        );
        let places = (!task.as_str().is_empty()).then(|| at_task(&task));
        found.chain.push(
            Link::new(at, sentence)
                .decided(
                    format!("target group {}", group.name()),
                    format!("{}:{}", target.id, target.port),
                )
                .seen(places),
        );
    }
    found.cause = flow::name(&inner, world);
    let by = ground.turned_by(|before| {
        let network = before.network();
        network.load_balancers.get(trace.balancer()?)?;
        Some(network.walk(&question.flow_in(network)).delivered())
    });
    let mut link = root_of(ground, &inner, at, &task, by);
    if let (Some(Code::NoListener), Some((group, target))) =
        (inner.code(), target_of(network, trace))
    {
        by_another_port(ground, &mut link, group, target);
    }
    found.chain.push(link);
}

/// A target on whose port nothing listens: the group says that port, not the task.
fn by_another_port(
    ground: &Ground<'_>,
    link: &mut Link,
    group: &TargetGroup,
    target: &BalancedTarget,
) {
    link.part = format!("target group {}", group.name());
    link.rule = format!("{}:{}", target.id, target.port);
    link.by = ground.turned_by(|before| {
        let known = before.network().target_groups.get(&group.id)?;
        let mut targets = known.targets.iter();
        Some(!targets.any(|it| it.id == target.id && it.port == target.port))
    });
}

/// `Target.Timeout: Request timed out`.
pub(super) fn reason(state: TargetState) -> String {
    match state.reason() {
        Some(reason) => format!("{reason}: {}", state.description()),
        None => state.aws().to_owned(),
    }
}

fn sentence_of(rule: &str) -> String {
    let mut letters = rule.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn listeners(balancer: &LoadBalancer) -> String {
    let all = balancer.listeners.iter();
    let told: Vec<String> = all
        .map(|it| format!("{} {}", it.protocol, it.port))
        .collect();
    if told.is_empty() {
        "it has none at all.".to_owned()
    } else {
        format!("it listens on {}.", told.join(" and "))
    }
}

/// A target whose address nothing has any more: what became of the task that had it.
fn gone(
    ground: &Ground<'_>,
    found: &mut Explanation,
    group: Option<&TargetGroup>,
    name: &str,
    at: SimTime,
) {
    let world = &ground.world;
    let Some(group) = group else {
        return;
    };
    found.cause = "target-gone";
    let targets: Vec<&str> = group.targets.iter().map(|it| &*it.id).collect();
    let had = |task: &&Task| {
        let address = task.attached.as_ref().map(|it| it.private_ip.to_string());
        task.stop.is_some() && address.is_some_and(|it| targets.contains(&it.as_str()))
    };
    let tasks = world.tasks().values().map(AsRef::as_ref);
    let task = tasks.filter(had).max_by_key(|it| it.stopped);
    let sentence = format!(
        "The listener of {} forwards to target group {}, whose target {} is an address that nothing has{}.",
        name,
        group.name(),
        targets.join(", "),
        task.map_or_else(String::new, |it| format!(" since {} stopped", title(it)))
    );
    let mut link = Link::new(at, sentence)
        .decided(format!("target group {}", group.name()), targets.join(", "));
    let Some(task) = task else {
        link.by = ground.touched_by(&[group.id.as_str()]);
        found.chain.push(link);
        return;
    };
    "Register a task that runs: one that is run again has another address."
        .clone_into(&mut found.help);
    found.chain.push(link.seen([at_task(&task.id)]));
    let said = found.said.take();
    let help = found.help.clone();
    story::add_stop(ground, found, task);
    found.state = State::Wrong;
    (found.said, found.help) = (said, help);
}

/// Where the target is a task that is gone and none that runs can take its place: what cures its end, and another one like it.
fn run_again(found: &mut Explanation, world: &World, trace: &Trace, question: &Question) {
    let network = world.network();
    let Some(group) = group_of(network, trace) else {
        return;
    };
    let targets: Vec<&str> = group.targets.iter().map(|it| &*it.id).collect();
    let had = |task: &&Task| {
        let address = task.attached.as_ref().map(|it| it.private_ip.to_string());
        task.stop.is_some() && address.is_some_and(|it| targets.contains(&it.as_str()))
    };
    let tasks = world.tasks().values().map(AsRef::as_ref);
    let Some(task) = tasks.filter(had).max_by_key(|it| it.stopped) else {
        return;
    };
    let now = world.now();
    let (cures, holds) = match of_stop(task, now) {
        Some(trouble) => (
            cures::of_task_trouble(world, task, &trouble),
            story::holds(task, task.stopped.unwrap_or(now)),
        ),
        None => (vec![cures::run_again()], 0),
    };
    found.cures = cures;
    found.goal = Some(Goal::Replaced {
        task: task.id.clone(),
        group: group.id.clone(),
        question: Box::new(question.clone()),
        holds,
    });
}
