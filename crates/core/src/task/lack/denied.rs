//! The words where the execution role may not, by what it was denied.

use super::secret::{bare, region};
use super::{Denial, EXECUTION, Scene, file};
use crate::stores::{FileLack, REGION, Reference};
use crate::task::fetch::layers_host;

/// Source: stopped tasks of 2022 to 2026, platform version 1.4.0; before that, the agent's and Docker's own words.
pub(super) fn denied(of: &str, denial: &Denial, scene: &Scene) -> String {
    let (said, request) = (&denial.said, &scene.request);
    let refused = format!("AccessDeniedException: {said}");
    let coded = format!("{refused} status code: 400, request id: {request}");
    let answered = |service: &str, action: &str| {
        format!(
            "operation error {service}: {action}, https response error StatusCode: 400, RequestID: {request}, api error {refused} : exit status 1"
        )
    };
    let old = !scene.containerd;
    let secrets = |what: &str| {
        format!("{EXECUTION}unable to retrieve {what}: service call has been retried 1 time(s): ")
    };
    let logs = "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log ";
    let image = Reference::read(of);
    match denial.action.as_str() {
        "ecr:GetAuthorizationToken" if old => format!("CannotPullECRContainerError: {refused}"),
        "ecr:GetAuthorizationToken" => format!("{}{coded}", secrets("ecr registry auth")),
        "ecr:BatchGetImage" | "ecr:BatchCheckLayerAvailability" if old => {
            format!("CannotPullECRContainerError: {refused}")
        }
        "ecr:BatchGetImage" | "ecr:BatchCheckLayerAvailability" => format!(
            "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref {}: pulling from host {} failed with status code [manifests {}]: 403 Forbidden",
            image.shown(),
            image.host,
            image.version()
        ),
        "ecr:GetDownloadUrlForLayer" if old => {
            format!("CannotPullContainerError: error pulling image configuration: {refused}")
        }
        "ecr:GetDownloadUrlForLayer" => format!(
            "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReaderSeeker: failed open: unexpected status code https://{}/v2/{}/blobs/{}: 403 Forbidden",
            image.host, image.repository, scene.digest
        ),
        "logs:CreateLogStream" | "logs:CreateLogGroup" if old => format!(
            "CannotStartContainerError: API error (500): failed to initialize logging driver: failed to create Cloudwatch log stream: {refused}"
        ),
        "logs:CreateLogGroup" => {
            format!(
                "{logs}group: {}",
                answered("CloudWatch Logs", "CreateLogGroup")
            )
        }
        "logs:CreateLogStream" => {
            format!(
                "{logs}stream: {}",
                answered("CloudWatch Logs", "CreateLogStream")
            )
        }
        "ssm:GetParameters" if old => {
            format!("Fetching secret data from SSM Parameter Store in {REGION}: {refused}")
        }
        "ssm:GetParameters" => format!("{}{coded}", secrets("secrets from ssm")),
        "secretsmanager:GetSecretValue" if old => format!(
            "Fetching secret data from AWS Secrets Manager in region {}: secret {}: {refused}",
            region(of),
            bare(of)
        ),
        "secretsmanager:GetSecretValue" => format!(
            "{}failed to fetch secret {} from secrets manager: {coded}",
            secrets("secret from asm"),
            bare(of)
        ),
        // S3 says no more than that it is forbidden
        "s3:GetObject" | "s3:GetBucketLocation" => file(FileLack::NoFile),
        "sts:AssumeRole" => said.clone(),
        _ => format!("ResourceInitializationError: {refused}"),
    }
}

/// The words where S3 refuses the layers of an image in ECR: an endpoint's policy alone can. Source: '`CannotPullContainer` task errors';
/// before platform version 1.4.0 Docker, which expects other answers than S3's, in public reports of such policies.
pub(super) fn layers(of: &str, scene: &Scene) -> String {
    if scene.containerd {
        let host = layers_host(of);
        return format!(
            "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReaderSeeker: failed open: unexpected status code https://{host}/…: 403 Forbidden"
        );
    }
    "CannotPullContainerError: error pulling image configuration: error parsing HTTP 403 response body: invalid character '<' looking for beginning of value: \"<?xml version=\\\"1.0\\\" encoding=\\\"UTF-8\\\"?>\\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message>…</Error>\"".to_owned()
}

/// Source: what Secrets Manager and Parameter Store answer who may read, and may not decrypt ('Access to KMS is not allowed' of the AWS
/// knowledge center; stopped tasks of 2019 and later).
pub(super) fn decryption(parameter: bool, of: &str, scene: &Scene) -> String {
    let request = &scene.request;
    let refused = if parameter {
        format!(
            "AccessDeniedException: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: {request}; Proxy: null)"
        )
    } else {
        "AccessDeniedException: Access to KMS is not allowed".to_owned()
    };
    let coded = format!("{refused} status code: 400, request id: {request}");
    match (parameter, scene.containerd) {
        (true, false) => {
            format!("Fetching secret data from SSM Parameter Store in {REGION}: {refused}")
        }
        (true, true) => format!(
            "{EXECUTION}unable to retrieve secrets from ssm: service call has been retried 1 time(s): {coded}"
        ),
        (false, false) => format!(
            "Fetching secret data from AWS Secrets Manager in region {}: secret {}: {refused}",
            region(of),
            bare(of)
        ),
        (false, true) => format!(
            "{EXECUTION}unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret {} from secrets manager: {coded}",
            bare(of)
        ),
    }
}
