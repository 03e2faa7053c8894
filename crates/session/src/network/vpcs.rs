//! Cards of VPCs.

use super::{Act, Card, Fact, Kind, Line, Lines, State, Tone, names};
use fargate_core::call::{
    AssociateVpcCidrBlock, AttributeBooleanValue, DeleteVpc, ModifyVpcAttribute,
};
use fargate_core::network::Vpc;
use fargate_core::world::World;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let vpcs = world.network().vpcs.values();
    vpcs.map(|vpc| card(vpc, world)).collect()
}

fn switched(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

fn card(vpc: &Vpc, world: &World) -> Card {
    let network = world.network();
    let title = names::title(&vpc.name, vpc.id.as_str());
    let tables = &vpc.main_route_table;
    let acl = &vpc.default_network_acl;
    let facts = vec![
        Fact::leading("Main route table", names::table(network, tables), tables),
        Fact::leading("Default ACL", names::acl(network, acl), acl),
        Fact::new("DNS resolution", switched(vpc.dns_support)),
        Fact::new("DNS hostnames", switched(vpc.dns_hostnames)),
    ];
    let blocks = vpc.blocks().enumerate().map(|(place, block)| Line {
        key: block.to_string(),
        head: block.to_string(),
        words: String::new(),
        leads_to: None,
        state: (place == 0).then(|| State::new("first", Tone::Plain)),
        acts: Vec::new(),
    });
    let blocks = Lines {
        title: "Blocks",
        empty: "",
        lines: blocks.collect(),
    };
    Card {
        kind: Kind::Vpc,
        id: vpc.id.to_string(),
        vpc: Some(vpc.id.clone()),
        state: None,
        facts,
        lists: vec![blocks],
        acts: acts(vpc, &title),
        title,
    }
}

fn acts(vpc: &Vpc, title: &str) -> Vec<Act> {
    let set = |on: bool| Some(AttributeBooleanValue { value: on });
    let support = ModifyVpcAttribute {
        vpc_id: vpc.id.clone(),
        enable_dns_support: set(!vpc.dns_support),
        enable_dns_hostnames: None,
    };
    let hostnames = ModifyVpcAttribute {
        vpc_id: vpc.id.clone(),
        enable_dns_support: None,
        enable_dns_hostnames: set(!vpc.dns_hostnames),
    };
    let (support_title, support_done) = if vpc.dns_support {
        ("DNS resolution off", "The VPC's resolver answers no more.")
    } else {
        ("DNS resolution on", "The VPC's resolver answers.")
    };
    let (names_title, names_done) = if vpc.dns_hostnames {
        ("DNS hostnames off", "Interfaces have no public names.")
    } else {
        (
            "DNS hostnames on",
            "Interfaces have names, and endpoints may have private DNS.",
        )
    };
    let mut acts = vec![
        Act::new(
            support_title,
            format!("{support_title} in {title}"),
            support,
            support_done,
        ),
        Act::new(
            names_title,
            format!("{names_title} in {title}"),
            hostnames,
            names_done,
        ),
    ];
    if vpc.ipv6_cidrs.is_empty() {
        let call = AssociateVpcCidrBlock {
            vpc_id: vpc.id.clone(),
            amazon_provided_ipv6_cidr_block: Some(true),
            ..Default::default()
        };
        acts.push(Act::new(
            "Add an IPv6 block",
            format!("Add an IPv6 block to {title}"),
            call,
            "The VPC has an IPv6 block.",
        ));
    }
    let delete = DeleteVpc {
        vpc_id: vpc.id.clone(),
    };
    acts.push(Act::new(
        "Delete VPC",
        format!("Delete VPC {title}"),
        delete,
        "VPC deleted.",
    ));
    acts
}
