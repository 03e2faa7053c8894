//! Cures in words: what helps against each code, also where no call does.

use super::Question;
use crate::network::{
    Bound, Code, Direction, Ending, Interface, Network, Owner, Part, Phase, Trace,
};
use std::net::IpAddr;

/// What helps, in a sentence or two; nothing where the connection comes about.
pub fn cure(network: &Network, question: &Question, trace: &Trace) -> String {
    let mut words = against(network, trace);
    if let Some(deaf) = deaf(network, question, trace) {
        words = format!("{words} {}", listeners(deaf, trace, " either"));
    }
    words
}

/// The interface that is asked for, where it is known that nothing listens there on the port: no edit of the network is enough then.
fn deaf<'a>(network: &'a Network, question: &Question, trace: &Trace) -> Option<&'a Interface> {
    let flow = question.flow_in(network);
    let address = trace.to;
    let mut all = network.interfaces.values();
    let found = match &question.to {
        Some(id) => network.interfaces.get(id),
        None => all.find(|it| it.has(address) || it.public_ip.map(IpAddr::V4) == Some(address)),
    }?;
    let is_node = matches!(
        found.owner,
        Owner::ApplicationLoadBalancer(_) | Owner::NetworkLoadBalancer(_) | Owner::NatGateway(_)
    );
    let listens = found.answers_all
        || !flow.protocol.has_ports()
        || found
            .listeners
            .iter()
            .any(|it| it.protocol == flow.protocol && it.port == flow.port && it.hears(false));
    let told = matches!(trace.ending, Ending::Delivered | Ending::Refused);
    (!is_node && !listens && !told).then_some(found.as_ref())
}

/// What helps against the refusal that was met.
fn against(network: &Network, trace: &Trace) -> String {
    let (Some(code), Some(hop)) = (trace.code(), trace.decided_by()) else {
        return String::new();
    };
    let answer = hop.phase == Phase::Return;
    let text = match code {
        Code::NoListener => {
            let asked = match &hop.part {
                Part::Listener(id, _) => network.interfaces.get(id),
                _ => None,
            };
            return asked.map_or_else(String::new, |it| listeners(it, trace, ""));
        }
        Code::BadState => "Wait until it is available, or lead the route to one that is.",
        Code::BadStateRoute => {
            "A dead route still wins by its prefix: lead it to something that works, or remove it where a shorter route leads on."
        }
        Code::ElbInstalledAzRestriction => {
            "Enable the zone of the targets for the load balancer, or run targets in a zone that is enabled."
        }
        Code::ElbNotCrossZone => {
            "Switch cross-zone load balancing on, or run a target in the zone of each node."
        }
        Code::Elbv2ListenerHasNoTg => "Register a target in the listener's target group.",
        Code::Elbv2ListenersMismatch => "Ask a port that a listener takes, or add a listener.",
        Code::EniSgRulesMismatch | Code::SgHasNoRules if hop.direction == Direction::Out => {
            "Add an outbound rule for this port and destination to one of the groups."
        }
        Code::EniSgRulesMismatch | Code::SgHasNoRules => {
            "Add an inbound rule for this port and sender to one of the groups."
        }
        Code::SgReferencesNotPreserved => {
            "Name the sender by its address: that it wears a group is not known here."
        }
        Code::EniSourceDestCheckRestriction => {
            "Switch the source/destination check of the interface off; AWS lets that be done to interfaces of instances only."
        }
        Code::IgwDestinationAddressNotInRfc1918Egress
        | Code::IgwDestinationAddressNotInRfc6598Egress
        | Code::UnroutablePrivateDestination => {
            "Private addresses are reached within the VPC, or over a peering connection with routes on both sides. From the Internet, a public address is needed."
        }
        Code::IgwPrivateIpAssociationForIngress => {
            "Give the target a public address (for a task: run it again with assignPublicIp ENABLED) and its VPC an internet gateway."
        }
        Code::IgwPublicIpAssociationForEgress => {
            "Run the task again with assignPublicIp ENABLED, or lead its subnet to a NAT gateway or an endpoint."
        }
        Code::NgwRequiresSourceInVpc => "Make a NAT gateway in the sender's own VPC.",
        Code::NoPossibleDestination => "Ask an address that something has.",
        Code::NoRouteToDestination if answer => {
            "The answer needs a route to the sender in this table."
        }
        Code::NoRouteToDestination => "Add a route to the destination to this table.",
        Code::PcxRequiresAddressInVpcCidr => {
            "A peering connection leads to the blocks of the other VPC and no further: lead this destination elsewhere."
        }
        Code::ProtocolRestriction | Code::VpceGatewayProtocolRestriction => {
            "Use a protocol that it carries, or lead this destination elsewhere."
        }
        Code::SubnetAclRestriction if answer => {
            "Add an entry that lets the answers pass, with a number below the one that denies: an ACL remembers no connection."
        }
        Code::SubnetAclRestriction => {
            "Add an entry that allows it, with a number below the one that denies."
        }
        Code::AsymmetricReturn => {
            "Lead the answer back the way that the request came: with a route for the sender, or with another route table."
        }
        Code::DnsDisabled => "Switch enableDnsSupport of the VPC on.",
        Code::EigwNoInbound => "Use an internet gateway where connections shall come in by IPv6.",
        Code::HairpinClientIp => {
            "Switch client IP preservation off, or let the target call itself directly."
        }
        Code::NatNoInbound => {
            "A NAT gateway takes no connections: use the target's own public address, or a load balancer."
        }
        Code::NatNotInPublicSubnet => {
            "Lead the subnet of the NAT gateway to an internet gateway, in a route table of its own."
        }
        Code::NatSameSubnetLoop => {
            "Put the NAT gateway into another subnet, which leads to an internet gateway."
        }
        Code::NoService => "Ask a service that is offered there.",
        Code::NoSourceAddress => {
            "Give the sender's subnet a block of that family, or ask an address of the family that it has."
        }
        Code::NxDomain => {
            "Check the name; private names need enableDnsSupport and enableDnsHostnames, and a record or an endpoint in this VPC."
        }
    };
    text.to_owned()
}

/// What does listen at an interface where nothing takes the port.
fn listeners(interface: &Interface, trace: &Trace, either: &str) -> String {
    let told: Vec<String> = interface
        .listeners
        .iter()
        .map(|it| {
            let place = match it.bound {
                Bound::All => "",
                Bound::Localhost => " on localhost only",
                Bound::Address => " on the interface's address only",
            };
            format!("{} on {} {}{place}", it.name, it.protocol, it.port)
        })
        .collect();
    let (protocol, port) = (trace.protocol, trace.port);
    let first = format!("Nothing listens there on {protocol} {port}{either}");
    if told.is_empty() {
        return format!("{first}, and on no other port: start something that does.");
    }
    format!(
        "{first}; what listens is {}. Ask one of these, or let a container listen on {port}.",
        told.join(", ")
    )
}
