//! Mounts: the EFS file systems of a task on Fargate, each by the mount target of its zone, before its containers start.
//!
//! Source: 'Mounting with a DNS name' and 'Troubleshooting mount issues' of the EFS guide; the words are those that people report of
//! Fargate (aws/copilot-cli issue 5419, docker-archive/compose-cli issue 1490), as the EFS mount helper gives them.

use super::fetch::{Fetch, How, Missing, UNREACHABLE};
use super::model::Task;
use crate::network::{Destination, Ending, Endpoint, FileSystem, Flow, NFS, Network, Trace, Walk};
use crate::task_definition::EfsVolume;
use std::net::Ipv4Addr;
use std::sync::Arc;

/// The first file system that a task cannot mount.
pub(super) fn missing(network: &Network, walk: Walk, task: &Task) -> Option<Missing> {
    let interface = task.interface.clone()?;
    let volumes = task.definition.volumes.iter();
    volumes.filter_map(|it| it.efs.as_ref()).find_map(|volume| {
        let from = Endpoint::Interface(interface.clone());
        let name = FileSystem::dns_name(&volume.file_system);
        let trace = walk(
            network,
            &Flow {
                to: Destination::Name(name.as_str().into()),
                ..Flow::tcp(from, Ipv4Addr::UNSPECIFIED, NFS)
            },
        );
        let said = said(network, volume, &name, &trace)?;
        let reason = format!(
            "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: {said}"
        );
        Some(Missing {
            what: Fetch::FileSystem,
            how: How::Unreachable(Arc::new(trace)),
            reason,
            after: UNREACHABLE,
        })
    })
}

/// What the mount helper says; `None` where it mounts.
fn said(network: &Network, volume: &EfsVolume, name: &str, trace: &Trace) -> Option<String> {
    let why = match trace.ending {
        Ending::Denied(_) if trace.to.is_unspecified() => {
            return Some(format!(
                "Failed to resolve \"{name}\" - check that your file system ID is correct, and ensure that the VPC has an EFS mount target for this file system ID. See https://docs.aws.amazon.com/console/efs/mount-dns-name for more detail. Attempting to lookup mount target ip address using botocore. Failed to import necessary dependency botocore, please install botocore first. : unsuccessful EFS utils command execution; code: 1"
            ));
        }
        // TLS goes through a tunnel of the task's own, which takes the connection and loses it
        Ending::Denied(_) | Ending::Refused if volume.encrypted => {
            "b'mount.nfs4: Connection reset by peer'".to_owned()
        }
        Ending::Denied(_) => {
            let attempt = |number: u8| {
                format!(
                    "Mount attempt {number}/3 failed due to timeout after 15 sec, wait 0 sec before next attempt. "
                )
            };
            attempt(1) + &attempt(2) + "b'mount.nfs4: Connection timed out'"
        }
        Ending::Refused => "b'mount.nfs4: Connection refused'".to_owned(),
        Ending::Delivered if admits(network, volume) => return None,
        Ending::Delivered => {
            "b'mount.nfs4: access denied by server while mounting 127.0.0.1:/'".to_owned()
        }
    };
    Some(format!(
        "{why} : unsuccessful EFS utils command execution; code: 32"
    ))
}

/// Whether the file system has the access point that a volume names, if it names one.
fn admits(network: &Network, volume: &EfsVolume) -> bool {
    let Some(wanted) = volume.access_point.as_deref() else {
        return true;
    };
    let things = network.things();
    let found = things.access_points.get(&wanted.into());
    found.is_some_and(|it| it.file_system.as_str() == volume.file_system)
}
