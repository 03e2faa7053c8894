//! Calls of Secrets Manager and of Systems Manager's Parameter Store. Members are spelled as in their APIs.

use crate::wire;

wire! {
    /// Input of `CreateSecret`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateSecret {
        /// The name.
        pub name: String = "Name",
        /// The key it is encrypted with: an id, an ARN or an alias; AWS's own, `aws/secretsmanager`, where absent.
        pub kms_key_id: Option<String> = "KmsKeyId" optional,
        /// Its text, often an object in JSON; it has no value where absent.
        pub secret_string: Option<String> = "SecretString" optional,
    }

    /// Input of `PutSecretValue`: a new version.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutSecretValue {
        /// The secret, by its name or ARN.
        pub secret_id: String = "SecretId",
        /// Its text.
        pub secret_string: String = "SecretString",
        /// The labels of the version; `AWSCURRENT` where absent.
        pub version_stages: Vec<String> = "VersionStages" optional,
    }

    /// Input of `DeleteSecret`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteSecret {
        /// The secret, by its name or ARN.
        pub secret_id: String = "SecretId",
        /// Days in which it can be restored, 7 to 30; 30 where absent.
        pub recovery_window_in_days: Option<u32> = "RecoveryWindowInDays" optional,
        /// Whether it goes at once.
        pub force_delete_without_recovery: Option<bool> = "ForceDeleteWithoutRecovery" optional,
    }

    /// Input of `RestoreSecret`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct RestoreSecret {
        /// The secret, by its name or ARN.
        pub secret_id: String = "SecretId",
    }

    /// Input of `PutParameter`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutParameter {
        /// The name, such as `/shop/db-password`.
        pub name: String = "Name",
        /// Its value.
        pub value: String = "Value",
        /// Its kind; a new one needs it.
        pub kind: Option<ParameterType> = "Type" optional,
        /// The key that a `SecureString` is encrypted with: an id, an ARN or an alias; AWS's own, `aws/ssm`, where absent.
        pub key_id: Option<String> = "KeyId" optional,
        /// Whether it may take the place of one that is there.
        pub overwrite: Option<bool> = "Overwrite" optional,
    }

    /// Input of `DeleteParameter`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteParameter {
        /// The name.
        pub name: String = "Name",
    }

    /// `Type` of a parameter.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ParameterType {
        /// A text.
        Text = "String",
        /// Texts with commas between them.
        List = "StringList",
        /// A text that is kept encrypted.
        Secure = "SecureString",
    }
}
