//! What a task on Fargate fetches before its containers start, each over the network: secrets, a registry's token, its log group, its
//! images. Each is a walk; the first that does not come through stops the task, in AWS's words.
//!
//! Source: 'Fargate task networking' and 'Amazon ECS interface VPC endpoints' of the developer guide (which interface carries what
//! before and since platform version 1.4.0); the words: 'Stopped tasks error messages'. AWS does not document the order; it is
//! the one that people see who add endpoints one after another.

use super::model::Task;
use crate::network::services;
use crate::network::{Destination, Endpoint, Flow, Network, Trace, Walk};
use crate::task_definition::SecretStore;
use std::fmt::Write as _;
use std::net::IpAddr;
use std::sync::Arc;

/// The Region of the account.
const REGION: &str = "us-east-1";

/// What a task fetches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fetch {
    /// A secret of Secrets Manager.
    Secret,
    /// A parameter of Systems Manager's Parameter Store.
    Parameter,
    /// A token for Amazon ECR.
    RegistryLogin,
    /// Its log group in CloudWatch Logs.
    LogGroup,
    /// The manifest of an image, from its registry.
    Manifest,
    /// The layers of an image; ECR keeps them in S3.
    Layers,
}

impl Fetch {
    /// The service as endpoints name it, where it is AWS's.
    pub const fn service(self) -> &'static str {
        match self {
            Self::Secret => "secretsmanager",
            Self::Parameter => "ssm",
            Self::RegistryLogin => "ecr.api",
            Self::LogGroup => "logs",
            Self::Manifest => "ecr.dkr",
            Self::Layers => "s3",
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
    /// The way of the attempt.
    pub(crate) trace: Arc<Trace>,
    /// AWS's reason.
    pub(crate) reason: String,
}

/// What finds the first thing that a task cannot fetch.
pub(crate) type Fetches = fn(&Network, Walk, &Task) -> Option<Missing>;

/// One thing to fetch: what, from which host, and for which secret or image.
struct Errand<'a> {
    what: Fetch,
    host: String,
    of: &'a str,
}

/// The first thing that a task cannot fetch, in the order in which Fargate fetches.
pub(crate) fn missing(network: &Network, walk: Walk, task: &Task) -> Option<Missing> {
    let interface = task.interface.clone()?;
    errands(task).into_iter().find_map(|errand| {
        let from = Endpoint::Interface(interface.clone());
        let mut flow = Flow::tcp(from, IpAddr::from([0, 0, 0, 0]), 443);
        flow.to = Destination::Name(errand.host.as_str().into());
        let trace = walk(network, &flow);
        if trace.delivered() {
            return None;
        }
        let reason = words(task, &errand, &trace);
        Some(Missing {
            what: errand.what,
            trace: Arc::new(trace),
            reason,
        })
    })
}

