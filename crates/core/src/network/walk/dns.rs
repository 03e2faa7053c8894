//! What a connection is opened to: an address, a name that the VPC's resolver or the Internet's answers, or a load balancer.

use super::Walk;
use crate::network::{
    Code, Destination, Direction, FileSystem, Interface, InterfaceEndpoint, LoadBalancer, Owner,
    Part, Phase, Vpc,
};
use std::net::IpAddr;
use std::sync::Arc;

const OUT: (Direction, Phase) = (Direction::Out, Phase::Forward);

/// Whether a name is one of some: `*.` before one holds all names below it.
fn one_of(names: &[String], name: &str) -> bool {
    let name = name.trim_end_matches('.');
    names.iter().any(|known| match known.strip_prefix('*') {
        Some(rest) => {
            name.len() > rest.len()
                && name
                    .get(name.len() - rest.len()..)
                    .is_some_and(|end| end.eq_ignore_ascii_case(rest))
        }
        None => known.eq_ignore_ascii_case(name),
    })
}

impl<'a> Walk<'a> {
    /// The address that the connection is opened to.
    pub(super) fn destination(&mut self, source: Option<&'a Interface>) -> Result<IpAddr, Code> {
        if let Some(known) = self.known {
            return Ok(known.to());
        }
        let flow = self.flow;
        match &flow.to {
            Destination::Address(address) => Ok(*address),
            Destination::Name(name) => self.look_up(name, source),
            Destination::LoadBalancer(id) => {
                let found = self.network.load_balancers.get(id);
                let node = found.and_then(|balancer| self.node_address(balancer, source));
                node.map_or_else(
                    || {
                        let part = Part::LoadBalancer(id.clone());
                        self.stop(Code::NxDomain, part, OUT, "it has no node with an address")
                    },
                    Ok,
                )
            }
        }
    }

    fn look_up(&mut self, name: &Arc<str>, source: Option<&'a Interface>) -> Result<IpAddr, Code> {
        let network = self.network;
        let subnet = source.and_then(|source| network.subnets.get(&source.subnet));
        let vpc = subnet.and_then(|subnet| network.vpcs.get(&subnet.vpc));
        if let Some(vpc) = vpc.filter(|vpc| !vpc.dns_support) {
            let part = Part::Vpc(vpc.id.clone());
            return self.stop(Code::DnsDisabled, part, OUT, "enableDnsSupport is off");
        }
        let zone = subnet.map(|subnet| &*subnet.zone);
        let found = vpc
            .and_then(|vpc| self.private_answer(vpc, name, zone))
            .or_else(|| self.of_endpoint(zone, |endpoint| is_own_name(endpoint, name)))
            .or_else(|| self.public_answer(vpc, name, source));
        let part = Part::Name(name.clone());
        if let Some(address) = found {
            self.pass(
                part,
                Direction::Out,
                Phase::Forward,
                format!("is {address}"),
            );
            Ok(address)
        } else {
            self.stop(Code::NxDomain, part, OUT, "nothing has this name")
        }
    }

    /// What only the VPC's resolver knows: endpoints' usual names, private zones, and Cloud Map. Names that stand for something else on the
    /// Internet need both DNS attributes. Source: 'DNS attributes for your VPC' and 'Private DNS names' of the VPC guide.
    fn private_answer(&self, vpc: &Vpc, name: &str, zone: Option<&str>) -> Option<IpAddr> {
        let network = self.network;
        let both = vpc.dns_support && vpc.dns_hostnames;
        let usual = |endpoint: &InterfaceEndpoint| {
            endpoint.vpc == vpc.id
                && endpoint.private_dns
                && both
                && one_of(&endpoint.dns_names, name)
        };
        if let Some(address) = self.of_endpoint(zone, usual) {
            return Some(address);
        }
        if !both {
            return None;
        }
        let private = amazon_address(name, "ip-", |domain| is_private_domain(domain, zone));
        if let Some(address) = private.filter(|it| vpc.holds(*it)) {
            return Some(address);
        }
        if let Some(address) = self.mount_target(vpc, name, zone) {
            return Some(address);
        }
        let zones = network.private_names.iter();
        let mut records = zones.filter(|record| record.vpcs.contains(&vpc.id));
        records
            .find(|record| one_of(std::slice::from_ref(&record.name), name))
            .and_then(|record| record.addresses.iter().min().copied())
    }

    /// The address of the first endpoint that is asked for, in the asker's zone where it is there.
    fn of_endpoint(
        &self,
        zone: Option<&str>,
        is_asked: impl Fn(&InterfaceEndpoint) -> bool,
    ) -> Option<IpAddr> {
        let mut all = self.network.interface_endpoints.values();
        let found = all.find(|it| it.available && is_asked(it))?;
        self.of_zone(found.interfaces.iter(), zone, |it| {
            Some(it.private_ip.into())
        })
    }

    /// The name of a file system means its mount target in the asker's zone, and nothing where it has none there.
    /// Source: 'Mounting with a DNS name' of the EFS guide.
    fn mount_target(&self, vpc: &Vpc, name: &str, zone: Option<&str>) -> Option<IpAddr> {
        let network = self.network;
        let mut all = network.interfaces.values();
        let found = all.find(|interface| {
            let Owner::MountTarget(file_system) = &interface.owner else {
                return false;
            };
            let subnet = network.subnets.get(&interface.subnet);
            subnet.is_some_and(|it| it.vpc == vpc.id && Some(&*it.zone) == zone)
                && FileSystem::dns_name(file_system).eq_ignore_ascii_case(name)
        });
        found.map(|interface| interface.private_ip.into())
    }

