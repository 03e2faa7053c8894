//! A large network to ask about.

use fargate_core::network::{
    AclEntry, Attachment, Endpoint, Flow, Interface, InternetGateway, Network, NetworkAcl, Owner,
    Peer, Ports, Route, RouteDestination, RouteTable, Rule, RuleProtocol, SecurityGroup, Subnet,
    Target, Vpc,
};
use std::net::Ipv4Addr;

const SUBNETS: u8 = 24;
const GROUPS: usize = 40;
const INTERFACES: usize = 1_000;

/// A VPC of 24 subnets, each with an ACL of its own, six route tables, 40 groups and 1,000 interfaces, which makes 120
/// classes. `distinct` gives every interface a group of its own, so that each is a class.
pub fn large(distinct: bool) -> Network {
    let mut network = Network::default();
    let vpc = Vpc {
        id: "vpc".into(),
        name: String::new(),
        cidr: "10.0.0.0/16".parse().expect("a block"),
        secondary_cidrs: Vec::new(),
        ipv6_cidrs: Vec::new(),
        dns_support: true,
        dns_hostnames: true,
        main_route_table: "rtb-0".into(),
        default_network_acl: "acl-0".into(),
        default_security_group: "sg-0".into(),
    };
    network.vpcs.insert(vpc.id.clone(), vpc);
    let gateway = InternetGateway {
        id: "igw".into(),
        vpc: Some("vpc".into()),
    };
    network
        .internet_gateways
        .insert(gateway.id.clone(), gateway);
    for place in 0..6 {
        let mut routes = Vec::new();
        if place % 2 == 0 {
            routes.push(Route {
                destination: RouteDestination::Block("0.0.0.0/0".parse().expect("a block")),
                target: Target::InternetGateway("igw".into()),
            });
        }
        let table = RouteTable {
            id: format!("rtb-{place}").into(),
            name: String::new(),
            vpc: "vpc".into(),
            routes,
        };
        network.route_tables.insert(table.id.clone(), table);
    }
    for place in 0..SUBNETS {
        let acl = format!("acl-{place}");
        let mut list = NetworkAcl::default_of(acl.as_str().into(), "vpc".into());
        for number in 1..10 {
            list.entries.push(AclEntry {
                number,
                egress: number % 2 == 0,
                protocol: RuleProtocol::TCP,
                ports: Ports::one(443),
                block: format!("10.0.{}.0/24", u16::from(place) / 2 + number)
                    .parse()
                    .expect("a block"),
                allow: number % 3 != 0,
            });
        }
        network.network_acls.insert(list.id.clone(), list);
        let subnet = Subnet {
            id: format!("subnet-{place}").into(),
            name: String::new(),
            vpc: "vpc".into(),
            cidr: format!("10.0.{place}.0/24").parse().expect("a block"),
            ipv6_cidr: None,
            zone: "us-east-1a".into(),
            route_table: Some(format!("rtb-{}", place % 6).into()),
            network_acl: Some(acl.into()),
            map_public_ip_on_launch: false,
        };
        network.subnets.insert(subnet.id.clone(), subnet);
    }
    let groups = if distinct { INTERFACES } else { GROUPS };
    for place in 0..groups {
        let rule = |protocol, ports, peer| Rule {
            id: "sgr".into(),
            protocol,
            ports,
            peer,
        };
        let other = Peer::Group(format!("sg-{}", (place * 7 + 1) % groups).into());
        let block = |text: &str| Peer::Block(text.parse().expect("a block"));
        let group = SecurityGroup {
            id: format!("sg-{place}").into(),
            name: format!("group {place}"),
            vpc: "vpc".into(),
            order: place,
            ingress: vec![
                rule(RuleProtocol::TCP, Ports::one(443), other),
                rule(RuleProtocol::TCP, Ports::one(5432), block("10.0.4.0/22")),
                rule(RuleProtocol::TCP, Ports::one(22), block("203.0.113.0/24")),
            ],
            egress: vec![rule(RuleProtocol::All, Ports::ALL, block("0.0.0.0/0"))],
        };
        network.security_groups.insert(group.id.clone(), group);
    }
    for place in 0..INTERFACES {
        let subnet = (place % usize::from(SUBNETS)) as u8;
        let host = (4 + place / usize::from(SUBNETS)) as u8;
        let interface = Interface {
            id: format!("eni-{place:04}").into(),
            owner: Owner::Task(format!("{place:032x}").into()),
            subnet: format!("subnet-{subnet}").into(),
            groups: vec![format!("sg-{}", place % groups).into()],
            mac: [2; 6],
            private_ip: Ipv4Addr::new(10, 0, subnet, host),
            ipv6: None,
            public_ip: (place % 5 == 0)
                .then(|| Ipv4Addr::new(198, 18, (place / 250) as u8, (place % 250) as u8)),
            public_dns: None,
            source_dest_check: true,
            attachment: Attachment::Attached,
            listeners: Vec::new(),
            answers_all: true,
        };
        network.interfaces.insert(interface.id.clone(), interface);
    }
    network
}

/// A connection within the network, to a port.
pub fn flow(port: u16) -> Flow {
    let from = Endpoint::Interface("eni-0002".into());
    Flow::tcp(from, Ipv4Addr::new(10, 0, 9, 5), port)
}
