//! Secrets of Secrets Manager. Source: its API reference; the messages as AWS's command line shows them.

use super::{MAX_TEXT, MAX_THINGS, changed, deleted, made, too_many};
use crate::call::{CreateSecret, DeleteSecret, PutSecretValue, RestoreSecret};
use crate::engine::chance;
use crate::engine::step::Step;
use crate::error::{ApiError, Reply};
use crate::stores::{ACCOUNT, REGION, Secret, SecretVersion, Stores};
use crate::units::SimSpan;
use std::sync::Arc;

/// Characters of a secret's name. Source: API reference of `CreateSecret`.
const NAME: std::ops::RangeInclusive<usize> = 1..=512;
/// Days in which a secret can be restored. Source: API reference of `DeleteSecret`.
const WINDOW: std::ops::RangeInclusive<u32> = 7..=30;
/// The days where none are given.
const USUAL_WINDOW: u32 = 30;
/// Versions that are kept of a secret, so that nothing grows without bound.
const MAX_VERSIONS: usize = 100;

fn missing() -> ApiError {
    ApiError::new(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret.",
        "Make it with secretsmanager:CreateSecret, or correct its name.",
    )
}

fn marked() -> ApiError {
    ApiError::new(
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.",
        "Restore it first, with secretsmanager:RestoreSecret.",
    )
}

fn check_text(text: &str) -> Result<(), ApiError> {
    if (1..=MAX_TEXT).contains(&text.len()) {
        return Ok(());
    }
    Err(ApiError::new(
        "ValidationException",
        "1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to 65536, and greater than or equal to 1",
        "Give a text of 1 to 65,536 bytes.",
    ))
}

fn found<'a>(
    stores: &'a mut Stores,
    id: &str,
    step: &Step<'_>,
) -> Result<&'a mut Secret, ApiError> {
    let name = stores.secret(id, step.now).map(|it| it.name.clone());
    let found = name.and_then(|name| stores.secrets.get_mut(&name));
    let found = found.and_then(Option::as_mut).map(Arc::make_mut);
    found.ok_or_else(missing)
}

/// `CreateSecret`: it answers with the ARN, which ends with six letters that are drawn.
pub(crate) fn create_secret(
    stores: &mut Stores,
    input: &CreateSecret,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let name = &input.name;
    let good = |it: char| it.is_ascii_alphanumeric() || "/_+=.@!-".contains(it);
    if !NAME.contains(&name.len()) || !name.chars().all(good) {
        return Err(ApiError::new(
            "ValidationException",
            "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!",
            "Use 1 to 512 of these characters.",
        ));
    }
    if let Some(text) = &input.secret_string {
        check_text(text)?;
    }
    match stores.secret(name, step.now) {
        Some(it) if it.deletion.is_some() => {
            return Err(ApiError::new(
                "InvalidRequestException",
                "You can't create this secret because a secret with this name is already scheduled for deletion.",
                "Restore it with secretsmanager:RestoreSecret, or choose another name.",
            ));
        }
        Some(_) => {
            return Err(ApiError::new(
                "ResourceExistsException",
                format!("The operation failed because the secret {name} already exists."),
                "Give it a new value with secretsmanager:PutSecretValue.",
            ));
        }
        None => {}
    }
    if stores.secrets.len() >= MAX_THINGS {
        return Err(too_many("LimitExceededException", "secrets"));
    }
    let arn = format!(
        "arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{name}-{}",
        letters(step, name)
    );
    let version = |text: &String| SecretVersion {
        id: version_id(step.seed, &arn, 0),
        text: text.clone(),
        stages: vec!["AWSCURRENT".to_owned()],
    };
    let secret = Secret {
        name: name.clone(),
        versions: input.secret_string.iter().map(version).collect(),
        deletion: None,
        arn: arn.clone(),
    };
    stores.secrets.insert(name.clone(), Some(Arc::new(secret)));
    Ok(made("Secret", &arn, step))
}

/// The six letters at the end of an ARN.
fn letters(step: &Step<'_>, name: &str) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let letter = |place: usize| {
        let drawn = chance::draw(step.seed, "secret", &format!("{name}/{place}"));
        char::from(LETTERS[drawn as usize % LETTERS.len()])
    };
    (0..6).map(letter).collect()
}

