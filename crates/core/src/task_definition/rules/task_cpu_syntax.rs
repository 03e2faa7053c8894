//! A task's `cpu` that AWS cannot parse.

use super::names::clip;
use super::{Applies, INVALID, Rule, Subject, error};
use crate::compute::sizes;
use crate::finding::{Edit, Finding};
use crate::text::{Node, edit, quote};
use crate::units::CpuUnits;

pub(super) static RULE: Rule = Rule {
    code: "task-cpu-syntax",
    applies: Applies::Always,
    source: sizes::SOURCE,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let Some(value) = subject.root.get("cpu") else {
        return;
    };
    let Some(written) = value.as_str().filter(|written| sizes::parse_cpu(written).is_none()) else {
        return;
    };
    let mut finding = error(
        value.span,
        format!("{} is no cpu of a task", quote(&clip(written))),
    )
    .help(r#"Write "1024" units or "1 vCPU"."#)
    .aws(INVALID, "Invalid 'cpu' setting for task.");
    let other = subject.root.get("memory");
    let other_text = other.and_then(Node::as_str);
    if let (Some(other), Some(other_text)) = (other, other_text)
        && sizes::parse_cpu(other_text).is_some()
        && sizes::parse_memory(written).is_some()
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
        let remove = edit::remove_named(subject.root, "cpu");
        finding = finding.fix("Remove cpu", remove);
    }
    findings.push(finding);
}

/// The units that a near miss means: a number with another unit, or a fraction without one.
fn meant(written: &str) -> Option<CpuUnits> {
    let lower = written.to_ascii_lowercase();
    let number = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ').trim();
    let unit = lower[lower.find(number)? + number.len()..].trim();
    match unit {
        "" | "vcpus" | "cpu" | "cpus" | "core" | "cores" => sizes::parse_cpu(&format!("{number} vcpu")),
        "units" | "unit" => sizes::parse_cpu(number),
        _ => None,
    }
}
