//! Cures: for a refusal the smallest edits, each walked; and laws of what they open, on random topologies.

use crate::kit::{Build, deny, everyone, flow, group_rule, tcp};
use crate::laws::{Chance, topology};
use fargate_core::call::{
    AssociateRouteTable, AuthorizeSecurityGroupEgress, AuthorizeSecurityGroupIngress,
    CreateNetworkAclEntry, CreateRoute, DeleteRoute, ReplaceNetworkAclEntry, ReplaceRoute,
    ReplaceRouteTableAssociation,
};
use fargate_core::ids::NetworkInterfaceId;
use fargate_core::network::{
    AclEntry, Destination, Edit, End, Endpoint, Fix, Flow, Interface, InterfaceEndpoint, Network,
    NetworkAcl, Opened, Owner, Peering, PeeringStatus, Ports, ProtocolPort, Question, Route,
    RouteDestination, RouteTable, RuleProtocol, Target, cure,
};
use std::net::{IpAddr, Ipv4Addr};

fn titles(network: &Network, question: &Question) -> Vec<String> {
    network
        .fixes(question)
        .into_iter()
        .map(|fix| fix.title)
        .collect()
}

fn asked(from: &str, to: &str, port: u16) -> Question {
    Question::of(flow(from, to, port))
}

/// From the Internet to an interface.
fn from_anyone(to: &str, port: u16) -> Question {
    let from = Endpoint::Internet(Ipv4Addr::new(203, 0, 113, 9).into());
    Question {
        flow: Flow::tcp(from, Ipv4Addr::UNSPECIFIED, port),
        to: Some(to.into()),
        anyone: true,
    }
}

/// Web and a database in two subnets; the groups let nothing in and everything out.
fn pair() -> Build {
    let mut build = Build::vpc();
    let out = || vec![everyone(RuleProtocol::All, Ports::ALL)];
    build.group("sg-web", vec![], out());
    build.group("sg-db", vec![], out());
    build.interface("eni-web", "sub-a", "10.0.1.10", &["sg-web"]);
    build.interface("eni-db", "sub-b", "10.0.2.10", &["sg-db"]);
    build
}

#[test]
fn a_group_lets_the_other_group_in_or_its_address() {
    let network = pair().network;
    assert_eq!(
        titles(&network, &asked("eni-web", "10.0.2.10", 5432)),
        [
            "Allow TCP 5432 from sg-web",
            "Allow TCP 5432 from 10.0.1.10"
        ]
    );
    let mut crowd = network.clone();
    let mut other = crowd
        .interfaces
        .get(&"eni-web".into())
        .expect("it")
        .as_ref()
        .clone();
    other.id = "eni-other".into();
    other.private_ip = Ipv4Addr::new(10, 0, 1, 11);
    crowd.interfaces.insert(other.id.clone(), other);
    assert_eq!(
        titles(&crowd, &asked("eni-web", "10.0.2.10", 5432))[0],
        "Allow TCP 5432 from 10.0.1.10",
        "a group that others wear is wider than an address"
    );
    assert!(titles(&network, &asked("eni-web", "10.0.2.10", 0)).len() == 2);
}

#[test]
fn what_is_open_needs_no_cure_and_what_nobody_has_has_none() {
    let mut build = pair();
    build.group("sg-db", vec![tcp(5432, "10.0.0.0/16")], vec![]);
    assert!(titles(&build.network, &asked("eni-web", "10.0.2.10", 5432)).is_empty());
    let nobody = asked("eni-web", "10.0.2.77", 5432);
    assert!(titles(&build.network, &nobody).is_empty());
    let trace = build.network.walk(&nobody.flow);
    assert_eq!(
        cure(&build.network, &nobody, &trace),
        "Ask an address that something has."
    );
}

