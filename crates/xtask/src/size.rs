//! What the built site weighs, raw and on the wire, against the budgets.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{Failure, Result, at, quiet};
use crate::workspace::root;
use crate::{cache, site, split};

const BUDGETS: &str = include_str!("../data/budgets.txt");

/// The built files, compressed, by path in the folder.
pub(crate) fn compress(dist: &Path) -> Result<HashMap<PathBuf, Vec<u8>>> {
    let target = root().join("target/brotli");
    cache::remove(&target)?;
    quiet(
        Command::new("node")
            .arg(root().join("crates/xtask/data/compress.mjs"))
            .arg(dist)
            .arg(&target),
    )?;
    let mut compressed = HashMap::new();
    for file in files_below(dist)? {
        let mut small = target.join(&file).into_os_string();
        small.push(".br");
        let small = PathBuf::from(small);
        compressed.insert(file, at(&small, fs::read(&small))?);
    }
    Ok(compressed)
}

/// `cargo xtask size`: prints the table and fails beyond the budgets.
pub(crate) fn check() -> Result {
    let dist = site::require_built()?;
    let compressed = compress(&dist)?;
    let first = first_load(&dist)?;
    let most = budget(if split::is_plain() {
        "first-load-plain"
    } else {
        "first-load"
    })?;
    println!(
        "{:<52} {:>11} {:>10} {:>10}",
        "file", "unoptimised", "raw", "brotli"
    );
    let mut first_total = 0;
    for file in &first {
        first_total += row(&dist, file, &compressed)?;
    }
    println!(
        "{:<52} {:>11} {:>10} {:>10}   budget {}",
        "first load", "", "", first_total, most
    );
    let mut heavy = Vec::new();
    let mut names: Vec<&PathBuf> = compressed
        .keys()
        .filter(|file| !first.contains(*file))
        .collect();
    names.sort();
    if !names.is_empty() {
        println!("loaded when first needed:");
    }
    for file in names {
        if row(&dist, file, &compressed)? > budget("later")? {
            heavy.push(file.display().to_string());
        }
    }
    if first_total > most {
        return Err(Failure::with_cure(
            format!(
                "the first load is {first_total} bytes after brotli, {} over its budget",
                first_total - most
            ),
            "load what is not needed at first later, or look inside with twiggy",
        ));
    }
    if heavy.is_empty() {
        Ok(())
    } else {
        Err(format!("over the budget for later files: {}", heavy.join(", ")).into())
    }
}

/// Prints one file and returns its size on the wire.
fn row(dist: &Path, file: &Path, compressed: &HashMap<PathBuf, Vec<u8>>) -> Result<usize> {
    let raw = at(file, fs::metadata(dist.join(file)))?.len();
    let wire = compressed.get(file).map_or(0, Vec::len);
    let before = before_optimising(file).map_or(String::new(), |size| size.to_string());
    println!("{:<52} {before:>11} {raw:>10} {wire:>10}", file.display());
    Ok(wire)
}

/// The size of a wasm file as wasm-bindgen left it, where Trunk still has that.
fn before_optimising(file: &Path) -> Option<u64> {
    let name = file.file_name()?.to_str()?.strip_suffix("_bg.wasm")?;
    let plain = name.rsplit_once('-')?.0;
    let bindgen = root().join("target/wasm/wasm-bindgen/release");
    Some(
        fs::metadata(bindgen.join(format!("{plain}_bg.wasm")))
            .ok()?
            .len(),
    )
}

fn budget(name: &str) -> Result<usize> {
    let mut lines = BUDGETS
        .lines()
        .filter_map(|line| line.split_once(char::is_whitespace));
    let value = lines
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.trim());
    let bytes = value.and_then(|value| value.parse().ok());
    bytes.ok_or_else(|| format!("budgets.txt has no number for {name}").into())
}

/// The page and everything it names, directly or through scripts that it imports.
fn first_load(dist: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut open = vec![PathBuf::from("index.html")];
    while let Some(file) = open.pop() {
        let full = dist.join(&file);
        if !full.is_file() || !found.insert(file.clone()) {
            continue;
        }
        let names = match file.extension().and_then(|extension| extension.to_str()) {
            Some("html") => named_by_page(&at(&full, fs::read_to_string(&full))?),
            Some("js" | "mjs") => named_by_script(&at(&full, fs::read_to_string(&full))?),
            Some("css") => named_by_styles(&at(&full, fs::read_to_string(&full))?),
            _ => Vec::new(),
        };
        let folder = file.parent().unwrap_or(Path::new(""));
        open.extend(names.iter().filter_map(|name| resolve(folder, name)));
    }
    Ok(found)
}

