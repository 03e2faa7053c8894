//! The dialogs: keys, what cannot be taken back, and a document that could not be opened.

use crate::annex::further;
use crate::commands::commands;
use crate::definition::draft;
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::storage::{Unopened, keeper};
use crate::toast::toasts;
use crate::ui::{Dialog, ui};
use fargate_session::scenarios::{TEMPLATES, Template};
use leptos::html;
use leptos::prelude::*;

/// A dialog of the browser: it keeps the focus, Escape closes it, and the focus returns where it was.
#[component]
fn Modal(
    /// Which one it is.
    which: Dialog,
    /// Its heading.
    title: &'static str,
    /// Whether it holds more than words.
    #[prop(optional)]
    wide: bool,
    /// What it says.
    children: Children,
    /// Its buttons besides closing.
    #[prop(into)]
    actions: ViewFnOnce,
) -> AnyView {
    let ui = ui();
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        if let Some(dialog) = node.get() {
            // Refused only where it is open already.
            let _ = dialog.show_modal();
        }
    });
    let shut = move || {
        if ui.dialog.get_untracked() == Some(which) {
            ui.dialog.set(None);
        }
    };
    view! {
        <dialog node_ref=node class:wide=wide aria-labelledby="dialog-title" on:close=move |_| shut()>
            <div class="dialog-h">
                <h2 id="dialog-title">{title}</h2>
                <button
                    class="btn icon"
                    type="button"
                    aria-label="Close"
                    on:click=move |_| close(node)
                >
                    <Glyph icon=Icon::Close/>
                </button>
            </div>
            <div class="dialog-b">{children()}</div>
            <div class="dialog-f">{actions.run()}</div>
        </dialog>
    }
}

/// Closes the browser's dialog first, so that the focus returns.
fn close(node: NodeRef<html::Dialog>) {
    if let Some(dialog) = node.get_untracked() {
        dialog.close();
    }
}

/// Asks before a scenario gives way; what it does is one command.
#[component]
fn Ask(
    which: Dialog,
    title: &'static str,
    text: &'static str,
    verb: &'static str,
    act: Callback<()>,
) -> AnyView {
    let ui = ui();
    view! {
        <Modal
            which=which
            title=title
            actions=move || {
                view! {
                    <button class="btn line" type="button" on:click=move |_| ui.dialog.set(None)>
                        "Keep it"
                    </button>
                    <button
                        class="btn prim"
                        type="button"
                        on:click=move |_| {
                            ui.dialog.set(None);
                            act.run(());
                        }
                    >
                        {verb}
                    </button>
                }
            }
        >
            <p>{text}</p>
        </Modal>
    }
}

/// The keys, as the dialog lists them.
const KEYS: [(&[&str], &str); 31] = [
    (&["Space"], "Run, pause; held, a drag moves the picture"),
    (&["."], "Step on one event"),
    (&[","], "Step back one event"),
    (&["Shift", "."], "Faster"),
    (&["Shift", ","], "Slower"),
    (&["I"], "Inspector"),
    (&["J"], "Drawer"),
    (&["B"], "Left panel"),
    (&["Y"], "Why is it so? of the selected task or request"),
    (&["V"], "Select"),
    (&["S"], "Draw a subnet"),
    (&["G"], "Draw a security group"),
    (&["R"], "Draw a rule"),
    (&["T"], "Draw a route"),
    (&["K"], "Run a task in a subnet"),
    (&["M"], "Move the focused task to another subnet"),
    (&["Shift", "E"], "Resize the focused subnet"),
    (&["X"], "Trace from the focused thing"),
    (&["H"], "Move the picture"),
    (&["[", "]"], "Lines of the focused thing; Enter follows"),
    (&["1"], "Fit all"),
    (&["2"], "Fit what is selected"),
    (&["Ctrl", "A"], "Select what lies beside too"),
    (&["Delete"], "Delete or stop"),
    (&["Shift", "F10"], "Menu of the focused thing"),
    (&["?"], "This list"),
    (&["Ctrl", "Z"], "Undo, anywhere"),
    (&["Ctrl", "Shift", "Z"], "Redo, anywhere"),
    (&["F6"], "Next region, anywhere"),
    (&["Shift", "F6"], "Region before, anywhere"),
    (&["Esc", "Tab"], "Leave the editor"),
];

