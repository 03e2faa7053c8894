//! The walk: asks each part on the way, there and back, in AWS's order, and writes down every answer.
//!
//! Order (VPC guide and Reachability Analyzer): leaving an interface, its groups, then for another subnet the subnet's
//! ACL and the route table; entering one, the subnet's ACL, then its groups. Groups remember connections, so answers
//! pass them unasked; ACLs and routes are asked again on the way back.

use super::Trace;
use super::{
    Code, Destination, Direction, Ending, Endpoint, Flow, Hop, Interface, IpProtocol, Network,
    Part, Peer, Phase, RouteDestination, Rule, Subnet, Target,
};
use std::net::{IpAddr, Ipv4Addr};

/// The rule of every default network ACL, in words.
const ACL_RULE: &str = "rule 100 allows all";

impl Network {
    /// Walks a flow on trust.
    pub fn glance(&self, flow: &Flow) -> Trace {
        self.walk(flow)
    }

    /// Walks a flow there and back.
    pub fn walk(&self, flow: &Flow) -> Trace {
        let from = match &flow.from {
            Endpoint::Internet(address) => Some(*address),
            Endpoint::Interface(id) => self
                .interfaces
                .get(id)
                .map(|interface| IpAddr::V4(interface.private_ip)),
        };
        let mut walk = Walk {
            network: self,
            to: match &flow.to {
                Destination::Address(address) => *address,
                _ => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            },
            flow,
            hops: Vec::new(),
        };
        let ending = match walk.there_and_back() {
            Ok(ending) => ending,
            Err(code) => Ending::Denied(code),
        };
        let from = from.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        Trace {
            from,
            to: walk.to,
            protocol: flow.protocol,
            port: flow.port,
            hops: walk.hops,
            ending,
            near: Vec::new(),
            records: Vec::new(),
        }
    }
}

struct Walk<'a> {
    network: &'a Network,
    to: IpAddr,
    flow: &'a Flow,
    hops: Vec<Hop>,
}

impl<'a> Walk<'a> {
    fn there_and_back(&mut self) -> Result<Ending, Code> {
        match &self.flow.from {
            Endpoint::Internet(_) => {
                let (target, subnet) = self.enter_from_internet()?;
                self.enter(target, subnet, None)?;
                if !self.knock(target) {
                    return Ok(Ending::Refused);
                }
                self.acl(subnet, Direction::Out, Phase::Return);
                self.leave_to_internet(target, subnet, Phase::Return)?;
            }
            Endpoint::Interface(id) => {
                let network = self.network;
                let source = network
                    .interfaces
                    .get(id)
                    .ok_or(Code::NoPossibleDestination)?;
                let subnet = network
                    .subnets
                    .get(&source.subnet)
                    .ok_or(Code::NoPossibleDestination)?;
                return self.leave_interface(source, subnet);
            }
        }
        Ok(Ending::Delivered)
    }

    fn leave_interface(
        &mut self,
        source: &'a Interface,
        subnet: &'a Subnet,
    ) -> Result<Ending, Code> {
        let network = self.network;
        if self.to.is_loopback() || source.has(self.to) {
            self.pass(
                Part::Loopback(source.id.clone()),
                Direction::Out,
                Phase::Forward,
                "nothing filters localhost".to_owned(),
            );
            return Ok(if self.knock(source) {
                Ending::Delivered
            } else {
                Ending::Refused
            });
        }
        let target = network.interfaces.values().find(|other| other.has(self.to));
        self.groups(source, Direction::Out, self.to, target.map(AsRef::as_ref))?;
        if subnet.holds(self.to) {
            let target = target.ok_or(Code::NoPossibleDestination)?;
            self.groups(
                target,
                Direction::In,
                source.private_ip.into(),
                Some(source),
            )?;
            return Ok(if self.knock(target) {
                Ending::Delivered
            } else {
                Ending::Refused
            });
        }
        self.acl(subnet, Direction::Out, Phase::Forward);
        let vpc = network
            .vpcs
            .get(&subnet.vpc)
            .ok_or(Code::NoPossibleDestination)?;
        if !vpc.holds(self.to) {
            self.leave_to_internet(source, subnet, Phase::Forward)?;
            self.acl(subnet, Direction::In, Phase::Return);
            return Ok(Ending::Delivered);
        }
        self.local_route(subnet, Phase::Forward);
        let target = target.ok_or(Code::NoPossibleDestination)?;
        let target_subnet = network
            .subnets
            .get(&target.subnet)
            .ok_or(Code::NoPossibleDestination)?;
        self.enter(target, target_subnet, Some(source))?;
        if !self.knock(target) {
            return Ok(Ending::Refused);
        }
        self.acl(target_subnet, Direction::Out, Phase::Return);
        self.local_route(target_subnet, Phase::Return);
        self.acl(subnet, Direction::In, Phase::Return);
        Ok(Ending::Delivered)
    }

