//! The bill: every line of it, priced in a Region that is chosen, the month at this rate, and the same tasks on EC2.

use super::moments::moment;
use crate::commands::{Command, Commands, commands};
use crate::markup::{For, IntoChild, Show, live, view};
use crate::projector::projected;
use crate::selection::Selection;
use crate::signals::{Memo, RwSignal};
use fargate_core::billing::{Item, REGIONS, Region, Usage};
use fargate_core::units::NanoUsd;
use fargate_session::Session;
use fargate_session::cost::{Comparison, CostLine, CostTable, Ec2Line};
use fargate_session::diagrams::figures::money;
use leptos::prelude::*;
use std::sync::Arc;

/// The bill and what it is compared with.
#[component]
pub fn Bill() -> AnyView {
    let (commands, moment) = (commands(), moment());
    let region = RwSignal::new(REGIONS[0]);
    let table = Memo::new(move |_| {
        moment.get();
        let region = region.get();
        Arc::new(commands.ask_session(move |session| session.cost(region)))
    });
    let comparison = Memo::new(move |_| {
        moment.get();
        commands.ask_session(Session::comparison)
    });
    view! {
        <div class="bill" tabindex="0" role="region" aria-label="Cost">
            <Head region table/>
            <Lines table/>
            <Unpriced table/>
            <OnEc2 comparison/>
            <p class="t12 dim">
                "List prices, without discounts. Fargate is billed per second from the image pull, one minute at least; gateways, endpoints and load
                 balancers by the begun hour. A month is 730 hours. Storage of logs, databases and file systems is not counted."
            </p>
        </div>
    }
}

/// The Region, and the sums.
#[component]
fn Head(region: RwSignal<Region>, table: Memo<Arc<CostTable>>) -> AnyView {
    let options = REGIONS.iter().map(|it| {
        view! { <option value=it.name>{format!("{} ({})", it.name, it.place)}</option> }
    });
    let choose = move |event| {
        if let Some(chosen) = Region::named(&event_target_value(&event)) {
            region.set(chosen);
        }
    };
    let sums = Memo::new(move |_| {
        table.with(|table| {
            format!(
                "{} an hour, {} a month at this rate",
                money(table.per_hour),
                money(table.per_month)
            )
        })
    });
    view! {
        <div class="row bill-head">
            <label class="row t12">
                <span class="t2">"Prices of"</span>
                <select class="btn sm line pick" on:change=choose>{options.collect_view()}</select>
            </label>
            <span class="t12 t2">{move || sums.get()}</span>
        </div>
    }
}

#[component]
fn Lines(table: Memo<Arc<CostTable>>) -> AnyView {
    let keys = move || table.with(|table| table.lines.iter().map(key).collect());
    let row = move |wanted: String| {
        let line = Memo::new(move |last: Option<&Option<CostLine>>| {
            let now =
                table.with(|table| table.lines.iter().find(|line| key(line) == wanted).cloned());
            // a row that is about to go keeps what it says
            now.or_else(|| last.cloned().flatten())
        });
        view! { <Row line/> }
    };
    let so_far = Memo::new(move |_| table.with(|table| money(table.so_far)));
    let rate = Memo::new(move |_| table.with(|table| money(table.per_hour)));
    view! {
        <table>
            <caption class="sr">"What everything that runs or ran has cost so far, at list price"</caption>
            <thead>
                <tr>
                    <th scope="col">"What"</th>
                    <th scope="col">"Which"</th>
                    <th scope="col" class="num">"Billed"</th>
                    <th scope="col" class="num">"An hour"</th>
                    <th scope="col" class="num">"So far"</th>
                </tr>
            </thead>
            <tbody>
                <For each=keys key=String::clone children=row/>
            </tbody>
            <tfoot>
                <tr>
                    <th scope="row">"Everything"</th>
                    <td></td>
                    <td></td>
                    <td class="num">{move || rate.get()}</td>
                    <td class="num strong">{move || so_far.get()}</td>
                </tr>
            </tfoot>
        </table>
    }
}

