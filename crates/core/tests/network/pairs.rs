//! All pairs agree with the walk, pair by pair, and a difference tells what came and went.

use crate::kit::{Build, everyone, group_rule, tcp};
use crate::laws::{PORTS, topology};
use fargate_core::network::{
    ANYONE, ANYONE_IPV6, AclEntry, Bound, Difference, End, Endpoint, Flow, Interface, Listener,
    LoadBalancerKind, Network, Opened, Owner, Pairs, Peer, Ports, ProtocolPort, Route,
    RouteDestination, Rule, RuleProtocol, Target,
};
use fargate_core::network::{IpProtocol, Part};
use ipnet::IpNet;
use std::net::IpAddr;

fn ports() -> Vec<ProtocolPort> {
    let tcp = PORTS.iter().map(|port| ProtocolPort::tcp(*port));
    let ping = ProtocolPort {
        protocol: IpProtocol::ICMP,
        port: 0,
        ipv6: false,
    };
    let ping_ipv6 = ProtocolPort {
        protocol: IpProtocol::ICMPV6,
        port: 0,
        ipv6: true,
    };
    let ipv4 = tcp.clone().chain([ping]);
    let ipv6 = tcp.map(|it| ProtocolPort { ipv6: true, ..it });
    ipv4.chain(ipv6).chain([ping_ipv6]).collect()
}

/// The address by which an interface is asked for within the account.
fn address(of: &Interface, on: ProtocolPort) -> Option<IpAddr> {
    if on.ipv6 {
        of.ipv6.map(IpAddr::V6)
    } else {
        Some(of.private_ip.into())
    }
}

fn asked(from: Endpoint, to: std::net::IpAddr, on: ProtocolPort) -> Flow {
    if on.protocol.is_icmp() {
        Flow::ping(from, to)
    } else {
        Flow::tcp(from, to, on.port)
    }
}

/// Every pair of interfaces, and the Internet both ways, against a walk of its own. Gives how many are open and closed.
fn agrees(network: &Network, what: &str) -> (usize, usize) {
    let pairs = network.all_pairs(&ports());
    let all: Vec<_> = network
        .interfaces
        .values()
        .filter(|it| !matches!(it.owner, Owner::NatGateway(_)))
        .collect();
    let (mut open, mut closed) = (0, 0);
    for (place, on) in ports().into_iter().enumerate() {
        let anyone = if on.ipv6 {
            IpAddr::V6(ANYONE_IPV6)
        } else {
            IpAddr::V4(ANYONE)
        };
        for from in &all {
            let own = || Endpoint::Interface(from.id.clone());
            let class = pairs.class_of(&from.id).expect("a class");
            let out = network.walk(&asked(own(), anyone, on));
            assert_eq!(
                pairs.goes_out(place, class),
                out.delivered(),
                "{what}: {out}"
            );
            let public = if on.ipv6 {
                address(from, on)
            } else {
                from.public_ip.map(IpAddr::V4)
            };
            if let Some(public) = public {
                let from_outside = Endpoint::Internet(anyone);
                let into = network.walk(&asked(from_outside, public, on));
                assert_eq!(
                    pairs.is_exposed(place, class),
                    into.delivered(),
                    "{what}: {into}"
                );
            }
            for to in all.iter().filter(|to| to.id != from.id) {
                let Some(there) = address(to, on) else {
                    assert!(!pairs.reaches(place, &from.id, &to.id), "{what}");
                    continue;
                };
                let trace = network.walk(&asked(own(), there, on));
                let meant = trace.hops.iter().any(|hop| match &hop.part {
                    Part::SecurityGroups(_, id) | Part::Interface(id) => *id == to.id,
                    Part::LoadBalancer(_) => true,
                    _ => false,
                });
                let reaches = trace.delivered() && meant;
                assert_eq!(
                    pairs.reaches(place, &from.id, &to.id),
                    reaches,
                    "{what}: {} to {} on {on}: {trace}",
                    from.id,
                    to.id
                );
                if reaches {
                    open += 1;
                } else {
                    closed += 1;
                }
            }
        }
        assert_eq!(
            pairs.count(place),
            brute(
                &pairs,
                place,
                &all.iter().map(|it| it.id.clone()).collect::<Vec<_>>()
            )
        );
    }
    (open, closed)
}

fn brute(pairs: &Pairs, place: usize, ids: &[fargate_core::ids::NetworkInterfaceId]) -> u64 {
    let all = ids
        .iter()
        .flat_map(|from| ids.iter().map(move |to| (from, to)));
    all.filter(|(from, to)| pairs.reaches(place, from, to))
        .count() as u64
}

