//! Why a task is as it is: stopped, on its way, waiting, unhealthy, not reached, or well.

use super::branch::seconds;
use super::flow::{at_task, refused_lately};
use super::ground::{Ground, title};
use super::trouble::{of_living, of_stop, waiting};
use super::{Explanation, Link, State, asks, balance, checks, cures, flow, logs, service, story};
use crate::session::Session;
use fargate_core::event::Fact;
use fargate_core::ids::TaskId;
use fargate_core::network::{Endpoint, Flow, Question};
use fargate_core::task::{Health, Scheduled, Task, TaskState, Why};
use fargate_core::units::{SimSpan, SimTime};
use fargate_core::world::World;

/// How far ahead a task that is on its way is followed.
const FOLLOWED: SimSpan = SimSpan::secs(900);
/// How long ago a request may have been that did not arrive.
const LATELY: u64 = 120_000;

pub(super) fn of(session: &Session, id: &TaskId) -> Result<Explanation, String> {
    let ground = Ground::now(session);
    let world = &ground.world;
    let Some(task) = world.tasks().get(id).cloned() else {
        super::ground::task_called(world, id.as_str())?;
        return Err(format!("No task has the id {id} at {}.", world.now()));
    };
    let mut found = if task.stop.is_some() {
        stopped(&ground, &task)
    } else if task.state() < TaskState::Running {
        on_its_way(session, &ground, &task)
    } else {
        living(&ground, &task)
    };
    let fine = checks::of(&ground, &task);
    for line in fine {
        if !found.checked.contains(&line) {
            found.checked.push(line);
        }
    }
    Ok(found)
}

fn stopped(ground: &Ground<'_>, task: &Task) -> Explanation {
    let at = ground.when(&task.id, |fact| matches!(fact, Fact::Stopping { .. }));
    let state = task.state();
    let since = task.stages.last().map_or(at, |stage| stage.from);
    let name = title(task);
    let mut found = Explanation::of(
        name.clone(),
        format!("{name} has been {} since {since}.", state.aws()),
    );
    story::add_stop(ground, &mut found, task);
    if let Some(trouble) = of_stop(task, ground.world.now()) {
        story::add_cures(ground, &mut found, task, &trouble, at);
        return found;
    }
    let how = match task.stop.as_ref().map(|it| it.why) {
        Some(Why::Asked) => format!("is {}, as was asked of it", state.aws()),
        Some(Why::Scheduled(Scheduled::Scaling)) => {
            format!("is {}, as its service wanted it", state.aws())
        }
        Some(Why::Scheduled(Scheduled::Retired)) => {
            format!("is {}, since AWS retired it", state.aws())
        }
        Some(Why::Scheduled(_)) => {
            found.state = State::Wrong;
            service::go_on(ground, &mut found, task);
            return found;
        }
        _ => format!("has done its work and is {}", state.aws()),
    };
    found.title = format!("Nothing is wrong: {name} {how}.");
    found
}

/// A task that is not RUNNING yet: followed ahead, as if nobody did anything.
fn on_its_way(session: &Session, ground: &Ground<'_>, task: &Task) -> Explanation {
    let now = ground.world.now();
    let (name, state) = (title(task), task.state().aws());
    let mut ahead = Ground::now(session);
    let id = task.id.clone();
    let decided = |world: &World| {
        let task = world.tasks().get(&id);
        task.is_none_or(|it| it.stop.is_some() || it.state() == TaskState::Running)
    };
    ahead.look_ahead(now + FOLLOWED, decided);
    let then = ahead.world.tasks().get(&task.id).cloned();
    let later = seconds(ahead.world.now() - now);
    let mut found = Explanation::of(name.clone(), String::new());
    match then {
        Some(then) if then.state() == TaskState::Running && then.stop.is_none() => {
            found.title =
                format!("Nothing is wrong: {name} is {state}, and will be RUNNING in {later}.");
            let doing = doing(task);
            found
                .chain
                .push(Link::new(now, doing).seen([at_task(&task.id)]));
            let by = ground.ran(&task.id);
            if let Some(deed) = by {
                let at = deed.at;
                found
                    .chain
                    .insert(0, Link::new(at, format!("{name} was run.")).by(Some(deed)));
            }
        }
        Some(then) if then.stop.is_some() => {
            story::add_stop(&ahead, &mut found, &then);
            let at = ahead.world.now();
            found.title = format!("{name} is {state}, and will stop in {later}.");
            found.chain.insert(
                0,
                Link::new(now, format!("{name} is {state}. {}", doing(task)))
                    .seen([at_task(&task.id)]),
            );
            if let Some(trouble) = of_stop(&then, at) {
                story::add_cures(ground, &mut found, task, &trouble, at);
            }
        }
        _ => {
            found.title = format!("{name} is {state}, and stays so.");
            let then = then.as_deref().unwrap_or(task);
            let trouble = waiting(then, ahead.world.now());
            // whom it waits for is the trouble's own step
            let sentence = match trouble {
                Some(_) => format!("{name} is {state}."),
                None => format!("{name} is {state}. {}", doing(task)),
            };
            found
                .chain
                .push(Link::new(now, sentence).seen([at_task(&task.id)]));
            if let Some(trouble) = trouble {
                story::add(&ahead, &mut found, then, &trouble);
                found.cures = cures::of_task_trouble(&ahead.world, then, &trouble);
                found.goal = Some(story::goal(ground, task, 0));
            }
        }
    }
    found
}

