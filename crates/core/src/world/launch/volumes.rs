//! `volumeConfigurations`: an EBS volume for a volume of the definition that is configured at launch.
//!
//! Source: API reference of `TaskVolumeConfiguration` and `TaskManagedEBSVolumeConfiguration`; the words of the first two refusals were
//! seen in deployments, the others AWS does not publish.

use super::invalid;
use crate::call::TaskVolumeConfiguration;
use crate::error::ApiError;
use crate::task_definition::Revision;
use crate::text::{self, Node};

/// Volume types of EBS. Source: API reference, `volumeType`.
const TYPES: &[&str] = &["standard", "io1", "io2", "gp2", "gp3", "sc1", "st1"];
/// GiB of an EBS volume at most.
const MOST_GIB: u32 = 16_384;

/// Checks volumes that a call configures; that all is well with them helps nobody, since EBS volumes are not modelled.
pub(super) fn check(
    configurations: &[TaskVolumeConfiguration],
    revision: &Revision,
) -> Result<(), ApiError> {
    let Some(first) = configurations.first() else {
        return Ok(());
    };
    let root = text::read(revision.sent.as_str()).root;
    let volumes = root.get("volumes").map_or(&[][..], Node::items).iter();
    let at_launch = |it: &&Node| it.get("configuredAtLaunch").and_then(Node::as_bool) == Some(true);
    let names = volumes.filter(at_launch).filter_map(|it| it.get("name"));
    let names: Vec<&str> = names.filter_map(Node::as_str).collect();
    if names.is_empty() {
        return Err(invalid(
            "Volume configuration provided but no matching configuredAtLaunch volume found in task definition.",
            "Give the definition a volume with configuredAtLaunch: true and mount it, or leave volumeConfigurations out.",
        ));
    }
    if let Some(other) = configurations
        .iter()
        .find(|it| !names.contains(&it.name.as_str()))
    {
        return Err(invalid(
            format!(
                "The volume name '{}' in your request does not have a matching volume in your Task Definition that is configurable at launch.",
                other.name
            ),
            format!(
                "The definition has {}; volume names are told apart by their capitals.",
                names.join(", ")
            ),
        ));
    }
    if configurations.len() > 1 {
        return Err(invalid(
            "volumeConfigurations can have at most 1 items.",
            "A task has one EBS volume at most: configure one.",
        ));
    }
    let Some(volume) = &first.managed_ebs_volume else {
        return Err(invalid(
            format!(
                "A managedEBSVolume must be specified for the volume {}.",
                first.name
            ),
            "Give it a roleArn, the role with which ECS makes the volume, and a sizeInGiB or a snapshotId.",
        ));
    };
    if volume.size_in_gib.is_none() && volume.snapshot_id.is_none() {
        return Err(invalid(
            "Either sizeInGiB or snapshotId must be specified for a managedEBSVolume.",
            "Give it a sizeInGiB.",
        ));
    }
    if volume
        .size_in_gib
        .is_some_and(|it| !(1..=MOST_GIB).contains(&it))
    {
        return Err(invalid(
            format!("sizeInGiB must be between 1 and {MOST_GIB}."),
            "Choose a size in that range.",
        ));
    }
    let kind = volume.volume_type.as_deref().unwrap_or("gp3");
    if !TYPES.contains(&kind) {
        return Err(invalid(
            format!(
                "volumeType should be one of [{}], not {kind}.",
                TYPES.join(",")
            ),
            "gp3 serves most.",
        ));
    }
    Err(invalid(
        "EBS volumes that are attached at RunTask are not modelled.",
        "What is said of the volume is well, and AWS would take it. Here the task needs another volume: take configuredAtLaunch out of the definition, and raise its ephemeralStorage if it needs the room.",
    ))
}