#[test]
fn one_refusal_behind_the_other_is_cured_as_a_set() {
    let mut build = pair();
    build.group("sg-web", vec![], vec![]);
    deny(&mut build.network, 90, false);
    deny(&mut build.network, 80, true);
    let fixes = build.network.fixes(&asked("eni-web", "10.0.2.10", 443));
    assert_eq!(
        fixes[0].title,
        "Allow TCP 443 out to sg-db in sg-web, let TCP 443 out to 10.0.2.10 through acl-default, \
         let TCP 443 from 10.0.1.10 through acl-default, and allow TCP 443 from sg-web"
    );
    assert_eq!(fixes[0].edits.len(), 4);
    let numbers: Vec<i32> = fixes[0]
        .edits
        .iter()
        .filter_map(|edit| match edit {
            Edit::Call(call) => call.input::<CreateNetworkAclEntry>(),
            Edit::RunAgain(_) => None,
        })
        .map(|entry| entry.rule_number)
        .collect();
    assert_eq!(
        numbers,
        [70, 80],
        "the next round number before the one that denies"
    );
}

#[test]
fn the_internet_gets_a_rule_for_everyone_only_where_it_asks() {
    let mut build = Build::vpc();
    build.public_subnet("sub-public", "10.0.3.0/24");
    build.group("sg-web", vec![], vec![]);
    build.interface("eni-web", "sub-public", "10.0.3.10", &["sg-web"]);
    let web = build.network.interfaces.get_mut(&"eni-web".into());
    web.expect("it").public_ip = Some([198, 51, 100, 10].into());
    assert_eq!(
        titles(&build.network, &from_anyone("eni-web", 443)),
        [
            "Allow TCP 443 from 203.0.113.9",
            "Allow TCP 443 from anywhere"
        ]
    );
    let client = Question {
        anyone: false,
        ..from_anyone("eni-web", 443)
    };
    assert_eq!(
        titles(&build.network, &client),
        ["Allow TCP 443 from 203.0.113.9"]
    );
}

#[test]
fn a_task_without_a_public_address_is_run_again() {
    let mut build = Build::vpc();
    build.public_subnet("sub-public", "10.0.3.0/24");
    build.group("sg-web", vec![tcp(443, "0.0.0.0/0")], vec![]);
    build.interface("eni-web", "sub-public", "10.0.3.10", &["sg-web"]);
    let fixes = build.network.fixes(&from_anyone("eni-web", 443));
    assert_eq!(fixes.len(), 1, "{fixes:?}");
    assert_eq!(fixes[0].edits, [Edit::RunAgain("eni-web".into())]);
}

#[test]
fn a_private_subnet_is_led_to_the_nat_gateway_that_is_there() {
    let mut build = pair();
    build.public_subnet("sub-public", "10.0.3.0/24");
    build.nat("nat-1", "sub-public", "10.0.3.200", "198.51.100.70");
    let question = asked("eni-web", "203.0.113.80", 443);
    let fixes = titles(&build.network, &question);
    assert_eq!(
        fixes[..2],
        [
            "Add the route 203.0.113.80/32 to nat-1 in rtb-main",
            "Add the route 0.0.0.0/0 to nat-1 in rtb-main",
        ],
        "the narrowest first"
    );
    assert_eq!(
        fixes[2],
        "Add the route 203.0.113.80/32 to igw-1 in rtb-main, and stop task eni- and run it again with a public address"
    );
    // the route is dead
    build.route(
        "rtb-main",
        "0.0.0.0/0",
        Target::NatGateway("nat-gone".into()),
    );
    let fixes = titles(&build.network, &question);
    assert_eq!(
        fixes[0],
        "Add the route 203.0.113.80/32 to nat-1 in rtb-main"
    );
    assert!(fixes.contains(&"Change the route 0.0.0.0/0 to nat-1 in rtb-main".to_owned()));
}

#[test]
fn a_peering_is_accepted_and_led_to_on_both_sides() {
    let mut build = pair();
    build.add_vpc("vpc-far", "10.9.0.0/16", "rtb-far", "acl-far");
    build.subnet("sub-far", "vpc-far", "10.9.1.0/24", "us-east-1a");
    build.group("sg-far", vec![], vec![]);
    build.interface("eni-far", "sub-far", "10.9.1.10", &["sg-far"]);
    let peering = Peering {
        id: "pcx-1".into(),
        requester: "vpc".into(),
        accepter: "vpc-far".into(),
        status: PeeringStatus::PendingAcceptance,
        same_region: true,
    };
    build.network.peerings.insert(peering.id.clone(), peering);
    let fixes = build.network.fixes(&asked("eni-web", "10.9.1.10", 443));
    let first = &fixes[0];
    assert_eq!(
        first.title,
        "Add the route 10.9.1.10/32 to pcx-1 in rtb-main, allow TCP 443 from sg-web, and add the route 10.0.1.10/32 to pcx-1 in rtb-far"
    );
    assert_eq!(
        first.edits.len(),
        4,
        "the acceptance is one of them: {first:?}"
    );
}

