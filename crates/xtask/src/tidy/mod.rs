//! What no compiler checks: arrows between modules, file sizes and names, and words that do not belong in the project.

mod arrows;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use crate::process::read;
use crate::workspace::{Workspace, root};

/// Files that may be longer than the limit, each with a reason behind `#`.
const LONG_FILES: &str = include_str!("../../data/long-files.txt");
/// A reader holds about this many lines in the head.
const LINES: usize = 400;
/// Text files of ours end so.
const OURS: [&str; 13] = [
    "rs", "toml", "md", "txt", "yml", "yaml", "json", "js", "mjs", "ts", "css", "html", "svg",
];

/// A file of the project: those that git tracks, or would with `git add`.
struct File {
    path: PathBuf,
    text: String,
}

impl File {
    fn has_extension(&self, extension: &str) -> bool {
        self.path.extension().is_some_and(|own| own == extension)
    }

    fn is_test(&self) -> bool {
        let in_tests = self
            .path
            .components()
            .any(|part| part.as_os_str() == "tests");
        in_tests || self.path.file_stem().is_some_and(|stem| stem == "tests")
    }
}

fn files() -> Vec<File> {
    let mut git = Command::new("git");
    git.current_dir(root()).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let names = read(&mut git).unwrap();
    let paths = names
        .split('\0')
        .filter(|name| !name.is_empty())
        .map(PathBuf::from);
    let ours = paths.filter(|path| {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        OURS.contains(&extension.as_ref()) || path.starts_with(".ci")
    });
    // A file that git knows and that is just being removed is not there.
    let read = ours.filter_map(|path| {
        Some(File {
            text: std::fs::read_to_string(root().join(&path)).ok()?,
            path,
        })
    });
    let files: Vec<File> = read.collect();
    assert!(files.len() > 10, "git lists the project's files");
    files
}

/// Lines of a data file: comments cut off, empty ones left out.
fn entries(data: &'static str) -> impl Iterator<Item = &'static str> {
    data.lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|line| !line.is_empty())
}

fn assert_none(problems: &[String], cure: &str) {
    assert!(
        problems.is_empty(),
        "\n{}\n  cure: {cure}",
        problems.join("\n")
    );
}

/// Lines before a file's own test module, which stands at its end.
fn lines_outside_tests(text: &str) -> usize {
    let code = text
        .split("\n#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    code.lines().count()
}

#[test]
fn no_file_is_longer_than_a_reader_holds() {
    let listed: BTreeSet<&str> = entries(LONG_FILES).collect();
    let mut problems = Vec::new();
    for file in files() {
        let counted = ["rs", "css", "js", "mjs", "ts"]
            .iter()
            .any(|extension| file.has_extension(extension));
        let lines = lines_outside_tests(&file.text);
        let name = file.path.to_string_lossy().replace('\\', "/");
        if counted && !file.is_test() && lines > LINES && !listed.contains(name.as_str()) {
            problems.push(format!("{name}: {lines} lines"));
        } else if lines <= LINES && listed.contains(name.as_str()) {
            problems.push(format!("{name}: listed as long, has {lines} lines"));
        }
    }
    assert_none(
        &problems,
        "split by concept; or list it, with the reason, in crates/xtask/data/long-files.txt",
    );
}

#[test]
fn no_file_is_named_for_what_does_not_fit_elsewhere() {
    let vague = [
        "utils", "util", "helpers", "helper", "misc", "common", "manager",
    ];
    let files = files();
    let named = files.iter().filter(|file| {
        let names = file.path.iter().map(|part| part.to_string_lossy());
        names
            .into_iter()
            .any(|name| vague.contains(&name.split('.').next().unwrap_or_default()))
    });
    assert_none(
        &named
            .map(|file| file.path.display().to_string())
            .collect::<Vec<_>>(),
        "name the file for the concept that lives there",
    );
}

#[test]
fn a_source_file_says_first_what_lives_there() {
    let files = files();
    let silent = files.iter().filter(|file| {
        let first = file
            .text
            .lines()
            .find(|line| !line.trim().is_empty() && !line.starts_with("#!["));
        file.has_extension("rs") && !first.is_some_and(|line| line.starts_with("//!"))
    });
    assert_none(
        &silent
            .map(|file| file.path.display().to_string())
            .collect::<Vec<_>>(),
        "begin the file with a `//!` sentence",
    );
}

#[test]
fn nothing_that_the_page_ships_is_written_for_debugging() {
    let shipped = ["crates/core/src", "crates/session/src", "web/src"];
    // the command line's, and not in the page
    let elsewhere = ["crates/session/src/vectors"];
    let mut problems = Vec::new();
    for file in files() {
        let within = |folders: &[&str]| folders.iter().any(|folder| file.path.starts_with(folder));
        if !within(&shipped) || within(&elsewhere) || file.is_test() {
            continue;
        }
        let text = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if code.contains(":?}") {
                problems.push(format!("{}:{}", file.path.display(), number + 1));
            }
        }
    }
    assert_none(
        &problems,
        "the page is built with -Zfmt-debug=none, where `{:?}` writes nothing: write what is meant",
    );
}

