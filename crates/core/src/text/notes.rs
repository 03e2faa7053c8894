//! What the reader has to say, and no more of it than a person can use.

use super::Span;
use crate::finding::{Finding, Fix, Moment, Severity};

/// How many findings the reader keeps; a file that is no JSON at all would give one for each of its bytes.
const MOST: usize = 200;

/// After how many places that are no JSON the rest of the text is not read.
const GIVE_UP: usize = 2_000;

/// From how many findings about quotation marks on only the first offers to straighten all.
const MANY_QUOTES: usize = 24;

/// The definition of JSON.
const RFC: &str = "https://www.rfc-editor.org/rfc/rfc8259";

/// The findings of one reading.
#[derive(Default)]
pub(super) struct Notes {
    findings: Vec<Finding>,
    /// How many there would be.
    count: usize,
}

impl Notes {
    /// Notes that the text is no JSON at a place.
    pub(super) fn add(&mut self, finding: Finding) {
        self.count += 1;
        if self.open() {
            self.findings.push(Finding {
                source: RFC,
                ..finding
            });
        }
    }

    /// Whether another finding would be kept; a costly one need not be made otherwise.
    pub(super) const fn open(&self) -> bool {
        self.findings.len() < MOST
    }

    /// Whether so much is no JSON that reading on is of no use.
    pub(super) const fn exhausted(&self) -> bool {
        self.count >= GIVE_UP
    }

    /// The findings in the order of their places.
    pub(super) fn finish(mut self, end: usize) -> Vec<Finding> {
        if self.count > MOST {
            self.findings.push(Finding {
                source: RFC,
                ..wrong(
                    "json-many",
                    Span::at(end),
                    format!("The first {MOST} places that are no JSON are shown; there are more"),
                )
            });
        }
        self.findings.sort_by_key(|finding| finding.span);
        self.offer_all_quotes();
        self.findings
    }

    /// Adds to each finding about quotation marks the fix that straightens them all; where there are many of them, to
    /// the first only.
    fn offer_all_quotes(&mut self) {
        let is_quotes = |finding: &&mut Finding| finding.code == "json-quotes";
        let quotes = || {
            self.findings
                .iter()
                .filter(|finding| finding.code == "json-quotes")
        };
        let count = quotes().count();
        if count < 2 {
            return;
        }
        let fixes = quotes().filter_map(|finding| finding.fixes.first());
        let edits: Vec<_> = fixes.flat_map(|fix| fix.edits.iter().cloned()).collect();
        let offered = if count <= MANY_QUOTES { count } else { 1 };
        for finding in self.findings.iter_mut().filter(is_quotes).take(offered) {
            finding.fixes.push(Fix {
                title: format!("Straighten the marks of all {count} strings"),
                edits: edits.clone(),
            });
        }
    }
}

/// A finding that the text is no JSON at a place.
pub(super) fn wrong(code: &'static str, span: Span, message: impl Into<String>) -> Finding {
    Finding::new(code, Severity::Error, Moment::Read, span, message)
}
