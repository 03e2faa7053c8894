//! Connections over time: what groups remember of one that is open, and whether it goes on after something changed.
//! Source: 'Security group connection tracking' of the EC2 guide.

use super::Walk;
use super::packet::Packet;
use crate::ids::{NatGatewayId, NetworkInterfaceId};
use crate::network::{
    Direction, Flow, Interface, IpProtocol, LoadBalancerKind, Network, Owner, Part, Peer, Phase,
    Ports, Rule, RuleProtocol, Trace,
};
use crate::units::SimSpan;
use std::net::IpAddr;

/// A connection that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    flow: Flow,
    to: IpAddr,
    target: Option<NetworkInterfaceId>,
    passed: Vec<Passed>,
    nats: Vec<NatGatewayId>,
    idle: SimSpan,
}

/// Groups that a connection passed when it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passed {
    interface: NetworkInterfaceId,
    direction: Direction,
    tracked: bool,
}

/// Why a connection ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A part stops its packets now.
    Stopped(Box<Trace>),
    /// Its packets take another NAT gateway, which does not know it.
    Moved,
    /// Nothing was sent for longer than this: the next packet is answered by a reset.
    TimedOut(SimSpan),
}

impl Passed {
    /// Notes that a rule admitted a packet, and whether the connection is tracked there. It is not where everyone is admitted and
    /// the other direction is open to everyone on all ports: then each packet is held against the rules.
    pub(super) fn new(
        network: &Network,
        of: &Interface,
        direction: Direction,
        rule: &Rule,
        packet: &Packet,
    ) -> Self {
        let everyone =
            |rule: &Rule| matches!(&rule.peer, Peer::Block(block) if block.prefix_len() == 0);
        let opposite = match direction {
            Direction::In => Direction::Out,
            Direction::Out => Direction::In,
        };
        let open = |rule: &Rule| {
            let family = matches!(&rule.peer, Peer::Block(block) if block.contains(&packet.from));
            let all = rule.protocol == RuleProtocol::All || rule.ports == Ports::ALL;
            family && all && everyone(rule) && rule.protocol.holds(packet.protocol)
        };
        let untracked = packet.protocol.has_ports()
            && everyone(rule)
            && super::groups::rules(network, of, opposite).any(|(_, rule)| open(rule));
        Self {
            interface: of.id.clone(),
            direction,
            tracked: !untracked,
        }
    }
}

/// How long a connection may be silent. Source: 'Idle connection tracking timeout'; NAT gateways and Network Load Balancers: 350
/// seconds for TCP, an NLB 120 for UDP; ALB: 60.
fn idle_limit(network: &Network, flow: &Flow, trace: &Trace) -> SimSpan {
    let mut limit = match flow.protocol {
        IpProtocol::TCP => 432_000,
        IpProtocol::UDP => 180,
        _ => 600,
    };
    for hop in &trace.hops {
        let more = match &hop.part {
            Part::NatGateway(_) => 350,
            Part::LoadBalancer(id) => match network.load_balancers.get(id).map(|it| it.kind) {
                Some(LoadBalancerKind::Application) => 60,
                Some(LoadBalancerKind::Network) if flow.protocol == IpProtocol::UDP => 120,
                _ => 350,
            },
            _ => continue,
        };
        limit = limit.min(more);
    }
    SimSpan::secs(limit)
}

/// Whether something on the way has its connections tracked in any case.
fn always_tracked(network: &Network, trace: &Trace) -> bool {
    let owner = |id| network.interfaces.get(id).map(|it| &it.owner);
    trace.hops.iter().any(|hop| match &hop.part {
        Part::NatGateway(_) | Part::EgressOnlyGateway(_) => true,
        Part::LoadBalancer(id) => network
            .load_balancers
            .get(id)
            .is_some_and(|it| it.kind == LoadBalancerKind::Network),
        Part::SecurityGroups(_, id) => matches!(owner(id), Some(Owner::Endpoint(_))),
        _ => false,
    })
}

fn nats(trace: &Trace) -> Vec<NatGatewayId> {
    let there = trace.hops.iter().filter(|hop| hop.phase == Phase::Forward);
    there
        .filter_map(|hop| match &hop.part {
            Part::NatGateway(id) => Some(id.clone()),
            _ => None,
        })
        .collect()
}

impl Connection {
    /// The address that it was opened to.
    pub fn to(&self) -> IpAddr {
        self.to
    }

    pub(super) fn target(&self) -> Option<&NetworkInterfaceId> {
        self.target.as_ref()
    }

    /// What is remembered of it by the groups of an interface; `None` where they do not track it.
    pub(super) fn tracked(
        &self,
        interface: &NetworkInterfaceId,
        direction: Direction,
    ) -> Option<&Passed> {
        self.passed.iter().find(|passed| {
            passed.tracked && passed.interface == *interface && passed.direction == direction
        })
    }

    /// Whether any group that it passed holds each of its packets against its rules.
    pub fn is_untracked(&self) -> bool {
        self.passed.iter().any(|passed| !passed.tracked)
    }
}

impl Network {
    /// Opens a connection; gives the walk that failed where it does not come about.
    pub fn open(&self, flow: &Flow) -> Result<Connection, Box<Trace>> {
        let mut walk = Walk::new(self, flow, None);
        let ending = walk.ending();
        let (mut passed, target) = (std::mem::take(&mut walk.passed), walk.target.take());
        let trace = walk.trace(ending);
        if !trace.delivered() {
            return Err(Box::new(trace));
        }
        if always_tracked(self, &trace) {
            for passed in &mut passed {
                passed.tracked = true;
            }
        }
        Ok(Connection {
            flow: flow.clone(),
            to: trace.to,
            target,
            passed,
            nats: nats(&trace),
            idle: idle_limit(self, flow, &trace),
        })
    }

    /// Whether a connection goes on in this network after it was silent for a time: its next packet and the answer are walked, past
    /// groups that track it. The name it was opened to is not looked up again.
    pub fn carries(&self, connection: &Connection, silent: SimSpan) -> Result<Trace, Broken> {
        if silent > connection.idle {
            return Err(Broken::TimedOut(connection.idle));
        }
        let trace = Walk::new(self, &connection.flow, Some(connection)).run();
        if !trace.delivered() {
            return Err(Broken::Stopped(Box::new(trace)));
        }
        if nats(&trace) != connection.nats {
            return Err(Broken::Moved);
        }
        Ok(trace)
    }
}
