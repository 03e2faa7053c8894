//! The way there: out of a subnet, where its route table says, and into the next, until somebody has the address.

use super::routes::{self, Chosen};
use super::{Arrival, Crossing, Hidden, MAX_PARTS, Travel, Via, Walk, Way};
use crate::ids::{NetworkInterfaceId, VpcId, VpcPeeringConnectionId};
use crate::network::{
    Code, Direction, Interface, IpProtocol, Part, Phase, RouteTable, Subnet, Target,
};

const OUT: (Direction, Phase) = (Direction::Out, Phase::Forward);
const IN: (Direction, Phase) = (Direction::In, Phase::Forward);

/// Where a part sent a packet on to.
pub(super) enum Next<'a> {
    /// It arrived.
    Arrived(Arrival<'a>),
    /// It goes on from a part in another subnet.
    From(&'a Subnet, Travel<'a>),
}

impl<'a> Walk<'a> {
    /// Out of a subnet, through its ACL. Where a packet crossed is kept for the answer.
    pub(super) fn cross_out(&mut self, from: &'a Subnet, it: &Travel<'a>) -> Result<(), Code> {
        let sender = it.sender.cloned();
        self.acl(
            from,
            Direction::Out,
            Phase::Forward,
            &it.packet,
            sender.as_ref(),
        )?;
        self.record(sender.as_ref(), Direction::Out, &it.packet, true);
        self.crossed.push(Crossing {
            subnet: from,
            packet: it.packet,
            interface: sender,
            way: Way::Left,
        });
        Ok(())
    }

