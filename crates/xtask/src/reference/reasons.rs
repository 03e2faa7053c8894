//! The reference of stop and failure reasons: `reasons.html`, made of the table and the page of each reason.

use std::fs;

use fargate_session::reasons::{self, Reason, Shows};

use super::markdown::escaped;
use super::{Article, Reference};
use crate::process::{Result, at};
use crate::workspace::root;

/// The page, which the inspector of a stopped task links to.
pub(super) const PAGE: Reference = Reference {
    file: "reasons.html",
    lists: ["Reasons", "reasons"],
    title: "Stop and failure reasons",
    heading: "Stop and failure reasons",
    description: "Why a task on AWS Fargate does not start, stops, or is not run at all: AWS's words, what causes them and what mends it.",
    about: "What AWS says when a task does not start, stops, or is not run at all. Each is reproduced by a scenario, word for word. What differs each time stands in braces.",
    other: "<a href=\"./rules.html\">The rules of task definitions</a>",
};

/// Where the pages of the reasons lie.
const PAGES: &str = "crates/session/src/reasons/pages";

/// The reasons, in the table's order.
pub(super) fn articles() -> Result<Vec<Article>> {
    let article = |reason: Reason| {
        let path = root().join(PAGES).join(format!("{}.md", reason.id));
        let text = at(&path, fs::read_to_string(&path))?;
        let said = said(&reason);
        Ok(Article {
            id: reason.id,
            said,
            text,
        })
    };
    reasons::all().into_iter().map(article).collect()
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
    fn a_reason_has_what_aws_says_and_a_cure() {
        let page = PAGE.html(&articles().unwrap(), "rules-1.css");
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
}
