//! Users and roles: made and deleted, and the policies that are theirs. The calls of both are the same but for their names.

use super::belongings::{Change, change, changes};
use super::{changed, conflict, deleted, document, limit, made, name, none_such, path};
use crate::call::{
    AttachRolePolicy, AttachUserPolicy, CreateRole, CreateUser, DeleteRole,
    DeleteRolePermissionsBoundary, DeleteRolePolicy, DeleteUser, DeleteUserPermissionsBoundary,
    DeleteUserPolicy, DetachRolePolicy, DetachUserPolicy, PutRolePermissionsBoundary,
    PutRolePolicy, PutUserPermissionsBoundary, PutUserPolicy, UpdateAssumeRolePolicy,
};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::iam::account::Account;
use crate::iam::policy::Purpose;
use crate::iam::principal::{Document, Kind, Principal};

/// Roles of the account.
const MOST_ROLES: usize = 1_000;
/// Users of the account.
const MOST_USERS: usize = 5_000;
/// Characters of a trust policy.
const MOST_TRUST: usize = 2_048;

impl Kind {
    /// As events name it.
    pub(super) const fn what(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Role => "Role",
        }
    }

    /// The name's member in the API, and how many characters it has at most.
    const fn name(self) -> (&'static str, usize) {
        match self {
            Self::User => ("userName", 64),
            Self::Role => ("roleName", 64),
        }
    }
}

/// The user or role, to be changed.
pub(super) fn found<'a>(
    account: &'a mut Account,
    kind: Kind,
    name: &str,
) -> Result<&'a mut Principal, ApiError> {
    let known = account.principal(kind, name);
    if known.is_some_and(|it| it.of_service()) {
        return Err(ApiError::new(
            "UnmodifiableEntity",
            format!(
                "Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS"
            ),
            "The role belongs to the service, which alone changes it.",
        ));
    }
    account.principal_mut(kind, name).ok_or_else(|| {
        none_such(
            format!("The {} with name {name} cannot be found.", kind.word()),
            "Make it first, or name one that is there.",
        )
    })
}

fn create(
    account: &mut Account,
    principal: Principal,
    boundary: Option<&String>,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let (kind, named) = (principal.kind, principal.name.clone());
    if account.principal(kind, &named).is_some() {
        return Err(ApiError::new(
            "EntityAlreadyExists",
            format!("{} with name {named} already exists.", kind.what()),
            "Choose another name; names differ in more than capitals.",
        ));
    }
    let (most, quota) = match kind {
        Kind::Role => (MOST_ROLES, "RolesPerAccount"),
        Kind::User => (MOST_USERS, "UsersPerAccount"),
    };
    let count = account
        .principals
        .values()
        .filter(|it| it.kind == kind)
        .count();
    if count >= most {
        return Err(limit(
            format!("Cannot exceed quota for {quota}: {most}"),
            "Delete one that nothing uses.",
        ));
    }
    let arn = principal.arn();
    account.put(principal);
    if let Some(boundary) = boundary {
        changes(account, kind, &named, Change::Bound(boundary))?;
    }
    Ok(made(kind.what(), &arn, &named, step))
}

fn trust(text: &str) -> Result<Document, ApiError> {
    let trust = document(text, Purpose::Trust)?;
    if text.chars().filter(|it| !it.is_whitespace()).count() > MOST_TRUST {
        return Err(limit(
            format!("Cannot exceed quota for ACLSizePerRole: {MOST_TRUST}"),
            "Say the same in fewer words.",
        ));
    }
    Ok(trust)
}

/// `CreateRole`.
pub(crate) fn create_role(
    account: &mut Account,
    input: &CreateRole,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let (member, most) = Kind::Role.name();
    name(&input.role_name, member, most)?;
    let path = path(input.path.as_ref())?;
    let trust = trust(&input.assume_role_policy_document)?;
    let role = Principal::new(Kind::Role, &input.role_name, &path, Some(trust));
    create(account, role, input.permissions_boundary.as_ref(), step)
}

/// `CreateUser`.
pub(crate) fn create_user(
    account: &mut Account,
    input: &CreateUser,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let (member, most) = Kind::User.name();
    name(&input.user_name, member, most)?;
    let path = path(input.path.as_ref())?;
    let user = Principal::new(Kind::User, &input.user_name, &path, None);
    create(account, user, input.permissions_boundary.as_ref(), step)
}

