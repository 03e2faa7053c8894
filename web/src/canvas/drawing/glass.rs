//! The glass over the picture while a tool is in the hand: it hears pointer and keys, and the draft is drawn on it.

use super::super::draw::{boxed, words};
use super::super::stage::{Stage, stage};
use super::ask::Ask;
use super::menu::Menu;
use super::row::ToolChoice;
use super::several::Several;
use super::{Drawing, GLASS, SHOW_HIDDEN, drawing, keys};
use crate::icons::{Glyph, Icon};
use crate::markup::{Show, live, view};
use crate::signals::{Memo, StoredValue};
use fargate_session::scene::text::{Face, width};
use fargate_session::scene::{Key, Point, Rect, Slot, path};
use fargate_session::tools::{Hand, Sketch, Tool, ToolKey};
use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Where a pointer is, in points of the picture.
fn at(stage: Stage, event: &MouseEvent) -> Point {
    let glass: Option<Element> = event
        .current_target()
        .and_then(|target| target.dyn_into().ok());
    let corner = glass.map(|glass| glass.get_bounding_client_rect());
    let (left, top) = corner.map_or((0.0, 0.0), |rect| (rect.left(), rect.top()));
    let on_screen = Point::new(
        f64::from(event.client_x()) - left,
        f64::from(event.client_y()) - top,
    );
    stage.camera.get_untracked().in_picture(on_screen)
}

/// While a drag is near the edge of the canvas, the picture comes toward it.
pub(super) fn pan_at_edge(stage: Stage, at: Point) {
    /// How near, and how far each move of the pointer pans, in pixels.
    const EDGE: (f64, f64) = (24.0, 12.0);
    let (at, screen) = (stage.camera.get_untracked().on_screen(at), stage.screen());
    let toward = |at: f64, to: f64| {
        if at < EDGE.0 {
            EDGE.1
        } else if at > to - EDGE.0 {
            -EDGE.1
        } else {
            0.0
        }
    };
    let (x, y) = (toward(at.x, screen.w), toward(at.y, screen.h));
    if x != 0.0 || y != 0.0 {
        stage.look(|camera| camera.moved(x, y));
    }
}

/// The key as tools know it; none while others are held.
fn tool_key(event: &KeyboardEvent) -> Option<ToolKey> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    Some(match event.key().as_str() {
        "ArrowLeft" => ToolKey::Left,
        "ArrowRight" => ToolKey::Right,
        "ArrowUp" => ToolKey::Up,
        "ArrowDown" => ToolKey::Down,
        "Enter" => ToolKey::Enter,
        " " => ToolKey::Space,
        "Escape" => ToolKey::Escape,
        _ => return None,
    })
}

/// The thing that has the focus in the tree, where the keys of a tool begin.
fn focused(stage: Stage) -> Option<Key> {
    match stage.focus.get_untracked() {
        super::super::stage::Item::Thing(key) => Some(key),
        super::super::stage::Item::Group(_) | super::super::stage::Item::Flight(_) => None,
    }
}

/// The glass, the draft on it, and the popover of the draft; nothing while no tool draws.
#[component]
pub fn Glass() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    keys::listen(stage, drawing);
    let drawn = Memo::new(move |_| drawing.hand.with(Option::is_some));
    Effect::new(move |_| {
        let (tool, by_key) = drawing.taken.get();
        if by_key && Hand::with(tool).is_some() {
            request_animation_frame(move || {
                crate::browser::focus(GLASS);
                let focus = focused(stage);
                drawing.tell(stage, |hand, ground| hand.begin(ground, focus.as_ref()));
            });
        }
    });
    view! {
        <ToolChoice/>
        <Several/>
        <Menu/>
        <Hidden/>
        <Show when=move || drawn.get()>
            <Pane/>
            <Ask/>
            <Hint/>
        </Show>
    }
}

/// Where something is hidden: the button that shows it again.
#[component]
fn Hidden() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    let count = Memo::new(move |_| {
        let (cards, hidden) = (stage.cards(), drawing.hidden.get());
        let there = hidden.iter().filter(|key| match key {
            Key::Subnet(id) => cards.subnets.card(id).is_some(),
            Key::Task(id) => cards.tasks.card(id).is_some(),
            Key::Tile(id) => cards.tiles.get().iter().any(|tile| tile.id == *id),
            _ => false,
        });
        there.count()
    });
    let any = Memo::new(move |_| count.get() > 0);
    view! {
        <Show when=move || any.get()>
            <button class="btn sm show-hidden" id=SHOW_HIDDEN type="button" on:click=move |_| drawing.show_hidden()>
                <Glyph icon=Icon::Eye class="i-14"/>
                {move || format!("Show {} hidden", count.get())}
            </button>
        </Show>
    }
}

