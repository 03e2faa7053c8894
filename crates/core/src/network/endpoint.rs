//! VPC endpoints: ways to AWS's services that need no Internet. A gateway endpoint is a route, an interface endpoint is
//! an interface with a name.

use crate::ids::{NetworkInterfaceId, PrefixListId, RouteTableId, VpcEndpointId, VpcId};

/// A gateway endpoint, for S3 and `DynamoDB`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayEndpoint {
    /// Its id.
    pub id: VpcEndpointId,
    /// Its VPC.
    pub vpc: VpcId,
    /// The service, such as `com.amazonaws.us-east-1.s3`.
    pub service: String,
    /// The service's addresses.
    pub prefix_list: PrefixListId,
    /// The route tables that lead to it: each has its route, which is not stored in the table.
    pub route_tables: Vec<RouteTableId>,
}

/// An interface endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterfaceEndpoint {
    /// Its id.
    pub id: VpcEndpointId,
    /// Its VPC.
    pub vpc: VpcId,
    /// The service, such as `com.amazonaws.us-east-1.ecr.api`.
    pub service: String,
    /// Whether the service's usual names lead to it within the VPC.
    pub private_dns: bool,
    /// The service's usual names; `*.` before a name holds all names below it.
    pub dns_names: Vec<String>,
    /// Its interfaces, one a zone.
    pub interfaces: Vec<NetworkInterfaceId>,
    /// Whether it is available; it is pending before, and no name leads to it.
    pub available: bool,
}
