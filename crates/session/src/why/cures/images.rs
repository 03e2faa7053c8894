//! Images that a registry does not give: pushed, built for the processor, named as they are called there, or pulled from elsewhere.

use super::stores::{arn_of, login, login_text, sent};
use super::{Act, Cure, DEFINITION, cure, define};
use crate::why::definition::{Change, of_container, of_task, string};
use fargate_core::call::{CreateRepository, CreateSecret, PushImage, PutRepository};
use fargate_core::stores::{Access, DOCKER_HUB, ImageLack, Reference, account_registry};
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
            } else {
                // a bare name means Docker Hub, where one's own images are not
                found.extend(copied(task));
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
        ImageLack::OtherAccount => other_account(world, task, of),
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
    found.extend(copied(task));
    found
}

/// An image of another account: let in there, or a copy in the account's own registry.
fn other_account(world: &World, task: &Task, of: &str) -> Vec<Cure> {
    let reference = Reference::read(of);
    let owner = reference.ecr_account().unwrap_or(&reference.host);
    let allowed = sent(
        format!(
            "Have account {owner} allow this one ecr:BatchGetImage and ecr:GetDownloadUrlForLayer in the policy of its repository {}",
            reference.repository
        ),
        PutRepository {
            repository: reference.key(),
            private: false,
            login: None,
        },
    );
    let name = reference.repository.clone();
    let image = format!("{}/{name}:{}", account_registry(), reference.version());
    let mut acts = Vec::new();
    if world
        .stores()
        .repository(&Reference::read(&image).key())
        .is_none()
    {
        let make = CreateRepository {
            repository_name: name,
            ..CreateRepository::default()
        };
        acts.push(Act::Call(make.into()));
    }
    let push = PushImage {
        image: image.clone(),
        ..PushImage::default()
    };
    acts.push(Act::Call(push.into()));
    acts.push(Act::Define(renamed(task, of, &image)));
    let title = format!("Push a copy to Amazon ECR of this account, and run {image}");
    vec![allowed, cure(title, "copy", DEFINITION * 2, acts)]
}

/// The task's images of Docker Hub pushed to the account's own registry, and run from there.
fn copied(task: &Task) -> Option<Cure> {
    let mut images: Vec<&String> = Vec::new();
    for it in &task.containers {
        let image = &it.definition.image;
        if Reference::read(image).host == DOCKER_HUB && !images.contains(&image) {
            images.push(image);
        }
    }
    let (mut acts, mut changes) = (Vec::new(), Vec::new());
    for of in &images {
        let reference = Reference::read(of);
        let name = reference.repository.trim_start_matches("library/");
        let image = format!("{}/{name}:{}", account_registry(), reference.version());
        let make = CreateRepository {
            repository_name: name.to_owned(),
            ..CreateRepository::default()
        };
        acts.push(Act::Call(make.into()));
        changes.extend(renamed(task, of, &image));
        let push = PushImage {
            image,
            ..PushImage::default()
        };
        acts.push(Act::Call(push.into()));
    }
    acts.push(Act::Define(changes));
    let title = match images.as_slice() {
        [] => return None,
        [one] => format!("Push {one} to Amazon ECR, and run it from there"),
        [_, ..] => "Push the task's images to Amazon ECR, and run them from there".to_owned(),
    };
    Some(cure(title, "copy", DEFINITION * 2, acts))
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
    let Some(Access::Private(known)) = repository.map(|it| &it.access) else {
        return Vec::new();
    };
    let own = |it: &&Container| it.definition.image == of;
    let mut named = task.containers.iter().filter(own);
    let named = named.find_map(|it| it.definition.secrets.iter().find(|it| it.login));
    if let (Some(named), Some(known)) = (named, known) {
        return login(&named.value_from, Some(known));
    }
    let name = "registry-login";
    let title =
        format!("Keep your login in the secret {name}, and name it in repositoryCredentials");
    let mut made = match known {
        Some(known) => sent(
            title,
            CreateSecret {
                name: name.to_owned(),
                secret_string: Some(login_text(Some(known))),
                ..CreateSecret::default()
            },
        ),
        // nobody said which login it is: a secret that no call makes is presumed to be right
        None if named.is_none() => define(title, "store", Vec::new()),
        None => return Vec::new(),
    };
    let all = task.containers.iter().enumerate();
    let its = all.filter(|(_, it)| it.definition.image == of);
    let changes = its.map(|(place, _)| {
        let path = of_container(place, &["repositoryCredentials", "credentialsParameter"]);
        (path, Some(string(&arn_of(name, None))))
    });
    made.acts.retain(|act| !matches!(act, Act::Define(_)));
    made.acts.push(Act::Define(changes.collect()));
    vec![made]
}
