//! The connection of a row.

use super::reader::At;
use super::topology::interface_id;
use fargate_core::network::{Destination, Endpoint, Flow, IpProtocol, Network, TRANSLATED_PORT};
use std::net::IpAddr;

const MEMBERS: [&str; 10] = [
    "src",
    "dst",
    "proto",
    "dst_port",
    "src_port",
    "icmp_type",
    "icmp_code",
    "nat_src_port",
    "lb_node",
    "lb_src_port",
];

pub(super) fn flow(at: &At<'_>, network: &Network) -> Result<Flow, String> {
    at.only(&MEMBERS)?;
    let port = |name: &str| at.optional(name).map(|it| it.as_port()).transpose();
    let byte = |name: &str| {
        let value = at.optional(name).map(|it| it.as_number(0, 255)).transpose();
        value.map(|value| value.map(|value| value as u8))
    };
    let proto = at.member("proto")?;
    let word = proto.as_word()?;
    let application = ["http", "https", "tls"]
        .iter()
        .any(|it| it.eq_ignore_ascii_case(&word));
    let protocol = if application {
        Some(IpProtocol::TCP)
    } else {
        IpProtocol::parse(&word)
    };
    let protocol =
        protocol.ok_or_else(|| proto.wrong("tcp, udp, icmp, icmpv6, esp or another protocol"))?;
    if protocol.has_ports() && at.optional("dst_port").is_none() {
        return Err(at.error("the member \"dst_port\" is missing. Add it."));
    }
    let node = at
        .optional("lb_node")
        .map(|it| interface_id(&it, network))
        .transpose()?;
    let echo = if protocol == IpProtocol::ICMPV6 {
        128
    } else {
        8
    };
    Ok(Flow {
        from: from(&at.member("src")?, network)?,
        to: to(&at.member("dst")?, network)?,
        protocol,
        port: port("dst_port")?.unwrap_or(0),
        source_port: port("src_port")?.unwrap_or(0),
        icmp: (
            byte("icmp_type")?.unwrap_or(echo),
            byte("icmp_code")?.unwrap_or(0),
        ),
        nat_port: port("nat_src_port")?,
        node,
        node_port: port("lb_src_port")?.unwrap_or(TRANSLATED_PORT),
        turn: 0,
    })
}

fn from(at: &At<'_>, network: &Network) -> Result<Endpoint, String> {
    at.only(&["eni", "host", "ip"])?;
    if let Some(interface) = at.optional("eni") {
        return Ok(Endpoint::Interface(interface_id(&interface, network)?));
    }
    if let Some(host) = at.optional("host") {
        return Ok(Endpoint::Internet(host_address(&host, network)?));
    }
    let address = at
        .optional("ip")
        .ok_or_else(|| at.wrong("{\"eni\": …} or {\"host\": …}"))?
        .as_address()?;
    let mut interfaces = network.interfaces.values();
    let found = interfaces.find(|it| it.has(address));
    Ok(found.map_or(Endpoint::Internet(address), |it| {
        Endpoint::Interface(it.id.clone())
    }))
}

/// The address of a host that is there.
fn host_address(at: &At<'_>, network: &Network) -> Result<IpAddr, String> {
    let id = at.as_text()?;
    let found = network.hosts.get(&id.as_str().into());
    found
        .map(|host| host.address)
        .ok_or_else(|| at.error(&format!("{id} is not there. Add it to hosts.")))
}

fn to(at: &At<'_>, network: &Network) -> Result<Destination, String> {
    at.only(&["ip", "dns", "lb", "eni", "host"])?;
    if let Some(address) = at.optional("ip") {
        return Ok(Destination::Address(address.as_address()?));
    }
    if let Some(name) = at.optional("dns") {
        return Ok(Destination::Name(name.as_text()?.into()));
    }
    if let Some(interface) = at.optional("eni") {
        let id = interface_id(&interface, network)?;
        let found = network.interfaces.get(&id);
        let address = found.map(|it| IpAddr::V4(it.private_ip));
        return address
            .map(Destination::Address)
            .ok_or_else(|| interface.wrong("an interface"));
    }
    if let Some(host) = at.optional("host") {
        return Ok(Destination::Address(host_address(&host, network)?));
    }
    let balancer = at
        .optional("lb")
        .ok_or_else(|| at.wrong("{\"ip\": …}, {\"dns\": …} or {\"lb\": …}"))?;
    let id = balancer.as_text()?;
    if network.load_balancers.get(&id.as_str().into()).is_none() {
        return Err(balancer.error(&format!("{id} is not there. Add it to load_balancers.")));
    }
    Ok(Destination::LoadBalancer(id.into()))
}
