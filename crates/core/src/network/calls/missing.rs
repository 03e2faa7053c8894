//! What a call names and the account does not have, in AWS's words for each kind of resource.
//! Source: 'Error codes for the Amazon EC2 API'.

use crate::error::ApiError;
use crate::ids::{
    AllocationId, EgressOnlyInternetGatewayId, InternetGatewayId, NatGatewayId, NetworkAclId,
    NetworkInterfaceId, PrefixListId, RouteTableId, SecurityGroupId, SubnetId, VpcId,
    VpcPeeringConnectionId,
};
use crate::network::{
    EgressOnlyGateway, ElasticAddress, Interface, InternetGateway, NatGateway, Network, NetworkAcl,
    Peering, PrefixList, RouteTable, SecurityGroup, Subnet, Vpc,
};
use std::sync::Arc;

macro_rules! missing {
    ($($name:ident: $id:ident $shelf:ident $thing:ident $code:literal $message:literal $what:literal)*) => {$(
        pub(super) fn $name<'n>(network: &'n Network, id: &$id) -> Result<&'n Arc<$thing>, ApiError> {
            network.$shelf.get(id).ok_or_else(|| {
                ApiError::new(
                    $code,
                    format!($message, id),
                    concat!("Name a ", $what, " of this scenario."),
                )
            })
        }
    )*};
}

missing! {
    vpc: VpcId vpcs Vpc "InvalidVpcID.NotFound" "The vpc ID '{}' does not exist" "VPC"
    subnet: SubnetId subnets Subnet "InvalidSubnetID.NotFound" "The subnet ID '{}' does not exist" "subnet"
    route_table: RouteTableId route_tables RouteTable "InvalidRouteTableID.NotFound" "The routeTable ID '{}' does not exist" "route table"
    internet_gateway: InternetGatewayId internet_gateways InternetGateway "InvalidInternetGatewayID.NotFound" "The internetGateway ID '{}' does not exist" "internet gateway"
    egress_only_gateway: EgressOnlyInternetGatewayId egress_only_gateways EgressOnlyGateway "InvalidGatewayID.NotFound" "The gateway ID '{}' does not exist" "egress-only internet gateway"
    nat_gateway: NatGatewayId nat_gateways NatGateway "NatGatewayNotFound" "NAT gateway {} was not found" "NAT gateway"
    elastic_address: AllocationId elastic_addresses ElasticAddress "InvalidAllocationID.NotFound" "The allocation ID '{}' does not exist" "elastic address"
    security_group: SecurityGroupId security_groups SecurityGroup "InvalidGroup.NotFound" "The security group '{}' does not exist" "security group"
    network_acl: NetworkAclId network_acls NetworkAcl "InvalidNetworkAclID.NotFound" "The networkAcl ID '{}' does not exist" "network ACL"
    peering: VpcPeeringConnectionId peerings Peering "InvalidVpcPeeringConnectionID.NotFound" "The vpcPeeringConnection ID '{}' does not exist" "peering connection"
    prefix_list: PrefixListId prefix_lists PrefixList "InvalidPrefixListID.NotFound" "The prefix list ID '{}' does not exist" "prefix list"
    interface: NetworkInterfaceId interfaces Interface "InvalidNetworkInterfaceID.NotFound" "The networkInterface ID '{}' does not exist" "network interface"
}
