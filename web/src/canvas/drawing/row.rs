//! The row of tools. It is one tab stop; arrows go from tool to tool.

use super::super::stage::stage;
use super::drawing;
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, view};
use crate::signals::Memo;
use fargate_session::tools::Tool;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A tool's picture.
const fn icon(tool: Tool) -> Icon {
    match tool {
        Tool::Select => Icon::Cursor,
        Tool::Subnet | Tool::Resize => Icon::Subnet,
        Tool::Group => Icon::Shield,
        Tool::Rule => Icon::Rule,
        Tool::Route => Icon::Route,
        Tool::Task => Icon::Task,
        Tool::Hand | Tool::Move => Icon::Hand,
    }
}

/// What an arrow does in the row: the focus goes to the tool beside, round the ends.
fn beside(event: &KeyboardEvent) {
    let all = Tool::ROW.len();
    let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let here = target.and_then(|target| target.id().strip_prefix("tool-")?.parse::<usize>().ok());
    let Some(here) = here else { return };
    let next = match event.key().as_str() {
        "ArrowRight" => (here + 1) % all,
        "ArrowLeft" => (here + all - 1) % all,
        "Home" => 0,
        "End" => all - 1,
        _ => return,
    };
    event.prevent_default();
    if let Some(button) = crate::browser::by_id::<HtmlElement>(&format!("tool-{next}")) {
        // A tool that is not shown leaves the focus where it is.
        let _ = button.focus();
    }
}

/// The row of tools.
#[component]
pub fn ToolRow() -> AnyView {
    let drawing = drawing();
    let in_hand = Memo::new(move |_| drawing.tool());
    let button = move |(place, tool): (usize, Tool)| {
        let is_taken = move || in_hand.get() == tool;
        let take = move |event: MouseEvent| {
            // A click without a pointer is a key's.
            drawing.take(tool, event.detail() == 0);
        };
        view! {
            <button
                class="btn tool"
                type="button"
                id=format!("tool-{place}")
                title=format!("{}, key {}", tool.name(), tool.letter())
                tabindex=move || if is_taken() { "0" } else { "-1" }
                aria-pressed=move || is_taken().to_string()
                aria-keyshortcuts=tool.letter().to_string()
                on:click=take
            >
                <Glyph icon=icon(tool)/>
                <span class="tool-name">{tool.name()}</span>
            </button>
        }
    };
    view! {
        <span class="tool-set" role="group" aria-label="Drawing tools" on:keydown=move |event| beside(&event)>
            {Tool::ROW.into_iter().enumerate().map(button).collect_view()}
        </span>
    }
}

/// On a phone, where the row has no room: the tools as a list of choices over the canvas.
#[component]
pub fn ToolChoice() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    let compact = Memo::new(move |_| stage.viewport.get().compact);
    let choose = move |event| {
        let name = event_target_value(&event);
        if let Some(tool) = Tool::ROW.into_iter().find(|tool| tool.name() == name) {
            drawing.take(tool, false);
        }
    };
    let options = move || {
        let now = drawing.tool();
        // One that begins at a thing is listed while it is in the hand.
        let more = (!Tool::ROW.contains(&now)).then_some(now);
        let options = Tool::ROW.into_iter().chain(more).map(|tool| {
            view! { <option value=tool.name() selected=tool == now>{tool.name()}</option> }
        });
        options.collect_view()
    };
    view! {
        <Show when=move || compact.get()>
            <select class="field tool-choice" aria-label="Tool" prop:value=move || drawing.tool().name() on:change=choose>{options}</select>
        </Show>
    }
}
