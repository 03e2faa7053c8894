//! The frame of the page: the regions, what lies between them, and the keys that lead about.

pub mod divider;
mod keys;
pub mod left;
pub mod phone;

pub use keys::enter;

use crate::canvas::Canvas;
use crate::first_visit::{Borrowed, Intro};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::preferences::preferences;
use crate::rooms::rooms;
use crate::selection::selected;
use crate::topbar::TopBar;
use crate::ui::{Region, ui};
use divider::{Divider, Side};
use leptos::prelude::*;
use phone::{BottomNav, SheetGrip};

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

/// What is selected is shown from its head, wherever the inspector was scrolled before.
fn from_the_top() {
    let selected = selected();
    Effect::new(move || {
        selected.get();
        let inspector = document().query_selector(".insp");
        if let Some(inspector) = inspector.ok().flatten() {
            inspector.set_scroll_top(0);
        }
    });
}

/// The regions. The canvas stays the same while the panels around it come in.
#[component]
pub fn Shell() -> AnyView {
    let ui = ui();
    let (sizes, rooms) = (preferences().sizes, rooms());
    keys::listen();
    from_the_top();
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
            <Show when=panels fallback=|| view! { <Intro/> }>
                {move || rooms.room(|panels| panels.left)}
            </Show>
            <main class="stage" id=Region::Stage.id() tabindex="-1" aria-label="Canvas">
                <Canvas/>
                <Borrowed/>
            </main>
            <Show when=panels>
                <aside
                    class="right"
                    class:is-open=move || ui.inspector_open.get()
                    id=Region::Inspector.id()
                    tabindex="-1"
                    aria-label="Inspector"
                >
                    <button
                        class="btn icon overlay-close"
                        type="button"
                        aria-label="Close the inspector"
                        on:click=move |_| ui.selected(None)
                    >
                        <Glyph icon=Icon::Close/>
                    </button>
                    {move || rooms.room(|panels| panels.inspector)}
                </aside>
                <section
                    class="drawer"
                    class:is-shut=move || !ui.drawer_open.get()
                    id=Region::Drawer.id()
                    tabindex="-1"
                    aria-label="Drawer"
                >
                    {move || rooms.room(|panels| panels.drawer)}
                </section>
                <section class="dividers" aria-label="Sizes of the panels">
                    <Divider side=Side::Left/>
                    <Divider side=Side::Right/>
                    <Divider side=Side::Drawer/>
                    <SheetGrip/>
                </section>
                <BottomNav/>
            </Show>
        </div>
    }
}
