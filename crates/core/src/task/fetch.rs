//! What a task on Fargate fetches before its containers start, each over the network: secrets, a registry's token, its log group, its
//! file systems ([`mount`]), its images. Each is a walk, and then a question to who is reached; the first that does not come through
//! stops the task, in AWS's words.
//!
//! Source: 'Fargate task networking' and 'Amazon ECS interface VPC endpoints' of the developer guide (which interface carries what
//! before and since platform version 1.4.0); the words: 'Stopped tasks error messages'. AWS does not document the order; it is
//! the one that people see who add endpoints one after another.

use super::lack::Lack;
use super::life::Parts;
use super::model::Task;
use super::mount;
use super::permission;
use super::supply;
use crate::engine::step::Step;
use crate::network::services;
use crate::network::{Destination, Endpoint, Flow, Trace};
use crate::stores::{DOCKER_HUB, REGION, Reference};
use crate::task_definition::SecretStore;
use crate::units::SimSpan;
use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::Arc;

/// How long a task keeps trying to reach what it needs before it gives up.
pub(super) const UNREACHABLE: SimSpan = SimSpan::secs(62);
/// How long it takes until a registry has been asked often enough.
const ASKED_AGAIN: SimSpan = SimSpan::secs(38);
/// How long it takes until something is refused that is asked for once or twice.
const REFUSED: SimSpan = SimSpan::secs(3);

/// What a task fetches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetch {
    /// A secret of Secrets Manager.
    Secret,
    /// A parameter of Systems Manager's Parameter Store.
    Parameter,
    /// The login to a registry that is not AWS's, kept in Secrets Manager.
    Login,
    /// A file of variables in S3.
    EnvironmentFile,
    /// A token for Amazon ECR.
    RegistryLogin,
    /// Its log group in CloudWatch Logs.
    LogGroup,
    /// The manifest of an image, from its registry.
    Manifest,
    /// The layers of an image; ECR keeps them in S3.
    Layers,
    /// A file system that is mounted.
    FileSystem,
}

impl Fetch {
    /// The service as endpoints name it, where it is AWS's.
    pub const fn service(self) -> &'static str {
        match self {
            Self::Secret | Self::Login => "secretsmanager",
            Self::Parameter => "ssm",
            Self::RegistryLogin => "ecr.api",
            Self::LogGroup => "logs",
            Self::Manifest => "ecr.dkr",
            Self::Layers | Self::EnvironmentFile => "s3",
            Self::FileSystem => "elasticfilesystem",
        }
    }

    /// The host that the service is called by.
    fn host(self) -> String {
        services::host(self.service()).to_owned()
    }
}

/// Something that a task could not fetch.
#[derive(Clone, Debug)]
pub(crate) struct Missing {
    /// What.
    pub(crate) what: Fetch,
    /// Why not.
    pub(crate) how: How,
    /// How long the task tries.
    pub(crate) after: SimSpan,
    /// AWS's reason.
    pub(crate) reason: String,
}

/// Why a task could not fetch something.
#[derive(Clone, Debug)]
pub(crate) enum How {
    /// It has no way there: that of the attempt.
    Unreachable(Arc<Trace>),
    /// It was refused.
    Refused(Arc<Lack>),
}

/// What finds the first thing that a task cannot fetch.
pub(crate) type Fetches = fn(&mut Parts<'_>, &Task, &Step<'_>) -> Option<Missing>;

/// One thing to fetch.
#[derive(Debug)]
pub(super) struct Errand<'a> {
    /// What.
    pub(super) what: Fetch,
    /// From which host; `None` where an interface of Fargate's own is used.
    pub(super) host: Option<String>,
    /// For which secret or image.
    pub(super) of: &'a str,
    /// The container that asks for it, by its place.
    pub(super) container: usize,
}

/// The first thing that a task cannot fetch, in the order in which Fargate fetches. Where there is none, the task has what it asked
/// for.
pub(crate) fn missing(parts: &mut Parts<'_>, task: &Task, step: &Step<'_>) -> Option<Missing> {
    let interface = task.interface.clone()?;
    let errands = errands(task);
    let mut hub = None;
    let mut mounted = false;
    for errand in &errands {
        // file systems are mounted before images are pulled
        if !mounted && matches!(errand.what, Fetch::Manifest | Fetch::Layers) {
            mounted = true;
            if let Some(missing) = mount::missing(parts.network, parts.walk, task) {
                return Some(missing);
            }
        }
        let trace = errand.host.as_ref().map(|host| {
            let from = Endpoint::Interface(interface.clone());
            let mut flow = Flow::tcp(from, IpAddr::from([0, 0, 0, 0]), 443);
            flow.to = Destination::Name(host.as_str().into());
            (parts.walk)(parts.network, &flow)
        });
        if let (Some(trace), Some(host)) = (&trace, &errand.host)
            && !trace.delivered()
        {
            return Some(Missing {
                what: errand.what,
                reason: words(task, errand, host, trace),
                how: How::Unreachable(Arc::new(trace.clone())),
                after: UNREACHABLE,
            });
        }
        let denied = permission::refusal(parts, task, errand);
        let lack =
            denied.or_else(|| supply::refusal(parts, task, errand, trace.as_ref(), step.now));
        if let Some(lack) = lack {
            return Some(Missing {
                what: errand.what,
                reason: lack.reason(&supply::scene(parts, task, step)),
                after: if lack.is_retried() {
                    ASKED_AGAIN
                } else {
                    REFUSED
                },
                how: How::Refused(Arc::new(lack)),
            });
        }
        if errand.host.as_deref() == Some(DOCKER_HUB) {
            hub = trace;
        }
    }
    supply::take(parts, task, &errands, hub.as_ref(), step);
    None
}

