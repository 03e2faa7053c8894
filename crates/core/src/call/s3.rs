//! S3's calls, as far as `environmentFiles` need them. Members are spelled as in the S3 API.

use crate::wire;

wire! {
    /// Input of `CreateBucket`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateBucket {
        /// The name.
        pub bucket: String = "Bucket",
    }

    /// Input of `DeleteBucket`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteBucket {
        /// The name.
        pub bucket: String = "Bucket",
    }

    /// Input of `PutObject`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutObject {
        /// The bucket.
        pub bucket: String = "Bucket",
        /// The key, such as `prod.env`.
        pub key: String = "Key",
        /// What it holds: a line `NAME=value` for each variable.
        pub body: Option<String> = "Body" optional,
    }

    /// Input of `DeleteObject`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteObject {
        /// The bucket.
        pub bucket: String = "Bucket",
        /// The key.
        pub key: String = "Key",
    }
}
