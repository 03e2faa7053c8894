//! A section of the panel that folds: its heading with a count, its forms, and its rows.

use super::row::ThingRow;
use super::things::things;
use crate::icons::{Glyph, Icon};
use crate::markup::{For, view};
use crate::signals::{Memo, Signal};
use fargate_session::network::Kind;
use leptos::prelude::*;

/// The id of a section's heading.
pub(crate) fn head_id(section: Kind) -> String {
    format!("net-head-{}", section as u8)
}

/// A section. What is typed in it stays when it folds.
#[component]
pub fn Fold(
    /// The kind of thing that it lists first, which names it.
    section: Kind,
    /// Its heading.
    title: &'static str,
    /// The icon beside it.
    icon: Icon,
    /// The kinds that it lists.
    kinds: &'static [Kind],
    /// What stands where there are none.
    empty: &'static str,
    /// Its forms.
    children: Children,
) -> AnyView {
    let things = things();
    let ids = Memo::new(move |_| {
        let ids = kinds.iter().flat_map(|kind| things.ids(*kind));
        ids.collect::<Vec<String>>()
    });
    let open = Memo::new(move |_| things.is_open(section));
    // Rows are made when they are first seen, and stay.
    let seen =
        Memo::new(move |last: Option<&bool>| last.copied().unwrap_or_default() || open.get());
    let rows = move || if seen.get() { ids.get() } else { Vec::new() };
    let chevron = move || {
        if open.get() {
            Icon::ChevronDown
        } else {
            Icon::ChevronRight
        }
    };
    let body = format!("net-body-{}", section as u8);
    let controls = body.clone();
    view! {
        <section class="net-sec" aria-label=title>
            <h2 class="strong">
                <button
                    type="button"
                    class="net-fold"
                    id=head_id(section)
                    aria-expanded=move || open.get().to_string()
                    aria-controls=controls
                    on:click=move |_| things.toggle(section)
                >
                    <Glyph icon=icon class="i dim"/>
                    <span class="grow">{title}</span>
                    <span class="count">{move || ids.with(Vec::len)}</span>
                    <Glyph icon=Signal::derive(chevron) class="i-14 dim"/>
                </button>
            </h2>
            <div class="net-inner" id=body hidden=move || !open.get()>
                {children()}
                <ul class="net-list">
                    <For each=rows key=String::clone let:id>
                        <ThingRow id/>
                    </For>
                </ul>
                <p class="t12 dim" hidden=move || !ids.with(Vec::is_empty)>{empty}</p>
            </div>
        </section>
    }
}
