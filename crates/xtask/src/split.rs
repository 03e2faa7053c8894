//! Splits the built page's wasm: what a first visit needs, the panels, which come when they are first shown, the annex, which follows
//! them, and what panels and annex have in common.
//!
//! Trunk has built and bound one file; here the same output of the linker is split (`--cfg split` made the linker keep what that
//! needs), bound again, optimised, and put in its place.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{Result, at, quiet, run};
use crate::setup::{TARGET, Tools};
use crate::strict::fingerprint;
use crate::styles::minify;
use crate::workspace::root;

/// The package of the page, and the name of its files.
const PAGE: &str = "fargate-web";
/// The script by which the split files find each other, as the tool calls it.
const LINK: &str = "__wasm_split.js";
/// How the tool calls the files that come later: those of one split point, and what several have in common.
const LATER: [&str; 2] = ["split_", "chunk_"];
/// What the compiler may use and the browsers of the last years know.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What makes the wasm small as it crosses the wire, which is not what makes it short: repetitions that are left alone compress better.
/// The lowest kilobyte of memory is the far end of the stack, so nothing lies there.
const SMALL: [&str; 5] = [
    "-Os",
    "--converge",
    "--low-memory-unused",
    "--reorder-functions",
    "--skip-pass=local-cse",
];

/// Makes the cargo below `command` build what can be split, and small.
pub(crate) fn prepare(command: &mut Command, tools: &Tools) {
    let mut flags = vec!["--cfg", "split"];
    if tools.lean {
        // The standard library is built too, for size, and a panic is a trap at once: without its texts and what writes them.
        // These are options of the compiler that are not stable; without them the page weighs an eighth more and does the same.
        command
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_UNSTABLE_BUILD_STD", "std")
            .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size");
        flags.extend([
            "-Zunstable-options",
            "-Cpanic=immediate-abort",
            "-Zlocation-detail=none",
            "-Zfmt-debug=none",
        ]);
    }
    command.env(
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        flags.join(" "),
    );
}

/// Where it is noted that the standard library was not built with the page.
fn plain() -> PathBuf {
    root().join("target/split/plain")
}

/// Whether the site was built without its own standard library, and so may weigh more.
pub(crate) fn is_plain() -> bool {
    plain().is_file()
}

/// Splits the page in the built folder.
pub(crate) fn apply(tools: &Tools, dist: &Path) -> Result {
    let name = bound_name(dist)?;
    let work = root().join("target/split");
    crate::cache::remove(&work)?;
    at(&work, fs::create_dir_all(&work))?;
    if !tools.lean {
        write(&plain(), b"")?;
    }
    let linked = root().join(format!("target/wasm/{TARGET}/release/{PAGE}.wasm"));
    quiet(
        tools
            .command("wasm-split-cli")?
            .args(["--target", "web", "--out-name", &name])
            .args([&linked, &work]),
    )?;
    let bound = work.join("bound");
    quiet(
        tools
            .command("wasm-bindgen")?
            .args(["--target", "web", "--keep-lld-exports", "--no-typescript"])
            .args(["--out-name", &name, "--out-dir"])
            .args([&bound, &work.join(format!("{name}.wasm"))]),
    )?;
    let main = format!("{name}_bg.wasm");
    let shaken = work.join("shaken.wasm");
    shake(tools, &bound.join(&main), &shaken)?;
    optimise(tools, &shaken, &dist.join(&main))?;
    let mut link = text(&work.join(LINK))?;
    for file in later(&work)? {
        let small = work.join("small.wasm");
        optimise(tools, &work.join(&file), &small)?;
        // A name of its own for each content, so that a browser never mixes two editions.
        let content = read(&small)?;
        let named = format!("panels-{:016x}.wasm", fingerprint(&content));
        write(&dist.join(&named), &content)?;
        link = link.replace(&format!("./{file}"), &format!("./{named}"));
    }
    let link_name = format!("link-{:016x}.js", fingerprint(link.as_bytes()));
    write(&dist.join(&link_name), link.as_bytes())?;
    let glue = text(&bound.join(format!("{name}.js")))?;
    // The imports, one for each split point; the names by which the wasm asks for them stay.
    let glue = glue.replace(
        &format!("from \"./{LINK}\""),
        &format!("from \"./{link_name}\""),
    );
    let script = dist.join(format!("{name}.js"));
    write(&script, glue.as_bytes())?;
    minify(&script)
}

/// Builds the cases of the benches as the page is built, for a browser; gives the file.
pub(crate) fn cases(tools: &Tools) -> Result<PathBuf> {
    let mut build = tools.wasm_cargo()?;
    build.args(["build", "--quiet", "--release", "--lib", "--target", TARGET]);
    build.args(["--package", "fargate-cases"]);
    prepare(&mut build, tools);
    run(&mut build)?;
    let made = root().join(format!("target/wasm/{TARGET}/release/fargate_cases.wasm"));
    let small = root().join("target/wasm/fargate_cases.wasm");
    optimise(tools, &made, &small)?;
    Ok(small)
}

/// The names of the files that come later, in order.
fn later(work: &Path) -> Result<Vec<String>> {
    let names = at(work, fs::read_dir(work))?.flatten();
    let names = names.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names
        .filter(|name| LATER.iter().any(|start| name.starts_with(start)))
        .filter(|name| Path::new(name).extension() == Some("wasm".as_ref()))
        .collect();
    names.sort();
    Ok(names)
}

/// The name that Trunk gave the page's script, without its ending.
fn bound_name(dist: &Path) -> Result<String> {
    let names = at(dist, fs::read_dir(dist))?.flatten();
    let mut names = names.filter_map(|entry| entry.file_name().into_string().ok());
    names
        .find_map(|name| Some(name.strip_suffix("_bg.wasm")?.to_owned()))
        .filter(|name| name.starts_with(PAGE))
        .ok_or_else(|| format!("{} has no wasm of {PAGE}", dist.display()).into())
}

/// Drops what only a bridge to the browser's streams uses: a library below Leptos exports it, the page never calls it.
fn shake(tools: &Tools, from: &Path, to: &Path) -> Result {
    let graph = to.with_extension("json");
    quiet(
        Command::new("node")
            .arg(root().join("crates/xtask/data/exports.mjs"))
            .args([from, &graph]),
    )?;
    quiet(
        tools
            .command("wasm-metadce")?
            .args(FEATURES)
            .arg(from)
            .arg("--graph-file")
            .arg(&graph)
            .arg("-o")
            .arg(to),
    )
}

fn optimise(tools: &Tools, from: &Path, to: &Path) -> Result {
    quiet(
        tools
            .command("wasm-opt")?
            .args(FEATURES)
            .args(SMALL)
            .arg(from)
            .arg("-o")
            .arg(to),
    )
}

fn read(path: &Path) -> Result<Vec<u8>> {
    at(path, fs::read(path))
}

fn text(path: &Path) -> Result<String> {
    at(path, fs::read_to_string(path))
}

fn write(path: &Path, content: &[u8]) -> Result {
    at(path, fs::write(path, content))
}
