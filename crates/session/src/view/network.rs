//! Cards of the VPC, its subnets and security groups, and of what stands there beside tasks.

use fargate_core::call::Call;
use fargate_core::ids::{NetworkInterfaceId, SecurityGroupId, SubnetId};
use std::net::Ipv4Addr;
use std::sync::Arc;

/// The VPC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VpcCard {
    /// Its id.
    pub id: String,
    /// Its block, such as `172.31.0.0/16`.
    pub cidr: String,
    /// The attached internet gateway.
    pub internet_gateway: Option<String>,
    /// Its main route table, which all subnets use.
    pub main_route_table: String,
    /// Whether that table has a default route.
    pub has_default_route: bool,
}

/// What stands in a subnet beside tasks, with an interface of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileCard {
    /// Its interface.
    pub id: NetworkInterfaceId,
    /// What the interface belongs to: 'nat-0…'.
    pub owner: String,
    /// Its subnet.
    pub subnet: SubnetId,
    /// What it is.
    pub kind: TileKind,
    /// Its name, else its id.
    pub name: String,
    /// Its address, with its port where it has one: '10.0.1.17:3306'.
    pub address: String,
    /// Its public address.
    pub public_ip: Option<Ipv4Addr>,
    /// Its state where that is not the usual one: 'pending'.
    pub state: Option<&'static str>,
    /// The groups that it wears.
    pub groups: Vec<SecurityGroupId>,
}

/// What a tile is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TileKind {
    /// An EC2 instance.
    Instance,
    /// A database.
    Database,
    /// A node of a load balancer.
    LoadBalancer,
    /// An interface endpoint.
    Endpoint,
    /// A NAT gateway.
    NatGateway,
    /// A mount target of a file system.
    MountTarget,
}

impl TileKind {
    /// What it is, in words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Instance => "EC2 instance",
            Self::Database => "Database",
            Self::LoadBalancer => "Load balancer",
            Self::Endpoint => "Interface endpoint",
            Self::NatGateway => "NAT gateway",
            Self::MountTarget => "Mount target",
        }
    }
}

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubnetCard {
    /// Its id.
    pub id: SubnetId,
    /// Its `Name` tag, else its id.
    pub name: String,
    /// Its block.
    pub cidr: String,
    /// Its zone.
    pub zone: Arc<str>,
    /// Whether its default route leads to an internet gateway.
    pub public: bool,
    /// The id of its route table: its own, else the VPC's main one.
    pub route_table: String,
    /// Where its default route leads: 'default → igw' or 'local only'.
    pub default_route: String,
    /// Addresses that can still be given.
    pub free: u32,
    /// Addresses in use.
    pub used: u32,
    /// All addresses of the block, the five reserved ones included.
    pub size: u32,
}

/// A security group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCard {
    /// Its id.
    pub id: SecurityGroupId,
    /// Its name.
    pub name: String,
    /// Its place in the order of creation, which chooses colour and dash; from 0.
    pub order: usize,
    /// Its inbound rules.
    pub ingress: Vec<RuleCard>,
    /// Its outbound rules.
    pub egress: Vec<RuleCard>,
}

/// A rule of a security group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCard {
    /// Its id.
    pub id: String,
    /// 'TCP 8080 from anywhere'.
    pub label: String,
    /// The call that takes it away.
    pub revoke: Call,
}

/// What tells two moments of the network apart without looking into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetworkStamp {
    /// The scenario's seed: another scenario begins with the same version.
    pub(crate) seed: u64,
    /// The run, by its place among the runs.
    pub(crate) run: usize,
    /// How many calls, undos and redos the run has taken: an undo does not raise the version.
    pub(crate) taken: usize,
    /// The network's version.
    pub(crate) version: u64,
}
