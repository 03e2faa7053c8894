//! What a task was refused when it fetched what it needs to start: by whom, why, in AWS's words, and what mends it.
//!
//! Source of the words, where no other is given: '`CannotPullContainer` task errors' and '`ResourceInitializationError` errors' of the
//! ECS developer guide, and stopped reasons that people made public. What only an old platform says comes from Docker.

use super::fetch::Fetch;
use crate::iam::Layer;
use crate::stores::{DOCKER_HUB, FileLack, ImageLack, REGION, Reference, SecretLack};
use crate::units::Date;
use std::net::IpAddr;

/// What a task was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack {
    /// What it fetched.
    pub what: Fetch,
    /// Of what: an image, a `valueFrom`, a log group, the ARN of a file.
    pub of: String,
    /// Why it was refused.
    pub kind: LackKind,
}

/// Why something is refused to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LackKind {
    /// A secret or a parameter for a container.
    Secret(SecretLack),
    /// The login to a registry, which cannot be had.
    Login(SecretLack),
    /// The login to a registry, which has no `username` or no `password`: the one that it lacks.
    LoginLacks(&'static str),
    /// The log group is not there.
    LogGroup,
    /// A file of variables.
    File(FileLack),
    /// An image.
    Image(ImageLack),
    /// Docker Hub has given that many images to this address in six hours, and gives no more.
    RateLimit {
        /// How many it gives.
        limit: usize,
        /// To which address.
        address: IpAddr,
    },
    /// A layer of the image is not what its manifest says.
    Damaged,
    /// The execution role may not.
    Denied(Denial),
}

/// What an execution role was denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// Service and action; `sts:AssumeRole` where tasks cannot assume the role at all.
    pub action: String,
    /// On what.
    pub resource: String,
    /// AWS's sentence.
    pub said: String,
    /// Who decided, what was near, and what mends it.
    pub because: String,
    /// The kind of policy that decided; `None` where there is no such role.
    pub layer: Option<Layer>,
    /// Whether a statement denies it; else none allows it.
    pub explicit: bool,
}

/// Where and when a task was refused, as far as AWS's words depend on it.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    /// Whether the platform is 1.4.0 or newer, which has containerd; older ones have Docker.
    pub(super) containerd: bool,
    /// The day.
    pub(super) as_of: Date,
    /// The number of the request, a UUID.
    pub(super) request: String,
    /// A digest, where one is told and none is known.
    pub(super) digest: String,
}

/// The day since which Docker Hub words its limit otherwise. Source: reports before and after.
const HUB_REWORDED: Date = Date::new(2025, 4, 1);
/// The day since which a manifest is asked for seven times, not five. Source: reports before and after.
const SEVEN_TIMES: Date = Date::new(2025, 1, 1);

impl Lack {
    /// AWS's reason.
    pub(super) fn reason(&self, scene: &Scene) -> String {
        match &self.kind {
            LackKind::Secret(lack) => secret(&self.of, self.what, lack, scene),
            LackKind::Login(lack) => login(&self.of, lack, scene),
            LackKind::LoginLacks(member) => format!(
                "{}asm fetching {member}: AuthorizationData is malformed, empty field",
                login_prefix(scene)
            ),
            LackKind::LogGroup => log_group(scene),
            LackKind::File(lack) => file(*lack),
            LackKind::Image(lack) => image(&Reference::read(&self.of), lack, scene),
            LackKind::RateLimit { .. } => rate_limit(&Reference::read(&self.of), scene),
            LackKind::Damaged => damaged(scene),
            // KMS is asked by the service, which tells of it in its own words
            LackKind::Denied(denial) if denial.action == "kms:Decrypt" => {
                decryption(self.what == Fetch::Parameter, &self.of, scene)
            }
            LackKind::Denied(denial) => denied(&self.of, denial, scene),
        }
    }

    /// Whether the registry is asked again and again before the task gives up.
    pub(super) fn is_retried(&self) -> bool {
        match &self.kind {
            LackKind::RateLimit { .. } => true,
            LackKind::Image(lack) => matches!(
                lack,
                ImageLack::Platform { .. } | ImageLack::Private | ImageLack::WrongLogin
            ),
            _ => false,
        }
    }
}

/// What AWS says before why a secret could not be had.
const EXECUTION: &str = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ";

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
fn region(of: &str) -> &str {
    let region = of.split(':').nth(3);
    region.filter(|it| !it.is_empty()).unwrap_or(REGION)
}

/// The secret of a `valueFrom`, without key, label and id.
fn bare(of: &str) -> String {
    let parts: Vec<&str> = of.split(':').take(7).collect();
    parts.join(":")
}

