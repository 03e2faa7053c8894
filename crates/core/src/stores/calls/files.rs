//! Buckets and files of S3, as far as `environmentFiles` need them. Source: API reference of S3, 'Bucket naming rules'.

use super::{MAX_TEXT, MAX_THINGS, deleted, made, too_many};
use crate::call::{CreateBucket, DeleteBucket, DeleteObject, PutObject};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::stores::{Bucket, Stores};
use std::sync::Arc;

/// Characters of a bucket's name. Source: 'Bucket naming rules'.
const NAME: std::ops::RangeInclusive<usize> = 3..=63;
/// Bytes of a key. Source: 'Naming Amazon S3 objects'.
const KEY: std::ops::RangeInclusive<usize> = 1..=1_024;

fn no_bucket() -> ApiError {
    ApiError::new(
        "NoSuchBucket",
        "The specified bucket does not exist",
        "Make it with s3:CreateBucket, or correct its name.",
    )
}

/// `CreateBucket`. From then on it holds what was put into it and nothing else.
pub(crate) fn create_bucket(
    stores: &mut Stores,
    input: &CreateBucket,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.bucket;
    let good = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || ".-".contains(it);
    if !NAME.contains(&name.len()) || !name.chars().all(good) {
        return Err(ApiError::new(
            "InvalidBucketName",
            "The specified bucket is not valid.",
            "Use 3 to 63 small letters, digits, dots and hyphens.",
        ));
    }
    if stores.buckets.get(name).is_some_and(Option::is_some) {
        return Err(ApiError::new(
            "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.",
            "Use it.",
        ));
    }
    if stores.buckets.len() >= MAX_THINGS {
        return Err(too_many("TooManyBuckets", "buckets"));
    }
    stores
        .buckets
        .insert(name.clone(), Some(Arc::new(Bucket::default())));
    Ok(made("Bucket", name, step))
}

/// `DeleteBucket`. One that was only presumed is gone from then on.
pub(crate) fn delete_bucket(
    stores: &mut Stores,
    input: &DeleteBucket,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.bucket;
    match stores.buckets.get(name) {
        Some(Some(it)) if !it.objects.is_empty() => {
            return Err(ApiError::new(
                "BucketNotEmpty",
                "The bucket you tried to delete is not empty",
                "Delete its files first.",
            ));
        }
        Some(Some(_)) => {}
        None if stores.presumed.files && !name.is_empty() => {}
        Some(None) | None => return Err(no_bucket()),
    }
    stores.buckets.insert(name.clone(), None);
    Ok(deleted("Bucket", name, step))
}

fn found<'a>(stores: &'a mut Stores, name: &str) -> Result<&'a mut Bucket, ApiError> {
    let found = stores.buckets.get_mut(name).and_then(Option::as_mut);
    found.map(Arc::make_mut).ok_or_else(no_bucket)
}

/// `PutObject`.
pub(crate) fn put_object(
    stores: &mut Stores,
    input: &PutObject,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let bucket = found(stores, &input.bucket)?;
    if !KEY.contains(&input.key.len()) {
        return Err(ApiError::new(
            "KeyTooLongError",
            "Your key is too long",
            "Use 1 to 1,024 bytes.",
        ));
    }
    let body = input.body.clone().unwrap_or_default();
    if body.len() > MAX_TEXT {
        return Err(ApiError::new(
            "EntityTooLarge",
            "Your proposed upload exceeds the maximum allowed size",
            "Give at most 65,536 bytes: it is a file of variables.",
        ));
    }
    if bucket.objects.len() >= MAX_THINGS && !bucket.objects.contains_key(&input.key) {
        return Err(too_many("SlowDown", "files in this bucket"));
    }
    bucket.objects.insert(input.key.clone(), body);
    let id = format!("s3://{}/{}", input.bucket, input.key);
    made("File", &id, step);
    Ok(Reply::Done)
}

/// `DeleteObject`: S3 answers the same whether it was there or not.
pub(crate) fn delete_object(
    stores: &mut Stores,
    input: &DeleteObject,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let bucket = found(stores, &input.bucket)?;
    bucket.objects.remove(&input.key);
    let id = format!("s3://{}/{}", input.bucket, input.key);
    Ok(deleted("File", &id, step))
}
