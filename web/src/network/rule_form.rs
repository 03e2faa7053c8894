//! The form that adds an inbound rule to a group.

use super::asking::Asking;
use super::rule_words::{Source, permission};
use crate::markup::{Show, view};
use crate::projector::projected;
use crate::refusal::RefusalNote;
use crate::signals::RwSignal;
use fargate_core::call::AuthorizeSecurityGroupIngress;
use fargate_core::ids::SecurityGroupId;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// The value of 'anywhere' among the sources; groups have their ids.
const ANYWHERE: &str = "0.0.0.0/0";
/// The value of a block that is typed.
const BLOCK: &str = "cidr";

/// The form.
#[component]
pub fn RuleForm(
    /// The group.
    group: SecurityGroupId,
    /// Whether the form is open; it closes when the rule is added.
    open: RwSignal<bool>,
) -> AnyView {
    let projected = projected();
    let asking = Asking::new();
    let protocol = RwSignal::new("tcp".to_owned());
    let port = RwSignal::new("8080".to_owned());
    let source = RwSignal::new(ANYWHERE.to_owned());
    let block = RwSignal::new(String::new());
    let bad_port = RwSignal::new(false);
    let note = format!("ports-{group}");
    let note_id = note.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let from = match source.get_untracked() {
            chosen if chosen == ANYWHERE => Source::Anywhere,
            chosen if chosen == BLOCK => Source::Block(block.get_untracked()),
            chosen => Source::Group(chosen),
        };
        let asked = permission(&protocol.get_untracked(), &port.get_untracked(), &from);
        bad_port.set(asked.is_none());
        let Some(asked) = asked else { return };
        let call = AuthorizeSecurityGroupIngress {
            group_id: group.clone(),
            ip_permissions: vec![asked],
        };
        if asking.ask(call, "Rule added.").is_some() {
            open.set(false);
        }
    };
    let groups = move || {
        let options = projected.groups.all().into_iter().map(|card| {
            view! { <option value=card.id.to_string()>"Group "{card.name.clone()}</option> }
        });
        options.collect_view()
    };
    let has_ports = move || protocol.with(|protocol| protocol != "-1");
    view! {
        <form class="net-form" novalidate aria-label="Add rule" on:submit=submit>
            <div class="fields two">
                <label class="field-label">
                    "Protocol"
                    <select class="field" prop:value=protocol on:change=move |event| protocol.set(event_target_value(&event))>
                        <option value="tcp">"TCP"</option>
                        <option value="udp">"UDP"</option>
                        <option value="-1">"All traffic"</option>
                    </select>
                </label>
                <Show when=has_ports>
                    <label class="field-label">
                        "Port"
                        <input
                            class="field mono"
                            type="text"
                            inputmode="numeric"
                            autocomplete="off"
                            aria-invalid=move || bad_port.get().then_some("true")
                            aria-describedby=note.clone()
                            prop:value=port
                            on:input=move |event| {
                                bad_port.set(false);
                                port.set(event_target_value(&event));
                            }
                        />
                    </label>
                </Show>
            </div>
            <p class="t12 err-t" role="alert" id=note_id>
                {move || bad_port.get().then_some("A port is a number from 0 to 65,535. Write a range as 8000-8010.")}
            </p>
            <label class="field-label">
                "Source"
                <select class="field" prop:value=source on:change=move |event| source.set(event_target_value(&event))>
                    <option value=ANYWHERE>"Anywhere, 0.0.0.0/0"</option>
                    <option value=BLOCK>"A block of addresses"</option>
                    {groups}
                </select>
            </label>
            <Show when=move || source.with(|source| source == BLOCK)>
                <label class="field-label">
                    "Block"
                    <input class="field mono" type="text" spellcheck="false" autocomplete="off" placeholder="203.0.113.0/24" prop:value=block on:input=move |event| block.set(event_target_value(&event))/>
                </label>
            </Show>
            <RefusalNote refusal=asking.refusal/>
            <div class="row">
                <button type="submit" class="btn sm prim">"Add rule"</button>
                <button type="button" class="btn sm" on:click=move |_| open.set(false)>"Cancel"</button>
            </div>
        </form>
    }
}
