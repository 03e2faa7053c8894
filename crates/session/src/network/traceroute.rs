//! What `traceroute -T` prints: which hops answer and which are silent.
//!
//! The VPC's router, route tables, groups, ACLs and internet gateways take nothing off a packet's time to live, so they are no hops:
//! a neighbour is one hop away. NAT gateways and instances that forward do, and answer; AWS's own routers behind a gateway are silent.
//! Delays are the simulator's typical ones, by zone.

use super::reach::address;
use crate::reach::{Answer, HopCard};
use crate::view::FlightEnd;
use fargate_core::network::Network;
use std::net::IpAddr;

/// How far the probe goes.
const MAX_HOPS: usize = 8;
/// Silent routers between a gateway and a host on the Internet.
const BEYOND: usize = 2;

/// One hop.
enum Hop {
    /// It answers from an address, after so many milliseconds.
    Answers(String, f64),
    Silent,
}

/// The lines below the command.
pub(super) fn lines(answer: &Answer, target: &str, network: &Network) -> Vec<String> {
    let to = address(answer);
    let mut lines = vec![format!(
        "traceroute to {target} ({to}), {MAX_HOPS} hops max, 60 byte packets"
    )];
    let mut hops = hops(answer, to, network);
    let reached = matches!(hops.last(), Some(Hop::Answers(address, _)) if address == to);
    while !reached && hops.len() < MAX_HOPS {
        hops.push(Hop::Silent);
    }
    for (place, hop) in hops.iter().enumerate() {
        lines.push(match hop {
            Hop::Silent => format!("{:>2}  * * *", place + 1),
            // three probes that differ a little
            Hop::Answers(address, ms) => format!(
                "{:>2}  {address}  {ms:.3} ms  {:.3} ms  {:.3} ms",
                place + 1,
                ms * 0.94,
                ms * 1.03
            ),
        });
    }
    lines
}

/// The zone of the interface that has an address.
fn zone<'n>(network: &'n Network, address: &str) -> Option<&'n str> {
    let address: IpAddr = address.parse().ok()?;
    let mut all = network.interfaces.values();
    let found = all.find(|it| it.has(address))?;
    Some(&*network.subnets.get(&found.subnet)?.zone)
}

fn hops(answer: &Answer, to: &str, network: &Network) -> Vec<Hop> {
    let from = answer.card.route.split(' ').next().unwrap_or_default();
    let from = zone(network, from);
    let near = |address: &str| match (from, zone(network, address)) {
        (Some(here), Some(there)) if here == there => 0.3,
        (Some(_), Some(_)) => 0.9,
        _ => 35.0,
    };
    let mut hops = Vec::new();
    let loopback = to.parse().is_ok_and(|it: IpAddr| it.is_loopback());
    if from.is_none() && !loopback {
        hops.extend((0..BEYOND).map(|_| Hop::Silent));
    }
    let mut sender = None;
    for hop in answer.hops.iter().filter(|hop| hop.phase == "forward") {
        if !hop.passed && hop.kind != "listener" {
            return hops;
        }
        match hop.kind {
            "nat_gateway" => {
                let nat = network.nat_gateways.get(&hop.id.as_str().into());
                let nat = nat.map(|nat| nat.private_ip.to_string());
                hops.extend(nat.map(|address| {
                    let ms = near(&address) + 0.4;
                    Hop::Answers(address, ms)
                }));
            }
            "internet_gateway" | "egress_only_igw" if hop.direction == "egress" => {
                hops.extend((0..BEYOND).map(|_| Hop::Silent));
            }
            "gateway_endpoint" => hops.push(Hop::Silent),
            "security_group" if hop.direction == "egress" => {
                hops.extend(forwards(&mut sender, hop, network).map(|address| {
                    let ms = near(&address);
                    Hop::Answers(address, ms)
                }));
            }
            // the connection ends at the node
            "load_balancer" => break,
            _ => {}
        }
    }
    // the target answers, unless its answer is lost
    let is_lost = answer.card.end == FlightEnd::Denied
        && !answer.hops.iter().any(|hop| hop.kind == "load_balancer");
    if !is_lost {
        let ms = if loopback { 0.03 } else { near(to) };
        hops.push(Hop::Answers(to.to_owned(), ms));
    }
    hops
}

/// The address of an interface that sends on what another sent first.
fn forwards(sender: &mut Option<String>, hop: &HopCard, network: &Network) -> Option<String> {
    let at = hop.at.clone()?;
    if sender.is_none() {
        *sender = Some(at);
        return None;
    }
    let middle = network.interfaces.get(&at.as_str().into())?;
    Some(middle.private_ip.to_string())
}
