//! A list of tabs: one stop in the focus order, arrows move within, and the panel follows.

use crate::markup::view;
use crate::signals::{Signal, StoredValue};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A tab of a list.
#[derive(Clone, Copy)]
pub struct Tab<T: 'static> {
    /// What it opens.
    pub value: T,
    /// Its words.
    pub label: &'static str,
    /// A number beside it, hidden at 0.
    pub count: Option<Signal<usize>>,
    /// Whether the number is trouble; then it is spoken as problems.
    pub trouble: bool,
}

impl<T> Tab<T> {
    /// A tab without a number.
    pub const fn new(value: T, label: &'static str) -> Self {
        Self {
            value,
            label,
            count: None,
            trouble: false,
        }
    }
}

/// Where arrows lead from `at` in a list of `len`.
fn moved(key: &str, at: usize, len: usize) -> Option<usize> {
    let last = len.checked_sub(1)?;
    match key {
        "ArrowRight" => Some(if at >= last { 0 } else { at + 1 }),
        "ArrowLeft" => Some(if at == 0 { last } else { at - 1 }),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// Pixels of its neighbours that are shown beside a tab that came into sight.
const BESIDE: i32 = 28;

/// Scrolls a list of tabs as far as one of them needs.
fn into_sight(tab: &str) {
    let Some(tab) = crate::browser::by_id::<HtmlElement>(tab) else {
        return;
    };
    let list = tab.parent_element().and_then(|list| list.dyn_into().ok());
    let Some(list): Option<HtmlElement> = list else {
        return;
    };
    let from = tab.offset_left() - list.offset_left();
    let least = from + tab.offset_width() + BESIDE - list.client_width();
    let at = list.scroll_left();
    list.set_scroll_left(at.max(least).min((from - BESIDE).max(0)));
}

/// The tabs. The panel of a tab has the id `{id}-panel-{its place}` and `aria-labelledby` `{id}-tab-{its place}`.
#[component]
pub fn Tabs<T>(
    /// What the tabs are of: 'Scenario'.
    label: &'static str,
    /// Begins the ids of tabs and panels.
    id: &'static str,
    /// The tabs.
    tabs: Vec<Tab<T>>,
    /// The open one.
    #[prop(into)]
    open: Signal<T>,
    /// A tab was chosen.
    #[prop(into)]
    choose: Callback<T>,
) -> AnyView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let values: Vec<T> = tabs.iter().map(|tab| tab.value).collect();
    let values = StoredValue::new(values);
    let on_keydown = move |event: KeyboardEvent| {
        let now = open.get_untracked();
        let next = values.with_value(|values| {
            let at = values.iter().position(|value| *value == now)?;
            let to = moved(&event.key(), at, values.len())?;
            Some((to, *values.get(to)?))
        });
        if let Some((place, value)) = next {
            event.prevent_default();
            choose.run(value);
            crate::browser::focus(&format!("{id}-tab-{place}"));
        }
    };
    // Where not all of them fit, the open one is in sight.
    Effect::new(move || {
        let now = open.get();
        let place = values.with_value(|values| values.iter().position(|value| *value == now));
        if let Some(place) = place {
            request_animation_frame(move || into_sight(&format!("{id}-tab-{place}")));
        }
    });
    let buttons = tabs.into_iter().enumerate().map(|(place, tab)| {
        let is_open = move || open.get() == tab.value;
        let count = tab.count.map(|count| {
            let class = if tab.trouble { "count err" } else { "count" };
            move || {
                let number = count.get();
                (number > 0).then(|| {
                    let spoken = (tab.trouble).then(|| crate::words::count(number, "problem"));
                    view! {
                        <span class=class aria-hidden=tab.trouble.then_some("true")>{crate::words::thousands(number as u64)}</span>
                        {spoken.map(|spoken| view! { <span class="sr">{spoken}</span> })}
                    }
                })
            }
        });
        view! {
            <button
                role="tab"
                type="button"
                id=format!("{id}-tab-{place}")
                aria-controls=format!("{id}-panel-{place}")
                aria-selected=move || is_open().to_string()
                tabindex=move || if is_open() { "0" } else { "-1" }
                on:click=move |_| choose.run(tab.value)
            >
                {tab.label}
                {count}
            </button>
        }
    });
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=on_keydown>
            {buttons.collect_view()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round_and_home_and_end_go_to_the_ends() {
        for (key, at, len, to) in [
            ("ArrowRight", 0, 3, Some(1)),
            ("ArrowRight", 2, 3, Some(0)),
            ("ArrowLeft", 0, 3, Some(2)),
            ("Home", 2, 3, Some(0)),
            ("End", 0, 3, Some(2)),
            ("a", 0, 3, None),
            ("ArrowRight", 0, 0, None),
        ] {
            assert_eq!(moved(key, at, len), to, "{key} from {at} of {len}");
        }
    }
}