/// What a task is at.
fn doing(task: &Task) -> String {
    match task.state() {
        TaskState::Provisioning if task.interface.is_none() => {
            "Its interface is being made.".to_owned()
        }
        TaskState::Provisioning => "Its interface is being attached.".to_owned(),
        TaskState::Pending if task.pull_started.is_some() => {
            "It fetches what it needs to start.".to_owned()
        }
        TaskState::Pending => "It is about to fetch what it needs to start.".to_owned(),
        _ => {
            let waits = (0..task.containers.len()).find_map(|place| {
                let other = task.waits_for(place)?;
                Some(format!(
                    "{} waits for {}.",
                    task.containers[place].name,
                    crate::cards::sentences::waits_for(other)
                ))
            });
            waits.unwrap_or_else(|| "Its containers are starting.".to_owned())
        }
    }
}

/// A task that runs.
fn living(ground: &Ground<'_>, task: &Task) -> Explanation {
    let now = ground.world.now();
    let name = title(task);
    let since = task.stages.last().map_or(now, |stage| stage.from);
    let mut found = Explanation::of(
        name.clone(),
        format!("{name} has been RUNNING since {since}, but not all is well with it."),
    );
    if let Some(trouble) = of_living(task, now) {
        found.state = State::Wrong;
        found.chain.push(
            Link::new(
                since,
                format!("{name} is RUNNING, {}.", task.health().aws()),
            )
            .seen([at_task(&task.id)]),
        );
        story::add(ground, &mut found, task, &trouble);
        let at = found.root().map_or(now, |root| root.at);
        story::add_cures(ground, &mut found, task, &trouble, at);
        return found;
    }
    let lately = SimTime(now.0.saturating_sub(LATELY)).max(since);
    if let Some(of_request) = refused_lately(ground, &task.id, lately) {
        return Explanation {
            title: format!("{name} is RUNNING, and requests to it do not arrive."),
            subject: name,
            ..of_request
        };
    }
    if let Some(of_check) = balance::unhealthy(ground, task) {
        return Explanation {
            title: format!("{name} is RUNNING, and its load balancer finds it unhealthy."),
            subject: name,
            ..of_check
        };
    }
    if let Some(of_call) = unanswered(ground, task) {
        return Explanation {
            title: format!("{name} is RUNNING, and a call of its own does not come through."),
            subject: name,
            ..of_call
        };
    }
    if let Some(of_asks) = asks::unanswered(ground, task) {
        return Explanation {
            title: format!(
                "{name} is RUNNING, and AWS does not give it what it asks for: requests are answered with 500."
            ),
            subject: name,
            ..of_asks
        };
    }
    if let Some(of_logs) = logs::unread(ground, task) {
        return Explanation {
            title: format!("{name} is RUNNING, and what it logs cannot be read."),
            subject: name,
            ..of_logs
        };
    }
    let health = match task.health() {
        Health::Healthy => ", and is HEALTHY",
        _ => "",
    };
    found.title = format!("Nothing is wrong: {name} has been RUNNING since {since}{health}.");
    found
}

/// A call that a container makes by itself, and that does not come through.
fn unanswered(ground: &Ground<'_>, task: &Task) -> Option<Explanation> {
    let interface = task.interface.clone()?;
    let mut told: Vec<(std::net::Ipv4Addr, u16)> = Vec::new();
    let mut latest = ground
        .latest()
        .filter(|event| event.fact.task() == Some(&task.id));
    let event = latest.find(|event| match &event.fact {
        Fact::Called {
            to, port, reached, ..
        } => {
            let new = !told.contains(&(*to, *port));
            told.push((*to, *port));
            new && !reached
        }
        _ => false,
    })?;
    let Fact::Called {
        container,
        to,
        port,
        ..
    } = &event.fact
    else {
        return None;
    };
    let question = Question::of(Flow::tcp(Endpoint::Interface(interface), *to, *port));
    let network = ground.world.network();
    let trace = network.walk(&question.flow_in(network));
    if trace.delivered() {
        return None;
    }
    let from = format!("{container} of {}", title(task));
    Some(flow::explain(
        ground,
        &trace,
        question,
        &task.id,
        event.at,
        &from,
        &to.to_string(),
    ))
}
