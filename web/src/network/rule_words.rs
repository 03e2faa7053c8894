//! What is typed into the rule form, as the call takes it.

use fargate_core::call::{IpPermission, IpRange, Ipv6Range, PrefixListPair, UserIdGroupPair};

/// What is said of a port that is none.
pub(crate) const PORTS_SAY: &str =
    "A port is a number from 0 to 65,535. Write a range as 8000-8010.";

/// Who may, as chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A block of addresses of either family, as typed.
    Block(String),
    /// The members of a group, by its id.
    Group(String),
    /// The addresses of a prefix list, by its id.
    PrefixList(String),
}

/// Reads `8080` or `8000-8010`.
pub(crate) fn ports(text: &str) -> Option<(u16, u16)> {
    let port = |text: &str| text.trim().parse::<u16>().ok();
    match text.split_once(['-', '–']) {
        Some((from, to)) => Some((port(from)?, port(to)?)),
        None => port(text).map(|port| (port, port)),
    }
}

/// The permission that a rule stands for; `None` where its ports are none. Of ICMP it is every type.
pub(crate) fn permission(protocol: &str, port_text: &str, source: &Source) -> Option<IpPermission> {
    let ports = match protocol {
        "tcp" | "udp" => Some(ports(port_text)?),
        _ => None,
    };
    let mut permission = IpPermission {
        ip_protocol: protocol.to_owned(),
        from_port: ports.map(|(from, _)| from.into()),
        to_port: ports.map(|(_, to)| to.into()),
        ..IpPermission::default()
    };
    if protocol.starts_with("icmp") {
        (permission.from_port, permission.to_port) = (Some(-1), Some(-1));
    }
    match source {
        Source::Block(text) if text.contains(':') => permission.ipv6_ranges.push(Ipv6Range {
            cidr_ipv6: text.trim().to_owned(),
        }),
        Source::Block(text) => permission.ip_ranges.push(IpRange {
            cidr_ip: text.trim().to_owned(),
        }),
        Source::Group(id) => permission.user_id_group_pairs.push(UserIdGroupPair {
            group_id: id.as_str().into(),
        }),
        Source::PrefixList(id) => permission.prefix_list_ids.push(PrefixListPair {
            prefix_list_id: id.as_str().into(),
        }),
    }
    Some(permission)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_one_or_a_range() {
        for (text, read) in [
            ("8080", Some((8_080, 8_080))),
            (" 80 ", Some((80, 80))),
            ("8000-8010", Some((8_000, 8_010))),
            ("8000 – 8010", Some((8_000, 8_010))),
            ("9-1", Some((9, 1))),
            ("", None),
            ("http", None),
            ("70000", None),
            ("-1", None),
        ] {
            assert_eq!(ports(text), read, "{text}");
        }
    }

    #[test]
    fn a_permission_has_one_peer_and_ports_where_its_protocol_has_them() {
        let anywhere = || Source::Block("0.0.0.0/0".to_owned());
        let web = permission("tcp", "8080", &anywhere());
        assert_eq!(web, Some(IpPermission::tcp(8_080, "0.0.0.0/0")));
        for (protocol, ports, source, expected) in [
            ("-1", None, Source::Group("sg-0a".to_owned()), (0, 0, 1, 0)),
            ("icmp", Some((-1, -1)), anywhere(), (1, 0, 0, 0)),
            (
                "icmpv6",
                Some((-1, -1)),
                Source::Block("::/0".to_owned()),
                (0, 1, 0, 0),
            ),
            (
                "udp",
                Some((53, 53)),
                Source::PrefixList("pl-0a".to_owned()),
                (0, 0, 0, 1),
            ),
        ] {
            let found = permission(protocol, "53", &source).expect("the port is one");
            let peers = (
                found.ip_ranges.len(),
                found.ipv6_ranges.len(),
                found.user_id_group_pairs.len(),
                found.prefix_list_ids.len(),
            );
            assert_eq!(found.from_port.zip(found.to_port), ports, "{protocol}");
            assert_eq!(peers, expected, "{protocol}");
        }
        assert_eq!(permission("udp", "x", &anywhere()), None);
    }
}
