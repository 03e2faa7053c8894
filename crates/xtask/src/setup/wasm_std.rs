//! A standard library for wasm32-unknown-unknown: the active toolchain's, else one added by rustup, else one built
//! from Debian's Rust sources.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Need, debian, say};
use crate::process::{Failure, Result, on_path, read};

/// The target of the page.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// rustup may take this long for its download before the next way is tried.
const RUSTUP_PATIENCE: Duration = Duration::from_secs(180);

/// The first minor version of the compiler that has `-Cpanic=immediate-abort`.
const IMMEDIATE_ABORT: u32 = 92;

/// Which compiler builds the page.
pub(crate) enum WasmStd {
    /// The one that is active anyway.
    Active,
    /// One in a folder that looks like a toolchain.
    Folder(PathBuf),
}

impl WasmStd {
    /// Whether its sources are there, or can be had, and its compiler knows how to leave out the texts of panics.
    pub(super) fn can_be_built(&self) -> bool {
        let Self::Active = self else {
            return false;
        };
        let knows = read(Command::new("rustc").arg("--version"))
            .is_ok_and(|text| minor(&text).is_some_and(|minor| minor >= IMMEDIATE_ABORT));
        knows
            && (has_sources() || rustup(&["component", "add", "rust-src"]).is_ok() && has_sources())
    }

    /// Folders of programs that come with it.
    pub(super) fn folders(&self) -> Vec<PathBuf> {
        match self {
            Self::Active => Vec::new(),
            Self::Folder(folder) => vec![folder.join("bin")],
        }
    }

    /// Makes `command`, and every cargo below it, use this compiler.
    pub(super) fn prepare(&self, command: &mut Command) {
        if let Self::Folder(folder) = self {
            command
                .env("RUSTC", folder.join("bin/rustc"))
                .env("RUSTDOC", folder.join("bin/rustdoc"));
            // What the native toolchain set for us would send it back there.
            for name in ["RUSTUP_TOOLCHAIN", "CARGO", "LD_LIBRARY_PATH"] {
                command.env_remove(name);
            }
        }
    }
}

/// Tries the ways in turn.
pub(super) fn obtain(need: Need) -> Result<WasmStd> {
    if active_has_target()? {
        return Ok(WasmStd::Active);
    }
    if let Some(folder) = debian::ready(need)? {
        return Ok(WasmStd::Folder(folder));
    }
    say(&format!(
        "the Rust toolchain has no {TARGET}; asking rustup for it"
    ));
    match rustup(&["target", "add", TARGET]) {
        Ok(()) if active_has_target()? => return Ok(WasmStd::Active),
        Ok(()) => say("rustup added it to a toolchain that is not the active one"),
        Err(why) => say(&format!("rustup cannot: {why}")),
    }
    if !debian::is_debian() {
        return Err(Failure::with_cure(
            format!("there is no standard library for {TARGET}"),
            format!(
                "install Rust with rustup and run `rustup target add {TARGET}`; on Debian this is not needed"
            ),
        ));
    }
    say("building it from Debian's Rust sources, about two minutes");
    debian::build().map(WasmStd::Folder)
}

/// Whether the active compiler can already build for the page.
fn active_has_target() -> Result<bool> {
    let folder =
        read(Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    let Ok(entries) = std::fs::read_dir(Path::new(folder.trim())) else {
        return Ok(false);
    };
    Ok(entries
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-")))
}

/// Whether the active toolchain has the standard library's sources.
fn has_sources() -> bool {
    read(Command::new("rustc").args(["--print", "sysroot"])).is_ok_and(|folder| {
        Path::new(folder.trim())
            .join("lib/rustlib/src/rust/library/std/Cargo.toml")
            .is_file()
    })
}

/// The second number of a compiler's version, such as 95 of `rustc 1.95.0 (59807616e 2026-04-14)`.
fn minor(version: &str) -> Option<u32> {
    let number = version.split_whitespace().nth(1)?;
    number.split('.').nth(1)?.parse().ok()
}

/// A command of rustup, given up when it takes too long.
fn rustup(words: &[&str]) -> std::result::Result<(), String> {
    let rustup = on_path("rustup").ok_or("it is not installed")?;
    let mut command = Command::new(rustup);
    command.args(words).env("RUSTUP_MAX_RETRIES", "0");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| error.to_string())?;
    let start = Instant::now();
    while start.elapsed() < RUSTUP_PATIENCE {
        match child.try_wait().map_err(|error| error.to_string())? {
            Some(status) if status.success() => return Ok(()),
            Some(_) => {
                return Err(
                    "it fails (no network, or a toolchain that it does not manage)".to_owned(),
                );
            }
            None => sleep(Duration::from_millis(100)),
        }
    }
    child
        .kill()
        .and_then(|()| child.wait())
        .map_err(|error| error.to_string())?;
    Err(format!("no answer within {} s", RUSTUP_PATIENCE.as_secs()))
}
