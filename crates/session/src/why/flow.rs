//! Why a connection does not come about: the part that decided, its rule, and the call that made it so.

use super::definition::{line, of_container};
use super::ground::{Ground, title};
use super::story;
use super::{Explanation, Goal, Link, Reference, Said, State, balance, cures};
use crate::cards::flights::place;
use crate::explain;
use crate::reach::{self, Ask};
use crate::session::Session;
use crate::view::Place;
use fargate_core::event::{EventId, Fact};
use fargate_core::ids::TaskId;
use fargate_core::network::{
    Code, Destination, Direction, Ending, Endpoint, Owner, Part, Phase, Question, Trace, cure,
};
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

/// The root: the part that stopped it.
pub(super) fn root_of(
    ground: &Ground<'_>,
    trace: &Trace,
    at: SimTime,
    task: &TaskId,
    by: Option<super::Deed>,
) -> Link {
    let world = &ground.world;
    let Some(hop) = trace.decided_by() else {
        return Link::new(at, "Nothing on the way is known.");
    };
    let part = called(&hop.part, world);
    let mut sentence = explain::sentence(hop, trace, world);
    // a part that goes by its id is named as what it is
    sentence = sentence.replace(&explain::part(&hop.part, world), &part);
    match (&hop.part, trace.code().unwrap_or(Code::BadState)) {
        (
            Part::SecurityGroups(groups, interface),
            Code::SgHasNoRules | Code::EniSgRulesMismatch,
        ) => {
            let way = if hop.direction == Direction::In {
                "into"
            } else {
                "out of"
            };
            let (whose, asked) = (owner(world, interface), what(trace));
            let (verb, them) = if groups.len() == 1 {
                ("does", "It has")
            } else {
                ("do", "They have")
            };
            sentence = sentence.replace(&format!("{part} has"), them);
            sentence = format!(
                "{} {verb} not let {asked} {way} {whose}. {sentence}",
                upper(&part)
            );
        }
        (Part::RouteTable(..), Code::NoRouteToDestination) if hop.phase == Phase::Return => {
            sentence = format!(
                "{} has no route to the sender, {}, so the answer cannot leave.",
                upper(&part),
                trace.from
            );
        }
        (Part::RouteTable(..), Code::BadStateRoute) => {
            sentence = format!(
                "{}: {}, since what it leads to is detached or deleted.",
                upper(&part),
                hop.rule
            );
        }
        (Part::Vpc(vpc), Code::DnsDisabled) => {
            sentence = format!("enableDnsSupport of {vpc} is off, so no name can be found in it.");
        }
        (Part::NatGateway(nat), Code::NatSameSubnetLoop) => {
            sentence = format!("NAT gateway {nat} {}.", hop.rule);
        }
        _ if !sentence.contains(&part) && !sentence.contains(&upper(&part)) => {
            sentence = format!("{}: {sentence}", upper(&part));
        }
        _ => {}
    }
    let through = trace.hops.iter().find_map(|hop| match &hop.part {
        Part::NatGateway(nat) => Some(nat),
        _ => None,
    });
    if let (Part::RouteTable(_, subnet), Some(nat)) = (&hop.part, through)
        && world
            .network()
            .nat_gateways
            .get(nat)
            .is_some_and(|it| it.subnet == *subnet)
    {
        sentence = format!("{sentence} NAT gateway {nat} stands there.");
    }
    let mut by = by.or_else(|| touched(ground, trace));
    let mut places = vec![Reference::Canvas(place(&hop.part, task, world))];
    if let (Some(Code::NoListener), Some(found)) = (trace.code(), world.tasks().get(task)) {
        let interface = world.network().interface_of(task);
        let told = interface
            .map(|it| it.listeners.iter())
            .into_iter()
            .flatten();
        let told = told.filter(|it| !it.loopback_only);
        let told: Vec<String> = told
            .map(|it| format!("{} on {} {}", it.name, it.protocol, it.port))
            .collect();
        sentence = if told.is_empty() {
            "The request arrives, and nothing listens there on any port.".to_owned()
        } else {
            format!(
                "The request arrives, and nothing listens there on {} {}. What listens is {}.",
                trace.protocol,
                trace.port,
                told.join(", ")
            )
        };
        by = by.or_else(|| ground.registered(&found.revision));
        places.extend(line(world, found, &of_container(0, &["portMappings"])));
    }
    sentence = sentence
        .replace(". rule ", ". Rule ")
        .replace(": would ", ": it would ");
    if hop.phase == Phase::Return {
        sentence = format!("The request arrives, and the answer does not come back. {sentence}");
    }
    let id = hop.part.id();
    let part = if part.contains(&id) {
        part
    } else {
        format!("{part} ({id})")
    };
    Link::new(at, sentence)
        .decided(part, hop.rule.clone())
        .by(by)
        .seen(places)
}

