//! The task definition's editor, a tab of the left panel.

mod draft;
pub mod editor_slot;
mod fix_all;
pub mod footer;
mod hints;
mod judged;
mod kept;
mod names;
pub mod problems;
pub mod revision;
mod size_words;
pub mod sizes;
pub mod subhead;

pub use draft::{Draft, draft};

use crate::icons::{Glyph, Icon};
use crate::projector::{Projected, projected};
use crate::refusal::RefusalNote;
use crate::run_form::{RunForm, RunSection, run_form};
use draft::{Outcome, keep_on_leaving};
use editor_slot::EditorSlot;
use footer::Footer;
use leptos::prelude::*;
use problems::Problems;
use revision::{RevisionBar, Side};
use subhead::Subhead;

/// The text a draft begins with where nothing is registered yet.
const EXAMPLE: &str = include_str!("example.json");

/// The draft, as it is kept on this device, else as a copy of the newest revision. The page makes one.
pub fn make_draft(projected: Projected) -> Draft {
    let families = projected.families.get_untracked();
    let newest = families.iter().flat_map(|family| &family.revisions);
    let newest = newest.max_by_key(|card| card.registered_at);
    let text = newest.map_or(EXAMPLE, |card| &card.sent);
    Draft::new(text, projected.as_of)
}

/// The revision that the draft would make; tracked.
fn next_name_tracked(draft: Draft) -> Option<String> {
    let judged = draft.judged();
    names::next_revision(
        &judged.reading.definition.family,
        &projected().families.get(),
    )
}

/// The revision that the draft would make.
fn next_name(draft: Draft) -> Option<String> {
    untrack(|| next_name_tracked(draft))
}

/// The task definition's editor, a tab of the left panel.
#[component]
pub fn DefinitionPanel() -> impl IntoView {
    let draft = draft();
    let side = RwSignal::new(Side::Sent);
    provide_context(side);
    keep_on_leaving(draft);
    Effect::new(move || draft.show_marks());
    let list = RwSignal::new(false);
    view! {
        <Subhead/>
        {move || draft.shown_revision().map(|name| view! { <RevisionBar name side/> })}
        <EditorSlot/>
        <OutcomeNote/>
        <Show when=move || list.get()><Problems/></Show>
        <RunSection/>
        <Footer list/>
    }
}

/// What became of the last registration.
#[component]
fn OutcomeNote() -> impl IntoView {
    let draft = draft();
    let form = run_form();
    let refusal = Signal::derive(move || match draft.outcome.get() {
        Some(Outcome::Refused(refusal)) => Some(refusal),
        _ => None,
    });
    let other = move || match draft.outcome.get() {
        Some(Outcome::Registered(name)) => Some(registered(name, form).into_any()),
        Some(Outcome::Blocked(reason)) => Some(
            view! {
                <div class="note err">
                    <Glyph icon=Icon::Error class="i-14 err-c"/>
                    <p class="grow">{reason}</p>
                </div>
            }
            .into_any(),
        ),
        _ => None,
    };
    let close = Callback::new(move |()| draft.outcome.set(None));
    view! {
        <RefusalNote refusal close/>
        <div role="status">{other}</div>
    }
}

fn registered(name: String, form: RunForm) -> impl IntoView {
    let chosen = name.clone();
    view! {
        <div class="note ok">
            <Glyph icon=Icon::Ok class="i-14 ok-c"/>
            <p class="grow">{name}" is registered."</p>
            <button type="button" class="btn sm line" on:click=move |_| form.show_with(&chosen)>"Run task"</button>
        </div>
    }
}
