//! What few callers of `RunTask` say, checked by itself.
//!
//! Source: API reference of `RunTask` for the bounds. AWS publishes no words for most of these refusals; they are written as those of
//! the same service that are known.

use super::invalid;
use crate::call::{EcsTag, RunTaskOptions};
use crate::error::ApiError;
use crate::wire::print;

/// Characters of `startedBy`.
const MAX_STARTED_BY: usize = 128;
/// Characters of `group`.
const MAX_GROUP: usize = 255;
/// Characters of `clientToken`.
const MAX_TOKEN: usize = 64;
/// Characters of `referenceId`.
const MAX_REFERENCE: usize = 1_024;
/// Characters of `overrides` as JSON.
const MAX_OVERRIDES: usize = 8_192;
/// Constraints of placement.
const MAX_CONSTRAINTS: usize = 10;
/// Rules of a placement strategy.
const MAX_STRATEGY: usize = 5;
/// Tags of a resource.
const MAX_TAGS: usize = 50;
/// Characters of a tag's key.
const MAX_KEY: usize = 128;
/// Characters of a tag's value.
const MAX_VALUE: usize = 256;

/// Checks what does not depend on the account.
pub(super) fn check(options: &RunTaskOptions) -> Result<(), ApiError> {
    if let Some(by) = &options.started_by {
        started_by(by)?;
    }
    if let Some(group) = &options.group {
        task_group(group)?;
    }
    if let Some(token) = &options.client_token {
        let ascii = token.bytes().all(|byte| (33..=126).contains(&byte));
        if !(1..=MAX_TOKEN).contains(&token.len()) || !ascii {
            return Err(invalid(
                "clientToken must be 1 to 64 characters in the ASCII range 33-126.",
                "Write a token without blanks, such as a UUID.",
            ));
        }
    }
    if options
        .reference_id
        .as_ref()
        .is_some_and(|it| it.chars().count() > MAX_REFERENCE)
    {
        return Err(invalid(
            "referenceId can have at most 1024 characters.",
            "Shorten it.",
        ));
    }
    match options.propagate_tags.as_deref() {
        None | Some("TASK_DEFINITION" | "NONE") => {}
        Some("SERVICE") => {
            return Err(invalid(
                "The PropagateTags value SERVICE is not supported by RunTask.",
                "Write TASK_DEFINITION: only the tasks of a service have a service's tags.",
            ));
        }
        Some(other) => {
            return Err(invalid(
                format!(
                    "propagateTags should be one of [TASK_DEFINITION,SERVICE,NONE], not {other}."
                ),
                "Write TASK_DEFINITION or NONE.",
            ));
        }
    }
    if options.placement_constraints.len() > MAX_CONSTRAINTS
        || options.placement_strategy.len() > MAX_STRATEGY
    {
        return Err(invalid(
            "placementConstraints can have at most 10 items, placementStrategy at most 5.",
            "Take some out; on Fargate, all.",
        ));
    }
    if let Some(overrides) = &options.overrides
        && print(overrides).chars().count() > MAX_OVERRIDES
    {
        return Err(invalid(
            "Container Overrides length must be at most 8192",
            "Put what is long into a file or a parameter, and override only its name.",
        ));
    }
    tags(&options.tags)
}

fn started_by(by: &str) -> Result<(), ApiError> {
    let known = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '/');
    if by.chars().count() > MAX_STARTED_BY || !by.chars().all(known) {
        return Err(invalid(
            "startedBy can have at most 128 letters (uppercase and lowercase), numbers, hyphens, forward slashes, and underscores.",
            "Write it of those characters.",
        ));
    }
    Ok(())
}

fn task_group(group: &str) -> Result<(), ApiError> {
    if group.is_empty() || group.chars().count() > MAX_GROUP {
        return Err(invalid(
            "group must have 1 to 255 characters.",
            "Correct the name, or leave it out: then it is the family's.",
        ));
    }
    if group.starts_with("service:") {
        return Err(invalid(
            "The task group name cannot start with service:, which is reserved.",
            "Choose another name: that is the group of a service's tasks.",
        ));
    }
    Ok(())
}

/// Source: 'Restrictions' of 'Tagging Amazon ECS resources'.
fn tags(tags: &[EcsTag]) -> Result<(), ApiError> {
    if tags.len() > MAX_TAGS {
        return Err(invalid(
            "The maximum number of tags for a resource is 50.",
            "Take some out.",
        ));
    }
    for (place, tag) in tags.iter().enumerate() {
        let key = tag.key.as_str();
        if key.is_empty() || key.chars().count() > MAX_KEY {
            return Err(invalid(
                format!(
                    "Tag key at place {} must have 1 to 128 characters.",
                    place + 1
                ),
                "Correct the key.",
            ));
        }
        if key
            .get(..4)
            .is_some_and(|it| it.eq_ignore_ascii_case("aws:"))
        {
            return Err(invalid(
                format!("Tag keys starting with aws: are reserved for system use: {key}"),
                "Choose another key.",
            ));
        }
        if tag
            .value
            .as_ref()
            .is_some_and(|it| it.chars().count() > MAX_VALUE)
        {
            return Err(invalid(
                format!("The value of tag {key} can have at most 256 characters."),
                "Shorten it.",
            ));
        }
        if tags[..place].iter().any(|other| other.key == key) {
            return Err(invalid(
                format!("Duplicate tag keys found: {key}"),
                "Give each key once.",
            ));
        }
    }
    Ok(())
}
