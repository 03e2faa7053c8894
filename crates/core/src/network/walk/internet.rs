//! The internet gateway, and what is beyond it: hosts, and this account's own public addresses seen from outside.

use super::packet::Packet;
use super::{Arrival, Hidden, Travel, Via, Walk};
use crate::ids::{InternetGatewayId, VpcId};
use crate::network::{Code, Connectivity, Direction, Interface, NatGateway, Part, Phase, Subnet};
use std::net::{IpAddr, Ipv4Addr};

const OUT: (Direction, Phase) = (Direction::Out, Phase::Forward);
const IN: (Direction, Phase) = (Direction::In, Phase::Forward);

/// Whether an address is of 100.64.0.0/10, which carriers share. Source: RFC 6598.
fn is_shared(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    first == 100 && (64..128).contains(&second)
}

/// Whether an address is one that the simulator gives to interfaces: one that nobody has leads nowhere.
fn is_ours(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => matches!(address.octets(), [198, 51, 100, _] | [198, 18 | 19, ..]),
        IpAddr::V6(_) => false,
    }
}

/// What has a public address.
enum Owner<'a> {
    Interface(&'a Interface),
    Nat(&'a NatGateway),
}

impl<'a> Walk<'a> {
    /// Out through an internet gateway. IPv4 gets the sender's public address; IPv6 passes as it is.
    pub(super) fn out_of_gateway(
        &mut self,
        id: &InternetGatewayId,
        from: &Subnet,
        it: Travel<'a>,
    ) -> Result<Travel<'a>, Code> {
        let part = Part::InternetGateway(Some(id.clone()));
        let mut it = it.hide(Hidden::Translation);
        let (IpAddr::V4(private), IpAddr::V4(to)) = (it.packet.from, it.packet.to) else {
            let words = format!("{} passes as it is", it.packet.from);
            self.pass(part, Direction::Out, Phase::Forward, words);
            return Ok(it);
        };
        let Some(public) = self.public_twin(&from.vpc, private) else {
            let words = format!("{private} has no public address");
            return self.stop(Code::IgwPublicIpAssociationForEgress, part, OUT, words);
        };
        let code = if to.is_private() {
            Some(Code::IgwDestinationAddressNotInRfc1918Egress)
        } else {
            is_shared(to).then_some(Code::IgwDestinationAddressNotInRfc6598Egress)
        };
        if let Some(code) = code {
            let words = format!("{to} is a private address, which does not exist on the Internet");
            return self.stop(code, part, OUT, words);
        }
        self.pass(
            part,
            Direction::Out,
            Phase::Forward,
            format!("{private} becomes {public}"),
        );
        it.packet.from = public.into();
        Ok(it)
    }

    /// The public address of what has a private one in a VPC.
    fn public_twin(&self, vpc: &VpcId, private: Ipv4Addr) -> Option<Ipv4Addr> {
        if let Some(nat) = self.nat_at(vpc, private.into()) {
            return nat
                .public_ip
                .filter(|_| nat.connectivity == Connectivity::Public);
        }
        self.network.interface_at(vpc, private.into())?.public_ip
    }

    /// Beyond the gateway: to this account's own public address, and so in again, or to a host.
    pub(super) fn outside(&mut self, it: Travel<'a>) -> Result<Arrival<'a>, Code> {
        if self.owner_of(it.packet.to).is_some() {
            return self.enter_gateway(it);
        }
        self.beyond(&it)
    }

    /// To a host on the Internet. Those that are not named are there too, and answer.
    pub(super) fn beyond(&mut self, it: &Travel<'a>) -> Result<Arrival<'a>, Code> {
        let to = it.packet.to;
        let part = Part::Internet(to);
        let host = self.network.hosts.values().find(|host| host.address == to);
        if host.is_none() && is_ours(to) {
            return self.stop(
                Code::NoPossibleDestination,
                part,
                OUT,
                format!("nothing has {to}"),
            );
        }
        let words = host.map_or_else(
            || "the host answers".to_owned(),
            |host| format!("{} answers", host.id),
        );
        self.pass(part, Direction::In, Phase::Forward, words);
        Ok(Arrival::Outside)
    }

    /// A host on the Internet opens a connection.
    pub(super) fn host_opens(&mut self, packet: Packet) -> Result<Arrival<'a>, Code> {
        let it = Travel {
            packet,
            worn: &[],
            hidden: None,
            sender: None,
            via: Via::Local,
        };
        if let IpAddr::V4(to) = packet.to
            && (to.is_private() || is_shared(to) || to.is_loopback() || to.is_link_local())
        {
            let part = Part::Internet(packet.to);
            let words = format!("{to} is a private address, which does not exist on the Internet");
            return self.stop(Code::UnroutablePrivateDestination, part, OUT, words);
        }
        if self
            .network
            .hosts
            .values()
            .any(|host| host.address == packet.to)
        {
            return self.beyond(&it);
        }
        self.enter_gateway(it)
    }

    fn owner_of(&self, public: IpAddr) -> Option<Owner<'a>> {
        let interfaces = &self.network.interfaces;
        let IpAddr::V4(address) = public else {
            let found = interfaces.values().find(|interface| interface.has(public));
            return found.map(|found| Owner::Interface(found));
        };
        let found = interfaces
            .values()
            .find(|interface| interface.public_ip == Some(address));
        if let Some(found) = found {
            return Some(Owner::Interface(found));
        }
        let mut nats = self.network.nat_gateways.values();
        nats.find(|nat| nat.public_ip == Some(address))
            .map(|nat| Owner::Nat(nat))
    }

    /// In through the internet gateway of the VPC that has the address.
    fn enter_gateway(&mut self, mut it: Travel<'a>) -> Result<Arrival<'a>, Code> {
        let network = self.network;
        let to = it.packet.to;
        let owner = self.owner_of(to);
        let (id, private) = match owner {
            None => {
                let gateway = network
                    .internet_gateways
                    .values()
                    .find(|gateway| gateway.vpc.is_some());
                let part = Part::InternetGateway(gateway.map(|gateway| gateway.id.clone()));
                let code = Code::IgwPrivateIpAssociationForIngress;
                return self.stop(code, part, IN, "no interface has the address");
            }
            Some(Owner::Interface(found)) => (&found.subnet, IpAddr::from(found.private_ip)),
            Some(Owner::Nat(nat)) => (&nat.subnet, nat.private_ip.into()),
        };
        let Some(subnet) = network.subnets.get(id) else {
            return Err(Code::NoPossibleDestination);
        };
        let Some(gateway) = network.internet_gateway_of(&subnet.vpc) else {
            return self.no_gateway(subnet, to);
        };
        let words = if to.is_ipv4() {
            it.packet.to = private;
            format!("{to} is {private}")
        } else {
            format!("{to} passes as it is")
        };
        let part = Part::InternetGateway(Some(gateway.id.clone()));
        self.pass(part, Direction::In, Phase::Forward, words);
        it.via = Via::InternetGateway(gateway.id.clone());
        match owner {
            Some(Owner::Interface(target)) => self.enter(target, it),
            Some(Owner::Nat(nat)) => {
                self.cross_in(subnet, &it, nat.interface.clone())?;
                let part = Part::NatGateway(nat.id.clone());
                let words = "a NAT gateway lets no connection in";
                self.stop(Code::NatNoInbound, part, IN, words)
            }
            None => Err(Code::NoPossibleDestination),
        }
    }

    /// No internet gateway is attached to the VPC: an egress-only gateway does not let in what an internet gateway would.
    fn no_gateway(&mut self, subnet: &Subnet, to: IpAddr) -> Result<Arrival<'a>, Code> {
        let network = self.network;
        let mut gateways = network.egress_only_gateways.values();
        let egress_only = gateways.find(|gateway| gateway.vpc.as_ref() == Some(&subnet.vpc));
        if let (IpAddr::V6(_), Some(gateway)) = (to, egress_only) {
            let part = Part::EgressOnlyGateway(gateway.id.clone());
            let words = "an egress-only gateway lets no connection in";
            return self.stop(Code::EigwNoInbound, part, IN, words);
        }
        let detached = network
            .internet_gateways
            .values()
            .find(|gateway| gateway.vpc.is_none());
        let part = Part::InternetGateway(detached.map(|gateway| gateway.id.clone()));
        let code = Code::IgwPrivateIpAssociationForIngress;
        self.stop(code, part, IN, "no gateway is attached")
    }
}
