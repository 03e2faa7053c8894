//! Repositories of registries: their tags, and the images behind them.

use super::{ACCOUNT, REGION, Reference, Stores};
use crate::call::{Login, TagMutability};
use litemap::LiteMap;
use std::sync::Arc;

/// `sha256:…`.
pub type Digest = String;

/// The host of the account's own registry in ECR.
pub fn account_registry() -> String {
    format!("{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com")
}

/// A repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// Registry and name.
    pub key: String,
    /// Who may pull from it.
    pub access: Access,
    /// Whether a tag can be moved to another image; only ECR asks.
    pub mutability: TagMutability,
    /// Its tags, each with its image's digest.
    pub tags: LiteMap<String, Digest>,
    /// Its images by digest.
    pub images: LiteMap<Digest, Arc<Image>>,
}

/// Who may pull from a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// The account itself: it is its own registry in ECR.
    Own,
    /// Anybody.
    Public,
    /// Nobody, or whoever has the login.
    Private(Option<Login>),
}

/// An image: an index of several manifests, or one manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Its digest: the index's where it has several manifests.
    pub digest: Digest,
    /// A manifest for each platform it is built for.
    pub manifests: Vec<Manifest>,
    /// Its layers; none where it is one layer as large as its behaviour says.
    pub layers: Vec<Layer>,
    /// Whether a layer's digest is not what the manifest says.
    pub damaged: bool,
}

/// A manifest: what an image is for one platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// `linux/arm64`.
    pub platform: String,
    /// Its digest.
    pub digest: Digest,
}

/// A layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its name: layers of one name are one layer.
    pub name: String,
    /// Its compressed size, in MiB.
    pub size_mib: u32,
}

/// What a task says to a registry of who it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Credentials {
    /// Nothing.
    None,
    /// What a secret says that nobody made: it is presumed to be right.
    Presumed,
    /// What `repositoryCredentials` names.
    Given(Login),
}

/// Why a registry does not give an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageLack {
    /// There is no such repository.
    NoRepository,
    /// The repository has no such tag; those that it has.
    NoTag(Vec<String>),
    /// The repository has no such digest.
    NoDigest,
    /// It is not built for the task's platform, but for these.
    Platform {
        /// What the task runs on.
        wanted: String,
        /// What it is built for.
        has: Vec<String>,
    },
    /// It is private, and the task has no credentials.
    Private,
    /// It is private, and the credentials are others.
    WrongLogin,
    /// It is another account's, which does not let this one pull.
    OtherAccount,
}

impl Image {
    /// Compressed MiB of its layers; `None` where its behaviour says that.
    pub fn size_mib(&self) -> Option<u32> {
        let sizes = self.layers.iter().map(|it| it.size_mib);
        (!self.layers.is_empty()).then(|| sizes.fold(0, u32::saturating_add))
    }
}

/// What a registry gives for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pulled {
    /// The image, where the repository is known by more than being presumed.
    pub(crate) image: Option<Arc<Image>>,
    /// Whether it was pinned to a manifest of another platform: it comes, and cannot run.
    pub(crate) foreign: bool,
}

impl Stores {
    /// The repository of that registry and name, where a call made it.
    pub fn repository(&self, key: &str) -> Option<&Arc<Repository>> {
        self.repositories.get(key).and_then(Option::as_ref)
    }

    /// Whether an image is presumed to be there: no call said anything about its repository. `known` says whether it is a public
    /// image that is there in any case.
    fn presumes(&self, key: &str, known: bool) -> bool {
        !self.repositories.contains_key(key) && (self.presumed.images || known)
    }

    /// What a registry gives to a task that runs on a platform, with a login or without.
    pub(crate) fn pull(
        &self,
        image: &Reference,
        platform: &str,
        login: &Credentials,
        known: bool,
    ) -> Result<Pulled, ImageLack> {
        let key = image.key();
        let Some(repository) = self.repository(&key) else {
            if self.presumes(&key, known) {
                return Ok(Pulled {
                    image: None,
                    foreign: false,
                });
            }
            return Err(ImageLack::NoRepository);
        };
        admits(repository, image, login)?;
        let (found, manifest) = match (&image.digest, &image.tag) {
            (Some(digest), _) => by_digest(repository, digest).ok_or(ImageLack::NoDigest)?,
            (None, tag) => {
                let tag = tag.as_deref().unwrap_or("latest");
                let digest = repository.tags.get(tag);
                let found = digest.and_then(|digest| repository.images.get(digest));
                let missing = || ImageLack::NoTag(repository.tags.keys().cloned().collect());
                (found.ok_or_else(missing)?, None)
            }
        };
        let fits = |it: &Manifest| it.platform == platform;
        let foreign = match manifest {
            Some(manifest) => !fits(manifest),
            None if found.manifests.iter().any(fits) => false,
            None => {
                let has = found.manifests.iter().map(|it| it.platform.clone());
                return Err(ImageLack::Platform {
                    wanted: platform.to_owned(),
                    has: has.collect(),
                });
            }
        };
        Ok(Pulled {
            image: Some(found.clone()),
            foreign,
        })
    }
}

fn admits(
    repository: &Repository,
    image: &Reference,
    login: &Credentials,
) -> Result<(), ImageLack> {
    let Access::Private(known) = &repository.access else {
        return Ok(());
    };
    match login {
        Credentials::Presumed => Ok(()),
        Credentials::Given(given) if known.as_ref() == Some(given) => Ok(()),
        _ if image.ecr_account().is_some() => Err(ImageLack::OtherAccount),
        Credentials::None => Err(ImageLack::Private),
        Credentials::Given(_) => Err(ImageLack::WrongLogin),
    }
}

/// An image by its digest, or by that of one of its manifests.
fn by_digest<'a>(
    repository: &'a Repository,
    digest: &str,
) -> Option<(&'a Arc<Image>, Option<&'a Manifest>)> {
    let mut all = repository.images.values();
    all.find_map(|image| {
        let manifest = image.manifests.iter().find(|it| it.digest == digest);
        (image.digest == digest || manifest.is_some()).then_some((image, manifest))
    })
}