    /// The gateway delivers to the interface that has the public address.
    fn enter_from_internet(&mut self) -> Result<(&'a Interface, &'a Subnet), Code> {
        let network = self.network;
        let target = network
            .interfaces
            .values()
            .find(|interface| interface.public_ip.map(IpAddr::V4) == Some(self.to));
        let subnet = target.and_then(|target| network.subnets.get(&target.subnet));
        let gateway = subnet.and_then(|subnet| network.internet_gateway_of(&subnet.vpc));
        let part = Part::InternetGateway(gateway.map(|gateway| gateway.id.clone()));
        if let (Some(target), Some(subnet), true) = (target, subnet, gateway.is_some()) {
            self.pass(
                part,
                Direction::In,
                Phase::Forward,
                format!("{} is {}", self.to, target.private_ip),
            );
            return Ok((target, subnet));
        }
        let rule = if target.is_some() {
            "no gateway is attached"
        } else {
            "no interface has the address"
        };
        self.stop(part, Direction::In, Phase::Forward, rule.to_owned());
        Err(Code::IgwPrivateIpAssociationForIngress)
    }

    /// Subnet ACL, then groups, into an interface.
    fn enter(
        &mut self,
        target: &'a Interface,
        subnet: &'a Subnet,
        source: Option<&'a Interface>,
    ) -> Result<(), Code> {
        self.acl(subnet, Direction::In, Phase::Forward);
        let from = match (&self.flow.from, source) {
            (Endpoint::Internet(address), _) => *address,
            (_, Some(source)) => source.private_ip.into(),
            _ => Ipv4Addr::UNSPECIFIED.into(),
        };
        self.groups(target, Direction::In, from, source)
    }

    /// Route table, then gateway, out of a subnet to the Internet.
    fn leave_to_internet(
        &mut self,
        source: &Interface,
        subnet: &Subnet,
        phase: Phase,
    ) -> Result<(), Code> {
        let to = match (&self.flow.from, phase) {
            (Endpoint::Internet(address), Phase::Return) => *address,
            _ => self.to,
        };
        let table = self
            .network
            .route_table_of(subnet)
            .ok_or(Code::NoRouteToDestination)?;
        let vpc = self
            .network
            .vpcs
            .get(&subnet.vpc)
            .ok_or(Code::NoRouteToDestination)?;
        let part = Part::RouteTable(table.id.clone(), subnet.id.clone());
        let _ = vpc;
        let holds = |route: &&super::Route| matches!(&route.destination, RouteDestination::Block(block) if block.contains(&to));
        let Some(route) = table.routes.iter().find(holds).cloned() else {
            self.stop(part, Direction::Out, phase, format!("no route for {to}"));
            return Err(Code::NoRouteToDestination);
        };
        let Target::InternetGateway(gateway) = route.target else {
            return Err(Code::NoPossibleDestination);
        };
        let rule = format!("{} to {gateway}", route.destination);
        self.pass(part, Direction::Out, phase, rule);
        let part = Part::InternetGateway(Some(gateway));
        if let Some(public_ip) = source.public_ip {
            self.pass(
                part,
                Direction::Out,
                phase,
                format!("{} becomes {public_ip}", source.private_ip),
            );
            Ok(())
        } else {
            self.stop(
                part,
                Direction::Out,
                phase,
                format!("{} has no public address", source.private_ip),
            );
            Err(Code::IgwPublicIpAssociationForEgress)
        }
    }

