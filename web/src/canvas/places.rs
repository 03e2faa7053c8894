//! The places: Internet, gateway, VPC, zones, subnets, boundaries and routes.

use super::draw::{boxed, group_class, icon, words};
use super::stage::{Item, Stage, stage};
use crate::icons::Icon;
use crate::markup::{For, live, view};
use crate::signals::{ArcReadSignal, Memo};
use fargate_core::ids::SubnetId;
use fargate_session::scene::text::{Face, width};
use fargate_session::scene::{FrameBox, Rect, Scene, Slot, SubnetBox, path, strip};
use fargate_session::view::SubnetCard;
use leptos::prelude::*;

/// VPC and zones: what lies below all else.
#[component]
pub fn Ground() -> AnyView {
    let stage = stage();
    let vpc = Memo::new(move |_| stage.scene.with(|scene| scene.vpc));
    let zones = Memo::new(move |_| stage.scene.with(|scene| scene.zones.clone()));
    let block = move || {
        stage
            .cards()
            .vpc
            .get()
            .map_or_else(String::new, |vpc| vpc.cidr.clone())
    };
    view! {
        {move || vpc.get().map(|vpc| {
            let line = vpc.tab.y + 14.5;
            let cidr = Slot::start(vpc.tab.x + 42.0, line, vpc.tab.w - 46.0);
            view! {
                <g class="n-vpc" data-key="vpc">
                    {boxed(vpc.rect, 12.0, "vpc")}
                    {boxed(vpc.tab, 6.0, "tab-vpc")}
                    <text x=vpc.tab.x + 10.0 y=line class="s key">"VPC"</text>
                    {words(cidr, &block(), Face::Mono, "mono dim fine")}
                </g>
            }
        })}
        {move || zones.get().into_iter().map(|zone| {
            let class = if zone.ghost.is_some() { "az ghosted" } else { "az" };
            let outline = zone.title.map(|_| boxed(zone.rect, 10.0, class));
            let title = zone.title.and_then(|slot| words(slot, &zone.name, Face::Plain, if zone.rect.w > 160.0 { "dim key" } else { "dim fine" }));
            view! { <g data-key=format!("zone_{}", zone.index)>{outline}{title}</g> }
        }).collect_view()}
    }
}

/// The subnets.
#[component]
pub fn Subnets() -> AnyView {
    let stage = stage();
    let ids = Memo::new(move |_| {
        stage
            .scene
            .with(|scene| scene.subnets.keys().cloned().collect::<Vec<_>>())
    });
    view! { <For each=move || ids.get() key=SubnetId::clone children=move |id| subnet(stage, id)/> }
}

fn subnet(stage: Stage, id: SubnetId) -> AnyView {
    let place = {
        let id = id.clone();
        Memo::new(move |_| stage.scene.with(|scene| scene.subnets.get(&id).cloned()))
    };
    let row = stage.cards().subnets.row(&id);
    let item = Item::Thing(fargate_session::scene::Key::Subnet(id));
    let word = item.to_string();
    let picked = move || stage.is_selected(&item);
    let body = move || {
        let card = row.as_ref().map(ArcReadSignal::get)?;
        Some(draw_subnet(&card, &place.get()?))
    };
    view! {
        <g class="n-subnet" class:is-selected=picked data-key=word>
            {body}
        </g>
    }
}

fn draw_subnet(card: &SubnetCard, place: &SubnetBox) -> AnyView {
    let (kind, glyph) = if card.public {
        ("public", Icon::Globe)
    } else {
        ("private", Icon::Lock)
    };
    let free = format!("{} free", crate::words::thousands(u64::from(card.free)));
    let (reserved, used) = strip(place.strip, card);
    let more = place.more.map(|(slot, count)| {
        words(
            slot,
            &format!("and {count} more that stopped"),
            Face::Plain,
            "dim fine",
        )
    });
    let hint = place.hint.map(|slot| {
        let count = crate::words::thousands(u64::from(card.free));
        words(
            slot,
            &format!("{count} addresses, no tasks."),
            Face::Plain,
            "dim fine",
        )
    });
    view! {
        {boxed(place.rect, 8.0, format!("subnet {kind}"))}
        {icon(glyph, place.icon, format!("ic {kind}-t"))}
        {words(place.name, &card.name, Face::Strong, format!("s key {kind}-t"))}
        {words(place.free, &free, Face::Plain, "dim fine")}
        {words(place.cidr, &card.cidr, Face::Mono, "mono dim fine")}
        {words(place.route, &card.default_route, Face::Plain, "dim fine")}
        {boxed(place.strip, 1.5, "addr-track")}
        {boxed(reserved, 1.5, "addr-res")}
        {used.map(|used| boxed(used, 1.5, "addr-used"))}
        {more}
        {hint}
    }
}

