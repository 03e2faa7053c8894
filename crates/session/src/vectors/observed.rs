//! What was observed of a row: the walk, in the words of the file format.

use super::expect::{Decided, Recorded};
use fargate_core::network::{Direction, Hop, Network, Part, Phase, Trace};

/// The outcome of a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// Whether the connection comes about.
    pub allow: bool,
    /// Why not; `None` where it does.
    pub code: Option<&'static str>,
    /// The part that decided against it.
    pub decided_by: Option<Decided>,
    /// What VPC Flow Logs would record.
    pub flow_log: Vec<Recorded>,
    /// The parts on the way, there and back.
    pub trace: Vec<String>,
    /// What nearly let it pass.
    pub near_misses: Vec<String>,
    /// The last part's words.
    pub because: String,
}

impl Observed {
    pub(super) fn of(trace: &Trace, network: &Network) -> Self {
        let decided = trace.decided_by().filter(|_| !trace.delivered());
        let records = trace.records.iter().map(|record| Recorded {
            interface: record.interface.to_string(),
            direction: record.direction.aws(),
            action: if record.accepted { "ACCEPT" } else { "REJECT" },
        });
        let near = trace.near.iter();
        Self {
            allow: trace.delivered(),
            code: trace.code().map(fargate_core::network::Code::aws),
            decided_by: decided.map(by),
            flow_log: records.collect(),
            trace: trace
                .hops
                .iter()
                .filter_map(|hop| step(hop, network))
                .collect(),
            near_misses: near
                .map(|miss| format!("{}: {}", miss.rule, miss.words))
                .collect(),
            because: trace
                .decided_by()
                .map(|hop| hop.rule.clone())
                .unwrap_or_default(),
        }
    }
}

fn by(hop: &Hop) -> Decided {
    let mut decided = Decided {
        kind: Some(hop.part.kind().to_owned()),
        id: Some(hop.part.id()),
        phase: Some(hop.phase.name().to_owned()),
        ..Decided::default()
    };
    match &hop.part {
        Part::SubnetAcl { subnet, entry, .. } => {
            decided.direction = Some(hop.direction.aws().to_owned());
            decided.subnet = Some(subnet.to_string());
            decided.rule = Some(entry.map_or_else(|| "*".to_owned(), |number| number.to_string()));
        }
        Part::SecurityGroups(_, interface) => {
            decided.direction = Some(hop.direction.aws().to_owned());
            decided.interface = Some(interface.to_string());
        }
        Part::RouteTable(_, subnet) => decided.subnet = Some(subnet.to_string()),
        _ => {}
    }
    decided
}

/// A hop as a step of the format: `sg:egress:eni-web:allow`.
fn step(hop: &Hop, network: &Network) -> Option<String> {
    let direction = hop.direction.aws();
    let action = if hop.passed { "allow" } else { "deny" };
    let id = hop.part.id();
    let kind = match &hop.part {
        Part::SecurityGroups(_, interface) => {
            return Some(format!("sg:{direction}:{interface}:{action}"));
        }
        Part::SubnetAcl { acl, entry, .. } => {
            let rule = entry.map_or_else(|| "*".to_owned(), |number| number.to_string());
            return Some(format!("nacl:{direction}:{acl}:{rule}:{action}"));
        }
        Part::RouteTable(..) => return Some(format!("route:{id}:{}", hop.rule)),
        Part::Name(_) => return Some(format!("dns:{id}:{}", hop.rule)),
        Part::Internet(address) if hop.passed => {
            let host = network.hosts.values().find(|host| host.address == *address);
            let name = host.map_or(id, |host| host.id.to_string());
            return Some(format!("host:{name}"));
        }
        Part::TargetGroup(_) if hop.passed => return Some(format!("leg2:{id}:{}", hop.rule)),
        // the answer is given its public address again: no part is asked
        Part::InternetGateway(_) if hop.phase == Phase::Return => return None,
        Part::InternetGateway(_) if hop.direction == Direction::In => "igw-in",
        Part::InternetGateway(_) => "igw",
        Part::EgressOnlyGateway(_) => "eigw",
        Part::NatGateway(_) => "nat",
        Part::GatewayEndpoint(_) => "vpce",
        Part::Peering(_) => "pcx",
        Part::LinkLocal(_) => "unfiltered",
        Part::Loopback(_) => "local-delivery",
        Part::Interface(_) | Part::Listener(..) => "eni",
        Part::Vpc(_) => "vpc",
        Part::LoadBalancer(_) => "lb",
        Part::TargetGroup(_) => "tg",
        Part::Internet(_) => "internet",
    };
    let suffix = if hop.passed { "" } else { ":deny" };
    Some(format!("{kind}:{id}{suffix}"))
}
