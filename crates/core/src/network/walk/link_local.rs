//! Services that every interface reaches at addresses of their own, and that neither groups nor ACLs filter.
//! Source: 'Control traffic to subnets using network ACLs' and 'Security groups' of the VPC guide.

use super::Walk;
use super::packet::Packet;
use crate::network::{Code, Direction, Interface, IpProtocol, Owner, Part, Phase, Subnet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Amazon's resolver, beside the third address of the VPC's first block.
const RESOLVER: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 253);
const RESOLVER_IPV6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x253);
/// The instance metadata service.
const METADATA: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 254);
const METADATA_IPV6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);
/// The Amazon Time Sync Service.
const TIME: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 123);
const TIME_IPV6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x123);
/// The task metadata endpoint, credentials among it.
const TASK_METADATA: Ipv4Addr = Ipv4Addr::new(169, 254, 170, 2);
/// Windows license activation.
const ACTIVATION: [Ipv4Addr; 2] = [
    Ipv4Addr::new(169, 254, 169, 250),
    Ipv4Addr::new(169, 254, 169, 251),
];

/// Whether an address is one of link-local services.
pub(super) fn is_service(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => [RESOLVER_IPV6, METADATA_IPV6, TIME_IPV6].contains(&address),
    }
}

/// What answers at an address, for whom it does, and on which ports.
enum Service {
    Resolver,
    Offered(&'static str),
    Missing(&'static str),
}

fn service(source: &Interface, resolver: Ipv4Addr, packet: &Packet) -> Option<Service> {
    let is_task = matches!(source.owner, Owner::Task(_));
    let tcp = |port| packet.protocol == IpProtocol::TCP && packet.to_port == port;
    let udp = |port| packet.protocol == IpProtocol::UDP && packet.to_port == port;
    let offered = |is: bool, name, missing| {
        if is {
            Service::Offered(name)
        } else {
            Service::Missing(missing)
        }
    };
    let metadata = || {
        offered(
            !is_task && tcp(80),
            "instance metadata",
            "tasks on Fargate have no instance metadata; credentials come from 169.254.170.2",
        )
    };
    let dns = || {
        if udp(53) || tcp(53) {
            Service::Resolver
        } else {
            Service::Missing("the resolver answers on port 53 only")
        }
    };
    let time = || {
        offered(
            udp(123),
            "time sync",
            "the time service answers on UDP 123 only",
        )
    };
    Some(match packet.to {
        IpAddr::V4(to) if to == RESOLVER || to == resolver => dns(),
        IpAddr::V4(METADATA) | IpAddr::V6(METADATA_IPV6) => metadata(),
        IpAddr::V4(TIME) | IpAddr::V6(TIME_IPV6) => time(),
        IpAddr::V4(TASK_METADATA) => offered(
            is_task && tcp(80),
            "task metadata",
            "only tasks have task metadata, on TCP 80",
        ),
        IpAddr::V4(to) if ACTIVATION.contains(&to) => offered(
            tcp(1688),
            "license activation",
            "it answers on TCP 1688 only",
        ),
        IpAddr::V4(to) if to.is_link_local() => Service::Missing("nothing is at this address"),
        IpAddr::V6(RESOLVER_IPV6) => dns(),
        _ => return None,
    })
}

impl<'a> Walk<'a> {
    /// Whether the packet is for such a service, and answered; refused where the service is not offered.
    pub(super) fn link_local(
        &mut self,
        source: &'a Interface,
        subnet: &'a Subnet,
        packet: &Packet,
    ) -> Result<bool, Code> {
        let Some(vpc) = self.network.vpcs.get(&subnet.vpc) else {
            return Ok(false);
        };
        let way = (Direction::Out, Phase::Forward);
        let part = Part::LinkLocal(packet.to);
        match service(source, vpc.resolver(), packet) {
            None => Ok(false),
            Some(Service::Resolver) if !vpc.dns_support => self.stop(
                Code::DnsDisabled,
                Part::Vpc(vpc.id.clone()),
                way,
                "enableDnsSupport is off",
            ),
            Some(Service::Missing(why)) => self.stop(Code::NoService, part, way, why),
            Some(Service::Resolver) => {
                let words = "nothing filters Amazon DNS".to_owned();
                self.pass(part, Direction::Out, Phase::Forward, words);
                Ok(true)
            }
            Some(Service::Offered(name)) => {
                let words = format!("nothing filters {name}");
                self.pass(part, Direction::Out, Phase::Forward, words);
                Ok(true)
            }
        }
    }
}
