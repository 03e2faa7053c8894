//! What a container cannot have where the task has a network interface of its own.

use super::subject::is_set;
use super::{API_CONTAINER, Applies, CLIENT, Rule, Subject, error};
use crate::finding::Finding;
use crate::text::edit;

pub(super) static RULE: Rule = Rule {
    code: "awsvpc-unsupported",
    applies: Applies::Always,
    source: API_CONTAINER,
    check,
};

/// The members, with AWS's words and what stands in for them. The words for `dnsSearchDomains` are not observed.
const MEMBERS: [(&str, &str, &str); 6] = [
    (
        "links",
        "Links are not supported when networkMode=awsvpc.",
        "Containers of one task reach each other on localhost.",
    ),
    (
        "hostname",
        "hostname is not supported on container when networkMode=awsvpc.",
        NAMED_BY_VPC,
    ),
    (
        "extraHosts",
        "Extra hosts are not supported on container when networkMode=awsvpc.",
        NAMED_BY_VPC,
    ),
    (
        "dnsServers",
        "DNS servers are not supported on container when networkMode=awsvpc.",
        NAMED_BY_VPC,
    ),
    (
        "dnsSearchDomains",
        "DNS search domains are not supported on container when networkMode=awsvpc.",
        NAMED_BY_VPC,
    ),
    (
        "disableNetworking",
        "Disable Networking is not supported on container when networkMode=awsvpc.",
        "All containers of the task share its network interface.",
    ),
];

const NAMED_BY_VPC: &str = "Names are the VPC's matter: its DHCP options and Route 53.";

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.definition.network_mode.as_deref() != Some("awsvpc") {
        return;
    }
    for container in subject.containers() {
        for (name, words, help) in MEMBERS {
            let Some(member) = container.node.member(name).filter(|member| is_set(&member.value)) else {
                continue;
            };
            findings.push(
                error(member.key.span, format!("With awsvpc a container has no {name}"))
                    .help(help)
                    .aws(CLIENT, words)
                    .fix(format!("Remove {name}"), edit::remove_named(container.node, name)),
            );
        }
    }
}
