//! The EC2 API's calls that make and change the network: AWS's checks in AWS's words, then the change.

mod acls;
mod associations;
mod blocks;
mod endpoints;
mod gateways;
mod groups;
mod interfaces;
mod missing;
mod nat;
mod peerings;
mod permissions;
mod prefix_lists;
mod routes;
mod subnets;
mod tables;
mod targets;
mod vpcs;

pub(crate) use acls::{
    create_network_acl, create_network_acl_entry, delete_network_acl, delete_network_acl_entry,
    replace_network_acl_association, replace_network_acl_entry,
};
pub use associations::{
    main_route_table_association, network_acl_association, route_table_association,
};
pub(crate) use endpoints::{create_vpc_endpoint, delete_vpc_endpoints, modify_vpc_endpoint};
pub(crate) use gateways::{
    attach_internet_gateway, create_egress_only_internet_gateway, create_internet_gateway,
    delete_egress_only_internet_gateway, delete_internet_gateway, detach_internet_gateway,
};
pub(crate) use groups::{
    authorize_egress, authorize_ingress, create_security_group, delete_security_group,
    revoke_egress, revoke_ingress,
};
pub(crate) use interfaces::modify_network_interface_attribute;
pub(crate) use nat::{
    allocate_address, create_nat_gateway, delete_nat_gateway, nat_gateway_due, release_address,
};
pub(crate) use peerings::{
    accept_vpc_peering_connection, create_vpc_peering_connection, delete_vpc_peering_connection,
    reject_vpc_peering_connection,
};
pub(crate) use prefix_lists::{create_managed_prefix_list, delete_managed_prefix_list};
pub(crate) use routes::{create_route, delete_route, replace_route};
pub(crate) use subnets::{
    associate_subnet_cidr_block, create_subnet, delete_subnet, modify_subnet_attribute,
};
pub(crate) use tables::{
    associate_route_table, create_route_table, delete_route_table, disassociate_route_table,
    replace_route_table_association,
};
pub(crate) use vpcs::{associate_vpc_cidr_block, create_vpc, delete_vpc, modify_vpc_attribute};

use crate::call::TagSpecification;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::event::Fact;

/// The `Name` among the tags of a call, or nothing.
fn name_of(tags: &[TagSpecification]) -> String {
    TagSpecification::name_in(tags)
        .unwrap_or_default()
        .to_owned()
}

/// Logs that something was made, and answers with its id.
fn made(what: &'static str, id: &str, name: String, step: &mut Step<'_>) -> Reply {
    step.log(Fact::Made {
        what,
        id: id.to_owned(),
        name,
    });
    Reply::Made(id.to_owned())
}

/// Logs that something changed.
fn changed(what: &'static str, id: &str, how: String, step: &mut Step<'_>) -> Reply {
    step.log(Fact::Changed {
        what,
        id: id.to_owned(),
        how,
    });
    Reply::Done
}

/// Logs that something is no more.
fn deleted(what: &'static str, id: &str, step: &mut Step<'_>) -> Reply {
    step.log(Fact::Deleted {
        what,
        id: id.to_owned(),
    });
    Reply::Done
}

/// AWS's refusal to delete what others still need.
fn in_use(kind: &str, id: &str, cure: impl Into<String>) -> ApiError {
    ApiError::new(
        "DependencyViolation",
        format!("The {kind} '{id}' has dependencies and cannot be deleted."),
        cure.into(),
    )
}
