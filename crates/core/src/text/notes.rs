//! What the reader has to say, and no more of it than a person can use.

use super::Span;
use crate::finding::{Finding, Moment, Severity};

/// How many findings the reader keeps; a file that is no JSON at all would give one for each of its bytes.
const MOST: usize = 200;

/// The definition of JSON.
const RFC: &str = "https://www.rfc-editor.org/rfc/rfc8259";

/// The findings of one reading.
#[derive(Default)]
pub(super) struct Notes {
    findings: Vec<Finding>,
    dropped: bool,
}

impl Notes {
    /// Notes that the text is no JSON at a place.
    pub(super) fn add(&mut self, finding: Finding) {
        if self.findings.len() < MOST {
            self.findings.push(Finding {
                source: RFC,
                ..finding
            });
        } else {
            self.dropped = true;
        }
    }

    /// Whether another finding would be kept; a costly one need not be made otherwise.
    pub(super) const fn open(&self) -> bool {
        self.findings.len() < MOST
    }

    /// The findings in the order of their places.
    pub(super) fn finish(mut self, end: usize) -> Vec<Finding> {
        if self.dropped {
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
        self.findings
    }
}

/// A finding that the text is no JSON at a place.
pub(super) fn wrong(code: &'static str, span: Span, message: impl Into<String>) -> Finding {
    Finding::new(code, Severity::Error, Moment::Read, span, message)
}
