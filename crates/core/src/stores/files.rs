//! Files in S3, as far as `environmentFiles` need them: which are there.

use super::Stores;
use litemap::LiteMap;

/// A bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// Its files by key, each with what it holds.
    pub objects: LiteMap<String, String>,
}

/// Why a file cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileLack {
    /// There is no such bucket.
    NoBucket,
    /// The bucket has no such file.
    NoFile,
}

impl Stores {
    /// Whether the file of an ARN is there: `arn:aws:s3:::bucket/folder/prod.env`. A bucket that a call made holds what calls put
    /// into it.
    pub fn file(&self, arn: &str) -> Result<(), FileLack> {
        let path = arn.rsplit(":::").next().unwrap_or_default();
        let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
        match self.buckets.get(bucket) {
            Some(Some(bucket)) if bucket.objects.contains_key(key) => Ok(()),
            Some(Some(_)) => Err(FileLack::NoFile),
            None if self.presumed.files => Ok(()),
            Some(None) | None => Err(FileLack::NoBucket),
        }
    }
}