/// The boundaries of security groups.
#[component]
pub fn Boundaries() -> AnyView {
    let stage = stage();
    let frames = Memo::new(move |_| stage.scene.with(|scene| scene.frames.clone()));
    live(move || {
        let frames = frames.get();
        frames
            .iter()
            .map(|frame| boundary(stage, frame))
            .collect_view()
    })
}

fn boundary(stage: Stage, frame: &FrameBox) -> AnyView {
    let Some(card) = stage.cards().groups.card(&frame.group) else {
        return ().into_any();
    };
    let class = group_class(frame.order);
    let item = Item::Group(frame.group.clone());
    let shield = Rect::new(frame.tab.x + 6.0, frame.tab.y + 3.0, 12.0, 12.0);
    let chips: Vec<_> = frame
        .chips
        .iter()
        .map(|chip| {
            let rule = chip.rule.and_then(|index| card.ingress.get(index));
            let label = rule.map_or_else(|| format!("+{}", frame.more), |rule| rule.label.clone());
            let text = words(
                chip.text,
                &label,
                Face::Mono,
                format!("mono fine {class}-t"),
            );
            view! { {boxed(chip.rect, 9.0, format!("rule-chip {class}"))}{text} }
        })
        .collect();
    let word = item.to_string();
    let picked = move || stage.is_selected(&item);
    let ring = frame.rect.inset(-4.0);
    let text = class.split(' ').next().unwrap_or("g1");
    view! {
        <g class="n-sg" class:is-selected=picked data-key=word>
            {boxed(ring, 15.0, "sel-ring on-pick")}
            {boxed(frame.rect, 12.0, format!("sg {class}"))}
            {boxed(frame.tab, 5.0, format!("sg-tab {class}"))}
            {icon(Icon::Shield, shield, format!("ic {text}-t"))}
            {words(frame.name, &card.name, Face::Mono, format!("mono fine {text}-t"))}
            {chips}
        </g>
    }
}

/// The dotted lines from the gateway to the subnets that it serves.
#[component]
pub fn Routes() -> AnyView {
    let stage = stage();
    let routes = Memo::new(move |_| stage.scene.with(|scene| scene.routes.clone()));
    live(move || {
        let lines = routes.get().into_iter().map(|points| {
            let end = points.last().copied().unwrap_or_default();
            view! {
                <path class="route" d=path(points)></path>
                <circle class="port" cx=end.x cy=end.y r="3"></circle>
            }
        });
        view! { <g class="n-routes">{lines.collect_view()}</g> }
    })
}

/// The Internet and the gateway: what lines go through.
#[component]
pub fn Gates() -> AnyView {
    let stage = stage();
    let parts = Memo::new(move |_| {
        stage.scene.with(|scene: &std::sync::Arc<Scene>| {
            (
                scene.internet,
                scene.internet_note,
                scene.gateway,
                scene.gateway_note,
            )
        })
    });
    let note = Memo::new(move |_| {
        let rate = stage
            .cards()
            .requests
            .with(|requests| requests.internet_tenths);
        match (stage.ui().first_visit.get(), rate) {
            (true, _) | (false, 0) => "Your requests start here".to_owned(),
            (false, rate) => format!("{}.{} requests/s", rate / 10, rate % 10),
        }
    });
    live(move || {
        let (internet, internet_note, gateway, gateway_note) = parts.get();
        let middle = internet.center();
        let glyph = Rect::new(internet.x + internet.w * 0.14, middle.y - 8.0, 16.0, 16.0);
        let name = Slot::start(
            glyph.right() + 8.0,
            middle.y + 4.5,
            width("Internet", Face::Strong) + 4.0,
        );
        let gateway = gateway.map(|at| {
            let glyph = Rect::new(at.x - 8.0, at.y - 8.0, 16.0, 16.0);
            let ring = Rect::new(at.x - 18.0, at.y - 18.0, 36.0, 36.0);
            let picked = Item::Thing(fargate_session::scene::Key::Gateway);
            view! {
                <g class="n-gate" class:is-selected=move || stage.is_selected(&picked) data-key="gateway">
                    {boxed(ring, 18.0, "sel-ring on-pick")}
                    <circle class="gate" cx=at.x cy=at.y r="14"></circle>
                    {icon(Icon::Gateway, glyph, "ic")}
                    {gateway_note.map(|slot| words(slot, "Internet gateway", Face::Plain, "dim halo fine"))}
                </g>
            }
        });
        let picked = Item::Thing(fargate_session::scene::Key::Internet);
        view! {
            <g class="n-gate" class:is-selected=move || stage.is_selected(&picked) data-key="internet">
                {boxed(internet.inset(-4.0), internet.h / 2.0 + 4.0, "sel-ring on-pick")}
                {boxed(internet, internet.h / 2.0, "internet")}
                {icon(Icon::Globe, glyph, "ic")}
                {words(name, "Internet", Face::Strong, "s key")}
            </g>
            {internet_note.map(|slot| words(slot, &note.get(), Face::Plain, "dim halo fine"))}
            {gateway}
        }
    })
}
