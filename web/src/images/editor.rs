//! The editor of what an image does: a plain text, examples to start from, and what is wrong at its place.

use super::Shown;
use super::draft::{Draft, Outcome};
use super::findings::Findings;
use super::members::Members;
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::refusal::RefusalNote;
use crate::run_form::run_form;
use crate::signals::{Memo, RwSignal};
use crate::storage::Refusal;
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

/// The editor.
#[component]
pub fn Editor(
    /// What is being said.
    draft: Draft,
    /// What there is to start from.
    shown: Shown,
) -> AnyView {
    let invalid = Memo::new(move |_| draft.judged.with(|judged| !judged.findings.is_empty()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        draft.say();
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            draft.say();
        }
    };
    view! {
        <section class="net-sec" aria-label="What an image does">
            <form class="net-form" novalidate aria-label="Say what an image does" on:submit=submit>
                <label class="field-label">
                    "Image"
                    <input
                        class="field mono"
                        id="image-name"
                        type="text"
                        spellcheck="false"
                        autocomplete="off"
                        autocapitalize="off"
                        placeholder="as a task definition names it"
                        prop:value=draft.name
                        on:input=move |event| draft.named(event_target_value(&event))
                    />
                </label>
                <StartFrom draft shown/>
                <label class="field-label">
                    "What it does"
                    <textarea
                        node_ref=draft.area
                        class="field mono image-text"
                        rows="9"
                        spellcheck="false"
                        autocomplete="off"
                        autocapitalize="off"
                        aria-describedby="image-findings"
                        aria-invalid=move || invalid.get().then_some("true")
                        prop:value=draft.text
                        on:input=move |event| draft.typed(event_target_value(&event))
                        on:keydown=on_key
                    ></textarea>
                </label>
                <Findings draft/>
                <NotKept draft/>
                <RefusalNote refusal=draft.refusal/>
                <Became draft/>
                <div class="row">
                    <button type="submit" class="btn sm prim" aria-keyshortcuts="Control+Enter" title="Ctrl Enter">
                        "Say it"
                    </button>
                    <button type="button" class="btn sm" on:click=move |_| draft.close()>"Close"</button>
                </div>
                <Members/>
            </form>
        </section>
    }
}

/// The examples, and the way back from one.
#[component]
fn StartFrom(draft: Draft, shown: Shown) -> AnyView {
    let chosen = RwSignal::new(None::<usize>);
    let options = move || {
        let known = shown.known.get().into_iter().enumerate();
        known
            .map(|(place, card)| view! { <option value=place.to_string()>{card.name}</option> })
            .collect_view()
    };
    let choose = move |event| {
        let place = event_target_value(&event).parse::<usize>().ok();
        chosen.set(place);
        let text = place.and_then(|place| {
            shown
                .known
                .with_untracked(|known| known.get(place).map(|card| card.text.clone()))
        });
        if let Some(text) = text {
            draft.start_from(&text);
        }
    };
    let about = move || {
        let place = chosen.get()?;
        shown
            .known
            .with(|known| known.get(place).map(|card| card.about.clone()))
    };
    view! {
        <label class="field-label">
            "Start from"
            <select class="field" on:change=choose>
                <option value="">"Choose an example"</option>
                {options}
            </select>
        </label>
        <p class="t12 t2">{about}</p>
        <Show when=move || draft.before.with(Option::is_some)>
            <div class="row">
                <button type="button" class="btn sm line" on:click=move |_| draft.put_back()>
                    <Glyph icon=Icon::Undo class="i-12"/>
                    "Put back what stood there"
                </button>
            </div>
        </Show>
    }
}

/// Says that what is typed will not outlast this visit.
#[component]
fn NotKept(draft: Draft) -> AnyView {
    let words = move || match draft.kept.get() {
        Ok(()) => None,
        Err(Refusal::Blocked) => {
            Some("What is typed is not kept: this browser lets the page keep nothing.")
        }
        Err(Refusal::Full) => {
            Some("What is typed is not kept: there is no room left on this device.")
        }
    };
    view! {
        <div role="status">
            {move || words().map(|words| view! {
                <p class="note warn"><Glyph icon=Icon::Warn class="i-14 warn-c"/>{words}</p>
            })}
        </div>
    }
}

/// What became of the last try.
#[component]
fn Became(draft: Draft) -> AnyView {
    let form = run_form();
    let note = move || {
        draft.outcome.get().map(|outcome| match outcome {
            Outcome::Blocked(reason) => view! {
                <div class="note err">
                    <Glyph icon=Icon::Error class="i-14 err-c"/>
                    <p class="grow">{reason}</p>
                </div>
            },
            Outcome::Said(name) => view! {
                <div class="note ok">
                    <Glyph icon=Icon::Ok class="i-14 ok-c"/>
                    <p class="grow">
                        "That is what "
                        {name}
                        " does in tasks that are run from now on. Those that run keep what they were run with."
                    </p>
                    <button type="button" class="btn sm line" on:click=move |_| form.show()>"Run task"</button>
                </div>
            },
        })
    };
    view! { <div role="status">{note}</div> }
}
