//! The network of a task: its subnets and its groups.

use super::invalid;
use crate::call::AwsvpcConfiguration;
use crate::error::ApiError;
use crate::ids::SecurityGroupId;
use crate::network::Network;

/// Subnets that `awsvpcConfiguration` takes. Source: API reference.
const MAX_SUBNETS: usize = 16;
/// Groups that `awsvpcConfiguration` takes. Source: API reference.
const MAX_GROUPS: usize = 5;

/// The groups that the task wears; the VPC's default group where the call names none.
pub(super) fn check(
    network: &Network,
    wish: &AwsvpcConfiguration,
) -> Result<Vec<SecurityGroupId>, ApiError> {
    if wish.subnets.is_empty() {
        return Err(invalid(
            "subnets can not be empty.",
            "Choose at least one subnet.",
        ));
    }
    if wish.subnets.len() > MAX_SUBNETS {
        return Err(invalid(
            "subnets can have at most 16 items.",
            "Choose 16 subnets or fewer.",
        ));
    }
    if wish.security_groups.len() > MAX_GROUPS {
        return Err(invalid(
            "securityGroups can have at most 5 items.",
            "Choose 5 groups or fewer.",
        ));
    }
    let mut vpc = None;
    for id in &wish.subnets {
        let Some(subnet) = network.subnets.get(id) else {
            return Err(invalid(
                format!(
                    "Error retrieving subnet information for [{id}]: The subnet ID '{id}' does not exist (ErrorCode: InvalidSubnetID.NotFound)"
                ),
                "Name a subnet of this scenario.",
            ));
        };
        if vpc.get_or_insert(&subnet.vpc) != &&subnet.vpc {
            return Err(invalid(
                "subnets must all be in the same vpc.",
                "Choose subnets of one VPC.",
            ));
        }
    }
    for id in &wish.security_groups {
        let Some(group) = network.security_groups.get(id) else {
            return Err(invalid(
                format!(
                    "Error retrieving security group information for [{id}]: The security group '{id}' does not exist (ErrorCode: InvalidGroup.NotFound)"
                ),
                "Name a security group of this scenario.",
            ));
        };
        if vpc != Some(&group.vpc) {
            return Err(invalid(
                format!(
                    "Security group {id} does not appear to belong to the same VPC as the input subnets."
                ),
                "Choose groups of the subnets' VPC.",
            ));
        }
    }
    let default = vpc
        .and_then(|vpc| network.vpcs.get(vpc))
        .map(|vpc| vpc.default_security_group.clone());
    Ok(if wish.security_groups.is_empty() {
        default.into_iter().collect()
    } else {
        wish.security_groups.clone()
    })
}
