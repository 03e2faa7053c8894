//! What is in this workspace: its folder, its packages, and what each of them brings (benches, browser tests).

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::process::{Result, at, read};

/// One package of the workspace.
pub(crate) struct Package {
    /// Its name in Cargo.toml.
    pub(crate) name: String,
    /// It has tests that want a browser (a dev-dependency on wasm-bindgen-test).
    pub(crate) has_browser_tests: bool,
    /// The names of its benches.
    pub(crate) benches: Vec<String>,
}

/// The workspace as cargo sees it.
pub(crate) struct Workspace {
    /// Its packages, in cargo's order.
    pub(crate) packages: Vec<Package>,
}

/// The top folder of the checkout that this program was built from.
pub(crate) fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own).to_owned()
}

/// A call of the cargo that runs us.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

impl Workspace {
    /// Asks cargo.
    pub(crate) fn load() -> Result<Self> {
        let text = read(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
        let metadata: Value = serde_json::from_str(&text)
            .map_err(|error| format!("cargo metadata cannot be read: {error}"))?;
        let packages = list(&metadata["packages"]).iter().map(package).collect();
        Ok(Self { packages })
    }

    /// Whether a package of this name is a member.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.packages.iter().any(|package| package.name == name)
    }
}

/// The version of a dependency that Cargo.lock holds; `None` while nothing depends on it.
pub(crate) fn locked_version(name: &str) -> Result<Option<String>> {
    let path = root().join("Cargo.lock");
    let lock = at(&path, std::fs::read_to_string(&path))?;
    Ok(version_in(&lock, name))
}

fn version_in(lock: &str, name: &str) -> Option<String> {
    let wanted = format!("name = \"{name}\"");
    let mut lines = lock.lines().skip_while(|line| *line != wanted);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

fn package(value: &Value) -> Package {
    let has_kind = |target: &&Value, kind: &str| list(&target["kind"]).iter().any(|k| k == kind);
    let targets = list(&value["targets"]);
    Package {
        name: text(&value["name"]),
        has_browser_tests: list(&value["dependencies"])
            .iter()
            .any(|needed| needed["name"] == "wasm-bindgen-test"),
        benches: targets
            .iter()
            .filter(|target| has_kind(target, "bench"))
            .map(|t| text(&t["name"]))
            .collect(),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::version_in;

    #[test]
    fn the_locked_version_is_of_the_package_with_exactly_that_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "bindgen"), None);
    }
}