#[component]
fn Pane() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    let sketch = Memo::new(move |_| drawing.ask(stage, Hand::sketch).unwrap_or_default());
    // Where a drag with the space bar held was last, in pixels of the screen.
    let pans = StoredValue::new(None::<Point>);
    let on_screen =
        |event: &PointerEvent| Point::new(f64::from(event.client_x()), f64::from(event.client_y()));
    let down = move |event: PointerEvent| {
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        if drawing.space.get_untracked().is_some() {
            drawing.space.set(Some(true));
            pans.set_value(Some(on_screen(&event)));
            return;
        }
        let glass: Option<Element> = event
            .current_target()
            .and_then(|target| target.dyn_into().ok());
        if let Some(glass) = glass {
            // Without the capture the drag ends where the pointer leaves the canvas.
            let _ = glass.set_pointer_capture(event.pointer_id());
        }
        let at = at(stage, &event);
        drawing.tell(stage, |hand, ground| hand.down(ground, at));
    };
    let moved = move |event: PointerEvent| {
        if let Some(from) = pans.get_value() {
            let to = on_screen(&event);
            pans.set_value(Some(to));
            stage.look(|camera| camera.moved(to.x - from.x, to.y - from.y));
        } else if event.is_primary() {
            let to = at(stage, &event);
            drawing.tell(stage, |hand, ground| hand.moved(ground, to));
            if event.buttons() & 1 == 1 {
                pan_at_edge(stage, to);
            }
        }
    };
    let up = move |event: PointerEvent| {
        if pans.get_value().is_some() {
            pans.set_value(None);
        } else if event.is_primary() {
            let at = at(stage, &event);
            drawing.tell(stage, |hand, ground| hand.up(ground, at));
        }
    };
    let cancelled = move |_: PointerEvent| {
        pans.set_value(None);
        drawing.tell(stage, |hand, ground| hand.key(ground, ToolKey::Escape));
    };
    let key = move |event: KeyboardEvent| {
        if let Some(key) = tool_key(&event) {
            event.prevent_default();
            drawing.tell(stage, |hand, ground| hand.key(ground, key));
        }
    };
    let wheel = move |event: WheelEvent| super::super::gestures::Gestures::new(stage).wheel(&event);
    view! {
        <p class="sr" id="tool-hint">{move || drawing.tool().how()}</p>
        <div
            class="glass"
            class:pans=move || drawing.space.get().is_some()
            id=GLASS
            tabindex="0"
            role="application"
            aria-label=move || format!("{} tool", drawing.tool().name())
            aria-describedby="tool-hint"
            data-tool=move || drawing.tool().name()
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=cancelled
            on:keydown=key
            on:wheel=wheel
        >
            <svg aria-hidden="true">
                <g transform=move || stage.camera.get().transform()>{live(move || draw(&sketch.get()))}</g>
            </svg>
        </div>
    }
}

/// The draft.
fn draw(sketch: &Sketch) -> AnyView {
    let ghost = sketch.ghost.as_ref().map(|(rect, label)| {
        view! { {boxed(*rect, 8.0, "draft-ghost")}{tag(*rect, label, "draft-tag", "draft-tag-t")} }
    });
    let refused = sketch.refused.map(|(rect, why)| {
        view! { {boxed(rect, 8.0, "draft-refused")}{tag(rect, why, "draft-no", "draft-no-t")} }
    });
    let chosen: Vec<_> = sketch
        .chosen
        .iter()
        .map(|rect| boxed(rect.inset(-4.0), 10.0, "sel-ring"))
        .collect();
    let aim = sketch
        .aim
        .map(|rect| boxed(rect.inset(-4.0), 10.0, "draft-aim"));
    let line = sketch.line.map(|(from, to)| {
        view! { <path class="draft-line" d=path([from, to])></path><circle class="draft-end" cx=to.x cy=to.y r="4"></circle> }
    });
    let lasso = (!sketch.lasso.is_empty()).then(|| {
        view! { <path class="draft-lasso" d=format!("{}Z", path(sketch.lasso.iter().copied()))></path> }
    });
    view! { {ghost}{refused}{chosen}{aim}{line}{lasso} }
}

/// A label in the middle of a box.
fn tag(rect: Rect, label: &str, class: &'static str, text: &'static str) -> AnyView {
    let wide = width(label, Face::Strong) + 20.0;
    let middle = rect.center();
    let chip = Rect::new(middle.x - wide / 2.0, middle.y - 12.0, wide, 24.0);
    let slot = Slot::start(chip.x + 10.0, chip.y + 16.5, wide);
    view! { {boxed(chip, 12.0, class)}{words(slot, label, Face::Strong, format!("s {text}"))} }
}

/// How the tool is used, and the buttons for those who point only; gone while a popover asks.
#[component]
fn Hint() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    let groups = move || drawing.tool() == Tool::Group;
    let asks = Memo::new(move |_| {
        drawing
            .hand
            .with(|hand| hand.as_ref().is_some_and(Hand::asks))
    });
    let picked = Memo::new(move |_| {
        drawing.hand.with(|hand| match hand {
            Some(Hand::Group(hand)) => hand.picked.len(),
            _ => 0,
        })
    });
    view! {
        <Show when=move || !asks.get()>
            <div class="tool-hint">
                <p class="t12 t2">{move || drawing.tool().how()}</p>
                <Show when=groups>
                    <button class="btn sm prim" type="button" on:click=move |_| done(stage, drawing)>
                        {move || format!("Done, {} picked", picked.get())}
                    </button>
                </Show>
                <button
                    class="btn icon"
                    type="button"
                    aria-label="Put the tool down"
                    on:click=move |_| drawing.put_down(stage)
                >
                    <Glyph icon=Icon::Close class="i-14"/>
                </button>
            </div>
        </Show>
    }
}

/// Nothing more is picked for a group.
fn done(stage: Stage, drawing: Drawing) {
    drawing.tell(stage, |hand, ground| hand.key(ground, ToolKey::Enter));
}
