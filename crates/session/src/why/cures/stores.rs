//! What registries, Secrets Manager, Parameter Store, S3 and CloudWatch Logs refused: made, restored, or named as it is called there.

use super::{Act, Cure, DEFINITION, PROGRAM, cure, define};
use crate::why::definition::{Change, of_container, of_task, string};
use fargate_core::call::{
    Call, CreateBucket, CreateLogGroup, CreateSecret, ParameterType, PushImage, PutObject,
    PutParameter, PutSecretValue, RestoreSecret,
};
use fargate_core::stores::{FileLack, ImageLack, Reference, SecretLack, Wanted};
use fargate_core::task::{Fetch, Lack, LackKind, Task};
use fargate_core::task_definition::fields::Step;
use fargate_core::world::World;

/// What may cure a refusal.
pub(super) fn refused(world: &World, task: &Task, lack: &Lack) -> Vec<Cure> {
    let of = lack.of.as_str();
    match &lack.kind {
        LackKind::LogGroup => {
            let log_group_name = of.to_owned();
            vec![sent(
                format!("Make the log group {of}"),
                CreateLogGroup { log_group_name },
            )]
        }
        LackKind::Secret(_) if lack.what == Fetch::Parameter => parameters(of),
        LackKind::Secret(why) | LackKind::Login(why) => secret(task, of, why),
        LackKind::LoginLacks(_) => login(of),
        LackKind::File(why) => file(of, *why),
        LackKind::Image(why) => image(world, task, of, why),
        LackKind::RateLimit { .. } => from_public_ecr(task, of),
        LackKind::Damaged => vec![pushed(of, Vec::new())],
        LackKind::Denied(_) => super::permissions::of_start(world, task),
    }
}

/// A cure of one call, and the task again.
fn sent(title: String, call: impl Into<Call>) -> Cure {
    cure(
        title,
        "store",
        PROGRAM,
        vec![Act::Call(call.into()), Act::Again],
    )
}

fn parameters(names: &str) -> Vec<Cure> {
    let put = |name: &str| {
        let call = PutParameter {
            name: name.to_owned(),
            value: "your value".to_owned(),
            kind: Some(ParameterType::Secure),
            ..PutParameter::default()
        };
        Act::Call(call.into())
    };
    let mut acts: Vec<Act> = names.split(',').map(put).collect();
    acts.push(Act::Again);
    vec![cure(
        format!("Make the parameter {names}, with your value"),
        "store",
        PROGRAM,
        acts,
    )]
}

/// The name of the secret that a `valueFrom` asks for, without the letters that AWS puts behind it.
fn name_of(wanted: &Wanted) -> String {
    let last = wanted.secret.rsplit(':').next().unwrap_or_default();
    match last.rsplit_once('-') {
        Some((name, letters)) if letters.len() == 6 && wanted.secret.contains(':') => {
            name.to_owned()
        }
        _ => last.to_owned(),
    }
}

/// A text that has the key that is asked for.
fn text_with(key: Option<&str>) -> String {
    key.map_or_else(
        || "your value".to_owned(),
        |key| format!("{{{}:\"your value\"}}", string(key)),
    )
}

/// The places that ask for a value, as changes to another.
fn asking(task: &Task, of: &str, value: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    for (place, it) in task.containers.iter().enumerate() {
        let mut own = it.definition.secrets.iter().enumerate();
        if let Some((index, _)) = own.find(|(_, one)| one.value_from == of) {
            let mut path = of_container(place, &["secrets"]);
            path.push(Step::Item(index));
            path.push("valueFrom".into());
            changes.push((path, Some(string(value))));
        }
    }
    changes
}

fn secret(task: &Task, of: &str, why: &SecretLack) -> Vec<Cure> {
    let Some(wanted) = Wanted::read(of) else {
        return Vec::new();
    };
    let id = wanted.secret.clone();
    let put = |title: &str| {
        let call = PutSecretValue {
            secret_id: id.clone(),
            secret_string: text_with(wanted.key.as_deref()),
            version_stages: Vec::new(),
        };
        sent(title.to_owned(), call)
    };
    match why {
        SecretLack::Deleted => vec![sent(
            "Restore the secret".to_owned(),
            RestoreSecret { secret_id: id },
        )],
        SecretLack::NoStage(_) | SecretLack::NotJson(_) => {
            vec![put("Give the secret a value, yours")]
        }
        SecretLack::NoVersion(_) => {
            let changes = asking(task, of, &wanted.secret);
            vec![define(
                "Ask for the current version of the secret",
                "version",
                changes,
            )]
        }
        SecretLack::NoKey(_, others) => {
            let rest = |key: &str| format!("{}:{key}::", wanted.secret);
            let renamed = others.iter().map(|key| {
                define(
                    format!("Ask for the key {key}"),
                    "key",
                    asking(task, of, &rest(key)),
                )
            });
            let mut found: Vec<Cure> = renamed.take(3).collect();
            found.push(put("Give the secret a value with that key, yours"));
            found
        }
        SecretLack::Missing => {
            let name = name_of(&wanted);
            let call = CreateSecret {
                name: name.clone(),
                secret_string: Some(text_with(wanted.key.as_deref())),
                ..CreateSecret::default()
            };
            // its ARN ends with letters of AWS's choice: it is asked for by its name
            let mut made = sent(
                format!("Make the secret {name}, with your value, and ask for it by its name"),
                call,
            );
            made.acts.push(Act::Define(asking(task, of, &name)));
            vec![made]
        }
        SecretLack::Malformed => Vec::new(),
    }
}