    /// What everyone knows. The name of a public address means the private one within its VPC.
    fn public_answer(
        &self,
        vpc: Option<&'a Arc<Vpc>>,
        name: &str,
        source: Option<&'a Interface>,
    ) -> Option<IpAddr> {
        let network = self.network;
        let host = network
            .hosts
            .values()
            .find(|host| one_of(&host.dns_names, name));
        if let Some(host) = host {
            return Some(host.address);
        }
        let mut balancers = network.load_balancers.values();
        if let Some(balancer) =
            balancers.find(|it| !it.dns_name.is_empty() && it.dns_name.eq_ignore_ascii_case(name))
        {
            return self.node_address(balancer, source);
        }
        let mut interfaces = network.interfaces.values();
        let public = amazon_address(name, "ec2-", |domain| {
            domain == "compute-1.amazonaws.com" || domain.ends_with(".compute.amazonaws.com")
        });
        let named = |it: &&Arc<Interface>| {
            let own = it.public_dns.as_ref();
            own.is_some_and(|own| own.eq_ignore_ascii_case(name))
                || (public.is_some() && it.public_ip.map(IpAddr::V4) == public)
        };
        let Some(named) = interfaces.find(named) else {
            return public;
        };
        let subnet = network.subnets.get(&named.subnet);
        let inside = vpc.is_some_and(|vpc| {
            vpc.dns_hostnames && subnet.is_some_and(|subnet| subnet.vpc == vpc.id)
        });
        match named.public_ip {
            Some(public) if !inside => Some(public.into()),
            _ => Some(named.private_ip.into()),
        }
    }

    /// The address of a load balancer's node: the one that the client's resolver gave, else of the client's zone, else the first.
    fn node_address(
        &self,
        balancer: &LoadBalancer,
        source: Option<&'a Interface>,
    ) -> Option<IpAddr> {
        let network = self.network;
        let zone = source
            .and_then(|source| network.subnets.get(&source.subnet))
            .map(|subnet| &*subnet.zone);
        let address = |node: &Interface| match node.public_ip {
            Some(public) if balancer.internet_facing => Some(public.into()),
            _ => Some(node.private_ip.into()),
        };
        if let Some(node) = &self.flow.node {
            let node = balancer.nodes.iter().find(|it| *it == node)?;
            return address(network.interfaces.get(node)?);
        }
        self.of_zone(balancer.nodes.iter(), zone, address)
    }

    /// The address of the first of some interfaces in a zone, else of the first of all, in the order of their ids.
    fn of_zone<'b>(
        &self,
        ids: impl Iterator<Item = &'b crate::ids::NetworkInterfaceId>,
        zone: Option<&str>,
        address: impl Fn(&Interface) -> Option<IpAddr>,
    ) -> Option<IpAddr> {
        let network = self.network;
        let mut found: Vec<&Interface> = ids
            .filter_map(|id| network.interfaces.get(id).map(AsRef::as_ref))
            .collect();
        let elsewhere = |it: &Interface| {
            let subnet = network.subnets.get(&it.subnet);
            subnet.is_none_or(|subnet| Some(&*subnet.zone) != zone)
        };
        found.sort_by_key(|it| (elsewhere(it), it.id.clone()));
        found.first().and_then(|it| address(it))
    }
}

/// The address in a name that AWS gives to it: `ip-10-0-0-48.ec2.internal`.
/// Source: 'DNS hostnames' of the VPC guide.
fn amazon_address(name: &str, prefix: &str, is_domain: impl Fn(&str) -> bool) -> Option<IpAddr> {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let (host, domain) = name.strip_prefix(prefix)?.split_once('.')?;
    let address = host.replace('-', ".").parse().ok().map(IpAddr::V4);
    address.filter(|_| is_domain(domain))
}

/// Whether a domain is the one of private names in a zone's Region: us-east-1 has an older and shorter one.
fn is_private_domain(domain: &str, zone: Option<&str>) -> bool {
    let region = zone.map(|zone| zone.trim_end_matches(|it: char| it.is_ascii_lowercase()));
    match region {
        None | Some("us-east-1") => domain == "ec2.internal",
        Some(region) => domain.strip_suffix(".compute.internal") == Some(region),
    }
}

/// Whether a name is an endpoint's own, `vpce-….vpce.amazonaws.com`. Public DNS answers it with the endpoint's private addresses, to
/// whoever asks, with private DNS on or off. Source: 'Access an AWS service using an interface VPC endpoint', DNS names.
fn is_own_name(endpoint: &InterfaceEndpoint, name: &str) -> bool {
    let id = endpoint.id.as_str();
    let begins = name.strip_prefix(id);
    begins.is_some_and(|rest| rest.starts_with(['-', '.']))
        || (name
            .trim_end_matches('.')
            .to_ascii_lowercase()
            .ends_with(".vpce.amazonaws.com")
            && one_of(&endpoint.dns_names, name))
}
