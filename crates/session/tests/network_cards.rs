//! The cards of the network: what each thing shows, what one click does with it, and whether A can reach B.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on says so by panicking"
)]

use fargate_core::call::{
    Call, CreateNetworkAcl, CreateNetworkAclEntry, CreateRoute, CreateVpc,
    CreateVpcPeeringConnection, PortRange, ReplaceNetworkAclAssociation,
};
use fargate_core::error::Reply;
use fargate_core::network::network_acl_association;
use fargate_core::units::{Date, SimSpan};
use fargate_session::Session;
use fargate_session::network::{Act, Asked, Card, Kind, Probe};
use fargate_session::scenarios::TEMPLATES;
use fargate_session::view::{FlightEnd, NetworkStamp};
use std::fmt::Write as _;

const DAY: Date = Date::new(2026, 6, 1);

fn open(name: &str) -> Session {
    let template = TEMPLATES.iter().find(|it| it.name == name).unwrap();
    Session::template(template, DAY).unwrap()
}

fn make(session: &mut Session, call: impl Into<Call>) -> String {
    match session.send(call.into()) {
        Ok(Reply::Made(id)) => id,
        other => panic!("{other:?}"),
    }
}

fn titled(session: &Session, kind: Kind, title: &str) -> Card {
    let cards = session.network().cards;
    let found = cards
        .into_iter()
        .find(|it| it.kind == kind && it.title == title);
    found.unwrap_or_else(|| panic!("there is no {title}"))
}

fn act(card: &Card, title: &str) -> Act {
    let lines = card.lists.iter().flat_map(|list| &list.lines);
    let mut acts = card.acts.iter().chain(lines.flat_map(|line| &line.acts));
    let found = acts.find(|act| act.about == title || act.title == title);
    found
        .unwrap_or_else(|| panic!("{title} is not among {card:?}"))
        .clone()
}

/// A card as a few lines: state, facts, and the lines of its lists.
fn told(card: &Card) -> String {
    let mut out = String::new();
    let state = card.state.as_ref().map_or("-", |state| &state.words);
    writeln!(out, "{} [{state}]", card.title).unwrap();
    for fact in &card.facts {
        writeln!(out, "  {}: {}", fact.name, fact.value).unwrap();
    }
    for list in &card.lists {
        writeln!(out, "  {}", list.title).unwrap();
        for line in &list.lines {
            let state = line.state.as_ref().map_or("", |state| &state.words);
            let id = line.leads_to.as_deref().unwrap_or_default();
            // ids are drawn from the seed: their kinds say enough
            let kind = id.split_once('-').map_or("", |(kind, _)| kind);
            let words = line.words.replace(id, kind);
            writeln!(
                out,
                "    {} | {words} | {state} | {}",
                line.head,
                line.acts.len()
            )
            .unwrap();
        }
    }
    out
}

#[test]
fn a_route_table_shows_its_implied_routes_and_whether_the_others_work() {
    let mut session = open("private-nat");
    let table = titled(&session, Kind::RouteTable, "Private");
    assert_eq!(
        told(&table),
        "Private [-]\n  Subnet: Private a\n  Subnet: Private b\n  Routes\n    10.0.0.0/16 | local | local | 0\n    0.0.0.0/0 | nat | active | 1\n"
            .replace("Subnet: Private a\n  Subnet: Private b", &subnets_in_order(&table))
    );
    let nat = titled(&session, Kind::NatGateway, "nat a");
    assert_eq!(nat.state.as_ref().unwrap().words, "available");
    session.send(act(&nat, "Delete").call).unwrap();
    session.advance(SimSpan::secs(120), fargate_core::world::Budget(u32::MAX));
    let table = titled(&session, Kind::RouteTable, "Private");
    assert!(
        told(&table).contains("0.0.0.0/0 | nat | blackhole | 1"),
        "{}",
        told(&table)
    );
}

