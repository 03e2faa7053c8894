//! What belongs to a user or role: attached policies, inline ones, and its boundary.

use super::principals::found;
use super::{changed, document, limit, name, none_such};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::iam::account::Account;
use crate::iam::managed::managed;
use crate::iam::policy::Purpose;
use crate::iam::principal::{Kind, Principal};

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

/// A change of what belongs to a user or role, and what it is about: the ARN of a managed policy, or the name of an inline one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change<'a> {
    Attach(&'a str),
    Detach(&'a str),
    /// With its text.
    PutInline(&'a str, &'a str),
    DeleteInline(&'a str),
    Bound(&'a str),
    Unbound,
}

/// Changes what belongs to a user or role, and says so.
pub(super) fn change(
    account: &mut Account,
    kind: Kind,
    named: &str,
    what: Change<'_>,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    Ok(match changes(account, kind, named, what)? {
        Some(how) => changed(kind.what(), named, how, step),
        None => Reply::Done,
    })
}

/// Changes what belongs to a user or role; gives what is so then, as the end of a sentence, and nothing where it was so before. IAM looks
/// for whom it concerns first, then at what is put by itself, then at what is there.
pub(super) fn changes(
    account: &mut Account,
    kind: Kind,
    named: &str,
    what: Change<'_>,
) -> Result<Option<String>, ApiError> {
    found(account, kind, named)?;
    let mut put = None;
    match what {
        Change::Attach(arn) | Change::Bound(arn) => attachable(account, arn)?,
        Change::PutInline(policy, text) => {
            name(policy, "policyName", 128)?;
            put = Some(document(text, Purpose::Identity)?);
        }
        Change::Detach(_) | Change::DeleteInline(_) | Change::Unbound => {}
    }
    let principal = found(account, kind, named)?;
    let last = |arn: &str| arn.rsplit('/').next().unwrap_or(arn).to_owned();
    let how = match what {
        // attached twice is attached once
        Change::Attach(arn) if principal.attached.iter().any(|it| it == arn) => return Ok(None),
        Change::Attach(arn) => {
            room(principal, kind)?;
            principal.attached.push(arn.to_owned());
            format!("has the policy {}", last(arn))
        }
        Change::Detach(arn) => {
            let place = principal.attached.iter().position(|it| it == arn);
            let place = place.ok_or_else(|| {
                none_such(
                    format!("Policy {arn} was not found."),
                    "It is not attached; look at the list of its policies.",
                )
            })?;
            principal.attached.remove(place);
            format!("no longer has the policy {}", last(arn))
        }
        Change::PutInline(policy, text) => {
            fits(principal, (kind, named), policy, text)?;
            principal
                .inline
                .extend(put.map(|it| (policy.to_owned(), it)));
            format!("has the inline policy {policy}")
        }
        Change::DeleteInline(policy) => {
            let gone = principal.inline.remove(policy);
            gone.ok_or_else(|| {
                none_such(
                    format!(
                        "The {} policy with name {policy} cannot be found.",
                        kind.word()
                    ),
                    "Look at the list of its inline policies.",
                )
            })?;
            format!("no longer has the inline policy {policy}")
        }
        Change::Bound(arn) => {
            principal.boundary = Some(arn.to_owned());
            format!("is bounded by {}", last(arn))
        }
        Change::Unbound => {
            let gone = principal.boundary.take();
            gone.ok_or_else(|| {
                none_such(
                    format!(
                        "{} {named} does not have a permissions boundary.",
                        kind.what()
                    ),
                    "There is nothing to take away.",
                )
            })?;
            "is no longer bounded".to_owned()
        }
    };
    Ok(Some(how))
}

/// Whether one more managed policy can be attached.
fn room(principal: &Principal, kind: Kind) -> Result<(), ApiError> {
    if principal.attached.len() < MOST_ATTACHED {
        return Ok(());
    }
    let quota = match kind {
        Kind::User => "PoliciesPerUser",
        Kind::Role => "PoliciesPerRole",
    };
    Err(limit(
        format!("Cannot exceed quota for {quota}: {MOST_ATTACHED}"),
        "Detach one, or write an inline policy.",
    ))
}

/// Whether an inline policy has room beside the others.
fn fits(
    principal: &Principal,
    (kind, named): (Kind, &str),
    policy: &str,
    text: &str,
) -> Result<(), ApiError> {
    let size = |text: &str| text.chars().filter(|it| !it.is_whitespace()).count();
    let others = principal.inline.iter().filter(|it| it.0 != policy);
    let all: usize = others.map(|(_, it)| size(&it.text)).sum::<usize>() + size(text);
    let most = kind.most_inline();
    if all <= most {
        return Ok(());
    }
    Err(limit(
        format!(
            "Maximum policy size of {most} bytes exceeded for {} {named}",
            kind.word()
        ),
        "Say the same in fewer words, or make a managed policy and attach it.",
    ))
}
