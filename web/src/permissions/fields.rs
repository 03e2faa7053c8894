//! Fields of the forms about permissions: a word that is typed, one of a list that is chosen, a switch.

use crate::markup::{live, view};
use crate::signals::{Memo, RwSignal};
use leptos::prelude::*;

/// A field for a name or an ARN, which no browser corrects or completes.
pub(super) fn word(label: &'static str, value: RwSignal<String>) -> AnyView {
    view! {
        <label class="field-label">
            {label}
            <input
                class="field mono"
                type="text"
                spellcheck="false"
                autocomplete="off"
                autocapitalize="off"
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </label>
    }
}

/// A list, each choice with its value and how it reads. Nothing is chosen at first.
pub(super) fn pick(
    label: &'static str,
    all: Memo<Vec<(String, String)>>,
    chosen: RwSignal<String>,
) -> AnyView {
    let options = live(move || {
        let option = |(value, name): (String, String)| {
            let same = value.clone();
            view! { <option value=value prop:selected=move || chosen.with(|it| *it == same)>{name}</option> }
        };
        all.get().into_iter().map(option).collect_view()
    });
    view! {
        <label class="field-label">
            {label}
            <select class="field" on:change=move |event| chosen.set(event_target_value(&event))>
                <option value="">"Choose"</option>
                {options}
            </select>
        </label>
    }
}

/// A switch, named by the heading beside it.
pub(super) fn switch(
    heading: &'static str,
    on: Memo<bool>,
    toggle: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    view! {
        <button
            type="button"
            class="switch"
            role="switch"
            aria-labelledby=heading
            aria-checked=move || on.get().to_string()
            on:click=move |_| toggle()
        ></button>
    }
}