#[test]
fn a_check_is_switched_off_only_where_aws_lets_it_be() {
    let mut build = pair();
    build.group(
        "sg-all",
        vec![everyone(RuleProtocol::All, Ports::ALL)],
        vec![everyone(RuleProtocol::All, Ports::ALL)],
    );
    build.group("sg-db", vec![tcp(443, "0.0.0.0/0")], vec![]);
    build.subnet("sub-c", "vpc", "10.0.4.0/24", "us-east-1a");
    build.table("rtb-c", "vpc");
    build
        .network
        .subnets
        .get_mut(&"sub-c".into())
        .expect("it")
        .route_table = Some("rtb-c".into());
    build.interface("eni-middle", "sub-c", "10.0.4.99", &["sg-all"]);
    build.route(
        "rtb-main",
        "10.0.2.0/24",
        Target::Interface("eni-middle".into()),
    );
    build.table("rtb-b", "vpc");
    build.route(
        "rtb-b",
        "10.0.1.0/24",
        Target::Interface("eni-middle".into()),
    );
    build
        .network
        .subnets
        .get_mut(&"sub-b".into())
        .expect("it")
        .route_table = Some("rtb-b".into());
    let question = asked("eni-web", "10.0.2.10", 443);
    let off = "Switch the source/destination check of eni-middle off".to_owned();
    assert!(
        !titles(&build.network, &question).contains(&off),
        "it is a task's"
    );
    let middle = build.network.interfaces.get_mut(&"eni-middle".into());
    middle.expect("it").owner = Owner::Instance("i-1".into());
    assert!(titles(&build.network, &question).contains(&off));
}

#[test]
fn names_need_both_attributes_and_private_dns() {
    let mut build = pair();
    build.group("sg-end", vec![tcp(443, "10.0.0.0/16")], vec![]);
    build.interface("eni-end", "sub-b", "10.0.2.50", &["sg-end"]);
    let endpoint = InterfaceEndpoint {
        id: "vpce-1".into(),
        vpc: "vpc".into(),
        service: "com.amazonaws.us-east-1.ecr.api".into(),
        private_dns: false,
        dns_names: vec!["api.ecr.us-east-1.amazonaws.com".to_owned()],
        interfaces: vec!["eni-end".into()],
        available: true,
    };
    build
        .network
        .interface_endpoints
        .insert(endpoint.id.clone(), endpoint);
    let vpc = build.network.vpcs.get_mut(&"vpc".into()).expect("it");
    (vpc.dns_support, vpc.dns_hostnames) = (false, true);
    let question = Question::of(Flow {
        to: Destination::Name("api.ecr.us-east-1.amazonaws.com".into()),
        ..flow("eni-web", "10.0.0.1", 443)
    });
    assert_eq!(
        titles(&build.network, &question)[0],
        "Switch enableDnsSupport of vpc on, and switch private DNS of vpce-1 on"
    );
}

