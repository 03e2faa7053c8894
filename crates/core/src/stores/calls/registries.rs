//! Repositories of other registries, pushes to any, and what is presumed.

use super::{MAX_THINGS, changed, deleted, made, too_many};
use crate::call::{PushImage, PutRepository, SetPresumed, TagMutability, TakeRepository};
use crate::engine::chance;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::stores::{
    Access, Image, Layer, Manifest, Reference, Repository, Stores, account_registry,
};
use litemap::LiteMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// What images can be built for here: what Fargate runs.
const PLATFORMS: [&str; 3] = ["linux/amd64", "linux/arm64", "windows/amd64"];
/// Layers of an image. Source: the layer limit of overlay file systems in Docker.
const MAX_LAYERS: usize = 127;
/// Images in a repository, so that nothing grows without bound.
const MAX_IMAGES: usize = 500;
/// MiB of a layer. Source: 'Amazon ECR service quotas', maximum layer part times parts: 42,000 MiB.
const MAX_LAYER: u32 = 42_000;
/// Characters that an image's name may have. Source: API reference of `ContainerDefinition`.
const MAX_NAME: usize = 255;

fn invalid(message: impl Into<String>, cure: &'static str) -> ApiError {
    ApiError::new("InvalidParameterException", message, cure)
}

/// How a repository is known that is named as images are.
fn key_of(name: &str) -> Result<String, ApiError> {
    let reference = Reference::read(name);
    let plain = reference.digest.is_none() && reference.tag.as_deref() == Some("latest");
    let last = reference.repository.rsplit('/').next().unwrap_or_default();
    if name.len() > MAX_NAME || last.is_empty() || !plain || name.ends_with(":latest") {
        return Err(invalid(
            format!("'{name}' is not the name of a repository."),
            "Name registry and repository without a tag, such as ghcr.io/acme/web, or acme/web for Docker Hub.",
        ));
    }
    Ok(reference.key())
}

/// `PutRepository`.
pub(crate) fn put_repository(
    stores: &mut Stores,
    input: &PutRepository,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let key = key_of(&input.repository)?;
    if key.starts_with(&account_registry()) {
        return Err(invalid(
            format!("{key} lies in the account's own registry."),
            "Make it with ecr:CreateRepository.",
        ));
    }
    if input.login.is_some() && !input.private {
        return Err(invalid(
            "A public repository asks nobody for a login.",
            "Leave login out, or set private to true.",
        ));
    }
    let access = if input.private {
        Access::Private(input.login.clone())
    } else {
        Access::Public
    };
    let many = stores.repositories.len() >= MAX_THINGS;
    match stores.repositories.get_mut(&key) {
        Some(Some(it)) => Arc::make_mut(it).access = access,
        _ if many => {
            return Err(too_many("LimitExceededException", "repositories"));
        }
        _ => {
            let repository = Repository {
                key: key.clone(),
                access,
                mutability: TagMutability::Mutable,
                tags: LiteMap::new(),
                images: LiteMap::new(),
            };
            stores
                .repositories
                .insert(key.clone(), Some(Arc::new(repository)));
            return Ok(made("Repository", &key, step));
        }
    }
    let how = if input.private {
        "is private"
    } else {
        "is public"
    };
    Ok(changed("Repository", &key, how, step))
}

/// `TakeRepository`.
pub(crate) fn take_repository(
    stores: &mut Stores,
    input: &TakeRepository,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let key = key_of(&input.repository)?;
    let there = match stores.repositories.get(&key) {
        Some(said) => said.is_some(),
        None => stores.presumed.images,
    };
    if !there {
        return Err(invalid(
            format!("There is no repository {key}."),
            "Name one that is there.",
        ));
    }
    let reply = deleted("Repository", &key, step);
    stores.repositories.insert(key, None);
    Ok(reply)
}

/// A digest, drawn for what it is of.
fn digest(seed: u64, of: &str) -> String {
    let mut digest = String::from("sha256:");
    for part in 0..4 {
        let drawn = chance::draw(seed, "digest", &format!("{of}/{part}"));
        let written = write!(digest, "{drawn:016x}");
        debug_assert!(written.is_ok(), "a text can always be written to");
    }
    digest
}

