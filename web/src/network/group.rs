//! A security group in the list, with its rules.

use super::asking::Asking;
use super::details::Details;
use super::group_tone;
use super::row::ThingBody;
use super::rule_form::RuleForm;
use super::things::{InRowOf, row_id, things};
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{For, IntoChild, Show, view};
use crate::projector::projected;
use crate::refusal::RefusalNote;
use crate::selection::{Selection, selected};
use crate::signals::{Memo, RwSignal, Signal, StoredValue};
use fargate_core::ids::SecurityGroupId;
use fargate_session::view::{GroupCard, RuleCard, Shared};
use leptos::prelude::*;

/// A security group: its rules, and the form for another.
#[component]
pub fn GroupRow(
    /// The group.
    id: SecurityGroupId,
) -> AnyView {
    let (commands, selected) = (commands(), selected());
    let asking = Asking::new();
    provide_context(InRowOf(things().called(id.as_str())));
    let (open, whole) = (RwSignal::new(false), RwSignal::new(false));
    let (body, row_id) = (StoredValue::new(id.to_string()), row_id(id.as_str()));
    let card = projected().groups.row(&id);
    let group = StoredValue::new(id.clone());
    let thing = Selection::Group(id);
    let chosen = thing.clone();
    card.map(|card| {
        let card: Signal<Shared<GroupCard>> = card.into();
        let out = move || {
            let labels: Vec<String> = card.with(|card| card.egress.iter().map(|rule| rule.label.clone()).collect());
            if labels.is_empty() { "Out: nothing".to_owned() } else { format!("Out: {}", labels.join(", ")) }
        };
        let rules = Memo::new(move |_| card.with(|card| card.ingress.clone()));
        let row = move |rule: RuleCard| {
            let what = format!("Remove rule {} from {}", rule.label, card.with_untracked(|card| card.name.clone()));
            let revoke = rule.revoke.clone();
            view! {
                <li class="rule-row">
                    <span class="grow">{rule.label.clone()}</span>
                    <button type="button" class="btn icon sm" aria-label=what.clone() title=what on:click=move |_| {
                        asking.ask(revoke.clone(), "Rule removed.");
                    }>
                        <Glyph icon=Icon::Close class="i-14"/>
                    </button>
                </li>
            }
        };
        view! {
            <li class="net-row" id=row_id tabindex="-1" class:is-selected=move || selected.is(&chosen)>
                <div class="row tight">
                    <Glyph icon=Icon::Shield class=Signal::derive(move || group_tone(card.with(|card| card.order)))/>
                    <button type="button" class="link plain med grow" on:click=move |_| commands.send(Command::Select(Some(thing.clone())))>
                        {move || card.with(|card| card.name.clone())}
                    </button>
                    <button type="button" class="btn sm" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                        <Glyph icon=Icon::Plus class="i-12"/>
                        "Add rule"
                    </button>
                    <Details whole name=move || card.with(|card| card.name.clone())/>
                </div>
                <ul class="rules" aria-label="Inbound rules">
                    <For each=move || rules.get() key=|rule| rule.id.clone() children=row/>
                </ul>
                <Show when=move || rules.with(Vec::is_empty)>
                    <p class="t12 dim">"In: nothing. No rule lets anything in."</p>
                </Show>
                <p class="t12 dim">{out}</p>
                <Show when=move || whole.get()><ThingBody id=body.get_value()/></Show>
                <RefusalNote refusal=asking.refusal/>
                <Show when=move || open.get()><RuleForm group=group.get_value() open/></Show>
            </li>
        }
    }).into_child()
}
