//! IAM's calls, answered. Refusals as IAM words them. Source: API reference of IAM, 'IAM and AWS STS quotas'.

mod belongings;
mod playground;
mod policies;
mod principals;

pub(crate) use playground::{act_as, enforce_permissions, guard, put_service_control_policy};
pub(crate) use policies::{create_policy, create_policy_version, delete_policy};
pub(crate) use principals::{
    attach_role_policy, attach_user_policy, create_role, create_user, delete_role,
    delete_role_permissions_boundary, delete_role_policy, delete_user,
    delete_user_permissions_boundary, delete_user_policy, detach_role_policy, detach_user_policy,
    put_role_permissions_boundary, put_role_policy, put_user_permissions_boundary, put_user_policy,
    update_assume_role_policy,
};

use super::policy::Purpose;
use super::principal::Document;
use super::read::read;
use crate::engine::answer::{changed, deleted, made};
use crate::error::ApiError;
use std::sync::Arc;

/// Reads a policy; a refusal in IAM's words where it would refuse it, with the place and the cure.
fn document(text: &str, purpose: Purpose) -> Result<Document, ApiError> {
    let reading = read(text, purpose);
    let Some(aws) = reading.refusal else {
        return Ok(Document {
            text: text.into(),
            policy: Arc::new(reading.policy),
        });
    };
    let mut findings = reading.findings.iter();
    let told = findings.find(|it| it.aws.as_ref() == Some(&aws));
    let cure = told.map(|it| {
        let place = crate::text::LineIndex::new(text).line_column(text, it.span.start);
        format!(
            "Line {}, column {}: {} {}",
            place.line, place.column, it.message, it.help
        )
    });
    Err(ApiError::new(
        aws.code,
        aws.message,
        cure.unwrap_or_default(),
    ))
}

/// A name of a user, a role or a policy: 1 to `most` letters, digits and +=,.@_-.
fn name(name: &str, member: &str, most: usize) -> Result<(), ApiError> {
    let fits = |it: char| it.is_ascii_alphanumeric() || "+=,.@_-".contains(it);
    let wrong = |constraint: String| {
        ApiError::new(
            "ValidationError",
            format!(
                "1 validation error detected: Value '{name}' at '{member}' failed to satisfy constraint: {constraint}"
            ),
            format!("Use 1 to {most} letters, digits and +=,.@_-."),
        )
    };
    if name.is_empty() {
        return Err(wrong(
            "Member must have length greater than or equal to 1".to_owned(),
        ));
    }
    if name.chars().count() > most {
        return Err(wrong(format!(
            "Member must have length less than or equal to {most}"
        )));
    }
    if !name.chars().all(fits) {
        let message = format!(
            "The specified value for {member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"
        );
        return Err(ApiError::new(
            "ValidationError",
            message,
            "Use letters, digits and +=,.@_- only.",
        ));
    }
    Ok(())
}

/// A path: it begins and ends with a slash.
fn path(given: Option<&String>) -> Result<String, ApiError> {
    let path = given.map_or("/", String::as_str);
    if path.starts_with('/') && path.ends_with('/') && path.len() <= 512 {
        return Ok(path.to_owned());
    }
    Err(ApiError::new(
        "ValidationError",
        "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
        "Leave it out, or write a path such as /service-role/.",
    ))
}

fn limit(message: String, cure: &'static str) -> ApiError {
    ApiError::new("LimitExceeded", message, cure)
}

fn none_such(message: String, cure: &'static str) -> ApiError {
    ApiError::new("NoSuchEntity", message, cure)
}

fn conflict(message: &'static str, cure: &'static str) -> ApiError {
    ApiError::new("DeleteConflict", message, cure)
}
