//! ECR's calls: the account's own repositories. Members are spelled as in the ECR API.

use crate::wire;

wire! {
    /// Input of `CreateRepository`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateRepository {
        /// The name, such as `shop/web`.
        pub repository_name: String = "repositoryName",
        /// Whether a tag can be moved to another image; it can where absent.
        pub image_tag_mutability: Option<TagMutability> = "imageTagMutability" optional,
    }

    /// Input of `DeleteRepository`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteRepository {
        /// The name.
        pub repository_name: String = "repositoryName",
        /// Whether its images may go with it.
        pub force: Option<bool> = "force" optional,
    }

    /// Input of `PutImageTagMutability`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutImageTagMutability {
        /// The repository.
        pub repository_name: String = "repositoryName",
        /// Whether a tag can be moved to another image from now on.
        pub image_tag_mutability: TagMutability = "imageTagMutability",
    }

    /// Input of `BatchDeleteImage`: a tag is taken away; an image goes with its last tag, or by its digest.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct BatchDeleteImage {
        /// The repository.
        pub repository_name: String = "repositoryName",
        /// The images.
        pub image_ids: Vec<ImageIdentifier> = "imageIds",
    }

    /// An image of a repository, by its tag or by its digest.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ImageIdentifier {
        /// `sha256:…`.
        pub image_digest: Option<String> = "imageDigest" optional,
        /// A tag.
        pub image_tag: Option<String> = "imageTag" optional,
    }

    /// `imageTagMutability`.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum TagMutability {
        /// A tag can be moved.
        #[default]
        Mutable = "MUTABLE",
        /// A tag stays at its image.
        Immutable = "IMMUTABLE",
    }
}