/// `UpdateAssumeRolePolicy`.
pub(crate) fn update_assume_role_policy(
    account: &mut Account,
    input: &UpdateAssumeRolePolicy,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    found(account, Kind::Role, &input.role_name)?;
    let trust = trust(&input.policy_document)?;
    found(account, Kind::Role, &input.role_name)?.trust = Some(trust);
    Ok(changed(
        "Role",
        &input.role_name,
        "has another trust policy",
        step,
    ))
}

fn delete(
    account: &mut Account,
    kind: Kind,
    named: &str,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let principal = found(account, kind, named)?;
    if !principal.attached.is_empty() {
        return Err(conflict(
            "Cannot delete entity, must detach all policies first.",
            "Detach its managed policies, then delete it.",
        ));
    }
    if !principal.inline.is_empty() {
        return Err(conflict(
            "Cannot delete entity, must delete policies first.",
            "Delete its inline policies, then delete it.",
        ));
    }
    let arn = principal.arn();
    if account.caller == arn {
        return Err(conflict(
            "Cannot delete entity, it makes the calls.",
            "Let somebody else make the calls first.",
        ));
    }
    account.principals.remove(&(kind, named.to_lowercase()));
    Ok(deleted(kind.what(), &arn, step))
}

macro_rules! both {
    ($($(#[$doc:meta])* $name:ident $input:ident $kind:ident $member:ident => |$account:ident, $it:ident, $step:ident| $answer:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) fn $name($account: &mut Account, $it: &$input, $step: &mut Step<'_>) -> Result<Reply, ApiError> {
            let (kind, named) = (Kind::$kind, $it.$member.as_str());
            $answer(kind, named)
        }
    )*};
}

both! {
    /// `DeleteRole`.
    delete_role DeleteRole Role role_name => |account, it, step| |kind, named| delete(account, kind, named, step);
    /// `DeleteUser`.
    delete_user DeleteUser User user_name => |account, it, step| |kind, named| delete(account, kind, named, step);
    /// `AttachRolePolicy`.
    attach_role_policy AttachRolePolicy Role role_name => |account, it, step| |kind, named| change(account, kind, named, Change::Attach(&it.policy_arn), step);
    /// `AttachUserPolicy`.
    attach_user_policy AttachUserPolicy User user_name => |account, it, step| |kind, named| change(account, kind, named, Change::Attach(&it.policy_arn), step);
    /// `DetachRolePolicy`.
    detach_role_policy DetachRolePolicy Role role_name => |account, it, step| |kind, named| change(account, kind, named, Change::Detach(&it.policy_arn), step);
    /// `DetachUserPolicy`.
    detach_user_policy DetachUserPolicy User user_name => |account, it, step| |kind, named| change(account, kind, named, Change::Detach(&it.policy_arn), step);
    /// `PutRolePolicy`.
    put_role_policy PutRolePolicy Role role_name => |account, it, step| |kind, named| change(account, kind, named, Change::PutInline(&it.policy_name, &it.policy_document), step);
    /// `PutUserPolicy`.
    put_user_policy PutUserPolicy User user_name => |account, it, step| |kind, named| change(account, kind, named, Change::PutInline(&it.policy_name, &it.policy_document), step);
    /// `DeleteRolePolicy`.
    delete_role_policy DeleteRolePolicy Role role_name => |account, it, step| |kind, named| change(account, kind, named, Change::DeleteInline(&it.policy_name), step);
    /// `DeleteUserPolicy`.
    delete_user_policy DeleteUserPolicy User user_name => |account, it, step| |kind, named| change(account, kind, named, Change::DeleteInline(&it.policy_name), step);
    /// `PutRolePermissionsBoundary`.
    put_role_permissions_boundary PutRolePermissionsBoundary Role role_name => |account, it, step| |kind, named| change(account, kind, named, Change::Bound(&it.permissions_boundary), step);
    /// `PutUserPermissionsBoundary`.
    put_user_permissions_boundary PutUserPermissionsBoundary User user_name => |account, it, step| |kind, named| change(account, kind, named, Change::Bound(&it.permissions_boundary), step);
    /// `DeleteRolePermissionsBoundary`.
    delete_role_permissions_boundary DeleteRolePermissionsBoundary Role role_name => |account, it, step| |kind, named| change(account, kind, named, Change::Unbound, step);
    /// `DeleteUserPermissionsBoundary`.
    delete_user_permissions_boundary DeleteUserPermissionsBoundary User user_name => |account, it, step| |kind, named| change(account, kind, named, Change::Unbound, step);
}
