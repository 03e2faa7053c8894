//! File systems that a task cannot mount: a mount target, the right id, a rule that lets NFS through.

use super::network::of_network;
use super::{Act, Cure, DEFINITION, ELSEWHERE, ENDPOINT, cure, define};
use crate::why::definition::{of_task, string};
use crate::why::needs;
use fargate_core::call::{
    AuthorizeSecurityGroupIngress, CreateMountTarget, CreateNetworkAclEntry, IpPermission,
    UserIdGroupPair,
};
use fargate_core::ids::{FileSystemId, SecurityGroupId};
use fargate_core::network::{Endpoint, MountTargetState, NFS, Question, Subnet};
use fargate_core::task::{Fetch, Task};
use fargate_core::task_definition::fields::Step;
use fargate_core::world::World;

/// How long a mount target takes to come up, and a bit, in ms.
const COMES_UP: u64 = 95_000;
/// Other ids that are proposed.
const OTHERS: usize = 2;

/// What may cure a mount.
pub(super) fn unmounted(world: &World, task: &Task) -> Vec<Cure> {
    let things = world.network().things();
    let Some((copy, all)) = needs::fetching(world, task) else {
        return Vec::new();
    };
    let mut mounts = all.iter().filter(|it| it.what == Fetch::FileSystem);
    let Some(missing) = mounts.clone().find(|it| !it.trace.delivered()) else {
        // reached, and not let in: the access point is unknown
        return mounts.next().map_or_else(Vec::new, |_| points(world, task));
    };
    let id = FileSystemId::from(missing.of.as_str());
    let mut found = of_network(&copy, &missing.question);
    found
        .iter_mut()
        .for_each(|it| from_subnet(it, &copy, task, &missing.question));
    if things.file_systems.get(&id).is_none() {
        let others = things.file_systems.iter().map(|(id, _)| id);
        let others = others.take(OTHERS).map(|other| {
            let changes = volumes(task, &missing.of, &["fileSystemId"]);
            let changes = changes.map(|path| (path, Some(string(other.as_str()))));
            define(
                format!("Mount {other}, which there is"),
                "file system",
                changes.collect(),
            )
        });
        found.extend(others);
        return found;
    }
    let network = world.network();
    let Some(own) = network.subnets.get(&task.assignment.subnet) else {
        return found;
    };
    let targets = || {
        things
            .mount_targets
            .values()
            .filter(|it| it.file_system == id)
    };
    let coming = targets().any(|it| it.zone == own.zone && it.state == MountTargetState::Creating);
    if coming {
        found.push(cure(
            "Run it again once the mount target is available",
            "mount target",
            0,
            vec![Act::Later(COMES_UP)],
        ));
        return found;
    }
    if !targets().any(|it| it.zone == own.zone) {
        found.push(mount_target(world, task, own, &id));
        let served = |subnet: &&std::sync::Arc<Subnet>| {
            targets().any(|it| it.zone == subnet.zone && it.state == MountTargetState::Available)
        };
        let subnets = network.subnets.values();
        let subnets = subnets.filter(|it| it.vpc == own.vpc && it.id != own.id);
        found.extend(subnets.filter(served).take(OTHERS).map(|it| {
            cure(
                format!(
                    "Run it in {}, in {}, where {id} has a mount target",
                    it.title(),
                    it.zone
                ),
                "another subnet",
                ELSEWHERE,
                vec![Act::Subnet(it.id.clone())],
            )
        }));
    }
    found
}

/// A cure for the whole subnet, where it is for the one address that this task had: the next one has another.
fn from_subnet(cure: &mut Cure, world: &World, task: &Task, question: &Question) {
    let network = world.network();
    let Endpoint::Interface(id) = &question.flow.from else {
        return;
    };
    let (Some(interface), Some(subnet)) = (
        network.interfaces.get(id),
        network.subnets.get(&task.assignment.subnet),
    ) else {
        return;
    };
    let (own, all) = (interface.private_ip.to_string(), subnet.cidr.to_string());
    let one = format!("{own}/32");
    for act in &mut cure.acts {
        let Act::Call(call) = act else {
            continue;
        };
        if let Some(input) = call.input::<CreateNetworkAclEntry>()
            && input.cidr_block.as_deref() == Some(one.as_str())
        {
            *call = CreateNetworkAclEntry {
                cidr_block: Some(all.clone()),
                ..input.clone()
            }
            .into();
            cure.title = cure.title.replace(&own, &all);
        }
    }
}

