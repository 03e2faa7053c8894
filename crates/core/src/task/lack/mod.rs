//! What a task was refused when it fetched what it needs to start: by whom, why, in AWS's words, and what mends it.
//!
//! Source of the words, where no other is given: '`CannotPullContainer` task errors' and '`ResourceInitializationError` errors' of the
//! ECS developer guide, and stopped reasons that people made public. What only an old platform says comes from Docker.

mod denied;
mod image;
mod secret;

use super::fetch::Fetch;
use crate::iam::Layer;
use crate::stores::{FileLack, ImageLack, Reference, SecretLack};
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

impl Lack {
    /// AWS's reason.
    pub(super) fn reason(&self, scene: &Scene) -> String {
        match &self.kind {
            LackKind::Secret(lack) => secret::secret(&self.of, self.what, lack, scene),
            LackKind::Login(lack) => secret::login(&self.of, lack, scene),
            LackKind::LoginLacks(member) => format!(
                "{}asm fetching {member}: AuthorizationData is malformed, empty field",
                secret::login_prefix(scene)
            ),
            LackKind::LogGroup => log_group(scene),
            LackKind::File(lack) => file(*lack),
            LackKind::Image(lack) => image::image(&Reference::read(&self.of), lack, scene),
            LackKind::RateLimit { .. } => image::rate_limit(&Reference::read(&self.of), scene),
            LackKind::Damaged => image::damaged(scene),
            // KMS is asked by the service, which tells of it in its own words
            LackKind::Denied(denial) if denial.action == "kms:Decrypt" => {
                denied::decryption(self.what == Fetch::Parameter, &self.of, scene)
            }
            LackKind::Denied(denial)
                if denial.action == "s3:GetObject" && self.what == Fetch::Layers =>
            {
                denied::layers(&self.of, scene)
            }
            LackKind::Denied(denial) => denied::denied(&self.of, denial, scene),
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
