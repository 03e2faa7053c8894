//! The part that stopped a connection: what it is called, what it decided by which rule, and the parts that let it pass.

use super::what;
use crate::cards::flights::place;
use crate::explain;
use crate::reach;
use crate::why::definition::{line, of_container};
use crate::why::ground::Ground;
use crate::why::{Deed, Link, Reference};
use fargate_core::ids::TaskId;
use fargate_core::network::{Code, Direction, Owner, Part, Phase, Trace};
use fargate_core::units::SimTime;
use fargate_core::world::World;

/// The root: the part that stopped it.
pub(in crate::why) fn root_of(
    ground: &Ground<'_>,
    trace: &Trace,
    at: SimTime,
    task: &TaskId,
    by: Option<Deed>,
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
        let told = told.filter(|it| it.hears(false));
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
pub(in crate::why) fn called(part: &Part, world: &World) -> String {
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
fn touched(ground: &Ground<'_>, trace: &Trace) -> Option<Deed> {
    let hop = trace.decided_by()?;
    let id = hop.part.id();
    let ids: Vec<&str> = id.split('+').filter(|id| !id.is_empty()).collect();
    ground.touched_by(&ids)
}

/// The stable name of what stopped a walk.
pub(in crate::why) fn name(trace: &Trace, world: &World) -> &'static str {
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
pub(in crate::why) fn of_aws(trace: &Trace) -> Option<&'static str> {
    let code = trace.code()?.aws();
    (!code.starts_with("X_")).then_some(code)
}

/// The parts that let it pass, as what was looked at and is fine.
pub(in crate::why) fn passed(trace: &Trace, world: &World) -> Vec<String> {
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

/// How words that a part begins with begin a sentence; names and ids stay as they are.
pub(in crate::why) fn upper(text: &str) -> String {
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
