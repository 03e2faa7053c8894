//! Debian's Rust, completed by a standard library for the page.
//!
//! The packages `rustc-web` and `rust-web-src` bring a current compiler and the sources of std, but no wasm32 std. It
//! is built once into a folder that looks like a toolchain: the wasm libraries, links to the host's, and wrappers
//! that name the folder as sysroot. The folder is kept until Debian's compiler changes.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::wasm_std::TARGET;
use super::{Need, say};
use crate::cache;
use crate::process::{Failure, Result, at, line_of, on_path, quiet, read};

/// Debian's compiler, whatever else is on `PATH`.
const RUSTC: &str = "/usr/bin/rustc";
/// Debian's lint driver, of the same version.
const CLIPPY: &str = "/usr/bin/clippy-driver";
/// The folder's name in the cache.
const FOLDER: &str = "wasm-toolchain";
/// Changes when the recipe does, so that folders of an older recipe are rebuilt.
const RECIPE: &str = "std-v1";
/// Debian's links named `rust-lld` point to the linker that the compiler wants.
const LINKER: &str = "/usr/bin/rust-lld";

/// Whether Debian's packages can be asked for. Others that use apt-get name or build them differently.
pub(super) fn is_debian() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    release.lines().any(|line| line == "ID=debian") && on_path("apt-get").is_some()
}

/// The folder, if it was built with the compiler that is installed now.
pub(super) fn ready(need: Need) -> Result<Option<PathBuf>> {
    let folder = cache::folder()?.join(FOLDER);
    let Ok(stamp) = fs::read_to_string(folder.join(".stamp")) else {
        return Ok(None);
    };
    if !Path::new(RUSTC).exists() || stamp.trim() != wanted_stamp()? {
        return Ok(None);
    }
    if need == Need::Test {
        add_clippy(&folder)?;
    }
    Ok(Some(folder))
}

/// Installs the packages and builds the folder.
pub(super) fn build() -> Result<PathBuf> {
    if !Path::new(RUSTC).exists() || !Path::new("/usr/lib/rustlib/src/rust").exists() {
        apt_install(&["rustc-web", "cargo-web", "rust-web-src"])?;
    }
    install_linker()?;
    let folder = cache::install(FOLDER, |folder| {
        let work = cache::folder()?.join("build/wasm-std");
        cache::remove(&work)?;
        let built = compile_std(&work)?;
        furnish(folder, &built)?;
        cache::remove(&work)
    })?;
    add_clippy(&folder)?;
    Ok(folder)
}

/// `apt-get install`, never removing anything; without root it says what to type.
pub(super) fn apt_install(packages: &[&str]) -> Result {
    let names = packages.join(" ");
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
        command
    };
    let mut install = apt();
    install
        .args(["install", "-y", "--no-remove", "--no-install-recommends"])
        .args(packages);
    if read(Command::new("id").arg("-u"))?.trim() != "0" {
        return Err(Failure::with_cure(
            format!("these Debian packages are missing: {names}"),
            format!(
                "sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"
            ),
        ));
    }
    say(&format!("apt-get install {names}"));
    quiet(apt().arg("update"))?;
    quiet(&mut install).map_err(|failure| {
        let cure = format!("run `{}` and read what it says", line_of(&install));
        Failure::with_cure(failure.cause, cure)
    })
}

fn install_linker() -> Result {
    let link = Path::new(LINKER);
    let target = at(link, fs::read_link(link))?;
    let name = target
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    if link.exists() {
        Ok(())
    } else {
        apt_install(&[&name])
    }
}

fn wanted_stamp() -> Result<String> {
    Ok(format!(
        "{} {RECIPE}",
        read(Command::new(RUSTC).arg("-V"))?.trim()
    ))
}

