//! The ids of associations: which route table and which ACL a subnet has, and which table is a VPC's main one.
//!
//! An association has an id of its own in AWS. Here it is drawn from the subnet's or the VPC's, so that it need not be kept.

use crate::ids::{AllocationId, SubnetId, VpcId};

fn after_kind(id: &str) -> &str {
    id.split_once('-').map_or(id, |(_, rest)| rest)
}

/// The id of a subnet's association with its own route table.
pub fn route_table_association(subnet: &SubnetId) -> String {
    format!("rtbassoc-{}", after_kind(subnet.as_str()))
}

/// The id of a VPC's association with its main route table.
pub fn main_route_table_association(vpc: &VpcId) -> String {
    format!("rtbassoc-{}", after_kind(vpc.as_str()))
}

/// The id of a subnet's association with its network ACL.
pub fn network_acl_association(subnet: &SubnetId) -> String {
    format!("aclassoc-{}", after_kind(subnet.as_str()))
}

/// The id of an elastic address's association with an interface.
pub fn elastic_address_association(address: &AllocationId) -> String {
    format!("eipassoc-{}", after_kind(address.as_str()))
}