/// What `<link>`, `<script>` and `<img>` load. Links to follow (`<a>`) load nothing.
fn named_by_page(html: &str) -> Vec<String> {
    let tags = html
        .split('<')
        .skip(1)
        .filter_map(|tag| tag.split('>').next());
    let loading = tags.filter(|tag| {
        ["link", "script", "img"]
            .iter()
            .any(|name| tag.starts_with(name))
    });
    loading
        .filter(|tag| !tag.contains(" disabled"))
        .filter_map(|tag| attribute(tag, "href").or_else(|| attribute(tag, "src")))
        .collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}="))? + name.len() + 2;
    let value = &tag[start..];
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split_whitespace().next()?,
    };
    Some(value.to_owned())
}

/// Static imports and wasm files; `import("...")` waits until it is needed.
fn named_by_script(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for quote in ['"', '\''] {
        for (at, _) in text.match_indices(quote) {
            let Some(name) = text[at + 1..].split([quote, '\n']).next() else {
                continue;
            };
            let before = text[..at].trim_end();
            let imported = before.ends_with("from") || before.ends_with("import");
            // A script's own address beside which a file is fetched: that waits until a function asks.
            let later = before.ends_with("fetch(new URL(");
            let is_wasm = Path::new(name).extension() == Some("wasm".as_ref());
            if name.starts_with('.') && (imported || is_wasm && !later) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

fn named_by_styles(text: &str) -> Vec<String> {
    let urls = text
        .split("url(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    urls.map(|url| url.trim_matches(['"', '\'', ' ']).to_owned())
        .collect()
}

/// A path in the built folder; `None` for one elsewhere (data:, https:).
fn resolve(folder: &Path, name: &str) -> Option<PathBuf> {
    let name = name.split(['?', '#']).next()?;
    if name.contains(':') || name.starts_with('/') {
        return None;
    }
    let mut path = folder.to_owned();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(path.pop()),
            part => path.push(part),
        }
    }
    Some(path)
}

/// All files below a folder, as paths in it.
pub(crate) fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(inside) = open.pop() {
        let full = folder.join(&inside);
        for entry in at(&full, fs::read_dir(&full))?.flatten() {
            let path = inside.join(entry.file_name());
            if entry.path().is_dir() {
                open.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{budget, named_by_page, named_by_script, resolve};

    #[test]
    fn a_page_loads_its_styles_scripts_and_pictures_but_not_what_it_links_to() {
        let html = "<link rel=\"stylesheet\" href=\"./a.css\"><a href=\"other.html\">x</a>\
                    <link rel=\"stylesheet\" href=\"./later.css\" disabled/>\
                    <script type=\"module\" src='./b.js'></script><img alt=\"\" src=\"c.svg\">";
        assert_eq!(named_by_page(html), ["./a.css", "./b.js", "c.svg"]);
    }

    #[test]
    fn a_script_loads_static_imports_and_wasm_but_not_what_it_imports_later() {
        let text = "import init, * as b from './web.js';\nimport \"./side.js\";\n\
                    const later = () => import('./editor.js');\nawait init({ module_or_path: './web_bg.wasm' });\n\
                    const more = () => fetch(new URL(\"./panels.wasm\", import.meta.url));";
        let mut names = named_by_script(text);
        names.sort();
        assert_eq!(names, ["./side.js", "./web.js", "./web_bg.wasm"]);
    }

    #[test]
    fn names_are_found_beside_the_file_that_names_them() {
        for (folder, name, expected) in [
            ("", "./a.js", Some("a.js")),
            ("snippets/x", "../../a.js", Some("a.js")),
            ("", "data:image/svg+xml,x", None),
            ("", "a.svg#part", Some("a.svg")),
        ] {
            assert_eq!(
                resolve(Path::new(folder), name),
                expected.map(PathBuf::from),
                "{name}"
            );
        }
    }

    #[test]
    fn the_first_load_may_weigh_a_quarter_of_a_million_bytes() {
        assert_eq!(budget("first-load").unwrap(), 250_000);
    }
}
