//! A policy as it is typed: what is said of it, at which place, and the cures.

use fargate_core::finding::{Severity, apply};
use fargate_core::iam::{Purpose, read};
use fargate_core::text::LineIndex;

/// What is said of a policy at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingCard {
    /// Its code.
    pub code: &'static str,
    /// `error`, `warning` or `hint`.
    pub severity: &'static str,
    /// Its line, from 1.
    pub line: usize,
    /// Its column, from 1.
    pub column: usize,
    /// The place, in bytes of the text.
    pub span: (usize, usize),
    /// What is wrong, and why.
    pub message: String,
    /// AWS's answer, where it refuses.
    pub aws: Option<String>,
    /// The cures.
    pub fixes: Vec<FixCard>,
}

/// A cure of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixCard {
    /// What it does.
    pub title: String,
    /// The whole text afterwards.
    pub text: String,
}

/// What is said of a policy; `trust` says whether it is one that says who may assume a role.
pub fn findings(text: &str, trust: bool) -> Vec<FindingCard> {
    let purpose = if trust {
        Purpose::Trust
    } else {
        Purpose::Identity
    };
    let lines = LineIndex::new(text);
    let findings = read(text, purpose).findings.into_iter();
    findings
        .map(|it| {
            let place = lines.line_column(text, it.span.start);
            let fixes = it.fixes.iter().filter_map(|fix| {
                Some(FixCard {
                    title: fix.title.clone(),
                    text: apply(text, fix)?,
                })
            });
            FindingCard {
                code: it.code,
                severity: match it.severity {
                    Severity::Error => "error",
                    Severity::Warning => "warning",
                    Severity::Hint => "hint",
                },
                line: place.line,
                column: place.column,
                span: (it.span.start, it.span.end),
                fixes: fixes.collect(),
                message: format!("{} {}", it.message, it.help).trim_end().to_owned(),
                aws: it.aws.map(|it| format!("{}: {}", it.code, it.message)),
            }
        })
        .collect()
}
