//! What is typed into the rule form, as the call takes it.

use fargate_core::call::{IpPermission, IpRange, UserIdGroupPair};

/// Who may, as chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Everyone.
    Anywhere,
    /// A block of addresses, as typed.
    Block(String),
    /// The members of a group, by its id.
    Group(String),
}

/// Reads `8080` or `8000-8010`.
pub(crate) fn ports(text: &str) -> Option<(u16, u16)> {
    let port = |text: &str| text.trim().parse::<u16>().ok();
    match text.split_once(['-', '–']) {
        Some((from, to)) => Some((port(from)?, port(to)?)),
        None => port(text).map(|port| (port, port)),
    }
}

/// The permission that a rule stands for; `None` where its ports are none.
pub(crate) fn permission(protocol: &str, port_text: &str, source: &Source) -> Option<IpPermission> {
    let all = protocol == "-1";
    let ports = if all { None } else { Some(ports(port_text)?) };
    let block = match source {
        Source::Anywhere => Some("0.0.0.0/0".to_owned()),
        Source::Block(text) => Some(text.trim().to_owned()),
        Source::Group(_) => None,
    };
    let group = match source {
        Source::Group(id) => Some(id.as_str()),
        Source::Anywhere | Source::Block(_) => None,
    };
    Some(IpPermission {
        ip_protocol: protocol.to_owned(),
        from_port: ports.map(|(from, _)| from.into()),
        to_port: ports.map(|(_, to)| to.into()),
        ip_ranges: block
            .into_iter()
            .map(|cidr_ip| IpRange { cidr_ip })
            .collect(),
        user_id_group_pairs: group
            .into_iter()
            .map(|id| UserIdGroupPair {
                group_id: id.into(),
            })
            .collect(),
        ..IpPermission::default()
    })
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
    fn a_permission_has_a_block_or_a_group_and_ports_unless_all_is_let_in() {
        let web = permission("tcp", "8080", &Source::Anywhere);
        assert_eq!(web, Some(IpPermission::tcp(8_080, "0.0.0.0/0")));
        let all = permission("-1", "", &Source::Group("sg-0a".to_owned()));
        let all = all.expect("all traffic needs no port");
        assert_eq!(
            (
                all.from_port,
                all.ip_ranges.len(),
                all.user_id_group_pairs.len()
            ),
            (None, 0, 1)
        );
        assert_eq!(permission("udp", "x", &Source::Anywhere), None);
    }
}
