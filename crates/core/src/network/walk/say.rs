//! Writing down what the parts said.

use super::connection::Passed;
use super::packet::Packet;
use super::{Travel, Walk, acl, groups, near};
use crate::ids::NetworkInterfaceId;
use crate::network::{Code, Direction, FlowRecord, Hop, Interface, Owner, Part, Phase, Subnet};

impl<'a> Walk<'a> {
    pub(super) fn pass(&mut self, part: Part, direction: Direction, phase: Phase, rule: String) {
        self.hops.push(Hop {
            part,
            direction,
            phase,
            rule,
            passed: true,
        });
    }

    /// A part stops the packet.
    pub(super) fn stop<T>(
        &mut self,
        code: Code,
        part: Part,
        (direction, phase): (Direction, Phase),
        rule: impl Into<String>,
    ) -> Result<T, Code> {
        self.hops.push(Hop {
            part,
            direction,
            phase,
            rule: rule.into(),
            passed: false,
        });
        Err(code)
    }

    /// What VPC Flow Logs would record. What an interface sends comes from its own address there, and what it takes goes to it, also
    /// where it passes on what is others'. Source: 'Flow log records' of the VPC guide, `srcaddr` and `dstaddr`.
    pub(super) fn record(
        &mut self,
        interface: Option<&NetworkInterfaceId>,
        direction: Direction,
        packet: &Packet,
        accepted: bool,
    ) {
        if let Some(interface) = interface {
            let found = self.network.interfaces.get(interface);
            let own = found.filter(|_| packet.from.is_ipv4() && packet.to.is_ipv4());
            let own = own.map(|it| it.private_ip.into());
            let ends = match direction {
                Direction::Out => (own.unwrap_or(packet.from), packet.to),
                Direction::In => (packet.from, own.unwrap_or(packet.to)),
            };
            self.records.push(FlowRecord {
                interface: interface.clone(),
                direction,
                accepted,
                packet: ends,
                ports: (packet.from_port, packet.to_port),
                protocol: packet.protocol,
            });
        }
    }

    /// Asks a subnet's ACL. `who` sent or gets the packet there.
    pub(super) fn acl(
        &mut self,
        subnet: &'a Subnet,
        direction: Direction,
        phase: Phase,
        packet: &Packet,
        who: Option<&NetworkInterfaceId>,
    ) -> Result<(), Code> {
        let Some(list) = self.network.network_acl_of(subnet) else {
            return Ok(());
        };
        self.asked.packet = Some(*packet);
        let entry = acl::deciding(list, direction, packet);
        let part = Part::SubnetAcl {
            subnet: subnet.id.clone(),
            acl: list.id.clone(),
            entry: entry.map(|entry| entry.number),
        };
        match entry {
            Some(entry) if entry.allow => {
                self.pass(part, direction, phase, near::entry_words(entry));
                Ok(())
            }
            entry => {
                self.record(who, direction, packet, false);
                self.near = near::entries(list, entry, direction, packet);
                let words = entry.map_or_else(
                    || format!("rule * denies {}: no other rule matches", packet.what()),
                    near::entry_words,
                );
                self.stop(Code::SubnetAclRestriction, part, (direction, phase), words)
            }
        }
    }

    /// Asks all groups of an interface together: one rule that allows is enough. A connection that is tracked passes unasked.
    pub(super) fn groups(
        &mut self,
        of: &'a Interface,
        direction: Direction,
        it: &Travel<'a>,
    ) -> Result<(), Code> {
        // a Network Load Balancer made without groups filters nothing
        if of.groups.is_empty() && matches!(of.owner, Owner::NetworkLoadBalancer(_)) {
            return Ok(());
        }
        let way = (direction, Phase::Forward);
        // a NAT gateway wears no groups, and takes nothing that is opened to itself
        if let (Owner::NatGateway(nat), Direction::In) = (&of.owner, direction) {
            let part = Part::NatGateway(nat.clone());
            let words = "a NAT gateway lets no connection in, and answers no ping";
            return self.stop(Code::NatNoInbound, part, way, words);
        }
        let part = Part::SecurityGroups(of.groups.clone(), of.id.clone());
        if let Some(passed) = self
            .known
            .and_then(|known| known.tracked(&of.id, direction))
        {
            let passed = passed.clone();
            self.passed.push(passed);
            self.pass(
                part,
                direction,
                Phase::Forward,
                "the connection is tracked".to_owned(),
            );
            return Ok(());
        }
        let other = match direction {
            Direction::In => it.worn,
            Direction::Out => groups::worn_at(self.network, of, it.packet.to),
        };
        let rule = groups::admitting(self.network, of, direction, &it.packet, other);
        if let Some(rule) = rule {
            self.passed
                .push(Passed::new(self.network, of, direction, rule, &it.packet));
            self.pass(part, direction, Phase::Forward, rule.to_string());
            return Ok(());
        }
        self.asked.packet = Some(it.packet);
        self.asked.other = other.to_vec();
        self.record(Some(&of.id), direction, &it.packet, false);
        let (code, near) = near::rules(self.network, of, direction, it, other);
        self.near = near;
        let words = if code == Code::SgHasNoRules {
            "no rules"
        } else {
            "no match"
        };
        self.stop(code, part, way, words)
    }

    /// Whether something listens. Pings are answered by the kernel.
    pub(super) fn knock(&mut self, target: &'a Interface, packet: &Packet) -> Result<(), Code> {
        let way = (Direction::In, Phase::Forward);
        if target.answers_all || packet.protocol.is_icmp() {
            let part = Part::Interface(target.id.clone());
            let words = format!("it answers {}", packet.what());
            self.pass(part, Direction::In, Phase::Forward, words);
            return Ok(());
        }
        let local = packet.to.is_loopback();
        let port = packet.to_port;
        let listener = target.listeners.iter().find(|listener| {
            listener.protocol == packet.protocol && listener.port == port && listener.hears(local)
        });
        let Some(listener) = listener else {
            self.near = near::localhost(target, packet);
            let asked = Part::Listener(target.id.clone(), None);
            return self.stop(
                Code::NoListener,
                asked,
                way,
                format!("nothing listens on {port}"),
            );
        };
        let container = listener
            .container
            .map(|place| (place, listener.name.clone()));
        let asked = match container {
            None => Part::Interface(target.id.clone()),
            container => Part::Listener(target.id.clone(), container),
        };
        let words = format!("{} listens on {port}", listener.name);
        self.pass(asked, Direction::In, Phase::Forward, words);
        Ok(())
    }
}
