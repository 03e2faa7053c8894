//! Joins the style sheets of the built page into one file: one request instead of a dozen, and smaller compressed.

use std::fs;
use std::path::Path;

use crate::process::{Result, at};
use crate::strict::fingerprint;

/// How Trunk writes a style sheet that belongs to the page.
const LINK: &str = "<link rel=\"stylesheet\" href=\"./";
const LINK_END: &str = "\"/>";

/// Rewrites `index.html` in the built folder and replaces the files.
pub(crate) fn join(dist: &Path) -> Result {
    let path = dist.join("index.html");
    let html = at(&path, fs::read_to_string(&path))?;
    let names = sheets(&html);
    if names.len() < 2 {
        return Ok(());
    }
    let mut text = String::new();
    for name in &names {
        let file = dist.join(name);
        text.push_str(at(&file, fs::read_to_string(&file))?.trim_end());
        text.push('\n');
    }
    if text.contains("@import") {
        return Err("a style sheet has @import, which works only at the start of a file; name it in index.html".into());
    }
    let joined = format!("styles-{:016x}.css", fingerprint(text.as_bytes()));
    let file = dist.join(&joined);
    at(&file, fs::write(&file, text))?;
    at(&path, fs::write(&path, relink(&html, &names, &joined)))?;
    names
        .iter()
        .try_for_each(|name| at(&dist.join(name), fs::remove_file(dist.join(name))))
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

/// The page with one link where the first was.
fn relink(html: &str, names: &[String], joined: &str) -> String {
    let mut page = html.to_owned();
    for (number, name) in names.iter().enumerate() {
        let old = format!("{LINK}{name}{LINK_END}");
        let new = if number == 0 {
            format!("{LINK}{joined}{LINK_END}")
        } else {
            String::new()
        };
        page = page.replacen(&old, &new, 1);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::{relink, sheets};

    #[test]
    fn one_link_stands_where_the_first_stood() {
        let html = "<head><link rel=\"stylesheet\" href=\"./a-1.css\"/><link rel=\"icon\" href=\"i.svg\">\
                    <link rel=\"stylesheet\" href=\"./b-2.css\"/></head>";
        let names = sheets(html);
        assert_eq!(names, ["a-1.css", "b-2.css"]);
        assert_eq!(
            relink(html, &names, "styles-3.css"),
            "<head><link rel=\"stylesheet\" href=\"./styles-3.css\"/><link rel=\"icon\" href=\"i.svg\"></head>"
        );
    }

    #[test]
    fn a_sheet_for_print_or_from_elsewhere_stays_as_it_is() {
        let html = "<link rel=\"stylesheet\" href=\"./p.css\" media=\"print\"/><link rel=\"stylesheet\" href=\"x.css\"/>";
        assert!(sheets(html).is_empty());
    }
}
