//! The canvas: the picture of the account, with its tools.
//!
//! The picture's places come from [`fargate_session::scene`]; here they are only drawn. One transform on the root group pans and
//! zooms; one set of listeners on the picture hears all pointers; one tree of names is what keys and screen readers use.

mod camera;
mod draw;
pub mod drawing;
pub mod flights;
mod gestures;
pub mod places;
pub mod popover;
mod stage;
pub mod task;
pub mod tiles;
pub mod tools;
pub mod tree;

pub use stage::ShownZone;

use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::rooms::rooms;
use crate::signals::Memo;
use crate::words::thousands;
use fargate_core::decimal::Decimal;
use fargate_session::scene::Key;
use flights::{Packets, Ways, sky};
use gestures::{Gestures, SizeWatch};
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use places::{Boundaries, Gates, Ground, Routes, Subnets};
use stage::{Item, Stage, stage};
use task::Tasks;
use tiles::Tiles;
use tools::{Tools, ZoneSwitch};
use tree::Tree;

/// The canvas: the picture of the account, with its tools.
#[component]
pub fn Canvas() -> AnyView {
    let (stage, rooms) = (Stage::new(), rooms());
    provide_context(stage);
    let frame = NodeRef::<Div>::new();
    let watch = leptos::prelude::StoredValue::new_local(None::<SizeWatch>);
    frame.on_load(move |element| {
        watch.set_value(SizeWatch::new(&element, stage));
    });
    let compact = Memo::new(move |_| stage.viewport.get().compact);
    let past = move || stage.cards().clock.get().past;
    let on_key = move |event: KeyboardEvent| {
        if !event.default_prevented() && tree::key(stage, &event) {
            event.prevent_default();
        }
    };
    view! {
        <Show when=move || compact.get() fallback=|| view! { <Tools/> }>
            <ZoneSwitch/>
        </Show>
        <div class="canvas" class:is-past=past node_ref=frame>
            <div class="canvas-keys" on:keydown=on_key><Tree/></div>
            <Picture/>
            <Ghosts/>
            {move || rooms.room(|panels| panels.over)}
        </div>
    }
}

/// The picture itself. It is silent for screen readers: the tree speaks.
#[component]
fn Picture() -> AnyView {
    let (stage, rooms) = (stage(), rooms());
    let hand = Gestures::new(stage);
    let sky = sky(stage);
    let transform = move || stage.camera.get().transform();
    let far = move || stage.camera.get().zoom < 0.995;
    let inverse = move || {
        format!(
            "--inv:{}",
            Decimal::of((1.0 / stage.camera.get().zoom).max(1.0))
        )
    };
    view! {
        <svg
            aria-hidden="true"
            class:is-far=far
            prop:style=inverse
            on:pointerdown=move |event| hand.down(&event)
            on:pointermove=move |event| hand.moved(&event)
            on:pointerup=move |event| hand.up(&event)
            on:pointercancel=move |event| hand.up(&event)
            on:wheel=move |event| hand.wheel(&event)
            on:click=move |event| hand.click(&event)
        >
            <rect width="100%" height="100%" fill="url(#p-dots)"></rect>
            <g transform=transform>
                <Ground/>
                <Subnets/>
                <Boundaries/>
                {move || rooms.room(|panels| panels.lines)}
                <Routes/>
                <Ways sky/>
                <Tiles/>
                <Gates/>
                <Tasks/>
                <Packets sky/>
                <Rings/>
            </g>
        </svg>
    }
}

/// The ring around what has the focus, and around the part that a step is about.
#[component]
fn Rings() -> AnyView {
    let stage = stage();
    let focused = move || {
        let Item::Thing(key) = stage.focus.get() else {
            return None;
        };
        if !stage.focus_shown.get() {
            return None;
        }
        stage.scene.with(|scene| {
            let item = scene.outline.iter().find(|item| item.key == key)?;
            Some(item.rect.inset(-5.0))
        })
    };
    view! {
        {move || focused().map(|rect| draw::boxed(rect, 12.0, "focus-ring"))}
        {move || stage.ring.get().map(|rect| draw::boxed(rect.inset(-4.0), 10.0, "step-ring"))}
    }
}

/// Where a subnet can be drawn: one button in every zone that has none.
#[component]
fn Ghosts() -> AnyView {
    let stage = stage();
    let ghosts = Memo::new(move |_| {
        stage.scene.with(|scene| {
            let zones = scene.zones.iter();
            let ghosts =
                zones.filter_map(|zone| Some((zone.index, zone.name.clone(), zone.ghost?)));
            ghosts.collect::<Vec<_>>()
        })
    });
    let style = move || {
        let camera = stage.camera.get();
        format!(
            "transform:translate({}px,{}px) scale({})",
            Decimal::to(camera.shift.x, 2),
            Decimal::to(camera.shift.y, 2),
            Decimal::of(camera.zoom)
        )
    };
    view! {
        <div class="ghosts" class:is-far=move || stage.camera.get().zoom < 0.995 prop:style=style>
            {move || ghosts.get().into_iter().map(|(index, zone, rect)| view! {
                <button
                    class="ghost"
                    type="button"
                    tabindex="-1"
                    aria-label=format!("Draw a subnet in {zone}")
                    prop:style={
                        let [x, y, w, h] = [rect.x, rect.y, rect.w, rect.h].map(Decimal::of);
                        format!("left:{x}px;top:{y}px;width:{w}px;height:{h}px")
                    }
                    on:click=move |_| stage.act(&Item::Thing(Key::Ghost(index)))
                >
                    <Glyph icon=Icon::Plus/>
                    <span>"Draw a subnet"</span>
                </button>
            }).collect_view()}
        </div>
    }
}

/// How many requests arrived and how many were refused.
#[component]
pub fn Counts() -> AnyView {
    let stage = stage();
    let delivered = Memo::new(move |_| stage.cards().requests.get().delivered);
    let denied = Memo::new(move |_| stage.cards().requests.get().denied);
    let failed = Memo::new(move |_| stage.cards().requests.get().failed);
    let shown = move || !stage.ui().first_visit.get() && !stage.viewport.get().compact;
    view! {
        <Show when=shown>
            <p class="counts t12 t2">
                <Glyph icon=Icon::Packet class="i-14 pk"/>
                <span>{move || format!("{} delivered", thousands(delivered.get()))}</span>
                <Show when=move || { failed.get() > 0 }>
                    <Glyph icon=Icon::Warn class="i-14 warn-c"/>
                    <span>{move || crate::words::count(failed.get() as usize, "error")}</span>
                </Show>
                <Glyph icon=Icon::Error class="i-14 err-c"/>
                <span>{move || format!("{} denied", thousands(denied.get()))}</span>
            </p>
        </Show>
    }
}
