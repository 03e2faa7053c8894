//! What stands in a subnet beside tasks, in the inspector: what the network panel says of it and does with it.

use super::network::Leads;
use super::place::{Head, gone};
use crate::annex::further;
use crate::canvas::drawing::drawing;
use crate::markup::{live, view};
use crate::network::things::{led_to, things};
use crate::projector::projected;
use crate::selection::Selection;
use crate::signals::Memo;
use fargate_core::ids::NetworkInterfaceId;
use leptos::prelude::*;

/// What stands in a subnet beside tasks.
#[component]
pub fn TilePanel(
    /// Its interface.
    id: NetworkInterfaceId,
) -> AnyView {
    let (shown, things, further, drawing) = (projected(), things(), further(), drawing());
    let interface = id.to_string();
    let owner = Memo::new(move |_| {
        let card = things.card(&interface);
        led_to(card.as_ref(), "Owner").into_iter().next()
    });
    let edits = live(move || {
        owner.get().map(|id| {
            view! {
                <section class="sec slim" aria-label="What can be changed">
                    <h3 class="sr">"What can be changed"</h3>
                    {further.thing(id)}
                </section>
            }
        })
    });
    let facts = live(move || {
        let tiles = shown.tiles.get();
        let Some(card) = tiles.iter().find(|card| card.id == id) else {
            return gone("Network interface");
        };
        let subnet = shown.subnets.card(&card.subnet);
        let subnet = subnet.map_or_else(|| card.subnet.to_string(), |subnet| subnet.name.clone());
        let public = card.public_ip.map(|public| {
            view! {
                <dt>"Public address"</dt>
                <dd>{public.to_string()}</dd>
            }
        });
        let groups = card.groups.iter().map(|group| {
            let name = shown.groups.card(group);
            let name = name.map_or_else(|| group.to_string(), |card| card.name.clone());
            view! { <dd><Leads words=name to=Selection::Group(group.clone())/></dd> }
        });
        let groups = groups.collect_view();
        let name = drawing.tile_name(&id).unwrap_or_else(|| card.name.clone());
        let none = card
            .groups
            .is_empty()
            .then(|| view! { <dd class="ui">"none"</dd> });
        view! {
            <Head kind=card.kind.title() name id=card.id.to_string()/>
            <section class="sec slim" aria-label="Facts">
                <dl class="kv">
                    <dt>"State"</dt>
                    <dd class="ui">{card.state.unwrap_or("in use")}</dd>
                    <dt>"Address"</dt>
                    <dd>{card.address.clone()}</dd>
                    {public}
                    <dt>"Subnet"</dt>
                    <dd><Leads words=subnet to=Selection::Subnet(card.subnet.clone())/></dd>
                    <dt>"Groups"</dt>
                    {groups}
                    {none}
                </dl>
            </section>
        }
    });
    view! { <div>{facts}{edits}</div> }
}