/// What a task fetches over its own interface before its containers start, in order: what, and from which host. Each once.
pub fn fetched(task: &Task) -> Vec<(Fetch, String)> {
    let mut all: Vec<(Fetch, String)> = Vec::new();
    for errand in errands(task) {
        let one = errand.host.map(|host| (errand.what, host));
        all.extend(one.filter(|one| !all.contains(one)));
    }
    all
}

pub(super) fn errands(task: &Task) -> Vec<Errand<'_>> {
    // before 1.4.0 an interface of Fargate's own carried secrets and logins
    let own = task.platform.has("1.4.0");
    let containers = || {
        task.containers
            .iter()
            .map(|it| it.definition.as_ref())
            .enumerate()
    };
    let mut errands = Vec::new();
    let mut add = |what: Fetch, host: Option<String>, of, container| {
        errands.push(Errand {
            what,
            host,
            of,
            container,
        });
    };
    for (place, container) in containers() {
        for secret in &container.secrets {
            let what = match secret.store {
                SecretStore::SecretsManager if secret.login => Fetch::Login,
                SecretStore::SecretsManager => Fetch::Secret,
                SecretStore::ParameterStore => Fetch::Parameter,
            };
            let host = own.then(|| what.host());
            add(what, host, secret.value_from.as_str(), place);
        }
    }
    for (place, container) in containers() {
        for file in &container.environment_files {
            let host = Fetch::EnvironmentFile.host();
            add(Fetch::EnvironmentFile, Some(host), file.as_str(), place);
        }
    }
    let images: Vec<(usize, &str)> = containers()
        .map(|(place, it)| (place, it.image.as_str()))
        .collect();
    let private = images.iter().find(|image| image.1.contains(".dkr.ecr."));
    if let Some((place, image)) = private.filter(|_| own) {
        let host = Some(Fetch::RegistryLogin.host());
        add(Fetch::RegistryLogin, host, image, *place);
    }
    let mut groups: Vec<Option<&str>> = Vec::new();
    for (place, container) in containers().filter(|(_, it)| it.awslogs) {
        let group = container.log_group.as_ref().map(|it| it.name.as_str());
        if !groups.contains(&group) {
            groups.push(group);
            add(
                Fetch::LogGroup,
                Some(Fetch::LogGroup.host()),
                &container.name,
                place,
            );
        }
    }
    for (place, image) in &images {
        add(
            Fetch::Manifest,
            Some(Reference::read(image).host),
            image,
            *place,
        );
    }
    for (place, image) in &images {
        add(Fetch::Layers, Some(layers_host(image)), image, *place);
    }
    errands
}

/// The host that an image's layers come from: ECR keeps them in S3.
pub(crate) fn layers_host(image: &str) -> String {
    if image.contains(".dkr.ecr.") {
        format!("prod-{REGION}-starport-layer-bucket.s3.{REGION}.amazonaws.com")
    } else {
        Reference::read(image).host
    }
}

/// AWS's words for what did not come through.
fn words(task: &Task, errand: &Errand<'_>, host: &str, trace: &Trace) -> String {
    let of = errand.of;
    let mut dial = String::from("dial tcp");
    // where a name is not found there is no address to dial
    let dialled = if trace.to.is_unspecified() {
        write!(dial, ": lookup {host}")
    } else {
        write!(dial, " {}:443", trace.to)
    };
    debug_assert!(dialled.is_ok(), "a text can always be written to");
    let image = Reference::read(of);
    let (registry, name, version) = (&image.host, &image.repository, image.version());
    match errand.what {
        Fetch::Secret => format!(
            "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret {of} from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded"
        ),
        Fetch::Login => format!(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to get registry auth from asm: service call has been retried 5 time(s): asm fetching secret from the service for {of}: RequestCanceled: request context canceled caused by: context deadline exceeded"
        ),
        Fetch::EnvironmentFile => "ResourceInitializationError: failed to download env files: file download command: non empty error stream: RequestCanceled: request context canceled caused by: context deadline exceeded".to_owned(),
        Fetch::Parameter => "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secrets from ssm: The task cannot pull secrets from AWS Systems Manager. There is a connection issue between the task and AWS Systems Manager Parameter Store. Check your task network configuration. RequestCanceled: request context canceled caused by: context deadline exceeded".to_owned(),
        Fetch::RegistryLogin => format!(
            "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post \"https://{host}/\": {dial}: i/o timeout"
        ),
        Fetch::LogGroup => "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed".to_owned(),
        Fetch::Manifest | Fetch::Layers if !task.platform.has("1.4.0") => format!(
            "CannotPullContainerError: API error (500): Get https://{registry}/v2/: net/http: request canceled while waiting for connection"
        ),
        Fetch::Manifest => format!(
            "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref {}: failed to do request: Head \"https://{registry}/v2/{name}/manifests/{version}\": {dial}: i/o timeout",
            image.shown()
        ),
        Fetch::Layers | Fetch::FileSystem => format!(
            "CannotPullContainerError: The task cannot pull {of} from the registry {of}. There is a connection issue between the task and the registry. Check your task network configuration. : failed to copy: httpReadSeeker: failed open: failed to do request: Get https://{host}/…: {dial}: i/o timeout"
        ),
    }
}
