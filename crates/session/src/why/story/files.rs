//! Why a file system is not mounted, where its name leads nowhere or nothing answers there.

use super::defined;
use crate::why::Link;
use crate::why::definition::{line, of_task};
use crate::why::ground::Ground;
use fargate_core::network::{Code, MountTargetState, Part, Trace};
use fargate_core::task::Task;
use fargate_core::task_definition::fields::Step;
use fargate_core::units::SimTime;

/// Why a file system is not mounted, where it is not the way to it.
pub(super) fn unmounted(
    ground: &Ground<'_>,
    task: &Task,
    trace: &Trace,
    at: SimTime,
) -> Option<(&'static str, Link)> {
    let world = &ground.world;
    let network = world.network();
    let things = network.things();
    let link = |sentence: String, part: &str, rule: &str, member: &[&str]| {
        let efs = || task.definition.volumes.iter().map(|it| it.efs.as_ref());
        let named = efs().position(|it| {
            it.is_some_and(|it| it.file_system == part || it.access_point.as_deref() == Some(part))
        });
        // what is wrong with the VPC concerns the first of them
        let place = named.or_else(|| efs().position(|it| it.is_some()));
        let mut path = of_task(&["volumes"]);
        path.extend(place.map(Step::Item));
        path.push("efsVolumeConfiguration".into());
        path.extend(member.iter().map(|it| Step::from(*it)));
        Link::new(at, sentence)
            .decided(part, rule)
            .seen(line(world, task, &path))
    };
    if trace.delivered() {
        let volumes = task.definition.volumes.iter();
        let mut wanted = volumes.filter_map(|it| {
            let efs = it.efs.as_ref()?;
            let point = efs.access_point.as_deref()?;
            let known = things.access_points.get(&point.into());
            let its = known.is_some_and(|it| it.file_system.as_str() == efs.file_system);
            (!its).then_some((point, &efs.file_system))
        });
        let (point, of) = wanted.next()?;
        let elsewhere = things.access_points.get(&point.into());
        let sentence = match elsewhere {
            Some(it) => format!(
                "The volume names the access point {point}, which belongs to {}, not to {of}.",
                it.file_system
            ),
            None => format!("{of} has no access point {point}, which the volume names."),
        };
        let member = ["authorizationConfig", "accessPointId"];
        let mut link = link(sentence, point, "accessPointId", &member);
        // one that is there is named by mistake; one that is not was taken away, or never made
        let gone = elsewhere.is_none().then(|| ground.touched_by(&[point]));
        link.by = gone.flatten().or_else(|| defined(ground, task));
        return Some(("access-point-missing", link));
    }
    let asked = trace.hops.iter().find_map(|hop| match &hop.part {
        Part::Name(name) => Some(name.split('.').next().unwrap_or(name)),
        _ => None,
    });
    let volumes = task.definition.volumes.iter();
    let mut ids = volumes.filter_map(|it| Some(it.efs.as_ref()?.file_system.as_str()));
    let id = match asked {
        Some(asked) => asked,
        None => ids.next()?,
    };
    let subnet = network.subnets.get(&task.assignment.subnet)?;
    let targets = || {
        let all = things.mount_targets.values();
        all.filter(|it| it.file_system.as_str() == id)
    };
    let own = targets().find(|it| it.zone == subnet.zone);
    let up = own.is_some_and(|it| it.state == MountTargetState::Available);
    if trace.code() != Some(Code::NxDomain) && (up || trace.code() != Some(Code::NoListener)) {
        return None;
    }
    if things.file_systems.get(&id.into()).is_none() {
        return Some((
            "file-system-missing",
            link(
                format!("There is no file system {id}, so its name cannot be found."),
                id,
                "fileSystemId",
                &["fileSystemId"],
            )
            .by(ground.touched_by(&[id]).or_else(|| defined(ground, task))),
        ));
    }
    let hostnames = network.vpcs.get(&subnet.vpc).map(|it| it.dns_hostnames);
    if hostnames == Some(false) {
        let mut link = link(
            format!(
                "enableDnsHostnames of {} is off, so the name of {id} cannot be found in it.",
                subnet.vpc
            ),
            subnet.vpc.as_str(),
            "enableDnsHostnames: false",
            &["fileSystemId"],
        );
        link.by = ground.touched_by(&[subnet.vpc.as_str()]);
        return Some(("dns-hostnames-off", link));
    }
    if let Some(coming) = own {
        let how = match coming.state {
            MountTargetState::Deleting => "is being deleted",
            _ => "is not available yet: that takes a minute or so",
        };
        let sentence = format!(
            "The mount target {} of {id} in {} {how}.",
            coming.id, subnet.zone
        );
        let link = link(sentence, id, coming.id.as_str(), &["fileSystemId"]);
        let link = link.by(ground.touched_by(&[coming.id.as_str()]));
        return Some(("mount-target-coming", link));
    }
    let zones: Vec<&str> = targets().map(|it| &*it.zone).collect();
    let has = if zones.is_empty() {
        "no mount target".to_owned()
    } else {
        format!("a mount target in {}", zones.join(" and "))
    };
    let none = if zones.is_empty() { "" } else { ", and none" };
    let sentence = format!(
        "{id} has {has}{none} in {}, where the task is: from there its name cannot be found.",
        subnet.zone
    );
    let link = link(sentence, id, "mount targets", &["fileSystemId"]);
    Some(("mount-target-missing", link))
}
