//! Laws of the walk, on random topologies.

use crate::kit::{Build, everyone, group_rule, tcp};
use fargate_core::network::{
    AclEntry, Endpoint, Flow, IpProtocol, Network, Ports, Rule, RuleProtocol, Target, Trace,
};
use ipnet::IpNet;
use std::net::{IpAddr, Ipv4Addr};

pub(crate) const ROUNDS: u64 = 400;
pub(crate) const PORTS: [u16; 3] = [443, 5432, 40_001];
const SUBNETS: [&str; 4] = ["sub-a", "sub-b", "sub-c", "sub-public"];

/// A generator of chance that gives the same everywhere. Source: Vigna's splitmix64.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub(crate) fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    pub(crate) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.below(last + 1));
        }
    }
}

fn rule(chance: &mut Chance) -> Rule {
    let port = chance.of(&PORTS);
    match chance.below(5) {
        0 => everyone(RuleProtocol::All, Ports::ALL),
        1 => group_rule(port, chance.of(&["sg-0", "sg-1", "sg-2"])),
        2 => Rule {
            protocol: RuleProtocol::UDP,
            ..tcp(port, "0.0.0.0/0")
        },
        _ => {
            let peers = [
                "0.0.0.0/0",
                "10.0.0.0/16",
                "10.0.1.0/24",
                "203.0.113.0/24",
                "198.51.100.0/24",
            ];
            tcp(port, chance.of(&peers))
        }
    }
}

fn entry(chance: &mut Chance, number: u16) -> AclEntry {
    let peers = ["0.0.0.0/0", "10.0.0.0/16", "10.0.2.0/24", "203.0.113.0/24"];
    let block: IpNet = chance.of(&peers).parse().expect("a block");
    let ports = match chance.below(3) {
        0 => Ports::ALL,
        1 => Ports::one(chance.of(&PORTS)),
        _ => Ports {
            from: 1024,
            to: 65_535,
        },
    };
    AclEntry {
        number,
        egress: chance.one_in(2),
        protocol: chance.of(&[RuleProtocol::All, RuleProtocol::TCP]),
        ports,
        block,
        allow: !chance.one_in(4),
    }
}

/// A random topology: what is in it, and in which order it was put there.
pub(crate) fn topology(seed: u64, order: u64) -> Network {
    let mut chance = Chance(seed);
    let mut build = Build::vpc();
    build.subnet("sub-c", "vpc", "10.0.4.0/24", "us-east-1a");
    build.public_subnet("sub-public", "10.0.3.0/24");
    let mut groups: Vec<(String, Vec<Rule>, Vec<Rule>)> = (0..3)
        .map(|number| {
            let mut rules = |least| -> Vec<Rule> {
                let count = least + chance.below(4);
                (0..count).map(|_| rule(&mut chance)).collect()
            };
            (format!("sg-{number}"), rules(0), rules(1))
        })
        .collect();
    let mut entries: Vec<AclEntry> = (0..chance.below(5))
        .map(|place| entry(&mut chance, 10 + 10 * place as u16))
        .collect();
    let mut routes = vec![("203.0.113.0/24", "nat")];
    if chance.one_in(2) {
        routes.push(("0.0.0.0/0", "igw"));
    }
    if chance.one_in(3) {
        routes.push(("10.0.4.0/24", "middle"));
    }
    routes.retain(|_| !chance.one_in(3));
    let mut interfaces: Vec<(usize, &str, &str, bool)> = (0..6)
        .map(|place| {
            let subnet = chance.of(&SUBNETS);
            (
                place,
                subnet,
                chance.of(&["sg-0", "sg-1", "sg-2"]),
                chance.one_in(2),
            )
        })
        .collect();
    // only the order depends on the second seed
    let mut chance = Chance(order);
    chance.shuffle(&mut groups);
    chance.shuffle(&mut entries);
    chance.shuffle(&mut routes);
    chance.shuffle(&mut interfaces);
    for (id, mut ingress, mut egress) in groups {
        chance.shuffle(&mut ingress);
        chance.shuffle(&mut egress);
        build.group(&id, ingress, egress);
    }
    build.group(
        "sg-open",
        vec![everyone(RuleProtocol::All, Ports::ALL)],
        vec![everyone(RuleProtocol::All, Ports::ALL)],
    );
    for (place, subnet, group, public) in interfaces {
        let id = format!("eni-{place}");
        build.interface(&id, subnet, &address(subnet, place).to_string(), &[group]);
        let interface = build.network.interfaces.get_mut(&id.as_str().into());
        let last = 10 + place as u8;
        interface.expect("the interface").public_ip =
            public.then(|| Ipv4Addr::new(198, 51, 100, last));
    }
    build.interface("eni-middle", "sub-c", "10.0.4.99", &["sg-open"]);
    let middle = build.network.interfaces.get_mut(&"eni-middle".into());
    middle.expect("the interface").source_dest_check = false;
    build.nat("nat-1", "sub-public", "10.0.3.200", "198.51.100.70");
    for (destination, target) in routes {
        let target = match target {
            "nat" => Target::NatGateway("nat-1".into()),
            "igw" => Target::InternetGateway("igw-1".into()),
            _ => Target::Interface("eni-middle".into()),
        };
        build.route("rtb-main", destination, target);
    }
    let acl = build.network.network_acls.get_mut(&"acl-default".into());
    acl.expect("the ACL").entries.extend(entries);
    build.network
}

