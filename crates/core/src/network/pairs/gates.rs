//! What each part says to every class, as tables: groups, ACLs and route tables, each asked once.

use super::{Bits, ProtocolPort};
use crate::ids::{NetworkAclId, RouteTableId, SecurityGroupId, VpcId, VpcPeeringConnectionId};
use crate::network::walk::acl;
use crate::network::walk::packet::Packet;
use crate::network::walk::routes::deciding;
use crate::network::{
    Direction, Interface, Network, Owner, Peer, PeeringStatus, Rule, RuleProtocol, Subnet, Target,
};
use ipnet::IpNet;
use litemap::LiteMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A class with what is looked up for it.
pub(super) struct Place<'a> {
    pub(super) interface: &'a Interface,
    /// Its address of the family that is asked; `None` where it has none.
    pub(super) address: Option<IpAddr>,
    pub(super) subnet: &'a Subnet,
    /// The places of what it has in the tables, so that a pair compares numbers and no ids.
    pub(super) groups: usize,
    pub(super) acl: usize,
    pub(super) table: usize,
    pub(super) in_subnet: usize,
    pub(super) in_vpc: usize,
    /// Whether groups filter there: at a node of an NLB without any they do not.
    pub(super) filters: bool,
    /// Whether more than one VPC has its address.
    pub(super) ambiguous: bool,
}

/// Where a route table leads a packet for a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leads {
    Local,
    /// Over a peering connection, by its place among them.
    Peering(usize),
    Nowhere,
    /// Through something that only the walk knows.
    Further,
}

/// A list in which everything stands once.
pub(super) struct Once<T>(pub(super) Vec<T>);

impl<T: PartialEq> Once<T> {
    pub(super) fn place(&mut self, thing: T) -> usize {
        if let Some(place) = self.0.iter().position(|it| *it == thing) {
            return place;
        }
        self.0.push(thing);
        self.0.len() - 1
    }
}

/// What does not depend on ports.
pub(super) struct Gates<'a> {
    network: &'a Network,
    pub(super) places: Vec<Place<'a>>,
    pub(super) worn: Once<&'a [SecurityGroupId]>,
    pub(super) acls: Once<Option<&'a NetworkAclId>>,
    pub(super) tables: Once<Option<&'a RouteTableId>>,
    wearers: LiteMap<&'a SecurityGroupId, Bits>,
    /// For each route table, where it leads for each class.
    pub(super) routes: Vec<Vec<Leads>>,
}

/// What groups and ACLs say on one port.
pub(super) struct Doors {
    /// For each set of groups, whom it lets in, and out to.
    pub(super) groups: Vec<(Bits, Bits)>,
    /// For each ACL: requests in and out, answers in and out.
    pub(super) acls: Vec<[Bits; 4]>,
}

