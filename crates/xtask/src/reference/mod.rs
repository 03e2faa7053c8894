//! The reference as pages of the site, made of the page beside each rule and each reason.

mod markdown;
mod reasons;
mod rules;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::process::{Result, at};
use crate::strict;
use crate::workspace::root;
use markdown::{escaped, parts, rendered};

/// Where Trunk finds the pages.
const PREPARED: &str = "target/reference";
/// The style sheets that they use, joined into one.
const SHEETS: [&str; 3] = ["tokens", "base", "rules"];

/// A page of the reference.
struct Reference {
    /// Its name, which the site's own links know.
    file: &'static str,
    /// What it lists, as a list is called and, in small letters, as its place on the page is.
    lists: [&'static str; 2],
    /// Its title.
    title: &'static str,
    /// Its heading.
    heading: &'static str,
    /// What search engines show of it.
    description: &'static str,
    /// What stands below its heading.
    about: &'static str,
    /// The link to the other page.
    other: &'static str,
}

/// One of the things that a page lists.
struct Article {
    /// What it is called in code, and its place on the page.
    id: String,
    /// What AWS says, as HTML.
    said: String,
    /// The page beside it.
    text: String,
}

/// Writes the pages and their style sheet where Trunk finds them: `web/index.html` has the folder copied into the site, so that
/// `serve` has them too, as they are when it begins.
pub(crate) fn prepare() -> Result {
    let folder = root().join(PREPARED);
    if folder.exists() {
        // The style sheet's name changes with what is in it.
        at(&folder, fs::remove_dir_all(&folder))?;
    }
    write(&folder)
}

/// Writes the pages and their style sheet into a folder.
pub(crate) fn write(dist: &Path) -> Result {
    let style = style(dist)?;
    for (page, articles) in [
        (rules::PAGE, rules::articles()?),
        (reasons::PAGE, reasons::articles()?),
    ] {
        let path = dist.join(page.file);
        let html = strict::guarded(&page.html(&articles, &style))?;
        at(&path, fs::write(&path, html))?;
    }
    Ok(())
}

/// Writes the style sheet of the references into a folder, and gives its name.
fn style(dist: &Path) -> Result<String> {
    at(dist, fs::create_dir_all(dist))?;
    let mut css = String::new();
    for sheet in SHEETS {
        let path = root().join(format!("web/styles/{sheet}.css"));
        css.push_str(&at(&path, fs::read_to_string(&path))?);
    }
    let name = format!("rules-{:016x}.css", strict::fingerprint(css.as_bytes()));
    at(dist, fs::write(dist.join(&name), css))?;
    Ok(name)
}

impl Reference {
    /// The whole page.
    fn html(&self, articles: &[Article], style: &str) -> String {
        let (mut list, mut all) = (String::new(), String::new());
        for Article { id, said, text } in articles {
            let (title, body) = parts(text);
            let title = escaped(title);
            let _ = writeln!(
                list,
                "<li><a href=\"#{id}\"><code>{id}</code> {title}</a></li>"
            );
            let _ = writeln!(
                all,
                "<article id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\"><a href=\"#{id}\">{title}</a></h2>\n<p><code>{id}</code></p>\n{said}{}</article>",
                rendered(body)
            );
        }
        let Self {
            lists: [label, id],
            title,
            heading,
            description,
            about,
            other,
            ..
        } = self;
        format!(
            r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Fargate Playground</title>
<meta name="description" content="{description}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="public/favicon.svg" type="image/svg+xml">
<script src="public/theme.js"></script>
<link rel="stylesheet" href="./{style}">
</head>
<body>
<a class="skip" href="#{id}">Skip to the {id}</a>
<header>
<p><a href="./">Fargate Playground</a> · {other}</p>
<h1>{heading}</h1>
<p>{about}</p>
</header>
<nav aria-label="{label}">
<ul>
{list}</ul>
</nav>
<main id="{id}">
{all}</main>
<footer>
<p>Fargate Playground is not affiliated with, endorsed by or sponsored by Amazon Web Services.</p>
</footer>
</body>
</html>
"##
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_on_its_page_once_and_the_list_leads_to_it() {
        for (page, articles) in [
            (rules::PAGE, rules::articles().unwrap()),
            (reasons::PAGE, reasons::articles().unwrap()),
        ] {
            assert!(articles.len() > 50, "{}", page.file);
            let html = page.html(&articles, "rules-1.css");
            for Article { id, .. } in &articles {
                let article = format!("<article id=\"{id}\"");
                assert_eq!(html.matches(&article).count(), 1, "{id}");
                assert!(html.contains(&format!("<li><a href=\"#{id}\">")), "{id}");
            }
            assert_eq!(html.matches("<pre").count(), html.matches("</pre>").count());
            assert!(!html.contains("```") && !html.contains("\n## "));
        }
    }

    #[test]
    fn the_policy_allows_all_that_is_on_the_pages() {
        for page in [rules::PAGE, reasons::PAGE] {
            let page = strict::guarded(&page.html(&[], "rules-1.css")).unwrap();
            assert!(page.contains("Content-Security-Policy"));
        }
    }
}
