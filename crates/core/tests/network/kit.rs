//! Small networks for tests, built thing by thing.

use fargate_core::network::{
    AclEntry, Attachment, BalancedTarget, BalancerListener, Connectivity, Endpoint, Flow, Host,
    Interface, InterfaceEndpoint, InternetGateway, LoadBalancer, LoadBalancerKind, NatGateway,
    NatState, Network, NetworkAcl, Owner, Peer, Peering, PeeringStatus, Ports, Route,
    RouteDestination, RouteTable, Rule, RuleProtocol, SecurityGroup, Subnet, Target, TargetGroup,
    TargetHealth, Vpc,
};
use ipnet::{IpNet, Ipv4Net};
use std::net::IpAddr;

/// A network that is being built: `vpc`, 10.0.0.0/16, with `sub-a` and `sub-b` in two zones, to begin with.
pub(crate) struct Build {
    pub(crate) network: Network,
}

fn block(text: &str) -> IpNet {
    text.parse().expect("a block")
}

fn block4(text: &str) -> Ipv4Net {
    text.parse().expect("an IPv4 block")
}

/// A rule for TCP on a port, to or from a block.
pub(crate) fn tcp(port: u16, peer: &str) -> Rule {
    Rule {
        id: format!("tcp-{port}-{peer}").into(),
        protocol: RuleProtocol::TCP,
        ports: Ports::one(port),
        peer: Peer::Block(block(peer)),
    }
}

/// A rule for TCP on a port, to or from a group.
pub(crate) fn group_rule(port: u16, group: &str) -> Rule {
    Rule {
        peer: Peer::Group(group.into()),
        ..tcp(port, "0.0.0.0/0")
    }
}

/// A rule for everyone.
pub(crate) fn everyone(protocol: RuleProtocol, ports: Ports) -> Rule {
    Rule {
        protocol,
        ports,
        ..tcp(1, "0.0.0.0/0")
    }
}

/// A TCP connection from an interface.
pub(crate) fn flow(from: &str, to: &str, port: u16) -> Flow {
    let to: IpAddr = to.parse().expect("an address");
    Flow::tcp(Endpoint::Interface(from.into()), to, port)
}

/// An entry that denies TCP 443 from and to everyone, in the default ACL.
pub(crate) fn deny(network: &mut Network, number: u16, egress: bool) {
    let acl = network.network_acls.get_mut(&"acl-default".into());
    acl.expect("the ACL").entries.push(AclEntry {
        number,
        egress,
        protocol: RuleProtocol::TCP,
        ports: Ports::one(443),
        block: block("0.0.0.0/0"),
        allow: false,
    });
}

impl Build {
    pub(crate) fn vpc() -> Self {
        let mut build = Self {
            network: Network::default(),
        };
        build.add_vpc("vpc", "10.0.0.0/16", "rtb-main", "acl-default");
        build.subnet("sub-a", "vpc", "10.0.1.0/24", "us-east-1a");
        build.subnet("sub-b", "vpc", "10.0.2.0/24", "us-east-1b");
        build
    }

    pub(crate) fn add_vpc(&mut self, id: &str, cidr: &str, table: &str, acl: &str) {
        let vpc = Vpc {
            id: id.into(),
            name: String::new(),
            cidr: block4(cidr),
            secondary_cidrs: Vec::new(),
            ipv6_cidrs: Vec::new(),
            dns_support: true,
            dns_hostnames: true,
            main_route_table: table.into(),
            default_network_acl: acl.into(),
            default_security_group: "".into(),
        };
        self.table(table, id);
        let acl = NetworkAcl::default_of(acl.into(), id.into());
        self.network.network_acls.insert(acl.id.clone(), acl);
        self.network.vpcs.insert(vpc.id.clone(), vpc);
    }

    pub(crate) fn table(&mut self, id: &str, vpc: &str) {
        let table = RouteTable {
            name: String::new(),
            id: id.into(),
            vpc: vpc.into(),
            routes: Vec::new(),
        };
        self.network.route_tables.insert(table.id.clone(), table);
    }

    pub(crate) fn subnet(&mut self, id: &str, vpc: &str, cidr: &str, zone: &str) {
        let subnet = Subnet {
            id: id.into(),
            name: String::new(),
            vpc: vpc.into(),
            cidr: block4(cidr),
            ipv6_cidr: None,
            zone: zone.into(),
            route_table: None,
            network_acl: None,
            map_public_ip_on_launch: false,
        };
        self.network.subnets.insert(subnet.id.clone(), subnet);
    }

    /// A subnet with a default route to the VPC's internet gateway.
    pub(crate) fn public_subnet(&mut self, id: &str, cidr: &str) {
        let gateway = InternetGateway {
            id: "igw-1".into(),
            vpc: Some("vpc".into()),
        };
        self.network
            .internet_gateways
            .insert(gateway.id.clone(), gateway);
        self.subnet(id, "vpc", cidr, "us-east-1a");
        self.table("rtb-public", "vpc");
        self.route(
            "rtb-public",
            "0.0.0.0/0",
            Target::InternetGateway("igw-1".into()),
        );
        let subnet = self.network.subnets.get_mut(&id.into());
        subnet.expect("the subnet").route_table = Some("rtb-public".into());
    }

