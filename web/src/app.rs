//! The page: opens the session, makes the handles, and puts the rooms in their places.

use crate::announcer::{Announcer, LiveRegions};
use crate::commands::{Command, Commands, Handles};
use crate::definition::make_draft;
use crate::icons::Sprite;
use crate::markup::view;
use crate::preferences::Preferences;
use crate::projector::projected;
use crate::rooms::{Fetch, Rooms};
use crate::run_form::RunForm;
use crate::selection::Selected;
use crate::shell::Shell;
use crate::simulation::Simulation;
use crate::storage::Keeper;
use crate::toast::{ToastStack, Toasts};
use crate::ui::{Dialog, Ui};
use fargate_session::Session;
use leptos::prelude::*;

/// The session that the page begins with: the one kept on this device, else the shipped one.
fn begin(ui: Ui, keeper: Keeper) -> Session {
    let Some(text) = Keeper::stored() else {
        ui.first_visit.set(true);
        return Session::first_light(crate::browser::today());
    };
    match Session::open(&text) {
        Ok(session) => session,
        Err(error) => {
            keeper.set_aside(text, error.to_string());
            ui.dialog.set(Some(Dialog::Unopened));
            Session::first_light(crate::browser::today())
        }
    }
}

/// The page.
#[component]
pub fn App(
    /// Fetches the panels.
    panels: Fetch,
) -> AnyView {
    let rooms = Rooms::new(panels);
    provide_context(rooms);
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
    let simulation = Simulation::new(begin(ui, keeper));
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
    provide_context(make_draft(projected()));
    provide_context(RunForm::new(ui));
    keeper.keep_on_leaving(commands);
    ui.drawer_open
        .set(!crate::browser::matches("(max-width: 1023.98px)"));
    commands.send(Command::Run);
    if !ui.first_visit.get_untracked() {
        rooms.open(|_| ());
    }
    view! {
        <Sprite/>
        <Shell/>
        {move || rooms.room(|panels| panels.dialogs)}
        <ToastStack/>
        <LiveRegions/>
    }
}
