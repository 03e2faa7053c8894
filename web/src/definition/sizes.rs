//! The day whose rules apply, and what Fargate offers on that day.

use super::draft::draft;
use super::judged::Judged;
use super::size_words::{day_words, memory_words};
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use crate::popover::Popover;
use crate::signals::signal;
use fargate_core::call::SetAsOf;
use fargate_core::compute::sizes::{FARGATE_BEGINS, Row, cpu_text, offers, rows};
use fargate_core::task_definition::System;
use fargate_core::units::Date;
use leptos::prelude::*;

/// Whether the definition asks for Windows.
pub(crate) fn windows(judged: &Judged) -> bool {
    judged.reading.definition.system == System::Windows
}

/// What there is to say about the size of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// Fargate offers it.
    Valid,
    /// Fargate does not.
    Invalid,
    /// CPU or memory is absent or not understood.
    Absent,
}

/// Whether Fargate offers the size on the day.
pub(crate) fn size(judged: &Judged) -> Size {
    let definition = &judged.reading.definition;
    match (definition.cpu, definition.memory) {
        (Some(cpu), Some(memory)) if offers(cpu, memory, judged.context.as_of, windows(judged)) => {
            Size::Valid
        }
        (Some(_), Some(_)) => Size::Invalid,
        _ => Size::Absent,
    }
}

/// The button that says the day, and what it opens.
#[component]
pub fn SizesButton() -> AnyView {
    let draft = draft();
    let today = crate::browser::today();
    let words = move || {
        let day = draft.as_of();
        if day == today {
            "Today".to_owned()
        } else {
            day_words(day)
        }
    };
    view! {
        <Popover
            class="btn sm"
            label="The day whose rules apply"
            button=move || view! {
                <Glyph icon=Icon::Clock class="i-12"/>
                {words}
                <Glyph icon=Icon::ChevronDown class="i-12"/>
            }
        >
            <AsOf today/>
            <SizeTable/>
        </Popover>
    }
}

/// The choice of the day.
#[component]
fn AsOf(today: Date) -> AnyView {
    let (draft, commands) = (draft(), commands());
    let (bad, set_bad) = signal(String::new());
    let set_day = move |date| {
        set_bad.set(String::new());
        if draft.peek().context.as_of != date {
            commands.send(Command::Call(SetAsOf { date }.into()));
        }
    };
    let choose = move |event| {
        let text = event_target_value(&event);
        match Date::parse(&text) {
            Ok(day) => set_day(day),
            Err(error) => set_bad.set(format!("{error}.")),
        }
    };
    let quick = move |day: Date, label: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=move || (draft.as_of() == day).to_string()
                on:click=move |_| set_day(day)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="pop-sec">
            <p class="strong">"As of"</p>
            <div class="row wrap">
                <div class="seg" role="group" aria-label="Day">
                    {quick(today, "Today")}
                    {quick(FARGATE_BEGINS, "29 Nov 2017")}
                </div>
                <input
                    type="date"
                    class="field"
                    aria-label="Another day"
                    min="2014-01-01"
                    max="2100-12-31"
                    prop:value=move || draft.as_of().to_string()
                    aria-invalid=move || (!bad.with(String::is_empty)).then_some("true")
                    on:change=choose
                />
            </div>
            <p class="t12 err-t" role="alert">{bad}</p>
            <p class="t12 dim">"Part of the scenario: from now on, AWS answers by the sizes, limits and texts of that day. What runs already stays."</p>
        </div>
    }
}

/// What Fargate offers on the day.
#[component]
fn SizeTable() -> AnyView {
    let draft = draft();
    let body = move || {
        let judged = draft.judged();
        let (day, windows) = (judged.context.as_of, windows(&judged));
        let chosen = &judged.reading.definition;
        let is_row = |row: &Row| chosen.cpu == Some(row.cpu);
        let offered: Vec<Row> = rows(day, windows).collect();
        if offered.is_empty() {
            return view! { <p class="t12">"There is no Fargate on that day: it begins on 29 Nov 2017."</p> };
        }
        let fits = chosen.memory;
        let lines = offered.iter().map(|row| {
            let here = is_row(row);
            let verdict = here.then(|| match fits {
                Some(memory) if row.has(memory) => view! { <Glyph icon=Icon::Ok class="i-12 ok-c"/> <span class="sr">"has the memory of this definition"</span> },
                Some(_) => view! { <Glyph icon=Icon::Error class="i-12 err-c"/> <span class="sr">"does not have the memory of this definition"</span> },
                None => ().into_any(),
            });
            view! {
                <tr aria-current=here.then_some("true")>
                    <th scope="row">{cpu_text(row.cpu)}</th>
                    <td>{memory_words(row.memories())}</td>
                    <td>{verdict}</td>
                </tr>
            }
        });
        view! {
            <table class="sizes">
                <caption class="sr">"Task sizes"</caption>
                <thead><tr><th scope="col">"CPU"</th><th scope="col">"Memory"</th><td></td></tr></thead>
                <tbody>{lines.collect_view()}</tbody>
            </table>
        }
    };
    let count = move || {
        let judged = draft.judged();
        rows(judged.context.as_of, windows(&judged)).count()
    };
    view! {
        <div class="pop-sec">
            <p class="strong">
                "Task sizes on Fargate, "
                {move || crate::words::count(count(), "row")}
            </p>
            {body}
        </div>
    }
}
