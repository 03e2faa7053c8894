//! The network section: the one interface that all containers of a task share.

use super::task::Card;
use crate::commands::commands;
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use crate::projector::projected;
use crate::selection::Selection;
use crate::signals::Memo;
use fargate_core::task::TaskState;
use leptos::prelude::*;

/// Words that lead to another thing.
#[component]
pub fn Leads(
    /// The words.
    #[prop(into)]
    words: String,
    /// Where they lead.
    to: Selection,
) -> AnyView {
    let commands = commands();
    view! {
        <button class="lead-to" type="button" on:click=move |_| super::lead_to(commands, to.clone())>
            {words}
        </button>
    }
}

/// The network section.
#[component]
pub fn NetworkSection(
    /// The task.
    card: Card,
) -> AnyView {
    let shown = projected();
    let interface = Memo::new(move |_| card.with(|card| card.interface.clone()));
    let subnet = Memo::new(move |_| card.with(|card| card.subnet.clone()));
    let groups = Memo::new(move |_| card.with(|card| card.groups.clone()));
    let early = Memo::new(move |_| card.with(|card| card.state == TaskState::Provisioning));
    let facts = move || match interface.get() {
        None => view! {
            <dt>"Interface"</dt>
            <dd class="ui">
                {move || if early.get() { "being made" } else { "none: its address is free" }}
            </dd>
        },
        Some(interface) => {
            let public = match interface.public_ip {
                Some(address) => view! { <dd>{address.to_string()}</dd> },
                None => view! { <dd class="ui">"none"</dd> },
            };
            view! {
                <dt>"Interface"</dt>
                <dd title=interface.id.to_string()>{interface.id.to_string()}</dd>
                <dt>"Attachment"</dt>
                <dd>{interface.attachment}</dd>
                <dt>"MAC"</dt>
                <dd>{interface.mac}</dd>
                <dt>"Private IP"</dt>
                <dd>{interface.private_ip.to_string()}</dd>
                <dt>"Public IP"</dt>
                {public}
            }
        }
    };
    let place = move || {
        let id = subnet.get();
        let name = shown
            .subnets
            .card(&id)
            .map_or_else(|| id.to_string(), |subnet| subnet.name.clone());
        view! { <Leads words=name to=Selection::Subnet(id)/> }
    };
    let guards = move || {
        let guards = groups.get().into_iter().map(|id| {
            let name = shown
                .groups
                .card(&id)
                .map_or_else(|| id.to_string(), |group| group.name.clone());
            view! { ", " <Leads words=name to=Selection::Group(id)/> }
        });
        guards.collect_view()
    };
    view! {
        <section class="sec slim" aria-label="Network">
            <div class="sec-h tight">
                <Glyph icon=Icon::Network/>
                <h3>"Network"</h3>
            </div>
            <dl class="kv">
                {facts}
                <dt>"Subnet, groups"</dt>
                <dd class="ui">{place}{guards}</dd>
            </dl>
            <p class="t12 dim insp-note">
                "Containers share it and talk over "<span class="mono">"localhost"</span>"."
            </p>
        </section>
    }
}
