//! The words where a secret, a parameter or the login to a registry cannot be had.

use super::{EXECUTION, Scene};
use crate::stores::{REGION, SecretLack};
use crate::task::fetch::Fetch;

/// What Secrets Manager answered, as AWS's library for Go tells it.
fn answered(lack: &SecretLack, scene: &Scene) -> String {
    let (code, message) = match lack {
        SecretLack::Deleted => (
            "InvalidRequestException",
            "You can't perform this operation on the secret because it was marked for deletion."
                .to_owned(),
        ),
        SecretLack::NoStage(stage) => (
            "ResourceNotFoundException",
            format!(
                "Secrets Manager can't find the specified secret value for staging label: {stage}"
            ),
        ),
        SecretLack::NoVersion(id) => (
            "ResourceNotFoundException",
            format!("Secrets Manager can't find the specified secret value for VersionId: {id}"),
        ),
        _ => (
            "ResourceNotFoundException",
            "Secrets Manager can't find the specified secret.".to_owned(),
        ),
    };
    if !scene.containerd {
        return format!("{code}: {message}");
    }
    let request = &scene.request;
    format!(
        "operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: {request}, {code}: {message}"
    )
}

/// What is wrong with a secret that was had, as the agent says it.
fn unusable(of: &str, lack: &SecretLack) -> Option<String> {
    match lack {
        SecretLack::NoKey(key, _) => Some(format!(
            "retrieved secret from Secrets Manager did not contain json key {key}"
        )),
        SecretLack::NotJson(first) => Some(format!(
            "invalid character '{first}' looking for beginning of value"
        )),
        SecretLack::Malformed => Some(format!(
            "trying to retrieve secret with value {of} resulted in error: an invalid ARN format for the AWS Secrets Manager secret was specified. Specify a valid ARN and try again."
        )),
        _ => None,
    }
}

/// The Region of an ARN; the account's for a name.
pub(super) fn region(of: &str) -> &str {
    let region = of.split(':').nth(3);
    region.filter(|it| !it.is_empty()).unwrap_or(REGION)
}

/// The secret of a `valueFrom`, without key, label and id.
pub(super) fn bare(of: &str) -> String {
    let parts: Vec<&str> = of.split(':').take(7).collect();
    parts.join(":")
}

pub(super) fn secret(of: &str, what: Fetch, lack: &SecretLack, scene: &Scene) -> String {
    if what == Fetch::Parameter {
        return if scene.containerd {
            format!(
                "{EXECUTION}unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: {of}"
            )
        } else {
            format!(
                "Fetching secret data from SSM Parameter Store in {REGION}: invalid parameters: {of}"
            )
        };
    }
    let region = region(of);
    let secret = bare(of);
    if !scene.containerd {
        let why = unusable(of, lack)
            .unwrap_or_else(|| format!("secret {secret}: {}", answered(lack, scene)));
        return format!("Fetching secret data from AWS Secrets Manager in region {region}: {why}");
    }
    if *lack == SecretLack::Malformed {
        let why = unusable(of, lack).unwrap_or_default();
        return format!("{EXECUTION}unable to retrieve secret from asm: {why}");
    }
    let why = unusable(of, lack).unwrap_or_else(|| {
        let answered = answered(lack, scene);
        format!("failed to fetch secret {secret} from secrets manager: {answered}")
    });
    format!(
        "{EXECUTION}unable to retrieve secret from asm: service call has been retried 1 time(s): {why}"
    )
}

pub(super) fn login_prefix(scene: &Scene) -> String {
    if scene.containerd {
        format!(
            "{EXECUTION}unable to get registry auth from asm: service call has been retried 1 time(s): "
        )
    } else {
        "CannotPullContainerError: ".to_owned()
    }
}

pub(super) fn login(of: &str, lack: &SecretLack, scene: &Scene) -> String {
    let why = match lack {
        SecretLack::NotJson(_) | SecretLack::NoKey(..) => {
            "asm fetching authorization data: unable to unmarshal secret value, invalid schema"
                .to_owned()
        }
        other => format!(
            "asm fetching secret from the service for {of}: {}",
            answered(other, scene)
        ),
    };
    format!("{}{why}", login_prefix(scene))
}
