//! Interfaces: what can be changed of them, what AWS keeps for itself, and what all that has an interface asks for first.

use super::{changed, missing};
use crate::call::{
    DeleteNetworkInterface, DetachNetworkInterface, ModifyNetworkInterfaceAttribute,
};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{NetworkInterfaceId, SecurityGroupId};
use crate::network::{Attachment, Interface, Network, Owner, RESERVED, Subnet, Vpc};
use std::net::Ipv4Addr;

/// Groups that an interface may wear. Source: 'Amazon VPC quotas'.
const MAX_GROUPS: usize = 5;

/// AWS's answer to whoever wants to change what belongs to one of its services.
pub(super) fn no_permission(interface: &Interface) -> ApiError {
    let cure = match &interface.owner {
        Owner::Task(task) => format!(
            "ECS made this interface for task {} and takes it away with it: run a new task with other settings, or update the service.",
            task.short()
        ),
        _ => "An AWS service made this interface: change the thing that it belongs to.".to_owned(),
    };
    ApiError::new(
        "AuthFailure",
        "You do not have permission to access the specified resource.",
        cure,
    )
}

/// The id of an interface's attachment: `ela-attach-…` where an AWS service attached it, `eni-attach-…` to an instance and to a task.
pub fn network_interface_attachment(interface: &Interface) -> String {
    let kind = match interface.owner {
        Owner::Task(_) | Owner::Instance(_) => "eni",
        _ => "ela",
    };
    let id = interface.id.as_str();
    format!("{kind}-attach-{}", id.strip_prefix("eni-").unwrap_or(id))
}

/// The groups of something new in a VPC: those that are wanted, if each fits; the VPC's default one for none.
pub(super) fn fitting(
    vpc: &Vpc,
    wanted: &[SecurityGroupId],
    fits: impl Fn(&SecurityGroupId) -> Result<(), ApiError>,
) -> Result<Vec<SecurityGroupId>, ApiError> {
    if wanted.is_empty() {
        return Ok(vec![vpc.default_security_group.clone()]);
    }
    wanted.iter().try_for_each(fits)?;
    Ok(wanted.to_vec())
}

/// The groups of a new interface in a subnet: those that are wanted, of its VPC and at most five; the VPC's default one for none.
pub(super) fn groups(
    network: &Network,
    subnet: &Subnet,
    wanted: &[SecurityGroupId],
) -> Result<Vec<SecurityGroupId>, ApiError> {
    if wanted.is_empty() {
        let vpc = missing::vpc(network, &subnet.vpc)?;
        return Ok(vec![vpc.default_security_group.clone()]);
    }
    let mut groups: Vec<SecurityGroupId> = Vec::new();
    for id in wanted {
        if missing::security_group(network, id)?.vpc != subnet.vpc {
            return Err(ApiError::new(
                "InvalidParameter",
                format!(
                    "Security group {id} and subnet {} belong to different networks.",
                    subnet.id
                ),
                format!("Choose groups of {}, the subnet's VPC.", subnet.vpc),
            ));
        }
        if !groups.contains(id) {
            groups.push(id.clone());
        }
    }
    if groups.len() > MAX_GROUPS {
        return Err(ApiError::new(
            "SecurityGroupsPerInterfaceLimitExceeded",
            "The maximum number of security groups per interface has been reached.",
            "An interface wears five groups at most: put rules that belong together into one group.",
        ));
    }
    Ok(groups)
}

/// Why a subnet does not give an address that was asked for by name.
pub(super) enum Unfree {
    /// It is no address.
    NoAddress,
    /// It is not in the subnet's block.
    Outside,
    /// AWS keeps it.
    Reserved,
    /// Something has it.
    Taken,
}

/// An address of a subnet that was asked for by name.
pub(super) fn wanted_address(
    network: &Network,
    subnet: &Subnet,
    text: &str,
) -> Result<Ipv4Addr, Unfree> {
    let address: Ipv4Addr = text.parse().map_err(|_| Unfree::NoAddress)?;
    if !subnet.cidr.contains(&address) {
        return Err(Unfree::Outside);
    }
    let place = u32::from(address) - u32::from(subnet.cidr.network());
    if place < RESERVED - 1 || place == subnet.size() - 1 {
        return Err(Unfree::Reserved);
    }
    if network.interface_at(&subnet.vpc, address.into()).is_some() {
        return Err(Unfree::Taken);
    }
    Ok(address)
}

/// The address that EC2 is asked for, with its refusals.
pub(super) fn ec2_address(
    network: &Network,
    subnet: &Subnet,
    text: &str,
) -> Result<Ipv4Addr, ApiError> {
    wanted_address(network, subnet, text).map_err(|why| {
        let (code, message) = match why {
            Unfree::NoAddress => (
                "InvalidParameterValue",
                format!("Value ({text}) for parameter privateIpAddress is invalid. Invalid IP address."),
            ),
            Unfree::Outside => (
                "InvalidParameterValue",
                "Address does not fall within the subnet's address range".to_owned(),
            ),
            Unfree::Reserved => (
                "InvalidParameterValue",
                "Address is in subnet's reserved address range".to_owned(),
            ),
            Unfree::Taken => (
                "InvalidIPAddress.InUse",
                format!("Address {text} is in use."),
            ),
        };
        let cure = format!(
            "Choose a free address of {}; its first four and its last are AWS's. Leave it out to get any free one.",
            subnet.cidr
        );
        ApiError::new(code, message, cure)
    })
}

