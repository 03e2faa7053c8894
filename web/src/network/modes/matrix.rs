//! Who reaches whom, as a table. Each cell says whether and who decides; the one that is pressed is explained below.

use super::{Modes, modes};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, live, view};
use crate::signals::Memo;
use fargate_session::modes::{ModesCard, ModesCell, ModesRow};
use leptos::prelude::*;

/// What the columns are about, in their order.
fn columns(card: &ModesCard) -> Vec<String> {
    let containers = card.containers.iter().map(|it| it.name.clone());
    let besides = card.besides.iter().map(|title| (*title).to_owned());
    containers.chain(besides).collect()
}

/// The table.
#[component]
pub fn Matrix(
    /// The sheet's card.
    card: Memo<ModesCard>,
) -> AnyView {
    let modes = modes();
    let table = live(move || {
        let card = card.get();
        let columns = columns(&card);
        let heads = columns
            .iter()
            .map(|title| view! { <th scope="col">{title.clone()}</th> });
        let heads = heads.collect_view();
        let rows = card.rows.iter().enumerate();
        let rows = rows.map(|(number, it)| row(modes, number, it, &columns));
        view! {
            <table>
                <caption class="sr">"Who reaches whom: rows reach columns"</caption>
                <thead><tr><th scope="col" class="dim">"From, to"</th>{heads}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
    });
    let is_empty = move || card.with(|card| card.rows.is_empty());
    let explained = live(move || {
        let (row, column) = modes.picked.get()?;
        card.with(|card| {
            let from = card.rows.get(row)?;
            let cell = from.cells.get(column)?.as_ref()?;
            Some(explained(from, cell, columns(card).get(column)?))
        })
    });
    view! {
        <section class="modes-who" aria-labelledby="modes-who">
            <h3 class="med" id="modes-who">"Who reaches whom"</h3>
            <Show when=is_empty><p class="t12 dim">"Nothing is placed yet."</p></Show>
            <div class="modes-table" role="region" tabindex="0" aria-label="Who reaches whom, a table" hidden=is_empty>{table}</div>
            <div role="status">{explained}</div>
        </section>
    }
}

fn look(verdict: &str) -> (Icon, &'static str) {
    match verdict {
        "yes" => (Icon::Ok, "i-12 ok-c"),
        "no" => (Icon::Error, "i-12 err-c"),
        _ => (Icon::Shield, "i-12 warn-c"),
    }
}

fn row(modes: Modes, number: usize, row: &ModesRow, columns: &[String]) -> AnyView {
    let cells = row.cells.iter().zip(columns).enumerate();
    let cells = cells.map(|(column, (cell, to))| match cell {
        None => view! { <td class="dim"><span class="sr">"itself, or not asked"</span></td> },
        Some(cell) => {
            let (icon, class) = look(cell.verdict);
            let pair = format!("{} to {to}: ", row.from);
            let place = (number, column);
            view! {
                <td>
                    <button
                        type="button"
                        class="modes-cell"
                        title=cell.because.clone()
                        aria-pressed=move || (modes.picked.get() == Some(place)).to_string()
                        on:click=move |_| modes.picked.set(Some(place))
                    >
                        <span class="sr">{pair}</span>
                        <Glyph icon=icon class=class/>
                        <span class="med">{cell.verdict}</span>
                        <span class="sr">", decided by "</span>
                        <span class="t2">{cell.decided_by}</span>
                    </button>
                </td>
            }
        }
    });
    let cells: Vec<AnyView> = cells.collect();
    view! { <tr><th scope="row">{row.from.clone()}</th>{cells.collect_view()}</tr> }
}

fn explained(from: &ModesRow, cell: &ModesCell, to: &str) -> AnyView {
    verdict(&format!("{} to {to}", from.from), cell)
}

/// Whether one reaches another, the part that decides, and why.
pub(super) fn verdict(title: &str, cell: &ModesCell) -> AnyView {
    let (icon, class) = look(cell.verdict);
    let at = (!cell.address.is_empty()).then(|| format!(" at {}", cell.address));
    let words = format!("{title}{}: {}.", at.unwrap_or_default(), cell.verdict);
    let because = format!("Decided by {}: {}.", cell.decided_by, cell.because);
    view! {
        <div class="net-row modes-verdict">
            <p class="med"><Glyph icon=icon class=class/>" "{words}</p>
            <p class="t12 t2">{because}</p>
        </div>
    }
}
