//! Images that a registry does not give: pushed, built for the processor, named as they are called there, or pulled from elsewhere.

use super::stores::{arn_of, login, login_text, sent};
use super::{Act, Cure, DEFINITION, cure, define};
use crate::why::definition::{Change, of_container, of_task, string};
use fargate_core::call::{CreateRepository, CreateSecret, PushImage};
use fargate_core::stores::{Access, ImageLack, Reference, account_registry};
use fargate_core::task::{Container, Task};
use fargate_core::world::World;

/// The containers of an image, changed to another.
fn renamed(task: &Task, of: &str, image: &str) -> Vec<Change> {
    let all = task.containers.iter().enumerate();
    let its = all.filter(|(_, it)| it.definition.image == of);
    its.map(|(place, _)| (of_container(place, &["image"]), Some(string(image))))
        .collect()
}

pub(super) fn pushed(of: &str, platforms: Vec<String>) -> Cure {
    let call = PushImage {
        image: of.to_owned(),
        platforms,
        ..PushImage::default()
    };
    sent(format!("Push {of}"), call)
}

pub(super) fn image(world: &World, task: &Task, of: &str, why: &ImageLack) -> Vec<Cure> {
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
                let call = CreateRepository {
                    repository_name: name.to_owned(),
                    ..CreateRepository::default()
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
        ImageLack::Private | ImageLack::WrongLogin => with_login(world, task, of),
        // only the other account may change its repository's policy
        ImageLack::OtherAccount => Vec::new(),
    }
}

/// The same image from where there is no such limit: Amazon's copy of Docker Hub's own images, or a copy in the account's registry.
pub(super) fn elsewhere(task: &Task, of: &str) -> Vec<Cure> {
    let reference = Reference::read(of);
    let mut found = Vec::new();
    if let Some(name) = reference.repository.strip_prefix("library/") {
        let image = format!(
            "public.ecr.aws/docker/library/{name}:{}",
            reference.version()
        );
        found.push(define(
            format!("Run {image}"),
            "mirror",
            renamed(task, of, &image),
        ));
    }
    let repository_name = reference.repository.clone();
    let image = format!(
        "{}/{repository_name}:{}",
        account_registry(),
        reference.version()
    );
    let make = CreateRepository {
        repository_name,
        ..CreateRepository::default()
    };
    let push = PushImage {
        image: image.clone(),
        ..PushImage::default()
    };
    found.push(cure(
        format!("Copy {of} to Amazon ECR, and run it from there"),
        "mirror",
        DEFINITION * 2,
        vec![
            Act::Call(make.into()),
            Act::Call(push.into()),
            Act::Define(renamed(task, of, &image)),
        ],
    ));
    found
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

/// The login that a private repository lets in, kept as a secret that the containers of its image name.
fn with_login(world: &World, task: &Task, of: &str) -> Vec<Cure> {
    let repository = world.stores().repository(&Reference::read(of).key());
    let Some(Access::Private(Some(known))) = repository.map(|it| &it.access) else {
        return Vec::new();
    };
    let own = |it: &&Container| it.definition.image == of;
    let mut named = task.containers.iter().filter(own);
    let named = named.find_map(|it| it.definition.secrets.iter().find(|it| it.login));
    if let Some(named) = named {
        return login(&named.value_from, Some(known));
    }
    let name = "registry-login";
    let call = CreateSecret {
        name: name.to_owned(),
        secret_string: Some(login_text(Some(known))),
    };
    let mut made = sent(
        format!("Keep the login in the secret {name}, and name it in repositoryCredentials"),
        call,
    );
    let all = task.containers.iter().enumerate();
    let its = all.filter(|(_, it)| it.definition.image == of);
    let changes = its.map(|(place, _)| {
        let path = of_container(place, &["repositoryCredentials", "credentialsParameter"]);
        (path, Some(string(&arn_of(name, None))))
    });
    made.acts.push(Act::Define(changes.collect()));
    vec![made]
}
