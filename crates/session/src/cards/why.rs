//! Why a task stopped, and what cures it: what AWS's reason leaves open.

use super::sentences::{gib, limit, waits_for};
use crate::words::short_name;
use fargate_core::network::{Code, Direction, Ending, Part};
use fargate_core::task::{ContainerStatus, DiskUse, Fetch, Stop, Task, Why};

/// The largest `ephemeralStorage`, in GiB. Source: API reference.
const LARGEST_DISK: u32 = 200;

/// What led to a task's stop and what cures it; `None` where somebody asked for it.
pub(super) fn why(task: &Task, stop: &Stop, disk: &DiskUse) -> Option<String> {
    Some(match stop.why {
        Why::Asked => return None,
        Why::Interrupted { .. } => "AWS took the capacity of Fargate Spot back: it warns two minutes ahead, and sends SIGTERM with the warning.".to_owned(),
        Why::NoAddress => format!(
            "Subnet {} has no free address left. Stop a task there, or run this one in a larger subnet.",
            task.assignment.subnet
        ),
        Why::Unreachable(what) => unreachable(task, what),
        Why::SmallDisk => small_disk(task, disk),
        Why::InVain {
            container,
            dependency,
            late,
        } => in_vain(task, container, dependency, late),
        Why::Ended { container } => ended(task, container, disk),
    })
}

/// What a task could not fetch, which part stood in the way, and what mends that part.
fn unreachable(task: &Task, what: Fetch) -> String {
    let asked = match what {
        Fetch::Secret => "Secrets Manager for a secret",
        Fetch::Parameter => "Parameter Store for a parameter",
        Fetch::RegistryLogin => "Amazon ECR for a token",
        Fetch::LogGroup => "CloudWatch Logs for its log group",
        Fetch::Manifest => "the registry for an image",
        Fetch::Layers => "the registry for the layers of an image",
    };
    let service = what.service();
    let Some(trace) = &task.unreachable else {
        return format!("The task asked {asked} and had no way there.");
    };
    let Ending::Denied(code) = trace.ending else {
        return format!("The task asked {asked}, and nothing answered on port 443.");
    };
    let decided = trace.decided_by();
    let part = decided.map_or_else(String::new, |hop| {
        format!(" {}: {}.", hop.part.id(), hop.rule)
    });
    let endpoint_group = decided.is_some_and(|hop| {
        matches!(hop.part, Part::SecurityGroups(..)) && hop.direction == Direction::In
    });
    let cure = match code {
        Code::IgwPublicIpAssociationForEgress => {
            "Run it with assignPublicIp ENABLED, or lead its subnet to a NAT gateway instead."
                .to_owned()
        }
        Code::SgHasNoRules | Code::EniSgRulesMismatch if endpoint_group => {
            "Let the endpoint's group admit TCP 443 from the task.".to_owned()
        }
        Code::SgHasNoRules | Code::EniSgRulesMismatch => {
            "Let the task's groups send TCP 443 there.".to_owned()
        }
        Code::SubnetAclRestriction => {
            "Let the network ACL pass TCP 443 out, and 1024-65535 back in.".to_owned()
        }
        Code::DnsDisabled | Code::NxDomain => {
            "Names must be found: switch enableDnsSupport on.".to_owned()
        }
        _ => format!(
            "Its subnet needs a way: a route to an internet gateway with a public address, a route to a NAT gateway, or an endpoint for {service}."
        ),
    };
    format!(
        "The task asked {asked} and got no answer ({}).{part} {cure}",
        code.aws()
    )
}

fn name(task: &Task, place: usize) -> &str {
    short_name(&task.containers[place].name, &task.definition.family)
}

fn small_disk(task: &Task, disk: &DiskUse) -> String {
    let cure = if !task.platform.has("1.4.0") {
        "Platform version 1.4.0 has 20 GiB, and up to 200.".to_owned()
    } else if disk.layers / 1_024 < LARGEST_DISK {
        let gib = disk.layers / 1_024 + 1;
        format!("Set ephemeralStorage to {gib} GiB or more.")
    } else {
        "No task has so large a disk: make the images smaller.".to_owned()
    };
    format!(
        "The images need {} GiB, compressed and unpacked; the disk has {}. {cure}",
        gib(disk.layers),
        gib(disk.room)
    )
}

fn in_vain(task: &Task, place: usize, dependency: usize, late: bool) -> String {
    let definition = &task.containers[place].definition;
    let Some(dependency) = definition.depends_on.get(dependency) else {
        return String::new();
    };
    let mut others = task.containers.iter();
    let other = others.find(|it| *it.name == *dependency.container);
    let then = match other.map(|it| (&it.status, it.definition.start_timeout)) {
        Some((_, Some(seconds))) if late => {
            format!(
                "That did not come within its startTimeout of {seconds} s. Give it more time, or see what keeps it."
            )
        }
        Some((
            ContainerStatus::Stopped {
                code: Some(code), ..
            },
            _,
        )) => {
            format!("It ended with exit code {code}, so that can never be. See what ended it.")
        }
        _ => "It never started, so that can never be.".to_owned(),
    };
    format!(
        "{} waited for {}. {then}",
        name(task, place),
        waits_for(dependency)
    )
}

fn ended(task: &Task, place: usize, disk: &DiskUse) -> String {
    let (it, name) = (&task.containers[place], name(task, place));
    let ContainerStatus::Stopped {
        code: Some(code), ..
    } = it.status
    else {
        return String::new();
    };
    if let Some(killed_at) = it.killed_at {
        let limit = limit(killed_at);
        return format!(
            "{name} was killed at {limit}, and it is essential. Give it more memory, or let it hold less."
        );
    }
    if let Some(line) = task.flaw(place) {
        return format!(
            "{name} ended with exit code {code}: {line}. A definition can set variables in environment and secrets, and mount a volume where an image writes."
        );
    }
    let full = disk.layers.saturating_add(disk.written) >= disk.room;
    if full && it.workload.write_kib > 0 && code == 1 {
        let room = gib(disk.room);
        return format!(
            "{name} ended with exit code 1, since the disk of {room} GiB is full. Set a larger ephemeralStorage, or let it write less."
        );
    }
    format!(
        "{name} ended with exit code {code}, and it is essential, as every container is that does not say otherwise. Set essential to false if the others shall go on without it."
    )
}
