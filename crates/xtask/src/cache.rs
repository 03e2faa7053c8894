//! The per-user folder where set-up keeps tools: one folder per tool and version, complete or absent.
//!
//! Everything is made in `NAME.partial` and renamed when done, so an interrupted set-up leaves nothing that looks
//! finished; a lock file keeps two set-ups from working on the same folder.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::process::{Failure, Result, at};

/// Says where the folder is, overriding the default.
const OVERRIDE: &str = "FARGATE_PLAYGROUND_CACHE";

/// The folder, not necessarily there yet.
pub(crate) fn folder() -> Result<PathBuf> {
    let set = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if let Some(own) = set(OVERRIDE) {
        return at(&own, std::path::absolute(&own));
    }
    let base = set("XDG_CACHE_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".cache")))
        .or_else(|| set("LOCALAPPDATA"));
    base.map(|base| base.join("fargate-playground"))
        .ok_or_else(|| {
            Failure::with_cure(
                "there is no home folder to keep tools in",
                format!("set {OVERRIDE} to a folder"),
            )
        })
}

/// Holds the folder for one set-up at a time, until dropped.
pub(crate) struct Lock(#[expect(dead_code, reason = "the open file is the lock")] File);

impl Lock {
    /// Waits until no other set-up works on the folder.
    pub(crate) fn take() -> Result<Self> {
        let folder = folder()?;
        at(&folder, fs::create_dir_all(&folder))?;
        let path = folder.join(".lock");
        let file = at(&path, File::create(&path))?;
        if file.try_lock().is_err() {
            eprintln!(
                "waiting for another set-up that works on {}",
                folder.display()
            );
            at(&path, file.lock())?;
        }
        Ok(Self(file))
    }
}

/// Makes `name` in the folder: `fill` writes into an empty folder, which becomes `name` only if it succeeds.
pub(crate) fn install(name: &str, fill: impl FnOnce(&Path) -> Result) -> Result<PathBuf> {
    let target = folder()?.join(name);
    let partial = folder()?.join(format!("{name}.partial"));
    remove(&partial)?;
    at(&partial, fs::create_dir_all(&partial))?;
    fill(&partial)?;
    remove(&target)?;
    at(&target, fs::rename(&partial, &target))?;
    Ok(target)
}

/// Removes a folder if it is there.
pub(crate) fn remove(folder: &Path) -> Result {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => at(folder, Err(error)),
        _ => Ok(()),
    }
}
