//! Fargate offers certain pairs of CPU and memory.

use super::{Applies, CLIENT, Rule, Subject, error};
use crate::compute::sizes::{self, cpu_text, memory_text};
use crate::finding::Finding;
use crate::units::{CpuUnits, Date, MiB};

pub(super) static RULE: Rule = Rule {
    code: "fargate-size",
    applies: Applies::Fargate,
    source: sizes::SOURCE,
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let (Some(cpu), Some(memory)) = (subject.definition.cpu, subject.definition.memory) else {
        return;
    };
    let (as_of, windows) = (subject.context.as_of, subject.windows());
    if sizes::offers(cpu, memory, as_of, windows) {
        return;
    }
    let row = sizes::rows(as_of, windows).find(|row| row.cpu == cpu);
    let (place, help) = match row {
        Some(row) => ("memory", with_cpu(row)),
        None => ("cpu", cpus(as_of, windows)),
    };
    let mut finding = error(
        Subject::place(subject.root, place),
        format!("Fargate has no size of {cpu} CPU units and {memory} MiB"),
    )
    .help(help)
    .aws(CLIENT, words(cpu, memory, as_of));
    for (cpu, memory) in choices(subject, cpu, memory) {
        let title = format!("Use {} and {}", cpu_text(cpu), memory_text(memory));
        finding = finding.fix(title, subject.set_size(cpu, memory));
    }
    findings.push(finding);
}

/// AWS's words, which have named the values since about 2021.
fn words(cpu: CpuUnits, memory: MiB, as_of: Date) -> String {
    if as_of < Date::new(2021, 1, 1) {
        return "No Fargate configuration exists for given values.".to_owned();
    }
    format!(
        "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS documentation for the valid values."
    )
}

/// The nearest sizes that hold what the containers ask for; failing that, the nearest.
fn choices(subject: &Subject<'_>, cpu: CpuUnits, memory: MiB) -> Vec<(CpuUnits, MiB)> {
    let (needs_cpu, needs_memory) = subject.demand();
    let (as_of, windows) = (subject.context.as_of, subject.windows());
    let near = sizes::nearest(cpu.max(needs_cpu), memory.max(needs_memory), as_of, windows);
    let enough = |&(cpu, memory): &(CpuUnits, MiB)| cpu >= needs_cpu && memory >= needs_memory;
    let fitting: Vec<_> = near.iter().copied().filter(enough).collect();
    if fitting.is_empty() { near } else { fitting }
}

fn with_cpu(row: sizes::Row) -> String {
    let memories: Vec<_> = row.memories().collect();
    let cpu = cpu_text(row.cpu);
    match memories[..] {
        [first, second, .., last] if memories.len() > 4 => format!(
            "With {cpu} it offers {} to {} in steps of {}.",
            memory_text(first),
            memory_text(last),
            memory_text(MiB(second.0 - first.0))
        ),
        _ => {
            let names: Vec<_> = memories.into_iter().map(memory_text).collect();
            format!("With {cpu} it offers {}.", names.join(", "))
        }
    }
}

fn cpus(as_of: Date, windows: bool) -> String {
    let sizes: Vec<_> = sizes::rows(as_of, windows).map(|row| row.cpu.to_string()).collect();
    if sizes.is_empty() {
        return format!("Fargate begins on {}.", sizes::FARGATE_BEGINS);
    }
    format!("It offers {} CPU units.", sizes.join(", "))
}
