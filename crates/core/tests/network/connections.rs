//! Connections that are open while something changes: which go on, and which break.

use crate::kit::{Build, everyone, group_rule, tcp};
use fargate_core::network::{
    BalancedTarget, Broken, Code, Connection, Destination, Flow, IpProtocol, LoadBalancerKind,
    NatState, Network, PeeringStatus, Ports, RuleProtocol, Target,
};
use fargate_core::units::SimSpan;

/// How an open connection fares.
#[derive(Debug, PartialEq, Eq)]
enum Fares {
    Continues,
    Breaks,
}
use Fares::{Breaks, Continues};

/// How a new connection of the same kind fares.
#[derive(Debug, PartialEq, Eq)]
enum New {
    Allow,
    Deny(Code),
}

struct Case {
    name: &'static str,
    before: fn() -> (Network, Flow),
    change: fn(&mut Network),
    silent_s: u64,
    existing: Fares,
    new: New,
}

/// A server in another subnet, that admits a peer on TCP 443 and sends what `out` says.
fn server(admits: &str, out: fargate_core::network::Rule) -> (Network, Flow) {
    let mut build = Build::vpc();
    build.group(
        "sg-client",
        vec![],
        vec![everyone(RuleProtocol::All, Ports::ALL)],
    );
    build.group(
        "sg-other",
        vec![],
        vec![everyone(RuleProtocol::All, Ports::ALL)],
    );
    build.group("sg-server", vec![tcp(443, admits)], vec![out]);
    build.interface(
        "eni-client",
        "sub-a",
        "10.0.1.10",
        &["sg-client", "sg-other"],
    );
    build.interface("eni-server", "sub-b", "10.0.2.10", &["sg-server"]);
    (
        build.network,
        crate::kit::flow("eni-client", "10.0.2.10", 443),
    )
}

fn all_out() -> fargate_core::network::Rule {
    everyone(RuleProtocol::All, Ports::ALL)
}

fn close_server(network: &mut Network) {
    let group = network.security_groups.get_mut(&"sg-server".into());
    group.expect("the group").ingress.clear();
}

fn behind_nat() -> (Network, Flow) {
    let mut build = Build::vpc();
    build.group("sg-client", vec![], vec![all_out()]);
    build.interface("eni-client", "sub-a", "10.0.1.10", &["sg-client"]);
    build.public_subnet("sub-pub", "10.0.3.0/24");
    build.nat("nat-a", "sub-pub", "10.0.3.200", "198.51.100.1");
    build.nat("nat-b", "sub-pub", "10.0.3.201", "198.51.100.2");
    build.route("rtb-main", "0.0.0.0/0", Target::NatGateway("nat-a".into()));
    (
        build.network,
        crate::kit::flow("eni-client", "203.0.113.80", 443),
    )
}

fn nat_b(network: &mut Network) {
    let table = network.route_tables.get_mut(&"rtb-main".into());
    table.expect("the table").routes[0].target = Target::NatGateway("nat-b".into());
}

fn balanced(kind: LoadBalancerKind, admits: &str) -> (Network, Flow) {
    let (mut network, mut flow) = server(admits, all_out());
    let mut build = Build { network };
    build.group("sg-lb", vec![all_out()], vec![all_out()]);
    build.interface("eni-lb", "sub-b", "10.0.2.50", &["sg-lb"]);
    build.interface("eni-server-2", "sub-b", "10.0.2.11", &["sg-server"]);
    build.balancer("lb", kind, "eni-lb", 443, &["eni-server", "eni-server-2"]);
    network = build.network;
    flow.to = Destination::LoadBalancer("lb".into());
    (network, flow)
}

fn targets(network: &mut Network) -> &mut Vec<BalancedTarget> {
    let group = network.target_groups.get_mut(&"tg".into());
    &mut group.expect("the target group").targets
}

