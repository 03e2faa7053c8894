//! What the tools of the canvas ask of the network and no card carries: the ways out of the VPC beside its internet gateway, where
//! each subnet's routes lead, and what a subnet must be given when it is made anew.

use crate::session::Session;
use fargate_core::ids::{NetworkAclId, NetworkInterfaceId, SecurityGroupId, SubnetId, VpcId};
use fargate_core::network::{Network, Owner, RouteTable, Subnet, Target, Vpc};

/// What the tools of the canvas ask of the network of one VPC.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The ways out on the VPC's edge beside its internet gateway, by kind and then by id.
    pub exits: Vec<Exit>,
    /// The routes of each subnet's table, but for the local ones.
    pub leads: Vec<Lead>,
    /// What each subnet is beside its card.
    pub subnets: Vec<SubnetDetail>,
    /// The group of every interface that is given none.
    pub default_group: SecurityGroupId,
    /// Whether the VPC has an IPv6 block.
    pub ipv6: bool,
    /// Whether its resolver answers and its interfaces have names, which private names of endpoints need.
    pub dns: bool,
    /// What tiles are called whose cards say their ids: instances and mount targets with a `Name`. A first visit has none of them.
    pub tiles: Vec<(NetworkInterfaceId, String)>,
    /// What the VPC's route tables are called: the main one, and those with a `Name`.
    pub tables: Vec<(String, String)>,
    /// The names that are taken: of databases, their groups of subnets, and load balancers.
    pub names: Vec<String>,
}

/// What a way out is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExitKind {
    /// An egress-only internet gateway.
    EgressOnly,
    /// A gateway endpoint.
    Endpoint,
    /// A peering connection.
    Peering,
}

impl ExitKind {
    /// What it is, in words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::EgressOnly => "Egress-only gateway",
            Self::Endpoint => "Gateway endpoint",
            Self::Peering => "Peering connection",
        }
    }
}

/// A way out on the VPC's edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: ExitKind,
    /// What its pill says: 'IPv6 out', 's3', '10.1.0.0/16'.
    pub name: String,
    /// Where a route to it applies: `::/0`, the block of the other VPC, the service's prefix list.
    pub destination: String,
}

impl Exit {
    /// 'Gateway endpoint s3', 'Peering connection to 10.1.0.0/16'.
    pub fn words(&self) -> String {
        match self.kind {
            ExitKind::EgressOnly => self.kind.title().to_owned(),
            ExitKind::Endpoint => format!("{} {}", self.kind.title(), self.name),
            ExitKind::Peering => format!("{} to {}", self.kind.title(), self.name),
        }
    }
}

/// A route of a subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The subnet.
    pub subnet: SubnetId,
    /// Where the route applies: `0.0.0.0/0`.
    pub destination: String,
    /// Where it leads.
    pub to: RouteTo,
    /// Whether what it leads to is gone or does not work, so that packets end there: a blackhole.
    pub dead: bool,
}

/// Where a route leads, by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteTo {
    /// An internet gateway.
    Internet(String),
    /// A NAT gateway, and its interface.
    Nat(String, NetworkInterfaceId),
    /// An egress-only internet gateway.
    EgressOnly(String),
    /// A gateway endpoint.
    Endpoint(String),
    /// A peering connection.
    Peering(String),
    /// An interface that forwards.
    Interface(NetworkInterfaceId),
    /// Something that is no more.
    Gone(String),
}

impl RouteTo {
    /// The id of what it leads to.
    pub fn id(&self) -> &str {
        match self {
            Self::Internet(id)
            | Self::Nat(id, _)
            | Self::EgressOnly(id)
            | Self::Endpoint(id)
            | Self::Peering(id)
            | Self::Gone(id) => id,
            Self::Interface(id) => id.as_str(),
        }
    }
}

/// What a subnet is beside its card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubnetDetail {
    /// The subnet.
    pub id: SubnetId,
    /// Its own network ACL; `None` for the VPC's default one.
    pub network_acl: Option<NetworkAclId>,
    /// Its IPv6 block.
    pub ipv6: Option<String>,
    /// `MapPublicIpOnLaunch`.
    pub public_on_launch: bool,
}

impl Session {
    /// What the tools of the canvas ask of the network of a VPC; nothing where there is no such VPC.
    pub fn details(&self, vpc: &VpcId) -> Details {
        let network = self.world().network();
        network
            .vpcs
            .get(vpc)
            .map(|vpc| of(network, vpc))
            .unwrap_or_default()
    }
}

