//! The form that makes a security group.

use super::asking::Asking;
use crate::markup::view;
use crate::projector::projected;
use crate::refusal::RefusalNote;
use crate::signals::RwSignal;
use fargate_core::call::CreateSecurityGroup;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The form.
#[component]
pub fn GroupForm(
    /// Whether the form is open; it closes when the group is made.
    open: RwSignal<bool>,
) -> AnyView {
    let projected = projected();
    let asking = Asking::new();
    let name = RwSignal::new(String::new());
    let description = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(vpc) = projected.vpc.get_untracked() else {
            return;
        };
        let call = CreateSecurityGroup {
            group_name: name.get_untracked().trim().to_owned(),
            description: description.get_untracked().trim().to_owned(),
            vpc_id: vpc.id.clone().into(),
        };
        if asking
            .ask(call, "Security group made. It lets nothing in yet.")
            .is_some()
        {
            open.set(false);
        }
    };
    view! {
        <form class="net-form" novalidate aria-label="Add security group" on:submit=submit>
            <label class="field-label">
                "Name"
                <input class="field" type="text" spellcheck="false" autocomplete="off" placeholder="web" prop:value=name on:input=move |event| name.set(event_target_value(&event))/>
            </label>
            <label class="field-label">
                "Description"
                <input class="field" type="text" autocomplete="off" placeholder="What it is for; AWS demands it" prop:value=description on:input=move |event| description.set(event_target_value(&event))/>
            </label>
            <RefusalNote refusal=asking.refusal/>
            <div class="row">
                <button type="submit" class="btn sm prim">"Create group"</button>
                <button type="button" class="btn sm" on:click=move |_| open.set(false)>"Cancel"</button>
            </div>
        </form>
    }
}
