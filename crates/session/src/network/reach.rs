//! 'Can A reach B?': one walk, told part by part, and what a shell in a container would print of it.

use crate::cards::flights::end;
use crate::explain;
use crate::session::Session;
use crate::view::{FixCard, FlightEnd};
use fargate_core::ids::NetworkInterfaceId;
use fargate_core::network::{
    Code, Destination, Direction, Endpoint, Flow, Hop, INTERNET_CLIENT, IpProtocol, Network, Part,
    Phase, Trace,
};
use fargate_core::world::World;
use std::net::IpAddr;

/// How somebody tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    /// A TCP connection, as `curl` opens one.
    Curl,
    /// A UDP datagram.
    Udp,
    /// An echo request of ICMP.
    Ping,
    /// A look-up of a name; nothing is sent to what has it.
    Nslookup,
}

impl Probe {
    /// Whether it is sent to a port.
    pub const fn has_port(self) -> bool {
        matches!(self, Self::Curl | Self::Udp)
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The interface that tries; `None` for a host on the Internet.
    pub from: Option<NetworkInterfaceId>,
    /// What it tries to reach: an interface's id, an address, or a name.
    pub to: String,
    /// How.
    pub probe: Probe,
    /// The port; 0 where the probe has none.
    pub port: u16,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ReachCard {
    /// 'Reachable', 'Not reachable: sg-web stops it'.
    pub title: String,
    /// '10.0.1.7 → 10.0.2.9, TCP 5432'.
    pub what: String,
    /// How it ends.
    pub end: FlightEnd,
    /// The code that Reachability Analyzer would use, where it is not reached.
    pub code: Option<&'static str>,
    /// Why, in a sentence.
    pub sentence: String,
    /// Every part that was asked, in order.
    pub steps: Vec<ReachStep>,
    /// What nearly let it pass: 'rule 100 would match if the port were 8080'.
    pub near: Vec<String>,
    /// Cures, each tried on a copy of the account.
    pub fixes: Vec<FixCard>,
    /// What the sender's shell prints.
    pub shell: Vec<String>,
}

/// A part that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReachStep {
    /// 'sg-web, in'.
    pub part: String,
    /// Its id, where it has a card.
    pub id: String,
    /// What it answered, with its rule.
    pub rule: String,
    /// Whether it was asked on the way back.
    pub back: bool,
    /// Whether it let it pass.
    pub passed: bool,
}

impl Session {
    /// Walks what is asked at the moment shown; the account stays as it is.
    pub fn reach(&self, asked: &Asked) -> ReachCard {
        let world = self.world();
        let trace = world.network().walk(&flow(world.network(), asked));
        card(asked, &trace, world)
    }
}

fn flow(network: &Network, asked: &Asked) -> Flow {
    let from = asked.from.clone().map_or(
        Endpoint::Internet(INTERNET_CLIENT.into()),
        Endpoint::Interface,
    );
    let to = destination(network, asked);
    let base = match (asked.probe, &to) {
        (Probe::Ping, Destination::Address(address)) => Flow::ping(from, *address),
        // a name's family is not known before it is looked up; the VPC's names are IPv4's
        (Probe::Ping, _) => Flow::ping(from, INTERNET_CLIENT.into()),
        (Probe::Curl | Probe::Udp | Probe::Nslookup, _) => {
            Flow::tcp(from, INTERNET_CLIENT, asked.port)
        }
    };
    let protocol = if asked.probe == Probe::Udp {
        IpProtocol::UDP
    } else {
        base.protocol
    };
    Flow {
        to,
        protocol,
        ..base
    }
}

/// An interface is reached by its private address from within its VPC, and by its public one from elsewhere.
fn destination(network: &Network, asked: &Asked) -> Destination {
    let text = asked.to.trim();
    let found = network.interfaces.get(&text.into());
    if let Some(interface) = found {
        let address = match (&asked.from, interface.public_ip) {
            (None, Some(public)) => public,
            _ => interface.private_ip,
        };
        return Destination::Address(address.into());
    }
    match text.parse::<IpAddr>() {
        Ok(address) => Destination::Address(address),
        Err(_) => Destination::Name(text.into()),
    }
}

fn card(asked: &Asked, trace: &Trace, world: &World) -> ReachCard {
    let decided = trace.decided_by();
    let looked_up = name_hop(trace);
    let only_name = asked.probe == Probe::Nslookup;
    let hops: Vec<&Hop> = if only_name {
        trace.hops.iter().take(1).collect()
    } else {
        trace.hops.iter().collect()
    };
    let resolved = looked_up.is_some_and(|hop| hop.passed);
    let reached = if only_name {
        resolved
    } else {
        trace.delivered()
    };
    let stopper = decided.map(|hop| explain::part(&hop.part, world));
    let title = match (only_name, reached, end(trace)) {
        (true, true, _) => format!("The name is {}", trace.to),
        (true, false, _) => "The name is not found".to_owned(),
        (false, true, _) => "Reachable".to_owned(),
        (false, false, FlightEnd::Refused) => "Refused: nothing listens there".to_owned(),
        (false, false, _) => format!(
            "Not reachable: stopped at {}",
            stopper.unwrap_or_else(|| "the sender".to_owned())
        ),
    };
    let what = match asked.probe {
        Probe::Curl | Probe::Udp => format!(
            "{} → {}, {} {}",
            trace.from, trace.to, trace.protocol, trace.port
        ),
        Probe::Ping => format!("{} → {}, {}", trace.from, trace.to, trace.protocol),
        Probe::Nslookup => format!("{} asks its resolver", trace.from),
    };
    let said = match decided {
        _ if only_name => String::new(),
        Some(hop) => explain::sentence(hop, trace, world),
        None => "The sender does not exist any more.".to_owned(),
    };
    ReachCard {
        title,
        what,
        end: if reached {
            FlightEnd::Delivered
        } else {
            end(trace)
        },
        code: (!reached).then(|| trace.code().map(Code::aws)).flatten(),
        sentence: said,
        steps: hops.into_iter().map(|hop| step(hop, world)).collect(),
        near: trace
            .near
            .iter()
            .map(|miss| format!("{} {}", miss.rule, miss.words))
            .collect(),
        fixes: if only_name {
            Vec::new()
        } else {
            explain::cures(trace, world)
        },
        shell: shell(asked, trace, world),
    }
}

fn name_hop(trace: &Trace) -> Option<&Hop> {
    let mut hops = trace.hops.iter();
    hops.find(|hop| matches!(hop.part, Part::Name(_)))
}

fn step(hop: &Hop, world: &World) -> ReachStep {
    let direction = match (&hop.part, hop.direction) {
        (Part::Loopback(_) | Part::Listener(..) | Part::Internet(_) | Part::Name(_), _) => "",
        (_, Direction::In) => ", in",
        (_, Direction::Out) => ", out",
    };
    ReachStep {
        part: format!("{}{direction}", explain::part(&hop.part, world)),
        id: match &hop.part {
            // several groups decide together: the first has a card as the others have
            Part::SecurityGroups(groups, _) => {
                groups.first().map(ToString::to_string).unwrap_or_default()
            }
            part => part.id(),
        },
        rule: hop.rule.clone(),
        back: hop.phase == Phase::Return,
        passed: hop.passed,
    }
}

/// What the tools print, at their usual settings with five seconds of patience.
fn shell(asked: &Asked, trace: &Trace, world: &World) -> Vec<String> {
    let network = world.network();
    let target = match network.interfaces.get(&asked.to.trim().into()) {
        Some(_) => trace.to.to_string(),
        None => asked.to.trim().to_owned(),
    };
    let unknown = matches!(trace.code(), Some(Code::NxDomain | Code::DnsDisabled));
    let to = trace.to;
    match asked.probe {
        Probe::Curl => {
            let port = asked.port;
            let last = if unknown {
                format!("curl: (6) Could not resolve host: {target}")
            } else {
                match end(trace) {
                    FlightEnd::Delivered => format!("* Connected to {target} ({to}) port {port}"),
                    FlightEnd::Refused => format!(
                        "curl: (7) Failed to connect to {target} port {port} after 1 ms: Connection refused"
                    ),
                    FlightEnd::Denied => {
                        "curl: (28) Connection timed out after 5001 milliseconds".to_owned()
                    }
                }
            };
            vec![format!("$ curl -v -m 5 {target}:{port}"), last]
        }
        Probe::Udp => vec![
            format!("$ nc -u -w 5 {target} {}", asked.port),
            "UDP tells the sender nothing: an answer comes, or none.".to_owned(),
        ],
        Probe::Ping => {
            let last = if unknown {
                format!("ping: {target}: Name or service not known")
            } else if trace.delivered() {
                "1 packets transmitted, 1 received, 0% packet loss".to_owned()
            } else {
                "1 packets transmitted, 0 received, 100% packet loss".to_owned()
            };
            vec![format!("$ ping -c 1 -W 5 {target}"), last]
        }
        Probe::Nslookup => nslookup(asked, trace, network, &target),
    }
}

fn nslookup(asked: &Asked, trace: &Trace, network: &Network, target: &str) -> Vec<String> {
    let sender = asked
        .from
        .as_ref()
        .and_then(|id| network.interfaces.get(id));
    let subnet = sender.and_then(|it| network.subnets.get(&it.subnet));
    let vpc = subnet.and_then(|it| network.vpcs.get(&it.vpc));
    let mut lines = vec![format!("$ nslookup {target}")];
    if trace.code() == Some(Code::DnsDisabled) {
        lines.push(";; connection timed out; no servers could be reached".to_owned());
        return lines;
    }
    lines.extend(vpc.map(|vpc| format!("Server: {}", vpc.resolver())));
    match name_hop(trace) {
        Some(hop) if hop.passed => lines.push(format!("Name: {target}, Address: {}", trace.to)),
        Some(_) => lines.push(format!("** server can't find {target}: NXDOMAIN")),
        None => lines.push(format!("{target} is an address, not a name")),
    }
    lines
}
