//! Questions about the network, answered in words: can this reach that, who reaches whom, and what a change opened or closed.

mod changes;
mod ends;
mod fixes;
mod matrix;

pub use changes::{Changes, FlowName};
pub use matrix::{Matrix, MatrixClass};

pub(crate) use ends::interface_name;
pub(crate) use fixes::{fixes, lets_node_in};

use crate::explain;
use crate::session::Session;
use crate::view::TraceCard;
use fargate_core::ids::TaskId;
use fargate_core::network::{
    CLIENT_PORT, Code, Direction, Endpoint, Flow, IpProtocol, Part, Question, TRANSLATED_PORT,
};
use fargate_core::world::World;

/// Whether somebody reaches something, as a person asks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Who opens the connection: `internet`, an id, an address, a task's id or family, or a host.
    pub from: String,
    /// To what: the same, and host names and load balancers.
    pub to: String,
    /// The protocol.
    pub protocol: IpProtocol,
    /// The port; 0 where the protocol has none.
    pub port: u16,
}

/// The answer: the walk in words, with its cures.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Whether it arrives and the answer comes back.
    pub reachable: bool,
    /// Who asked, by name.
    pub from: String,
    /// What was asked for, by name.
    pub to: String,
    /// The code that Reachability Analyzer would use; `None` where it is reachable.
    pub code: Option<&'static str>,
    /// The HTTP status that an Application Load Balancer answers in the place of a target; `None` where a target answers, or nobody.
    pub status: Option<u16>,
    /// The explanation, as the page shows it.
    pub card: TraceCard,
    /// Each part that was met.
    pub hops: Vec<HopCard>,
}

/// A part that was met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HopCard {
    /// What kind of part, as Reachability Analyzer names it.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The interface whose groups were asked, where they were.
    pub at: Option<String>,
    /// `ingress` or `egress`, as the part sees it.
    pub direction: &'static str,
    /// `forward` or `return`.
    pub phase: &'static str,
    /// The rule that decided.
    pub rule: String,
    /// Whether it let it pass.
    pub passed: bool,
}

impl Session {
    /// Answers a question at the moment shown. The error is a sentence that says which end is not known, and what there is.
    pub fn reach(&self, ask: &Ask) -> Result<Answer, String> {
        answer(self.world(), ask)
    }

    /// Who reaches whom at the moment shown, on the ports that are worth asking.
    pub fn matrix(&self) -> Matrix {
        matrix::matrix(self.world())
    }

    /// What differs in who reaches whom between another world and the moment shown: a moment before, or another run.
    pub fn changes_since(&self, before: &World) -> Changes {
        changes::between(before, self.world())
    }
}

/// A question whose ends are known.
pub(crate) struct Asked {
    pub(crate) question: Question,
    pub(crate) from: String,
    pub(crate) to: String,
    /// The task that is asked for, else the one that asks; an id of nothing where neither end is a task's.
    pub(crate) beside: TaskId,
}

/// What is asked, its ends found by their names.
pub(crate) fn asked(world: &World, ask: &Ask) -> Result<Asked, String> {
    let network = world.network();
    let from = ends::sender(world, &ask.from)?;
    let to = ends::target(world, &ask.to)?;
    let source = match (&from.end, to.is_ipv6) {
        (Endpoint::Internet(_), true) if from.anyone => {
            Endpoint::Internet(ends::INTERNET_CLIENT_IPV6.into())
        }
        (end, _) => end.clone(),
    };
    let echo = if ask.protocol == IpProtocol::ICMPV6 {
        128
    } else {
        8
    };
    let source_port = if ask.protocol.has_ports() {
        CLIENT_PORT
    } else {
        0
    };
    let question = Question {
        flow: Flow {
            from: source,
            to: to.to,
            protocol: ask.protocol,
            port: ask.port,
            source_port,
            icmp: (echo, 0),
            nat_port: None,
            node: None,
            node_port: TRANSLATED_PORT,
            turn: 0,
        },
        to: to.interface.clone(),
        anyone: from.anyone || to.anyone,
    };
    let task = |id| network.interfaces.get(id).and_then(|it| it.task()).cloned();
    let beside = to
        .interface
        .as_ref()
        .and_then(task)
        .or_else(|| match &from.end {
            Endpoint::Interface(id) => task(id),
            Endpoint::Internet(_) => None,
        });
    let beside = beside.unwrap_or_else(TaskId::default);
    Ok(Asked {
        question,
        from: from.name,
        to: to.name,
        beside,
    })
}

fn answer(world: &World, ask: &Ask) -> Result<Answer, String> {
    let network = world.network();
    let Asked {
        question,
        from,
        to,
        beside,
    } = asked(world, ask)?;
    let trace = network.walk(&question.flow_in(network));
    let card = explain::card(&trace, &question, world, &beside, world.now());
    let hops = trace.hops.iter().map(|hop| HopCard {
        kind: hop.part.kind(),
        id: hop.part.id(),
        name: explain::part(&hop.part, world),
        at: match &hop.part {
            Part::SecurityGroups(_, interface) => Some(interface.to_string()),
            _ => None,
        },
        direction: Direction::aws(hop.direction),
        phase: hop.phase.name(),
        rule: hop.rule.clone(),
        passed: hop.passed,
    });
    Ok(Answer {
        reachable: trace.delivered(),
        from,
        to,
        code: trace.code().map(Code::aws),
        status: trace.status,
        hops: hops.collect(),
        card,
    })
}
