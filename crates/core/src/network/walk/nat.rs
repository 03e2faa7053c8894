//! NAT gateways: the request gets the gateway's address and goes on from its subnet; its subnet's ACL is asked four times.

use super::forward::Next;
use super::{Hidden, Travel, Via, Walk, routes};
use crate::ids::{NatGatewayId, VpcId};
use crate::network::{
    Code, Connectivity, Direction, IpProtocol, NatGateway, NatState, Part, Phase, Subnet, Target,
};
use std::net::{IpAddr, Ipv4Addr};

const OUT: (Direction, Phase) = (Direction::Out, Phase::Forward);

/// What a NAT gateway translates. Source: 'NAT gateway basics' and 'DNS64 and NAT64' of the VPC guide.
const PROTOCOLS: [IpProtocol; 3] = [IpProtocol::TCP, IpProtocol::UDP, IpProtocol::ICMP];

impl<'a> Walk<'a> {
    /// The NAT gateway that has an address in a VPC.
    pub(super) fn nat_at(&self, vpc: &VpcId, address: IpAddr) -> Option<&'a NatGateway> {
        let here = |nat: &&std::sync::Arc<NatGateway>| {
            IpAddr::V4(nat.private_ip) == address
                && nat.state != NatState::Deleted
                && self
                    .network
                    .subnets
                    .get(&nat.subnet)
                    .is_some_and(|subnet| subnet.vpc == *vpc)
        };
        self.network
            .nat_gateways
            .values()
            .find(here)
            .map(AsRef::as_ref)
    }

    /// Through a NAT gateway.
    pub(super) fn translate(
        &mut self,
        id: &NatGatewayId,
        from: &'a Subnet,
        it: Travel<'a>,
    ) -> Result<Next<'a>, Code> {
        let network = self.network;
        let part = Part::NatGateway(id.clone());
        let found = network.nat_gateways.get(id);
        let place = found.and_then(|nat| Some((nat, network.subnets.get(&nat.subnet)?)));
        let Some((nat, subnet)) = place else {
            return self.stop(Code::BadState, part, OUT, "its subnet is gone");
        };
        if nat.state != NatState::Available {
            let words = format!("it is {}", nat.state.aws());
            return self.stop(Code::BadState, part, OUT, words);
        }
        // IPv6 only towards IPv4 addresses that DNS64 wrote as IPv6 ones
        let embedded = match it.packet.to {
            IpAddr::V4(to) => Some(to),
            IpAddr::V6(to) => match to.segments() {
                [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
                    Some(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)))
                }
                _ => None,
            },
        };
        let Some(to) = embedded else {
            let words = "carries IPv6 to 64:ff9b::/96 only";
            return self.stop(Code::ProtocolRestriction, part, OUT, words);
        };
        if !PROTOCOLS.contains(&it.packet.protocol) {
            let words = format!("carries TCP, UDP and ICMP, not {}", it.packet.what());
            return self.stop(Code::ProtocolRestriction, part, OUT, words);
        }
        let inside = network
            .vpcs
            .get(&subnet.vpc)
            .is_some_and(|vpc| vpc.holds(it.packet.from));
        if subnet.vpc != from.vpc || !inside {
            let words = format!("serves {} only", subnet.vpc);
            return self.stop(Code::NgwRequiresSourceInVpc, part, OUT, words);
        }
        if subnet.id == from.id {
            let words = "stands in the sender's own subnet, whose route leads back to it";
            return self.stop(Code::NatSameSubnetLoop, part, OUT, words);
        }
        let mut it = it.hide(Hidden::Translation);
        self.cross_in(subnet, &it, nat.interface.clone())?;
        self.record(nat.interface.as_ref(), Direction::In, &it.packet, true);
        it.packet.from = nat.private_ip.into();
        it.packet.to = to.into();
        if it.packet.protocol.has_ports() {
            it.packet.from_port = self.flow.nat_port.unwrap_or(it.packet.from_port);
        }
        let words = if it.packet.protocol.has_ports() {
            format!(
                "the source becomes {}:{}",
                nat.private_ip, it.packet.from_port
            )
        } else {
            format!("the source becomes {}", nat.private_ip)
        };
        self.pass(part, Direction::Out, Phase::Forward, words);
        it.sender = nat.interface.as_ref();
        it.via = Via::Local;
        self.leads_out(nat, subnet, &it)?;
        Ok(Next::From(subnet, it))
    }

    /// A public NAT gateway needs a subnet whose table leads to an internet gateway.
    fn leads_out(
        &mut self,
        nat: &NatGateway,
        subnet: &'a Subnet,
        it: &Travel<'a>,
    ) -> Result<(), Code> {
        if nat.connectivity == Connectivity::Private || subnet.holds(it.packet.to) {
            return Ok(());
        }
        let network = self.network;
        let Some(table) = network.route_table_of(subnet) else {
            return Ok(());
        };
        let Some(route) = routes::deciding(network, table, it.packet.to) else {
            return Ok(());
        };
        let elsewhere = !matches!(
            route.target,
            Target::Local | Target::InternetGateway(_) | Target::GatewayEndpoint(_)
        );
        if elsewhere && !network.route_is_dead(table, &route.target) {
            let words = format!(
                "stands in {}, whose table leads to {}, not to an internet gateway",
                subnet.title(),
                route.target
            );
            let part = Part::NatGateway(nat.id.clone());
            return self.stop(Code::NatNotInPublicSubnet, part, OUT, words);
        }
        Ok(())
    }
}
