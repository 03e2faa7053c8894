//! The button that shows the whole of a row: its lists, and what can be done with it.

use crate::icons::{Glyph, chevron};
use crate::markup::view;
use crate::signals::{RwSignal, Signal};
use leptos::prelude::*;

/// The button.
#[component]
pub fn Details(
    /// Whether the whole is shown.
    whole: RwSignal<bool>,
    /// What the row is of.
    name: impl Fn() -> String + Send + Sync + 'static,
) -> AnyView {
    let name = Signal::derive(name);
    let about = move || format!("More of {}", name.get());
    let icon = chevron(move || whole.get());
    view! {
        <button
            type="button"
            class="btn icon sm"
            aria-label=about
            title=about
            aria-expanded=move || whole.get().to_string()
            on:click=move |_| whole.update(|whole| *whole = !*whole)
        >
            <Glyph icon=icon class="i-14"/>
        </button>
    }
}