/// Subnets are in the order of their ids.
fn subnets_in_order(table: &Card) -> String {
    let lines = table
        .facts
        .iter()
        .map(|fact| format!("Subnet: {}", fact.value));
    lines.collect::<Vec<_>>().join("\n  ")
}

#[test]
fn endpoints_are_routes_of_tables_and_interfaces_of_subnets() {
    let session = open("private-endpoints");
    let table = told(&titled(&session, Kind::RouteTable, "Private"));
    assert!(
        table.contains("pl-63a5400a com.amazonaws.us-east-1.s3 | vpce | by the endpoint | 0"),
        "{table}"
    );
    let s3 = titled(&session, Kind::Endpoint, "s3");
    assert_eq!(s3.state.as_ref().unwrap().words, "Gateway");
    assert!(told(&s3).contains(" | Private |  | 1"), "{}", told(&s3));
    let api = told(&titled(&session, Kind::Endpoint, "ecr.api"));
    for words in [
        "[Interface]",
        "Private DNS: on",
        "in Private a",
        "in Private b",
        "endpoints",
    ] {
        assert!(api.contains(words), "{words} in {api}");
    }
}

#[test]
fn an_acl_lists_its_entries_by_number_and_the_last_one() {
    let mut session = open("default-vpc");
    let vpc = session.view(SimSpan::secs(1)).vpc.unwrap().id.clone();
    let acl = make(
        &mut session,
        CreateNetworkAcl {
            vpc_id: vpc.as_str().into(),
            tag_specifications: Vec::new(),
        },
    );
    for (number, action, port) in [(110, "allow", 443), (90, "deny", 22)] {
        let entry = CreateNetworkAclEntry {
            network_acl_id: acl.as_str().into(),
            rule_number: number,
            protocol: "6".to_owned(),
            rule_action: action.to_owned(),
            cidr_block: Some("0.0.0.0/0".to_owned()),
            port_range: Some(PortRange {
                from: port,
                to: port,
            }),
            ..Default::default()
        };
        session.send(entry.into()).unwrap();
    }
    let card = session.network().card(&acl).unwrap().clone();
    let text = told(&card);
    let list = "  Inbound\n    90 | TCP 22 from 0.0.0.0/0 | deny | 1\n    110 | TCP 443 from 0.0.0.0/0 | allow | 1\n    * | denies what no entry matches | implied | 0\n  Outbound\n    * | denies what no entry matches | implied | 0\n";
    assert!(text.ends_with(list), "{text}");
    session
        .send(act(&card, &format!("Remove inbound entry 90 of {acl}")).call)
        .unwrap();
    let after = told(session.network().card(&acl).unwrap());
    assert!(!after.contains("    90 "), "{after}");
}

#[test]
fn what_one_click_does_is_accepted_or_refused_by_aws_and_undone() {
    let (mut accepted, mut refused) = (0, 0);
    for template in TEMPLATES {
        let session = open(template.name);
        for card in session.network().cards {
            let lines = card.lists.iter().flat_map(|list| &list.lines);
            let acts = lines.flat_map(|line| &line.acts).chain(&card.acts);
            for act in acts {
                let mut trial = open(template.name);
                let before = trial.network();
                match trial.send(act.call.clone()) {
                    Ok(_) => {
                        assert_ne!(trial.network(), before, "{}: {}", template.name, act.about);
                        assert!(trial.undo().is_some(), "{}: {}", template.name, act.about);
                        assert_eq!(trial.network(), before, "{}: {}", template.name, act.about);
                        accepted += 1;
                    }
                    Err(error) => {
                        assert!(!error.cure.is_empty(), "{}: {error}", act.about);
                        assert_eq!(trial.network(), before, "{}: {}", template.name, act.about);
                        refused += 1;
                    }
                }
            }
        }
    }
    assert!(accepted > 10 && refused > 10, "{accepted}, {refused}");
}