fn cases() -> Vec<Case> {
    vec![
        Case {
            name: "S1 the inbound rule of a narrow block is removed",
            before: || server("10.0.0.0/16", all_out()),
            change: close_server,
            silent_s: 1,
            existing: Continues,
            new: New::Deny(Code::SgHasNoRules),
        },
        Case {
            name: "S2 the inbound rule for everyone is removed, everything may go out",
            before: || server("0.0.0.0/0", all_out()),
            change: close_server,
            silent_s: 1,
            existing: Breaks,
            new: New::Deny(Code::SgHasNoRules),
        },
        Case {
            name: "S3 a deny entry comes before the ACL's allow",
            before: || server("10.0.0.0/16", all_out()),
            change: |network| crate::kit::deny(network, 90, false),
            silent_s: 1,
            existing: Breaks,
            new: New::Deny(Code::SubnetAclRestriction),
        },
        Case {
            name: "S4 within one subnet the ACL is replaced by one that denies all",
            before: || {
                let (network, flow) = server("10.0.0.0/16", all_out());
                let mut build = Build { network };
                build.interface("eni-server", "sub-a", "10.0.1.11", &["sg-server"]);
                let to = "10.0.1.11".parse().expect("an address");
                let to = Destination::Address(to);
                (build.network, Flow { to, ..flow })
            },
            change: |network| {
                let acl = network.network_acls.get_mut(&"acl-default".into());
                acl.expect("the ACL").entries.clear();
            },
            silent_s: 1,
            existing: Continues,
            new: New::Allow,
        },
        Case {
            name: "S5 the default route leads to another NAT gateway",
            before: behind_nat,
            change: nat_b,
            silent_s: 1,
            existing: Breaks,
            new: New::Allow,
        },
        Case {
            name: "S6 nothing was sent through NAT for 351 seconds",
            before: behind_nat,
            change: |_| {},
            silent_s: 351,
            existing: Breaks,
            new: New::Allow,
        },
        Case {
            name: "S6 nothing was sent through NAT for 350 seconds",
            before: behind_nat,
            change: |_| {},
            silent_s: 350,
            existing: Continues,
            new: New::Allow,
        },
        Case {
            name: "S7 the client is taken out of the group that the rule refers to",
            before: || {
                let (mut network, flow) = server("10.9.0.0/16", all_out());
                let group = network.security_groups.get_mut(&"sg-server".into());
                group.expect("the group").ingress = vec![group_rule(443, "sg-client")];
                (network, flow)
            },
            change: |network| {
                let client = network.interfaces.get_mut(&"eni-client".into());
                client.expect("the client").groups.remove(0);
            },
            silent_s: 1,
            existing: Continues,
            new: New::Deny(Code::EniSgRulesMismatch),
        },
        Case {
            name: "S8 the rule for pings from everyone is removed",
            before: || {
                let (mut network, flow) = server("0.0.0.0/0", all_out());
                let group = network.security_groups.get_mut(&"sg-server".into());
                let icmp = RuleProtocol::Only(IpProtocol::ICMP);
                group.expect("the group").ingress = vec![everyone(icmp, Ports::ANY_ICMP)];
                let to = "10.0.2.10".parse().expect("an address");
                (network, Flow::ping(flow.from, to))
            },
            change: close_server,
            silent_s: 1,
            existing: Continues,
            new: New::Deny(Code::SgHasNoRules),
        },
        Case {
            name: "S9 the target is being deregistered",
            before: || balanced(LoadBalancerKind::Application, "10.0.0.0/16"),
            change: |network| targets(network)[0].draining = true,
            silent_s: 1,
            existing: Continues,
            new: New::Allow,
        },
        Case {
            name: "S9 the target is deregistered, its delay is over",
            before: || balanced(LoadBalancerKind::Application, "10.0.0.0/16"),
            change: |network| drop(targets(network).remove(0)),
            silent_s: 1,
            existing: Breaks,
            new: New::Allow,
        },
        Case {
            name: "S10 the endpoint's private DNS is switched off",
            before: || {
                let (network, mut flow) = server("10.0.0.0/16", all_out());
                let mut build = Build { network };
                build.endpoint("vpce-1", "api.example.com", "eni-server");
                build.host("api", "192.0.2.20", "api.example.com");
                flow.to = Destination::Name("api.example.com".into());
                (build.network, flow)
            },
            change: |network| {
                let endpoint = network.interface_endpoints.get_mut(&"vpce-1".into());
                endpoint.expect("the endpoint").private_dns = false;
            },
            silent_s: 1,
            existing: Continues,
            new: New::Deny(Code::NoRouteToDestination),
        },
        Case {
            name: "S11 the task is replaced, with another interface and address",
            before: || server("10.0.0.0/16", all_out()),
            change: |network| {
                network.interfaces.remove(&"eni-server".into());
                let mut build = Build {
                    network: std::mem::take(network),
                };
                build.interface("eni-server-2", "sub-b", "10.0.2.11", &["sg-server"]);
                *network = build.network;
            },
            silent_s: 1,
            existing: Breaks,
            new: New::Deny(Code::NoPossibleDestination),
        },
        Case {
            name: "S12 the peering connection is deleted",
            before: || {
                let (network, mut flow) = server("10.0.0.0/16", all_out());
                let mut build = Build { network };
                build.peer("pcx-1", "10.1.0.0/16", "eni-far", "10.1.1.10");
                let to = "10.1.1.10".parse().expect("an address");
                flow.to = Destination::Address(to);
                (build.network, flow)
            },
            change: |network| {
                let peering = network.peerings.get_mut(&"pcx-1".into());
                peering.expect("the peering").status = PeeringStatus::Deleted;
            },
            silent_s: 1,
            existing: Breaks,
            new: New::Deny(Code::BadStateRoute),
        },
        Case {
            name: "S13 the inbound rule for everyone is removed, little may go out",
            before: || server("0.0.0.0/0", everyone(RuleProtocol::TCP, Ports::one(3306))),
            change: close_server,
            silent_s: 1,
            existing: Continues,
            new: New::Deny(Code::SgHasNoRules),
        },
        Case {
            name: "S14 the same behind an NLB",
            before: || balanced(LoadBalancerKind::Network, "0.0.0.0/0"),
            change: close_server,
            silent_s: 1,
            existing: Continues,
            new: New::Deny(Code::SgHasNoRules),
        },
        Case {
            name: "a NAT gateway fails",
            before: behind_nat,
            change: |network| {
                let nat = network.nat_gateways.get_mut(&"nat-a".into());
                nat.expect("the NAT gateway").state = NatState::Failed;
            },
            silent_s: 1,
            existing: Breaks,
            new: New::Deny(Code::BadStateRoute),
        },
    ]
}

