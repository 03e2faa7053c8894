//! Why a task stopped, and what cures it: what AWS's reason leaves open.

use super::sentences::{gib, limit, waits_for};
use crate::words::short_name;
use fargate_core::network::{Code, Direction, Ending, Part};
use fargate_core::stores::{DOCKER_HUB, FileLack, ImageLack, Reference, SecretLack};
use fargate_core::task::{ContainerStatus, DiskUse, Fetch, Lack, LackKind, Stop, Task, Why};

/// The largest `ephemeralStorage`, in GiB. Source: API reference.
const LARGEST_DISK: u32 = 200;

/// What led to a task's stop and what cures it; `None` where somebody asked for it.
pub(super) fn why(task: &Task, stop: &Stop, disk: &DiskUse) -> Option<String> {
    Some(match stop.why {
        // of the last two AWS's words leave nothing open
        Why::Asked | Why::Scheduled(_) | Why::Retired | Why::Unattached => return None,
        Why::Interrupted { .. } => "AWS took the capacity of Fargate Spot back: it warns two minutes ahead, and sends SIGTERM with the warning.".to_owned(),
        Why::NoAddress => format!(
            "Subnet {} has no free address left. Stop a task there, or run this one in a larger subnet.",
            task.assignment.subnet
        ),
        Why::Unreachable(what) => unreachable(task, what),
        Why::Lacking(_) => task.lack.as_deref().map(refused).unwrap_or_default(),
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
        Fetch::Login => "Secrets Manager for the login to a registry",
        Fetch::EnvironmentFile => "S3 for a file of variables",
        Fetch::RegistryLogin => "Amazon ECR for a token",
        Fetch::LogGroup => "CloudWatch Logs for its log group",
        Fetch::Manifest => "the registry for an image",
        Fetch::FileSystem => "the mount target of a file system",
        Fetch::Layers => "the registry for the layers of an image",
    };
    let service = what.service();
    let Some(trace) = &task.unreachable else {
        return format!("The task asked {asked} and had no way there.");
    };
    let on = format!("TCP {}", trace.port);
    let code = match trace.ending {
        Ending::Denied(code) => code,
        Ending::Refused => {
            return format!("The task asked {asked}, and nothing answered on {on}.");
        }
        Ending::Delivered => {
            return format!(
                "The task asked {asked}, which does not know the access point: make it, or correct its id."
            );
        }
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
            let whose = if what == Fetch::FileSystem { "mount target" } else { "endpoint" };
            format!("Let the {whose}'s group admit {on} from the task.")
        }
        Code::SgHasNoRules | Code::EniSgRulesMismatch => {
            format!("Let the task's groups send {on} there.")
        }
        Code::SubnetAclRestriction => {
            format!("Let the network ACL pass {on} out, and 1024-65535 back in.")
        }
        Code::NxDomain if what == Fetch::FileSystem => {
            "Give the file system a mount target in the task's zone, and switch both DNS attributes of the VPC on."
                .to_owned()
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

/// Why what a task asked for was refused, and what mends it.
pub(crate) fn refused(lack: &Lack) -> String {
    let of = &lack.of;
    match &lack.kind {
        LackKind::Secret(_) if lack.what == Fetch::Parameter => format!(
            "Parameter Store has no {of}. Make it with ssm:PutParameter, or correct its name in valueFrom; a name in folders begins with a slash."
        ),
        LackKind::Secret(why) => secret(of, why),
        LackKind::Login(why) => format!(
            "repositoryCredentials names {of}. {} It must hold an object with username and password.",
            secret(of, why)
        ),
        LackKind::LoginLacks(member) => format!(
            "The secret {of} holds no {member}. repositoryCredentials needs an object with username and password."
        ),
        LackKind::LogGroup => format!(
            "There is no log group {of}. Make it with logs:CreateLogGroup, or set awslogs-create-group to true and let the execution role create it."
        ),
        LackKind::File(FileLack::NoBucket) => {
            format!("S3 has no bucket for {of}. Correct the ARN in environmentFiles, or make it.")
        }
        LackKind::File(FileLack::NoFile) => format!(
            "The bucket has no file {of}. S3 says that it is forbidden, since the execution role may not list the bucket. Put it there, or correct the ARN."
        ),
        LackKind::Image(why) => image(of, why),
        LackKind::RateLimit { limit, address } => format!(
            "Docker Hub gives {limit} images in six hours to an address without credentials, and {address} has had them; all tasks behind one NAT gateway share its address. Use repositoryCredentials, a copy in Amazon ECR, or public.ecr.aws/docker/library."
        ),
        LackKind::Denied(denial) => denial.because.clone(),
        LackKind::Damaged => format!(
            "A layer of {of} is not what its manifest says: its digest is another. Push the image again."
        ),
    }
}

/// Why Secrets Manager did not give a secret, and what mends it.
fn secret(of: &str, why: &SecretLack) -> String {
    match why {
        SecretLack::Malformed => format!(
            "{of} is no whole ARN. After the name stand a JSON key, a version stage and a version id, or nothing: …:secret:name-AbCdEf:key:: for a key alone."
        ),
        SecretLack::Missing => format!(
            "Secrets Manager has no {of} in that Region. Make it with secretsmanager:CreateSecret, or correct the ARN; it ends with six letters of AWS's choice."
        ),
        SecretLack::Deleted => {
            "The secret is marked for deletion. secretsmanager:RestoreSecret takes that back."
                .to_owned()
        }
        SecretLack::NoStage(stage) => format!(
            "The secret has no version with the label {stage}. Give it a value with secretsmanager:PutSecretValue, or name another label."
        ),
        SecretLack::NoVersion(id) => {
            format!("The secret has no version {id}. Leave the version out for the current one.")
        }
        SecretLack::NotJson(_) => {
            "The secret's text is no JSON, so it has no keys. Store an object, or ask for the whole text, without a key.".to_owned()
        }
        SecretLack::NoKey(key, others) if others.is_empty() => {
            format!("The secret's object has no keys, so not {key} either. Add it.")
        }
        SecretLack::NoKey(key, others) => format!(
            "The secret has no key {key}; it has {}. Add it, or correct the key in valueFrom: capitals count.",
            others.join(", ")
        ),
    }
}

/// Why a registry did not give an image, and what mends it.
fn image(of: &str, why: &ImageLack) -> String {
    let reference = Reference::read(of);
    let key = reference.key();
    match why {
        ImageLack::NoRepository if reference.host == DOCKER_HUB => format!(
            "Docker Hub has no repository {}, or does not show it. A name without a registry means Docker Hub: for Amazon ECR, name 123456789012.dkr.ecr.us-east-1.amazonaws.com/… in full.",
            reference.repository
        ),
        ImageLack::NoRepository => {
            format!(
                "There is no repository {key}. Correct the name, or make it and push the image."
            )
        }
        ImageLack::NoTag(tags) if tags.is_empty() => {
            format!("The repository {key} is empty. Push the image first.")
        }
        ImageLack::NoTag(tags) => format!(
            "The repository has no tag {}; it has {}. Push it, or name a tag that is there.",
            reference.version(),
            tags.join(", ")
        ),
        ImageLack::NoDigest => format!(
            "The repository {key} has no image with that digest. An image without a tag may have been deleted by a lifecycle policy: name one that is there."
        ),
        ImageLack::Platform { wanted, has } => format!(
            "The image is built for {}, and the task runs on {wanted}. Build it for both (docker buildx build --platform linux/amd64,linux/arm64), or set runtimePlatform.cpuArchitecture.",
            has.join(", ")
        ),
        ImageLack::Private => format!(
            "{key} is private and the task has no login. Store username and password in Secrets Manager and name the secret in repositoryCredentials."
        ),
        ImageLack::WrongLogin => format!(
            "{key} does not know the username and password of the secret. Put the right ones into it; many registries want a token in the password's place."
        ),
        ImageLack::OtherAccount => format!(
            "{key} belongs to another account, whose repository policy does not let this one pull. Let it allow ecr:BatchGetImage and ecr:GetDownloadUrlForLayer to this account."
        ),
    }
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
    if it.foreign {
        return format!(
            "{name} ended with exit code {code}: its image is pinned to a digest that is built for another processor. Name the digest of the whole index, or the tag."
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
