//! All pairs: who reaches whom on which ports, over the whole network at once.
//!
//! Interfaces of which every part would say the same are one class ([`classes`]): one subnet, the same groups, both with a public
//! address or both without, and on the same side of every block that a rule, an entry or a route names. What the parts say is
//! written into tables ([`gates`]) and looked up for each pair of classes ([`engine`]); where a path leads through more than
//! local and peering routes, the walk itself is asked. That both agree is a law in the tests.

mod classes;
mod difference;
mod engine;
mod gates;

pub use difference::{Difference, End, Opened};

use super::protocol::IpProtocol;
use super::{Network, Owner};
use crate::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId};
use litemap::LiteMap;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// The address that stands for everyone on the Internet: of a range that no rule would name, 192.31.196.0/24 of RFC 7535.
pub const ANYONE: Ipv4Addr = Ipv4Addr::new(192, 31, 196, 1);

/// The same over IPv6: of `2001:4:112::/48` of RFC 7535.
pub const ANYONE_IPV6: Ipv6Addr = Ipv6Addr::new(0x2001, 4, 0x112, 0, 0, 0, 0, 1);

/// Ports that are asked at most where they are taken from the network.
const MOST_PORTS: usize = 64;

/// A protocol with a destination port; 0 where it has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProtocolPort {
    /// The protocol.
    pub protocol: IpProtocol,
    /// The port.
    pub port: u16,
    /// Whether it is asked over IPv6, by the addresses of that family.
    pub ipv6: bool,
}

/// Interfaces of which every part would say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// The interfaces, in the order of their ids; there is at least one.
    pub members: Vec<NetworkInterfaceId>,
    /// Their subnet.
    pub subnet: SubnetId,
    /// The groups that they wear, in the order of their ids.
    pub groups: Vec<SecurityGroupId>,
    /// Whether they have a public address.
    pub public: bool,
}

/// Who reaches whom. An interface and itself are no pair: nothing filters what stays in it.
#[derive(Clone, Debug)]
pub struct Pairs {
    ports: Vec<ProtocolPort>,
    classes: Vec<Class>,
    place: LiteMap<NetworkInterfaceId, usize>,
    tables: Vec<Table>,
}

/// Who reaches whom on one port.
#[derive(Clone, Debug)]
struct Table {
    /// For each class, the classes that it reaches.
    rows: Vec<Bits>,
    /// The classes that everyone reaches by their public addresses.
    from_internet: Bits,
    /// The classes that reach the Internet.
    to_internet: Bits,
}

/// A set of classes by their places.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bits(Vec<u64>);

impl Bits {
    fn none(len: usize) -> Self {
        Self(vec![0; len.div_ceil(64)])
    }

    fn has(&self, place: usize) -> bool {
        self.0
            .get(place / 64)
            .is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    fn add(&mut self, place: usize) {
        if let Some(word) = self.0.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    fn add_all(&mut self, others: &Self) {
        for (word, other) in self.0.iter_mut().zip(&others.0) {
            *word |= other;
        }
    }
}

impl Network {
    /// Asks for all interfaces at once who reaches whom on some ports: over IPv4 by private addresses within the account, and from
    /// everyone on the Internet by public ones; over IPv6 by the one address that an interface has. NAT gateways' interfaces open nothing by themselves and are left out.
    pub fn all_pairs(&self, ports: &[ProtocolPort]) -> Pairs {
        engine::all_pairs(self, ports)
    }

    /// The ports that are worth asking: of what listens, and of rules that name one port.
    pub fn ports_of_interest(&self) -> Vec<ProtocolPort> {
        use super::RuleProtocol::Only;
        let listeners = self.interfaces.values().flat_map(|it| &it.listeners);
        let mut ports: Vec<ProtocolPort> = listeners
            .filter(|it| it.hears(false))
            .map(|it| ProtocolPort {
                protocol: it.protocol,
                port: it.port,
                ipv6: false,
            })
            .collect();
        for group in self.security_groups.values() {
            for rule in &group.ingress {
                if let (Only(protocol), true) = (rule.protocol, rule.ports.from == rule.ports.to)
                    && protocol.has_ports()
                    && let Ok(port) = u16::try_from(rule.ports.from)
                {
                    let ipv6 = false;
                    ports.push(ProtocolPort {
                        protocol,
                        port,
                        ipv6,
                    });
                }
            }
        }
        if self.interfaces.values().any(|it| it.answers_all) {
            ports.push(ProtocolPort::tcp(443));
        }
        ports.sort_unstable();
        ports.dedup();
        ports.truncate(MOST_PORTS);
        if self.interfaces.values().any(|it| it.ipv6.is_some()) {
            let over_ipv6 = ports.clone().into_iter();
            ports.extend(over_ipv6.map(|it| ProtocolPort { ipv6: true, ..it }));
        }
        ports
    }
}

impl ProtocolPort {
    /// TCP on a port.
    pub const fn tcp(port: u16) -> Self {
        Self {
            protocol: IpProtocol::TCP,
            port,
            ipv6: false,
        }
    }
}

impl fmt::Display for ProtocolPort {
    /// `TCP 443`, or the protocol alone, and `over IPv6` where it is.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.protocol.fmt(f)?;
        if self.protocol.has_ports() {
            write!(f, " {}", self.port)?;
        }
        f.write_str(if self.ipv6 { " over IPv6" } else { "" })
    }
}

impl Pairs {
    /// The ports that were asked.
    pub fn ports(&self) -> &[ProtocolPort] {
        &self.ports
    }

