//! npm packages: tools of ours in the cache, the editor's in its own folder. Lock files decide the versions.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{debian, say};
use crate::process::{Failure, Result, at, on_path, quiet, read};
use crate::workspace::root;
use crate::{cache, size};

/// The oldest major version of Node.js that our npm packages run on.
const OLDEST_NODE: u32 = 18;
/// The editor's package, once there is one.
const EDITOR: &str = "web/editor";

/// The `node_modules` of one of our own lists in `crates/xtask/npm`.
pub(super) fn tools(list: &str) -> Result<PathBuf> {
    let source = root().join("crates/xtask/npm").join(list);
    let name = format!("npm-{list}-{}", fingerprint(&source)?);
    let modules = cache::folder()?.join(&name).join("node_modules");
    if modules.is_dir() {
        return Ok(modules);
    }
    say(&format!("npm ci for the {list} tools"));
    cache::install(&name, |folder| {
        for file in ["package.json", "package-lock.json"] {
            at(folder, fs::copy(source.join(file), folder.join(file)))?;
        }
        ci(folder)
    })?;
    Ok(modules)
}

/// The editor's packages and its bundle, each renewed when what it is made from has changed.
pub(super) fn editor() -> Result {
    let folder = root().join(EDITOR);
    if !folder.join("package.json").is_file() {
        return Ok(());
    }
    renew(
        &folder.join("node_modules/.installed-from"),
        &fingerprint(&folder)?,
        || {
            say("npm ci for the editor");
            ci(&folder)
        },
    )?;
    let sources = hash_of(&sources(&folder)?)?;
    let dist = folder.join("dist");
    let stamp = folder.join("node_modules/.built-from");
    if !dist.is_dir() && stamp.exists() {
        at(&stamp, fs::remove_file(&stamp))?;
    }
    renew(&stamp, &sources, || {
        say("npm run build for the editor");
        quiet(npm()?.current_dir(&folder).args(["run", "build"]))
    })
}

/// Does `work` unless the stamp says that it was done for the same input.
fn renew(stamp: &Path, input: &str, work: impl FnOnce() -> Result) -> Result {
    if fs::read_to_string(stamp).is_ok_and(|text| text == input) {
        return Ok(());
    }
    work()?;
    at(stamp, fs::write(stamp, input))
}

/// What the bundle is made from: everything but packages, tests and the bundle itself.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in at(folder, fs::read_dir(folder))?.flatten() {
        let path = entry.path();
        match entry.file_name().to_str() {
            Some("node_modules" | "dist" | "test" | "README.md") => {}
            _ if path.is_dir() => {
                files.extend(size::files_below(&path)?.iter().map(|file| path.join(file)));
            }
            _ => files.push(path),
        }
    }
    files.sort();
    Ok(files)
}

/// npm, ready to be given arguments.
pub(crate) fn npm() -> Result<Command> {
    let cure = format!(
        "install Node.js {OLDEST_NODE} or newer with npm (nodejs.org, or your system's packages)"
    );
    let missing =
        |program: &str| Failure::with_cure(format!("{program} is not installed"), cure.clone());
    if on_path("npm").is_none() && debian::is_debian() {
        debian::apt_install(&["nodejs", "npm"])?;
    }
    let node = on_path("node").ok_or_else(|| missing("node"))?;
    let version = read(Command::new(node).arg("--version"))?;
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|text| text.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        return Err(Failure::with_cure(
            format!("Node.js {} is too old", version.trim()),
            cure,
        ));
    }
    Ok(Command::new(on_path("npm").ok_or_else(|| missing("npm"))?))
}

fn ci(folder: &Path) -> Result {
    quiet(
        npm()?
            .current_dir(folder)
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]),
    )
}

/// Changes when the list of packages or their versions do.
fn fingerprint(folder: &Path) -> Result<String> {
    hash_of(&["package.json", "package-lock.json"].map(|name| folder.join(name)))
}

/// Changes when one of the files does.
fn hash_of(files: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        at(file, fs::read(file))?.hash(&mut hasher);
    }
    Ok(format!("{:08x}", hasher.finish() >> 32))
}
