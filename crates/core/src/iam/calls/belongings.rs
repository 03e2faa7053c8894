//! What belongs to a user or role: attached policies, inline ones, and its boundary.

use super::principals::found;
use super::{changed, document, limit, name, none_such};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::iam::account::{Account, Kind};
use crate::iam::managed::managed;
use crate::iam::policy::Purpose;

/// Managed policies of one user or role.
const MOST_ATTACHED: usize = 10;
impl Kind {
    /// Characters of all its inline policies, blanks not counted.
    const fn most_inline(self) -> usize {
        match self {
            Self::User => 2_048,
            Self::Role => 10_240,
        }
    }
}

/// The ARN of a policy that can be attached.
fn attachable(account: &Account, arn: &str) -> Result<(), ApiError> {
    let linked = managed(arn).is_some_and(super::super::managed::Managed::of_service);
    if linked {
        return Err(ApiError::new(
            "PolicyNotAttachable",
            format!("Cannot attach a Service Role Policy to a Customer Role. Policy {arn}"),
            "Only the service attaches it, to its own role.",
        ));
    }
    if account.policy(arn).is_none() {
        return Err(none_such(
            format!("Policy {arn} does not exist or is not attachable."),
            "Name a policy of this account or one of AWS's by its ARN, path included.",
        ));
    }
    Ok(())
}

/// Attaches a managed policy.
pub(super) fn attach(
    account: &mut Account,
    kind: Kind,
    named: &str,
    arn: &str,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    found(account, kind, named)?;
    attachable(account, arn)?;
    let principal = found(account, kind, named)?;
    // attached twice is attached once
    if principal.attached.iter().any(|it| it == arn) {
        return Ok(Reply::Done);
    }
    if principal.attached.len() >= MOST_ATTACHED {
        let quota = match kind {
            Kind::User => "PoliciesPerUser",
            Kind::Role => "PoliciesPerRole",
        };
        return Err(limit(
            format!("Cannot exceed quota for {quota}: {MOST_ATTACHED}"),
            "Detach one, or write an inline policy.",
        ));
    }
    principal.attached.push(arn.to_owned());
    let policy = arn.rsplit('/').next().unwrap_or(arn);
    Ok(changed(
        kind.what(),
        named,
        format!("has the policy {policy}"),
        step,
    ))
}

/// Detaches a managed policy.
pub(super) fn detach(
    account: &mut Account,
    kind: Kind,
    named: &str,
    arn: &str,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let principal = found(account, kind, named)?;
    if !principal.attached.iter().any(|it| it == arn) {
        return Err(none_such(
            format!("Policy {arn} was not found."),
            "It is not attached; look at the list of its policies.",
        ));
    }
    principal.attached.retain(|it| it != arn);
    let policy = arn.rsplit('/').next().unwrap_or(arn);
    Ok(changed(
        kind.what(),
        named,
        format!("no longer has the policy {policy}"),
        step,
    ))
}

/// Writes an inline policy.
pub(super) fn put_inline(
    account: &mut Account,
    kind: Kind,
    (named, policy): (&str, &str),
    text: &str,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    found(account, kind, named)?;
    name(policy, "policyName", 128)?;
    let document = document(text, Purpose::Identity)?;
    let principal = found(account, kind, named)?;
    let size = |text: &str| text.chars().filter(|it| !it.is_whitespace()).count();
    let others = principal
        .inline
        .iter()
        .filter(|(name, _)| name.as_str() != policy);
    let all: usize = others.map(|(_, it)| size(&it.text)).sum::<usize>() + size(text);
    let most = kind.most_inline();
    if all > most {
        return Err(limit(
            format!(
                "Maximum policy size of {most} bytes exceeded for {} {named}",
                kind.word()
            ),
            "Say the same in fewer words, or make a managed policy and attach it.",
        ));
    }
    principal.inline.insert(policy.to_owned(), document);
    Ok(changed(
        kind.what(),
        named,
        format!("has the inline policy {policy}"),
        step,
    ))
}

/// Deletes an inline policy.
pub(super) fn delete_inline(
    account: &mut Account,
    kind: Kind,
    named: &str,
    policy: &str,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let principal = found(account, kind, named)?;
    if principal.inline.remove(policy).is_none() {
        return Err(none_such(
            format!(
                "The {} policy with name {policy} cannot be found.",
                kind.word()
            ),
            "Look at the list of its inline policies.",
        ));
    }
    Ok(changed(
        kind.what(),
        named,
        format!("no longer has the inline policy {policy}"),
        step,
    ))
}

/// Bounds a user or role.
pub(super) fn bound(
    account: &mut Account,
    kind: Kind,
    named: &str,
    arn: &str,
) -> Result<(), ApiError> {
    found(account, kind, named)?;
    attachable(account, arn)?;
    found(account, kind, named)?.boundary = Some(arn.to_owned());
    Ok(())
}

/// Bounds a user or role, and says so.
pub(super) fn put_boundary(
    account: &mut Account,
    kind: Kind,
    named: &str,
    arn: &str,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    bound(account, kind, named, arn)?;
    let policy = arn.rsplit('/').next().unwrap_or(arn);
    Ok(changed(
        kind.what(),
        named,
        format!("is bounded by {policy}"),
        step,
    ))
}

/// Takes the bound away.
pub(super) fn delete_boundary(
    account: &mut Account,
    kind: Kind,
    named: &str,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let principal = found(account, kind, named)?;
    if principal.boundary.take().is_none() {
        let message = format!(
            "{} {named} does not have a permissions boundary.",
            kind.what()
        );
        return Err(none_such(message, "There is nothing to take away."));
    }
    Ok(changed(kind.what(), named, "is no longer bounded", step))
}
