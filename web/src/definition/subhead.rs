//! What stands above the editor: which revision is shown, the way to register, text or form, and whose day's rules apply.

use super::draft::{Draft, Shown, Writing, draft};
use super::sizes::SizesButton;
use crate::commands::commands;
use crate::markup::{Show, view};
use crate::projector::projected;
use crate::signals::Memo;
use leptos::prelude::*;

/// The value of the draft among the revisions; no revision is called so, for theirs have a colon.
const DRAFT: &str = "draft";

/// What stands above the editor.
#[component]
pub fn Subhead() -> AnyView {
    view! {
        <div class="subhead def-head">
            <RevisionSelect/>
            <RegisterButton/>
            <WritingSwitch/>
            <SizesButton/>
        </div>
    }
}

#[component]
fn RevisionSelect() -> AnyView {
    let draft = draft();
    let projected = projected();
    let value = move || draft.shown_revision().unwrap_or_else(|| DRAFT.to_owned());
    let revisions = move || {
        let families = projected.families.get();
        let newest_first = families
            .iter()
            .flat_map(|family| family.revisions.iter().rev());
        let options = newest_first.map(|card| {
            let name = card.name.clone();
            let chosen = name.clone();
            let selected = move || draft.shown_revision().as_ref() == Some(&chosen);
            view! { <option value=name.clone() selected=selected>{name.clone()}</option> }
        });
        options.collect_view()
    };
    let choose = move |event| {
        let chosen = event_target_value(&event);
        draft.shown.set(if chosen == DRAFT {
            Shown::Draft
        } else {
            Shown::Revision(chosen)
        });
    };
    view! {
        <select class="btn sm line pick" aria-label="Revision" prop:value=value on:change=choose>
            <option value=DRAFT selected=move || draft.shown_revision().is_none()>
                {move || draft.next_name().map_or_else(|| "Draft".to_owned(), |name| format!("{name} draft"))}
            </option>
            {revisions}
        </select>
    }
}

/// Which definition of a template is judged and registered, where it has several.
#[component]
pub fn ResourceSelect() -> AnyView {
    let draft = draft();
    let names = Memo::new(move |_| draft.judged().reading.resources.clone());
    let chosen = Memo::new(move |_| draft.judged().reading.resource.clone());
    let options = move || {
        let options = names.get().into_iter().map(|name| {
            let name = name.to_string();
            let own = name.clone();
            let selected = move || chosen.with(|chosen| *chosen == own);
            view! { <option value=name.clone() prop:selected=selected>{name}</option> }
        });
        options.collect_view()
    };
    view! {
        <Show when=move || draft.shown_revision().is_none() && names.with(|names| names.len() > 1)>
            <label class="def-strip">
                <span class="grow t2">{move || format!("The template has {} definitions. Judged and registered is", names.with(Vec::len))}</span>
                <select
                    class="btn sm line pick"
                    aria-label="Definition of the template"
                    on:change=move |event| draft.choose_resource(event_target_value(&event))
                >
                    {options}
                </select>
            </label>
        </Show>
    }
}

/// The two views of the draft.
#[component]
fn WritingSwitch() -> AnyView {
    let draft = draft();
    let choose = move |writing: Writing, label: &'static str| {
        view! {
            <button
                type="button"
                aria-pressed=move || (draft.writing.get() == writing).to_string()
                on:click=move |_| draft.write_as(writing)
            >
                {label}
            </button>
        }
    };
    view! {
        <Show when=move || draft.shown_revision().is_none()>
            <div class="seg" role="group" aria-label="Write as">
                {choose(Writing::Json, "JSON")}
                {choose(Writing::Form, "Form")}
            </div>
        </Show>
    }
}

#[component]
fn RegisterButton() -> AnyView {
    let draft = draft();
    let commands = commands();
    let reason = move || Draft::blocked(&draft.judged(), draft.next_name().as_deref());
    let blocked = Memo::new(move |_| reason().is_some());
    view! {
        <Show when=move || draft.shown_revision().is_none()>
            <button
                type="button"
                class="btn sm prim end"
                aria-disabled=move || blocked.get().then_some("true")
                aria-describedby="register-reason"
                aria-keyshortcuts="Control+Enter"
                title=move || reason().unwrap_or_else(|| "Ctrl Enter".to_owned())
                on:click=move |_| draft.register(&commands)
            >
                "Register"
            </button>
            <span id="register-reason" class="sr">{reason}</span>
        </Show>
    }
}
