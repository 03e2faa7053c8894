//! Joins the style sheets of the built page into two files, without blanks: what the first visit shows, and what the panels add,
//! which the page asks for together with them.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process::{Result, at, quiet};
use crate::strict::fingerprint;
use crate::workspace::root;

/// How Trunk writes a style sheet that belongs to the page.
const LINK: &str = "<link rel=\"stylesheet\" href=\"./";
const LINK_END: &str = "\"/>";

/// The sheets that only panels use, as `web/styles` calls them.
const OF_PANELS: [&str; 9] = [
    "panels",
    "edges",
    "scenario",
    "definition",
    "network",
    "drawing",
    "inspector",
    "drawer",
    "dialogs",
];

/// Rewrites `index.html` in the built folder and replaces the files.
pub(crate) fn join(dist: &Path) -> Result {
    let path = dist.join("index.html");
    let html = at(&path, fs::read_to_string(&path))?;
    let names = sheets(&html);
    if names.len() < 2 {
        return Ok(());
    }
    let (later, first): (Vec<&str>, Vec<&str>) = names
        .iter()
        .map(String::as_str)
        .partition(|name| is_of_panels(name));
    let first = written(dist, "styles", &first)?;
    let later = written(dist, "panels", &later)?;
    at(
        &path,
        fs::write(&path, relink(&html, &names, &first, &later)),
    )?;
    names
        .iter()
        .try_for_each(|name| at(&dist.join(name), fs::remove_file(dist.join(name))))
}

/// Whether a built sheet, such as `drawer-0123456789abcdef.css`, is of the panels.
fn is_of_panels(name: &str) -> bool {
    name.rsplit_once('-')
        .is_some_and(|(sheet, _)| OF_PANELS.contains(&sheet))
}

/// Joins sheets into one file and gives its name.
fn written(dist: &Path, title: &str, names: &[&str]) -> Result<String> {
    let mut text = String::new();
    for name in names {
        let file = dist.join(name);
        text.push_str(at(&file, fs::read_to_string(&file))?.trim_end());
        text.push('\n');
    }
    if text.contains("@import") {
        return Err("a style sheet has @import, which works only at the start of a file; name it in index.html".into());
    }
    let joined = format!("{title}-{:016x}.css", fingerprint(text.as_bytes()));
    let file = dist.join(&joined);
    at(&file, fs::write(&file, text))?;
    minify(&file)?;
    Ok(joined)
}

/// Takes the blanks and long names out of a script or a style sheet.
pub(crate) fn minify(file: &Path) -> Result {
    quiet(
        Command::new(root().join("web/editor/node_modules/.bin/esbuild"))
            .arg(file)
            .args(["--minify", "--log-level=error", "--allow-overwrite"])
            .arg(format!("--outfile={}", file.display())),
    )
}

/// The page's style sheets in their order.
fn sheets(html: &str) -> Vec<String> {
    let links = html
        .split(LINK)
        .skip(1)
        .filter_map(|rest| rest.split_once(LINK_END));
    links
        .map(|(name, _)| name)
        .filter(|name| !name.contains('"'))
        .map(str::to_owned)
        .collect()
}

/// The page with one link where the first was, and one that waits until the page wants it.
fn relink(html: &str, names: &[String], first: &str, later: &str) -> String {
    let mut page = html.to_owned();
    for (number, name) in names.iter().enumerate() {
        let old = format!("{LINK}{name}{LINK_END}");
        let new = if number == 0 {
            format!("{LINK}{first}{LINK_END}{LINK}{later}\" id=\"panels-styles\" disabled/>")
        } else {
            String::new()
        };
        page = page.replacen(&old, &new, 1);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::{is_of_panels, relink, sheets};

    #[test]
    fn one_link_stands_where_the_first_stood() {
        let html = "<head><link rel=\"stylesheet\" href=\"./a-1.css\"/><link rel=\"icon\" href=\"i.svg\">\
                    <link rel=\"stylesheet\" href=\"./b-2.css\"/></head>";
        let names = sheets(html);
        assert_eq!(names, ["a-1.css", "b-2.css"]);
        assert_eq!(
            relink(html, &names, "styles-3.css", "panels-4.css"),
            "<head><link rel=\"stylesheet\" href=\"./styles-3.css\"/>\
             <link rel=\"stylesheet\" href=\"./panels-4.css\" id=\"panels-styles\" disabled/><link rel=\"icon\" href=\"i.svg\"></head>"
        );
    }

    #[test]
    fn a_sheet_is_of_the_panels_by_its_name() {
        for (name, is) in [
            ("drawer-0123456789abcdef.css", true),
            ("tokens-0123456789abcdef.css", false),
            ("drawer.css", false),
        ] {
            assert_eq!(is_of_panels(name), is, "{name}");
        }
    }

    #[test]
    fn a_sheet_for_print_or_from_elsewhere_stays_as_it_is() {
        let html = "<link rel=\"stylesheet\" href=\"./p.css\" media=\"print\"/><link rel=\"stylesheet\" href=\"x.css\"/>";
        assert!(sheets(html).is_empty());
    }
}
