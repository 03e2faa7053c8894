//! What a call may ask of a database: its class, its identifier, the password of its first user.

use crate::call::CreateDbInstance;
use crate::error::ApiError;
use crate::network::Network;
use std::sync::Arc;

/// Characters of a password at least.
const SHORTEST_PASSWORD: usize = 8;

/// Whether a text has the form of an instance class: `db.r6g.large`, `db.x2iedn.24xlarge`, `db.r5b.large.tpc1.mem2x`. Which there are
/// is not known here. Source: 'DB instance classes' of the RDS guide.
pub(super) fn is_class(text: &str) -> bool {
    let part = |part: &str| {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (1..=16).contains(&part.len()) && part.chars().all(allowed)
    };
    let parts = text.split('.').count();
    text.starts_with("db.") && (3..=5).contains(&parts) && text.split('.').all(part)
}

/// The identifier, in lower case, if it is one and no other database has it.
pub(super) fn identifier(network: &Network, text: &str) -> Result<Arc<str>, ApiError> {
    let name = text.to_ascii_lowercase();
    let letter = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let allowed = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !letter || !allowed || name.len() > 63 || name.ends_with('-') || name.contains("--") {
        return Err(ApiError::new(
            "InvalidParameterValue",
            "The parameter DBInstanceIdentifier is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.",
            "Choose a name such as orders, of 63 characters at most.",
        ));
    }
    let name: Arc<str> = name.into();
    if network.things().databases.get(&name).is_some() {
        return Err(ApiError::new(
            "DBInstanceAlreadyExists",
            "DB instance already exists",
            "Choose another identifier.",
        ));
    }
    Ok(name)
}

/// The password of the first user. Source: API reference of `CreateDBInstance`; RDS' words for a bad one.
pub(super) fn password(input: &CreateDbInstance) -> Result<(), ApiError> {
    let Some(password) = &input.master_user_password else {
        return Ok(());
    };
    if input.manage_master_user_password == Some(true) {
        return Err(ApiError::new(
            "InvalidParameterCombination",
            "You can't specify MasterUserPassword when ManageMasterUserPassword is enabled.",
            "Give one of them: with ManageMasterUserPassword RDS makes the password and keeps it in Secrets Manager.",
        ));
    }
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(ApiError::new(
            "InvalidParameterValue",
            format!(
                "The parameter MasterUserPassword is not a valid password because it is shorter than {SHORTEST_PASSWORD} characters."
            ),
            "Write a longer one, or leave it out and set ManageMasterUserPassword.",
        ));
    }
    let fits = |it: char| it.is_ascii_graphic() && !"/@\"".contains(it);
    if !password.chars().all(fits) {
        return Err(ApiError::new(
            "InvalidParameterValue",
            "The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.",
            "Leave those characters out.",
        ));
    }
    Ok(())
}
