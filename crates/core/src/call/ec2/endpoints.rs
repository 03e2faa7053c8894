//! VPC endpoints and prefix lists.

use super::TagSpecification;
use crate::ids::{PrefixListId, RouteTableId, SecurityGroupId, SubnetId, VpcEndpointId, VpcId};
use crate::wire;

wire! {
    /// Input of `CreateVpcEndpoint`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateVpcEndpoint {
        /// `Gateway` or `Interface`; Gateway where absent.
        pub vpc_endpoint_type: Option<String> = "VpcEndpointType" optional,
        /// The VPC.
        pub vpc_id: VpcId = "VpcId",
        /// The service, such as `com.amazonaws.us-east-1.s3`.
        pub service_name: String = "ServiceName",
        /// The route tables that lead to a gateway endpoint.
        pub route_table_ids: Vec<RouteTableId> = "RouteTableIds" optional,
        /// The subnets that an interface endpoint has an interface in, one a zone.
        pub subnet_ids: Vec<SubnetId> = "SubnetIds" optional,
        /// The groups of its interfaces; the VPC's default group where absent.
        pub security_group_ids: Vec<SecurityGroupId> = "SecurityGroupIds" optional,
        /// Whether the service's usual names lead to it; on where absent, as in the console and the API.
        pub private_dns_enabled: Option<bool> = "PrivateDnsEnabled" optional,
        /// Who may do what by way of it, as JSON; everybody everything where absent.
        pub policy_document: Option<String> = "PolicyDocument" optional,
        /// Tags; `Name` names it.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `ModifyVpcEndpoint`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ModifyVpcEndpoint {
        /// The endpoint.
        pub vpc_endpoint_id: VpcEndpointId = "VpcEndpointId",
        /// Route tables that lead to it from now on.
        pub add_route_table_ids: Vec<RouteTableId> = "AddRouteTableIds" optional,
        /// Route tables that lead to it no longer.
        pub remove_route_table_ids: Vec<RouteTableId> = "RemoveRouteTableIds" optional,
        /// Groups that it gets.
        pub add_security_group_ids: Vec<SecurityGroupId> = "AddSecurityGroupIds" optional,
        /// Groups that it loses.
        pub remove_security_group_ids: Vec<SecurityGroupId> = "RemoveSecurityGroupIds" optional,
        /// Whether the service's usual names lead to it.
        pub private_dns_enabled: Option<bool> = "PrivateDnsEnabled" optional,
        /// The policy that it has from now on.
        pub policy_document: Option<String> = "PolicyDocument" optional,
        /// Whether it lets everything through again.
        pub reset_policy: Option<bool> = "ResetPolicy" optional,
    }

    /// Input of `DeleteVpcEndpoints`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteVpcEndpoints {
        /// The endpoints.
        pub vpc_endpoint_ids: Vec<VpcEndpointId> = "VpcEndpointIds",
    }

    /// Input of `CreateManagedPrefixList`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateManagedPrefixList {
        /// Its name.
        pub prefix_list_name: String = "PrefixListName",
        /// `IPv4` or `IPv6`.
        pub address_family: String = "AddressFamily",
        /// How many entries it may have, 1 to 1,000; each rule with it counts as so many.
        pub max_entries: u32 = "MaxEntries",
        /// Its entries.
        pub entries: Vec<PrefixListEntry> = "Entries" optional,
        /// Tags; `Name` names it.
        pub tag_specifications: Vec<TagSpecification> = "TagSpecifications" optional,
    }

    /// Input of `DeleteManagedPrefixList`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteManagedPrefixList {
        /// The prefix list.
        pub prefix_list_id: PrefixListId = "PrefixListId",
    }

    /// A block of a prefix list.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PrefixListEntry {
        /// The block.
        pub cidr: String = "Cidr",
    }
}