#[test]
fn a_refusal_leads_to_what_it_names() {
    let mut session = open("private-nat");
    let table = titled(&session, Kind::RouteTable, "Private");
    let error = session.send(act(&table, "Delete").call).unwrap_err();
    assert_eq!(error.code, "DependencyViolation");
    let cards = session.network();
    let named = cards.named_in(&error.message);
    assert_eq!(named.len(), 1);
    assert_eq!(named[0].title, "Private");
}

#[test]
fn the_vpc_that_is_shown_can_be_chosen() {
    let mut session = open("default-vpc");
    let other = make(
        &mut session,
        CreateVpc {
            cidr_block: "10.9.0.0/16".to_owned(),
            ..Default::default()
        },
    );
    let first = session.view(SimSpan::secs(1));
    assert_eq!(
        (
            first.subnets.len(),
            first.vpc.unwrap().cidr.as_str() == "172.31.0.0/16"
        ),
        (3, true)
    );
    session.show_vpc(other.as_str().into());
    let second = session.view(SimSpan::secs(1));
    assert_eq!(
        (second.subnets.len(), second.vpc.unwrap().cidr.clone()),
        (0, "10.9.0.0/16".to_owned())
    );
    let of_other = session.network();
    let vpc = other.as_str().into();
    let mut tables = of_other.of_kind(Kind::RouteTable, Some(&vpc));
    assert!(tables.all(|table| table.vpc.as_ref() == Some(&vpc)));
}

#[test]
fn a_peering_connection_is_accepted_or_rejected_once() {
    let mut session = open("default-vpc");
    let vpc = session.view(SimSpan::secs(1)).vpc.unwrap().id.clone();
    let other = make(
        &mut session,
        CreateVpc {
            cidr_block: "10.9.0.0/16".to_owned(),
            ..Default::default()
        },
    );
    let ask = CreateVpcPeeringConnection {
        vpc_id: vpc.as_str().into(),
        peer_vpc_id: other.into(),
        ..Default::default()
    };
    let id = make(&mut session, ask);
    let titles = |session: &Session| {
        let card = session.network().card(&id).unwrap().clone();
        let acts = card.acts.iter().map(|act| act.title);
        (card.state.unwrap().words, acts.collect::<Vec<_>>())
    };
    let waiting = (
        "pending-acceptance".to_owned(),
        vec!["Accept", "Reject", "Delete"],
    );
    assert_eq!(titles(&session), waiting);
    let card = session.network().card(&id).unwrap().clone();
    session.send(act(&card, "Accept").call).unwrap();
    assert_eq!(titles(&session), ("active".to_owned(), vec!["Delete"]));
}

/// The interfaces of tasks, by the names of their subnets.
fn task_in(session: &Session, subnet: &str) -> String {
    let cards = session.network().cards;
    let found = cards.into_iter().find(|card| {
        let mut facts = card.facts.iter();
        let is_task = card.kind == Kind::Interface && card.title.starts_with("Task");
        is_task && facts.any(|fact| fact.name == "Subnet" && fact.value == subnet)
    });
    found.unwrap_or_else(|| panic!("no task in {subnet}")).id
}

