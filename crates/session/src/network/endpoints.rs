//! Cards of VPC endpoints and of prefix lists.

use super::{Act, Card, Fact, Kind, Line, Lines, State, Tone, names};
use fargate_core::call::{DeleteManagedPrefixList, DeleteVpcEndpoints, ModifyVpcEndpoint};
use fargate_core::network::{GatewayEndpoint, InterfaceEndpoint, Network, PrefixList};
use fargate_core::world::World;

/// What names of AWS's services begin with in the simulated Region.
pub(super) const REGION: &str = "com.amazonaws.us-east-1.";

pub(super) fn cards(world: &World) -> Vec<Card> {
    let network = world.network();
    let gateway = network.gateway_endpoints.values();
    let interface = network.interface_endpoints.values();
    gateway
        .map(|it| gateway_card(it, network))
        .chain(interface.map(|it| interface_card(it, network)))
        .collect()
}

/// `s3` for `com.amazonaws.us-east-1.s3`.
fn short(service: &str) -> &str {
    service.strip_prefix(REGION).unwrap_or(service)
}

fn delete(id: &fargate_core::ids::VpcEndpointId, service: &str) -> Act {
    let call = DeleteVpcEndpoints {
        vpc_endpoint_ids: vec![id.clone()],
    };
    let about = format!("Delete endpoint {} {id}", short(service));
    Act::new("Delete", about, call, "Endpoint deleted.")
}

fn gateway_card(endpoint: &GatewayEndpoint, network: &Network) -> Card {
    let line = |table| {
        let title = names::table(network, table);
        let call = ModifyVpcEndpoint {
            vpc_endpoint_id: endpoint.id.clone(),
            remove_route_table_ids: vec![table.clone()],
            ..Default::default()
        };
        let about = format!("Take {title} from endpoint {}", short(&endpoint.service));
        Line {
            key: table.to_string(),
            head: String::new(),
            words: title,
            leads_to: Some(table.to_string()),
            state: None,
            acts: vec![Act::new(
                "Remove",
                about,
                call,
                "The route table leads there no longer.",
            )],
        }
    };
    let tables = Lines {
        title: "Route tables that lead here",
        empty: "No route table leads here: nothing uses it.",
        lines: endpoint.route_tables.iter().map(line).collect(),
    };
    Card {
        kind: Kind::Endpoint,
        id: endpoint.id.to_string(),
        title: short(&endpoint.service).to_owned(),
        vpc: Some(endpoint.vpc.clone()),
        state: Some(State::new("Gateway", Tone::Plain)),
        facts: vec![Fact::leading(
            "Prefix list",
            endpoint.prefix_list.to_string(),
            &endpoint.prefix_list,
        )],
        lists: vec![tables],
        acts: vec![delete(&endpoint.id, &endpoint.service)],
    }
}

fn interface_card(endpoint: &InterfaceEndpoint, network: &Network) -> Card {
    let name = short(&endpoint.service);
    let private = endpoint.private_dns;
    let switch = ModifyVpcEndpoint {
        vpc_endpoint_id: endpoint.id.clone(),
        private_dns_enabled: Some(!private),
        ..Default::default()
    };
    let (title, done) = if private {
        (
            "Private DNS off",
            "The service's usual names lead to the Internet again.",
        )
    } else {
        (
            "Private DNS on",
            "The service's usual names lead to the endpoint.",
        )
    };
    let mut facts = vec![
        Fact::new("Private DNS", if private { "on" } else { "off" }),
        Fact::new("Name", endpoint.dns_names.join(", ")),
    ];
    let interfaces = endpoint.interfaces.iter();
    let interfaces = interfaces.filter_map(|id| network.interfaces.get(id));
    let mut worn: Vec<_> = Vec::new();
    for interface in interfaces {
        let subnet = names::subnet(network, &interface.subnet);
        let words = format!("{} in {subnet}", interface.private_ip);
        facts.push(Fact::leading("Interface", words, &interface.id));
        for group in &interface.groups {
            if !worn.contains(group) {
                worn.push(group.clone());
            }
        }
    }
    let group = |id: &fargate_core::ids::SecurityGroupId| {
        let found = network.security_groups.get(id);
        let words = found.map_or_else(|| id.to_string(), |group| group.name.clone());
        let call = ModifyVpcEndpoint {
            vpc_endpoint_id: endpoint.id.clone(),
            remove_security_group_ids: vec![id.clone()],
            ..Default::default()
        };
        let about = format!("Take group {words} from endpoint {name}");
        Line {
            key: id.to_string(),
            head: String::new(),
            words,
            leads_to: Some(id.to_string()),
            state: None,
            acts: vec![Act::new("Remove", about, call, "Group taken away.")],
        }
    };
    let groups = Lines {
        title: "Security groups",
        empty: "No interface, so no group.",
        lines: worn.iter().map(group).collect(),
    };
    Card {
        kind: Kind::Endpoint,
        id: endpoint.id.to_string(),
        title: name.to_owned(),
        vpc: Some(endpoint.vpc.clone()),
        state: Some(if endpoint.available {
            State::new("Interface", Tone::Plain)
        } else {
            State::new("Interface, pending", Tone::Waiting)
        }),
        facts,
        lists: vec![groups],
        acts: vec![
            Act::new(title, format!("{title} for endpoint {name}"), switch, done),
            delete(&endpoint.id, &endpoint.service),
        ],
    }
}

/// Cards of prefix lists.
pub(super) fn lists(world: &World) -> Vec<Card> {
    let lists = world.network().prefix_lists.values();
    lists.map(|list| list_card(list)).collect()
}

fn list_card(list: &PrefixList) -> Card {
    let title = names::title(&list.name, list.id.as_str());
    let by_aws = list.name.starts_with("com.amazonaws.");
    let delete = DeleteManagedPrefixList {
        prefix_list_id: list.id.clone(),
    };
    let about = format!("Delete prefix list {title}");
    let delete = Act::new("Delete", about, delete, "Prefix list deleted.");
    let line = |block: &ipnet::IpNet| Line {
        key: block.to_string(),
        head: block.to_string(),
        words: String::new(),
        leads_to: None,
        state: None,
        acts: Vec::new(),
    };
    Card {
        kind: Kind::PrefixList,
        id: list.id.to_string(),
        title,
        vpc: None,
        state: by_aws.then(|| State::new("AWS's", Tone::Plain)),
        facts: Vec::new(),
        lists: vec![Lines {
            title: "Blocks",
            empty: "It has no block.",
            lines: list.blocks.iter().map(line).collect(),
        }],
        acts: if by_aws { Vec::new() } else { vec![delete] },
    }
}
