//! What the top bar says of the scenario, once the first visit's page is left.

use super::menu::{self, ScenarioMenu};
use crate::commands::{Command, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::projector::projected;
use crate::signals::Signal;
use crate::storage::{Refusal, Saved, keeper};
use crate::ui::{Dialog, ui};
use leptos::prelude::*;

/// The scenario's name and menu, whether it is kept, and its edits.
#[component]
pub fn Scenario() -> AnyView {
    view! {
        <h1 class="sr">"Fargate Playground"</h1>
        <ScenarioMenu/>
        <SavedState/>
        <span class="vsep"></span>
        <EditButtons/>
    }
}

/// The button that lists the keys.
#[component]
pub fn Keys() -> AnyView {
    let ui = ui();
    view! {
        <button
            class="btn icon keys"
            type="button"
            aria-label="Keyboard shortcuts"
            title="Keyboard shortcuts"
            aria-haspopup="dialog"
            on:click=move |_| ui.dialog.set(Some(Dialog::Shortcuts))
        >
            <kbd>"?"</kbd>
        </button>
    }
}

/// Whether the scenario is kept on this device.
#[component]
fn SavedState() -> AnyView {
    let (commands, keeper, ui) = (commands(), keeper(), ui());
    let lost = move || keeper.state() != Saved::Kept;
    let held = move || keeper.state() == Saved::Held;
    let words = move || match keeper.state() {
        Saved::Kept => "Saved on this device",
        Saved::Held => "Not saved over the scenario that could not be opened.",
        Saved::Not(Refusal::Full) => "Not saved. Storage is full.",
        Saved::Not(Refusal::Blocked) => "Not saved. This browser keeps nothing for this page.",
    };
    let icon = move || if lost() { Icon::Warn } else { Icon::Check };
    let class = move || if lost() { "i-14 warn-c" } else { "i-14 ok-c" };
    view! {
        <span class="saved" class:is-kept=move || !lost() class:is-lost=lost>
            <Glyph icon=Signal::derive(icon) class=Signal::derive(class)/>
            <span>{words}</span>
            <Show when=move || lost() && !held()>
                <button class="btn sm line" type="button" on:click=move |_| menu::export(commands)>
                    "Export a file"
                </button>
            </Show>
            <Show when=held>
                <button
                    class="btn sm line"
                    type="button"
                    aria-haspopup="dialog"
                    on:click=move |_| ui.dialog.set(Some(Dialog::Unopened))
                >
                    "Show why"
                </button>
            </Show>
        </span>
    }
}

/// Undo and redo, each named by what it changes.
#[component]
fn EditButtons() -> AnyView {
    let commands = commands();
    let history = projected().history;
    let button = move |word: &'static str, icon, command: Command, what: Signal<Option<String>>| {
        let label = move || match what.get() {
            Some(what) => format!("{word}: {what}"),
            None => format!("{word}: nothing to {}", word.to_ascii_lowercase()),
        };
        view! {
            <button
                class="btn icon history"
                type="button"
                aria-label=label
                title=label
                aria-disabled=move || what.with(Option::is_none).then_some("true")
                on:click=move |_| commands.send(command.clone())
            >
                <Glyph icon=icon/>
            </button>
        }
    };
    let undo = Signal::derive(move || history.with(|history| history.undo.clone()));
    let redo = Signal::derive(move || history.with(|history| history.redo.clone()));
    view! {
        {button("Undo", Icon::Undo, Command::Undo, undo)}
        {button("Redo", Icon::Redo, Command::Redo, redo)}
    }
}
