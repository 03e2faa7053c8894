//! Load balancers: a connection ends at a node, which chooses a target and asks the network again on its own behalf.

use super::{Arrival, Hidden, Travel, Via, Walk};
use crate::network::{
    BalancedTarget, Code, Destination, Direction, Interface, IpProtocol, LoadBalancer,
    LoadBalancerKind, LoadBalancerState, Network, Part, Phase, Subnet, TargetGroup, TargetState,
};

const WAY: (Direction, Phase) = (Direction::Out, Phase::Forward);

impl Network {
    /// How many targets take turns at answering connections to a load balancer's port; 1 for anything else.
    pub(crate) fn turns(&self, to: &Destination, port: u16) -> u32 {
        let mut all = self.load_balancers.values();
        let balancer = match to {
            Destination::Address(_) => None,
            Destination::LoadBalancer(id) => self.load_balancers.get(id),
            Destination::Name(name) => all.find(|it| it.dns_name.eq_ignore_ascii_case(name)),
        };
        let listeners = balancer.iter().flat_map(|it| &it.listeners);
        let mut groups = listeners
            .filter(|it| it.takes(IpProtocol::TCP, port))
            .filter_map(|it| self.target_groups.get(it.target_group.as_ref()?));
        let targets = groups.next().map_or(1, |group| group.in_turn().len());
        u32::try_from(targets.max(1)).unwrap_or(u32::MAX)
    }
}

