//! The frame of the page: the regions, what lies between them, and the keys that lead about.

pub mod around;
pub mod divider;
mod focus;
mod keys;
pub mod left;
pub mod phone;

pub use keys::enter;
pub(crate) use keys::listen;

use crate::canvas::Canvas;
use crate::first_visit::Intro;
use crate::markup::{Show, view};
use crate::preferences::preferences;
use crate::rooms::rooms;
use crate::topbar::TopBar;
use crate::ui::{Region, ui};
use leptos::prelude::*;

/// Links that lead past the bars; seen when they have the focus.
#[component]
fn SkipLinks() -> AnyView {
    let ui = ui();
    let link = move |region: Region, words: &'static str| {
        view! {
            <a
                href=format!("#{}", region.id())
                on:click=move |event| {
                    event.prevent_default();
                    if region == Region::Inspector {
                        ui.inspector_open.set(true);
                    }
                    request_animation_frame(move || {
                        enter(region);
                    });
                }
            >
                {words}
            </a>
        }
    };
    view! {
        <div class="skips">
            {link(Region::Stage, "Skip to the canvas")}
            <Show when=move || !ui.first_visit.get()>
                {link(Region::Inspector, "Skip to the inspector")}
                {link(Region::Drawer, "Skip to the drawer")}
            </Show>
        </div>
    }
}

/// The regions. The canvas stays the same while the panels around it come in.
#[component]
pub fn Shell() -> AnyView {
    let ui = ui();
    let (sizes, rooms) = (preferences().sizes, rooms());
    let panels = move || !ui.first_visit.get();
    view! {
        <SkipLinks/>
        <div
            class="app"
            class:first=move || ui.first_visit.get()
            class:arriving=move || ui.arriving.get()
            prop:style=move || if panels() { sizes.get().style() } else { String::new() }
            data-page=move || ui.page.get().name()
            data-sheet=move || ui.sheet.get().name()
        >
            <TopBar/>
            <Show when=move || ui.first_visit.get()>
                <Intro/>
            </Show>
            {move || rooms.room(|panels| panels.left)}
            <main class="stage" id=Region::Stage.id() tabindex="-1" aria-label="Canvas">
                <Canvas/>
                {move || rooms.panels().map(|panels| (panels.borrowed)())}
            </main>
            {move || rooms.room(|panels| panels.around)}
        </div>
    }
}