#[test]
fn all_pairs_agree_with_the_walk_on_random_topologies() {
    let (mut open, mut closed) = (0, 0);
    for seed in 0..150 {
        let mut network = topology(seed, 1);
        // some listen on one port only, some are of no group's making: twins share a class
        if seed % 2 == 0 {
            let twin = network
                .interfaces
                .get(&"eni-0".into())
                .expect("it")
                .as_ref()
                .clone();
            let mut twin = twin;
            twin.id = "eni-twin".into();
            twin.private_ip = std::net::Ipv4Addr::from(u32::from(twin.private_ip) + 100);
            twin.public_ip = None;
            let one = network.interfaces.get_mut(&"eni-0".into()).expect("it");
            one.public_ip = None;
            network.interfaces.insert(twin.id.clone(), twin);
        }
        if seed % 3 == 0 {
            let one = network.interfaces.get_mut(&"eni-1".into()).expect("it");
            one.answers_all = false;
            one.listeners = vec![Listener {
                protocol: IpProtocol::TCP,
                port: 443,
                bound: Bound::All,
                container: None,
                name: "web".into(),
            }];
        }
        let found = agrees(&network, &format!("topology {seed}"));
        open += found.0;
        closed += found.1;
    }
    assert!(open > 1_000 && closed > 1_000, "{open} {closed}");
}

/// A random topology in which most interfaces have IPv6 addresses too, and some parts let them pass.
fn dual_stack(seed: u64) -> Network {
    let mut network = topology(seed, 1);
    let everyone: IpNet = "::/0".parse().expect("a block");
    let part = |of: u64| seed >> of & 1 == 0;
    let vpcs: Vec<_> = network.vpcs.values().map(|it| it.id.clone()).collect();
    for (place, id) in vpcs.iter().enumerate() {
        let block = format!("2001:db8:{place}::/56").parse().expect("a block");
        let vpc = network.vpcs.get_mut(id).expect("it");
        vpc.ipv6_cidrs.push(block);
    }
    let subnets: Vec<_> = network.subnets.values().map(|it| it.id.clone()).collect();
    for (place, id) in subnets.iter().enumerate() {
        let subnet = network.subnets.get_mut(id).expect("it");
        let vpc = vpcs.iter().position(|it| *it == subnet.vpc).expect("it");
        let block = format!("2001:db8:{vpc}:{place:x}::/64");
        subnet.ipv6_cidr = Some(block.parse().expect("a block"));
    }
    let all: Vec<_> = network
        .interfaces
        .values()
        .map(|it| it.id.clone())
        .collect();
    for (place, id) in all.iter().enumerate().filter(|it| it.0 % 4 != 3) {
        let interface = network.interfaces.get_mut(id).expect("it");
        let subnet = interface.subnet.clone();
        let block = network.subnets.get(&subnet).and_then(|it| it.ipv6_cidr);
        let bits = u128::from(block.expect("a block").addr()) + 16 + place as u128;
        let interface = network.interfaces.get_mut(id).expect("it");
        interface.ipv6 = Some(bits.into());
    }
    let groups: Vec<_> = network
        .security_groups
        .values()
        .map(|it| it.id.clone())
        .collect();
    for (place, id) in groups.iter().enumerate() {
        let group = network.security_groups.get_mut(id).expect("it");
        let rule = Rule {
            peer: Peer::Block(everyone),
            ..crate::kit::everyone(RuleProtocol::All, Ports::ALL)
        };
        if part(place as u64) {
            group.ingress.push(rule.clone());
        }
        if part(place as u64 + 3) {
            group.egress.push(rule);
        }
    }
    let acls: Vec<_> = network
        .network_acls
        .values()
        .map(|it| it.id.clone())
        .collect();
    for (place, id) in acls.iter().enumerate().filter(|it| part(it.0 as u64 + 5)) {
        let acl = network.network_acls.get_mut(id).expect("it");
        for egress in [false, true] {
            acl.entries.push(AclEntry {
                number: 200 + place as u16,
                egress,
                protocol: RuleProtocol::All,
                ports: Ports::ALL,
                block: everyone,
                allow: true,
            });
        }
    }
    let gateways = network.internet_gateways.values();
    let gateway = gateways.map(|it| it.id.clone()).next();
    let tables: Vec<_> = network
        .route_tables
        .values()
        .map(|it| it.id.clone())
        .collect();
    for id in tables.iter().filter(|_| part(6)) {
        let table = network.route_tables.get_mut(id).expect("it");
        table.routes.extend(gateway.clone().map(|gateway| Route {
            destination: RouteDestination::Block(everyone),
            target: Target::InternetGateway(gateway),
        }));
    }
    network
}