impl<'a> Walk<'a> {
    /// The load balancer that an interface is a node of.
    pub(super) fn balancer_at(&self, target: &Interface) -> Option<&'a LoadBalancer> {
        let mut all = self.network.load_balancers.values();
        all.find(|it| it.nodes.contains(&target.id))
            .map(AsRef::as_ref)
    }

    fn zone_of(&self, interface: &crate::ids::NetworkInterfaceId) -> Option<&'a str> {
        let found = self.network.interfaces.get(interface)?;
        let subnet = self.network.subnets.get(&found.subnet)?;
        Some(&subnet.zone)
    }

    /// From a node to a target, there and back. An Application Load Balancer answers itself where no target does.
    /// Source: 'HTTP errors' in 'Troubleshoot your Application Load Balancers'.
    pub(super) fn balance(
        &mut self,
        balancer: &'a LoadBalancer,
        node: &'a Interface,
        source: Option<&'a Interface>,
        it: &Travel<'a>,
    ) -> Result<(), Code> {
        let outcome = self.hand_on(balancer, node, source, it);
        if let (LoadBalancerKind::Application, Err(code)) = (balancer.kind, outcome) {
            self.status = match code {
                // nobody listens, so nobody speaks HTTP
                Code::Elbv2ListenersMismatch | Code::BadState => None,
                Code::Elbv2ListenerHasNoTg | Code::ElbInstalledAzRestriction => Some(503),
                Code::NoListener => Some(502),
                _ => Some(504),
            };
        }
        outcome
    }

    fn hand_on(
        &mut self,
        balancer: &'a LoadBalancer,
        node: &'a Interface,
        source: Option<&'a Interface>,
        it: &Travel<'a>,
    ) -> Result<(), Code> {
        let (group, target) = self.choose(balancer, node, it)?;
        let network = self.network;
        let places = network
            .interfaces
            .get(&target.interface)
            .and_then(|chosen| {
                let there = network.subnets.get(&chosen.subnet)?;
                Some((chosen, there, network.subnets.get(&node.subnet)?))
            });
        let Some((chosen, there, here)) = places else {
            return Err(Code::NoPossibleDestination);
        };
        let part = Part::TargetGroup(group.id.clone());
        let why = match target.health.state {
            TargetState::Unhealthy(_) => ": none is healthy, so all get requests",
            _ => "",
        };
        let words = format!("chooses {}:{}{why}", target.interface, target.port);
        self.pass(part, WAY.0, WAY.1, words);
        self.target = Some(chosen.id.clone());
        let keeps = balancer.kind == LoadBalancerKind::Network && group.keeps_client_address();
        if keeps && source.is_some_and(|source| source.id == chosen.id) {
            let words = "the target would get a connection from its own address";
            let part = Part::LoadBalancer(balancer.id.clone());
            return self.stop(Code::HairpinClientIp, part, WAY, words);
        }
        let mut next = it.clone();
        if keeps {
            next = next.hide(Hidden::Balancer);
        } else {
            next.packet.from = node.private_ip.into();
            next.packet.from_port = self.flow.node_port;
            next.hidden = None;
        }
        // a target may refer to the groups of the load balancer, whoever's address it sees
        next.worn = &node.groups;
        next.packet.to = chosen.private_ip.into();
        next.packet.to_port = target.port;
        next.sender = Some(&node.id);
        next.via = Via::Local;
        self.groups(node, Direction::Out, &next)?;
        let arrival = if keeps && here.id != there.id {
            self.hand_over(here, chosen, next)?
        } else {
            self.leave(here, next)?
        };
        let Arrival::Interface(target, it) = arrival else {
            return self.back();
        };
        // a Network Load Balancer may have an Application Load Balancer as its target
        if let Some(inner) = self
            .balancer_at(target)
            .filter(|inner| inner.id != balancer.id)
        {
            self.back()?;
            return self.balance(inner, target, source, &it);
        }
        self.knock(target, &it.packet)?;
        self.back()
    }

    /// With the client's address as the source no route table is asked: the node carries the answer.
    fn hand_over(
        &mut self,
        here: &'a Subnet,
        chosen: &'a Interface,
        mut it: Travel<'a>,
    ) -> Result<Arrival<'a>, Code> {
        self.cross_out(here, &it)?;
        it.via = Via::Node;
        self.enter(chosen, it)
    }

    /// The target of a node: of the listener's group, in a zone that the node serves.
    fn choose(
        &mut self,
        balancer: &'a LoadBalancer,
        node: &'a Interface,
        it: &Travel<'a>,
    ) -> Result<(&'a TargetGroup, &'a BalancedTarget), Code> {
        let network = self.network;
        let part = Part::LoadBalancer(balancer.id.clone());
        if balancer.state == LoadBalancerState::Provisioning {
            return self.stop(Code::BadState, part, WAY, "it is being provisioned");
        }
        let asked = it.packet;
        let listener = balancer
            .listeners
            .iter()
            .find(|listener| listener.takes(asked.protocol, asked.to_port));
        let Some(listener) = listener else {
            self.near = super::near::listeners(balancer);
            let words = format!("no listener takes {}", asked.what());
            return self.stop(Code::Elbv2ListenersMismatch, part, WAY, words);
        };
        let words = format!("{}:{} listens", listener.protocol, listener.port);
        self.pass(part.clone(), Direction::In, Phase::Forward, words);
        let group = listener.target_group.as_ref();
        let Some(group) = group.and_then(|id| network.target_groups.get(id)) else {
            let words = "the listener forwards to no target group";
            return self.stop(Code::Elbv2ListenerHasNoTg, part, WAY, words);
        };
        let known = self.known.and_then(|known| known.target());
        let mut targets = match known {
            Some(known) => {
                let all = group.targets.iter();
                all.filter(|it| it.interface == *known).collect()
            }
            None => group.in_turn(),
        };
        if targets.is_empty() && group.targets.iter().any(|it| !it.draining) {
            let words = "every target is in a zone that is not enabled";
            return self.stop(Code::ElbInstalledAzRestriction, part, WAY, words);
        }
        if targets.is_empty() {
            let part = Part::TargetGroup(group.id.clone());
            return self.stop(
                Code::Elbv2ListenerHasNoTg,
                part,
                WAY,
                "no target is registered",
            );
        }
        targets.retain(|target| network.interfaces.get(&target.interface).is_some());
        if targets.is_empty() {
            let words = "nothing has the address of a target";
            let part = Part::TargetGroup(group.id.clone());
            return self.stop(Code::NoPossibleDestination, part, WAY, words);
        }
        let zones: Vec<_> = balancer
            .nodes
            .iter()
            .filter_map(|id| self.zone_of(id))
            .collect();
        targets.retain(|target| {
            self.zone_of(&target.interface)
                .is_some_and(|zone| zones.contains(&zone))
        });
        if targets.is_empty() {
            let words = "every target is in a zone that is not enabled";
            return self.stop(Code::ElbInstalledAzRestriction, part, WAY, words);
        }
        let zone = self.zone_of(&node.id);
        if !balancer.cross_zone && known.is_none() {
            targets.retain(|target| self.zone_of(&target.interface) == zone);
        }
        let turn = self.flow.turn as usize % targets.len().max(1);
        let Some(target) = targets.get(turn) else {
            let zone = zone.unwrap_or_default();
            let words = format!("cross-zone load balancing is off, and no target is in {zone}");
            return self.stop(Code::ElbNotCrossZone, part, WAY, words);
        };
        Ok((group, target))
    }
}