    /// Out of a subnet and on, from part to part.
    pub(super) fn leave(
        &mut self,
        mut from: &'a Subnet,
        mut it: Travel<'a>,
    ) -> Result<Arrival<'a>, Code> {
        for _ in 0..MAX_PARTS {
            self.asked.packet = Some(it.packet);
            if from.holds(it.packet.to) {
                return self.within(from, it);
            }
            self.cross_out(from, &it)?;
            match self.follow(from, it)? {
                Next::Arrived(arrival) => return Ok(arrival),
                Next::From(subnet, next) => (from, it) = (subnet, next),
            }
        }
        let table = self.table_part(from);
        self.stop(
            Code::NoPossibleDestination,
            table,
            OUT,
            "the packet goes in a circle",
        )
    }

    /// To a neighbour in the same subnet: neither ACL nor route table is asked.
    fn within(&mut self, subnet: &'a Subnet, it: Travel<'a>) -> Result<Arrival<'a>, Code> {
        self.record(it.sender, Direction::Out, &it.packet, true);
        let target = self.interface_in(&subnet.vpc, &it)?;
        if matches!(it.via, Via::Interface(_)) {
            self.crossed.push(Crossing {
                subnet,
                packet: it.packet,
                interface: None,
                way: Way::Beside(it.via.clone()),
            });
        }
        self.groups(target, Direction::In, &it)?;
        self.record(Some(&target.id), Direction::In, &it.packet, true);
        Ok(Arrival::Interface(target, it))
    }

    fn table_part(&self, subnet: &Subnet) -> Part {
        let id = self
            .network
            .route_table_of(subnet)
            .map(|table| table.id.clone());
        Part::RouteTable(id.unwrap_or_else(|| "".into()), subnet.id.clone())
    }

    /// The route that a subnet's table has for an address, if it works.
    pub(super) fn route(
        &mut self,
        subnet: &'a Subnet,
        it: std::net::IpAddr,
        phase: Phase,
    ) -> Result<(&'a RouteTable, Chosen<'a>), Code> {
        let way = (Direction::Out, phase);
        let part = self.table_part(subnet);
        let Some(table) = self.network.route_table_of(subnet) else {
            return self.stop(
                Code::NoRouteToDestination,
                part,
                way,
                "the subnet has no route table",
            );
        };
        let Some(route) = routes::deciding(self.network, table, it) else {
            self.near = super::near::no_route(table, it);
            return self.stop(
                Code::NoRouteToDestination,
                part,
                way,
                format!("no route for {it}"),
            );
        };
        if self.network.route_is_dead(table, &route.target) {
            self.near = super::near::dead_route(self.network, table, &route, it);
            let words = format!("{} to {} is a blackhole", route.destination, route.target);
            return self.stop(Code::BadStateRoute, part, way, words);
        }
        Ok((table, route))
    }

    pub(super) fn pass_route(&mut self, subnet: &Subnet, route: &Chosen<'_>, phase: Phase) {
        let part = self.table_part(subnet);
        let words = match route.target {
            Target::Local => format!("{} is local", route.block),
            _ => format!("{} to {}", route.destination, route.target),
        };
        self.pass(part, Direction::Out, phase, words);
    }

    /// Where the route of a subnet leads.
    fn follow(&mut self, from: &'a Subnet, it: Travel<'a>) -> Result<Next<'a>, Code> {
        let (_, route) = self.route(from, it.packet.to, Phase::Forward)?;
        self.pass_route(from, &route, Phase::Forward);
        match &route.target {
            Target::Local => self.local(from, it).map(Next::Arrived),
            Target::InternetGateway(id) => {
                let it = self.out_of_gateway(id, from, it)?;
                self.outside(it).map(Next::Arrived)
            }
            Target::EgressOnlyGateway(id) => {
                let part = Part::EgressOnlyGateway(id.clone());
                let words = "lets out what is opened from inside".to_owned();
                self.pass(part, Direction::Out, Phase::Forward, words);
                self.beyond(&it).map(Next::Arrived)
            }
            Target::NatGateway(id) => self.translate(id, from, it),
            Target::GatewayEndpoint(id) => {
                let part = Part::GatewayEndpoint(id.clone());
                let echo = it.packet.protocol == IpProtocol::ICMP && it.packet.icmp.0 == 8;
                if it.packet.protocol != IpProtocol::TCP && !echo {
                    let words = format!("carries TCP and ICMP echo, not {}", it.packet.what());
                    return self.stop(Code::VpceGatewayProtocolRestriction, part, OUT, words);
                }
                let words = "leads to the service".to_owned();
                self.pass(part, Direction::Out, Phase::Forward, words);
                Ok(Next::Arrived(Arrival::Outside))
            }
            Target::Peering(id) => self.peer(id, &from.vpc, it).map(Next::Arrived),
            Target::Interface(id) => self.forward(id, from, it),
            // a dead route stopped it before
            Target::Gone(_) => Err(Code::BadStateRoute),
        }
    }

    /// The interface that has the address in a VPC.
    fn interface_in(&mut self, vpc: &VpcId, it: &Travel<'a>) -> Result<&'a Interface, Code> {
        let to = it.packet.to;
        let network = self.network;
        if let Some(found) = network.interface_at(vpc, to) {
            return Ok(found);
        }
        if let Some(nat) = self.nat_at(vpc, to) {
            let part = Part::NatGateway(nat.id.clone());
            return self.stop(
                Code::NatNoInbound,
                part,
                IN,
                "a NAT gateway lets no connection in, and answers no ping",
            );
        }
        let part = Part::Vpc(vpc.clone());
        self.stop(
            Code::NoPossibleDestination,
            part,
            IN,
            format!("nothing has {to}"),
        )
    }

    fn local(&mut self, from: &'a Subnet, it: Travel<'a>) -> Result<Arrival<'a>, Code> {
        let target = self.interface_in(&from.vpc, &it)?;
        self.enter(target, it)
    }

    /// Into a subnet, by its ACL and the groups of the interface that the packet is for.
    pub(super) fn enter(
        &mut self,
        target: &'a Interface,
        it: Travel<'a>,
    ) -> Result<Arrival<'a>, Code> {
        let Some(subnet) = self.network.subnets.get(&target.subnet) else {
            return Err(Code::NoPossibleDestination);
        };
        self.cross_in(subnet, &it, Some(target.id.clone()))?;
        self.groups(target, Direction::In, &it)?;
        self.record(Some(&target.id), Direction::In, &it.packet, true);
        Ok(Arrival::Interface(target, it))
    }

    /// Over the boundary of a subnet, inwards.
    pub(super) fn cross_in(
        &mut self,
        subnet: &'a Subnet,
        it: &Travel<'a>,
        interface: Option<NetworkInterfaceId>,
    ) -> Result<(), Code> {
        self.acl(
            subnet,
            Direction::In,
            Phase::Forward,
            &it.packet,
            interface.as_ref(),
        )?;
        self.crossed.push(Crossing {
            subnet,
            packet: it.packet,
            interface,
            way: Way::Entered(it.via.clone()),
        });
        Ok(())
    }

    /// Through a peering connection, which carries only what goes from one VPC's blocks to the other's.
    fn peer(
        &mut self,
        id: &VpcPeeringConnectionId,
        vpc: &VpcId,
        mut it: Travel<'a>,
    ) -> Result<Arrival<'a>, Code> {
        let network = self.network;
        let part = Part::Peering(id.clone());
        let ends = network.peerings.get(id).and_then(|peering| {
            let here = network.vpcs.get(vpc)?;
            let there = network.vpcs.get(peering.other(vpc)?)?;
            Some((peering, here, there))
        });
        let Some((peering, here, there)) = ends else {
            let words = format!("{vpc} is not part of it");
            return self.stop(Code::PcxRequiresAddressInVpcCidr, part, OUT, words);
        };
        let stray = [(it.packet.from, here), (it.packet.to, there)]
            .into_iter()
            .find(|(address, vpc)| !vpc.holds(*address));
        if let Some((address, vpc)) = stray {
            let words = format!("{address} is not in the blocks of {}", vpc.id);
            return self.stop(Code::PcxRequiresAddressInVpcCidr, part, OUT, words);
        }
        self.pass(
            part,
            Direction::Out,
            Phase::Forward,
            format!("leads to {}", there.id),
        );
        if !peering.same_region {
            it = it.hide(Hidden::Region);
        }
        it.via = Via::Peering(id.clone());
        let target = self.interface_in(&there.id, &it)?;
        self.enter(target, it)
    }

    /// Through an interface that forwards what is not its own.
    fn forward(
        &mut self,
        id: &NetworkInterfaceId,
        from: &'a Subnet,
        mut it: Travel<'a>,
    ) -> Result<Next<'a>, Code> {
        let network = self.network;
        let found = network.interfaces.get(id);
        let place = found.and_then(|found| Some((found, network.subnets.get(&found.subnet)?)));
        let Some((middle, subnet)) = place else {
            return Err(Code::BadStateRoute);
        };
        if middle.has(it.packet.to) {
            return self.enter(middle, it).map(Next::Arrived);
        }
        if middle.source_dest_check {
            let words =
                "it takes and sends only what is its own: the source/destination check is on";
            let part = Part::Interface(id.clone());
            return self.stop(Code::EniSourceDestCheckRestriction, part, IN, words);
        }
        if subnet.id != from.id {
            self.cross_in(subnet, &it, Some(id.clone()))?;
        }
        self.groups(middle, Direction::In, &it)?;
        self.record(Some(id), Direction::In, &it.packet, true);
        it = it.hide(Hidden::Middlebox);
        it.sender = Some(&middle.id);
        it.via = Via::Interface(id.clone());
        // a NAT instance: what it sends to the Internet gets its own address
        let inside = network
            .vpcs
            .get(&subnet.vpc)
            .is_some_and(|vpc| vpc.holds(it.packet.to));
        if middle.public_ip.is_some() && it.packet.to.is_ipv4() && !inside {
            it.packet.from = middle.private_ip.into();
            it.packet.from_port = self.flow.nat_port.unwrap_or(it.packet.from_port);
            it.via = Via::Local;
        }
        self.groups(middle, Direction::Out, &it)?;
        Ok(Next::From(subnet, it))
    }
}

impl Travel<'_> {
    /// From here on the sender's groups are not known. What hid them first is what counts.
    pub(super) fn hide(self, by: Hidden) -> Self {
        let hidden = self.hidden.or(Some((self.worn, by)));
        Self {
            worn: &[],
            hidden,
            ..self
        }
    }
}