    /// The classes; a matrix has a row and a column for each.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The class of an interface, by its place; `None` where it is not among them.
    pub fn class_of(&self, interface: &NetworkInterfaceId) -> Option<usize> {
        self.place.get(interface).copied()
    }

    /// Whether each member of a class reaches each other member of another, on the port at a place.
    pub fn cell(&self, port: usize, from: usize, to: usize) -> bool {
        let table = self.tables.get(port);
        table
            .and_then(|table| table.rows.get(from))
            .is_some_and(|row| row.has(to))
    }

    /// Whether an interface reaches another on the port at a place.
    pub fn reaches(&self, port: usize, from: &NetworkInterfaceId, to: &NetworkInterfaceId) -> bool {
        let classes = self.class_of(from).zip(self.class_of(to));
        from != to && classes.is_some_and(|(from, to)| self.cell(port, from, to))
    }

    /// Whether everyone on the Internet reaches a class by its public addresses.
    pub fn is_exposed(&self, port: usize, class: usize) -> bool {
        let table = self.tables.get(port);
        table.is_some_and(|table| table.from_internet.has(class))
    }

    /// Whether a class reaches the Internet.
    pub fn goes_out(&self, port: usize, class: usize) -> bool {
        let table = self.tables.get(port);
        table.is_some_and(|table| table.to_internet.has(class))
    }

    /// How many pairs of interfaces there are, of which the first reaches the second.
    pub fn count(&self, port: usize) -> u64 {
        let mut count = 0;
        for (from, class) in self.classes.iter().enumerate() {
            for (to, other) in self.classes.iter().enumerate() {
                if self.cell(port, from, to) {
                    let others = other.members.len() - usize::from(from == to);
                    count += (class.members.len() * others) as u64;
                }
            }
        }
        count
    }

    /// The interfaces that everyone on the Internet reaches on a port.
    pub fn exposed(&self, port: usize) -> impl Iterator<Item = &NetworkInterfaceId> {
        self.members(move |class| self.is_exposed(port, class))
    }

    /// The interfaces that some interface of a group reaches on a port.
    pub fn reached_from(
        &self,
        port: usize,
        group: &SecurityGroupId,
    ) -> impl Iterator<Item = &NetworkInterfaceId> {
        let wears = |class: &Class| class.groups.contains(group);
        let all = self.classes.iter().enumerate();
        let from: Vec<usize> = all
            .filter(|(_, class)| wears(class))
            .map(|it| it.0)
            .collect();
        self.members(move |to| {
            let alone = self.classes.get(to).is_some_and(|it| it.members.len() == 1);
            from.iter()
                .any(|from| self.cell(port, *from, to) && !(alone && *from == to))
        })
    }

    fn members(&self, is: impl Fn(usize) -> bool) -> impl Iterator<Item = &NetworkInterfaceId> {
        let all = self.classes.iter().enumerate();
        all.filter(move |(place, _)| is(*place))
            .flat_map(|(_, class)| &class.members)
    }
}

/// Whether an interface opens connections, and is asked for.
fn counts(owner: &Owner) -> bool {
    !matches!(owner, Owner::NatGateway(_))
}
