//! What a task fetches before it starts, and where that is kept: images in registries, secrets, parameters, files in S3, log
//! groups; and the calls that make it.
//!
//! What a task definition names is presumed to be there, so that a definition can be tried without making everything first. What a
//! call makes is exactly what it was made; what a call takes away is gone; and [`Presumed`] says whether the rest is presumed.

mod calls;
mod files;
mod log_groups;
mod reference;
mod registry;
mod secrets;

pub use files::{Bucket, FileLack};
pub use log_groups::LogGroups;
pub use reference::{DOCKER_HUB, Reference};
pub use registry::{
    Access, Digest, Image, ImageLack, Layer, Manifest, Repository, account_registry,
};
pub(crate) use registry::{Credentials, Pulled};
pub use secrets::{Parameter, Secret, SecretLack, SecretVersion, Wanted, parameter_name};

pub(crate) use calls::*;

use crate::units::{SimSpan, SimTime};
use litemap::LiteMap;
use std::net::IpAddr;
use std::sync::Arc;

/// The account's number.
pub const ACCOUNT: &str = "123456789012";
/// The account's Region.
pub const REGION: &str = "us-east-1";

/// What is presumed to be there where no call said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presumed {
    /// Repositories with all their images.
    pub images: bool,
    /// Secrets with every key, and parameters.
    pub secrets: bool,
    /// Files in S3.
    pub files: bool,
}

/// What is kept for tasks to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stores {
    /// What is presumed.
    pub presumed: Presumed,
    /// Repositories by registry and name; `None` for one that was taken away.
    pub repositories: LiteMap<String, Option<Arc<Repository>>>,
    /// Secrets of Secrets Manager by name; `None` for one that was deleted.
    pub secrets: LiteMap<String, Option<Arc<Secret>>>,
    /// Parameters by name; `None` for one that was deleted.
    pub parameters: LiteMap<String, Option<Arc<Parameter>>>,
    /// Buckets by name; `None` for one that was deleted.
    pub buckets: LiteMap<String, Option<Arc<Bucket>>>,
    /// Log groups.
    pub log_groups: LogGroups,
    /// When images came from Docker Hub without credentials, and by which address it saw that.
    pub(crate) pulls: Vec<(SimTime, IpAddr)>,
}

impl Default for Stores {
    fn default() -> Self {
        Self {
            presumed: Presumed {
                images: true,
                secrets: true,
                files: true,
            },
            repositories: LiteMap::new(),
            secrets: LiteMap::new(),
            parameters: LiteMap::new(),
            buckets: LiteMap::new(),
            log_groups: LogGroups::default(),
            pulls: Vec::new(),
        }
    }
}

/// How long Docker Hub remembers a pull. Source: Docker Hub, 'Pull usage and limits'.
const PULL_WINDOW: SimSpan = SimSpan::secs(6 * 3_600);

impl Stores {
    /// How many images came from Docker Hub without credentials to an address in the last six hours.
    pub fn pulls_of(&self, address: IpAddr, now: SimTime) -> usize {
        let recent = |it: &&(SimTime, IpAddr)| it.1 == address && now - it.0 < PULL_WINDOW;
        self.pulls.iter().filter(recent).count()
    }

    /// Remembers a pull, and forgets those that do not count any more.
    pub(crate) fn pulled(&mut self, address: IpAddr, now: SimTime) {
        self.pulls.retain(|it| now - it.0 < PULL_WINDOW);
        self.pulls.push((now, address));
    }
}