/// A mount target in the task's subnet, in the groups of the others, else in the task's own, which then lets NFS in from itself.
fn mount_target(world: &World, task: &Task, subnet: &Subnet, id: &FileSystemId) -> Cure {
    let network = world.network();
    let things = network.things();
    let mut others = things.mount_targets.values();
    let worn = others
        .find(|it| it.file_system == *id)
        .and_then(|it| network.interfaces.get(&it.interface))
        .map(|it| it.groups.clone());
    let mut acts = Vec::new();
    let groups = worn.unwrap_or_else(|| {
        let own: Vec<SecurityGroupId> = task.assignment.groups.iter().take(1).cloned().collect();
        acts.extend(own.first().map(|group| {
            let call = AuthorizeSecurityGroupIngress {
                group_id: group.clone(),
                ip_permissions: vec![IpPermission {
                    ip_protocol: "tcp".to_owned(),
                    from_port: Some(NFS.into()),
                    to_port: Some(NFS.into()),
                    user_id_group_pairs: vec![UserIdGroupPair {
                        group_id: group.clone(),
                        ..UserIdGroupPair::default()
                    }],
                    ..IpPermission::default()
                }],
            };
            Act::Call(call.into())
        }));
        own
    });
    let call = CreateMountTarget {
        file_system_id: id.clone(),
        subnet_id: subnet.id.clone(),
        ip_address: None,
        security_groups: groups,
    };
    acts.push(Act::Call(call.into()));
    acts.push(Act::Later(COMES_UP));
    cure(
        format!("Make a mount target of {id} in {}", subnet.title()),
        "mount target",
        ENDPOINT,
        acts,
    )
}

/// The members of the volumes of a file system.
fn volumes(
    task: &Task,
    file_system: &str,
    members: &'static [&'static str],
) -> impl Iterator<Item = Vec<Step>> {
    let all = task.definition.volumes.iter().enumerate();
    let its = all.filter(|(_, it)| {
        it.efs
            .as_ref()
            .is_some_and(|it| it.file_system == file_system)
    });
    its.map(|(place, _)| {
        let mut path = of_task(&["volumes"]);
        path.push(Step::Item(place));
        path.push("efsVolumeConfiguration".into());
        path.extend(members.iter().map(|it| Step::from(*it)));
        path
    })
    .collect::<Vec<_>>()
    .into_iter()
}

/// Other access points of the file systems, and none.
fn points(world: &World, task: &Task) -> Vec<Cure> {
    let things = world.network().things();
    let mut found = Vec::new();
    let all = task.definition.volumes.iter();
    for volume in all.filter_map(|it| it.efs.as_ref()) {
        let unknown = |wanted: &String| {
            let point = things.access_points.get(&wanted.as_str().into());
            point.is_none_or(|it| it.file_system.as_str() != volume.file_system)
        };
        if !volume.access_point.as_ref().is_some_and(unknown) {
            continue;
        }
        let of = &volume.file_system;
        let named = volumes(task, of, &["authorizationConfig", "accessPointId"]);
        let named: Vec<Vec<Step>> = named.collect();
        let own = things.access_points.values();
        let own = own.filter(|it| it.file_system.as_str() == of);
        found.extend(own.take(OTHERS).map(|it| {
            let changes = named.iter().cloned();
            define(
                format!("Name the access point {}, which {of} has", it.id),
                "access point",
                changes
                    .map(|path| (path, Some(string(it.id.as_str()))))
                    .collect(),
            )
        }));
        let changes = named.into_iter().map(|path| (path, None)).collect();
        let mut whole = define(
            format!("Mount {of} without an access point, all of it"),
            "whole file system",
            changes,
        );
        whole.width = DEFINITION * 4;
        found.push(whole);
    }
    found
}