fn address(subnet: &str, place: usize) -> Ipv4Addr {
    let third = match subnet {
        "sub-a" => 1,
        "sub-b" => 2,
        "sub-public" => 3,
        _ => 4,
    };
    Ipv4Addr::new(10, 0, third, 10 + place as u8)
}

/// A random connection in a topology.
pub(crate) fn flow(chance: &mut Chance, network: &Network) -> Flow {
    let all: Vec<_> = network.interfaces.values().collect();
    let target = all[chance.below(all.len())];
    let to: IpAddr = match (chance.below(3), target.public_ip) {
        (0, _) => Ipv4Addr::new(203, 0, 113, 80).into(),
        (1, Some(public)) => public.into(),
        _ => target.private_ip.into(),
    };
    let from = if chance.one_in(4) {
        Endpoint::Internet(Ipv4Addr::new(203, 0, 113, 9).into())
    } else {
        Endpoint::Interface(all[chance.below(all.len())].id.clone())
    };
    Flow {
        protocol: chance.of(&[IpProtocol::TCP, IpProtocol::TCP, IpProtocol::UDP]),
        ..Flow::tcp(from, to, chance.of(&PORTS))
    }
}

/// What was decided, and by which part; which of several rules that allow is named is no matter.
fn outcome(trace: &Trace) -> String {
    let by = trace.decided_by().filter(|_| !trace.delivered());
    let by = by.map(|hop| (hop.part.kind(), hop.part.id(), hop.phase, hop.direction));
    format!("{:?} {by:?}", trace.code())
}

#[test]
fn the_order_in_which_things_were_made_decides_nothing() {
    for seed in 0..ROUNDS {
        let (one, other) = (topology(seed, 1), topology(seed, seed + 2));
        let mut chance = Chance(seed);
        for _ in 0..20 {
            let flow = flow(&mut chance, &one);
            assert_eq!(
                outcome(&one.walk(&flow)),
                outcome(&other.walk(&flow)),
                "topology {seed}: {flow:?}"
            );
        }
    }
}

#[test]
fn one_rule_more_that_allows_closes_nothing() {
    let mut opened = 0;
    for seed in 0..ROUNDS {
        let before = topology(seed, 1);
        let mut chance = Chance(seed ^ 0xa110);
        let mut after = before.clone();
        let group = chance.of(&["sg-0", "sg-1", "sg-2"]);
        let added = rule(&mut chance);
        let found = after
            .security_groups
            .get_mut(&group.into())
            .expect("the group");
        if chance.one_in(2) {
            found.ingress.push(added);
        } else {
            found.egress.push(added);
        }
        for _ in 0..20 {
            let flow = flow(&mut chance, &before);
            let (was, is) = (before.walk(&flow), after.walk(&flow));
            assert!(
                is.delivered() || !was.delivered(),
                "topology {seed}: {flow:?}: {is}"
            );
            opened += usize::from(is.delivered() && !was.delivered());
        }
    }
    assert!(opened > 10, "the law was hardly tried: {opened}");
}

#[test]
fn the_way_back_is_the_way_there_seen_from_the_other_side() {
    let (mut arrived, mut refused) = (0, 0);
    for seed in 0..ROUNDS {
        let mut network = topology(seed, 1);
        // groups remember connections, so they are not asked on the way back: here they let everything pass
        let ids: Vec<_> = network
            .interfaces
            .iter()
            .map(|(id, _)| id.clone())
            .collect();
        for id in &ids {
            let interface = network.interfaces.get_mut(id).expect("the interface");
            interface.groups = vec!["sg-open".into()];
        }
        let mut chance = Chance(seed);
        for _ in 0..20 {
            let (a, b) = (&ids[chance.below(ids.len())], &ids[chance.below(ids.len())]);
            if a == b || [a, b].iter().any(|id| id.as_str() == "eni-middle") {
                continue;
            }
            let at = |id| {
                network
                    .interfaces
                    .get(id)
                    .expect("the interface")
                    .private_ip
            };
            let port = chance.of(&PORTS);
            let there = Flow {
                source_port: 50_000,
                ..Flow::tcp(Endpoint::Interface(a.clone()), at(b), port)
            };
            let back = Flow {
                source_port: port,
                ..Flow::tcp(Endpoint::Interface(b.clone()), at(a), 50_000)
            };
            let (there, back) = (network.walk(&there), network.walk(&back));
            assert_eq!(
                there.delivered(),
                back.delivered(),
                "topology {seed}: {there} {:?}; {back} {:?}",
                there.decided_by(),
                back.decided_by()
            );
            arrived += usize::from(there.delivered());
            refused += usize::from(!there.delivered());
        }
    }
    assert!(arrived > 100 && refused > 100, "{arrived} {refused}");
}

#[test]
fn every_refusal_names_a_part_and_its_rule_and_near_misses_lack_one_thing() {
    for seed in 0..ROUNDS {
        let network = topology(seed, 1);
        let mut chance = Chance(seed);
        for _ in 0..20 {
            let trace = network.walk(&flow(&mut chance, &network));
            let last = trace.decided_by().expect("a part was met");
            assert_eq!(last.passed, trace.delivered(), "topology {seed}: {trace}");
            assert!(!last.rule.is_empty());
            let before = &trace.hops[..trace.hops.len() - 1];
            assert!(
                before.iter().all(|hop| hop.passed),
                "topology {seed}: {trace}"
            );
            assert!(trace.near.is_empty() || !trace.delivered());
            assert!(trace.near.iter().all(|miss| !miss.words.is_empty()));
        }
    }
}
