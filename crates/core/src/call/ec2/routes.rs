//! Route tables and routes.

use super::TagSpecification;
use crate::ids::{
    EgressOnlyInternetGatewayId, NatGatewayId, NetworkInterfaceId, PrefixListId, RouteTableId,
    SubnetId, VpcId, VpcPeeringConnectionId,
};
use crate::wire;

wire! {
    /// Input of `CreateRouteTable`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateRouteTable {
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
        /// Tags; `Name` names it.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `DeleteRouteTable`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteRouteTable {
        /// The route table.
        pub route_table_id: RouteTableId = "RouteTableId",
    }

    /// Input of `AssociateRouteTable`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AssociateRouteTable {
        /// The route table.
        pub route_table_id: RouteTableId = "RouteTableId",
        /// The subnet.
        pub subnet_id: SubnetId = "SubnetId",
    }

    /// Input of `DisassociateRouteTable`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DisassociateRouteTable {
        /// The association, `rtbassoc-…`.
        pub association_id: String = "AssociationId",
    }

    /// Input of `ReplaceRouteTableAssociation`: another table for a subnet, or another main table for a VPC.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ReplaceRouteTableAssociation {
        /// The association, `rtbassoc-…`.
        pub association_id: String = "AssociationId",
        /// The route table.
        pub route_table_id: RouteTableId = "RouteTableId",
    }

    /// Input of `CreateRoute`: one destination, one target.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateRoute {
        /// The route table.
        pub route_table_id: RouteTableId = "RouteTableId",
        /// Where the route applies: an IPv4 block such as `0.0.0.0/0`.
        pub destination_cidr_block: Option<String> = "DestinationCidrBlock" optional,
        /// Where the route applies: an IPv6 block such as `::/0`.
        pub destination_ipv6_cidr_block: Option<String> = "DestinationIpv6CidrBlock" optional,
        /// Where the route applies: a prefix list.
        pub destination_prefix_list_id: Option<PrefixListId> = "DestinationPrefixListId" optional,
        /// An internet gateway; `local` in `ReplaceRoute`.
        pub gateway_id: Option<String> = "GatewayId" optional,
        /// A NAT gateway.
        pub nat_gateway_id: Option<NatGatewayId> = "NatGatewayId" optional,
        /// An egress-only internet gateway.
        pub egress_only_internet_gateway_id: Option<EgressOnlyInternetGatewayId> = "EgressOnlyInternetGatewayId" optional,
        /// A peering connection.
        pub vpc_peering_connection_id: Option<VpcPeeringConnectionId> = "VpcPeeringConnectionId" optional,
        /// An interface.
        pub network_interface_id: Option<NetworkInterfaceId> = "NetworkInterfaceId" optional,
    }

    /// Input of `ReplaceRoute`: another target for a destination that the table has.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ReplaceRoute {
        /// The route table.
        pub route_table_id: RouteTableId = "RouteTableId",
        /// Where the route applies: an IPv4 block such as `0.0.0.0/0`.
        pub destination_cidr_block: Option<String> = "DestinationCidrBlock" optional,
        /// Where the route applies: an IPv6 block such as `::/0`.
        pub destination_ipv6_cidr_block: Option<String> = "DestinationIpv6CidrBlock" optional,
        /// Where the route applies: a prefix list.
        pub destination_prefix_list_id: Option<PrefixListId> = "DestinationPrefixListId" optional,
        /// An internet gateway; `local` in `ReplaceRoute`.
        pub gateway_id: Option<String> = "GatewayId" optional,
        /// A NAT gateway.
        pub nat_gateway_id: Option<NatGatewayId> = "NatGatewayId" optional,
        /// An egress-only internet gateway.
        pub egress_only_internet_gateway_id: Option<EgressOnlyInternetGatewayId> = "EgressOnlyInternetGatewayId" optional,
        /// A peering connection.
        pub vpc_peering_connection_id: Option<VpcPeeringConnectionId> = "VpcPeeringConnectionId" optional,
        /// An interface.
        pub network_interface_id: Option<NetworkInterfaceId> = "NetworkInterfaceId" optional,
    }

    /// Input of `DeleteRoute`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteRoute {
        /// The route table.
        pub route_table_id: RouteTableId = "RouteTableId",
        /// Where the route applies: an IPv4 block such as `0.0.0.0/0`.
        pub destination_cidr_block: Option<String> = "DestinationCidrBlock" optional,
        /// Where the route applies: an IPv6 block such as `::/0`.
        pub destination_ipv6_cidr_block: Option<String> = "DestinationIpv6CidrBlock" optional,
        /// Where the route applies: a prefix list.
        pub destination_prefix_list_id: Option<PrefixListId> = "DestinationPrefixListId" optional,
    }
}