#[test]
fn reachability_in_the_words_of_the_walk_and_of_the_shell() {
    let nat = open("private-nat");
    let endpoints = open("private-endpoints");
    let ask = |session: &Session, from: Option<&str>, to: &str, probe, port| {
        let asked = Asked {
            from: from.unwrap_or("internet").to_owned(),
            to: to.to_owned(),
            probe,
            port,
        };
        session.probe(&asked).unwrap()
    };
    let (a, b) = (task_in(&nat, "Private a"), task_in(&nat, "Private b"));
    for (from, to, probe, port, end, code, shell) in [
        (
            Some(&*a),
            "example.com",
            Probe::Curl,
            443,
            FlightEnd::Delivered,
            None,
            "* Connected to example.com (203.0.113.90) port 443",
        ),
        (
            Some(&*a),
            &*b,
            Probe::Curl,
            8080,
            FlightEnd::Delivered,
            None,
            "* Connected to 10.0.2.",
        ),
        (
            Some(&*a),
            &*b,
            Probe::Curl,
            22,
            FlightEnd::Denied,
            Some("ENI_SG_RULES_MISMATCH"),
            "curl: (28) Connection timed out after 5001 milliseconds",
        ),
        (
            Some(&*a),
            "nowhere.example",
            Probe::Curl,
            443,
            FlightEnd::Denied,
            Some("X_NXDOMAIN"),
            "curl: (6) Could not resolve host: nowhere.example",
        ),
        (
            Some(&*a),
            "nowhere.example",
            Probe::Nslookup,
            0,
            FlightEnd::Denied,
            Some("X_NXDOMAIN"),
            "** server can't find nowhere.example: NXDOMAIN",
        ),
        (
            Some(&*a),
            &*b,
            Probe::Ping,
            0,
            FlightEnd::Denied,
            Some("ENI_SG_RULES_MISMATCH"),
            "1 packets transmitted, 0 received, 100% packet loss",
        ),
        (
            None,
            &*a,
            Probe::Curl,
            8080,
            FlightEnd::Denied,
            Some("X_UNROUTABLE_PRIVATE_DESTINATION"),
            "curl: (28)",
        ),
    ] {
        let answer = ask(&nat, from, to, probe, port);
        assert_eq!(
            (answer.end, answer.code),
            (end, code),
            "{to} {port}: {answer:?}"
        );
        let last = answer.shell.last().unwrap();
        assert!(last.starts_with(shell), "{last}");
    }
    let answer = ask(&nat, Some(&a), "example.com", Probe::Curl, 443);
    let way = |back| {
        answer
            .hops
            .iter()
            .filter(|step| (step.phase == "return") == back)
            .count()
    };
    assert!(
        way(false) > 3 && way(true) > 1,
        "there and back: {:?}",
        answer.hops
    );
    let refused = ask(&nat, Some(&a), &b, Probe::Curl, 22);
    assert!(
        refused
            .near
            .iter()
            .any(|words| words.contains("would match if the port were 8080")),
        "{:?}",
        refused.near
    );
    let private = task_in(&endpoints, "Private a");
    let looked_up = ask(
        &endpoints,
        Some(&private),
        "api.ecr.us-east-1.amazonaws.com",
        Probe::Nslookup,
        0,
    );
    assert!(
        looked_up.title.starts_with("The name is 10.0."),
        "{}",
        looked_up.title
    );
    let outside = ask(&endpoints, Some(&private), "example.com", Probe::Curl, 443);
    assert_eq!(outside.code, Some("NO_ROUTE_TO_DESTINATION"));
}

