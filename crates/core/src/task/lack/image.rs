//! The words where an image cannot be pulled, by what its registry answers.

use super::Scene;
use crate::stores::{DOCKER_HUB, ImageLack, Reference};
use crate::units::Date;

/// The day since which Docker Hub words its limit otherwise. Source: reports before and after.
const HUB_REWORDED: Date = Date::new(2025, 4, 1);

/// The day since which a manifest is asked for seven times, not five. Source: reports before and after.
const SEVEN_TIMES: Date = Date::new(2025, 1, 1);

pub(super) fn image(image: &Reference, lack: &ImageLack, scene: &Scene) -> String {
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

pub(super) fn rate_limit(image: &Reference, scene: &Scene) -> String {
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
pub(super) fn damaged(scene: &Scene) -> String {
    if scene.containerd {
        "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: failed commit on ref \"layer-sha256:…\": unexpected commit digest sha256:…, expected sha256:…: failed precondition".to_owned()
    } else {
        "CannotPullContainerError: filesystem layer verification failed for digest sha256:…"
            .to_owned()
    }
}
