//! Fields of the sheet: each shows a part of it, and changes that part as it is typed.

use super::{Modes, trouble_id};
use crate::markup::view;
use crate::signals::Memo;
use fargate_session::modes::{ModesCard, Place, Sheet};
use leptos::prelude::*;

/// A part of the sheet: how it is read, and how it is written.
#[derive(Clone)]
pub(super) struct Part<L, C> {
    /// What it is.
    pub(super) label: &'static str,
    /// An example.
    pub(super) example: &'static str,
    /// Reads it.
    pub(super) look: L,
    /// Writes it.
    pub(super) change: C,
}

/// A field for a text. `at` is its place, where something may be said of it; `id` is for who wants to go there.
pub(super) fn text<L, C>(
    modes: Modes,
    card: Memo<ModesCard>,
    part: Part<L, C>,
    at: Option<Place>,
    id: Option<String>,
) -> AnyView
where
    L: Fn(&Sheet) -> String + Send + Sync + 'static,
    C: Fn(&mut Sheet, String) + Send + Sync + 'static,
{
    let Part {
        label,
        example,
        look,
        change,
    } = part;
    let wrong = Memo::new(move |_| {
        card.with(|card| at.is_some_and(|at| card.troubles.iter().any(|it| it.at == at)))
    });
    view! {
        <label class="field-label">
            {label}
            <input
                class="field mono"
                type="text"
                id=id
                spellcheck="false"
                autocomplete="off"
                placeholder=example
                aria-invalid=move || wrong.get().then_some("true")
                aria-describedby=move || at.filter(|_| wrong.get()).map(trouble_id)
                prop:value=move || modes.sheet.with(&look)
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    modes.sheet.update(|sheet| change(sheet, typed));
                }
            />
        </label>
    }
}

/// A switch.
pub(super) fn tick(
    modes: Modes,
    label: &'static str,
    look: fn(&Sheet) -> bool,
    change: fn(&mut Sheet, bool),
) -> AnyView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || modes.sheet.with(look)
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    modes.sheet.update(|sheet| change(sheet, on));
                }
            />
            <span class="grow">{label}</span>
        </label>
    }
}
