//! A probe from somebody's point of view: whether it comes through, part by part, and what their shell prints of it.

use super::traceroute;
use crate::reach::{Answer, Ask, HopCard};
use crate::session::Session;
use crate::view::{FixCard, FlightEnd};
use fargate_core::call::{Call, SendRequests, TrafficSource};
use fargate_core::network::{IpProtocol, Owner};

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
    /// TCP connections that live for one hop more each: which hops answer.
    Traceroute,
}

impl Probe {
    /// Whether it is sent to a port.
    pub const fn has_port(self) -> bool {
        matches!(self, Self::Curl | Self::Udp | Self::Traceroute)
    }
}

/// A probe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Who tries: an interface's id, or `internet`.
    pub from: String,
    /// What they try to reach: an interface's id, an address, or a name.
    pub to: String,
    /// How.
    pub probe: Probe,
    /// The port; 0 where the probe has none.
    pub port: u16,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReachCard {
    /// 'Reachable', 'Denied at web'.
    pub title: String,
    /// '10.0.1.7 → 10.0.2.9'.
    pub route: String,
    /// How it ended.
    pub end: FlightEnd,
    /// The code that Reachability Analyzer would use, where it is not reached.
    pub code: Option<&'static str>,
    /// Why, in a sentence.
    pub sentence: String,
    /// What helps, in words.
    pub cure: String,
    /// Every part that was asked, in order.
    pub hops: Vec<HopCard>,
    /// What nearly let it pass.
    pub near: Vec<String>,
    /// Cures, each tried on a copy of the account.
    pub fixes: Vec<FixCard>,
    /// What the sender's shell prints.
    pub shell: Vec<String>,
}

impl Session {
    /// Tries a probe at the moment shown; the account stays as it is. The error is a sentence that says which end is not known.
    pub fn probe(&self, asked: &Asked) -> Result<ReachCard, String> {
        let protocol = match asked.probe {
            Probe::Curl | Probe::Nslookup | Probe::Traceroute => IpProtocol::TCP,
            Probe::Udp => IpProtocol::UDP,
            Probe::Ping if asked.to.contains(':') => IpProtocol::ICMPV6,
            Probe::Ping => IpProtocol::ICMP,
        };
        let answer = self.reach(&Ask {
            from: asked.from.clone(),
            to: asked.to.clone(),
            protocol,
            port: asked.port,
        })?;
        let shell = shell(asked, &answer, self);
        Ok(if asked.probe == Probe::Nslookup {
            looked_up(answer, shell)
        } else {
            ReachCard {
                title: if answer.reachable {
                    "Reachable".to_owned()
                } else {
                    answer.card.title
                },
                route: answer.card.route,
                end: answer.card.end,
                code: answer.code,
                sentence: answer.card.sentence,
                cure: answer.card.cure,
                hops: answer.hops,
                near: answer.card.near,
                fixes: answer.card.fixes,
                shell,
            }
        })
    }
}

impl Session {
    /// The call that sends requests for a TCP probe to a task, from the Internet, a task or an instance; `None` for any other
    /// probe: only tasks answer requests.
    pub fn requests(&self, asked: &Asked, count: u32, rate_tenths: u32) -> Option<Call> {
        if asked.probe != Probe::Curl {
            return None;
        }
        let interfaces = &self.world().network().interfaces;
        let to = interfaces.get(&asked.to.as_str().into())?.task()?.clone();
        let from = if asked.from == "internet" {
            TrafficSource::Internet
        } else {
            let sender = interfaces.get(&asked.from.as_str().into())?;
            match &sender.owner {
                Owner::Task(task) => TrafficSource::Task(task.clone()),
                Owner::Instance(instance) => TrafficSource::Instance(instance.clone()),
                _ => return None,
            }
        };
        let call = SendRequests {
            from,
            to: to.into(),
            port: asked.port,
            count,
            rate_tenths,
        };
        Some(call.into())
    }
}

/// The hop that looked the name up; `None` where none was.
fn name_hop(answer: &Answer) -> Option<&HopCard> {
    answer.hops.iter().find(|hop| hop.kind == "dns")
}

/// The address that the name has, else what was asked for.
pub(super) fn address(answer: &Answer) -> &str {
    let route = &answer.card.route;
    route.rsplit(' ').next().unwrap_or(route)
}

