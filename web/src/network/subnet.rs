//! A subnet in the list.

use super::details::Details;
use super::row::ThingBody;
use super::things::row_id;
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{IntoChild, Show, view};
use crate::projector::projected;
use crate::selection::{Selection, selected};
use crate::signals::{RwSignal, Signal, StoredValue};
use crate::words::thousands;
use fargate_core::ids::SubnetId;
use fargate_session::view::{Shared, SubnetCard};
use leptos::prelude::*;

/// A subnet: name, zone, block, free addresses, default route.
#[component]
pub fn SubnetRow(
    /// The subnet.
    id: SubnetId,
) -> AnyView {
    let (commands, selected) = (commands(), selected());
    let card = projected().subnets.row(&id);
    let whole = RwSignal::new(false);
    let (body, row_id) = (StoredValue::new(id.to_string()), row_id(id.as_str()));
    let thing = Selection::Subnet(id);
    let chosen = thing.clone();
    card.map(|card| {
        let card: Signal<Shared<SubnetCard>> = card.into();
        view! {
            <li class="net-row" id=row_id tabindex="-1" class:is-selected=move || selected.is(&chosen)>
                <div class="row tight">
                    <Glyph
                        icon=Signal::derive(move || if card.with(|card| card.public) { Icon::Globe } else { Icon::Lock })
                        class=Signal::derive(move || if card.with(|card| card.public) { "i-14 tone-public" } else { "i-14 tone-private" })
                    />
                    <button
                        type="button"
                        class="link plain med grow"
                        on:click=move |_| commands.send(Command::Select(Some(thing.clone())))
                    >
                        {move || card.with(|card| card.name.clone())}
                    </button>
                    <span class="t2 nowrap">{move || card.with(|card| format!("{} free", thousands(card.free.into())))}</span>
                    <Details whole name=move || card.with(|card| card.name.clone())/>
                </div>
                <div class="net-facts">
                    <span class="mono">{move || card.with(|card| card.cidr.clone())}</span>
                    <span class="dim">{move || card.with(|card| card.zone.to_string())}</span>
                    <span class="dim end">{move || card.with(|card| card.default_route.clone())}</span>
                </div>
                <Show when=move || whole.get()><ThingBody id=body.get_value()/></Show>
            </li>
        }
    }).into_child()
}
