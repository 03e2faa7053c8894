//! The page: opens the session, makes the handles, and puts the rooms in their places.

use crate::announcer::{Announcer, LiveRegions};
use crate::commands::{Command, Commands, Handles};
use crate::icons::Sprite;
use crate::markup::view;
use crate::preferences::Preferences;
use crate::rooms::{Fetch, Rooms};
use crate::selection::Selected;
use crate::shell::Shell;
use crate::simulation::Simulation;
use crate::storage::Keeper;
use crate::toast::{ToastStack, Toasts};
use crate::ui::{Dialog, Ui};
use crate::workbench::Workbench;
use fargate_session::Session;
use leptos::prelude::*;

/// The session that the page begins with: the one kept on this device, which the panels open, else the shipped one.
fn begin(ui: Ui, keeper: Keeper, panels: Option<&Workbench>) -> Session {
    let glance = || Session::first_glance(crate::browser::today());
    let (Some(panels), Some(text)) = (panels, Keeper::stored()) else {
        ui.first_visit.set(true);
        return glance();
    };
    match (panels.open)(&text) {
        Ok(session) => session,
        Err(error) => {
            keeper.set_aside(text, error.to_string());
            ui.dialog.set(Some(Dialog::Unopened));
            glance()
        }
    }
}

/// The page.
#[component]
pub fn App(
    /// The panels, where they were fetched before the page began: there is a scenario on this device.
    panels: Option<&'static Workbench>,
    /// Fetches the panels.
    fetch: Fetch,
) -> AnyView {
    let ui = Ui::default();
    let announcer = Announcer::default();
    let keeper = Keeper::default();
    let handles = Handles {
        selected: Selected::default(),
        announcer,
        toasts: Toasts::new(announcer),
        keeper,
        ui,
    };
    let simulation = Simulation::new(begin(ui, keeper, panels));
    provide_context(ui);
    provide_context(Preferences::stored());
    provide_context(announcer);
    provide_context(handles.toasts);
    provide_context(handles.selected);
    provide_context(keeper);
    provide_context(simulation.projected());
    provide_context(simulation.playback());
    let commands = Commands::new(simulation, handles);
    provide_context(commands);
    let rooms = Rooms::new(fetch);
    provide_context(rooms);
    if let Some(panels) = panels {
        rooms.furnish(panels);
    }
    keeper.keep_on_leaving(commands);
    ui.drawer_open
        .set(!crate::browser::matches("(max-width: 1023.98px)"));
    commands.send(Command::Run);
    view! {
        <Sprite/>
        <Shell/>
        {move || rooms.panels().map(|panels| (panels.dialogs)())}
        <ToastStack/>
        <LiveRegions/>
    }
}
