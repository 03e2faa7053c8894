//! Cards of route tables: every route with where it leads and whether that works, those that are implied too.

use super::{Act, Card, Fact, Kind, Line, Lines, State, Tone, names};
use fargate_core::call::{DeleteRoute, DeleteRouteTable, ReplaceRouteTableAssociation};
use fargate_core::network::{
    Network, Route, RouteDestination, RouteTable, Target, main_route_table_association,
};
use fargate_core::world::World;
use ipnet::IpNet;

pub(super) fn cards(world: &World) -> Vec<Card> {
    let tables = world.network().route_tables.values();
    tables.map(|table| card(table, world.network())).collect()
}

fn card(table: &RouteTable, network: &Network) -> Card {
    let title = names::table(network, &table.id);
    let vpc = network.vpcs.get(&table.vpc);
    let is_main = vpc.is_some_and(|vpc| vpc.main_route_table == table.id);
    let users = network.subnets.values().filter(|subnet| {
        let used = network.route_table_of(subnet);
        subnet.vpc == table.vpc && used.is_some_and(|used| used.id == table.id)
    });
    let facts: Vec<Fact> = users
        .map(|subnet| Fact::leading("Subnet", subnet.title(), &subnet.id))
        .collect();
    let mut acts = Vec::new();
    if !is_main {
        let call = ReplaceRouteTableAssociation {
            association_id: main_route_table_association(&table.vpc),
            route_table_id: table.id.clone(),
        };
        acts.push(Act::new(
            "Make main",
            format!("Make main: route table {title}"),
            call,
            "It is the main route table: subnets without one of their own use it.",
        ));
    }
    let delete = DeleteRouteTable {
        route_table_id: table.id.clone(),
    };
    acts.push(Act::new(
        "Delete",
        format!("Delete route table {title}"),
        delete,
        "Route table deleted.",
    ));
    let routes = Lines {
        title: "Routes",
        empty: "",
        lines: routes(table, &title, network),
    };
    Card {
        kind: Kind::RouteTable,
        id: table.id.to_string(),
        title,
        vpc: Some(table.vpc.clone()),
        state: is_main.then(|| State::new("main", Tone::Plain)),
        facts,
        lists: vec![routes],
        acts,
    }
}

/// The implied routes first, then those of the table.
fn routes(table: &RouteTable, title: &str, network: &Network) -> Vec<Line> {
    let vpc = network.vpcs.get(&table.vpc);
    let implied = |head: String, words: String, leads_to, mark| Line {
        key: format!("{head} {words}"),
        head,
        words,
        leads_to,
        state: Some(State::new(mark, Tone::Plain)),
        acts: Vec::new(),
    };
    let replaced = |block: &IpNet| {
        let mut routes = table.routes.iter();
        routes.any(|route| route.destination == RouteDestination::Block(*block))
    };
    let local = vpc.into_iter().flat_map(|vpc| vpc.blocks());
    let local = local.filter(|block| !replaced(block));
    let mut lines: Vec<Line> = local
        .map(|block| implied(block.to_string(), "local".to_owned(), None, "local"))
        .collect();
    let endpoints = network.gateway_endpoints.values();
    let endpoints = endpoints.filter(|it| it.route_tables.contains(&table.id));
    lines.extend(endpoints.map(|endpoint| {
        let id = endpoint.id.to_string();
        implied(
            destination(
                &RouteDestination::PrefixList(endpoint.prefix_list.clone()),
                network,
            ),
            id.clone(),
            Some(id),
            "by the endpoint",
        )
    }));
    lines.extend(
        table
            .routes
            .iter()
            .map(|route| line(table, route, title, network)),
    );
    lines
}

/// A destination; of a prefix list its name too.
fn destination(destination: &RouteDestination, network: &Network) -> String {
    match destination {
        RouteDestination::Block(block) => block.to_string(),
        RouteDestination::PrefixList(id) => {
            let list = network.prefix_lists.get(id);
            let name = list.map(|list| list.name.as_str()).unwrap_or_default();
            format!("{id} {name}").trim_end().to_owned()
        }
    }
}

fn line(table: &RouteTable, route: &Route, title: &str, network: &Network) -> Line {
    let dead = network.route_is_dead(table, &route.target);
    let state = if dead {
        State::new("blackhole", Tone::Bad)
    } else {
        State::new("active", Tone::Good)
    };
    let mut delete = DeleteRoute {
        route_table_id: table.id.clone(),
        ..Default::default()
    };
    match &route.destination {
        RouteDestination::Block(block @ IpNet::V4(_)) => {
            delete.destination_cidr_block = Some(block.to_string());
        }
        RouteDestination::Block(block @ IpNet::V6(_)) => {
            delete.destination_ipv6_cidr_block = Some(block.to_string());
        }
        RouteDestination::PrefixList(list) => {
            delete.destination_prefix_list_id = Some(list.clone());
        }
    }
    let head = destination(&route.destination, network);
    let about = format!("Remove the route to {head} from {title}");
    let leads = !matches!(route.target, Target::Local | Target::Gone(_));
    Line {
        key: format!("{head} {}", route.target),
        head,
        words: target(&route.target),
        leads_to: leads.then(|| route.target.to_string()),
        state: Some(state),
        acts: vec![Act::new("Remove", about, delete, "Route removed.")],
    }
}

fn target(target: &Target) -> String {
    match target {
        Target::Local => "local".to_owned(),
        Target::Gone(id) => format!("{id}, which is no more"),
        other => other.to_string(),
    }
}
