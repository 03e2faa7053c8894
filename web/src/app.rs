//! The page: makes the session and the handles, and puts the rooms in their places.

use crate::announcer::{Announcer, LiveRegions};
use crate::canvas::Canvas;
use crate::commands::Commands;
use crate::definition::DefinitionPanel;
use crate::drawer::Drawer;
use crate::icons::Sprite;
use crate::inspector::Inspector;
use crate::network::NetworkPanel;
use crate::selection::Selected;
use crate::session_port::Session;
use crate::simulation::Simulation;
use crate::storage::Keeper;
use crate::toast::{ToastStack, Toasts};
use crate::ui::{LeftTab, Ui};
use leptos::prelude::*;

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let ui = Ui::default();
    let announcer = Announcer::default();
    let toasts = Toasts::new(announcer);
    let selected = Selected::default();
    let keeper = Keeper::default();
    let simulation = Simulation::new(Session::first_light());
    provide_context(ui);
    provide_context(announcer);
    provide_context(toasts);
    provide_context(selected);
    provide_context(keeper);
    provide_context(simulation.projected());
    provide_context(simulation.playback());
    let commands = Commands::new(simulation, selected, announcer, toasts, keeper);
    provide_context(commands);
    commands.send(crate::commands::Command::Run);
    view! {
        <Sprite/>
        <div class="app">
            <header class="top"></header>
            <aside class="left" aria-label="Scenario editor">
                {move || match ui.left_tab.get() {
                    LeftTab::Definition => view! { <DefinitionPanel/> }.into_any(),
                    LeftTab::Network => view! { <NetworkPanel/> }.into_any(),
                }}
            </aside>
            <main class="stage">
                <Canvas/>
            </main>
            <aside class="right" aria-label="Inspector">
                <Inspector/>
            </aside>
            <section class="drawer" aria-label="Drawer">
                <Drawer/>
            </section>
        </div>
        <ToastStack/>
        <LiveRegions/>
    }
}