#[test]
fn no_line_ends_in_blanks() {
    let mut problems = Vec::new();
    for file in files() {
        // Test data may hold any text.
        if file.is_test()
            || file
                .path
                .file_name()
                .is_some_and(|name| name == "package-lock.json")
        {
            continue;
        }
        for (number, line) in file.text.lines().enumerate() {
            if line.ends_with([' ', '\t', '\r']) {
                problems.push(format!("{}:{}", file.path.display(), number + 1));
            }
        }
        if !file.text.is_empty() && !file.text.ends_with('\n') {
            problems.push(format!("{}: no line end at the end", file.path.display()));
        }
    }
    assert_none(
        &problems,
        "remove the blanks at the line's end; end the file with one line end",
    );
}

#[test]
fn no_file_knows_the_machine_or_the_desk_it_was_written_on() {
    // Written apart, so that this file passes its own test.
    let words = [
        ("/ro", "ot/"),
        ("/ho", "me/"),
        ("/wo", "rk/"),
        ("../sha", "red"),
        ("co", "dex"),
        ("clau", "de"),
        ("chat", "gpt"),
    ];
    let words = words.map(|(start, end)| format!("{start}{end}"));
    let mut problems = Vec::new();
    for file in files() {
        for (number, line) in file.text.lines().enumerate() {
            let lower = line.to_lowercase();
            for word in words.iter().filter(|word| lower.contains(word.as_str())) {
                problems.push(format!("{}:{}: {word}", file.path.display(), number + 1));
            }
        }
    }
    assert_none(&problems, "say it without the machine's paths and tools");
}

#[test]
fn every_folder_with_a_manifest_is_in_the_workspace() {
    let workspace = Workspace::load().unwrap();
    let mut problems = Vec::new();
    for file in files().iter().filter(|file| {
        file.path
            .file_name()
            .is_some_and(|name| name == "Cargo.toml")
    }) {
        let line = file
            .text
            .lines()
            .find_map(|line| line.strip_prefix("name = "));
        let Some(name) = line.map(|line| line.trim_matches('"')) else {
            continue;
        };
        // a fuzz target needs a nightly compiler, which nothing else does; it says so itself
        let fuzzes = file.text.contains("cargo-fuzz = true");
        if !workspace.has(name) && !fuzzes {
            problems.push(format!("{}: package {name}", file.path.display()));
        }
    }
    assert_none(
        &problems,
        "add it to `members` in Cargo.toml: tests run for members only, and for no fuzz target",
    );
}

#[test]
fn lock_files_are_part_of_the_project() {
    let tracked = read(Command::new("git").current_dir(root()).args(["ls-files"])).unwrap();
    let tracked: BTreeSet<&str> = tracked.lines().collect();
    assert!(
        tracked.contains("Cargo.lock"),
        "Cargo.lock is not committed"
    );
    let manifests = tracked.iter().filter(|path| path.ends_with("package.json"));
    let without: Vec<String> = manifests
        .filter(|path| {
            !tracked.contains(path.replace("package.json", "package-lock.json").as_str())
        })
        .map(|path| (*path).to_owned())
        .collect();
    assert_none(&without, "commit the package-lock.json beside it");
}
