//! Why a connection does not come about: who asked whom for what, and since which call it goes wrong.

mod root;

pub(super) use root::{called, name, of_aws, passed, root_of, upper};

use super::ground::{Ground, title};
use super::story;
use super::{Explanation, Goal, Link, Reference, Said, State, balance, cures};
use crate::explain;
use crate::reach::{self, Ask};
use crate::session::Session;
use crate::view::Place;
use fargate_core::event::{EventId, Fact};
use fargate_core::ids::TaskId;
use fargate_core::network::{Code, Destination, Ending, Endpoint, Part, Question, Trace, cure};
use fargate_core::units::SimTime;
use fargate_core::world::World;
use std::sync::Arc;

/// A request of the log.
pub(super) fn of_request(session: &Session, number: u64) -> Result<Explanation, String> {
    let event = session.event(EventId(number));
    let Some((event, (task, trace))) = event.and_then(|event| match &event.fact {
        Fact::Request { task, trace, .. } => Some((event, (task.clone(), trace.clone()))),
        _ => None,
    }) else {
        return Err(format!(
            "Event {number} is no request of this run. Requests are told in its event log."
        ));
    };
    let ground = Ground::now(session);
    let mut question = explain::question(&trace, &task, &ground.world);
    if trace.to.is_unspecified()
        && let Some(name) = asked_name(&trace)
    {
        question.flow.to = Destination::Name(name);
    }
    let from = sender(&ground.world, &question);
    if let Some(found) = super::asks::of_request(&ground, event, &from) {
        return Ok(found);
    }
    let to = ground
        .world
        .tasks()
        .get(&task)
        .map_or_else(|| receiver(&ground.world, &trace, &task), |it| title(it));
    Ok(explain(
        &ground, &trace, question, &task, event.at, &from, &to,
    ))
}

/// A question about two ends.
pub(super) fn of_question(session: &Session, ask: &Ask) -> Result<Explanation, String> {
    let ground = Ground::now(session);
    let asked = reach::asked(&ground.world, ask)?;
    let network = ground.world.network();
    let trace = network.walk(&asked.question.flow_in(network));
    let (question, beside) = (asked.question, asked.beside);
    let at = ground.world.now();
    Ok(explain(
        &ground,
        &trace,
        question,
        &beside,
        at,
        &asked.from,
        &asked.to,
    ))
}

/// The name that was looked up.
fn asked_name(trace: &Trace) -> Option<Arc<str>> {
    trace.hops.iter().find_map(|hop| match &hop.part {
        Part::Name(name) => Some(name.clone()),
        _ => None,
    })
}

/// What was asked for where it is no task, by name.
fn receiver(world: &World, trace: &Trace, task: &TaskId) -> String {
    if !task.as_str().is_empty() {
        return format!("task {}", task.short());
    }
    let mut interfaces = world.network().interfaces.values();
    let found = interfaces
        .find(|it| it.has(trace.to) || it.public_ip.map(std::net::IpAddr::V4) == Some(trace.to));
    match (found, asked_name(trace)) {
        (Some(it), _) => reach::interface_name(&it.id, world),
        (None, Some(name)) => name.to_string(),
        (None, None) => trace.to.to_string(),
    }
}

/// Who asks, by name.
fn sender(world: &World, question: &Question) -> String {
    match &question.flow.from {
        Endpoint::Internet(_) if question.anyone => "the Internet".to_owned(),
        Endpoint::Internet(address) => address.to_string(),
        Endpoint::Interface(id) => reach::interface_name(id, world),
    }
}

/// What was asked for: 'TCP 8080'.
pub(super) fn what(trace: &Trace) -> String {
    if trace.protocol.has_ports() {
        format!("{} {}", trace.protocol, trace.port)
    } else {
        trace.protocol.to_string()
    }
}