fn secret(of: &str, what: Fetch, lack: &SecretLack, scene: &Scene) -> String {
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

fn login_prefix(scene: &Scene) -> String {
    if scene.containerd {
        format!(
            "{EXECUTION}unable to get registry auth from asm: service call has been retried 1 time(s): "
        )
    } else {
        "CannotPullContainerError: ".to_owned()
    }
}

fn login(of: &str, lack: &SecretLack, scene: &Scene) -> String {
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

/// Source: stopped tasks of September 2026, platform version 1.4.0; before that, Docker's driver.
fn log_group(scene: &Scene) -> String {
    if !scene.containerd {
        return "CannotStartContainerError: API error (500): failed to initialize logging driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.".to_owned();
    }
    let request = &scene.request;
    format!(
        "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: operation error CloudWatch Logs: CreateLogStream, https response error StatusCode: 400, RequestID: {request}, ResourceNotFoundException: The specified log group does not exist. : exit status 1"
    )
}

/// S3 tells who may not list a bucket that a file of it is forbidden, whether it is there or not; execution roles may not.
fn file(lack: FileLack) -> String {
    let answer = match lack {
        FileLack::NoFile => "StatusCode: 403, api error Forbidden: Forbidden.",
        FileLack::NoBucket => "StatusCode: 404, api error NotFound: Not Found.",
    };
    format!(
        "ResourceInitializationError: failed to download env files: service call has been retried 1 time(s): operation error S3: HeadObject, https response error {answer}"
    )
}

fn image(image: &Reference, lack: &ImageLack, scene: &Scene) -> String {
    if !scene.containerd {
        return format!(
            "CannotPullContainerError: API error {}",
            docker(image, lack)
        );
    }
    let seven = if scene.as_of < SEVEN_TIMES { 5 } else { 7 };
    let shown = image.shown();
    let hub = image.host == DOCKER_HUB;
    let (times, why) = match lack {
        ImageLack::Platform { wanted, .. } => {
            return format!(
                "CannotPullContainerError: pull image manifest has been retried {seven} time(s): image Manifest does not contain descriptor matching platform '{wanted}'"
            );
        }
        ImageLack::NoTag(_) | ImageLack::NoDigest => (1, format!("{shown}: not found")),
        ImageLack::NoRepository if tells_absence(image) => (1, format!("{shown}: not found")),
        ImageLack::NoRepository | ImageLack::Private if hub => (
            1,
            "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed".to_owned(),
        ),
        ImageLack::NoRepository | ImageLack::Private => (seven, unauthorized(image, "anonymous")),
        ImageLack::WrongLogin => (seven, unauthorized(image, "oauth")),
        ImageLack::OtherAccount => (
            1,
            format!(
                "pulling from host {} failed with status code [manifests {}]: 403 Forbidden",
                image.host,
                image.version()
            ),
        ),
    };
    format!(
        "CannotPullContainerError: pull image manifest has been retried {times} time(s): failed to resolve ref {shown}: {why}"
    )
}

/// Whether a registry says that a repository is not there; others answer as if it were private.
fn tells_absence(image: &Reference) -> bool {
    image.ecr_account().is_some() || image.host == "public.ecr.aws"
}

/// What a registry answers to who may not pull: some when they are asked for a token, some when they are asked for the manifest.
fn unauthorized(image: &Reference, token: &str) -> String {
    let (server, service) = match image.host.as_str() {
        DOCKER_HUB => ("auth.docker.io", "registry.docker.io"),
        "ghcr.io" => ("ghcr.io", "ghcr.io"),
        host => {
            let answer = if host == "quay.io" {
                "401 UNAUTHORIZED"
            } else {
                "401 Unauthorized"
            };
            return format!(
                "pulling from host {host} failed with status code [manifests {}]: {answer}",
                image.version()
            );
        }
    };
    let scope = image.repository.replace('/', "%2F");
    format!(
        "failed to authorize: failed to fetch {token} token: unexpected status from GET request to https://{server}/token?scope=repository%3A{scope}%3Apull&service={service}: 401 Unauthorized"
    )
}

/// What Docker said before platform version 1.4.0.
fn docker(image: &Reference, lack: &ImageLack) -> String {
    let key = match image.host.as_str() {
        DOCKER_HUB => image.repository.trim_start_matches("library/").to_owned(),
        _ => image.key(),
    };
    match lack {
        ImageLack::NoTag(_) | ImageLack::NoDigest => {
            let mark = if image.digest.is_some() { '@' } else { ':' };
            format!(
                "(404): manifest for {key}{mark}{} not found",
                image.version()
            )
        }
        ImageLack::NoRepository if tells_absence(image) => {
            format!("(404): repository {key} not found")
        }
        ImageLack::NoRepository | ImageLack::Private | ImageLack::OtherAccount => {
            format!("(404): repository {key} not found: does not exist or no pull access")
        }
        ImageLack::WrongLogin => format!(
            "(500): Get https://{}/v2/{}/manifests/{}: unauthorized: incorrect username or password",
            image.host,
            image.repository,
            image.version()
        ),
        ImageLack::Platform { wanted, .. } => {
            format!("(404): no matching manifest for {wanted} in the manifest list entries")
        }
    }
}

/// Source: stopped tasks of 2022 to 2026, platform version 1.4.0; before that, the agent's and Docker's own words.
fn denied(of: &str, denial: &Denial, scene: &Scene) -> String {
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
            "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://{}/v2/{}/blobs/{}: 403 Forbidden",
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

/// Source: what Secrets Manager and Parameter Store answer who may read, and may not decrypt ('Access to KMS is not allowed' of the AWS
/// knowledge center; stopped tasks of 2019 and later).
fn decryption(parameter: bool, of: &str, scene: &Scene) -> String {
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

fn rate_limit(image: &Reference, scene: &Scene) -> String {
    let hub = if scene.as_of < HUB_REWORDED {
        "toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit"
    } else {
        "toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit"
    };
    if !scene.containerd {
        return format!("CannotPullContainerError: Error response from daemon: {hub}");
    }
    let times = if scene.as_of < SEVEN_TIMES { 5 } else { 7 };
    let digest = image.digest.as_ref().unwrap_or(&scene.digest);
    format!(
        "CannotPullContainerError: pull image manifest has been retried {times} time(s): httpReadSeeker: failed open: unexpected status code https://{DOCKER_HUB}/v2/{}/manifests/{digest}: 429 Too Many Requests - Server message: {hub}",
        image.repository
    )
}

/// Source: containerd's `content` package and Docker's `distribution` package, which check what they were given.
fn damaged(scene: &Scene) -> String {
    if scene.containerd {
        "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: failed commit on ref \"layer-sha256:…\": unexpected commit digest sha256:…, expected sha256:…: failed precondition".to_owned()
    } else {
        "CannotPullContainerError: filesystem layer verification failed for digest sha256:…"
            .to_owned()
    }
}
