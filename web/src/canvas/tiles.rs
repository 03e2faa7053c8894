//! Tiles: what stands in a subnet beside tasks.

use super::draw::{boxed, icon, words};
use super::stage::{Item, Stage, stage};
use crate::icons::Icon;
use crate::markup::{live, view};
use crate::signals::Memo;
use fargate_session::scene::text::{Face, width};
use fargate_session::scene::{Key, TileBox};
use fargate_session::view::TileKind;
use leptos::prelude::*;

/// The picture of a kind.
pub(crate) fn picture(kind: TileKind) -> Icon {
    match kind {
        TileKind::Instance => Icon::Cpu,
        TileKind::Database => Icon::Database,
        TileKind::LoadBalancer => Icon::LoadBalancer,
        TileKind::Endpoint => Icon::Plug,
        TileKind::NatGateway => Icon::Nat,
        TileKind::MountTarget => Icon::Layers,
    }
}

/// All tiles.
#[component]
pub fn Tiles() -> AnyView {
    let stage = stage();
    let tiles = Memo::new(move |_| stage.scene.with(|scene| scene.tiles.clone()));
    live(move || {
        let tiles = tiles.get();
        tiles.iter().map(|place| tile(stage, place)).collect_view()
    })
}

fn tile(stage: Stage, place: &TileBox) -> AnyView {
    let item = Item::Thing(Key::Tile(place.card.id.clone()));
    let word = item.to_string();
    let picked = move || stage.is_selected(&item);
    let address = place.card.address.as_str();
    let note = match place.card.state {
        Some(unusual) => format!("{address}, {unusual}"),
        None => address.to_owned(),
    };
    // Rather the whole address without its port, or the state alone, than half of it.
    let bare = address.split(':').next().unwrap_or(address);
    let shorter = [note.as_str(), place.card.state.unwrap_or(bare), bare];
    let fits = |words: &&str| width(words, Face::Mono) <= place.note.room;
    let note = shorter.into_iter().find(fits).unwrap_or(bare).to_owned();
    view! {
        <g class="n-tile" class:is-selected=picked data-key=word>
            {place.drawn.map(|drawn| boxed(drawn, 6.0, "tile"))}
            {boxed(place.rect, 6.0, "tile-end")}
            {place.drawn.map(|_| icon(picture(place.card.kind), place.icon, "ic"))}
            {words(place.name, &place.card.name, Face::Strong, "s key fine")}
            {words(place.note, &note, Face::Mono, "mono dim fine")}
        </g>
    }
}
