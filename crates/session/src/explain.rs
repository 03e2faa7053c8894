//! Explanations in sentences: the steps of a request, why it was refused, and cures that were tried before they are offered.

use crate::cards::flights::{end, failure, next_place};
use crate::reach::fixes;
use crate::view::{FlightEnd, Place, StepCard, TraceCard};
use crate::words;
use fargate_core::call::{Call, SendRequests, TrafficSource, TrafficTarget};
use fargate_core::event::{Event, Fact};
use fargate_core::ids::TaskId;
use fargate_core::network::{
    Code, Direction, Ending, Endpoint, Flow, Hop, INTERNET_CLIENT, Interface, NearMiss, Owner,
    Part, Phase, Question, Trace, cure,
};
use fargate_core::units::SimTime;
use fargate_core::world::World;
use std::net::IpAddr;

/// The steps of a request, with the cures where it was refused; `None` for an event that is no request.
pub(crate) fn trace(event: &Event, events: &[Event], world: &World) -> Option<TraceCard> {
    let Fact::Request { task, trace, .. } = &event.fact else {
        return None;
    };
    let question = question(trace, task, world);
    let mut card = card(trace, &question, world, task, event.at);
    card.route = format!("{} → {}", trace.from, private(trace, &question, world));
    card.again = again(trace, task, world);
    if let Some(Fact::Logged {
        container, line, ..
    }) = failure(events, event).map(|failed| &failed.fact)
    {
        card.end = FlightEnd::Failed;
        let mut there = card.steps.iter_mut();
        if let Some(step) = there.find(|step| matches!(step.place, Place::Container(..))) {
            "answers 500".clone_into(&mut step.rule);
        }
        "Answered with 500".clone_into(&mut card.title);
        card.sentence = format!(
            "The request arrives, but {container} does not get what it needs for the answer: '{line}'"
        );
    }
    Some(card)
}

/// The steps of a walk, and why it ended as it did. What the canvas does not draw is beside a task.
pub(crate) fn card(
    trace: &Trace,
    question: &Question,
    world: &World,
    task: &TaskId,
    at: SimTime,
) -> TraceCard {
    let denied = match trace.ending {
        Ending::Denied(code) => Some(code),
        Ending::Delivered | Ending::Refused => None,
    };
    let decided = trace.decided_by();
    let what = if trace.protocol.has_ports() {
        format!("{} {}", trace.protocol, trace.port)
    } else {
        trace.protocol.to_string()
    };
    let mut steps: Vec<StepCard> = Vec::new();
    for hop in &trace.hops {
        let mut before = steps.iter().rev().filter(|step| !step.part.ends_with(BACK));
        let before = before.next().map(|step| &step.place);
        let place = next_place(&hop.part, before, task, world);
        steps.push(step(hop, place, world));
    }
    TraceCard {
        title: title(trace, world),
        route: format!("{} → {}", trace.from, trace.to),
        what: format!("{what} at {at}"),
        end: end(trace),
        steps,
        code: denied.map(Code::aws),
        sentence: decided
            .map(|hop| sentence(hop, trace, world))
            .unwrap_or_default(),
        near: trace.near.iter().map(near).collect(),
        cure: cure(world.network(), question, trace),
        fixes: fixes(question, world),
        log: crate::flow_logs::of_trace(trace, world, at),
        again: None,
    }
}

pub(crate) fn near(miss: &NearMiss) -> String {
    format!("{}: {}", miss.rule, miss.words)
}

/// What a request asked for: to reach the task, from the interface that has the sender's address, else from the Internet.
pub(crate) fn question(trace: &Trace, task: &TaskId, world: &World) -> Question {
    let network = world.network();
    // a load balancer was asked, not the task behind it
    let asked = |it: &&Interface| {
        let public = it.public_ip.map(IpAddr::V4) == Some(trace.to);
        public || it.has(trace.to) || trace.to.is_loopback() || trace.to.is_unspecified()
    };
    let target = network.interface_of(task).filter(asked);
    let target = target.map(|it| it.id.clone());
    let mut all = network.interfaces.values();
    let sender = if trace.from.is_loopback() {
        target.clone()
    } else {
        all.find(|it| it.has(trace.from)).map(|it| it.id.clone())
    };
    let anyone = sender.is_none() && trace.from == INTERNET_CLIENT;
    let from = sender.map_or(Endpoint::Internet(trace.from), Endpoint::Interface);
    let flow = Flow {
        protocol: trace.protocol,
        ..Flow::tcp(from, trace.to, trace.port)
    };
    Question {
        flow,
        to: target,
        anyone,
    }
}