/// The id of a secret's version.
fn version_id(seed: u64, arn: &str, place: usize) -> String {
    let high = chance::draw(seed, "version", &format!("{arn}/{place}"));
    let low = chance::draw(seed, "version-low", &format!("{arn}/{place}"));
    chance::uuid(high, low)
}

/// `PutSecretValue`: the labels move to the new version; what was `AWSCURRENT` is `AWSPREVIOUS`.
pub(crate) fn put_secret_value(
    stores: &mut Stores,
    input: &PutSecretValue,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    check_text(&input.secret_string)?;
    let secret = found(stores, &input.secret_id, step)?;
    if secret.deletion.is_some() {
        return Err(marked());
    }
    let stages = if input.version_stages.is_empty() {
        vec!["AWSCURRENT".to_owned()]
    } else {
        input.version_stages.clone()
    };
    let current = stages.iter().any(|it| it == "AWSCURRENT");
    for old in &mut secret.versions {
        let was = old.stages.iter().any(|it| it == "AWSCURRENT");
        old.stages
            .retain(|it| !stages.contains(it) && !(current && it == "AWSPREVIOUS"));
        if was && current {
            old.stages.push("AWSPREVIOUS".to_owned());
        }
    }
    // versions without a label are deprecated, and go when there are too many
    if secret.versions.len() >= MAX_VERSIONS {
        let old = secret.versions.iter().position(|it| it.stages.is_empty());
        secret.versions.remove(old.unwrap_or(0));
    }
    let place = secret.versions.len();
    secret.versions.push(SecretVersion {
        id: version_id(step.seed, &format!("{}/{}", secret.arn, step.now.0), place),
        text: input.secret_string.clone(),
        stages,
    });
    let arn = secret.arn.clone();
    Ok(changed("Secret", &arn, "has a new version", step))
}

/// `DeleteSecret`: it is marked for deletion, and goes when its recovery window ends. One that was only presumed is gone at once.
pub(crate) fn delete_secret(
    stores: &mut Stores,
    input: &DeleteSecret,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let force = input.force_delete_without_recovery == Some(true);
    if force && input.recovery_window_in_days.is_some() {
        return Err(ApiError::new(
            "InvalidParameterException",
            "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
            "Give one of the two.",
        ));
    }
    let days = input.recovery_window_in_days.unwrap_or(USUAL_WINDOW);
    if !WINDOW.contains(&days) {
        return Err(ApiError::new(
            "InvalidParameterException",
            "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).",
            "Give 7 to 30 days, or ForceDeleteWithoutRecovery.",
        ));
    }
    let id = &input.secret_id;
    let Some(name) = stores.secret(id, step.now).map(|it| it.name.clone()) else {
        // what was presumed, and no call spoke of
        let name = presumed_name(id);
        if !stores.presumed.secrets || stores.secrets.contains_key(&name) {
            return Err(missing());
        }
        stores.secrets.insert(name, None);
        return Ok(deleted("Secret", id, step));
    };
    let secret = found(stores, &name, step)?;
    if force {
        let arn = secret.arn.clone();
        stores.secrets.insert(name, None);
        return Ok(deleted("Secret", &arn, step));
    }
    if secret.deletion.is_some() {
        return Err(ApiError::new(
            "InvalidRequestException",
            "You tried to perform the operation on a secret that's currently marked deleted.",
            "It goes by itself; secretsmanager:RestoreSecret takes that back.",
        ));
    }
    secret.deletion = Some(step.now + SimSpan::secs(u64::from(days) * 86_400));
    let arn = secret.arn.clone();
    let how = format!("is marked for deletion and goes in {days} days");
    Ok(changed("Secret", &arn, how, step))
}

/// The name of a secret that nobody made: what its ARN says, without the six letters at its end.
fn presumed_name(id: &str) -> String {
    let name = id.rsplit(":secret:").next().unwrap_or(id);
    match name.rsplit_once('-') {
        Some((name, letters)) if letters.len() == 6 && id.starts_with("arn:") => name.to_owned(),
        _ => name.to_owned(),
    }
}

/// `RestoreSecret`.
pub(crate) fn restore_secret(
    stores: &mut Stores,
    input: &RestoreSecret,
    step: &mut Step<'_>,
) -> Result<Reply, ApiError> {
    let secret = found(stores, &input.secret_id, step)?;
    secret.deletion = None;
    let arn = secret.arn.clone();
    Ok(changed(
        "Secret",
        &arn,
        "is no longer marked for deletion",
        step,
    ))
}
