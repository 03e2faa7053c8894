//! What lies around the canvas: the inspector, the drawer, and the dividers between.

use super::divider::{Divider, Side};
use super::phone::{BottomNav, SheetGrip};
use crate::drawer::Drawer;
use crate::icons::{Glyph, Icon};
use crate::inspector::Inspector;
use crate::markup::view;
use crate::selection::selected;
use crate::ui::{Region, ui};
use leptos::prelude::*;

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

/// The inspector, the drawer, and what lies between.
#[component]
pub fn Around() -> AnyView {
    let ui = ui();
    from_the_top();
    view! {
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
            <Inspector/>
        </aside>
        <section
            class="drawer"
            class:is-shut=move || !ui.drawer_open.get()
            id=Region::Drawer.id()
            tabindex="-1"
            aria-label="Drawer"
        >
            <Drawer/>
        </section>
        <section class="dividers" aria-label="Sizes of the panels">
            <Divider side=Side::Left/>
            <Divider side=Side::Right/>
            <Divider side=Side::Drawer/>
            <SheetGrip/>
        </section>
        <BottomNav/>
    }
}