/// What a part is called, where it would go by its id or a bare name: 'security group web', 'target group web'.
pub(super) fn called(part: &Part, world: &World) -> String {
    let name = explain::part(part, world);
    match part {
        Part::SecurityGroups(groups, _) if groups.len() > 1 => format!("security groups {name}"),
        Part::SecurityGroups(..) => format!("security group {name}"),
        Part::TargetGroup(id) => {
            let found = world.network().target_groups.get(id);
            format!(
                "target group {}",
                found.map_or(name.as_str(), |it| it.name())
            )
        }
        Part::LoadBalancer(_) => format!("load balancer {name}"),
        Part::NatGateway(_) => format!("NAT gateway {name}"),
        Part::Listener(_, Some(_)) => format!("container {name}"),
        _ => name,
    }
}

/// Whose interface it is: 'the endpoint vpce-…', 'task a3f2'.
fn owner(world: &World, interface: &fargate_core::ids::NetworkInterfaceId) -> String {
    match world
        .network()
        .interfaces
        .get(interface)
        .map(|it| &it.owner)
    {
        Some(Owner::Endpoint(endpoint)) => format!("the endpoint {endpoint}"),
        // the task that had it is gone
        None => "the task".to_owned(),
        _ => reach::interface_name(interface, world),
    }
}

/// The call that last touched the part that decided.
fn touched(ground: &Ground<'_>, trace: &Trace) -> Option<super::Deed> {
    let hop = trace.decided_by()?;
    let id = hop.part.id();
    let ids: Vec<&str> = id.split('+').filter(|id| !id.is_empty()).collect();
    ground.touched_by(&ids)
}

/// The stable name of what stopped a walk.
pub(super) fn name(trace: &Trace, world: &World) -> &'static str {
    let Some(code) = trace.code() else {
        return "";
    };
    let hop = trace.decided_by();
    let of_endpoint = hop.is_some_and(|hop| match &hop.part {
        Part::SecurityGroups(_, id) => {
            let found = world.network().interfaces.get(id);
            found.is_some_and(|it| matches!(it.owner, Owner::Endpoint(_)))
        }
        _ => false,
    });
    let inbound = hop.is_some_and(|hop| hop.direction == Direction::In);
    match code {
        Code::NoListener => "no-listener",
        Code::NoRouteToDestination => "no-route",
        Code::BadStateRoute => "dead-route",
        Code::SubnetAclRestriction => "network-acl",
        Code::SgHasNoRules | Code::EniSgRulesMismatch if of_endpoint => "endpoint-group",
        Code::SgHasNoRules | Code::EniSgRulesMismatch if inbound => "group-in",
        Code::SgHasNoRules | Code::EniSgRulesMismatch => "group-out",
        Code::SgReferencesNotPreserved => "group-in",
        Code::IgwPublicIpAssociationForEgress
        | Code::IgwPrivateIpAssociationForIngress
        | Code::UnroutablePrivateDestination => "no-public-address",
        Code::DnsDisabled => "dns-off",
        Code::NxDomain => "name-unknown",
        Code::NatNotInPublicSubnet | Code::NatSameSubnetLoop => "nat-misplaced",
        Code::BadState => "not-available",
        other => other.aws(),
    }
}

/// The code that Reachability Analyzer would give; nothing where it has none, as for a port on which nobody listens.
pub(super) fn of_aws(trace: &Trace) -> Option<&'static str> {
    let code = trace.code()?.aws();
    (!code.starts_with("X_")).then_some(code)
}

/// The parts that let it pass, as what was looked at and is fine.
pub(super) fn passed(trace: &Trace, world: &World) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for hop in trace.hops.iter().filter(|hop| hop.passed) {
        let way = match (hop.phase, hop.direction) {
            (Phase::Return, _) => " (answer)",
            (Phase::Forward, Direction::In) => " (in)",
            (Phase::Forward, Direction::Out) => " (out)",
        };
        let called = upper(&called(&hop.part, world));
        let line = match &hop.part {
            Part::Name(_) => format!("{called} {}", hop.rule),
            Part::TargetGroup(_) => format!("{called}: {}", said_of(&hop.rule, world)),
            _ => format!("{called}{way}: {}", hop.rule),
        };
        if !told.contains(&line) {
            told.push(line);
        }
    }
    told
}

/// A rule in which a target's interface goes by its owner's name.
fn said_of(rule: &str, world: &World) -> String {
    let all = world.network().interfaces.values();
    let mut named = all.filter(|it| rule.contains(it.id.as_str()));
    named.next().map_or_else(
        || rule.to_owned(),
        |it| rule.replace(it.id.as_str(), &reach::interface_name(&it.id, world)),
    )
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

/// How words that a part begins with begin a sentence; names and ids stay as they are.
pub(super) fn upper(text: &str) -> String {
    const KINDS: [&str; 7] = [
        "the ",
        "route ",
        "security ",
        "target ",
        "load ",
        "container ",
        "task ",
    ];
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if KINDS.iter().any(|it| text.starts_with(it)) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

/// A step for a task on the canvas.
pub(super) fn at_task(task: &TaskId) -> Reference {
    Reference::Canvas(Place::Interface(task.clone()))
}
