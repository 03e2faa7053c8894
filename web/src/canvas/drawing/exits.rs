//! The ways out on the VPC's edge beside its internet gateway, and the lines of routes that lead to them and to NAT gateways.

use super::super::draw::{boxed, icon, words};
use super::super::stage::{Item, Stage, stage};
use super::{Drawing, drawing, over};
use crate::icons::Icon;
use crate::markup::{live, view};
use crate::signals::Memo;
use fargate_session::details::ExitKind;
use fargate_session::scene::text::Face;
use fargate_session::scene::{ExitBox, Key, RouteLine, path};
use fargate_session::tools::route_words;
use leptos::prelude::*;

/// The picture of a kind.
pub(crate) const fn picture(kind: ExitKind) -> Icon {
    match kind {
        ExitKind::EgressOnly => Icon::Gateway,
        ExitKind::Endpoint => Icon::Plug,
        ExitKind::Peering => Icon::Share,
    }
}

/// The ways out, and the lines to them and to NAT gateways.
#[component]
pub fn Exits() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    let leads = Memo::new(move |_| stage.scene.with(|scene| scene.leads.clone()));
    let exits = Memo::new(move |_| stage.scene.with(|scene| scene.exits.clone()));
    let lines = move || {
        let lines = leads.get();
        let lines = lines.iter().map(|it| line(stage, drawing, it));
        lines.collect::<Vec<_>>()
    };
    let pills = move || {
        let exits = exits.get();
        exits.iter().map(|it| pill(stage, it)).collect::<Vec<_>>()
    };
    view! { <g class="n-routes">{live(lines)}</g>{live(pills)} }
}

fn line(stage: Stage, drawing: Drawing, line: &RouteLine) -> AnyView {
    let begin = line.points.first().copied().unwrap_or_default();
    let class = if line.dead { "route dead" } else { "route" };
    let title = untrack(|| over(stage, drawing, |ground| route_words(ground, line)));
    view! {
        <g>
            <path class=class d=path(line.points.iter().copied())></path>
            <circle class="port" cx=begin.x cy=begin.y r="3"></circle>
            <title>{title}</title>
        </g>
    }
}

fn pill(stage: Stage, place: &ExitBox) -> AnyView {
    let item = Item::Thing(Key::Exit(place.exit.id.clone()));
    let word = item.to_string();
    let picked = move || stage.is_selected(&item);
    view! {
        <g class="n-gate" class:is-selected=picked data-key=word>
            {boxed(place.rect.inset(-4.0), 14.0, "sel-ring on-pick")}
            {boxed(place.rect, 10.0, "gate")}
            {icon(picture(place.exit.kind), place.icon, "ic")}
            {words(place.name, &place.exit.name, Face::Plain, "fine key")}
            <title>{place.exit.words()}</title>
        </g>
    }
}
