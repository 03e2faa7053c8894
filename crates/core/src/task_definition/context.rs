//! Where and when a definition would be registered.

use crate::call::LaunchType;
use crate::units::Date;

/// What AWS's verdict on a text depends on besides the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The day, which selects sizes, limits and texts.
    pub as_of: Date,
    /// Where the tasks are to run; what that demands beyond registration is a warning.
    pub launch_type: LaunchType,
    /// The platform version that is asked for on Fargate; LATEST where absent.
    pub platform_version: Option<String>,
    /// The account's number, for the ARNs that fixes write.
    pub account: String,
    /// The Region, for the same.
    pub region: String,
}

impl Context {
    /// A definition for Fargate on a day, in the playground's account.
    pub fn fargate(as_of: Date) -> Self {
        Self {
            as_of,
            launch_type: LaunchType::Fargate,
            platform_version: None,
            account: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
        }
    }

    /// The ARN of a role of the account.
    pub fn role_arn(&self, role: &str) -> String {
        format!("arn:aws:iam::{}:role/{role}", self.account)
    }
}
