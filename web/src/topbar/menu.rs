//! The scenario's menu: files in and out, and other scenarios to start from.

use crate::account::Speed;
use crate::commands::{Command, Commands, commands};
use crate::icons::{Glyph, Icon};
use crate::markup::view;
use crate::projector::projected;
use crate::signals::RwSignal;
use crate::simulation::playback;
use crate::toast::{Toasts, toasts};
use crate::ui::{Dialog, ui};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlElement, HtmlInputElement, Node};

/// Files beyond this size are not scenarios.
const LARGEST: f64 = 8_000_000.0;
/// The id of the button that opens the menu.
const BUTTON: &str = "scenario-menu";

/// Offers the scenario as a file.
pub(super) fn export(commands: Commands) {
    // Browsers that refuse a download tell the person themselves.
    let _ = crate::browser::download(
        "scenario.fargate.json",
        "application/json",
        &commands.save(),
    );
}

async fn open_file(file: File, commands: Commands, toasts: Toasts) {
    if file.size() > LARGEST {
        toasts.trouble(
            "The file is too large",
            "A scenario has at most 8 MB. Yours runs on.",
        );
        return;
    }
    let text = JsFuture::from(file.text()).await;
    let Some(text) = text.ok().and_then(|text| text.as_string()) else {
        toasts.trouble(
            "The file cannot be read",
            "The browser gave no text. Your scenario runs on.",
        );
        return;
    };
    if let Err(error) = commands.open(&text) {
        toasts.trouble(
            "The file is not a scenario",
            &format!("{error} Your scenario runs on."),
        );
    }
}

/// The scenario's title, and what can be done with the whole of it.
#[component]
pub fn ScenarioMenu() -> AnyView {
    let (commands, playback, ui) = (commands(), playback(), ui());
    let title = projected().title;
    let open = RwSignal::new(false);
    let holder = NodeRef::<html::Div>::new();
    let input = NodeRef::<html::Input>::new();
    let shut = move || {
        open.set(false);
        crate::browser::focus(BUTTON);
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" if open.get_untracked() => {
            event.prevent_default();
            shut();
        }
        key @ ("ArrowDown" | "ArrowUp") => {
            event.prevent_default();
            open.set(true);
            move_focus(holder, key == "ArrowDown");
        }
        _ => {}
    };
    let outside = window_event_listener(leptos::ev::pointerdown, move |event| {
        let target: Option<Node> = event.target().and_then(|target| target.dyn_into().ok());
        let inside = holder
            .get_untracked()
            .is_some_and(|holder| holder.contains(target.as_ref()));
        if !inside && open.get_untracked() {
            open.set(false);
        }
    });
    on_cleanup(move || outside.remove());
    let item = move |icon, words: &'static str, act: Callback<()>| {
        view! {
            <button
                role="menuitem"
                type="button"
                tabindex="-1"
                on:click=move |_| {
                    shut();
                    act.run(());
                }
            >
                <Glyph icon=icon/>
                {words}
            </button>
        }
    };
    let ask = move |dialog| Callback::new(move |()| ui.dialog.set(Some(dialog)));
    let send = move |command: Command| Callback::new(move |()| commands.send(command.clone()));
    let speed = move |next: fn(Speed) -> Speed| {
        Callback::new(move |()| {
            let speed = playback.speed.get_untracked();
            commands.send(Command::Speed(next(speed)));
        })
    };
    view! {
        <div class="menu-holder" node_ref=holder on:keydown=on_key>
            <button
                class="btn scn"
                type="button"
                id=BUTTON
                aria-haspopup="menu"
                aria-expanded=move || open.get().to_string()
                on:click=move |_| {
                    let opens = !open.get_untracked();
                    open.set(opens);
                    if opens {
                        move_focus(holder, true);
                    }
                }
            >
                <span>{move || title.get().to_string()}</span>
                <Glyph icon=Icon::ChevronDown class="i-14"/>
            </button>
            <div class="menu" role="menu" aria-label="Scenario" hidden=move || !open.get()>
                {item(Icon::Down, "Export a file", Callback::new(move |()| export(commands)))}
                {item(
                    Icon::Import,
                    "Open a file",
                    Callback::new(move |()| {
                        if let Some(input) = input.get_untracked() {
                            input.click();
                        }
                    }),
                )}
                <hr/>
                // What the bar has no room for on a phone.
                <div class="phone-only" role="none">
                    {item(Icon::Step, "Step on one event", send(Command::StepOn))}
                    {item(Icon::StepBack, "Step back one event", send(Command::StepBack))}
                    {item(Icon::Plus, "Faster", speed(Speed::faster))}
                    {item(Icon::Minus, "Slower", speed(Speed::slower))}
                    <hr/>
                </div>
                {item(Icon::Restart, "Reset this scenario", send(Command::Reset))}
                {item(Icon::Running, "Start from the running task", ask(Dialog::Shipped))}
                {item(Icon::Subnet, "Start from an empty VPC", ask(Dialog::EmptyVpc))}
                {item(Icon::Layers, "New from template", ask(Dialog::Templates))}
                <hr/>
                {item(Icon::Info, "Keyboard shortcuts", ask(Dialog::Shortcuts))}
            </div>
            <FileInput input=input/>
        </div>
    }
}

/// The browser's way to choose a file; the menu clicks it.
#[component]
fn FileInput(
    /// Where the menu finds it.
    input: NodeRef<html::Input>,
) -> AnyView {
    let (commands, toasts) = (commands(), toasts());
    let take = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            spawn_local(open_file(file, commands, toasts));
        }
        input.set_value("");
    };
    view! {
        <input
            type="file"
            hidden
            accept=".json,application/json"
            aria-label="Scenario file"
            node_ref=input
            on:change=take
        />
    }
}

/// Moves the focus to the next item of the menu, or the one before; round at the ends.
fn move_focus(holder: NodeRef<html::Div>, down: bool) {
    request_animation_frame(move || {
        let Some(holder) = holder.get_untracked() else {
            return;
        };
        let Ok(list) = holder.query_selector_all("[role=menuitem]") else {
            return;
        };
        let items: Vec<HtmlElement> = (0..list.length())
            .filter_map(|at| list.get(at)?.dyn_into().ok())
            .filter(|item: &HtmlElement| item.offset_width() > 0)
            .collect();
        let active = document().active_element();
        let here = items
            .iter()
            .position(|item| active.as_ref() == Some(item.as_ref()));
        let count = items.len().max(1);
        let next = match (here, down) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        };
        if let Some(item) = items.get(next) {
            // An item that cannot take the focus leaves it where it is.
            let _ = item.focus();
        }
    });
}
