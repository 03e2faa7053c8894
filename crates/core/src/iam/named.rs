//! How a `Principal` names who asks: it matters whether that is the asker itself, its role, or its whole account.
//!
//! Source: IAM user guide, 'How AWS enforcement code logic evaluates requests to allow or deny access': what a resource's policy gives to
//! a user or to a session itself, silence elsewhere does not take away; what it gives to a role stays within boundary and session
//! policy; what it gives to an account is for the account's own policies to give on.

use super::policy::Principals;

/// How a `Principal` names who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// By its account.
    Account,
    /// Among all.
    Anybody,
    /// By the role of its session.
    Role,
    /// By its own ARN, or as a service.
    Itself,
}

/// How `Principal` or `NotPrincipal` names a principal, in the closest way; `None` where it does not.
pub(super) fn named(principals: &Principals, principal: &str) -> Option<Named> {
    let account = principal.split(':').nth(4).unwrap_or_default();
    let role = principal
        .strip_prefix("arn:aws:sts::")
        .and_then(|it| it.split_once(":assumed-role/"))
        .map(|(account, rest)| {
            let name = rest.split('/').next().unwrap_or_default();
            format!("arn:aws:iam::{account}:role/{name}")
        });
    let how = |it: &str| {
        if it == principal {
            Some(Named::Itself)
        } else if Some(it) == role.as_deref() {
            Some(Named::Role)
        } else if it == "*" {
            Some(Named::Anybody)
        } else {
            let own = it == account || it == format!("arn:aws:iam::{account}:root");
            (own && !account.is_empty()).then_some(Named::Account)
        }
    };
    let all = principals.named.iter();
    let closest = all.filter_map(|(_, it)| how(it.text.as_str())).max();
    if principals.not {
        return closest.is_none().then_some(Named::Anybody);
    }
    closest
}
