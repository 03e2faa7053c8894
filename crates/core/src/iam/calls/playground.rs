//! The playground's own calls about permissions: what IAM has no API for.

use super::{changed, document};
use crate::call::{ActAs, EnforcePermissions, PutServiceControlPolicy};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::iam::account::{Account, ROOT};
use crate::iam::policy::Purpose;
use crate::iam::principal::Document;

/// `EnforcePermissions`.
#[expect(
    clippy::unnecessary_wraps,
    reason = "every call answers in the same way"
)]
pub(crate) fn enforce_permissions(
    account: &mut Account,
    input: &EnforcePermissions,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    account.enforced = input.enforced;
    let how = if input.enforced {
        "are enforced from now on"
    } else {
        "are no longer enforced"
    };
    Ok(changed("Permissions", "of the account", how, step))
}

/// `ActAs`.
pub(crate) fn act_as(
    account: &mut Account,
    input: &ActAs,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let arn = input.principal_arn.as_deref().unwrap_or(ROOT);
    if arn != ROOT && account.of_arn(arn).is_none() {
        return Err(ApiError::new(
            "NoSuchEntity",
            format!("The principal {arn} cannot be found."),
            "Name a user or a role of this account by its ARN; make it first.",
        ));
    }
    arn.clone_into(&mut account.caller);
    Ok(changed("Caller", arn, "makes the calls from now on", step))
}

/// `PutServiceControlPolicy`.
pub(crate) fn put_service_control_policy(
    account: &mut Account,
    input: &PutServiceControlPolicy,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.policy_name;
    super::name(name, "policyName", 128)?;
    let document = input.policy_document.as_ref();
    let document = document.map(|it| document_of(it)).transpose()?;
    account.controls.retain(|(known, _)| known != name);
    let how = if document.is_some() {
        "bounds the account"
    } else {
        "no longer bounds the account"
    };
    account
        .controls
        .extend(document.map(|it| (name.clone(), it)));
    Ok(changed("Service control policy", name, how, step))
}

/// The policy of a VPC endpoint, as `CreateVpcEndpoint` and `ModifyVpcEndpoint` put it; `None` for the one that lets everything through.
pub(crate) fn guard(
    account: &mut Account,
    endpoint: &str,
    text: Option<&str>,
) -> Result<(), ApiError> {
    match text {
        Some(text) => {
            let policy = document(text, Purpose::Resource).map_err(|error| ApiError {
                code: "InvalidPolicyDocument",
                ..error
            })?;
            account.endpoints.insert(endpoint.to_owned(), policy);
        }
        None => {
            account.endpoints.remove(endpoint);
        }
    }
    Ok(())
}

fn document_of(text: &str) -> Result<Document, ApiError> {
    document(text, Purpose::Identity)
}
