//! A task's `cpu` or `memory` that AWS cannot parse.

use super::names::clip;
use super::{Applies, INVALID, Rule, Subject, error};
use crate::compute::sizes::{self, cpu_text, memory_text, parse_cpu, parse_memory};
use crate::finding::{Edit, Finding};
use crate::text::{Node, quote};

pub(super) static RULE: Rule = Rule {
    code: "task-size-syntax",
    applies: Applies::Always,
    source: sizes::SOURCE,
    check,
};

fn cpu(text: &str) -> Option<u32> {
    parse_cpu(text).map(|cpu| cpu.0)
}

fn memory(text: &str) -> Option<u32> {
    parse_memory(text).map(|memory| memory.0)
}

type Parse = fn(&str) -> Option<u32>;

/// Each size with its parser, the other size with its parser, and how it is written; AWS parses `cpu` first.
const SIZES: [(&str, Parse, &str, Parse, &str); 2] = [
    (
        "cpu",
        cpu,
        "memory",
        memory,
        r#"Write "1024" units or "1 vCPU"."#,
    ),
    (
        "memory",
        memory,
        "cpu",
        cpu,
        r#"Write "2048" MiB or "2 GB"."#,
    ),
];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (name, own, other, others, help) in SIZES {
        let Some(value) = subject.root.get(name) else {
            continue;
        };
        let Some(written) = value.as_str().filter(|written| own(written).is_none()) else {
            continue;
        };
        let mut finding = error(
            value.span,
            format!("{} is no {name} of a task", quote(&clip(written))),
        )
        .help(help)
        .aws(INVALID, format!("Invalid '{name}' setting for task."));
        let other = subject.root.get(other);
        let other_text = other.and_then(Node::as_str);
        if let (Some(other), Some(other_text)) = (other, other_text)
            && own(other_text).is_some()
            && others(written).is_some()
        {
            let mut edits = vec![
                Edit::replace(value.span, quote(other_text)),
                Edit::replace(other.span, quote(written)),
            ];
            edits.sort_by_key(|edit| edit.span);
            finding = finding.fix("Swap cpu and memory", edits);
        } else if let Some(size) = meant(name, written) {
            let json = quote(&size.to_string());
            finding = finding.fix(format!("Use {json}"), vec![Edit::replace(value.span, json)]);
        } else if let Some((cpu, memory)) = subject.fitting_size() {
            let title = format!("Use {} and {}", cpu_text(cpu), memory_text(memory));
            finding = finding.fix(title, subject.set_size(cpu, memory));
        }
        findings.push(finding);
    }
}

/// The size that a near miss means: a number with another unit, or a fraction without one.
fn meant(name: &str, written: &str) -> Option<u32> {
    let lower = written.to_ascii_lowercase();
    let number = lower
        .trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == ' ')
        .trim();
    let unit = lower[lower.find(number)? + number.len()..].trim();
    match (name, unit) {
        ("cpu", "" | "vcpus" | "cpu" | "cpus" | "core" | "cores") => cpu(&format!("{number} vcpu")),
        ("cpu", "units" | "unit") => cpu(number),
        ("memory", "" | "g" | "gib" | "gi") => memory(&format!("{number} gb")),
        ("memory", "m" | "mb" | "mib" | "mi") => memory(number),
        _ => None,
    }
}
