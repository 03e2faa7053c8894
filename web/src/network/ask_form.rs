//! What the panel's forms have in common: AWS's refusal in its place with ways to what it names, and the buttons.

use super::asking::Asking;
use super::things::{InRowOf, things};
use crate::icons::{Glyph, Icon};
use crate::markup::{IntoChild, Show, view};
use crate::refusal::{Refusal, RefusalNote};
use crate::signals::RwSignal;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// A form that asks AWS for something.
#[component]
pub fn AskForm(
    /// What it is called: 'Add route'. In the row of a thing it has the thing's name too: 'Add route: Private'.
    label: &'static str,
    /// Its button.
    verb: &'static str,
    /// How it asks.
    asking: Asking,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Asks; whether AWS accepted all of it.
    #[prop(into)]
    submit: Callback<(), bool>,
    /// Its fields.
    children: Children,
) -> AnyView {
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        if submit.run(()) {
            open.set(false);
        }
    };
    let label = match use_context::<InRowOf>() {
        Some(of) => format!("{label}: {}", of.0),
        None => label.to_owned(),
    };
    view! {
        <form class="net-form" novalidate aria-label=label on:submit=on_submit>
            {children()}
            <Refused refusal=asking.refusal/>
            <div class="row">
                <button type="submit" class="btn sm prim">{verb}</button>
                <button type="button" class="btn sm" on:click=move |_| open.set(false)>"Cancel"</button>
            </div>
        </form>
    }
}

/// A refusal, and buttons that lead to the things it names.
#[component]
pub fn Refused(
    /// The refusal.
    refusal: RwSignal<Option<Refusal>>,
) -> AnyView {
    let things = things();
    let named = move || {
        let text = refusal.with(|refusal| {
            let error = refusal.as_ref().map(|refusal| &refusal.error);
            error.map(|error| format!("{} {}", error.message, error.cure))
        });
        let named = things.named_in(&text.unwrap_or_default()).into_iter();
        let link = |(id, title): (String, String)| {
            view! { <Leads id words=title/> }
        };
        named.map(link).collect_view().into_child()
    };
    view! {
        <RefusalNote refusal/>
        <div class="net-links">{named}</div>
    }
}

/// A button that leads to another thing's row.
#[component]
pub fn Leads(
    /// The thing.
    id: String,
    /// How it reads.
    words: String,
) -> AnyView {
    let things = things();
    let about = format!("Show {words}");
    view! {
        <button type="button" class="link plain net-leads" aria-label=about on:click=move |_| things.lead_to(&id)>
            {words}
            <Glyph icon=Icon::ChevronRight class="i-12"/>
        </button>
    }
}

/// A button that opens a form, and the form below it.
#[component]
pub fn Opens(
    /// The button.
    add: &'static str,
    /// Whether the form is open.
    open: RwSignal<bool>,
    /// The button for those who do not see what it is beside.
    #[prop(optional, into)]
    about: Option<String>,
) -> AnyView {
    let about = about.unwrap_or_else(|| add.to_owned());
    view! {
        <button
            type="button"
            class="btn sm line"
            aria-label=about
            aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <Show when=move || !open.get() fallback=|| view! { <Glyph icon=Icon::Minus class="i-12"/> }>
                <Glyph icon=Icon::Plus class="i-12"/>
            </Show>
            {add}
        </button>
    }
}
