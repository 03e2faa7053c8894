//! A task as `DescribeTasks` says it, to be read and copied.

use super::task::Card;
use crate::commands::commands;
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::projector::projected;
use crate::signals::{Memo, RwSignal, Signal, signal};
use leptos::prelude::*;

/// The section: folded until somebody asks.
#[component]
pub fn DescribedSection(
    /// The task.
    card: Card,
) -> AnyView {
    let (commands, clock) = (commands(), projected().clock);
    let open = RwSignal::new(false);
    let (copied, set_copied) = signal(String::new());
    let json = Memo::new(move |_| {
        if !open.get() {
            return String::new();
        }
        // read, not only tracked: what was never read is never computed again
        clock.get();
        let id = card.with(|card| card.id.clone());
        commands.ask_session(|session| session.described(&id))
    });
    let copy = move |_| {
        let text = json.get_untracked();
        crate::browser::copy(&text.clone(), move || {
            set_copied.try_set(text);
        });
    };
    let is_copied = Memo::new(move |_| {
        json.with(|json| !json.is_empty() && copied.with(|copied| json == copied))
    });
    view! {
        <section class="sec slim" aria-label="As DescribeTasks says it">
            <div class="sec-h tight">
                <Glyph icon=Icon::Embed/>
                <h3>
                    <button
                        type="button"
                        class="lead-to"
                        aria-expanded=move || open.get().to_string()
                        on:click=move |_| open.update(|open| *open = !*open)
                    >
                        "As DescribeTasks says it"
                    </button>
                </h3>
            </div>
            <Show when=move || open.get()>
                <div class="cli">
                    <pre tabindex="0" role="group" aria-label="DescribeTasks">{json}</pre>
                    <button type="button" class="btn icon sm line" aria-label="Copy the JSON" title="Copy the JSON" on:click=copy>
                        <Glyph icon=Signal::derive(move || if is_copied.get() { Icon::Check } else { Icon::Copy }) class="i-14"/>
                    </button>
                    <span class="sr" role="status">{move || if is_copied.get() { "Copied." } else { "" }}</span>
                </div>
            </Show>
        </section>
    }
}