    pub(crate) fn route(&mut self, table: &str, destination: &str, target: Target) {
        let table = self.network.route_tables.get_mut(&table.into());
        table.expect("the table").routes.push(Route {
            destination: RouteDestination::Block(block(destination)),
            target,
        });
    }

    pub(crate) fn group(&mut self, id: &str, ingress: Vec<Rule>, egress: Vec<Rule>) {
        let group = SecurityGroup {
            id: id.into(),
            name: id.to_owned(),
            vpc: "vpc".into(),
            order: 0,
            ingress,
            egress,
        };
        self.network.security_groups.insert(group.id.clone(), group);
    }

    pub(crate) fn interface(&mut self, id: &str, subnet: &str, address: &str, groups: &[&str]) {
        let interface = Interface {
            id: id.into(),
            owner: Owner::Task(id.into()),
            subnet: subnet.into(),
            groups: groups.iter().map(|group| (*group).into()).collect(),
            mac: [0x0a, 0, 0, 0, 0, 1],
            private_ip: address.parse().expect("an address"),
            ipv6: None,
            public_ip: None,
            public_dns: None,
            source_dest_check: true,
            attachment: Attachment::Attached,
            listeners: Vec::new(),
            answers_all: true,
        };
        self.network
            .interfaces
            .insert(interface.id.clone(), interface);
    }

    pub(crate) fn nat(&mut self, id: &str, subnet: &str, private: &str, public: &str) {
        let nat = NatGateway {
            id: id.into(),
            name: String::new(),
            subnet: subnet.into(),
            private_ip: private.parse().expect("an address"),
            public_ip: Some(public.parse().expect("an address")),
            allocation: None,
            interface: None,
            connectivity: Connectivity::Public,
            state: NatState::Available,
        };
        self.network.nat_gateways.insert(nat.id.clone(), nat);
    }

    pub(crate) fn balancer(
        &mut self,
        id: &str,
        kind: LoadBalancerKind,
        node: &str,
        port: u16,
        targets: &[&str],
    ) {
        let protocol = match kind {
            LoadBalancerKind::Application => "HTTPS",
            LoadBalancerKind::Network => "TCP",
        };
        let group = TargetGroup {
            targets: targets
                .iter()
                .map(|target| BalancedTarget {
                    id: (*target).into(),
                    interface: (*target).into(),
                    port,
                    draining: false,
                    health: TargetHealth::default(),
                })
                .collect(),
            ..TargetGroup::new("tg".into(), "ip", protocol, port)
        };
        self.network.target_groups.insert(group.id.clone(), group);
        let balancer = LoadBalancer {
            nodes: vec![node.into()],
            listeners: vec![BalancerListener {
                arn: String::new(),
                protocol: protocol.to_owned(),
                port,
                target_group: Some("tg".into()),
            }],
            cross_zone: true,
            ..LoadBalancer::new(id.into(), kind)
        };
        self.network
            .load_balancers
            .insert(balancer.id.clone(), balancer);
    }

    pub(crate) fn endpoint(&mut self, id: &str, name: &str, interface: &str) {
        let endpoint = InterfaceEndpoint {
            id: id.into(),
            vpc: "vpc".into(),
            service: String::new(),
            private_dns: true,
            dns_names: vec![name.to_owned()],
            interfaces: vec![interface.into()],
            available: true,
        };
        self.network
            .interface_endpoints
            .insert(endpoint.id.clone(), endpoint);
    }

    pub(crate) fn host(&mut self, id: &str, address: &str, name: &str) {
        let host = Host {
            id: id.into(),
            address: address.parse().expect("an address"),
            dns_names: vec![name.to_owned()],
        };
        self.network.hosts.insert(host.id.clone(), host);
    }

    /// Another VPC, peered with the first, with one interface that everyone in private blocks may reach.
    pub(crate) fn peer(&mut self, id: &str, cidr: &str, interface: &str, address: &str) {
        self.add_vpc("vpc-far", cidr, "rtb-far", "acl-far");
        let peering = Peering {
            id: id.into(),
            requester: "vpc".into(),
            accepter: "vpc-far".into(),
            status: PeeringStatus::Active,
            same_region: true,
        };
        self.network.peerings.insert(peering.id.clone(), peering);
        self.route("rtb-main", cidr, Target::Peering(id.into()));
        self.route("rtb-far", "10.0.0.0/16", Target::Peering(id.into()));
        let address4: std::net::Ipv4Addr = address.parse().expect("an address");
        let subnet = Ipv4Net::new(address4, 24)
            .expect("a block")
            .trunc()
            .to_string();
        self.subnet("sub-far", "vpc-far", &subnet, "us-east-1a");
        self.group("sg-far", vec![tcp(443, "10.0.0.0/8")], vec![]);
        self.interface(interface, "sub-far", address, &["sg-far"]);
    }
}