fn login(of: &str) -> Vec<Cure> {
    let Some(wanted) = Wanted::read(of) else {
        return Vec::new();
    };
    let call = PutSecretValue {
        secret_id: wanted.secret,
        secret_string: "{\"username\":\"your name\",\"password\":\"your token\"}".to_owned(),
        version_stages: Vec::new(),
    };
    vec![sent(
        "Give the secret username and password, yours".to_owned(),
        call,
    )]
}

/// A file of variables put where its ARN says.
fn file(of: &str, why: FileLack) -> Vec<Cure> {
    let path = of.rsplit(":::").next().unwrap_or_default();
    let Some((bucket, key)) = path.split_once('/') else {
        return Vec::new();
    };
    let mut acts = Vec::new();
    if why == FileLack::NoBucket {
        let bucket = bucket.to_owned();
        acts.push(Act::Call(CreateBucket { bucket }.into()));
    }
    let call = PutObject {
        bucket: bucket.to_owned(),
        key: key.to_owned(),
        body: Some(String::new()),
    };
    acts.push(Act::Call(call.into()));
    acts.push(Act::Again);
    vec![cure(
        format!("Put {key} into the bucket {bucket}, with your variables"),
        "store",
        PROGRAM,
        acts,
    )]
}

/// The containers of an image, changed to another.
fn renamed(task: &Task, of: &str, image: &str) -> Vec<Change> {
    let all = task.containers.iter().enumerate();
    let its = all.filter(|(_, it)| it.definition.image == of);
    its.map(|(place, _)| (of_container(place, &["image"]), Some(string(image))))
        .collect()
}

fn pushed(of: &str, platforms: Vec<String>) -> Cure {
    let call = PushImage {
        image: of.to_owned(),
        platforms,
        ..PushImage::default()
    };
    sent(format!("Push {of}"), call)
}

fn image(world: &World, task: &Task, of: &str, why: &ImageLack) -> Vec<Cure> {
    let key = Reference::read(of).key();
    match why {
        ImageLack::NoTag(tags) => {
            let others = tags.iter().map(|tag| {
                let image = format!("{}:{tag}", of.rsplit_once(':').map_or(of, |it| it.0));
                define(format!("Run {image}"), "tag", renamed(task, of, &image))
            });
            let mut found: Vec<Cure> = others.take(3).collect();
            found.push(pushed(of, Vec::new()));
            found
        }
        ImageLack::NoRepository => {
            // whoever holds the registry makes it there
            let mut found = Vec::new();
            let push = pushed(of, Vec::new());
            if world.stores().repository(&key).is_some() {
                found.push(push);
            } else if let Some(name) = key.split_once(".amazonaws.com/").map(|it| it.1) {
                let call = fargate_core::call::CreateRepository {
                    repository_name: name.to_owned(),
                    ..Default::default()
                };
                let mut both = push;
                both.title = format!("Make the repository {name} and push the image");
                both.acts.insert(0, Act::Call(call.into()));
                found.push(both);
            }
            found
        }
        ImageLack::NoDigest => untagged_all(task, of),
        ImageLack::Platform { wanted, has } => {
            let mut found = Vec::new();
            let arm = has.iter().any(|it| it == "linux/arm64");
            let other = if arm { "ARM64" } else { "X86_64" };
            if arm || has.iter().any(|it| it == "linux/amd64") {
                let json = string(other);
                found.push(define(
                    format!("Run it on {other} (runtimePlatform)"),
                    "processor",
                    vec![(of_task(&["runtimePlatform", "cpuArchitecture"]), Some(json))],
                ));
            }
            let mut both = has.clone();
            both.push(wanted.clone());
            let mut push = pushed(of, both);
            push.title = format!("Build {of} for {wanted} too, and push it");
            push.width = DEFINITION * 2;
            found.push(push);
            found
        }
        ImageLack::Private | ImageLack::WrongLogin | ImageLack::OtherAccount => Vec::new(),
    }
}

/// The same images from the copy of Docker Hub's own in Amazon's public registry, which has no such limit.
fn from_public_ecr(task: &Task, of: &str) -> Vec<Cure> {
    let reference = Reference::read(of);
    let name = reference
        .repository
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .to_owned();
    let image = format!(
        "public.ecr.aws/docker/library/{name}:{}",
        reference.version()
    );
    vec![define(
        format!("Run {image}"),
        "mirror",
        renamed(task, of, &image),
    )]
}

/// Images named by their tag where they were pinned to a digest.
fn untagged_all(task: &Task, of: &str) -> Vec<Cure> {
    let name = of.split('@').next().unwrap_or(of);
    vec![define(
        format!("Run {name}, whatever its digest"),
        "digest",
        renamed(task, of, name),
    )]
}

/// A container's image by its tag, where it was pinned to a digest.
pub(super) fn untagged(task: &Task, place: usize) -> Vec<Cure> {
    untagged_all(task, &task.containers[place].definition.image)
}
