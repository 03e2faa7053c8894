//! The reference of stop and failure reasons as a page of the site: `reasons.html`, made of the table and the page of each reason.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fargate_session::reasons::{self, Reason, Shows};

use crate::process::{Result, at};
use crate::rules::{escaped, parts, rendered};
use crate::strict;
use crate::workspace::root;

/// The name of the page, which the inspector of a stopped task links to.
const PAGE: &str = "reasons.html";
/// Where the pages of the reasons lie.
const PAGES: &str = "crates/session/src/reasons/pages";

/// Writes the page into a folder.
pub(crate) fn write(dist: &Path, style: &str) -> Result {
    let path = dist.join(PAGE);
    at(&path, fs::write(&path, strict::guarded(&page(style)?)?))
}

/// The whole page.
fn page(style: &str) -> Result<String> {
    let (mut list, mut articles) = (String::new(), String::new());
    for reason in reasons::all() {
        let path = root().join(PAGES).join(format!("{}.md", reason.id));
        let text = at(&path, fs::read_to_string(&path))?;
        let (title, body) = parts(&text);
        let (id, title) = (&reason.id, escaped(title));
        let _ = writeln!(
            list,
            "<li><a href=\"#{id}\"><code>{id}</code> {title}</a></li>"
        );
        let _ = writeln!(
            articles,
            "<article id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\"><a href=\"#{id}\">{title}</a></h2>\n<p><code>{id}</code></p>\n{}{}</article>",
            said(&reason),
            rendered(body)
        );
    }
    Ok(format!(
        r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Stop and failure reasons · Fargate Playground</title>
<meta name="description" content="Why a task on AWS Fargate does not start, stops, or is not run at all: AWS's words, what causes them and what mends it.">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="public/favicon.svg" type="image/svg+xml">
<script src="public/theme.js"></script>
<link rel="stylesheet" href="./{style}">
</head>
<body>
<a class="skip" href="#reasons">Skip to the reasons</a>
<header>
<p><a href="./">Fargate Playground</a> · <a href="./rules.html">The rules of task definitions</a></p>
<h1>Stop and failure reasons</h1>
<p>What AWS says when a task does not start, stops, or is not run at all. Each is reproduced by a scenario, word for word. What differs each time stands in braces.</p>
</header>
<nav aria-label="Reasons">
<ul>
{list}</ul>
</nav>
<main id="reasons">
{articles}</main>
<footer>
<p>Fargate Playground is not affiliated with, endorsed by or sponsored by Amazon Web Services.</p>
</footer>
</body>
</html>
"##
    ))
}

/// What AWS says, where, with which code, and how well that is known.
fn said(reason: &Reason) -> String {
    let code = match reason.shows {
        Shows::Task | Shows::Container => "stopCode ",
        Shows::Exception | Shows::Failure => "",
    };
    format!(
        "<h3>What AWS says</h3>\n<ul class=\"answers\">\n<li>{}, {code}<code>{}</code>: <q>{}</q></li>\n</ul>\n<p class=\"settings\">{}</p>\n",
        reason.shows.words(),
        escaped(&reason.code),
        escaped(&reason.text),
        reason.evidence.words()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_on_the_page_once_and_the_list_leads_to_it() {
        let page = page("rules-1.css").unwrap();
        for reason in reasons::all() {
            let id = reason.id;
            let article = format!("<article id=\"{id}\"");
            assert_eq!(page.matches(&article).count(), 1, "{id}");
            assert!(page.contains(&format!("<li><a href=\"#{id}\">")), "{id}");
        }
        assert!(!page.contains("\n## "));
        let (_, reason) = page
            .split_once("<article id=\"log-group-missing\"")
            .unwrap();
        let (reason, _) = reason.split_once("</article>").unwrap();
        for words in [
            "stopCode <code>TaskFailedToStart</code>",
            "The specified log group does not exist. : exit status 1</q>",
            "<h3>Cure</h3>",
        ] {
            assert!(reason.contains(words), "{words} is not in\n{reason}");
        }
    }

    #[test]
    fn the_policy_allows_all_that_is_on_the_page() {
        let page = strict::guarded(&page("rules-1.css").unwrap()).unwrap();
        assert!(page.contains("Content-Security-Policy"));
    }
}
