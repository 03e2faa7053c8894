//! `PutHost`: hosts on the Internet with a name and an address.

use super::{deleted, made};
use crate::call::PutHost;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::HostId;
use crate::network::{Host, Network};
use std::net::{IpAddr, Ipv4Addr};

/// `PutHost`.
pub(crate) fn put_host(
    network: &mut Network,
    input: &PutHost,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let bad = |message: String, cure: &'static str| {
        Err(ApiError::new("InvalidParameterValue", message, cure))
    };
    if input.name.trim().is_empty() {
        return bad(
            "name must not be empty.".to_owned(),
            "Call the host something.",
        );
    }
    if input.name.chars().count() > 255 {
        return bad(
            "name must have 255 characters at most.".to_owned(),
            "Call the host something shorter.",
        );
    }
    let id = HostId::from(input.name.as_str());
    let Some(text) = &input.address else {
        if network.hosts.remove(&id).is_none() {
            return bad(
                format!("There is no host called {id}."),
                "Give an address to make one.",
            );
        }
        network.touch();
        return Ok(deleted("Host", id.as_str(), step));
    };
    let Ok(address) = text.parse::<IpAddr>() else {
        return bad(
            format!("address is {text}, which is no IP address."),
            "Write an address such as 203.0.113.50.",
        );
    };
    if !is_public(address) {
        return bad(
            format!("address {text} is not one of the Internet."),
            "Choose a public address, such as one of 203.0.113.0/24; private ones are of VPCs.",
        );
    }
    let dns_names: Vec<String> = input
        .dns_names
        .iter()
        .map(|it| it.trim_end_matches('.').to_owned())
        .collect();
    if let Some(name) = dns_names.iter().find(|it| !is_name(it)) {
        return bad(
            format!("dnsNames has {name}, which is no DNS name."),
            "Write labels of letters, digits and hyphens with dots between, such as api.partner.example.",
        );
    }
    let own = |it: IpAddr| {
        let mut all = network.interfaces.values();
        all.any(|interface| {
            interface.public_ip.map(IpAddr::V4) == Some(it)
                || interface.ipv6.map(IpAddr::V6) == Some(it)
        })
    };
    if own(address) {
        return bad(
            format!("address {text} belongs to an interface of this account."),
            "Choose another address.",
        );
    }
    let host = Host {
        id: id.clone(),
        address,
        dns_names,
    };
    network.hosts.insert(id.clone(), host);
    network.touch();
    Ok(made("Host", id.as_str(), address.to_string(), step))
}

/// Whether a text can be asked of a resolver: at most 253 characters, in labels of at most 63; a `*` stands for a label.
fn is_name(text: &str) -> bool {
    let label = |label: &str| {
        let mut letters = label.chars();
        let fits = (1..=63).contains(&label.len());
        fits && (label == "*" || letters.all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)))
    };
    text.len() <= 253 && text.split('.').all(label)
}

/// Whether an address can be a host's on the Internet: none of those that VPCs and machines keep for themselves.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(it) => {
            let shared = u32::from(it) >> 22 == u32::from(Ipv4Addr::new(100, 64, 0, 0)) >> 22;
            !(it.is_private()
                || it.is_loopback()
                || it.is_link_local()
                || it.is_unspecified()
                || it.is_multicast()
                || it.is_broadcast()
                || shared)
        }
        IpAddr::V6(it) => it.segments()[0] & 0xe000 == 0x2000,
    }
}
