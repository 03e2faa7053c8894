//! The mount targets of EFS: one in each zone that tasks mount a file system from.

use super::file_systems::file_system;
use super::interfaces::{Unfree, change, wanted_address};
use super::{changed, deleted, made};
use crate::call::{CreateMountTarget, DeleteMountTarget, ModifyMountTargetSecurityGroups};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::ids::{MountTargetId, SecurityGroupId};
use crate::network::{
    Bound, IpProtocol, Listener, MountTarget, MountTargetState, NFS, Network, Owner, Subnet,
};
use crate::units::SimSpan;
use std::sync::Arc;

/// How long a mount target takes to come up: AWS gives no figure; a minute and a half.
const COMES_UP: SimSpan = SimSpan::secs(90);
/// How long it takes to go.
const GOES: SimSpan = SimSpan::secs(30);
/// Groups of a mount target. Source: `CreateMountTarget` of the EFS API.
const MAX_GROUPS: usize = 5;

fn conflict(message: &'static str, cure: String) -> ApiError {
    ApiError::new("MountTargetConflict", message, cure)
}

/// `CreateMountTarget`: one a zone, all in one VPC. It answers on port 2049 once it is available.
pub(crate) fn create_mount_target(
    network: &mut Network,
    input: &CreateMountTarget,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let file_system = file_system(network, &input.file_system_id)?;
    let Some(subnet) = network.subnets.get(&input.subnet_id).cloned() else {
        return Err(ApiError::new(
            "SubnetNotFound",
            format!("The subnet ID '{}' does not exist", input.subnet_id),
            "Name a subnet of this scenario.",
        ));
    };
    let things = network.things();
    for other in things.mount_targets.values() {
        if other.file_system != file_system.id {
            continue;
        }
        if other.vpc != subnet.vpc {
            return Err(conflict(
                "requested subnet for new mount target is not in the same VPC as existing mount targets",
                format!("{} is in {}: choose a subnet there.", other.id, other.vpc),
            ));
        }
        if other.zone == subnet.zone {
            return Err(conflict(
                "mount target already exists in this AZ",
                format!(
                    "{} serves {} already; one is enough for a zone.",
                    other.id, other.zone
                ),
            ));
        }
    }
    let groups = groups(network, &subnet, &input.security_groups)?;
    let address = input.ip_address.as_deref();
    let address = address
        .map(|text| address_of(network, &subnet, text))
        .transpose()?;
    let owner = Owner::MountTarget(file_system.id.as_str().into());
    let Some(interface) = network.service_interface(owner, &subnet, &groups, step) else {
        return Err(ApiError::new(
            "NoFreeAddressesInSubnet",
            format!("There are no free IP addresses in subnet '{}'.", subnet.id),
            "Choose a subnet with a free address.",
        ));
    };
    if let Some(address) = address {
        change(network, &interface, |it| it.private_ip = address);
    }
    let id = MountTargetId::from(step.id("fsmt"));
    let target = MountTarget {
        id: id.clone(),
        file_system: file_system.id.clone(),
        vpc: subnet.vpc.clone(),
        zone: subnet.zone.clone(),
        interface,
        state: MountTargetState::Creating,
    };
    network.change_things(|things| things.mount_targets.insert(id.clone(), target));
    step.later(COMES_UP, id.as_str());
    Ok(made(
        "Mount target",
        id.as_str(),
        file_system.id.to_string(),
        step,
    ))
}

fn groups(
    network: &Network,
    subnet: &Subnet,
    wanted: &[SecurityGroupId],
) -> Result<Vec<SecurityGroupId>, ApiError> {
    if wanted.is_empty() {
        let vpc = network.vpcs.get(&subnet.vpc);
        return Ok(vpc
            .iter()
            .map(|vpc| vpc.default_security_group.clone())
            .collect());
    }
    if wanted.len() > MAX_GROUPS {
        return Err(ApiError::new(
            "SecurityGroupLimitExceeded",
            format!("A mount target has {MAX_GROUPS} security groups at most."),
            "Put rules that belong together into one group.",
        ));
    }
    let here = |id: &&SecurityGroupId| {
        let group = network.security_groups.get(*id);
        group.is_some_and(|group| group.vpc == subnet.vpc)
    };
    if let Some(id) = wanted.iter().find(|id| !here(id)) {
        return Err(ApiError::new(
            "SecurityGroupNotFound",
            format!("The SecurityGroup ID '{id}' does not exist"),
            format!("Name a group of {}, the subnet's VPC.", subnet.vpc),
        ));
    }
    Ok(wanted.to_vec())
}