#[test]
fn all_pairs_agree_with_the_walk_over_ipv6() {
    let (mut open, mut outside) = (0, 0);
    for seed in 0..100 {
        let network = dual_stack(seed);
        agrees(&network, &format!("dual stack {seed}"));
        let pairs = network.all_pairs(&ports());
        for place in (0..ports().len()).filter(|place| ports()[*place].ipv6) {
            open += pairs.count(place);
            outside += pairs.exposed(place).count();
        }
    }
    assert!(open > 500 && outside > 50, "{open} {outside}");
}

#[test]
fn all_pairs_agree_over_peering_and_through_load_balancers() {
    let mut build = Build::vpc();
    build.group(
        "sg-web",
        vec![tcp(443, "10.0.0.0/8"), group_rule(443, "sg-node")],
        vec![everyone(RuleProtocol::All, Ports::ALL)],
    );
    build.group(
        "sg-node",
        vec![tcp(443, "10.0.0.0/8")],
        vec![group_rule(443, "sg-web")],
    );
    for (id, subnet, address) in [
        ("eni-1", "sub-a", "10.0.1.10"),
        ("eni-2", "sub-a", "10.0.1.11"),
        ("eni-3", "sub-b", "10.0.2.10"),
    ] {
        build.interface(id, subnet, address, &["sg-web"]);
    }
    build.interface("eni-node", "sub-b", "10.0.2.20", &["sg-node"]);
    let node = build.network.interfaces.get_mut(&"eni-node".into());
    node.expect("the node").owner = Owner::ApplicationLoadBalancer("lb".into());
    build.balancer(
        "lb",
        LoadBalancerKind::Application,
        "eni-node",
        443,
        &["eni-1"],
    );
    build.peer("pcx-1", "10.9.0.0/16", "eni-far", "10.9.1.10");
    let (open, closed) = agrees(&build.network, "peering");
    assert!(open > 10 && closed > 10, "{open} {closed}");
    let peering = build.network.peerings.get_mut(&"pcx-1".into());
    peering.expect("it").same_region = false;
    agrees(&build.network, "peering to another Region");
    // one side forgot its route
    build
        .network
        .route_tables
        .get_mut(&"rtb-far".into())
        .expect("it")
        .routes
        .clear();
    agrees(&build.network, "a peering with one route");
}

#[test]
fn a_difference_names_what_came_and_what_went() {
    let mut build = Build::vpc();
    build.public_subnet("sub-public", "10.0.3.0/24");
    build.group("sg-web", vec![tcp(443, "0.0.0.0/0")], vec![]);
    build.group("sg-db", vec![group_rule(5432, "sg-web")], vec![]);
    build.interface("eni-web", "sub-public", "10.0.3.10", &["sg-web"]);
    build.interface("eni-db", "sub-a", "10.0.1.10", &["sg-db"]);
    let web = build.network.interfaces.get_mut(&"eni-web".into());
    web.expect("it").public_ip = Some([198, 51, 100, 10].into());
    let ports = [ProtocolPort::tcp(443), ProtocolPort::tcp(5432)];
    let before = build.network.all_pairs(&ports);
    assert_eq!(before.since(&before), Difference::default());
    let group = build.network.security_groups.get_mut(&"sg-web".into());
    let group = group.expect("it");
    group.egress.push(tcp(5432, "10.0.1.0/24"));
    group.ingress.clear();
    let after = build.network.all_pairs(&ports);
    let (web, db) = (
        End::Interface("eni-web".into()),
        End::Interface("eni-db".into()),
    );
    let difference = after.since(&before);
    assert_eq!(
        difference.opened,
        [Opened {
            from: web.clone(),
            to: db,
            on: ports[1]
        }]
    );
    assert_eq!(
        difference.closed,
        [Opened {
            from: End::Internet,
            to: web,
            on: ports[0]
        }]
    );
    let back = before.since(&after);
    assert_eq!(
        (back.opened, back.closed),
        (difference.closed, difference.opened)
    );
    assert_eq!(before.exposed(0).count(), 1);
    let reached: Vec<_> = after.reached_from(1, &"sg-web".into()).collect();
    assert_eq!(
        reached,
        [&fargate_core::ids::NetworkInterfaceId::from("eni-db")]
    );
}