pub(super) fn explain(
    ground: &Ground<'_>,
    trace: &Trace,
    question: Question,
    task: &TaskId,
    at: SimTime,
    from: &str,
    to: &str,
) -> Explanation {
    let world = &ground.world;
    let network = world.network();
    let what = what(trace);
    let subject = format!("{from} to {to} on {what}");
    if trace.delivered() {
        let title = format!("Nothing is wrong: {from} reaches {to} on {what}.");
        let mut found = Explanation::of(subject, title);
        found.checked = passed(trace, world);
        return found;
    }
    if trace.balancer().is_some() {
        return balance::explain(ground, trace, question, at, from);
    }
    let told = if trace.ending == Ending::Refused {
        "was refused by"
    } else {
        "got no answer from"
    };
    let symptom = Link::new(at, format!("{} {told} {to} on {what}.", upper(from)));
    let mut found = Explanation::of(subject, symptom.sentence.clone());
    found.state = State::Wrong;
    found.said = of_aws(trace).map(|code| Said {
        code: code.to_owned(),
        message: String::new(),
    });
    found.chain.push(symptom);
    found.checked = passed(trace, world);
    // who is asked for may not be there any more: that is a story of its own
    if let Some(target) = world.tasks().get(task).filter(|it| it.stop.is_some())
        && question.to.is_none()
    {
        story::add_stop(ground, &mut found, target);
        return found;
    }
    let now = network.walk(&question.flow_in(network));
    if now.delivered() {
        let link = root_of(ground, trace, at, task, None);
        found.cause = name(trace, world);
        found.chain.push(link);
        "At the moment shown it would arrive.".clone_into(&mut found.help);
        return found;
    }
    found.cause = name(trace, world);
    let well = |before: &World| well(before, &question, task);
    let by = ground.turned_by(well);
    found.chain.push(root_of(ground, trace, at, task, by));
    if trace.code() != Some(Code::NoListener) {
        found.help = cure(network, &question, trace);
    }
    found.cures = cures::of_flow(world, &question, task);
    found.goal = Some(Goal::Arrives {
        task: world.tasks().get(task).map(|it| it.id.clone()),
        question: Box::new(question),
    });
    found
}

/// Whether the connection came about in an account; `None` where one of its ends was not there.
fn well(world: &World, question: &Question, task: &TaskId) -> Option<bool> {
    let network = world.network();
    if let Endpoint::Interface(id) = &question.flow.from {
        network.interfaces.get(id)?;
    }
    if let Some(id) = &question.to {
        network.interfaces.get(id)?;
        let target = world.tasks().get(task);
        // before it ran, that it was not reached says nothing
        target
            .is_none_or(|it| it.containers.iter().any(|it| it.starts > 0))
            .then_some(())?;
    }
    Some(network.walk(&question.flow_in(network)).delivered())
}

/// Requests to a task that would not arrive now: the newest of each way, where it was sent lately.
pub(super) fn refused_lately(
    ground: &Ground<'_>,
    task: &TaskId,
    since: SimTime,
) -> Option<Explanation> {
    let world = &ground.world;
    let network = world.network();
    let mut seen: Vec<(std::net::IpAddr, u16)> = Vec::new();
    for event in ground.latest().take_while(|event| event.at >= since) {
        let Fact::Request {
            task: to, trace, ..
        } = &event.fact
        else {
            continue;
        };
        let way = (trace.from, trace.port);
        if to != task || seen.contains(&way) {
            continue;
        }
        seen.push(way);
        let question = explain::question(trace, task, world);
        let now = network.walk(&question.flow_in(network));
        if !now.delivered() {
            let from = sender(world, &question);
            let to = world.tasks().get(task).map(|it| title(it))?;
            return Some(explain(ground, &now, question, task, event.at, &from, &to));
        }
    }
    None
}

/// A step for a task on the canvas.
pub(super) fn at_task(task: &TaskId) -> Reference {
    Reference::Canvas(Place::Interface(task.clone()))
}
