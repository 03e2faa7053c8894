//! Explanations in sentences: the steps of a request, why it was refused, and cures that were tried before they are offered.

use crate::cards::flights::{end, place};
use crate::view::{FixCard, StepCard, TraceCard};
use crate::words;
use fargate_core::call::{
    AttachInternetGateway, AuthorizeSecurityGroupIngress, Call, CreateRoute, IpPermission,
    SendRequests, TrafficSource,
};
use fargate_core::event::{Event, Fact};
use fargate_core::ids::TaskId;
use fargate_core::network::{Code, Direction, Ending, Endpoint, Flow, Hop, Part, Phase, Trace};
use fargate_core::world::World;

/// The steps of a request, with the cures where it was refused; `None` for an event that is no request.
pub(crate) fn trace(event: &Event, world: &World) -> Option<TraceCard> {
    let Fact::Request { task, trace, .. } = &event.fact else {
        return None;
    };
    let code = match trace.ending {
        Ending::Denied(code) => Some(code),
        Ending::Delivered | Ending::Refused => None,
    };
    let decided = trace.decided_by();
    Some(TraceCard {
        title: title(trace, world),
        route: format!("{} → {}", trace.from, private(trace, task, world)),
        what: format!("TCP {} at {}", trace.port, event.at),
        end: end(trace),
        steps: trace
            .hops
            .iter()
            .map(|hop| step(hop, task, world))
            .collect(),
        code: code.map(Code::aws),
        sentence: decided
            .map(|hop| sentence(hop, trace, world))
            .unwrap_or_default(),
        fixes: cures(trace, world),
        again: again(trace, task, world),
    })
}

/// One request of the same kind, from the task that has the sender's address, else from the Internet.
fn again(trace: &Trace, task: &TaskId, world: &World) -> Option<Call> {
    world.tasks().get(task)?;
    let mut interfaces = world.network().interfaces.values();
    let sender =
        interfaces.find_map(|interface| interface.task().filter(|_| interface.has(trace.from)));
    let request = SendRequests {
        from: sender.map_or(TrafficSource::Internet, |sender| {
            TrafficSource::Task(sender.clone())
        }),
        to: task.clone(),
        port: trace.port,
        count: 1,
        rate_tenths: 10,
    };
    Some(request.into())
}

fn private(trace: &Trace, task: &TaskId, world: &World) -> String {
    let interface = world.network().interface_of(task);
    interface.map_or_else(
        || trace.to.to_string(),
        |interface| interface.private_ip.to_string(),
    )
}

fn title(trace: &Trace, world: &World) -> String {
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
        other => other.id(),
    }
}

fn step(hop: &Hop, task: &TaskId, world: &World) -> StepCard {
    let direction = match (&hop.part, hop.direction) {
        (Part::Loopback(_) | Part::Listener(..) | Part::Internet(_), _) => "",
        (_, Direction::In) => ", in",
        (_, Direction::Out) => ", out",
    };
    let back = if hop.phase == Phase::Return {
        ", answer"
    } else {
        ""
    };
    let name = part(&hop.part, world);
    let mut name = format!("{name}{direction}{back}");
    if name.starts_with("the ") || name.starts_with("route ") {
        let first = name[..1].to_ascii_uppercase();
        name.replace_range(..1, &first);
    }
    StepCard {
        part: name,
        rule: hop.rule.clone(),
        passed: hop.passed,
        place: place(&hop.part, task, world),
    }
}

