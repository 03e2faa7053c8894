//! The fields of the panel's forms. What is typed stays typed; what is not is offered, and the offer follows the account.

use super::things::Choice;
use crate::markup::{IntoChild, Show, view};
use crate::signals::{Memo, RwSignal, Signal};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// A text: what was typed, else what is offered.
#[derive(Clone, Copy)]
pub struct Text {
    typed: RwSignal<Option<String>>,
    offered: Signal<String>,
}

impl Text {
    /// A text that offers something.
    pub(crate) fn offering(offer: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self {
            typed: RwSignal::new(None),
            offered: Signal::derive(offer),
        }
    }

    /// A text that begins with these words.
    pub(crate) fn of(words: &'static str) -> Self {
        Self::offering(move || words.to_owned())
    }

    /// The text; tracked.
    pub(crate) fn get(self) -> String {
        self.typed.get().unwrap_or_else(|| self.offered.get())
    }

    /// Forgets what was typed.
    pub(crate) fn clear(self) {
        self.typed.set(None);
    }

    /// The text now, without blanks around it.
    pub(crate) fn now(self) -> String {
        untrack(|| self.get()).trim().to_owned()
    }

    /// The same; `None` where nothing is typed.
    pub(crate) fn some(self) -> Option<String> {
        Some(self.now()).filter(|text| !text.is_empty())
    }
}

/// One of a list: what was chosen while the list has it, else the first.
#[derive(Clone, Copy)]
pub struct One {
    chosen: RwSignal<Option<String>>,
    /// The choices.
    pub(crate) of: Signal<Vec<Choice>>,
}

impl One {
    /// One of a list that may change.
    pub(crate) fn of(choices: impl Fn() -> Vec<Choice> + Send + Sync + 'static) -> Self {
        Self {
            chosen: RwSignal::new(None),
            // Kept: a list of hundreds of interfaces is asked for by several, and drawn anew only where it differs.
            of: Memo::new(move |_| choices()).into(),
        }
    }

    /// One of these.
    pub(crate) fn fixed(choices: &'static [(&'static str, &'static str)]) -> Self {
        let owned = |(value, words): &(&str, &str)| ((*value).to_owned(), (*words).to_owned());
        let choices: Vec<Choice> = choices.iter().map(owned).collect();
        Self {
            chosen: RwSignal::new(None),
            of: choices.into(),
        }
    }

    /// The value; tracked. Nothing where there is nothing to choose from.
    pub(crate) fn get(self) -> String {
        let chosen = self.chosen.get();
        self.of.with(|of| {
            let chosen = chosen.filter(|chosen| of.iter().any(|(value, _)| value == chosen));
            let first = || of.first().map(|(value, _)| value.clone());
            chosen.or_else(first).unwrap_or_default()
        })
    }

    /// The value now.
    pub(crate) fn now(self) -> String {
        untrack(|| self.get())
    }

    /// Chooses a value.
    pub(crate) fn set(self, value: impl Into<String>) {
        self.chosen.set(Some(value.into()));
    }
}

/// Several of a list: what was ticked, else what is offered.
#[derive(Clone, Copy)]
pub struct Several {
    ticked: RwSignal<Option<BTreeSet<String>>>,
    offered: Signal<BTreeSet<String>>,
    of: Signal<Vec<Choice>>,
}

impl Several {
    /// None of a list that may change.
    pub(crate) fn of(choices: impl Fn() -> Vec<Choice> + Send + Sync + 'static) -> Self {
        Self::offering(choices, BTreeSet::new)
    }

    /// Those of a list that are offered, such as those that something wears already.
    pub(crate) fn offering(
        choices: impl Fn() -> Vec<Choice> + Send + Sync + 'static,
        offer: impl Fn() -> BTreeSet<String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            ticked: RwSignal::new(None),
            offered: Memo::new(move |_| offer()).into(),
            of: Memo::new(move |_| choices()).into(),
        }
    }

    /// Those that are ticked; tracked.
    fn get(self) -> BTreeSet<String> {
        self.ticked.get().unwrap_or_else(|| self.offered.get())
    }

    /// Those that were chosen and are still there, in the order of the list.
    pub(crate) fn now<T: From<String>>(self) -> Vec<T> {
        let chosen = untrack(|| self.get());
        let of = untrack(|| self.of.get()).into_iter();
        of.filter(|(value, _)| chosen.contains(value))
            .map(|(value, _)| value.into())
            .collect()
    }
}

/// A field for a text.
#[component]
pub fn TextField(
    /// What it is.
    label: &'static str,
    /// The text.
    text: Text,
    /// An example.
    #[prop(optional)]
    example: &'static str,
) -> AnyView {
    view! {
        <label class="field-label">
            {label}
            <input
                class="field mono"
                type="text"
                spellcheck="false"
                autocomplete="off"
                placeholder=example
                prop:value=move || text.get()
                on:input=move |event| text.typed.set(Some(event_target_value(&event)))
            />
        </label>
    }
}

/// A field for one of a list.
#[component]
pub fn OneField(
    /// What it is.
    label: &'static str,
    /// The choice.
    one: One,
) -> AnyView {
    let options = move || {
        let now = one.get();
        let option = |(value, words): Choice| {
            let selected = value == now;
            view! { <option value=value selected=selected>{words}</option> }
        };
        one.of.get().into_iter().map(option).collect_view()
    };
    view! {
        <label class="field-label">
            {label}
            <select
                class="field"
                prop:value=move || one.get()
                on:change=move |event| one.set(event_target_value(&event))
            >
                {options}
            </select>
        </label>
    }
}

/// A field for several of a list.
#[component]
pub fn SeveralField(
    /// What they are.
    label: &'static str,
    /// The choices.
    several: Several,
    /// What is said where there is nothing to choose from.
    none: &'static str,
) -> AnyView {
    let rows = move || {
        let row = |(value, words): Choice| {
            let (mine, held) = (value.clone(), value);
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || several.get().contains(&held)
                        on:change=move |event| {
                            let take = event_target_checked(&event);
                            let mut ticked = untrack(|| several.get());
                            if take {
                                ticked.insert(mine.clone());
                            } else {
                                ticked.remove(&mine);
                            }
                            several.ticked.set(Some(ticked));
                        }
                    />
                    <span class="grow">{words}</span>
                </label>
            }
        };
        several
            .of
            .get()
            .into_iter()
            .map(row)
            .collect_view()
            .into_child()
    };
    view! {
        <fieldset class="checks">
            <legend>{label}</legend>
            {rows}
            <Show when=move || several.of.with(Vec::is_empty)><p class="t12 dim">{none}</p></Show>
        </fieldset>
    }
}

/// A switch of a form.
#[component]
pub fn Tick(
    /// What it is.
    label: &'static str,
    /// Whether it is on.
    on: RwSignal<bool>,
) -> AnyView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || on.get()
                on:change=move |event| on.set(event_target_checked(&event))
            />
            <span class="grow">{label}</span>
        </label>
    }
}