impl<'a> Gates<'a> {
    /// Of the classes' representatives, by their addresses of one family.
    pub(super) fn new(network: &'a Network, all: &[&'a Interface], ipv6: bool) -> Self {
        let mut gates = Self {
            network,
            places: Vec::new(),
            worn: Once(Vec::new()),
            acls: Once(Vec::new()),
            tables: Once(Vec::new()),
            wearers: LiteMap::new(),
            routes: Vec::new(),
        };
        let (mut subnets, mut vpcs) = (Once(Vec::new()), Once(Vec::new()));
        for interface in all {
            let Some(subnet) = network.subnets.get(&interface.subnet) else {
                continue;
            };
            let address = if ipv6 {
                interface.ipv6.map(IpAddr::V6)
            } else {
                Some(interface.private_ip.into())
            };
            let holds = |it| network.vpcs.values().filter(|vpc| vpc.holds(it)).count();
            gates.places.push(Place {
                interface,
                address,
                subnet,
                groups: gates.worn.place(&interface.groups),
                acl: gates
                    .acls
                    .place(network.network_acl_of(subnet).map(|it| &it.id)),
                table: gates
                    .tables
                    .place(network.route_table_of(subnet).map(|it| &it.id)),
                in_subnet: subnets.place(&subnet.id),
                in_vpc: vpcs.place(&subnet.vpc),
                filters: !interface.groups.is_empty()
                    || !matches!(interface.owner, Owner::NetworkLoadBalancer(_)),
                ambiguous: address.map_or(0, holds) > 1,
            });
        }
        let len = gates.places.len();
        for (place, it) in gates.places.iter().enumerate() {
            for group in &it.interface.groups {
                let mut bits = gates
                    .wearers
                    .remove(&group)
                    .unwrap_or_else(|| Bits::none(len));
                bits.add(place);
                gates.wearers.insert(group, bits);
            }
        }
        let tables = gates.tables.0.iter();
        gates.routes = tables.map(|id| gates.leads(*id)).collect();
        gates
    }

    fn leads(&self, table: Option<&RouteTableId>) -> Vec<Leads> {
        let table = table.and_then(|id| self.network.route_tables.get(id));
        let lead = |place: &Place<'_>| {
            let (Some(table), Some(to)) = (table, place.address) else {
                return Leads::Nowhere;
            };
            let Some(route) = deciding(self.network, table, to) else {
                return Leads::Nowhere;
            };
            if self.network.route_is_dead(table, &route.target) {
                return Leads::Nowhere;
            }
            match route.target {
                Target::Local => Leads::Local,
                Target::Peering(id) => self.over(&id, &table.vpc, &place.subnet.vpc),
                Target::InternetGateway(_) if is_private(to) => Leads::Nowhere,
                _ => Leads::Further,
            }
        };
        self.places.iter().map(lead).collect()
    }

    /// A peering connection between two VPCs of one Region; others hide the groups, or lead elsewhere.
    fn over(&self, id: &VpcPeeringConnectionId, from: &VpcId, to: &VpcId) -> Leads {
        let mut all = self.network.peerings.values();
        let place = all.position(|it| {
            let active = it.status == PeeringStatus::Active && it.same_region;
            it.id == *id && active && it.other(from) == Some(to)
        });
        place.map_or(Leads::Further, Leads::Peering)
    }

    /// What is said on one port; `from_port` is what clients open connections from.
    pub(super) fn doors(&self, on: ProtocolPort, from_port: u16, icmp: (u8, u8)) -> Doors {
        let any = if on.ipv6 {
            IpAddr::V6(Ipv6Addr::UNSPECIFIED)
        } else {
            IpAddr::V4(Ipv4Addr::UNSPECIFIED)
        };
        let request = Packet {
            from: any,
            to: any,
            protocol: on.protocol,
            from_port: if on.protocol.has_ports() {
                from_port
            } else {
                0
            },
            to_port: on.port,
            icmp,
        };
        let mut blocks = LiteMap::new();
        let groups = self.worn.0.iter().map(|worn| {
            let mut side = |direction| self.admitted(worn, direction, &request, &mut blocks);
            (side(Direction::In), side(Direction::Out))
        });
        let answer = request.answer();
        let acls = self.acls.0.iter().map(|id| {
            let side = |direction, packet: &Packet| self.passed(*id, direction, packet);
            [
                side(Direction::In, &request),
                side(Direction::Out, &request),
                side(Direction::In, &answer),
                side(Direction::Out, &answer),
            ]
        });
        Doors {
            groups: groups.collect(),
            acls: acls.collect(),
        }
    }

    /// The classes that groups admit on the other side.
    fn admitted(
        &self,
        worn: &[SecurityGroupId],
        direction: Direction,
        packet: &Packet,
        blocks: &mut LiteMap<IpNet, Bits>,
    ) -> Bits {
        let mut bits = Bits::none(self.places.len());
        let groups = worn
            .iter()
            .filter_map(|id| self.network.security_groups.get(id));
        for rule in groups.flat_map(|group| group.rules(direction)) {
            if takes(rule, packet) {
                match &rule.peer {
                    Peer::Group(group) => {
                        if let Some(wearers) = self.wearers.get(group) {
                            bits.add_all(wearers);
                        }
                    }
                    Peer::Block(block) => {
                        if let Some(known) = blocks.get(block) {
                            bits.add_all(known);
                        } else {
                            let mut found = Bits::none(self.places.len());
                            self.add(&mut found, |address| block.contains(&address));
                            bits.add_all(&found);
                            blocks.insert(*block, found);
                        }
                    }
                    Peer::PrefixList(list) => {
                        if let Some(list) = self.network.prefix_lists.get(list) {
                            self.add(&mut bits, |address| list.holds(address).is_some());
                        }
                    }
                }
            }
        }
        bits
    }

    fn add(&self, bits: &mut Bits, is: impl Fn(IpAddr) -> bool) {
        for (place, it) in self.places.iter().enumerate() {
            if it.address.is_some_and(&is) {
                bits.add(place);
            }
        }
    }

    /// The classes on the other side whose packets an ACL lets pass.
    fn passed(&self, acl: Option<&NetworkAclId>, direction: Direction, packet: &Packet) -> Bits {
        let mut bits = Bits::none(self.places.len());
        let acl = acl.and_then(|id| self.network.network_acls.get(id));
        for (place, it) in self.places.iter().enumerate() {
            let Some(address) = it.address else {
                continue;
            };
            let packet = match direction {
                Direction::In => Packet {
                    from: address,
                    ..*packet
                },
                Direction::Out => Packet {
                    to: address,
                    ..*packet
                },
            };
            let passes = acl.is_none_or(|acl| {
                acl::deciding(acl, direction, &packet).is_some_and(|entry| entry.allow)
            });
            if passes {
                bits.add(place);
            }
        }
        bits
    }
}

/// Whether a rule is for the protocol and port of a packet, whoever is on the other side.
fn takes(rule: &Rule, packet: &Packet) -> bool {
    rule.protocol.holds(packet.protocol)
        && (rule.protocol == RuleProtocol::All
            || rule
                .ports
                .hold(packet.protocol, packet.to_port, packet.icmp))
}

/// Whether an internet gateway takes no packet for an address.
fn is_private(address: IpAddr) -> bool {
    let IpAddr::V4(address) = address else {
        return false;
    };
    let [first, second, ..] = address.octets();
    address.is_private() || (first == 100 && (64..128).contains(&second))
}
