//! Repositories of the account's own registry. Source: API reference of ECR, and moto's words for its exceptions.

use super::{MAX_THINGS, changed, deleted, made, too_many};
use crate::call::{BatchDeleteImage, CreateRepository, DeleteRepository, PutImageTagMutability};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::stores::{ACCOUNT, Access, Repository, Stores, account_registry};
use litemap::LiteMap;
use std::sync::Arc;

/// Characters that a repository's name may have. Source: API reference of `CreateRepository`.
const NAME: std::ops::RangeInclusive<usize> = 2..=256;

fn key(name: &str) -> String {
    format!("{}/{name}", account_registry())
}

fn check_name(name: &str) -> Result<(), ApiError> {
    let part = |part: &str| {
        let ends = |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphanumeric());
        let good = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "._-".contains(it);
        part.chars().all(good) && ends(part.chars().next()) && ends(part.chars().next_back())
    };
    if NAME.contains(&name.len()) && name.split('/').all(part) {
        return Ok(());
    }
    Err(ApiError::new(
        "InvalidParameterException",
        "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*''",
        "Use 2 to 256 small letters, digits, and between them . _ - or /.",
    ))
}

fn not_found(name: &str) -> ApiError {
    ApiError::new(
        "RepositoryNotFoundException",
        format!(
            "The repository with name '{name}' does not exist in the registry with id '{ACCOUNT}'"
        ),
        "Make it with ecr:CreateRepository, or correct its name.",
    )
}

/// The repository, to be changed. One that is presumed becomes one that a call made.
fn found<'a>(stores: &'a mut Stores, name: &str) -> Result<&'a mut Repository, ApiError> {
    let found = stores.repositories.get_mut(&key(name));
    let found = found.and_then(Option::as_mut).map(Arc::make_mut);
    found.ok_or_else(|| not_found(name))
}

/// `CreateRepository`. From then on it holds what was pushed to it and nothing else.
pub(crate) fn create_repository(
    stores: &mut Stores,
    input: &CreateRepository,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.repository_name;
    check_name(name)?;
    let key = key(name);
    if stores.repository(&key).is_some() {
        return Err(ApiError::new(
            "RepositoryAlreadyExistsException",
            format!(
                "The repository with name '{name}' already exists in the registry with id '{ACCOUNT}'"
            ),
            "Push to it, or choose another name.",
        ));
    }
    if stores.repositories.len() >= MAX_THINGS {
        return Err(too_many("LimitExceededException", "repositories"));
    }
    let repository = Repository {
        key: key.clone(),
        access: Access::Own,
        mutability: input.image_tag_mutability.unwrap_or_default(),
        tags: LiteMap::new(),
        images: LiteMap::new(),
    };
    let reply = made("Repository", &key, step);
    stores.repositories.insert(key, Some(Arc::new(repository)));
    Ok(reply)
}

/// `DeleteRepository`. One that was only presumed is gone from then on.
pub(crate) fn delete_repository(
    stores: &mut Stores,
    input: &DeleteRepository,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.repository_name;
    let key = key(name);
    match stores.repositories.get(&key) {
        Some(Some(it)) if !it.images.is_empty() && input.force != Some(true) => {
            return Err(ApiError::new(
                "RepositoryNotEmptyException",
                format!(
                    "The repository with name '{name}' in registry with id '{ACCOUNT}' cannot be deleted because it still contains images"
                ),
                "Delete its images first, or set force to true.",
            ));
        }
        Some(Some(_)) => {}
        None if stores.presumed.images => {}
        Some(None) | None => return Err(not_found(name)),
    }
    let reply = deleted("Repository", &key, step);
    stores.repositories.insert(key, None);
    Ok(reply)
}

/// `PutImageTagMutability`.
pub(crate) fn put_image_tag_mutability(
    stores: &mut Stores,
    input: &PutImageTagMutability,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    use crate::call::TagMutability;
    let repository = found(stores, &input.repository_name)?;
    repository.mutability = input.image_tag_mutability;
    let how = match input.image_tag_mutability {
        TagMutability::Mutable => "lets tags be moved",
        TagMutability::Immutable => "keeps each tag at its image",
    };
    Ok(changed("Repository", &repository.key, how, step))
}

/// `BatchDeleteImage`: a tag is taken away, and the image with its last one. AWS answers 200 with `failures` where an image is not
/// there; nothing changes then, and that is told.
pub(crate) fn batch_delete_image(
    stores: &mut Stores,
    input: &BatchDeleteImage,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let repository = found(stores, &input.repository_name)?;
    for wanted in &input.image_ids {
        let tagged = wanted.image_tag.as_ref();
        let digest = tagged
            .and_then(|tag| repository.tags.get(tag))
            .or(wanted.image_digest.as_ref())
            .filter(|digest| repository.images.contains_key(*digest))
            .cloned();
        let Some(digest) = digest else {
            let what = tagged.or(wanted.image_digest.as_ref());
            return Err(ApiError::new(
                "ImageNotFound",
                "Requested image not found",
                format!(
                    "The repository has no image {}. AWS answers this within `failures`.",
                    what.map_or("without tag and digest", String::as_str)
                ),
            ));
        };
        match tagged {
            Some(tag) => {
                repository.tags.remove(tag);
            }
            None => repository.tags.retain(|_, it| *it != digest),
        }
        if !repository.tags.values().any(|it| *it == digest) {
            repository.images.remove(&digest);
        }
    }
    Ok(changed(
        "Repository",
        &repository.key,
        "has fewer images",
        step,
    ))
}
