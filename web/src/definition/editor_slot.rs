//! The place of the code editor: a plain text area until the editor is there, or for good where it cannot be had.

use super::assist;
use super::draft::{Draft, draft};
use crate::commands::{Commands, commands};
use crate::editor::{Callbacks, Editor, Opening, load};
use crate::markup::{Show, view};
use crate::signals::signal;
use crate::ui::ui;
use leptos::ev::KeyboardEvent;
use leptos::html::{Div, Textarea};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The id of the words that say how to leave the text.
pub(crate) const HOW_TO_LEAVE: &str = "definition-how-to-leave";
/// What the text is called.
const LABEL: &str = "Task definition JSON";

/// How far the editor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It is not asked for: the panel was never open.
    Asleep,
    /// It is on its way.
    Loading,
    /// It is there.
    Ready,
    /// It cannot be had; the plain text area stays.
    Failed,
}

/// Whether an element can be seen: it has a size and its panel is open.
fn visible(element: &HtmlElement) -> bool {
    let style = window().get_computed_style(element).ok().flatten();
    let visibility = style.and_then(|style| style.get_property_value("visibility").ok());
    element.client_height() > 0 && visibility.as_deref() == Some("visible")
}

/// The place of the code editor.
#[component]
pub fn EditorSlot() -> AnyView {
    let (draft, commands, ui) = (draft(), commands(), ui());
    let (place, host) = (NodeRef::<Div>::new(), NodeRef::<Div>::new());
    let area = NodeRef::<Textarea>::new();
    let (stage, set_stage) = signal(Stage::Asleep);

    let open = move || {
        // Behind the form the editor is not seen, yet what the form changes is its to undo.
        let seen = place.try_get_untracked().flatten();
        let seen = seen.and_then(|place| {
            let panel = place.parent_element()?.dyn_into::<HtmlElement>().ok();
            let hidden = untrack(|| draft.in_form());
            if hidden { panel } else { Some(place.into()) }
        });
        let Some(element) = host.try_get_untracked().flatten() else {
            return;
        };
        if stage.get_untracked() != Stage::Asleep || !seen.is_some_and(|place| visible(&place)) {
            return;
        }
        set_stage.set(Stage::Loading);
        spawn_local(async move {
            let Some(bundle) = load().await else {
                set_stage.try_set(Stage::Failed);
                return;
            };
            if stage.try_get_untracked().is_none() {
                // The panel is gone.
                return;
            }
            let area = area.get_untracked().filter(is_focused);
            let caret = area.and_then(|area| area.selection_start().ok().flatten());
            let text = draft.text();
            let opening = Opening {
                text: &text,
                label: LABEL,
                described_by: HOW_TO_LEAVE,
                read_only: false,
            };
            let editor = Editor::open(
                &bundle,
                &element,
                &opening,
                Some(callbacks(draft, &commands)),
            );
            if let Some(caret) = caret {
                editor.reveal(caret, caret);
                editor.focus();
            }
            draft.attach(Some(Rc::new(editor)));
            untrack(|| draft.show_marks());
            set_stage.set(Stage::Ready);
        });
    };
    // The editor is fetched when the panel is first seen; these decide whether it is.
    Effect::new(move || {
        ui.left_tab.track();
        ui.left_open.track();
        ui.first_visit.track();
        ui.page.track();
        draft.writing.track();
        request_animation_frame(open);
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| open());
    on_cleanup(move || {
        resized.remove();
        draft.attach(None);
    });

    view! {
        <div class="def-editor" node_ref=place hidden=move || draft.in_form()>
            <div class="def-host" node_ref=host hidden=move || draft.shown_revision().is_some()></div>
            <Show when=move || draft.shown_revision().is_none() && stage.get() != Stage::Ready>
                <Plain area/>
            </Show>
            {move || draft.shown_revision().map(|name| view! { <super::revision::RevisionText name/> })}
            <p class="sr" role="status">
                {move || match stage.get() {
                    Stage::Failed => "The code editor could not be loaded. This plain one does the same.",
                    _ => "",
                }}
            </p>
        </div>
    }
}

/// The plain text area.
#[component]
fn Plain(area: NodeRef<Textarea>) -> AnyView {
    let (draft, commands) = (draft(), commands());
    let on_keydown = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            draft.register(&commands);
        }
    };
    view! {
        <textarea
            node_ref=area
            class="def-plain"
            aria-label=LABEL
            spellcheck="false"
            autocomplete="off"
            autocapitalize="off"
            prop:value=move || {
                draft.given.track();
                draft.text().to_string()
            }
            on:input=move |event| {
                draft.caret.set(caret_of(&event_target(&event)));
                draft.changed(&event_target_value(&event));
            }
            on:keyup=move |event| draft.caret.set(caret_of(&event_target(&event)))
            on:keydown=on_keydown
        ></textarea>
    }
}

fn is_focused(area: &web_sys::HtmlTextAreaElement) -> bool {
    let area: &web_sys::Element = area.as_ref();
    document().active_element().as_ref() == Some(area)
}

fn caret_of(area: &web_sys::HtmlTextAreaElement) -> u32 {
    area.selection_start().ok().flatten().unwrap_or_default()
}

fn callbacks(draft: Draft, commands: &Commands) -> Callbacks {
    let commands = *commands;
    Callbacks {
        on_change: Box::new(move |text, _| draft.changed(&text)),
        on_cursor: Box::new(move |at| draft.caret.set(at)),
        on_fix: Box::new(move |finding, fix| draft.fix(finding as usize, fix as usize)),
        on_register: Box::new(move || draft.register(&commands)),
        complete: Box::new(move |text, at, explicit| {
            assist::complete(&text, at, explicit, &draft.peek().context)
        }),
        hover: Box::new(move |text, at| assist::explain(&text, at, &draft.peek().context)),
    }
}
