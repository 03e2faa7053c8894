//! The top bar: the scenario and its edits on the left, time in the middle, the page's own settings on the right.

pub mod clock;
pub mod menu;
pub mod run;
pub mod scenario;

use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::rooms::rooms;
use crate::signals::{Signal, signal};
use crate::theme::{self, Theme};
use crate::ui::{Region, ui};
use clock::Clock;
use leptos::prelude::*;

/// The top bar.
#[component]
pub fn TopBar() -> AnyView {
    let (ui, rooms) = (ui(), rooms());
    let first = move || ui.first_visit.get();
    view! {
        <header class="top" id=Region::Top.id() tabindex="-1">
            <div class="top-side">
                <span class="brand">
                    <Glyph icon=Icon::Logo/>
                    <Show when=first>
                        <span class="strong">"Fargate Playground"</span>
                    </Show>
                </span>
                {move || rooms.room(|panels| panels.scenario)}
            </div>
            <Show when=first>
                <Clock/>
            </Show>
            {move || rooms.room(|panels| panels.controls)}
            <div class="top-side end">
                <ThemeButton/>
                {move || rooms.room(|panels| panels.keys)}
            </div>
        </header>
    }
}

/// The theme: as the system has it, light, dark.
#[component]
fn ThemeButton() -> AnyView {
    let (theme, set_theme) = signal(theme::stored());
    let icon = move || match theme.get() {
        Theme::Dark => Icon::Moon,
        Theme::Auto | Theme::Light => Icon::Sun,
    };
    let label = move || match theme.get() {
        Theme::Auto => "Theme: as the system. Change to light",
        Theme::Light => "Theme: light. Change to dark",
        Theme::Dark => "Theme: dark. Change to the system's",
    };
    theme::follow_system(theme);
    view! {
        <button
            class="btn icon theme"
            type="button"
            aria-label=label
            title=label
            on:click=move |_| {
                let next = theme.get_untracked().next();
                set_theme.set(next);
                theme::choose(next);
            }
        >
            <Glyph icon=Signal::derive(icon)/>
        </button>
    }
}
