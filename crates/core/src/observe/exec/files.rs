//! The files that the shell finds: those that say something about where the container is.

use super::shell::{Answer, Shell};

impl Shell<'_> {
    /// The files that there are, each with what stands in it.
    pub(super) fn file(&self, path: &str) -> Option<String> {
        let interface = self.account.network.interface_of(&self.task.id)?;
        let subnet = self.account.network.subnets.get(&interface.subnet);
        let vpc = subnet.and_then(|it| self.account.network.vpcs.get(&it.vpc));
        Some(match path {
            "/etc/hostname" => self.hostname(),
            "/etc/hosts" => format!(
                "127.0.0.1 localhost\n{} {}",
                interface.private_ip,
                self.hostname()
            ),
            "/etc/resolv.conf" => format!(
                "nameserver {}\nsearch ec2.internal",
                vpc.map(|it| it.resolver().to_string()).unwrap_or_default()
            ),
            "/etc/os-release" => {
                "NAME=\"Linux\"\nID=linux\nPRETTY_NAME=\"A simulated image\"".to_owned()
            }
            "/proc/1/environ" => {
                let all = self.environment();
                let all: Vec<String> = all
                    .iter()
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect();
                all.join("\0")
            }
            _ => return None,
        })
    }

    fn folder(&self, path: &str) -> Option<Vec<String>> {
        let usual: &[&str] = match path {
            "/" => &[
                "bin",
                "dev",
                "etc",
                "home",
                "lib",
                "managed-agents",
                "proc",
                "root",
                "sys",
                "tmp",
                "usr",
                "var",
            ],
            "/etc" => &["hostname", "hosts", "os-release", "resolv.conf"],
            "/managed-agents" => &["execute-command"],
            "/managed-agents/execute-command" => &[
                "amazon-ssm-agent",
                "certs",
                "configuration",
                "ssm-agent-worker",
                "ssm-session-worker",
            ],
            "/bin" | "/dev" | "/home" | "/lib" | "/proc" | "/root" | "/sys" | "/tmp" | "/usr"
            | "/var" => &[],
            _ => {
                let mut mounts = self.container.definition.mounts.iter();
                return mounts
                    .any(|it| it.path.trim_end_matches('/') == path)
                    .then(Vec::new);
            }
        };
        let mut all: Vec<String> = usual.iter().map(|it| (*it).to_owned()).collect();
        if path == "/" {
            let mounts = self.container.definition.mounts.iter();
            all.extend(mounts.filter_map(|it| {
                it.path
                    .trim_start_matches('/')
                    .split('/')
                    .next()
                    .map(str::to_owned)
            }));
        }
        all.sort();
        all.dedup();
        Some(all)
    }

    pub(super) fn list(&self, words: &[&str]) -> Answer {
        let named: Vec<&&str> = words.iter().filter(|it| !it.starts_with('-')).collect();
        let path = absolute(named.first().map_or("/", |it| **it));
        match (self.folder(&path), self.file(&path)) {
            (Some(all), _) => Answer::said(all.join("\n")),
            (None, Some(_)) => Answer::said(path),
            (None, None) => Answer::failed(1, format!("ls: {path}: No such file or directory")),
        }
    }

    pub(super) fn cat(&self, words: &[&str]) -> Answer {
        let mut out = Vec::new();
        for word in words {
            let path = absolute(word);
            match self.file(&path) {
                Some(text) => out.push(text),
                None if self.folder(&path).is_some() => {
                    return Answer::failed(1, format!("cat: read error: {word}: Is a directory"));
                }
                None => {
                    return Answer::failed(
                        1,
                        format!("cat: can't open '{word}': No such file or directory"),
                    );
                }
            }
        }
        Answer::said(out.join("\n"))
    }
}

/// A path from the root.
fn absolute(path: &str) -> String {
    let path = path.trim_end_matches('/');
    if path.starts_with('/') {
        path.to_owned()
    } else {
        format!("/{}", path.trim_start_matches("./"))
    }
}
