//! Sections of the panel that fold, and those of them that list things.

use super::row::ThingRow;
use super::things::things;
use crate::icons::{Glyph, Icon, chevron};
use crate::markup::{For, view};
use crate::signals::{Memo, Signal};
use fargate_session::network::Kind;
use leptos::prelude::*;

/// The id of a section's heading.
pub(crate) fn head_id(section: Kind) -> String {
    format!("net-head-{}", section as u8)
}

/// A section: a heading that folds it, and what it holds, which stays as it is when it folds.
#[component]
pub fn Section(
    /// Its heading.
    title: &'static str,
    /// The icon beside it.
    icon: Icon,
    /// The id of its heading.
    #[prop(into)]
    head: String,
    /// The id of what folds.
    #[prop(into)]
    body: String,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Opens it, or closes it.
    toggle: Callback<()>,
    /// How many things it lists, where it lists any.
    #[prop(optional)]
    count: Option<Signal<usize>>,
    /// What it holds.
    children: Children,
) -> AnyView {
    let chevron = chevron(move || open.get());
    let count = count.map(|count| view! { <span class="count">{move || count.get()}</span> });
    let controls = body.clone();
    view! {
        <section class="net-sec" aria-label=title>
            <h2 class="strong">
                <button
                    type="button"
                    class="net-fold"
                    id=head
                    aria-expanded=move || open.get().to_string()
                    aria-controls=controls
                    on:click=move |_| toggle.run(())
                >
                    <Glyph icon=icon class="i dim"/>
                    <span class="grow">{title}</span>
                    {count}
                    <Glyph icon=chevron class="i-14 dim"/>
                </button>
            </h2>
            <div class="net-inner" id=body hidden=move || !open.get()>{children()}</div>
        </section>
    }
}

/// A section that lists things: their number in its heading, their forms, and their rows.
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
    let (head, body) = (head_id(section), format!("net-body-{}", section as u8));
    let count = Signal::derive(move || ids.with(Vec::len));
    let toggle = Callback::new(move |()| things.toggle(section));
    view! {
        <Section title icon head body open toggle count>
            {children()}
            <ul class="net-list">
                <For each=rows key=String::clone let:id>
                    <ThingRow id/>
                </For>
            </ul>
            <p class="t12 dim" hidden=move || !ids.with(Vec::is_empty)>{empty}</p>
        </Section>
    }
}
