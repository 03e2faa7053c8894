//! Attributes of network interfaces. Those that AWS made for a task or a gateway are AWS's to change.

use super::{changed, missing};
use crate::call::ModifyNetworkInterfaceAttribute;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::network::{Network, Owner};

/// Groups of an interface. Source: 'Amazon VPC quotas'.
const MAX_GROUPS: usize = 5;

/// `ModifyNetworkInterfaceAttribute`.
pub(crate) fn modify_network_interface_attribute(
    network: &mut Network,
    input: &ModifyNetworkInterfaceAttribute,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.network_interface_id;
    let interface = missing::interface(network, id)?;
    if !matches!(interface.owner, Owner::Instance(_)) {
        return Err(ApiError::new(
            "AuthFailure",
            "You do not have permission to access the specified resource.",
            "AWS manages this interface. A task gets other groups when it is run again.",
        ));
    }
    let subnet = missing::subnet(network, &interface.subnet)?;
    let how = match (&input.source_dest_check, input.groups.as_slice()) {
        (Some(check), []) => {
            let state = if check.value { "on" } else { "off" };
            format!("has its source/destination check {state}")
        }
        (None, groups @ [_, ..]) => {
            if groups.len() > MAX_GROUPS {
                return Err(ApiError::new(
                    "SecurityGroupsPerInterfaceLimitExceeded",
                    "The maximum number of security groups per interface has been reached.",
                    "Give it at most five groups.",
                ));
            }
            for group in groups {
                if missing::security_group(network, group)?.vpc != subnet.vpc {
                    return Err(ApiError::new(
                        "InvalidGroup.NotFound",
                        format!(
                            "You have specified two resources that belong to different networks: {group} and {id}"
                        ),
                        "Choose groups of the interface's VPC.",
                    ));
                }
            }
            "wears other groups".to_owned()
        }
        _ => {
            return Err(ApiError::new(
                "InvalidParameterCombination",
                "Fields for multiple attribute types specified",
                "Change one attribute a call: SourceDestCheck or Groups.",
            ));
        }
    };
    if let Some(interface) = network.interfaces.get_mut(id) {
        if let Some(check) = &input.source_dest_check {
            interface.source_dest_check = check.value;
        } else {
            interface.groups.clone_from(&input.groups);
        }
    }
    network.touch();
    Ok(changed("Network interface", id.as_str(), how, step))
}
