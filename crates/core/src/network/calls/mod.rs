//! The calls that make and change the network and what stands in it: AWS's checks in AWS's words, then the change.

mod acls;
mod addresses;
mod associations;
mod balancer_addresses;
mod blocks;
mod cloud_map;
mod database_subnet_groups;
mod databases;
mod due;
mod endpoints;
mod file_systems;
mod gateways;
mod groups;
mod health_checks;
mod hosted_zones;
mod hosts;
mod instances;
mod interfaces;
mod listeners;
mod load_balancer_attributes;
mod load_balancers;
mod missing;
mod mount_targets;
mod nat;
mod peerings;
mod permissions;
mod prefix_lists;
mod registrations;
mod routes;
mod subnets;
mod tables;
mod target_groups;
mod targets;
mod vpcs;

pub(crate) use acls::{
    create_network_acl, create_network_acl_entry, delete_network_acl, delete_network_acl_entry,
    replace_network_acl_association, replace_network_acl_entry,
};
pub(crate) use addresses::{associate_address, disassociate_address};
pub use associations::{
    elastic_address_association, main_route_table_association, network_acl_association,
    route_table_association,
};
pub(crate) use cloud_map::{
    create_discovery_service, create_private_dns_namespace, delete_discovery_service,
    delete_namespace, deregister_instance, register_instance,
};
pub(crate) use database_subnet_groups::{create_db_subnet_group, delete_db_subnet_group};
pub(crate) use databases::{create_db_instance, delete_db_instance, modify_db_instance};
pub(crate) use due::due;
pub(crate) use endpoints::{create_vpc_endpoint, delete_vpc_endpoints, modify_vpc_endpoint};
pub(crate) use file_systems::{
    create_access_point, create_file_system, delete_access_point, delete_file_system,
};
pub(crate) use gateways::{
    attach_internet_gateway, create_egress_only_internet_gateway, create_internet_gateway,
    delete_egress_only_internet_gateway, delete_internet_gateway, detach_internet_gateway,
};
pub(crate) use groups::{
    authorize_egress, authorize_ingress, create_security_group, delete_security_group,
    revoke_egress, revoke_ingress,
};
pub(crate) use hosted_zones::{
    associate_vpc_with_hosted_zone, change_resource_record_sets, create_hosted_zone,
    delete_hosted_zone,
};
pub(crate) use hosts::put_host;
pub(crate) use instances::{run_instances, terminate_instances};
pub use interfaces::network_interface_attachment;
pub(crate) use interfaces::{
    delete_network_interface, detach_network_interface, modify_network_interface_attribute,
};
pub(crate) use listeners::{create_listener, delete_listener};
pub(crate) use load_balancer_attributes::modify_load_balancer_attributes;
pub(crate) use load_balancers::{create_load_balancer, delete_load_balancer, set_security_groups};
pub(crate) use mount_targets::{
    create_mount_target, delete_mount_target, modify_mount_target_security_groups,
};
pub(crate) use nat::{allocate_address, create_nat_gateway, delete_nat_gateway, release_address};
pub(crate) use peerings::{
    accept_vpc_peering_connection, create_vpc_peering_connection, delete_vpc_peering_connection,
    reject_vpc_peering_connection,
};
pub(crate) use prefix_lists::{create_managed_prefix_list, delete_managed_prefix_list};
pub(crate) use registrations::{deregister_targets, register_targets};
pub(crate) use routes::{create_route, delete_route, replace_route};
pub(crate) use subnets::{
    associate_subnet_cidr_block, create_subnet, delete_subnet, modify_subnet_attribute,
};
pub(crate) use tables::{
    associate_route_table, create_route_table, delete_route_table, disassociate_route_table,
    replace_route_table_association,
};
pub(crate) use target_groups::{
    create_target_group, delete_target_group, modify_target_group, modify_target_group_attributes,
};
pub(crate) use vpcs::{associate_vpc_cidr_block, create_vpc, delete_vpc, modify_vpc_attribute};

use crate::call::TagSpecification;
use crate::engine::answer::{changed, deleted, made};
use crate::error::ApiError;

/// The `Name` among the tags of a call, or nothing.
fn name_of(tags: &[TagSpecification]) -> String {
    TagSpecification::name_in(tags)
        .unwrap_or_default()
        .to_owned()
}

/// AWS's refusal to delete what others still need.
fn in_use(kind: &str, id: &str, cure: impl Into<String>) -> ApiError {
    ApiError::new(
        "DependencyViolation",
        format!("The {kind} '{id}' has dependencies and cannot be deleted."),
        cure.into(),
    )
}
