//! Cards of network ACLs: their entries in the order in which they are asked, and the last one, which is implied.

use super::{Act, Card, Fact, Kind, Line, Lines, State, Tone, names};
use fargate_core::call::{DeleteNetworkAcl, DeleteNetworkAclEntry};
use fargate_core::network::{AclEntry, Network, NetworkAcl, Ports, RuleProtocol};
use fargate_core::world::World;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let acls = world.network().network_acls.values();
    acls.map(|acl| card(acl, world.network())).collect()
}

fn card(acl: &NetworkAcl, network: &Network) -> Card {
    let title = names::acl(network, &acl.id);
    let vpc = network.vpcs.get(&acl.vpc);
    let is_default = vpc.is_some_and(|vpc| vpc.default_network_acl == acl.id);
    let users = network.subnets.values().filter(|subnet| {
        let used = network.network_acl_of(subnet);
        subnet.vpc == acl.vpc && used.is_some_and(|used| used.id == acl.id)
    });
    let facts: Vec<Fact> = users
        .map(|subnet| Fact::leading("Subnet", subnet.title(), &subnet.id))
        .collect();
    let delete = DeleteNetworkAcl {
        network_acl_id: acl.id.clone(),
    };
    let about = format!("Delete network ACL {title}");
    Card {
        kind: Kind::NetworkAcl,
        id: acl.id.to_string(),
        vpc: Some(acl.vpc.clone()),
        state: is_default.then(|| State::new("default", Tone::Plain)),
        facts,
        lists: vec![entries(acl, false, &title), entries(acl, true, &title)],
        acts: vec![Act::new("Delete", about, delete, "Network ACL deleted.")],
        title,
    }
}

fn entries(acl: &NetworkAcl, egress: bool, title: &str) -> Lines {
    let of_way = acl.entries.iter().filter(|entry| entry.egress == egress);
    let mut entries: Vec<&AclEntry> = of_way.collect();
    entries.sort_by_key(|entry| entry.number);
    let mut lines: Vec<Line> = entries
        .into_iter()
        .map(|entry| line(acl, entry, title))
        .collect();
    lines.push(Line {
        key: "*".to_owned(),
        head: "*".to_owned(),
        words: "denies what no entry matches".to_owned(),
        leads_to: None,
        state: Some(State::new("implied", Tone::Plain)),
        acts: Vec::new(),
    });
    Lines {
        title: if egress { "Outbound" } else { "Inbound" },
        empty: "",
        lines,
    }
}

fn line(acl: &NetworkAcl, entry: &AclEntry, title: &str) -> Line {
    let delete = DeleteNetworkAclEntry {
        network_acl_id: acl.id.clone(),
        rule_number: entry.number.into(),
        egress: entry.egress,
    };
    let way = if entry.egress { "outbound" } else { "inbound" };
    let about = format!("Remove {way} entry {} of {title}", entry.number);
    let state = if entry.allow {
        State::new("allow", Tone::Good)
    } else {
        State::new("deny", Tone::Bad)
    };
    Line {
        key: entry.number.to_string(),
        head: entry.number.to_string(),
        words: words(entry),
        leads_to: None,
        state: Some(state),
        acts: vec![Act::new("Remove", about, delete, "Entry removed.")],
    }
}

/// 'TCP 1024-65535 from 0.0.0.0/0'.
fn words(entry: &AclEntry) -> String {
    let what = match entry.protocol {
        RuleProtocol::All => "all traffic".to_owned(),
        RuleProtocol::Only(protocol) if protocol.has_ports() && entry.ports == Ports::ALL => {
            format!("{protocol}, all ports")
        }
        RuleProtocol::Only(protocol) if protocol.has_ports() => {
            format!("{protocol} {}", entry.ports)
        }
        RuleProtocol::Only(protocol) if protocol.is_icmp() && entry.ports.from >= 0 => {
            format!("{protocol} type {}", entry.ports.from)
        }
        RuleProtocol::Only(protocol) => protocol.to_string(),
    };
    let side = if entry.egress { "to" } else { "from" };
    format!("{what} {side} {}", entry.block)
}