fn address_of(
    network: &Network,
    subnet: &Subnet,
    text: &str,
) -> Result<std::net::Ipv4Addr, ApiError> {
    wanted_address(network, subnet, text).map_err(|why| {
        let cure = format!(
            "Choose a free address of {}, or leave IpAddress out.",
            subnet.cidr
        );
        match why {
            Unfree::Taken => ApiError::new(
                "IpAddressInUse",
                format!("IP address {text} is already in use in the subnet."),
                cure,
            ),
            Unfree::NoAddress | Unfree::Outside | Unfree::Reserved => ApiError::new(
                "BadRequest",
                format!("IP address {text} is not valid for subnet '{}'.", subnet.id),
                cure,
            ),
        }
    })
}

/// A mount target that a call names.
fn mount_target(network: &Network, id: &MountTargetId) -> Result<Arc<MountTarget>, ApiError> {
    let things = network.things();
    things.mount_targets.get(id).cloned().ok_or_else(|| {
        ApiError::new(
            "MountTargetNotFound",
            format!("Mount target '{id}' does not exist."),
            "Name a mount target of this scenario.",
        )
    })
}

/// `ModifyMountTargetSecurityGroups`.
pub(crate) fn modify_mount_target_security_groups(
    network: &mut Network,
    input: &ModifyMountTargetSecurityGroups,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let target = mount_target(network, &input.mount_target_id)?;
    let interface = network.interfaces.get(&target.interface);
    let Some(subnet) = interface.and_then(|it| network.subnets.get(&it.subnet)) else {
        return Ok(Reply::Done);
    };
    let groups = groups(network, subnet, &input.security_groups)?;
    change(network, &target.interface, |it| it.groups = groups);
    let how = "wears other groups".to_owned();
    Ok(changed("Mount target", target.id.as_str(), how, step))
}

/// `DeleteMountTarget`.
pub(crate) fn delete_mount_target(
    network: &mut Network,
    input: &DeleteMountTarget,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let id = &input.mount_target_id;
    let target = &mount_target(network, id)?;
    if target.state != MountTargetState::Deleting {
        come_to(
            network,
            target,
            MountTargetState::Deleting,
            "is being deleted",
            step,
        );
        step.later(GOES, id.as_str());
    }
    Ok(Reply::Done)
}

fn come_to(
    network: &mut Network,
    target: &MountTarget,
    state: MountTargetState,
    how: &str,
    step: &mut Step<'_>,
) {
    network.change_things(|things| {
        if let Some(target) = things.mount_targets.get_mut(&target.id) {
            target.state = state;
        }
    });
    let listens = (state == MountTargetState::Available).then(|| Listener {
        protocol: IpProtocol::TCP,
        port: NFS,
        bound: Bound::All,
        container: None,
        name: "NFS".into(),
    });
    change(network, &target.interface, |it| {
        it.listeners = listens.into_iter().collect();
    });
    changed("Mount target", target.id.as_str(), how.to_owned(), step);
}

/// Brings a mount target to its next state.
pub(super) fn due(network: &mut Network, id: &str, step: &mut Step<'_>) {
    let id = MountTargetId::from(id);
    let things = network.things();
    let Some(target) = things.mount_targets.get(&id) else {
        return;
    };
    match target.state {
        MountTargetState::Creating => {
            come_to(
                network,
                target,
                MountTargetState::Available,
                "is available",
                step,
            );
        }
        MountTargetState::Deleting => {
            network.remove_interface(&target.interface);
            network.change_things(|things| things.mount_targets.remove(&id));
            deleted("Mount target", id.as_str(), step);
        }
        MountTargetState::Available => {}
    }
}