/// What a task fetches before its containers start, in order: what, and from which host. Each once.
pub fn fetched(task: &Task) -> Vec<(Fetch, String)> {
    let mut all: Vec<(Fetch, String)> = Vec::new();
    for errand in errands(task) {
        let one = (errand.what, errand.host);
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

fn errands(task: &Task) -> Vec<Errand<'_>> {
    // before 1.4.0 an interface of Fargate's own carried secrets and logins
    let own = task.platform.has("1.4.0");
    let containers = || task.containers.iter().map(|it| it.definition.as_ref());
    let mut errands = Vec::new();
    let mut add = |what: Fetch, host: String, of| {
        errands.push(Errand { what, host, of });
    };
    for secret in containers().flat_map(|it| &it.secrets).filter(|_| own) {
        let what = match secret.store {
            SecretStore::SecretsManager => Fetch::Secret,
            SecretStore::ParameterStore => Fetch::Parameter,
        };
        add(what, what.host(), secret.value_from.as_str());
    }
    let images: Vec<&str> = containers().map(|it| it.image.as_str()).collect();
    let private = images.iter().find(|image| image.contains(".dkr.ecr."));
    if let Some(image) = private.filter(|_| own) {
        add(Fetch::RegistryLogin, Fetch::RegistryLogin.host(), image);
    }
    if let Some(container) = containers().find(|it| it.awslogs) {
        add(Fetch::LogGroup, Fetch::LogGroup.host(), &container.name);
    }
    for image in &images {
        add(Fetch::Manifest, registry(image).to_owned(), image);
    }
    for image in &images {
        let host = if image.contains(".dkr.ecr.") {
            format!("prod-{REGION}-starport-layer-bucket.s3.{REGION}.amazonaws.com")
        } else {
            registry(image).to_owned()
        };
        add(Fetch::Layers, host, image);
    }
    errands
}

/// The registry of an image: what stands before the first slash, if that is a host; else Docker Hub.
fn registry(image: &str) -> &str {
    match image.split_once('/') {
        Some((host, _)) if host.contains(['.', ':']) => host,
        _ => "registry-1.docker.io",
    }
}

/// An image as registries name it: Docker Hub's own lie in `library`.
fn in_registry(image: &str) -> (&str, String, &str) {
    let registry = registry(image);
    let rest = image
        .strip_prefix(registry)
        .map_or(image, |rest| rest.trim_start_matches('/'));
    let folder = rest.rfind('/').map_or(0, |slash| slash + 1);
    let (name, tag) = match rest[folder..].split_once([':', '@']) {
        Some((name, tag)) => (&rest[..folder + name.len()], tag),
        None => (rest, "latest"),
    };
    let library = registry == "registry-1.docker.io" && !name.contains('/');
    let name = if library {
        format!("library/{name}")
    } else {
        name.to_owned()
    };
    (registry, name, tag)
}

/// AWS's words for what did not come through.
fn words(task: &Task, errand: &Errand<'_>, trace: &Trace) -> String {
    let (of, host) = (errand.of, &errand.host);
    let mut dial = String::from("dial tcp");
    // where a name is not found there is no address to dial
    let dialled = if trace.to.is_unspecified() {
        write!(dial, ": lookup {host}")
    } else {
        write!(dial, " {}:443", trace.to)
    };
    debug_assert!(dialled.is_ok(), "a text can always be written to");
    let (registry, name, tag) = in_registry(of);
    match errand.what {
        Fetch::Secret => format!(
            "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret {of} from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded"
        ),
        Fetch::Parameter => "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secrets from ssm: The task cannot pull secrets from AWS Systems Manager. There is a connection issue between the task and AWS Systems Manager Parameter Store. Check your task network configuration. RequestCanceled: request context canceled caused by: context deadline exceeded".to_owned(),
        Fetch::RegistryLogin => format!(
            "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error StatusCode: 0, RequestID: , request send failed, Post \"https://{host}/\": {dial}: i/o timeout"
        ),
        Fetch::LogGroup => "ResourceInitializationError: failed to validate logger args: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch. Check your network configuration. : signal: killed".to_owned(),
        Fetch::Manifest | Fetch::Layers if !task.platform.has("1.4.0") => format!(
            "CannotPullContainerError: API error (500): Get https://{registry}/v2/: net/http: request canceled while waiting for connection"
        ),
        Fetch::Manifest => {
            let shown = if registry == "registry-1.docker.io" { "docker.io" } else { registry };
            format!(
                "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref {shown}/{name}:{tag}: failed to do request: Head \"https://{registry}/v2/{name}/manifests/{tag}\": {dial}: i/o timeout"
            )
        }
        Fetch::Layers => format!(
            "CannotPullContainerError: The task cannot pull {of} from the registry {of}. There is a connection issue between the task and the registry. Check your task network configuration. : failed to copy: httpReadSeeker: failed open: failed to do request: Get https://{host}/…: {dial}: i/o timeout"
        ),
    }
}