/// The layers and platforms of a push, checked.
fn check(input: &PushImage) -> Result<Vec<String>, ApiError> {
    let mut platforms = input.platforms.clone();
    platforms.sort_unstable();
    platforms.dedup();
    if platforms.is_empty() {
        platforms.push(PLATFORMS[0].to_owned());
    }
    if let Some(other) = platforms
        .iter()
        .find(|it| !PLATFORMS.contains(&it.as_str()))
    {
        return Err(invalid(
            format!("'{other}' is no platform that Fargate runs."),
            "Build it for linux/amd64, linux/arm64 or windows/amd64.",
        ));
    }
    if input.layers.len() > MAX_LAYERS {
        return Err(invalid(
            format!("An image has at most {MAX_LAYERS} layers."),
            "Join some layers.",
        ));
    }
    if input
        .layers
        .iter()
        .any(|it| it.size_mib > MAX_LAYER || it.name.is_empty())
    {
        return Err(invalid(
            format!("Each layer has a name and at most {MAX_LAYER} MiB."),
            "Name each layer, and split what is larger.",
        ));
    }
    Ok(platforms)
}

/// `PushImage`: the same content pushed again is the same image.
pub(crate) fn push_image(
    stores: &mut Stores,
    input: &PushImage,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let platforms = check(input)?;
    let reference = Reference::read(&input.image);
    let tag = match (&reference.tag, &reference.digest) {
        (Some(tag), None) if input.image.len() <= MAX_NAME && !tag.is_empty() => tag.clone(),
        _ => {
            return Err(invalid(
                format!("'{}' cannot be pushed to.", input.image),
                "Name registry, repository and tag, without a digest.",
            ));
        }
    };
    let key = reference.key();
    let Some(Some(repository)) = stores.repositories.get_mut(&key) else {
        return Err(no_repository(&reference));
    };
    let image = image(&key, platforms, input, step.seed);
    let content = image.digest.clone();
    let repository = Arc::make_mut(repository);
    let taken = repository.tags.get(&tag).is_some_and(|it| *it != content);
    if taken && repository.mutability == TagMutability::Immutable {
        return Err(ApiError::new(
            "ImageTagAlreadyExistsException",
            format!(
                "The image tag '{tag}' already exists in the '{}' repository and cannot be overwritten because the tag is immutable.",
                reference.repository
            ),
            "Push it with another tag, or let the repository's tags be moved.",
        ));
    }
    if repository.images.len() >= MAX_IMAGES && !repository.images.contains_key(&content) {
        return Err(too_many(
            "LimitExceededException",
            "images in this repository",
        ));
    }
    repository.images.insert(content.clone(), Arc::new(image));
    repository.tags.insert(tag, content.clone());
    made("Image", &reference.shown(), step);
    Ok(Reply::Made(content))
}

/// The refusal of a push to a repository that nobody made.
fn no_repository(reference: &Reference) -> ApiError {
    let own = reference.key().starts_with(&account_registry());
    let cure = if own {
        "Make the repository first, with ecr:CreateRepository."
    } else {
        "Make the repository first, with playground:PutRepository."
    };
    ApiError::new(
        "RepositoryNotFoundException",
        format!(
            "name unknown: The repository with name '{}' does not exist",
            reference.repository
        ),
        cure,
    )
}

/// The image that a push makes: its digest follows from what is in it, as do those of its manifests.
fn image(key: &str, platforms: Vec<String>, input: &PushImage, seed: u64) -> Image {
    let layers = input.layers.iter();
    let layers: Vec<String> = layers
        .map(|it| format!("{} {}", it.name, it.size_mib))
        .collect();
    let content = format!(
        "{key}/{}/{}/{}",
        platforms.join(","),
        layers.join(","),
        input.damaged
    );
    let content = digest(seed, &content);
    let several = platforms.len() > 1;
    let manifests = platforms.into_iter().map(|platform| Manifest {
        digest: if several {
            digest(seed, &format!("{content}/{platform}"))
        } else {
            content.clone()
        },
        platform,
    });
    let layers = input.layers.iter().map(|it| Layer {
        name: it.name.clone(),
        size_mib: it.size_mib,
    });
    Image {
        manifests: manifests.collect(),
        layers: layers.collect(),
        damaged: input.damaged,
        digest: content,
    }
}

/// `SetPresumed`.
#[expect(
    clippy::unnecessary_wraps,
    reason = "every call answers in the same way"
)]
pub(crate) fn set_presumed(
    stores: &mut Stores,
    input: &SetPresumed,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let presumed = &mut stores.presumed;
    for (what, kept, said) in [
        ("Images", &mut presumed.images, input.images),
        ("Secrets", &mut presumed.secrets, input.secrets),
        ("Files", &mut presumed.files, input.files),
    ] {
        let Some(on) = said.filter(|on| on != kept) else {
            continue;
        };
        *kept = on;
        let how = if on {
            "are presumed to be there"
        } else {
            "are there where a call made them"
        };
        changed(what, "that a definition names", how, step);
    }
    Ok(Reply::Done)
}