#[test]
fn a_traceroute_shows_which_hops_answer() {
    let (nat, endpoints) = (open("private-nat"), open("private-endpoints"));
    let (a, b) = (task_in(&nat, "Private a"), task_in(&nat, "Private b"));
    let c = task_in(&endpoints, "Private a");
    let gateway = nat.world().network().nat_gateways.values().next();
    let gateway = gateway.unwrap().private_ip.to_string();
    let address = |session: &Session, id: &str| {
        let network = session.world().network();
        network
            .interfaces
            .get(&id.into())
            .unwrap()
            .private_ip
            .to_string()
    };
    let neighbour = address(&nat, &b);
    // what each hop shows; the last stands for all that follow
    for (session, from, to, port, hops) in [
        (
            &nat,
            &*a,
            "example.com",
            443,
            vec![&*gateway, "*", "*", "203.0.113.90"],
        ),
        (&nat, &*a, &*b, 8080, vec![&*neighbour]),
        (&nat, &*a, &*b, 22, vec!["*"]),
        (&nat, &*a, &*a, 8080, vec!["127.0.0.1"]),
        (&nat, "internet", &*gateway, 443, vec!["*"]),
        (&endpoints, &*c, "example.com", 443, vec!["*"]),
    ] {
        let asked = Asked {
            from: from.to_owned(),
            to: to.to_owned(),
            probe: Probe::Traceroute,
            port,
        };
        let card = session.probe(&asked).unwrap();
        let shown = card.shell[2..].iter();
        let shown: Vec<&str> = shown
            .filter_map(|line| line.split_whitespace().nth(1))
            .collect();
        let silent = hops == ["*"];
        assert_eq!(
            shown.len(),
            if silent { 8 } else { hops.len() },
            "{:#?}",
            card.shell
        );
        let expected: Vec<&str> = if silent { vec!["*"; 8] } else { hops };
        assert_eq!(shown, expected, "{:#?}", card.shell);
    }
    let nowhere = Asked {
        from: a,
        to: "nowhere.example".to_owned(),
        probe: Probe::Traceroute,
        port: 443,
    };
    let card = nat.probe(&nowhere).unwrap();
    assert_eq!(card.shell[1], "nowhere.example: Name or service not known");
}

#[test]
fn an_acl_that_blocks_is_told_and_mended() {
    let mut session = open("private-nat");
    let (a, b) = (
        task_in(&session, "Private a"),
        task_in(&session, "Private b"),
    );
    let asked = Asked {
        from: a,
        to: b,
        probe: Probe::Curl,
        port: 8080,
    };
    let vpc = session.view(SimSpan::secs(1)).vpc.unwrap().id.clone();
    let subnet = titled(&session, Kind::Subnet, "Private b").id;
    let acl = make(
        &mut session,
        CreateNetworkAcl {
            vpc_id: vpc.as_str().into(),
            tag_specifications: Vec::new(),
        },
    );
    let give = ReplaceNetworkAclAssociation {
        association_id: network_acl_association(&subnet.as_str().into()),
        network_acl_id: acl.as_str().into(),
    };
    session.send(give.into()).unwrap();
    let stopped = session.probe(&asked).unwrap();
    assert_eq!(stopped.code, Some("SUBNET_ACL_RESTRICTION"));
    assert_eq!(
        stopped.hops.last().unwrap().id,
        acl,
        "the part that stopped it has its card"
    );
    for egress in [false, true] {
        let entry = CreateNetworkAclEntry {
            network_acl_id: acl.as_str().into(),
            rule_number: 100,
            protocol: "-1".to_owned(),
            rule_action: "allow".to_owned(),
            egress,
            cidr_block: Some("10.0.0.0/16".to_owned()),
            ..Default::default()
        };
        assert_eq!(session.probe(&asked).unwrap().end, FlightEnd::Denied);
        session.send(entry.into()).unwrap();
    }
    assert_eq!(session.probe(&asked).unwrap().end, FlightEnd::Delivered);
}

fn stamp(session: &mut Session) -> NetworkStamp {
    session.view(SimSpan::secs(1)).network
}

#[test]
fn a_stamp_differs_where_the_network_does() {
    let mut session = open("default-vpc");
    let before = stamp(&mut session);
    let table = titled(&session, Kind::RouteTable, "Main route table");
    let remove = act(&table, "Remove").call;
    session.send(remove).unwrap();
    let removed = stamp(&mut session);
    assert_ne!(removed, before);
    session.undo().unwrap();
    assert_ne!(stamp(&mut session), removed);
    let gateway = titled(&session, Kind::InternetGateway, "Internet gateway").id;
    // the same version as before the undo, with another content
    let route = CreateRoute {
        route_table_id: table.id.as_str().into(),
        destination_cidr_block: Some("192.0.2.0/24".to_owned()),
        gateway_id: Some(gateway),
        ..Default::default()
    };
    session.send(route.into()).unwrap();
    assert_ne!(stamp(&mut session), removed);
}
