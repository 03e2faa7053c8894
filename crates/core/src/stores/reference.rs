//! The name of an image, taken apart: its registry, its repository, its tag or digest.
//!
//! Source: the grammar of the `distribution` project's `reference` package, as Docker and containerd read names.

/// The host that Docker Hub answers pulls at.
pub const DOCKER_HUB: &str = "registry-1.docker.io";

/// An image as a task definition names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The registry's host.
    pub host: String,
    /// The repository in it; Docker Hub's official images lie in `library`.
    pub repository: String,
    /// The tag, where there is one; `latest` where neither tag nor digest are given.
    pub tag: Option<String>,
    /// The digest, where it is pinned: it counts, whatever the tag.
    pub digest: Option<String>,
}

impl Reference {
    /// Takes a name apart. What stands before the first slash is a registry if it has a dot or a port, or is `localhost`.
    pub fn read(image: &str) -> Self {
        let (host, rest) = match image.split_once('/') {
            Some((host, rest)) if host.contains(['.', ':']) || host == "localhost" => (host, rest),
            _ => (DOCKER_HUB, image),
        };
        let host = match host {
            "docker.io" | "index.docker.io" | "registry.hub.docker.com" => DOCKER_HUB,
            other => other,
        };
        let (rest, digest) = match rest.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest.to_owned())),
            None => (rest, None),
        };
        let folder = rest.rfind('/').map_or(0, |slash| slash + 1);
        let (name, tag) = match rest[folder..].split_once(':') {
            Some((name, tag)) => (&rest[..folder + name.len()], Some(tag.to_owned())),
            None => (rest, None),
        };
        let official = host == DOCKER_HUB && !name.contains('/');
        Self {
            host: host.to_owned(),
            repository: if official {
                format!("library/{name}")
            } else {
                name.to_owned()
            },
            tag: tag.or_else(|| digest.is_none().then(|| "latest".to_owned())),
            digest,
        }
    }

    /// Registry and repository: how a repository is known here.
    pub fn key(&self) -> String {
        format!("{}/{}", self.host, self.repository)
    }

    /// The tag, or the digest where it is pinned: what the registry is asked for.
    pub fn version(&self) -> &str {
        let version = self.digest.as_deref().or(self.tag.as_deref());
        version.unwrap_or("latest")
    }

    /// The whole name as containerd says it: `docker.io/library/nginx:1.27`.
    pub fn shown(&self) -> String {
        let host = match self.host.as_str() {
            DOCKER_HUB => "docker.io",
            other => other,
        };
        let mut shown = format!("{host}/{}", self.repository);
        if let Some(tag) = &self.tag {
            shown.push(':');
            shown.push_str(tag);
        }
        if let Some(digest) = &self.digest {
            shown.push('@');
            shown.push_str(digest);
        }
        shown
    }

    /// The number of the account whose registry of ECR it is.
    pub fn ecr_account(&self) -> Option<&str> {
        let (account, rest) = self.host.split_once(".dkr.ecr.")?;
        rest.ends_with(".amazonaws.com").then_some(account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_as_docker_does() {
        let digest = format!("sha256:{}", "0".repeat(64));
        for (image, key, version, shown) in [
            (
                "nginx",
                "registry-1.docker.io/library/nginx",
                "latest",
                "docker.io/library/nginx:latest",
            ),
            (
                "nginx:1.27",
                "registry-1.docker.io/library/nginx",
                "1.27",
                "docker.io/library/nginx:1.27",
            ),
            (
                "acme/web",
                "registry-1.docker.io/acme/web",
                "latest",
                "docker.io/acme/web:latest",
            ),
            (
                "docker.io/acme/web:2",
                "registry-1.docker.io/acme/web",
                "2",
                "docker.io/acme/web:2",
            ),
            (
                "ghcr.io/acme/shop/web:v1",
                "ghcr.io/acme/shop/web",
                "v1",
                "ghcr.io/acme/shop/web:v1",
            ),
            (
                "localhost:5000/web",
                "localhost:5000/web",
                "latest",
                "localhost:5000/web:latest",
            ),
            (
                "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com/web",
                "1",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1",
            ),
        ] {
            let found = Reference::read(image);
            assert_eq!(
                (found.key().as_str(), found.version()),
                (key, version),
                "{image}"
            );
            assert_eq!(found.shown(), shown);
        }
        let pinned = Reference::read(&format!("ghcr.io/acme/web:v1@{digest}"));
        assert_eq!(pinned.version(), digest);
        assert_eq!(pinned.tag.as_deref(), Some("v1"));
        for rubbish in [
            "",
            "/",
            ":",
            "@",
            "a/",
            "/a",
            "::",
            "@@",
            "é/ü:ö@ß",
            "a:b:c@d@e/f",
        ] {
            let _ = Reference::read(rubbish).shown();
        }
    }

    #[test]
    fn an_account_is_read_from_a_registry_of_ecr() {
        let account = |image: &str| Reference::read(image).ecr_account().map(str::to_owned);
        assert_eq!(
            account("111122223333.dkr.ecr.eu-west-1.amazonaws.com/web").as_deref(),
            Some("111122223333")
        );
        assert_eq!(account("public.ecr.aws/nginx/nginx"), None);
    }
}
