//! Which modules of the simulator know which: the arrows that the crate graph cannot enforce.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{assert_none, entries, files};

/// Which module of `fargate-core` may use which: `module: module, module`.
const ARROWS: &str = include_str!("../../data/module-arrows.txt");

/// One line of the table: a module, what it may use, and what of that is only data it carries.
struct Arrow {
    module: &'static str,
    uses: BTreeSet<&'static str>,
    carries: BTreeSet<&'static str>,
}

fn arrows() -> Vec<Arrow> {
    let arrow = |line: &'static str| {
        let (module, names) = line.split_once(':').unwrap();
        let names = names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty());
        let (carries, uses): (BTreeSet<_>, BTreeSet<_>) =
            names.partition(|name| name.starts_with('('));
        let carries = carries
            .into_iter()
            .map(|name| name.trim_matches(['(', ')']))
            .collect();
        Arrow {
            module: module.trim(),
            uses,
            carries,
        }
    };
    entries(ARROWS).map(arrow).collect()
}

#[test]
fn modules_of_core_use_only_those_below_them() {
    let arrows = arrows();
    let mut problems = Vec::new();
    for file in files().iter().filter(|file| file.has_extension("rs")) {
        let Ok(inside) = file.path.strip_prefix("crates/core/src") else {
            continue;
        };
        let Some(module) = module_of(inside) else {
            continue;
        };
        let Some(arrow) = arrows.iter().find(|arrow| arrow.module == module) else {
            problems.push(format!("module {module} is not in the table"));
            continue;
        };
        let foreign = used_modules(&file.text)
            .into_iter()
            .filter(|used| *used != module);
        let wrong = foreign.filter(|used| {
            !arrow.uses.contains(used.as_str()) && !arrow.carries.contains(used.as_str())
        });
        problems.extend(
            wrong.map(|used| format!("{}: {module} may not use {used}", file.path.display())),
        );
    }
    problems.sort();
    problems.dedup();
    assert_none(
        &problems,
        "turn the dependency round, or allow it in crates/xtask/data/module-arrows.txt",
    );
}

#[test]
fn the_table_of_modules_has_no_circle() {
    let mut open: BTreeMap<&str, BTreeSet<&str>> = arrows()
        .into_iter()
        .map(|arrow| (arrow.module, arrow.uses))
        .collect();
    while let Some(leaf) = open
        .iter()
        .find(|(_, uses)| uses.is_empty())
        .map(|(module, _)| *module)
    {
        open.remove(leaf);
        for uses in open.values_mut() {
            uses.remove(leaf);
        }
    }
    let left: Vec<String> = open
        .iter()
        .map(|(module, uses)| format!("{module} uses {uses:?}"))
        .collect();
    assert_none(
        &left,
        "each module named must have a line, and none may lead back to itself",
    );
}

/// The first part of a path in `src`; `None` for `lib.rs`, which names all.
fn module_of(inside: &Path) -> Option<String> {
    let first = inside
        .components()
        .next()?
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    let name = first.strip_suffix(".rs").unwrap_or(&first);
    (name != "lib").then(|| name.to_owned())
}

/// Modules named after `crate::`, groups in braces included.
fn used_modules(text: &str) -> BTreeSet<String> {
    let word = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let code = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut found = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => found.extend(top_names(group).iter().map(|name| word(name))),
            None => drop(found.insert(word(rest))),
        }
    }
    // A type named at the top of the crate comes from lib.rs.
    found.retain(|name| name.starts_with(|c: char| c.is_lowercase()));
    found
}

/// The names at the top level of a `use` group, up to its closing brace.
fn top_names(group: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0_u32;
    for c in group.chars() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(String::new()),
            c => names.last_mut().unwrap().push(c),
        }
    }
    names
        .into_iter()
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn uses_are_found_alone_and_in_groups() {
    let text = "use crate::units::Cpu;\nuse crate::{ids::{A, B}, text};\n// crate::comment\nfn f(_: crate::Session) {}";
    assert_eq!(
        used_modules(text),
        ["ids", "text", "units"].map(str::to_owned).into()
    );
}