/// One request of the same kind: from the task, the instance or the host that has the sender's address, else from the Internet.
fn again(trace: &Trace, task: &TaskId, world: &World) -> Option<Call> {
    let network = world.network();
    let mut interfaces = network.interfaces.values();
    let sender = interfaces.find(|it| it.has(trace.from));
    let mut hosts = network.hosts.values();
    let from = match sender.map(|it| &it.owner) {
        Some(Owner::Task(id)) => TrafficSource::Task(id.clone()),
        Some(Owner::Instance(id)) => TrafficSource::Instance(id.clone()),
        _ => match hosts.find(|host| host.address == trace.from) {
            Some(host) => TrafficSource::Host(host.id.clone()),
            None if trace.from.is_loopback() => TrafficSource::Task(task.clone()),
            None => TrafficSource::Internet,
        },
    };
    let to = match (trace.balancer(), world.tasks().get(task)) {
        (Some(balancer), _) => TrafficTarget::LoadBalancer(balancer.clone()),
        (None, Some(_)) => task.clone().into(),
        (None, None) if trace.to.is_unspecified() => return None,
        (None, None) => TrafficTarget::Name(trace.to.to_string().into()),
    };
    let request = SendRequests {
        from,
        to,
        port: trace.port,
        count: 1,
        rate_tenths: 10,
    };
    Some(request.into())
}

fn private(trace: &Trace, question: &Question, world: &World) -> String {
    let target = question.to.as_ref();
    let interface = target.and_then(|id| world.network().interfaces.get(id));
    interface.map_or_else(
        || trace.to.to_string(),
        |interface| interface.private_ip.to_string(),
    )
}

fn title(trace: &Trace, world: &World) -> String {
    if let Some(status) = trace.status {
        return format!("The load balancer answers {status}");
    }
    match trace.ending {
        Ending::Delivered => "Delivered".to_owned(),
        Ending::Refused => format!("Refused: nothing listens on {}", trace.port),
        Ending::Denied(_) => {
            format!(
                "Denied at {}",
                trace
                    .decided_by()
                    .map(|hop| part(&hop.part, world))
                    .unwrap_or_default()
            )
        }
    }
}

/// What a part is called in sentences.
pub(crate) fn part(part: &Part, world: &World) -> String {
    let subnet = |id| {
        world
            .network()
            .subnets
            .get(id)
            .map_or("the subnet", |subnet| subnet.title())
            .to_owned()
    };
    match part {
        Part::InternetGateway(_) => "the internet gateway".to_owned(),
        Part::SubnetAcl { subnet: id, .. } => format!("NACL of {}", subnet(id)),
        Part::RouteTable(_, id) => format!("route table of {}", subnet(id)),
        Part::SecurityGroups(groups, _) => {
            let names: Vec<String> = groups
                .iter()
                .map(|group| words::group_name(group, world))
                .collect();
            names.join(" + ")
        }
        Part::Loopback(_) => "localhost".to_owned(),
        Part::Listener(_, Some((_, name))) => name.to_string(),
        Part::Listener(_, None) => "the task".to_owned(),
        Part::Internet(_) => "the Internet".to_owned(),
        Part::Interface(id) => crate::reach::interface_name(id, world),
        Part::LoadBalancer(id) => {
            let found = world.network().load_balancers.get(id);
            found.map_or_else(|| id.to_string(), |it| it.name().to_owned())
        }
        Part::TargetGroup(id) => {
            let found = world.network().target_groups.get(id);
            let name = found.map_or(id.as_str(), |it| it.name());
            format!("target group {name}")
        }
        other => other.id(),
    }
}

/// How the name of a step on the way back ends.
const BACK: &str = ", answer";

fn step(hop: &Hop, place: Place, world: &World) -> StepCard {
    let direction = match (&hop.part, hop.direction) {
        (Part::Loopback(_) | Part::Listener(..) | Part::Internet(_), _) => "",
        (_, Direction::In) => ", in",
        (_, Direction::Out) => ", out",
    };
    let back = if hop.phase == Phase::Return { BACK } else { "" };
    let name = part(&hop.part, world);
    let mut name = format!("{name}{direction}{back}");
    if ["the ", "route ", "target "]
        .iter()
        .any(|it| name.starts_with(it))
    {
        let first = name[..1].to_ascii_uppercase();
        name.replace_range(..1, &first);
    }
    StepCard {
        part: name,
        rule: rule(hop, world),
        passed: hop.passed,
        place,
    }
}