pub(crate) fn sentence(hop: &Hop, trace: &Trace, world: &World) -> String {
    let (port, name) = (trace.port, part(&hop.part, world));
    match trace.ending {
        Ending::Delivered => format!("{name} answers, and the answer finds its way back."),
        Ending::Refused => {
            format!(
                "The request arrives, but nothing listens on {} {port}. The sender is told at once.",
                trace.protocol
            )
        }
        Ending::Denied(Code::EniSgRulesMismatch) => {
            format!("{}No matching rule means deny.", near_miss(hop, trace, world))
        }
        Ending::Denied(Code::SgHasNoRules) => {
            let way = if hop.direction == Direction::In { "inbound" } else { "outbound" };
            format!("{name} has no {way} rule. No matching rule means deny.")
        }
        Ending::Denied(Code::NoRouteToDestination) => {
            "The subnet's route table has no route to the Internet, so the answer cannot leave.".to_owned()
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
            format!("{name}: {}.{}", hop.rule, near.unwrap_or_default())
        }
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
        .map(|rule| words::ingress(rule, world))
        .collect();
    if rules.is_empty() {
        return String::new();
    }
    format!(
        "It allows {}, not TCP {} from {}. ",
        rules.join(" and "),
        trace.port,
        trace.from
    )
}

/// Cures, the narrowest first. Each is tried on a copy of the world: only what lets the request through is offered.
pub(crate) fn cures(trace: &Trace, world: &World) -> Vec<FixCard> {
    let Some(hop) = trace
        .decided_by()
        .filter(|_| matches!(trace.ending, Ending::Denied(_)))
    else {
        return Vec::new();
    };
    let mut candidates = Vec::new();
    match &hop.part {
        Part::SecurityGroups(groups, _) if hop.direction == Direction::In => {
            let Some(group) = groups.first() else {
                return candidates;
            };
            let from = [
                (format!("{}/32", trace.from), trace.from.to_string()),
                ("0.0.0.0/0".to_owned(), "anywhere".to_owned()),
            ];
            for (block, words) in from {
                let input = AuthorizeSecurityGroupIngress {
                    group_id: group.clone(),
                    ip_permissions: vec![IpPermission::tcp(trace.port, &block)],
                };
                candidates.push(fix(
                    format!("Allow TCP {} from {words}", trace.port),
                    vec![input.into()],
                ));
            }
        }
        Part::RouteTable(table, subnet) => {
            let vpc = world
                .network()
                .subnets
                .get(subnet)
                .map(|subnet| &subnet.vpc);
            if let Some(gateway) = vpc.and_then(|vpc| world.network().internet_gateway_of(vpc)) {
                let input = CreateRoute {
                    route_table_id: table.clone(),
                    destination_cidr_block: Some("0.0.0.0/0".to_owned()),
                    gateway_id: Some(gateway.id.to_string()),
                    ..Default::default()
                };
                candidates.push(fix(
                    "Add a default route to the gateway".to_owned(),
                    vec![input.into()],
                ));
            }
        }
        Part::InternetGateway(_) if hop.direction == Direction::In => {
            let free = world
                .network()
                .internet_gateways
                .values()
                .find(|gateway| gateway.vpc.is_none());
            if let (Some(gateway), Some(vpc)) = (free, world.network().vpcs.values().next()) {
                let input = AttachInternetGateway {
                    internet_gateway_id: gateway.id.clone(),
                    vpc_id: vpc.id.clone(),
                };
                candidates.push(fix(
                    "Attach the internet gateway".to_owned(),
                    vec![input.into()],
                ));
            }
        }
        _ => {}
    }
    candidates.retain(|fix| works(fix, trace, world));
    candidates
}

fn fix(title: String, calls: Vec<Call>) -> FixCard {
    FixCard { title, calls }
}

fn works(fix: &FixCard, trace: &Trace, world: &World) -> bool {
    let mut trial = world.clone();
    if fix
        .calls
        .iter()
        .any(|call| trial.apply(u32::MAX, call, &mut Vec::new()).is_err())
    {
        return false;
    }
    let network = trial.network();
    let sender = network
        .interfaces
        .values()
        .find(|interface| interface.has(trace.from));
    let from = sender.map_or(Endpoint::Internet(trace.from), |interface| {
        Endpoint::Interface(interface.id.clone())
    });
    let flow = Flow {
        protocol: trace.protocol,
        ..Flow::tcp(from, trace.to, trace.port)
    };
    network.walk(&flow).delivered()
}
