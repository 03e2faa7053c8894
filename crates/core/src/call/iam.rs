//! IAM's calls: users, roles, policies. Members are spelled as in its API.

use crate::wire;

wire! {
    /// Input of `CreateRole`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateRole {
        /// Its name.
        pub role_name: String = "RoleName",
        /// Who may assume it: the trust policy as JSON text.
        pub assume_role_policy_document: String = "AssumeRolePolicyDocument",
        /// Its path; `/` where absent.
        pub path: Option<String> = "Path" optional,
        /// What it is for.
        pub description: Option<String> = "Description" optional,
        /// The ARN of the policy that bounds it.
        pub permissions_boundary: Option<String> = "PermissionsBoundary" optional,
    }

    /// Input of `UpdateAssumeRolePolicy`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct UpdateAssumeRolePolicy {
        /// The role.
        pub role_name: String = "RoleName",
        /// Its new trust policy as JSON text.
        pub policy_document: String = "PolicyDocument",
    }

    /// Input of `DeleteRole`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteRole {
        /// The role.
        pub role_name: String = "RoleName",
    }

    /// Input of `AttachRolePolicy`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AttachRolePolicy {
        /// The role.
        pub role_name: String = "RoleName",
        /// The policy.
        pub policy_arn: String = "PolicyArn",
    }

    /// Input of `DetachRolePolicy`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DetachRolePolicy {
        /// The role.
        pub role_name: String = "RoleName",
        /// The policy.
        pub policy_arn: String = "PolicyArn",
    }

    /// Input of `PutRolePolicy`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutRolePolicy {
        /// The role.
        pub role_name: String = "RoleName",
        /// The inline policy's name.
        pub policy_name: String = "PolicyName",
        /// What it says, as JSON text.
        pub policy_document: String = "PolicyDocument",
    }

    /// Input of `DeleteRolePolicy`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteRolePolicy {
        /// The role.
        pub role_name: String = "RoleName",
        /// The inline policy's name.
        pub policy_name: String = "PolicyName",
    }

    /// Input of `PutRolePermissionsBoundary`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutRolePermissionsBoundary {
        /// The role.
        pub role_name: String = "RoleName",
        /// The ARN of the policy that bounds it.
        pub permissions_boundary: String = "PermissionsBoundary",
    }

    /// Input of `DeleteRolePermissionsBoundary`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteRolePermissionsBoundary {
        /// The role.
        pub role_name: String = "RoleName",
    }

    /// Input of `CreateUser`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreateUser {
        /// Its name.
        pub user_name: String = "UserName",
        /// Its path; `/` where absent.
        pub path: Option<String> = "Path" optional,
        /// The ARN of the policy that bounds it.
        pub permissions_boundary: Option<String> = "PermissionsBoundary" optional,
    }

    /// Input of `DeleteUser`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteUser {
        /// The user.
        pub user_name: String = "UserName",
    }

    /// Input of `AttachUserPolicy`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct AttachUserPolicy {
        /// The user.
        pub user_name: String = "UserName",
        /// The policy.
        pub policy_arn: String = "PolicyArn",
    }

    /// Input of `DetachUserPolicy`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DetachUserPolicy {
        /// The user.
        pub user_name: String = "UserName",
        /// The policy.
        pub policy_arn: String = "PolicyArn",
    }

    /// Input of `PutUserPolicy`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutUserPolicy {
        /// The user.
        pub user_name: String = "UserName",
        /// The inline policy's name.
        pub policy_name: String = "PolicyName",
        /// What it says, as JSON text.
        pub policy_document: String = "PolicyDocument",
    }

    /// Input of `DeleteUserPolicy`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteUserPolicy {
        /// The user.
        pub user_name: String = "UserName",
        /// The inline policy's name.
        pub policy_name: String = "PolicyName",
    }

    /// Input of `PutUserPermissionsBoundary`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutUserPermissionsBoundary {
        /// The user.
        pub user_name: String = "UserName",
        /// The ARN of the policy that bounds it.
        pub permissions_boundary: String = "PermissionsBoundary",
    }

    /// Input of `DeleteUserPermissionsBoundary`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeleteUserPermissionsBoundary {
        /// The user.
        pub user_name: String = "UserName",
    }

    /// Input of `CreatePolicy`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreatePolicy {
        /// Its name.
        pub policy_name: String = "PolicyName",
        /// What it says, as JSON text.
        pub policy_document: String = "PolicyDocument",
        /// Its path; `/` where absent.
        pub path: Option<String> = "Path" optional,
        /// What it is for.
        pub description: Option<String> = "Description" optional,
    }

    /// Input of `CreatePolicyVersion`: what the policy says from now on.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct CreatePolicyVersion {
        /// The policy.
        pub policy_arn: String = "PolicyArn",
        /// What it says, as JSON text.
        pub policy_document: String = "PolicyDocument",
        /// Whether it says so from now on; no version that is not the default is kept here.
        pub set_as_default: bool = "SetAsDefault",
    }

    /// Input of `DeletePolicy`.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct DeletePolicy {
        /// The policy.
        pub policy_arn: String = "PolicyArn",
    }

    /// Input of the playground's `EnforcePermissions`: whether calls and starting tasks are asked for permission.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct EnforcePermissions {
        /// Whether.
        pub enforced: bool = "enforced",
    }

    /// Input of the playground's `ActAs`: who makes the calls from now on.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ActAs {
        /// The ARN of a user or role; the root user where absent.
        pub principal_arn: Option<String> = "principalArn" optional,
    }

    /// Input of the playground's `PutServiceControlPolicy`: what the organization lets the account do at most.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct PutServiceControlPolicy {
        /// Its name.
        pub policy_name: String = "policyName",
        /// What it says, as JSON text; it is taken away where absent.
        pub policy_document: Option<String> = "policyDocument" optional,
    }
}