/// The rule of a step; a target is told by its address.
fn rule(hop: &Hop, world: &World) -> String {
    let Part::TargetGroup(id) = &hop.part else {
        return hop.rule.clone();
    };
    let network = world.network();
    let group = network.target_groups.get(id);
    let mut targets = group.iter().flat_map(|group| &group.targets);
    let chosen = targets.find(|it| hop.rule.contains(it.interface.as_str()));
    let interface = chosen.and_then(|it| network.interfaces.get(&it.interface));
    interface.map_or_else(
        || hop.rule.clone(),
        |it| {
            let address = it.private_ip.to_string();
            hop.rule.replace(it.id.as_str(), &address)
        },
    )
}

pub(crate) fn sentence(hop: &Hop, trace: &Trace, world: &World) -> String {
    if let Some(status) = trace.status {
        let why = match status {
            502 => "Nothing listens on the target's port",
            503 => "The target group has no target that gets requests",
            _ => "The target does not answer",
        };
        let name = capital(&part(&hop.part, world));
        return format!(
            "{why}, so the load balancer answers {status}. {name}: {}.",
            hop.rule
        );
    }
    let (port, name) = (trace.port, part(&hop.part, world));
    match trace.ending {
        Ending::Delivered => {
            let mut there = trace.hops.iter().rev().filter(|hop| hop.phase == Phase::Forward);
            let answered = there.next().map(|hop| part(&hop.part, world));
            let name = capital(&answered.unwrap_or(name));
            format!("{name} answers, and the answer finds its way back.")
        }
        Ending::Refused => {
            format!("The request arrives, but nothing listens on {} {port}. The sender is told at once.", trace.protocol)
        }
        Ending::Denied(Code::EniSgRulesMismatch) => {
            format!("{}No matching rule means deny.", near_miss(hop, trace, world))
        }
        Ending::Denied(Code::SgHasNoRules) => {
            let way = if hop.direction == Direction::In { "inbound" } else { "outbound" };
            format!("{name} has no {way} rule. No matching rule means deny.")
        }
        Ending::Denied(Code::NoRouteToDestination) => {
            if hop.phase == Phase::Return {
                "The subnet's route table has no route to the sender, so the answer cannot leave.".to_owned()
            } else {
                format!("{} has no route to {}.", capital(&name), trace.to)
            }
        }
        Ending::Denied(Code::IgwPrivateIpAssociationForIngress) => {
            "No interface in the VPC has this public address: the task has none, or has given it back.".to_owned()
        }
        Ending::Denied(Code::IgwPublicIpAssociationForEgress) => {
            "The gateway lets out only what has a public address.".to_owned()
        }
        Ending::Denied(Code::NoPossibleDestination) => "Nothing has this address.".to_owned(),
        Ending::Denied(_) => {
            let near = trace.near.first();
            let near = near.map(|miss| format!(" {}: {}.", miss.rule, miss.words));
            format!("{}: {}.{}", capital(&name), hop.rule, near.unwrap_or_default())
        }
    }
}

pub(crate) fn capital(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().filter(|_| {
        ["the ", "route ", "target "]
            .iter()
            .any(|it| name.starts_with(it))
    });
    match first {
        Some(first) => first.to_ascii_uppercase().to_string() + letters.as_str(),
        None => name.to_owned(),
    }
}

/// What was asked of the groups: 'TCP 8080 from 10.0.1.4'.
fn wanted(hop: &Hop, trace: &Trace) -> String {
    let (side, address) = match hop.direction {
        Direction::In => ("from", trace.from),
        Direction::Out => ("to", trace.to),
    };
    if trace.protocol.has_ports() {
        format!("{} {} {side} {address}", trace.protocol, trace.port)
    } else {
        format!("{} {side} {address}", trace.protocol)
    }
}

/// What the groups do allow: the reader sees how near it was.
fn near_miss(hop: &Hop, trace: &Trace, world: &World) -> String {
    let Part::SecurityGroups(groups, _) = &hop.part else {
        return String::new();
    };
    let groups = groups
        .iter()
        .filter_map(|id| world.network().security_groups.get(id));
    let rules: Vec<String> = groups
        .flat_map(|group| {
            if hop.direction == Direction::In {
                &group.ingress
            } else {
                &group.egress
            }
        })
        .map(|rule| match hop.direction {
            Direction::In => words::ingress(rule, world),
            Direction::Out => words::egress(rule, world),
        })
        .collect();
    if rules.is_empty() {
        return String::new();
    }
    format!(
        "It allows {}, not {}. ",
        rules.join(" and "),
        wanted(hop, trace),
    )
}
