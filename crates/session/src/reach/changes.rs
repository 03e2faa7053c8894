//! What differs between two moments or two runs, in a sentence and as a list.

use super::ends::interface_name;
use fargate_core::network::{End, Opened, ProtocolPort};
use fargate_core::world::World;

/// What became reachable and what no longer is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// 'This change opened 3 flows and closed 1.'
    pub sentence: String,
    /// What can be opened now and could not before.
    pub opened: Vec<FlowName>,
    /// What could be opened before and cannot now.
    pub closed: Vec<FlowName>,
}

/// A connection in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowName {
    /// Who opens it.
    pub from: String,
    /// To whom.
    pub to: String,
    /// 'TCP 443'.
    pub on: String,
}

/// What differs between two worlds, on the ports that are worth asking in either.
pub(super) fn between(before: &World, after: &World) -> Changes {
    let (was, is) = (before.network(), after.network());
    let mut ports: Vec<ProtocolPort> = was.ports_of_interest();
    ports.extend(is.ports_of_interest());
    ports.sort_unstable();
    ports.dedup();
    let difference = is.all_pairs(&ports).since(&was.all_pairs(&ports));
    let names = |all: &[Opened], world: &World| -> Vec<FlowName> {
        all.iter().map(|it| named(it, world)).collect()
    };
    Changes {
        sentence: sentence(difference.opened.len(), difference.closed.len()),
        opened: names(&difference.opened, after),
        closed: names(&difference.closed, before),
    }
}

fn named(flow: &Opened, world: &World) -> FlowName {
    let end = |end: &End| match end {
        End::Internet => "the Internet".to_owned(),
        End::Interface(id) => interface_name(id, world),
    };
    FlowName {
        from: end(&flow.from),
        to: end(&flow.to),
        on: flow.on.to_string(),
    }
}

fn sentence(opened: usize, closed: usize) -> String {
    let flows = |count: usize| {
        let s = if count == 1 { "" } else { "s" };
        format!("{} flow{s}", crate::words::number(count as u64))
    };
    match (opened, closed) {
        (0, 0) => "This change opened and closed nothing.".to_owned(),
        (_, 0) => format!("This change opened {}.", flows(opened)),
        (0, _) => format!("This change closed {}.", flows(closed)),
        _ => format!("This change opened {} and closed {closed}.", flows(opened)),
    }
}