fn of(network: &Network, vpc: &Vpc) -> Details {
    let mut subnets: Vec<&Subnet> = Vec::new();
    for subnet in network.subnets.values() {
        if subnet.vpc == vpc.id {
            subnets.push(subnet);
        }
    }
    let things = network.things();
    let databases = things.databases.values().map(|it| it.name.to_string());
    let groups = things
        .database_subnet_groups
        .values()
        .map(|it| it.name.to_string());
    let balancers = network.load_balancers.values().map(|it| it.id.to_string());
    Details {
        exits: exits(network, vpc),
        leads: subnets
            .iter()
            .flat_map(|subnet| leads(network, subnet))
            .collect(),
        subnets: subnets
            .iter()
            .map(|subnet| SubnetDetail {
                id: subnet.id.clone(),
                network_acl: subnet.network_acl.clone(),
                ipv6: subnet.ipv6_cidr.map(|block| block.to_string()),
                public_on_launch: subnet.map_public_ip_on_launch,
            })
            .collect(),
        default_group: vpc.default_security_group.clone(),
        ipv6: !vpc.ipv6_cidrs.is_empty(),
        dns: vpc.dns_support && vpc.dns_hostnames,
        names: databases.chain(groups).chain(balancers).collect(),
        tiles: tile_names(network),
        tables: network
            .route_tables
            .values()
            .filter(|table| table.vpc == vpc.id)
            .filter_map(|table| table_name(vpc, table))
            .collect(),
    }
}

fn table_name(vpc: &Vpc, table: &RouteTable) -> Option<(String, String)> {
    let words = if table.id == vpc.main_route_table {
        "the main route table".to_owned()
    } else if table.name.is_empty() {
        return None;
    } else {
        format!("route table {}", table.name)
    };
    Some((table.id.to_string(), words))
}

fn exits(network: &Network, vpc: &Vpc) -> Vec<Exit> {
    let mut found = Vec::new();
    for gateway in network.egress_only_gateways.values() {
        if gateway.vpc.as_ref() == Some(&vpc.id) {
            found.push(Exit {
                id: gateway.id.to_string(),
                kind: ExitKind::EgressOnly,
                name: "IPv6 out".to_owned(),
                destination: "::/0".to_owned(),
            });
        }
    }
    for endpoint in network.gateway_endpoints.values() {
        if endpoint.vpc == vpc.id {
            let service = endpoint.service.rsplit('.').next().unwrap_or_default();
            found.push(Exit {
                id: endpoint.id.to_string(),
                kind: ExitKind::Endpoint,
                name: service.to_owned(),
                destination: endpoint.prefix_list.to_string(),
            });
        }
    }
    for peering in network.peerings.values().filter(|it| it.lives()) {
        if let Some(other) = peering.other(&vpc.id) {
            let other = network.vpcs.get(other);
            let block = other.map_or_else(|| "another VPC".to_owned(), |it| it.cidr.to_string());
            found.push(Exit {
                id: peering.id.to_string(),
                kind: ExitKind::Peering,
                name: block.clone(),
                destination: block,
            });
        }
    }
    found
}

fn leads(network: &Network, subnet: &Subnet) -> Vec<Lead> {
    let Some(table) = network.route_table_of(subnet) else {
        return Vec::new();
    };
    let own = table.routes.iter().map(|route| Lead {
        subnet: subnet.id.clone(),
        destination: route.destination.to_string(),
        to: route_to(network, &route.target),
        dead: network.route_is_dead(table, &route.target),
    });
    let endpoints = network.gateway_endpoints.values();
    let through = |table: &RouteTable, tables: &[_]| tables.contains(&table.id);
    let implied = endpoints
        .filter(|it| through(table, &it.route_tables))
        .map(|it| Lead {
            subnet: subnet.id.clone(),
            destination: it.prefix_list.to_string(),
            to: RouteTo::Endpoint(it.id.to_string()),
            dead: false,
        });
    own.chain(implied).collect()
}

fn route_to(network: &Network, target: &Target) -> RouteTo {
    match target {
        Target::InternetGateway(id) => RouteTo::Internet(id.to_string()),
        Target::NatGateway(id) => {
            let mut interfaces = network.interfaces.values();
            let own = interfaces.find(|it| matches!(&it.owner, Owner::NatGateway(of) if of == id));
            own.map_or_else(
                || RouteTo::Gone(id.to_string()),
                |it| RouteTo::Nat(id.to_string(), it.id.clone()),
            )
        }
        Target::EgressOnlyGateway(id) => RouteTo::EgressOnly(id.to_string()),
        Target::GatewayEndpoint(id) => RouteTo::Endpoint(id.to_string()),
        Target::Peering(id) => RouteTo::Peering(id.to_string()),
        Target::Interface(id) => RouteTo::Interface(id.clone()),
        Target::Local => RouteTo::Gone("local".to_owned()),
        Target::Gone(id) => RouteTo::Gone(id.to_string()),
    }
}

/// The interfaces of instances and of mount targets that have a `Name`, each with it.
fn tile_names(network: &Network) -> Vec<(NetworkInterfaceId, String)> {
    let things = network.things();
    let named = network.interfaces.values().filter_map(|interface| {
        let name = match &interface.owner {
            Owner::Instance(id) => things.instances.get(id)?.name.clone(),
            Owner::MountTarget(id) => things.file_systems.get(&id.as_ref().into())?.name.clone(),
            Owner::Task(_)
            | Owner::Database(_)
            | Owner::ApplicationLoadBalancer(_)
            | Owner::NetworkLoadBalancer(_)
            | Owner::Endpoint(_)
            | Owner::NatGateway(_) => return None,
        };
        (!name.is_empty()).then(|| (interface.id.clone(), name))
    });
    named.collect()
}
