//! Log groups. Source: API reference of CloudWatch Logs.

use super::{MAX_THINGS, deleted, made};
use crate::call::{CreateLogGroup, DeleteLogGroup};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::stores::Stores;

/// Characters of a group's name. Source: API reference of `CreateLogGroup`.
const NAME: std::ops::RangeInclusive<usize> = 1..=512;

/// `CreateLogGroup`.
pub(crate) fn create_log_group(
    stores: &mut Stores,
    input: &CreateLogGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.log_group_name;
    let good = |it: char| it.is_ascii_alphanumeric() || ".-_/#".contains(it);
    if !NAME.contains(&name.len()) || !name.chars().all(good) {
        return Err(ApiError::new(
            "InvalidParameterException",
            format!(
                "1 validation error detected: Value '{name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+"
            ),
            "Use 1 to 512 letters, digits, and . - _ / #.",
        ));
    }
    if stores.log_groups.is_made(name) {
        return Err(ApiError::new(
            "ResourceAlreadyExistsException",
            "The specified log group already exists",
            "Use it.",
        ));
    }
    if stores.log_groups.len() >= MAX_THINGS {
        return Err(ApiError::new(
            "LimitExceededException",
            "Resource limit exceeded.",
            "Delete a group first; this playground keeps at most 1,000.",
        ));
    }
    stores.log_groups.make(name);
    Ok(made("Log group", name, step))
}

/// `DeleteLogGroup`. One that a definition names is gone from then on, whoever made it.
pub(crate) fn delete_log_group(
    stores: &mut Stores,
    input: &DeleteLogGroup,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.log_group_name;
    if name.is_empty() || stores.log_groups.is_missing(name) {
        return Err(ApiError::new(
            "ResourceNotFoundException",
            "The specified log group does not exist.",
            "Correct its name.",
        ));
    }
    stores.log_groups.delete(name);
    Ok(deleted("Log group", name, step))
}