    fn local_route(&mut self, subnet: &Subnet, phase: Phase) {
        if let (Some(table), Some(vpc)) = (
            self.network.route_table_of(subnet),
            self.network.vpcs.get(&subnet.vpc),
        ) {
            let part = Part::RouteTable(table.id.clone(), subnet.id.clone());
            self.pass(
                part,
                Direction::Out,
                phase,
                format!("{} is local", vpc.cidr),
            );
        }
    }

    fn acl(&mut self, subnet: &Subnet, direction: Direction, phase: Phase) {
        self.pass(
            Part::SubnetAcl {
                subnet: subnet.id.clone(),
                acl: self
                    .network
                    .network_acl_of(subnet)
                    .map_or_else(|| "".into(), |acl| acl.id.clone()),
                entry: Some(100),
            },
            direction,
            phase,
            ACL_RULE.to_owned(),
        );
    }

    /// Asks all groups of an interface together: one rule that allows is enough.
    fn groups(
        &mut self,
        of: &Interface,
        direction: Direction,
        other_address: IpAddr,
        other: Option<&Interface>,
    ) -> Result<(), Code> {
        let groups = of
            .groups
            .iter()
            .filter_map(|id| self.network.security_groups.get(id));
        let port = self.flow.port;
        let allows = |rule: &&&Rule| {
            rule.protocol.holds(IpProtocol::TCP)
                && rule.ports.hold(IpProtocol::TCP, port, (0, 0))
                && match &rule.peer {
                    Peer::Block(block) => block.contains(&other_address),
                    Peer::Group(group) => other.is_some_and(|other| other.groups.contains(group)),
                    Peer::PrefixList(_) => false,
                }
        };
        let rules: Vec<&Rule> = groups
            .flat_map(|group| match direction {
                Direction::In => &group.ingress,
                Direction::Out => &group.egress,
            })
            .collect();
        let part = Part::SecurityGroups(of.groups.clone(), of.id.clone());
        if let Some(rule) = rules.iter().find(allows) {
            self.pass(part, direction, Phase::Forward, rule.to_string());
            return Ok(());
        }
        self.stop(
            part,
            direction,
            Phase::Forward,
            if rules.is_empty() {
                "no rules"
            } else {
                "no match"
            }
            .to_owned(),
        );
        Err(if rules.is_empty() {
            Code::SgHasNoRules
        } else {
            Code::EniSgRulesMismatch
        })
    }

    /// Whether something listens on the port.
    fn knock(&mut self, target: &Interface) -> bool {
        let listener = target
            .listeners
            .iter()
            .find(|listener| listener.port == self.flow.port);
        let found =
            listener.and_then(|listener| Some((listener.container?, listener.name.clone())));
        let rule = match &found {
            Some((_, name)) => format!("{name} listens on {}", self.flow.port),
            None => format!("nothing listens on {}", self.flow.port),
        };
        let passed = found.is_some();
        self.hops.push(Hop {
            part: Part::Listener(target.id.clone(), found),
            direction: Direction::In,
            phase: Phase::Forward,
            rule,
            passed,
        });
        passed
    }

    fn pass(&mut self, part: Part, direction: Direction, phase: Phase, rule: String) {
        self.hops.push(Hop {
            part,
            direction,
            phase,
            rule,
            passed: true,
        });
    }

    fn stop(&mut self, part: Part, direction: Direction, phase: Phase, rule: String) {
        self.hops.push(Hop {
            part,
            direction,
            phase,
            rule,
            passed: false,
        });
    }
}
