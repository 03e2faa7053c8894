//! Trunk and wasm-bindgen, built by `cargo install` into the cache, each in the one version that fits.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::say;
use crate::cache;
use crate::process::{Result, on_path, quiet, read};
use crate::workspace::{cargo, locked_version};

/// The newest Trunk that builds with our minimum Rust; 0.22 wants 1.96.1.
const TRUNK: &str = "0.21.14";

/// The edition that knows the marks of `wasm_split_helpers` in `Cargo.lock`.
const WASM_SPLIT: &str = "0.2.4";

/// The folder of Trunk; `None` if the right one is on `PATH`.
pub(super) fn trunk() -> Result<Option<PathBuf>> {
    // Its features are a version check, a TLS stack for downloads that set-up makes unnecessary, and a minifier.
    tool(
        "trunk",
        "trunk",
        TRUNK,
        &["--no-default-features"],
        "about five minutes",
    )
}

/// The folder of wasm-bindgen; `None` if the right one is on `PATH`, or nothing uses it yet.
pub(super) fn wasm_bindgen() -> Result<Option<PathBuf>> {
    match locked_version("wasm-bindgen")? {
        Some(version) => tool(
            "wasm-bindgen-cli",
            "wasm-bindgen",
            &version,
            &[],
            "about three minutes",
        ),
        None => Ok(None),
    }
}

/// The folder of what splits a wasm file.
pub(super) fn wasm_split() -> Result<Option<PathBuf>> {
    tool(
        "wasm_split_cli_support",
        "wasm-split-cli",
        WASM_SPLIT,
        &["--features", "build-binary"],
        "about a minute",
    )
}

fn tool(
    package: &str,
    program: &str,
    version: &str,
    extra: &[&str],
    duration: &str,
) -> Result<Option<PathBuf>> {
    if on_path(program).is_some_and(|path| is_version(&path, version)) {
        return Ok(None);
    }
    let name = format!("{program}-{version}");
    let folder = cache::folder()?.join(&name);
    if folder.join("bin").join(program).is_file() {
        return Ok(Some(folder.join("bin")));
    }
    say(&format!("building {package} {version}, {duration}"));
    let folder = cache::install(&name, |folder| install(package, version, extra, folder))?;
    Ok(Some(folder.join("bin")))
}

/// With the package's own lock file; without it where that names a version that can no longer be had.
fn install(package: &str, version: &str, extra: &[&str], folder: &Path) -> Result {
    let target = cache::folder()?.join("build").join(package);
    let attempt = |locked: &[&str]| {
        let mut command = cargo();
        command
            .args([
                "install",
                "--quiet",
                package,
                "--version",
                version,
                "--root",
            ])
            .arg(folder);
        command.args(locked).args(extra);
        // Kept when interrupted, so that the next run goes on from there.
        command.env("CARGO_TARGET_DIR", &target);
        // These programs run for seconds; the time is in building them.
        command
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off");
        command
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false");
        command
            .env_remove("CARGO_BUILD_TARGET")
            .env_remove("RUSTFLAGS");
        quiet(&mut command)
    };
    if let Err(failure) = attempt(&["--locked"]) {
        say(&format!(
            "{package} does not install with its lock file, trying without\n{failure}"
        ));
        attempt(&[])?;
    }
    cache::remove(&target)
}

fn is_version(program: &Path, version: &str) -> bool {
    read(Command::new(program).arg("--version"))
        .is_ok_and(|text| text.split_whitespace().nth(1) == Some(version))
}
