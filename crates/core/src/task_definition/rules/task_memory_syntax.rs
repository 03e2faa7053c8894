//! A task's `memory` that AWS cannot parse.

use super::names::clip;
use super::{Applies, INVALID, Rule, Subject, error};
use crate::compute::sizes;
use crate::finding::{Edit, Finding};
use crate::text::{Node, edit, quote};
use crate::units::MiB;

pub(super) static RULE: Rule = Rule {
    code: "task-memory-syntax",
    applies: Applies::Always,
    source: sizes::SOURCE,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(value) = subject.root.get("memory") else {
        return;
    };
    let Some(written) = value.as_str().filter(|written| sizes::parse_memory(written).is_none()) else {
        return;
    };
    let mut finding = error(
        value.span,
        format!("{} is no memory of a task", quote(&clip(written))),
    )
    .help(r#"Write "2048" MiB or "2 GB"."#)
    .aws(INVALID, "Invalid 'memory' setting for task.");
    let other = subject.root.get("cpu");
    let other_text = other.and_then(Node::as_str);
    if let (Some(other), Some(other_text)) = (other, other_text)
        && sizes::parse_memory(other_text).is_some()
        && sizes::parse_cpu(written).is_some()
    {
        let mut edits = vec![
            Edit::replace(value.span, quote(other_text)),
            Edit::replace(other.span, quote(written)),
        ];
        edits.sort_by_key(|edit| edit.span);
        finding = finding.fix("Swap cpu and memory", edits);
    } else if let Some(size) = meant(written) {
        let json = quote(&size.to_string());
        finding = finding.fix(format!("Use {json}"), vec![Edit::replace(value.span, json)]);
    } else {
        let remove = edit::remove_named(subject.root, "memory");
        finding = finding.fix("Remove memory", remove);
    }
    findings.push(finding);
}

/// The MiB that a near miss means: another unit, or a fraction of a GB without one.
fn meant(written: &str) -> Option<MiB> {
    let lower = written.to_ascii_lowercase();
    let number = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ').trim();
    let unit = lower[lower.find(number)? + number.len()..].trim();
    match unit {
        "" | "g" | "gib" | "gi" => sizes::parse_memory(&format!("{number} gb")),
        "m" | "mb" | "mib" | "mi" => sizes::parse_memory(number),
        _ => None,
    }
}
