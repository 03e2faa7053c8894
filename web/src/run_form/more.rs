//! The folded part of the form: what few callers say.

use super::RunForm;
use super::options::Field;
use crate::markup::{Show, view};
use leptos::html::Div;
use leptos::prelude::*;

/// The fold.
#[component]
pub fn More(
    /// What is chosen.
    form: RunForm,
) -> AnyView {
    let open = form.more_is_open;
    let spread = move || !form.field(Field::Strategy).get().is_empty();
    let place = NodeRef::<Div>::new();
    let toggle = move |_| {
        open.update(|open| *open = !*open);
        if open.get_untracked()
            && let Some(place) = place.get_untracked()
        {
            // what was asked for is brought into sight
            request_animation_frame(move || place.scroll_into_view());
        }
    };
    view! {
        <div node_ref=place>
            <button
                type="button"
                class="link"
                aria-expanded=move || open.get().to_string()
                on:click=toggle
            >
                "More"
            </button>
        </div>
        <Show when=move || open.get()>
            <div class="run-form-more" role="group" aria-label="More">
                <div class="switch-row">
                    <span class="grow" id="run-where">"Run on"</span>
                    <div class="seg" role="group" aria-labelledby="run-where">
                        <button type="button" aria-pressed=move || (!spread()).to_string() on:click=move |_| form.field(Field::Strategy).set(String::new())>"Launch type"</button>
                        <button type="button" aria-pressed=move || spread().to_string() on:click=move |_| form.spread()>"Strategy"</button>
                    </div>
                </div>
                <Show when=spread>
                    <fieldset class="checks">
                        <legend>"Capacity providers: the base first, the rest by weight"</legend>
                        <div class="fields two">
                            <Number form field=Field::Base label="FARGATE, base"/>
                            <Number form field=Field::Weight label="FARGATE, weight"/>
                            <Number form field=Field::SpotBase label="FARGATE_SPOT, base"/>
                            <Number form field=Field::SpotWeight label="FARGATE_SPOT, weight"/>
                        </div>
                    </fieldset>
                </Show>
                <div class="fields two">
                    <Text form field=Field::Platform label="Platform version" hint="LATEST"/>
                    <Text form field=Field::Group label="Task group" hint="family:…"/>
                    <Text form field=Field::StartedBy label="Started by" hint=""/>
                    <Text form field=Field::Token label="Client token" hint=""/>
                </div>
                <Lines form field=Field::Tags label="Tags, a line each" hint="team=blue"/>
                <Switch form field=Field::Propagate label="The definition's tags too"/>
                <Switch form field=Field::Exec label="ECS Exec"/>
                <Lines
                    form
                    field=Field::Overrides
                    label="Overrides, as JSON"
                    hint=r#"{"containerOverrides":[{"name":"web","environment":[{"name":"A","value":"1"}]}]}"#
                />
            </div>
        </Show>
    }
}

#[component]
fn Text(form: RunForm, field: Field, label: &'static str, hint: &'static str) -> AnyView {
    let value = form.field(field);
    view! {
        <label class="field-label">
            {label}
            <input
                class="field"
                type="text"
                autocomplete="off"
                spellcheck="false"
                placeholder=hint
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </label>
    }
}

#[component]
fn Number(form: RunForm, field: Field, label: &'static str) -> AnyView {
    let value = form.field(field);
    view! {
        <label class="field-label">
            {label}
            <input
                class="field"
                type="number"
                min="0"
                step="1"
                inputmode="numeric"
                placeholder="0"
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </label>
    }
}

#[component]
fn Lines(form: RunForm, field: Field, label: &'static str, hint: &'static str) -> AnyView {
    let value = form.field(field);
    view! {
        <label class="field-label">
            {label}
            <textarea
                class="field"
                rows="2"
                autocomplete="off"
                spellcheck="false"
                placeholder=hint
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
        </label>
    }
}

#[component]
fn Switch(form: RunForm, field: Field, label: &'static str) -> AnyView {
    let value = form.field(field);
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || !value.get().is_empty()
                on:change=move |event| {
                    let on = if event_target_checked(&event) { "on" } else { "" };
                    value.set(on.to_owned());
                }
            />
            <span class="grow">{label}</span>
        </label>
    }
}