/// Of a look-up only the name counts.
fn looked_up(answer: Answer, shell: Vec<String>) -> ReachCard {
    let found = name_hop(&answer).is_some_and(|hop| hop.passed);
    let title = if found {
        format!("The name is {}", address(&answer))
    } else {
        "The name is not found".to_owned()
    };
    let stopped = !found;
    ReachCard {
        title,
        route: answer.card.route,
        end: if found {
            FlightEnd::Delivered
        } else {
            FlightEnd::Denied
        },
        code: answer.code.filter(|_| stopped),
        sentence: Some(answer.card.sentence)
            .filter(|_| stopped)
            .unwrap_or_default(),
        cure: Some(answer.card.cure)
            .filter(|_| stopped)
            .unwrap_or_default(),
        hops: answer.hops.into_iter().take(1).collect(),
        near: Vec::new(),
        fixes: Vec::new(),
        shell,
    }
}

/// What the tools print, at their usual settings with five seconds of patience.
fn shell(asked: &Asked, answer: &Answer, session: &Session) -> Vec<String> {
    let network = session.world().network();
    let text = asked.to.trim();
    let to = address(answer);
    let is_interface = network.interfaces.get(&text.into()).is_some();
    let target = if is_interface { to } else { text };
    let unknown = matches!(answer.code, Some("X_NXDOMAIN" | "X_DNS_DISABLED"));
    match asked.probe {
        Probe::Curl => {
            let port = asked.port;
            let mut lines = vec![format!("$ curl -v -m 5 {target}:{port}")];
            let last = match answer.card.end {
                _ if unknown => format!("curl: (6) Could not resolve host: {target}"),
                _ if answer.status.is_some() => {
                    let status = answer.status.unwrap_or_default();
                    lines.push(format!("* Connected to {target} ({to}) port {port}"));
                    format!("< HTTP/1.1 {status} {}", reason(status))
                }
                FlightEnd::Delivered | FlightEnd::Failed => {
                    format!("* Connected to {target} ({to}) port {port}")
                }
                FlightEnd::Refused => format!(
                    "curl: (7) Failed to connect to {target} port {port} after 1 ms: Connection refused"
                ),
                FlightEnd::Denied => {
                    "curl: (28) Connection timed out after 5001 milliseconds".to_owned()
                }
            };
            lines.push(last);
            lines
        }
        Probe::Udp => vec![
            format!("$ nc -u -w 5 {target} {}", asked.port),
            "UDP tells the sender nothing: an answer comes, or none.".to_owned(),
        ],
        Probe::Ping => {
            let last = if unknown {
                format!("ping: {target}: Name or service not known")
            } else if answer.reachable {
                "1 packets transmitted, 1 received, 0% packet loss".to_owned()
            } else {
                "1 packets transmitted, 0 received, 100% packet loss".to_owned()
            };
            vec![format!("$ ping -c 1 -W 5 {target}"), last]
        }
        Probe::Traceroute => {
            let command = format!("$ traceroute -T -n -m 8 -p {} {target}", asked.port);
            let mut lines = vec![command];
            if unknown {
                lines.push(format!("{target}: Name or service not known"));
            } else {
                lines.extend(traceroute::lines(answer, target, network));
            }
            lines
        }
        Probe::Nslookup => nslookup(asked, answer, session, target),
    }
}

/// What HTTP calls a status that a load balancer answers itself.
const fn reason(status: u16) -> &'static str {
    match status {
        502 => "Bad Gateway",
        503 => "Service Temporarily Unavailable",
        _ => "Gateway Time-out",
    }
}

fn nslookup(asked: &Asked, answer: &Answer, session: &Session, target: &str) -> Vec<String> {
    let mut lines = vec![format!("$ nslookup {target}")];
    if answer.code == Some("X_DNS_DISABLED") {
        lines.push(";; connection timed out; no servers could be reached".to_owned());
        return lines;
    }
    let network = session.world().network();
    let sender = network.interfaces.get(&asked.from.as_str().into());
    let subnet = sender.and_then(|it| network.subnets.get(&it.subnet));
    let vpc = subnet.and_then(|it| network.vpcs.get(&it.vpc));
    lines.extend(vpc.map(|vpc| format!("Server: {}", vpc.resolver())));
    lines.push(match name_hop(answer) {
        Some(hop) if hop.passed => format!("Name: {target}, Address: {}", address(answer)),
        Some(_) => format!("** server can't find {target}: NXDOMAIN"),
        None => format!("{target} is an address, not a name"),
    });
    lines
}
