//! Policies of the account's own.

use super::{changed, conflict, deleted, document, made, name, none_such, path};
use crate::call::{CreatePolicy, CreatePolicyVersion, DeletePolicy};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::iam::ACCOUNT;
use crate::iam::account::Account;
use crate::iam::policy::Purpose;
use crate::iam::principal::CustomerPolicy;

/// Characters of a managed policy, blanks not counted.
const MOST: usize = 6_144;
/// Policies of the account's own.
const MOST_POLICIES: usize = 1_500;

fn fitting(text: &str) -> Result<(), ApiError> {
    if text.chars().filter(|it| !it.is_whitespace()).count() <= MOST {
        return Ok(());
    }
    Err(super::limit(
        format!("Cannot exceed quota for PolicySize: {MOST}"),
        "Say the same in fewer words, or divide it over two policies.",
    ))
}

/// `CreatePolicy`.
pub(crate) fn create_policy(
    account: &mut Account,
    input: &CreatePolicy,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    name(&input.policy_name, "policyName", 128)?;
    let path = path(input.path.as_ref())?;
    let document = document(&input.policy_document, Purpose::Identity)?;
    fitting(&input.policy_document)?;
    let arn = format!("arn:aws:iam::{ACCOUNT}:policy{path}{}", input.policy_name);
    if account
        .policies
        .values()
        .any(|it| it.name == input.policy_name)
    {
        return Err(ApiError::new(
            "EntityAlreadyExists",
            format!(
                "A policy called {} already exists. Duplicate names are not allowed.",
                input.policy_name
            ),
            "Choose another name, or make a version of that policy.",
        ));
    }
    if account.policies.len() >= MOST_POLICIES {
        return Err(super::limit(
            format!("Cannot exceed quota for PoliciesPerAccount: {MOST_POLICIES}"),
            "Delete one that nothing uses.",
        ));
    }
    let policy = CustomerPolicy {
        name: input.policy_name.clone(),
        document,
        version: 1,
    };
    account.policies.insert(arn.clone(), policy);
    Ok(made("Policy", &arn, &input.policy_name, step))
}

/// `CreatePolicyVersion`.
pub(crate) fn create_policy_version(
    account: &mut Account,
    input: &CreatePolicyVersion,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let arn = &input.policy_arn;
    own(account, arn)?;
    let document = document(&input.policy_document, Purpose::Identity)?;
    fitting(&input.policy_document)?;
    let Some(policy) = account.policies.get_mut(arn) else {
        return Ok(Reply::Done);
    };
    if !input.set_as_default {
        return Ok(Reply::Done);
    }
    policy.document = document;
    policy.version += 1;
    let how = format!("has the default version v{}", policy.version);
    Ok(changed("Policy", arn, how, step))
}

/// `DeletePolicy`.
pub(crate) fn delete_policy(
    account: &mut Account,
    input: &DeletePolicy,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let arn = &input.policy_arn;
    own(account, arn)?;
    let mut principals = account.principals.values();
    if principals.any(|it| it.attached.contains(arn) || it.boundary.as_ref() == Some(arn)) {
        return Err(conflict(
            "Cannot delete a policy attached to entities.",
            "Detach it from every user and role first.",
        ));
    }
    account.policies.remove(arn);
    Ok(deleted("Policy", arn, step))
}

/// Refuses an ARN that is not of the account's own policies.
fn own(account: &Account, arn: &str) -> Result<(), ApiError> {
    if arn.starts_with("arn:aws:iam::aws:") {
        return Err(ApiError::new(
            "AccessDenied",
            format!("Policy {arn} is an AWS managed policy and cannot be changed."),
            "Copy what it says into a policy of your own.",
        ));
    }
    if account.policies.get(&arn.to_owned()).is_none() {
        return Err(none_such(
            format!("Policy {arn} was not found."),
            "Name a policy of this account by its ARN.",
        ));
    }
    Ok(())
}
