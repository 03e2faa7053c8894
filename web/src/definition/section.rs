//! A section below the editor that folds under its head.

use crate::icons::{Glyph, Icon, chevron};
use crate::markup::{Show, view};
use crate::signals::RwSignal;
use leptos::prelude::*;

/// The section. What it holds is made when it is open.
#[component]
pub fn Folding(
    /// Its heading, and its name as a region.
    title: &'static str,
    /// The icon before the heading.
    icon: Icon,
    /// The id of its head.
    head: &'static str,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it holds.
    children: ChildrenFn,
) -> AnyView {
    let chevron = chevron(move || open.get());
    view! {
        <section class="run-section" class:is-open=move || open.get() aria-label=title>
            <h2>
                <button
                    type="button"
                    class="run-head"
                    id=head
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <Glyph icon=icon class="i-14"/>
                    {title}
                    <span class="end"><Glyph icon=chevron class="i-14"/></span>
                </button>
            </h2>
            <Show when=move || open.get()>{children()}</Show>
        </section>
    }
}