/// Builds std in `work`; returns the folder of the libraries. Nothing of the caller's cargo settings leaks in.
fn compile_std(work: &Path) -> Result<PathBuf> {
    let source = work.join("src");
    at(&source, fs::create_dir_all(&source))?;
    let manifest = "[package]\nname = \"wasm-std\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
                    [workspace]\n[profile.release]\nopt-level = 3\ncodegen-units = 1\n";
    write(&work.join("Cargo.toml"), manifest)?;
    write(&source.join("lib.rs"), "#![no_std]\n")?;
    let mut build = Command::new("/usr/bin/cargo");
    build
        .current_dir(work)
        .args(["build", "-q", "--release", "--target", TARGET]);
    build.arg("-Zbuild-std=std,panic_abort,test,proc_macro");
    for name in [
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_BUILD_TARGET",
        "RUSTUP_TOOLCHAIN",
        "RUSTC_WRAPPER",
        "CARGO",
    ] {
        build.env_remove(name);
    }
    build
        .env_remove("LD_LIBRARY_PATH")
        .env("PATH", "/usr/bin:/bin")
        .env("RUSTC", RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_DIR", work.join("target"))
        .env(
            "RUSTFLAGS",
            "-Cembed-bitcode=yes -Zforce-unstable-if-unmarked",
        )
        .env("__CARGO_DEFAULT_LIB_METADATA", "stablestd");
    quiet(&mut build)?;
    Ok(work.join("target").join(TARGET).join("release/deps"))
}

/// Lays out the toolchain folder. The wrappers name the final place, since this one will be renamed.
fn furnish(folder: &Path, built: &Path) -> Result {
    let rustlib = folder.join("lib/rustlib");
    let libraries = rustlib.join(TARGET).join("lib");
    at(&libraries, fs::create_dir_all(&libraries))?;
    for entry in at(built, fs::read_dir(built))?.flatten() {
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if text.ends_with(".rlib") && !text.starts_with("libwasm_std-") {
            at(&entry.path(), fs::copy(entry.path(), libraries.join(&name)))?;
        }
    }
    for name in [&host()?, "src"] {
        link(
            &Path::new("/usr/lib/rustlib").join(name),
            &rustlib.join(name),
        )?;
    }
    let bin = folder.join("bin");
    at(&bin, fs::create_dir_all(&bin))?;
    for name in ["rustc", "rustdoc"] {
        wrap(&bin, name)?;
    }
    link(Path::new("/usr/bin/cargo"), &bin.join("cargo"))?;
    write(&folder.join(".stamp"), &wanted_stamp()?)
}

/// Adds Debian's clippy to the folder: its driver wrapped, and cargo-clippy as a copy, since it looks for the driver
/// beside itself.
fn add_clippy(folder: &Path) -> Result {
    let bin = folder.join("bin");
    if bin.join("cargo-clippy").exists() && Path::new(CLIPPY).exists() {
        return Ok(());
    }
    if !Path::new(CLIPPY).exists() {
        apt_install(&["rust-web-clippy"])?;
    }
    wrap(&bin, "clippy-driver")?;
    let copy = bin.join("cargo-clippy");
    at(&copy, fs::copy("/usr/bin/cargo-clippy", &copy)).map(|_| ())
}

/// A script that runs Debian's program with our folder as sysroot: a link would make it look in its own.
fn wrap(bin: &Path, name: &str) -> Result {
    let sysroot = cache::folder()?.join(FOLDER);
    let path = bin.join(name);
    write(
        &path,
        &format!(
            "#!/bin/sh\nexec /usr/bin/{name} \"$@\" --sysroot \"{}\"\n",
            sysroot.display()
        ),
    )?;
    at(
        &path,
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)),
    )
}

fn host() -> Result<String> {
    let text = read(Command::new(RUSTC).arg("-vV"))?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| "rustc does not name its host".into())
}

fn link(target: &Path, at_path: &Path) -> Result {
    at(at_path, symlink(target, at_path))
}

fn write(path: &Path, text: &str) -> Result {
    at(path, fs::write(path, text))
}
