//! The task definition's editor, a tab of the left panel.

mod assist;
pub mod compare;
mod diff;
mod diff_view;
mod draft;
pub mod editor_slot;
mod fix_all;
pub mod footer;
pub mod form;
mod hints;
mod judged;
mod kept;
mod names;
mod order;
pub mod order_view;
pub mod problems;
mod reference;
pub mod revision;
pub mod section;
pub mod sheet;
mod size_words;
pub mod sizes;
pub mod subhead;
pub mod to_fargate;

pub use draft::{Draft, draft};
pub(crate) use judged::lacks_for_fargate;
pub(crate) use kept::edited;
pub(crate) use reference::rule_link;

use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::projector::Projected;
use crate::refusal::RefusalNote;
use crate::run_form::{RunForm, RunSection, run_form};
use crate::services::ServicesSection;
use crate::signals::{RwSignal, Signal};
use compare::Against;
use draft::{Outcome, keep_on_leaving};
use editor_slot::EditorSlot;
use footer::Footer;
use form::FormView;
use leptos::prelude::*;
use order_view::StartOrder;
use problems::Problems;
use revision::{RevisionBar, Side};
use subhead::{ResourceSelect, Subhead};
use to_fargate::ToFargate;

/// The text a draft begins with where nothing is registered yet.
const EXAMPLE: &str = include_str!("example.json");

/// The draft, as it is kept on this device, else as a copy of the newest revision. The page makes one.
pub fn make_draft(projected: Projected) -> Draft {
    let families = projected.families.get_untracked();
    let newest = families.iter().flat_map(|family| &family.revisions);
    let newest = newest.max_by_key(|card| card.registered_at);
    let text = newest.map_or(EXAMPLE, |card| &card.sent);
    Draft::new(text, projected)
}

/// The task definition's editor, a tab of the left panel.
#[component]
pub fn DefinitionPanel() -> AnyView {
    let draft = draft();
    let side = RwSignal::new(Side::Sent);
    provide_context(side);
    let against = Against::new(None);
    provide_context(against);
    keep_on_leaving(draft);
    Effect::new(move || draft.show_marks());
    let form = run_form();
    // There is room for one of the two below the editor.
    let list = RwSignal::new(false);
    let list_is_open = move || list.get() && !form.open.get();
    view! {
        <Subhead/>
        {move || draft.shown_revision().map(|name| view! { <RevisionBar name side against/> })}
        <ResourceSelect/>
        <Show when=move || draft.shown_revision().is_none()><ToFargate/></Show>
        <EditorSlot/>
        <Show when=move || draft.in_form()>
            <FormView/>
        </Show>
        <Show when=move || draft.shown_revision().is_none()>
            <OutcomeNote/>
            <Show when=list_is_open>
                <Problems/>
            </Show>
        </Show>
        <Show when=move || draft.shown_revision().is_none()><StartOrder/></Show>
        <RunSection/>
        <ServicesSection/>
        <Footer list/>
    }
}

/// What became of the last registration.
#[component]
fn OutcomeNote() -> AnyView {
    let draft = draft();
    let form = run_form();
    let refusal = Signal::derive(move || match draft.outcome.get() {
        Some(Outcome::Refused(refusal)) => Some(refusal),
        _ => None,
    });
    let other = move || match draft.outcome.get() {
        Some(Outcome::Registered(name)) => Some(registered(name, draft, &form)),
        Some(Outcome::Blocked(reason)) => Some(view! {
            <div class="note err">
                <Glyph icon=Icon::Error class="i-14 err-c"/>
                <p class="grow">{reason}</p>
            </div>
        }),
        _ => None,
    };
    let close = Callback::new(move |()| draft.outcome.set(None));
    view! {
        <RefusalNote refusal close/>
        <div role="status">{other}</div>
    }
}

/// What stands below the editor once a revision is made: the way to run it, or why Fargate would not.
fn registered(name: String, draft: Draft, form: &RunForm) -> AnyView {
    let form = *form;
    let lacks = lacks_for_fargate(&draft.peek().reading);
    let chosen = name.clone();
    let run = move |_| {
        draft.outcome.set(None);
        form.show_with(&chosen);
    };
    let class = if lacks.is_some() {
        "note warn"
    } else {
        "note ok"
    };
    let icon = if lacks.is_some() {
        (Icon::Warn, "i-14 warn-c")
    } else {
        (Icon::Ok, "i-14 ok-c")
    };
    view! {
        <div class=class>
            <Glyph icon=icon.0 class=icon.1/>
            <p class="grow">
                {name}
                " is registered."
                {lacks.map(|lacks| format!(" Fargate would not run it: {lacks}"))}
            </p>
            <button type="button" class="btn sm line" on:click=run>
                "Run task"
            </button>
        </div>
    }
}
