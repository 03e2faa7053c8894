//! Parameters of Systems Manager's Parameter Store. Source: its API reference.

use super::{MAX_THINGS, changed, deleted, made, too_many};
use crate::call::{DeleteParameter, PutParameter};
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::stores::{Parameter, Stores};
use std::sync::Arc;

/// Bytes of a standard parameter. Source: API reference of `PutParameter`.
const MAX_VALUE: usize = 4_096;
/// Characters of a name. Source: API reference of `PutParameter`.
const NAME: std::ops::RangeInclusive<usize> = 1..=1_011;

/// `PutParameter`.
pub(crate) fn put_parameter(
    stores: &mut Stores,
    input: &PutParameter,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.name;
    let good = |it: char| it.is_ascii_alphanumeric() || "_.-/".contains(it);
    if !NAME.contains(&name.len()) || !name.chars().all(good) || name.starts_with("/aws") {
        return Err(ApiError::new(
            "ValidationException",
            "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_",
            "Use letters, digits, and . - _ between slashes; /aws is AWS's own.",
        ));
    }
    if input.value.is_empty() || input.value.len() > MAX_VALUE {
        return Err(ApiError::new(
            "ValidationException",
            format!(
                "Standard tier parameters support a maximum parameter value of {MAX_VALUE} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier."
            ),
            "Give a value of 1 to 4,096 bytes.",
        ));
    }
    let old = stores.parameters.get(name).and_then(Option::as_ref);
    if old.is_some() && input.overwrite != Some(true) {
        return Err(ApiError::new(
            "ParameterAlreadyExists",
            "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
            "Set Overwrite to true.",
        ));
    }
    let kind = input.kind.or(old.map(|it| it.kind));
    let Some(kind) = kind else {
        return Err(ApiError::new(
            "ValidationException",
            "A parameter type is required when you create a parameter.",
            "Give Type: String, StringList or SecureString.",
        ));
    };
    if old.is_none() && stores.parameters.len() >= MAX_THINGS {
        return Err(too_many("ParameterLimitExceeded", "parameters"));
    }
    let reply = match old {
        Some(_) => changed("Parameter", name, "has another value", step),
        None => made("Parameter", name, step),
    };
    let value = input.value.clone();
    let parameter = Parameter { value, kind };
    stores
        .parameters
        .insert(name.clone(), Some(Arc::new(parameter)));
    Ok(reply)
}

/// `DeleteParameter`. One that was only presumed is gone from then on.
pub(crate) fn delete_parameter(
    stores: &mut Stores,
    input: &DeleteParameter,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.name;
    let there = match stores.parameters.get(name) {
        Some(said) => said.is_some(),
        None => stores.presumed.secrets && !name.is_empty(),
    };
    if !there {
        return Err(ApiError::new(
            "ParameterNotFound",
            "",
            format!("There is no parameter {name}."),
        ));
    }
    let reply = deleted("Parameter", name, step);
    stores.parameters.insert(name.clone(), None);
    Ok(reply)
}