/// Whether a connection that a cure opened is one that its edits name: it crosses what was edited, on the port that was asked.
fn is_named(network: &Network, fix: &Fix, opened: &Opened) -> bool {
    let find = |end: &End| match end {
        End::Interface(id) => network.interfaces.get(id).map(AsRef::as_ref),
        End::Internet => None,
    };
    let (from, to) = (find(&opened.from), find(&opened.to));
    let ends = || from.into_iter().chain(to);
    let subnet = |it: &Interface| network.subnets.get(&it.subnet).expect("a subnet").clone();
    let behind = |acl: &str| {
        ends().any(|it| {
            let found = network.network_acl_of(&subnet(it));
            found.is_some_and(|found| found.id.as_str() == acl)
        })
    };
    let led = |table: &str| {
        ends().any(|it| {
            let found = network.route_table_of(&subnet(it));
            found.is_some_and(|found| found.id.as_str() == table)
        })
    };
    let through_nat = !network.nat_gateways.is_empty();
    fix.edits.iter().any(|edit| match edit {
        Edit::RunAgain(task) => ends().any(|it| it.task() == Some(task)),
        Edit::Call(call) => {
            if let Some(it) = call.input::<AuthorizeSecurityGroupIngress>() {
                to.is_some_and(|to| to.groups.contains(&it.group_id))
            } else if let Some(it) = call.input::<AuthorizeSecurityGroupEgress>() {
                from.is_some_and(|from| from.groups.contains(&it.group_id))
            } else if let Some(it) = call.input::<CreateNetworkAclEntry>() {
                behind(it.network_acl_id.as_str()) || through_nat
            } else if let Some(it) = call.input::<ReplaceNetworkAclEntry>() {
                behind(it.network_acl_id.as_str()) || through_nat
            } else if let Some(it) = call.input::<CreateRoute>() {
                led(it.route_table_id.as_str()) || through_nat
            } else if let Some(it) = call.input::<ReplaceRoute>() {
                led(it.route_table_id.as_str()) || through_nat
            } else if let Some(it) = call.input::<DeleteRoute>() {
                led(it.route_table_id.as_str())
            } else if let Some(it) = call.input::<AssociateRouteTable>() {
                ends().any(|end| end.subnet == it.subnet_id)
            } else {
                call.input::<ReplaceRouteTableAssociation>().is_some()
            }
        }
    })
}

#[test]
fn every_cure_opens_what_was_asked_with_no_edit_too_many_and_nothing_that_it_does_not_name() {
    let (mut cured, mut sets, mut beyond) = (0, 0, 0);
    for seed in 0..80 {
        let network = topology(seed, 1);
        let mut chance = Chance(seed ^ 0xf1c5);
        for _ in 0..6 {
            let flow = crate::laws::flow(&mut chance, &network);
            let question = Question::of(flow.clone());
            let ports = [ProtocolPort {
                ipv6: false,
                protocol: flow.protocol,
                port: flow.port,
            }];
            let was = network.all_pairs(&ports);
            for fix in network.fixes(&question) {
                let after = network.with(&fix.edits).expect("AWS takes it");
                assert!(
                    after.walk(&flow).delivered(),
                    "topology {seed}: {}",
                    fix.title
                );
                sets += usize::from(fix.edits.len() > 1);
                for place in 0..fix.edits.len() {
                    let mut fewer = fix.edits.clone();
                    fewer.remove(place);
                    let without = network.with(&fewer);
                    assert!(
                        without.is_none_or(|it| !it.walk(&flow).delivered()),
                        "topology {seed}: {} needs no {:?}",
                        fix.title,
                        fix.edits[place]
                    );
                }
                let difference = after.all_pairs(&ports).since(&was);
                for opened in &difference.opened {
                    assert!(
                        is_named(&network, &fix, opened),
                        "topology {seed}: {} opens {opened:?}",
                        fix.title
                    );
                }
                beyond += difference.opened.len().saturating_sub(1);
                cured += 1;
            }
        }
    }
    assert!(
        cured > 300 && sets > 50,
        "{cured} cures, {sets} sets, {beyond} beyond"
    );
}

