//! The popover of a draft: what a drawing cannot say, beside what was drawn.

use super::super::stage::{Stage, stage};
use super::group::AskGroup;
use super::moving::AskMove;
use super::resize::AskResize;
use super::route::AskRoute;
use super::rule::AskRule;
use super::subnet::AskSubnet;
use super::{Drawing, GLASS, drawing};
use crate::icons::{Glyph, Icon};
use crate::markup::{live, view};
use crate::refusal::RefusalNote;
use crate::signals::Memo;
use fargate_session::Plan;
use fargate_session::scene::{Point, Rect};
use fargate_session::tools::{Hand, Tool, ToolKey};
use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

/// The popover's width in pixels.
const WIDTH: f64 = 304.0;
/// Between the popover and what was drawn, and the edges of the canvas.
const GAP: f64 = 12.0;

/// The popover of the draft, while it asks something.
#[component]
pub fn Ask() -> AnyView {
    let drawing = drawing();
    let asking = Memo::new(move |_| {
        drawing
            .hand
            .with(|hand| hand.as_ref().filter(|hand| hand.asks()).map(Hand::tool))
    });
    live(move || match asking.get()? {
        Tool::Subnet => Some(view! { <AskSubnet/> }),
        Tool::Group => Some(view! { <AskGroup/> }),
        Tool::Rule => Some(view! { <AskRule/> }),
        Tool::Route => Some(view! { <AskRoute/> }),
        Tool::Move => Some(view! { <AskMove/> }),
        Tool::Resize => Some(view! { <AskResize/> }),
        Tool::Select | Tool::Task | Tool::Hand => None,
    })
}

/// Puts the focus on the button that does it, in a popover without fields.
pub(super) fn focus_button() {
    request_animation_frame(|| {
        let button = document().query_selector(".ask [type=submit]");
        if let Some(button) = button.ok().flatten() {
            let button: web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_into(button);
            // Without the focus the popover is still read where it is.
            let _ = button.focus();
        }
    });
}

/// Where the popover stands: beside what was drawn, where the canvas has room.
fn position(stage: Stage, drawing: Drawing) -> String {
    let anchor = drawing
        .ask(stage, |hand, ground| hand.sketch(ground).anchor())
        .flatten();
    let screen = stage.viewport.get();
    let camera = stage.camera.get();
    let anchor = anchor.unwrap_or(Rect::new(screen.width / 2.0, 64.0, 0.0, 0.0));
    let from = camera.on_screen(Point::new(anchor.x, anchor.y));
    let to = camera.on_screen(Point::new(anchor.right(), anchor.bottom()));
    let width = WIDTH.min(screen.width - 16.0);
    let most = (screen.width - width - 8.0).max(8.0);
    let left = if to.x + GAP <= most {
        to.x + GAP
    } else if from.x - GAP - width >= 8.0 {
        from.x - GAP - width
    } else {
        from.x + 32.0
    };
    let left = left.clamp(8.0, most);
    // as low as what was drawn begins; higher where the popover would not fit below (`.ask-place`)
    let below = if screen.compact {
        "100%".to_owned()
    } else {
        format!("{:.0}px", (from.y - GAP).max(0.0))
    };
    format!("left:{left:.0}px;width:{width:.0}px;--below:{below}")
}

/// What all popovers of drafts have: a head, the form, AWS's refusal, the button that does it and the one that gives up.
#[component]
pub fn AskForm(
    /// What is asked.
    #[prop(into)]
    title: crate::signals::Signal<String>,
    /// What the button says.
    #[prop(into)]
    button: crate::signals::Signal<String>,
    /// The plan, made when it is asked for; nothing where the form says what is wrong.
    plan: Callback<(), Option<Plan>>,
    /// The id of the field that takes the focus.
    #[prop(optional)]
    first: Option<&'static str>,
    /// The fields.
    children: Children,
) -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    if let Some(first) = first.filter(|_| !crate::browser::matches("(pointer: coarse)")) {
        request_animation_frame(move || crate::browser::focus(first));
    }
    let give_up = move || {
        crate::browser::focus(GLASS);
        drawing.tell(stage, |hand, ground| hand.key(ground, ToolKey::Escape));
    };
    let on_key = move |event: KeyboardEvent| {
        event.stop_propagation();
        if event.key() == "Escape" {
            event.prevent_default();
            give_up();
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(plan) = plan.run(()) {
            drawing.carry_out(stage, &plan);
        }
    };
    view! {
        <div class="ask-place" prop:style=move || position(stage, drawing)>
        <section class="pop ask" role="dialog" aria-label=move || title.get() on:keydown=on_key>
            <div class="pop-head">
                <h3 aria-level="2">{title}</h3>
            </div>
            <form class="ask-form" novalidate on:submit=submit>
                {children()}
                <RefusalNote refusal=drawing.refusal/>
                <div class="row">
                    <button type="submit" class="btn sm prim">{button}</button>
                    <button type="button" class="btn sm" on:click=move |_| give_up()>"Cancel"</button>
                </div>
            </form>
            <button class="btn icon ask-close" type="button" aria-label="Close" on:click=move |_| give_up()>
                <Glyph icon=Icon::Close class="i-14"/>
            </button>
        </section>
        </div>
    }
}