/// `ModifyNetworkInterfaceAttribute`: groups, or the check of source and destination. Not of what AWS's services made.
pub(crate) fn modify_network_interface_attribute(
    network: &mut Network,
    input: &ModifyNetworkInterfaceAttribute,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.network_interface_id;
    let interface = missing::interface(network, id)?.clone();
    if !matches!(interface.owner, Owner::Instance(_)) {
        return Err(no_permission(&interface));
    }
    let how = match (&input.source_dest_check, &input.groups[..]) {
        (Some(check), []) => {
            change(network, id, |it| it.source_dest_check = check.value);
            let on = if check.value { "on" } else { "off" };
            format!("has its source/destination check {on}")
        }
        (None, [_, ..]) => {
            let subnet = missing::subnet(network, &interface.subnet)?;
            let groups = groups(network, subnet, &input.groups)?;
            let how = format!("wears {}", list(&groups));
            change(network, id, |it| it.groups = groups);
            how
        }
        (None, []) => {
            return Err(ApiError::new(
                "MissingParameter",
                "The request must contain an attribute to modify.",
                "Give Groups, all that it is to wear, or SourceDestCheck.",
            ));
        }
        (Some(_), [_, ..]) => {
            return Err(ApiError::new(
                "InvalidParameterCombination",
                "Fields for multiple attribute types specified: groupSet, sourceDestCheck",
                "Send two calls, one for each.",
            ));
        }
    };
    Ok(changed("Network interface", id.as_str(), how, step))
}

fn list(groups: &[SecurityGroupId]) -> String {
    let groups: Vec<&str> = groups.iter().map(SecurityGroupId::as_str).collect();
    groups.join(", ")
}

/// Changes an interface, which a walk could notice.
pub(super) fn change(
    network: &mut Network,
    id: &NetworkInterfaceId,
    change: impl FnOnce(&mut Interface),
) {
    if let Some(interface) = network.interfaces.get_mut(id) {
        change(interface);
    }
    network.touch();
}

/// `DeleteNetworkInterface`: refused, as every interface here belongs to something that still needs it.
pub(crate) fn delete_network_interface(
    network: &mut Network,
    input: &DeleteNetworkInterface,
    _step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.network_interface_id;
    let interface = missing::interface(network, id)?;
    let cure = match &interface.owner {
        Owner::Task(task) => format!("It goes away with task {}: stop that.", task.short()),
        Owner::Instance(instance) => {
            format!("It goes away with {instance}: terminate that.")
        }
        _ => "It goes away with what it belongs to: delete that.".to_owned(),
    };
    Err(ApiError::new(
        "InvalidParameterValue",
        format!("Network interface '{id}' is currently in use."),
        cure,
    ))
}

/// `DetachNetworkInterface`: refused for what AWS's services attached and for primary interfaces; any other is deleted as it comes off,
/// as an interface that `RunInstances` made is.
pub(crate) fn detach_network_interface(
    network: &mut Network,
    input: &DetachNetworkInterface,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let wanted = &input.attachment_id;
    let found = network
        .interfaces
        .values()
        .find(|it| network_interface_attachment(it) == *wanted)
        .cloned();
    let Some(interface) = found else {
        return Err(ApiError::new(
            "InvalidAttachmentID.NotFound",
            format!("The interface attachment ID '{wanted}' does not exist"),
            "Name the attachment of an interface of this scenario.",
        ));
    };
    let Owner::Instance(instance) = &interface.owner else {
        if interface.task().is_some() {
            return Err(no_permission(&interface));
        }
        return Err(ApiError::new(
            "OperationNotPermitted",
            "You are not allowed to manage 'ela-attach' attachments.",
            "An AWS service attached it: delete the thing that it belongs to.",
        ));
    };
    let things = network.things();
    let primary = things
        .instances
        .get(instance)
        .and_then(|it| it.interfaces.first());
    if primary.is_none_or(|primary| *primary == interface.id) {
        return Err(ApiError::new(
            "OperationNotPermitted",
            "The network interface at device index 0 and networkCard index 0 cannot be detached.",
            format!("It is the primary interface of {instance}: terminate that."),
        ));
    }
    network.change_things(|things| {
        if let Some(instance) = things.instances.get_mut(instance) {
            instance.interfaces.retain(|it| *it != interface.id);
        }
    });
    network.remove_interface(&interface.id);
    Ok(super::deleted(
        "Network interface",
        interface.id.as_str(),
        step,
    ))
}

impl Network {
    /// Whether a subnet has a free address.
    pub(super) fn has_room(&self, subnet: &Subnet) -> bool {
        self.used_in(&subnet.id) < subnet.size() - RESERVED
    }

    /// An interface that an AWS service makes for a thing of its own; `None` where the subnet has no free address.
    pub(super) fn service_interface(
        &mut self,
        owner: Owner,
        subnet: &Subnet,
        groups: &[SecurityGroupId],
        step: &mut Step<'_>,
    ) -> Option<NetworkInterfaceId> {
        let id = step.id("eni");
        let made = self.new_interface(&id, owner, &subnet.id, groups, step.seed);
        let mut made = made.ok()?;
        made.attachment = Attachment::Attached;
        let id = made.id.clone();
        self.interfaces.insert(id.clone(), made);
        self.touch();
        Some(id)
    }

    /// Takes an interface away: its addresses are free again, its elastic address can be used for another, and routes to it lead nowhere.
    pub(super) fn remove_interface(&mut self, id: &NetworkInterfaceId) {
        self.interfaces.remove(id);
        let elastic = self
            .elastic_addresses
            .values()
            .find(|it| it.interface.as_ref() == Some(id))
            .map(|it| it.id.clone());
        if let Some(elastic) = elastic
            && let Some(elastic) = self.elastic_addresses.get_mut(&elastic)
        {
            elastic.interface = None;
        }
        self.forget_target(&crate::network::Target::Interface(id.clone()));
        self.touch();
    }
}