/// What tells one line from another.
fn key(line: &CostLine) -> String {
    match &line.item {
        Item::Task(id) => id.to_string(),
        Item::Standing(_, id)
        | Item::BalancerUnits(id)
        | Item::Data(Usage::Nat(id) | Usage::Endpoint(id)) => format!("{} {id}", line.what),
        Item::ExpiredTasks | Item::Data(_) => format!("{} {}", line.what, line.which),
    }
}

#[component]
fn Row(line: Memo<Option<CostLine>>) -> AnyView {
    let commands = commands();
    let part = move |of: fn(&CostLine) -> String| {
        Memo::new(move |_| line.with(|line| line.as_ref().map(of).unwrap_or_default()))
    };
    let quantity = part(|line| line.quantity.clone());
    let rate = part(|line| ended(line.per_hour));
    let so_far = part(|line| line.so_far.map_or_else(|| "not known".to_owned(), money));
    line.get_untracked()
        .map(|line| {
            let which = which(commands, &line);
            view! {
                <tr>
                    <th scope="row">{line.what}</th>
                    <td>{which}</td>
                    <td class="num">{move || quantity.get()}</td>
                    <td class="num">{move || rate.get()}</td>
                    <td class="num">{move || so_far.get()}</td>
                </tr>
            }
        })
        .into_child()
}

/// The rate of a line; a dash of what costs nothing more.
fn ended(per_hour: NanoUsd) -> String {
    match per_hour.0 {
        0 => "\u{2013}".to_owned(),
        _ => money(per_hour),
    }
}

/// Which one: a task is a button that selects it.
fn which(commands: Commands, line: &CostLine) -> AnyView {
    let words = line.which.clone();
    match &line.item {
        Item::Task(id) => {
            let thing = Selection::Task(id.clone());
            view! {
                <button type="button" on:click=move |_| commands.send(Command::Select(Some(thing.clone())))>{words}</button>
            }
        }
        _ => view! { <span class="mono dim">{words}</span> },
    }
}

/// What no sum holds.
#[component]
fn Unpriced(table: Memo<Arc<CostTable>>) -> AnyView {
    let words = Memo::new(move |_| table.with(|table| table.unpriced.join("; ")));
    view! {
        <Show when=move || !words.with(String::is_empty)>
            <p class="t12 warn-t">{move || format!("No price is known there for: {}. The sums leave it out.", words.get())}</p>
        </Show>
    }
}

/// The running tasks on EC2 instances.
#[component]
fn OnEc2(comparison: Memo<Comparison>) -> AnyView {
    let running = Memo::new(move |_| comparison.with(|it| it.tasks));
    let shown = projected();
    let is_idle = Memo::new(move |_| running.get() == 0 || shown.tasks.order().is_empty());
    let table = move || {
        comparison.with(|it| {
            let rows = it.on_ec2.iter().map(row).collect_view();
            let tasks = it.tasks;
            let title = format!("The {tasks} running task{} on EC2 instead", if tasks == 1 { "" } else { "s" });
            let fargate = money(it.fargate);
            view! {
                <table class="bill-ec2">
                    <caption>{title}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Network mode"</th>
                            <th scope="col">"Cheapest instances"</th>
                            <th scope="col" class="num">"An hour"</th>
                            <th scope="col">{format!("Beside {fargate} on Fargate in us-east-1")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
        })
    };
    view! {
        <Show when=move || !is_idle.get()>{live(table)}</Show>
    }
}

fn row(line: &Ec2Line) -> AnyView {
    view! {
        <tr>
            <th scope="row">{line.mode}</th>
            <td>{line.instances.clone()}</td>
            <td class="num">{money(line.per_hour)}</td>
            <td>{line.verdict.clone()}</td>
        </tr>
    }
}
