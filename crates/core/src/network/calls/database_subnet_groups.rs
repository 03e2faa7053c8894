//! RDS: the groups of subnets that databases stand in.

use super::{deleted, made};
use crate::call::{CreateDbSubnetGroup, DeleteDbSubnetGroup};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::VpcId;
use crate::network::{DatabaseSubnetGroup, Network};
use std::collections::BTreeSet;
use std::sync::Arc;

/// AWS's answer where there is no group of that name.
pub(super) fn no_group(name: &str) -> ApiError {
    ApiError::new(
        "DBSubnetGroupNotFoundFault",
        format!("DB subnet group '{name}' does not exist."),
        "Make it first: CreateDBSubnetGroup.",
    )
}

/// `CreateDBSubnetGroup`: subnets of one VPC, in two zones at least.
pub(crate) fn create_db_subnet_group(
    network: &mut Network,
    input: &CreateDbSubnetGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name: Arc<str> = input.name.to_ascii_lowercase().into();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._- ".contains(c);
    if name.is_empty() || name.len() > 255 || !name.chars().all(allowed) || *name == *"default" {
        return Err(ApiError::new(
            "InvalidParameterValue",
            "The parameter DBSubnetGroupName must be provided and must not be blank, and must contain only letters, numbers, periods, underscores, spaces, or hyphens; it must not be default.",
            "Choose a name such as main.",
        ));
    }
    if network.things().database_subnet_groups.get(&name).is_some() {
        return Err(ApiError::new(
            "DBSubnetGroupAlreadyExists",
            format!("The DB subnet group '{name}' already exists."),
            "Choose another name.",
        ));
    }
    let mut zones = BTreeSet::new();
    let mut vpcs: Vec<VpcId> = Vec::new();
    for id in &input.subnet_ids {
        let Some(subnet) = network.subnets.get(id) else {
            return Err(ApiError::new(
                "InvalidSubnet",
                format!("Some input subnets in :[{id}] are invalid."),
                "Name subnets of this scenario.",
            ));
        };
        zones.insert(subnet.zone.clone());
        if !vpcs.contains(&subnet.vpc) {
            vpcs.push(subnet.vpc.clone());
        }
    }
    if vpcs.len() > 1 {
        return Err(ApiError::new(
            "InvalidSubnet",
            "The requested subnets are not all in a common VPC.",
            "Choose subnets of one VPC.",
        ));
    }
    let vpc = vpcs.pop().filter(|_| zones.len() > 1);
    let Some(vpc) = vpc else {
        let zones: Vec<&str> = zones.iter().map(AsRef::as_ref).collect();
        return Err(ApiError::new(
            "DBSubnetGroupDoesNotCoverEnoughAZs",
            format!(
                "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: {}. Add subnets to cover at least 2 AZs.",
                zones.join(", ")
            ),
            "Add a subnet in another zone.",
        ));
    };
    let group = DatabaseSubnetGroup {
        name: name.clone(),
        vpc,
        subnets: input.subnet_ids.clone(),
    };
    network.change_things(|things| things.database_subnet_groups.insert(name.clone(), group));
    Ok(made("DB subnet group", &name, String::new(), step))
}

/// `DeleteDBSubnetGroup`.
pub(crate) fn delete_db_subnet_group(
    network: &mut Network,
    input: &DeleteDbSubnetGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name: Arc<str> = input.name.to_ascii_lowercase().into();
    let things = network.things();
    if things.database_subnet_groups.get(&name).is_none() {
        return Err(no_group(&name));
    }
    let user = things.databases.values().find(|it| it.subnet_group == name);
    if let Some(user) = user {
        return Err(ApiError::new(
            "InvalidDBSubnetGroupStateFault",
            format!(
                "Cannot delete the subnet group '{name}' because at least one database instance: {} is still using it.",
                user.name
            ),
            "Delete the database first, and wait until it is gone.",
        ));
    }
    network.change_things(|things| things.database_subnet_groups.remove(&name));
    Ok(deleted("DB subnet group", &name, step))
}
