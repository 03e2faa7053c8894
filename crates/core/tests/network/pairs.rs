//! All pairs agree with the walk, pair by pair, and a difference tells what came and went.

use crate::kit::{Build, everyone, group_rule, tcp};
use crate::laws::{PORTS, topology};
use fargate_core::network::{
    ANYONE, Difference, End, Endpoint, Flow, Listener, LoadBalancerKind, Network, Opened, Owner,
    Pairs, Ports, ProtocolPort, RuleProtocol,
};
use fargate_core::network::{IpProtocol, Part};

fn ports() -> Vec<ProtocolPort> {
    let tcp = PORTS.iter().map(|port| ProtocolPort::tcp(*port));
    let ping = ProtocolPort {
        protocol: IpProtocol::ICMP,
        port: 0,
    };
    tcp.chain([ping]).collect()
}

fn asked(from: Endpoint, to: std::net::IpAddr, on: ProtocolPort) -> Flow {
    if on.protocol == IpProtocol::ICMP {
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
        for from in &all {
            let own = || Endpoint::Interface(from.id.clone());
            let class = pairs.class_of(&from.id).expect("a class");
            let out = network.walk(&asked(own(), ANYONE.into(), on));
            assert_eq!(
                pairs.goes_out(place, class),
                out.delivered(),
                "{what}: {out}"
            );
            if let Some(public) = from.public_ip {
                let from_outside = Endpoint::Internet(ANYONE.into());
                let into = network.walk(&asked(from_outside, public.into(), on));
                assert_eq!(
                    pairs.is_exposed(place, class),
                    into.delivered(),
                    "{what}: {into}"
                );
            }
            for to in all.iter().filter(|to| to.id != from.id) {
                let trace = network.walk(&asked(own(), to.private_ip.into(), on));
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
                loopback_only: false,
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
