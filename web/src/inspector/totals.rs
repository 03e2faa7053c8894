//! The scenario's totals, where nothing is selected.

use super::cost::Cost;
use super::life::look;
use crate::commands::commands;
use crate::icons::{Glyph, Icon};
use crate::markup::{For, IntoChild, view};
use crate::projector::projected;
use crate::selection::Selection;
use crate::signals::{Memo, ReadSignal, Signal};
use crate::words::{count, thousands};
use fargate_core::ids::TaskId;
use fargate_core::task::TaskState;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// How many tasks the list names.
const NAMED: usize = 50;

/// The totals.
#[component]
pub fn Totals() -> AnyView {
    let shown = projected();
    let states = Memo::new(move |_| {
        let mut states = BTreeMap::<(TaskState, bool), usize>::new();
        for task in shown.tasks.all() {
            let failed = task.state == TaskState::Stopped
                && task.stop.as_ref().is_some_and(|stop| stop.failed);
            *states.entry((task.state, failed)).or_default() += 1;
        }
        states.into_iter().collect::<Vec<_>>()
    });
    let total = Memo::new(move |_| shown.tasks.order().len());
    let named = move || {
        let order = shown.tasks.order();
        order.iter().take(NAMED).cloned().collect::<Vec<_>>()
    };
    let requests = shown.requests;
    let rate = move || {
        let tenths = requests.get().rate_tenths;
        format!("{}.{} a second", tenths / 10, tenths % 10)
    };
    view! {
        <div class="insp-h">
            <p class="t12 dim insp-kind">"Scenario"</p>
            <div class="row"><h2>{move || shown.title.get()}</h2></div>
            <p class="t12 dim">"Select something to look inside it."</p>
        </div>
        <section class="sec slim" aria-label="Tasks">
            <div class="sec-h tight">
                <Glyph icon=Icon::Task/>
                <h3>"Tasks"</h3>
                <span class="end t12 t2">{move || count(total.get(), "task")}</span>
            </div>
            {move || {
                states
                    .get()
                    .into_iter()
                    .map(|((state, failed), number)| {
                        let words = if failed { "Stopped, failed" } else { state.title() };
                        view! {
                            <p class="row t12 state-line">
                                <Glyph icon=look(state, failed).0 class=icon_class(state, failed)/>
                                {words}
                                <span class="end mono">{number}</span>
                            </p>
                        }
                    })
                    .collect_view()
            }}
            <ul class="task-list" aria-label="Tasks">
                <For
                    each=named
                    key=TaskId::clone
                    let:id
                >
                    <TaskLine id/>
                </For>
            </ul>
        </section>
        <section class="sec slim" aria-label="Requests so far">
            <div class="sec-h tight">
                <Glyph icon=Icon::Packet/>
                <h3>"Requests"</h3>
            </div>
            <dl class="kv">
                <dt>"Delivered"</dt>
                <dd>{move || thousands(requests.get().delivered)}</dd>
                <dt>"Answered with an error"</dt>
                <dd>{move || thousands(requests.get().failed)}</dd>
                <dt>"Denied or unanswered"</dt>
                <dd>{move || thousands(requests.get().denied)}</dd>
                <dt>"Lasting traffic"</dt>
                <dd class="ui">{rate}</dd>
            </dl>
        </section>
        <Cost cost=shown.cost of_tasks=true/>
    }
}

/// The classes of a state's icon in a list.
pub fn icon_class(state: TaskState, failed: bool) -> &'static str {
    match look(state, failed).1 {
        "ok" => "i-14 ok-c",
        "warn" => "i-14 warn-c",
        "info" => "i-14 info-c",
        "err" => "i-14 err-c",
        _ => "i-14 idle-c",
    }
}

/// A task as a line that selects it.
#[component]
pub fn TaskLine(
    /// The task.
    id: TaskId,
) -> AnyView {
    let commands = commands();
    let row = projected().tasks.row(&id).map(ReadSignal::from);
    row.map(|row| {
        let look = Memo::new(move |_| {
            row.with(|card| {
                (
                    card.state,
                    card.stop.as_ref().is_some_and(|stop| stop.failed),
                )
            })
        });
        let (definition, short_id) =
            row.with_untracked(|card| (card.definition.clone(), card.short_id.clone()));
        let icon = Signal::derive(move || {
            let (state, failed) = look.get();
            self::look(state, failed).0
        });
        let class = Signal::derive(move || {
            let (state, failed) = look.get();
            icon_class(state, failed)
        });
        view! {
            <li>
                <button
                    class="task-line"
                    type="button"
                    on:click=move |_| super::lead_to(commands, Selection::Task(id.clone()))
                >
                    <Glyph icon class/>
                    <span class="med">{definition}</span>
                    <span class="mono dim">{short_id}</span>
                    <span class="end dim">{move || look.get().0.title()}</span>
                </button>
            </li>
        }
    })
    .into_child()
}
