//! The playground's calls about registries: what others keep there, and what was pushed, for which AWS has no API.

use crate::wire;

wire! {
    /// Input of `PutRepository`: a repository of any registry but the account's own, in the place of one of the same name. From
    /// then on it holds what was pushed to it and nothing else.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutRepository {
        /// Registry and name, as an image is named: `ghcr.io/acme/web`; without a registry Docker Hub's.
        pub repository: String = "repository",
        /// Whether nobody pulls from it without credentials, or from another account's without its leave.
        pub private: bool = "private" or false,
        /// Who may pull from a private one.
        pub login: Option<Login> = "login" optional,
    }

    /// A name and a password that a registry knows.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Login {
        /// The name.
        pub username: String = "username",
        /// The password, or a token.
        pub password: String = "password",
    }

    /// Input of `TakeRepository`: nothing is said of a repository any more; it is gone where it was presumed.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct TakeRepository {
        /// Registry and name.
        pub repository: String = "repository",
    }

    /// Input of `PushImage`: `docker push` to a repository that is there. It answers with the image's digest.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PushImage {
        /// Registry, name and tag: `123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1`.
        pub image: String = "image",
        /// What it is built for: `linux/amd64`, `linux/arm64`, `windows/amd64`; `linux/amd64` where absent.
        pub platforms: Vec<String> = "platforms" optional,
        /// Its layers; one as large as its behaviour says where absent.
        pub layers: Vec<ImageLayer> = "layers" optional,
        /// Whether a layer was damaged on its way, so that its digest is another.
        pub damaged: bool = "damaged" or false,
    }

    /// A layer of an image.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ImageLayer {
        /// Any name; layers of one name are the same layer, and come once to a task.
        pub name: String = "name",
        /// Its compressed size, in MiB.
        pub size_mib: u32 = "sizeMib",
    }

    /// Input of `SetPresumed`: whether what a definition names is presumed to be there until it is made, or taken away, by a call.
    /// What is not said stays as it is.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct SetPresumed {
        /// Repositories with all their images. Without it, public images that the catalogue knows are there still.
        pub images: Option<bool> = "images" optional,
        /// Secrets of Secrets Manager, with every key, and parameters.
        pub secrets: Option<bool> = "secrets" optional,
        /// Files in S3.
        pub files: Option<bool> = "files" optional,
    }
}