/// A network in which nothing is shared: each interface has a subnet, an ACL, a route table and a group of its own.
fn unshared(seed: u64) -> Network {
    let mut chance = Chance(seed);
    let mut build = Build::vpc();
    for place in 0..6_u8 {
        let (subnet, group) = (format!("sub-{place}"), format!("sg-{place}"));
        let (table, acl) = (format!("rtb-{place}"), format!("acl-{place}"));
        let (id, third) = (format!("eni-{place}"), 10 + place);
        build.subnet(&subnet, "vpc", &format!("10.0.{third}.0/24"), "us-east-1a");
        build.table(&table, "vpc");
        let mut rules = || {
            let peer = format!("sg-{}", chance.below(6));
            match chance.below(4) {
                0 => vec![everyone(RuleProtocol::All, Ports::ALL)],
                1 => vec![group_rule(443, &peer)],
                2 => vec![tcp(5432, "10.0.0.0/16")],
                _ => vec![],
            }
        };
        let (ingress, egress) = (rules(), rules());
        build.group(&group, ingress, egress);
        build.interface(&id, &subnet, &format!("10.0.{third}.10"), &[&group]);
        let mut list = NetworkAcl::default_of(acl.as_str().into(), "vpc".into());
        if chance.one_in(3) {
            list.entries.clear();
        }
        for _ in 0..chance.below(3) {
            list.entries.push(AclEntry {
                number: 1 + chance.below(90) as u16,
                egress: chance.one_in(2),
                protocol: RuleProtocol::TCP,
                ports: chance.of(&[Ports::ALL, Ports::one(443), Ports::one(40_001)]),
                block: chance
                    .of(&["0.0.0.0/0", "10.0.12.0/24"])
                    .parse()
                    .expect("a block"),
                allow: false,
            });
        }
        // a number stands once in each direction
        let entries = std::mem::take(&mut list.entries);
        for entry in entries {
            let there = |it: &AclEntry| it.number == entry.number && it.egress == entry.egress;
            if !list.entries.iter().any(there) {
                list.entries.push(entry);
            }
        }
        build.network.network_acls.insert(list.id.clone(), list);
        let found = build
            .network
            .subnets
            .get_mut(&subnet.as_str().into())
            .expect("it");
        found.network_acl = Some(acl.as_str().into());
        found.route_table = Some(table.as_str().into());
    }
    if chance.one_in(2) {
        let table: &mut RouteTable = build
            .network
            .route_tables
            .get_mut(&"rtb-0".into())
            .expect("it");
        table.routes.push(Route {
            destination: RouteDestination::Block("10.0.11.0/24".parse().expect("a block")),
            target: Target::Gone("eni-gone".into()),
        });
    }
    build.network
}

#[test]
fn where_nothing_is_shared_a_cure_opens_exactly_what_was_asked() {
    let ports = [ProtocolPort::tcp(443), ProtocolPort::tcp(5432)];
    let (mut cured, mut sets) = (0, 0);
    let calls = |fix: &Fix, names: &[&str]| {
        fix.edits.iter().any(|edit| match edit {
            Edit::Call(call) => names.contains(&call.action()),
            Edit::RunAgain(_) => false,
        })
    };
    for seed in 0..120 {
        let network = unshared(seed);
        let was = network.all_pairs(&ports);
        let mut chance = Chance(seed ^ 0x0e);
        for _ in 0..6 {
            let (from, to) = (chance.below(6), chance.below(6));
            if from == to {
                continue;
            }
            let end = |place: usize| NetworkInterfaceId::from(format!("eni-{place}"));
            let on = chance.of(&ports);
            let address: IpAddr = Ipv4Addr::new(10, 0, 10 + to as u8, 10).into();
            let flow = Flow::tcp(Endpoint::Interface(end(from)), address, on.port);
            let question = Question::of(flow.clone());
            let fixes = network.fixes(&question);
            assert_eq!(
                fixes.is_empty(),
                network.walk(&flow).delivered(),
                "topology {seed}: {}: {}",
                network.walk(&flow),
                network.walk(&flow).decided_by().expect("a part").rule
            );
            let exact = |fix: &Fix| {
                let after = network.with(&fix.edits).expect("AWS takes it");
                let difference = after.all_pairs(&ports).since(&was);
                let only = Opened {
                    from: End::Interface(end(from)),
                    to: End::Interface(end(to)),
                    on,
                };
                // a route, and an ACL's entry for answers, are for all ports: between the same two ends they may open more
                let all_ports = calls(
                    fix,
                    &[
                        "ec2:DeleteRoute",
                        "ec2:CreateRoute",
                        "ec2:CreateNetworkAclEntry",
                    ],
                );
                let more = |it: &Opened| {
                    let ends = [&it.from, &it.to];
                    all_ports && ends.contains(&&only.from) && ends.contains(&&only.to)
                };
                difference.opened.contains(&only)
                    && difference.opened.iter().all(|it| *it == only || more(it))
                    && difference.closed.is_empty()
            };
            for fix in &fixes {
                // another table leads to all destinations, not to the one that was asked: it is told last
                let another = calls(fix, &["ec2:ReplaceRouteTableAssociation"]);
                assert!(
                    exact(fix) || another,
                    "topology {seed}: {} {:?}",
                    fix.title,
                    fix.edits
                );
                sets += usize::from(fix.edits.len() > 1);
                cured += 1;
            }
            assert!(
                fixes.first().is_none_or(exact),
                "topology {seed}: the first"
            );
        }
    }
    assert!(cured > 300 && sets > 100, "{cured} cures, {sets} sets");
}
