//! The bill: each task's part of it and the sum.

use crate::commands::{Command, commands};
use crate::markup::{For, IntoChild, view};
use crate::projector::projected;
use crate::selection::Selection;
use crate::signals::{Memo, ReadSignal};
use crate::words::thousands;
use fargate_core::ids::TaskId;
use fargate_session::diagrams::figures::money;
use leptos::prelude::*;

/// The table of costs.
#[component]
pub fn Bill() -> AnyView {
    let shown = projected();
    let rate = Memo::new(move |_| money(shown.cost.get().per_hour));
    let so_far = Memo::new(move |_| money(shown.cost.get().so_far));
    view! {
        <div class="bill" tabindex="0" role="region" aria-label="Cost by task">
            <table>
                <caption class="sr">"What each task has cost so far, at list price"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Task"</th>
                        <th scope="col">"Size"</th>
                        <th scope="col" class="num">"Billed"</th>
                        <th scope="col" class="num">"An hour"</th>
                        <th scope="col" class="num">"So far"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || shown.tasks.order().to_vec() key=TaskId::clone let:id>
                        <Row id/>
                    </For>
                </tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"All tasks"</th>
                        <td></td>
                        <td></td>
                        <td class="num">{move || rate.get()}</td>
                        <td class="num strong">{move || so_far.get()}</td>
                    </tr>
                </tfoot>
            </table>
            <p class="t12 dim">
                "List price of Fargate on Linux and x86 in us-east-1, per second from the image pull, one minute at least."
            </p>
        </div>
    }
}

#[component]
fn Row(id: TaskId) -> AnyView {
    let commands = commands();
    let row = projected().tasks.row(&id).map(ReadSignal::from);
    row.map(|row| {
        let cost = Memo::new(move |_| row.with(|card| card.cost));
        let rate = Memo::new(move |_| money(cost.get().per_hour));
        let so_far = Memo::new(move |_| money(cost.get().so_far));
        let billed = Memo::new(move |_| {
            let cost = cost.get();
            let minimum = if cost.minimum { " (minimum)" } else { "" };
            format!("{} s{minimum}", thousands(cost.billed_seconds))
        });
        let (definition, short_id, size) =
            row.with_untracked(|card| (card.definition.clone(), card.short_id.clone(), card.size.clone()));
        let thing = Selection::Task(id);
        view! {
            <tr>
                <th scope="row">
                    <button type="button" on:click=move |_| commands.send(Command::Select(Some(thing.clone())))>
                        {definition}
                        <span class="mono dim">{short_id}</span>
                    </button>
                </th>
                <td>{size}</td>
                <td class="num">{move || billed.get()}</td>
                <td class="num">{move || rate.get()}</td>
                <td class="num">{move || so_far.get()}</td>
            </tr>
        }
    }).into_child()
}
