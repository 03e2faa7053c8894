//! What became reachable between two networks, and what no longer is: each connection by its ends and its port.

use super::{Class, Pairs, ProtocolPort};
use crate::ids::NetworkInterfaceId;

/// An end of a connection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Everyone on the Internet.
    Internet,
    /// An interface.
    Interface(NetworkInterfaceId),
}

/// A connection that can be opened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Opened {
    /// Who opens it.
    pub from: End,
    /// To whom.
    pub to: End,
    /// The protocol and port.
    pub on: ProtocolPort,
}

/// What differs between two networks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// What can be opened now and could not before.
    pub opened: Vec<Opened>,
    /// What could be opened before and cannot now.
    pub closed: Vec<Opened>,
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.opened.is_empty() && self.closed.is_empty()
    }
}

impl Pairs {
    /// What changed since other pairs, on the ports that both were asked. An interface that one of them does not have reaches
    /// nothing there.
    pub fn since(&self, before: &Self) -> Difference {
        Difference {
            opened: more(before, self),
            closed: more(self, before),
        }
    }
}

/// What one has and the other has not.
fn more(without: &Pairs, with: &Pairs) -> Vec<Opened> {
    let mut found = Vec::new();
    let there = |class: &Class| -> Vec<Option<usize>> {
        let members = class.members.iter();
        members.map(|id| without.class_of(id)).collect()
    };
    let places: Vec<Vec<Option<usize>>> = with.classes.iter().map(there).collect();
    for (port, on) in with.ports.iter().enumerate() {
        let Some(other) = without.ports.iter().position(|it| it == on) else {
            continue;
        };
        let mut add = |from: End, to: End| found.push(Opened { from, to, on: *on });
        let end = |id: &NetworkInterfaceId| End::Interface(id.clone());
        for (from, class) in with.classes.iter().enumerate() {
            let members = || class.members.iter().zip(&places[from]);
            if with.is_exposed(port, from) {
                for (id, was) in members() {
                    if !was.is_some_and(|was| without.is_exposed(other, was)) {
                        add(End::Internet, end(id));
                    }
                }
            }
            if with.goes_out(port, from) {
                for (id, was) in members() {
                    if !was.is_some_and(|was| without.goes_out(other, was)) {
                        add(end(id), End::Internet);
                    }
                }
            }
            for (to, target) in with.classes.iter().enumerate() {
                if !with.cell(port, from, to) {
                    continue;
                }
                for (id, was) in members() {
                    for (target, then) in target.members.iter().zip(&places[to]) {
                        let pair = was.zip(*then);
                        let open = pair.is_some_and(|(a, b)| without.cell(other, a, b));
                        if !open && id != target {
                            add(end(id), end(target));
                        }
                    }
                }
            }
        }
    }
    found.sort_unstable();
    found
}
