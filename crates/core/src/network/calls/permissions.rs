//! Permissions as calls write them, and the rules that they stand for: one for each protocol, port range and peer.

use super::missing;
use crate::call::IpPermission;
use crate::error::ApiError;
use crate::network::{IpProtocol, Network, Peer, Ports, Rule, RuleProtocol};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// The rules that permissions stand for, with ids as they are asked for.
pub(super) fn rules_of(
    network: &Network,
    permissions: &[IpPermission],
    mut id: impl FnMut() -> String,
) -> Result<Vec<Rule>, ApiError> {
    let mut rules = Vec::new();
    for permission in permissions {
        let protocol = protocol(&permission.ip_protocol)?;
        let ports = ports(protocol, permission.from_port, permission.to_port)?;
        let peers = peers(network, permission)?;
        rules.extend(peers.into_iter().map(|peer| Rule {
            id: id().into(),
            protocol,
            ports,
            peer,
        }));
    }
    Ok(rules)
}

/// A protocol by its name or its number, `-1` for all. Source: `IpPermission` of the EC2 API.
pub(super) fn protocol(text: &str) -> Result<RuleProtocol, ApiError> {
    match text {
        "-1" | "all" => return Ok(RuleProtocol::All),
        _ => {}
    }
    let known = IpProtocol::parse(text);
    known.map(RuleProtocol::Only).ok_or_else(|| {
        ApiError::new(
            "InvalidParameterValue",
            format!("Invalid value '{text}' for IP protocol. Unknown protocol."),
            "Use tcp, udp, icmp, icmpv6, a number from 0 to 255, or -1 for all.",
        )
    })
}

fn ports(protocol: RuleProtocol, from: Option<i32>, to: Option<i32>) -> Result<Ports, ApiError> {
    let RuleProtocol::Only(only) = protocol else {
        return Ok(Ports::ALL);
    };
    let refuse = |message: String, cure: &'static str| {
        Err(ApiError::new("InvalidParameterValue", message, cure))
    };
    if only.is_icmp() {
        let (kind, code) = (from.unwrap_or(-1), to.unwrap_or(-1));
        if !(-1..=255).contains(&kind) || !(-1..=255).contains(&code) {
            return refuse(
                format!("ICMP code ({code}) out of range"),
                "FromPort is the type and ToPort the code, each -1 to 255.",
            );
        }
        if kind == -1 && code != -1 {
            return refuse(
                format!("ICMP type can not be -1 (all) when ICMP code ({code}) is specified"),
                "Give a type with the code, or -1 for both.",
            );
        }
        return Ok(Ports {
            from: kind,
            to: code,
        });
    }
    if !only.has_ports() {
        // the API takes ports of such protocols and does not look at them
        return Ok(Ports::ALL);
    }
    match (from, to) {
        (Some(from), Some(to)) if (0..=to).contains(&from) && to <= 65_535 => {
            Ok(Ports { from, to })
        }
        (Some(from), Some(to)) => refuse(
            format!("Invalid TCP/UDP port range ({from}:{to})"),
            "Ports are 0 to 65535, and the first is not above the last.",
        ),
        _ => refuse(
            "Invalid value for portRange. Must specify both from and to ports with TCP/UDP."
                .to_owned(),
            "Give FromPort and ToPort.",
        ),
    }
}

fn peers(network: &Network, permission: &IpPermission) -> Result<Vec<Peer>, ApiError> {
    let malformed = |text: &str, example: &str| {
        ApiError::new(
            "InvalidParameterValue",
            format!("CIDR block {text} is malformed"),
            format!("Write a block such as {example}."),
        )
    };
    let mut peers = Vec::new();
    for range in &permission.ip_ranges {
        let block = range.cidr_ip.trim().parse::<Ipv4Net>();
        let block = block.map_err(|_| malformed(&range.cidr_ip, "0.0.0.0/0"))?;
        peers.push(Peer::Block(IpNet::V4(block.trunc())));
    }
    for range in &permission.ipv6_ranges {
        let block = range.cidr_ipv6.trim().parse::<Ipv6Net>();
        let block = block.map_err(|_| malformed(&range.cidr_ipv6, "::/0"))?;
        peers.push(Peer::Block(IpNet::V6(block.trunc())));
    }
    for pair in &permission.user_id_group_pairs {
        missing::security_group(network, &pair.group_id)?;
        peers.push(Peer::Group(pair.group_id.clone()));
    }
    for list in &permission.prefix_list_ids {
        missing::prefix_list(network, &list.prefix_list_id)?;
        peers.push(Peer::PrefixList(list.prefix_list_id.clone()));
    }
    if peers.is_empty() {
        return Err(ApiError::new(
            "MissingParameter",
            "Either 'cidrIp' or 'sourceSecurityGroupId' should be provided.",
            "Say who may: a block in IpRanges or Ipv6Ranges, a group in UserIdGroupPairs, or a list in PrefixListIds.",
        ));
    }
    Ok(peers)
}