#[component]
fn Shortcuts() -> AnyView {
    let row = |(keys, does): (&'static [&'static str], &'static str)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> });
        view! {
            <dt>{keys.collect_view()}</dt>
            <dd>{does}</dd>
        }
    };
    view! {
        <Modal which=Dialog::Shortcuts title="Keyboard shortcuts" actions=|| ()>
            <p>"Single keys act while the canvas has the focus. On a Mac, Cmd is Ctrl."</p>
            <dl class="keys-list">{KEYS.map(row).collect_view()}</dl>
        </Modal>
    }
}

#[component]
fn NotOpened() -> AnyView {
    let ui = ui();
    let keeper = keeper();
    let unopened = keeper.unopened();
    let why = move || unopened.get().map(|Unopened { why, .. }| why);
    let kept = move || {
        unopened
            .get()
            .is_some_and(|unopened| unopened.aside.is_some())
    };
    let download = move |_| {
        if let Some(unopened) = unopened.get_untracked() {
            // Browsers that refuse a download tell the person themselves.
            let _ = crate::browser::download(
                "scenario-not-opened.txt",
                "application/json",
                &unopened.text,
            );
        }
    };
    view! {
        <Modal
            which=Dialog::Unopened
            title="Your scenario could not be opened"
            actions=move || {
                view! {
                    <button class="btn line" type="button" on:click=download>
                        "Export a file"
                    </button>
                    <button
                        class="btn prim"
                        type="button"
                        on:click=move |_| {
                            keeper.start_fresh();
                            ui.dialog.set(None);
                        }
                    >
                        "Start fresh"
                    </button>
                }
            }
        >
            <p>{why}</p>
            <p>
                {move || if kept() {
                    "It is kept on this device, unchanged. Until you start fresh, the shipped scenario runs and nothing is saved over yours."
                } else {
                    "There is no room to keep a copy of it. Until you start fresh, the shipped scenario runs and nothing is saved over yours. Export it first."
                }}
            </p>
        </Modal>
    }
}

/// The templates to start from.
#[component]
fn Templates() -> AnyView {
    let (commands, ui, toasts, draft) = (commands(), ui(), toasts(), draft());
    let row = move |template: &'static Template| {
        let about = format!("Start from {}", template.title);
        view! {
            <li class="template">
                <button
                    class="btn line"
                    type="button"
                    aria-label=about
                    aria-describedby=template.name
                    on:click=move |_| {
                        ui.dialog.set(None);
                        match commands.template(template) {
                            Ok(()) => draft.show_latest(),
                            Err(error) => toasts.trouble("The template cannot be opened", &error.to_string()),
                        }
                    }
                >
                    {template.title}
                </button>
                <p class="t12 t2" id=template.name>{template.sentence}</p>
            </li>
        }
    };
    view! {
        <Modal which=Dialog::Templates title="New from template" actions=|| ()>
            <p>"A template takes the place of your scenario. Export a file first to keep yours."</p>
            <ul class="templates" aria-label="Templates">{TEMPLATES.iter().map(row).collect_view()}</ul>
        </Modal>
    }
}

/// The dialog that is open, if one is.
#[component]
pub fn Dialogs() -> AnyView {
    let (commands, ui, further) = (commands(), ui(), further());
    let shipped = Callback::new(move |()| commands.shipped());
    let empty = Callback::new(move |()| commands.empty_vpc());
    live(move || {
        let which = ui.dialog.get()?;
        Some(match which {
            Dialog::Shortcuts => view! { <Shortcuts/> },
            Dialog::Unopened => view! { <NotOpened/> },
            Dialog::Templates => view! { <Templates/> },
            Dialog::Modes => view! {
                <Modal which=Dialog::Modes title="Network modes" wide=true actions=|| ()>{further.part(|annex| (annex.modes)())}</Modal>
            },
            Dialog::Shipped => view! {
                <Ask
                    which=which
                    title="Start from the running task"
                    text="The shipped scenario takes the place of yours. Export a file first to keep yours."
                    verb="Start from the running task"
                    act=shipped
                />
            },
            Dialog::EmptyVpc => view! {
                <Ask
                    which=which
                    title="Start from an empty VPC"
                    text="An empty VPC takes the place of your scenario. Export a file first to keep yours."
                    verb="Start from an empty VPC"
                    act=empty
                />
            },
        })
    })
}