#[test]
fn open_connections_fare_as_documented() {
    for case in cases() {
        let (mut network, flow) = (case.before)();
        let open: Connection = network
            .open(&flow)
            .unwrap_or_else(|trace| panic!("{}: {trace}: {:?}", case.name, trace.decided_by()));
        (case.change)(&mut network);
        let found = network.carries(&open, SimSpan::secs(case.silent_s));
        let fares = if found.is_ok() { Continues } else { Breaks };
        assert_eq!(fares, case.existing, "{}: {found:?}", case.name);
        let new = match network.walk(&flow).code() {
            None => New::Allow,
            Some(code) => New::Deny(code),
        };
        assert_eq!(new, case.new, "{}: a new one", case.name);
    }
}

#[test]
fn a_broken_connection_says_what_broke_it() {
    let (mut network, flow) = behind_nat();
    let open = network.open(&flow).expect("it opens");
    assert_eq!(
        network.carries(&open, SimSpan::secs(400)),
        Err(Broken::TimedOut(SimSpan::secs(350)))
    );
    nat_b(&mut network);
    assert_eq!(network.carries(&open, SimSpan::secs(1)), Err(Broken::Moved));
    let (network, flow) = server("0.0.0.0/0", all_out());
    assert!(network.open(&flow).expect("it opens").is_untracked());
    let (network, flow) = balanced(LoadBalancerKind::Network, "0.0.0.0/0");
    assert!(!network.open(&flow).expect("it opens").is_untracked());
}
