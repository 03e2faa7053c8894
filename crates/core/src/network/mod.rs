//! The network: one file per AWS resource, and the walk that asks each of them whether a packet may pass.

mod gateway;
mod interface;
mod route_table;
mod security_group;
mod subnet;
mod trace;
mod vpc;
mod walk;

pub use gateway::InternetGateway;
pub use interface::{Attachment, Interface, Listener};
pub use route_table::{Route, RouteTable, Target};
pub use security_group::{Peer, Rule, RuleProtocol, SecurityGroup};
pub use subnet::{RESERVED, Subnet, ZONES};
pub use trace::{Code, Direction, Ending, Hop, Part, Phase, Trace};
pub use vpc::Vpc;
pub use walk::{Endpoint, Flow, INTERNET_CLIENT, REGISTRY};

pub(crate) use gateway::{attach_internet_gateway, create_internet_gateway};
pub(crate) use interface::{AddressError, attach, release};
pub(crate) use route_table::{create_route, delete_route};
pub(crate) use security_group::{authorize_ingress, create_security_group, revoke_ingress};
pub(crate) use subnet::create_subnet;
pub(crate) use vpc::create_vpc;

use crate::engine::shelf::Shelf;
use crate::ids::{
    InternetGatewayId, NetworkInterfaceId, RouteTableId, SecurityGroupId, SubnetId, VpcId,
};

/// All network resources of the account.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// The VPCs.
    pub vpcs: Shelf<VpcId, Vpc>,
    /// The subnets.
    pub subnets: Shelf<SubnetId, Subnet>,
    /// The internet gateways.
    pub internet_gateways: Shelf<InternetGatewayId, InternetGateway>,
    /// The route tables.
    pub route_tables: Shelf<RouteTableId, RouteTable>,
    /// The security groups.
    pub security_groups: Shelf<SecurityGroupId, SecurityGroup>,
    /// The network interfaces.
    pub interfaces: Shelf<NetworkInterfaceId, Interface>,
    /// Grows with every change that a walk could notice, so that a walk need not be repeated without one.
    version: u64,
}

impl Network {
    /// Grows with every change that a walk could notice.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Notes a change that a walk could notice.
    pub(crate) fn touch(&mut self) {
        self.version += 1;
    }

    /// The route table of a subnet: its own, else its VPC's main one.
    pub fn route_table_of(&self, subnet: &Subnet) -> Option<&RouteTable> {
        let vpc = self.vpcs.get(&subnet.vpc)?;
        self.route_tables
            .get(&vpc.main_route_table)
            .map(AsRef::as_ref)
    }
}
