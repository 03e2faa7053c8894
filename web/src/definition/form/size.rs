//! The size of the task: pairs of CPU and memory that Fargate offers on the day, and what an hour of one costs.

use super::said::of_values;
use super::{Form, id};
use crate::definition::sizes::windows;
use crate::markup::view;
use fargate_core::billing::{Price, SPOT_PERCENT, per_hour, spot_since};
use fargate_core::compute::sizes::{Row, cpu_text, memory_text, nearest, rows};
use fargate_core::task_definition::fields::Step;
use fargate_core::task_definition::{System, TaskDefinition};
use fargate_core::text::quote;
use fargate_core::units::{CpuUnits, Date, MiB};
use fargate_session::diagrams::figures::money;
use leptos::prelude::*;

/// The picker of the task's size. Whatever is chosen, the pair is one that Fargate offers.
pub(super) fn size(form: &Form) -> AnyView {
    let (judged, draft) = (&form.judged, form.draft);
    let (day, windows) = (judged.context.as_of, windows(judged));
    let definition = &judged.reading.definition;
    let (cpu, memory) = (definition.cpu, definition.memory);
    let offered: Vec<Row> = rows(day, windows).collect();
    let row = offered.iter().find(|row| Some(row.cpu) == cpu).copied();
    let memories: Vec<MiB> = row.map(|row| row.memories().collect()).unwrap_or_default();
    let choose = move |cpu: CpuUnits, memory: MiB| {
        let text = |number: u32| quote(&number.to_string());
        draft.set_fields(&[(way("cpu"), text(cpu.0)), (way("memory"), text(memory.0))]);
    };
    let choose_cpu = move |event| {
        let Ok(chosen) = event_target_value(&event).parse().map(CpuUnits) else {
            return;
        };
        // The memory stays where the row has it, else it becomes the nearest that the row has.
        let pairs = nearest(chosen, memory.unwrap_or(MiB(0)), day, windows);
        let pair = pairs.first().filter(|(cpu, _)| *cpu == chosen);
        if let Some((cpu, memory)) = pair {
            choose(*cpu, *memory);
        }
    };
    let choose_memory = move |event| {
        let chosen = event_target_value(&event).parse().map(MiB);
        if let (Ok(memory), Some(cpu)) = (chosen, cpu) {
            choose(cpu, memory);
        }
    };
    let cpus = offered
        .iter()
        .map(|row| option(row.cpu.0, cpu_text(row.cpu), Some(row.cpu) == cpu));
    let cpus: Vec<AnyView> = cpus.collect();
    let sizes = memories
        .iter()
        .map(|size| option(size.0, memory_text(*size), Some(*size) == memory));
    let sizes: Vec<AnyView> = sizes.collect();
    let other = |name: &str, known: bool| {
        let node = form.node(&[name.into()]);
        let written = node.map_or_else(
            || "Not set".to_owned(),
            |node| format!("{}, not offered", form.written(node)),
        );
        (!known).then(|| view! { <option value="" disabled="" prop:selected=move || true>{written.clone()}</option> })
    };
    let other_cpu = other("cpu", row.is_some());
    let other_memory = other(
        "memory",
        memory.is_some_and(|memory| memories.contains(&memory)),
    );
    let said = of_values(form, &[way("cpu"), way("memory")]);
    let valid = row.zip(memory).filter(|(row, memory)| row.has(*memory));
    let price = valid.map(|_| price(definition, day));
    let invalid = said.invalid.then_some("true");
    view! {
        <fieldset class="form-object">
            <legend>"Size"</legend>
            <div class="fields two">
                <label class="field-label">
                    "CPU"
                    <select class="field" id=id(&way("cpu")) aria-invalid=invalid aria-describedby=said.described_by.clone() on:change=choose_cpu>
                        {other_cpu}
                        {cpus}
                    </select>
                </label>
                <label class="field-label">
                    "Memory"
                    <select class="field" id=id(&way("memory")) aria-invalid=invalid aria-describedby=said.described_by on:change=choose_memory>
                        {other_memory}
                        {sizes}
                    </select>
                </label>
            </div>
            <p class="t12 dim" role="status">{price}</p>
            {said.view}
        </fieldset>
    }
}

/// What an hour costs, since when, for which system, and how far below it Fargate Spot is.
fn price(definition: &TaskDefinition, day: Date) -> String {
    let system = match definition.system {
        System::LinuxX86 => "Linux on X86_64",
        System::LinuxArm => "Linux on ARM64",
        System::Windows => "Windows, with its licence,",
    };
    let hour = money(per_hour(definition, day));
    let since = Price::on(definition.system, day).since;
    let list = format!("{hour} an hour, the list price of {system} in us-east-1 since {since}.");
    match spot_since(definition.system) {
        Some(from) if from <= day => {
            format!("{list} Fargate Spot is up to {SPOT_PERCENT} % below it.")
        }
        _ => list,
    }
}

fn way(name: &str) -> Vec<Step> {
    vec![name.into()]
}

fn option(value: u32, words: String, chosen: bool) -> AnyView {
    view! { <option value=value.to_string() prop:selected=move || chosen>{words}</option> }
}
