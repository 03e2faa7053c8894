//! The beginning: who sends, from which address, and what never leaves the sender.

use super::packet::Packet;
use super::{Arrival, Travel, Via, Walk};
use crate::network::{Code, Direction, Interface, Part, Phase};
use std::net::IpAddr;

impl<'a> Walk<'a> {
    /// The address it is sent from: the sender's, of the destination's family.
    pub(super) fn source_address(&mut self, source: Option<&'a Interface>) -> Result<IpAddr, Code> {
        let found = match source {
            None if self.from.is_ipv4() == self.to.is_ipv4() => Some(self.from),
            None => None,
            Some(_) if self.to.is_loopback() => Some(self.to),
            Some(source) if self.to.is_ipv4() => Some(source.private_ip.into()),
            // the link-local services have addresses of both families, and ask for none of the sender's
            Some(source) => source.ipv6.map(IpAddr::V6).or_else(|| {
                super::link_local::is_service(self.to).then_some(source.private_ip.into())
            }),
        };
        let part = source.map_or(Part::Internet(self.from), |source| {
            Part::Interface(source.id.clone())
        });
        found.map_or_else(
            || {
                let family = if self.to.is_ipv4() { "IPv4" } else { "IPv6" };
                self.stop(
                    Code::NoSourceAddress,
                    part,
                    (Direction::Out, Phase::Forward),
                    format!("the sender has no {family} address"),
                )
            },
            Ok,
        )
    }

    /// An interface opens a connection.
    pub(super) fn open(
        &mut self,
        source: &'a Interface,
        packet: Packet,
    ) -> Result<Arrival<'a>, Code> {
        let network = self.network;
        let it = Travel {
            packet,
            worn: &source.groups,
            hidden: None,
            sender: Some(&source.id),
            via: Via::Local,
        };
        if packet.to.is_loopback() || source.has(packet.to) {
            let words = if packet.to.is_loopback() {
                "nothing filters localhost"
            } else {
                "nothing filters what is sent to one's own address"
            };
            let part = Part::Loopback(source.id.clone());
            self.pass(part, Direction::Out, Phase::Forward, words.to_owned());
            return Ok(Arrival::Interface(source, it));
        }
        let Some(subnet) = network.subnets.get(&source.subnet) else {
            return Err(Code::NoPossibleDestination);
        };
        if self.link_local(source, subnet, &packet)? {
            return Ok(Arrival::Outside);
        }
        self.groups(source, Direction::Out, &it)?;
        self.leave(subnet, it)
    }
}
