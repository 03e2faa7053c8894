//! A long press: the menu of a thing by a finger that rests on it.

use super::super::stage::Stage;
use super::Drawing;
use super::listener::Listener;
use super::menu::{self, element_of};
use leptos::prelude::*;
use std::time::Duration;
use web_sys::{Event, MouseEvent, PointerEvent};

/// How long a finger rests on a thing until its menu opens.
const LONG_PRESS: Duration = Duration::from_millis(500);
/// A finger that moved more than this, in pixels, pans.
const STILL: i32 = 8;

/// A finger on the canvas.
#[derive(Clone, Debug, Default)]
pub(super) struct Press {
    /// The finger, and where it came down; `None` where it moved, was joined by another or is gone.
    resting: Option<(i32, (i32, i32))>,
    /// Tells apart the presses whose time is over.
    number: u32,
    /// It is a finger, not a mouse.
    touches: bool,
    /// It opened the menu, so that letting go is no click.
    opened: bool,
}

/// Whether the finger that is down, or was last, opened the menu.
fn opened(drawing: Drawing) -> bool {
    drawing.press.with_value(|press| press.opened)
}

/// Whether the menu that a browser asks for belongs to a press: it is open already, or opens now, and letting go is no click.
pub(super) fn is_one(drawing: Drawing) -> bool {
    let resting = drawing
        .press
        .with_value(|press| press.touches && press.resting.is_some());
    let before = opened(drawing);
    drawing.press.update_value(|press| press.opened |= resting);
    before
}

/// Opens the menu of a thing that a finger rests on. Not every browser makes a `contextmenu` of that.
pub(super) fn hear(stage: Stage, drawing: Drawing) {
    let press = drawing.press;
    let down = Listener::new("pointerdown", move |event: PointerEvent| {
        let at = (event.client_x(), event.client_y());
        press.update_value(|press| {
            press.number += 1;
            press.opened = false;
            press.touches = event.pointer_type() == "touch";
            // a second finger zooms
            press.resting = event.is_primary().then_some((event.pointer_id(), at));
        });
        if event.pointer_type() != "touch" || !event.is_primary() {
            return;
        }
        let number = press.with_value(|press| press.number);
        let element = element_of(&event);
        let on_picture = element
            .as_ref()
            .is_some_and(|it| it.closest(".canvas > svg").ok().flatten().is_some());
        if !on_picture {
            return;
        }
        set_timeout(
            move || {
                let rests = |press: &Press| press.number == number && press.resting.is_some();
                if press.try_get_value().is_some_and(|press| rests(&press))
                    && drawing.menu.with_untracked(Option::is_none)
                    && menu::open_under(stage, drawing, element, at)
                {
                    press.update_value(|press| press.opened = true);
                }
            },
            LONG_PRESS,
        );
    });
    let moved = Listener::new("pointermove", move |event: PointerEvent| {
        press.update_value(|press| {
            if let Some((id, (x, y))) = press.resting
                && id == event.pointer_id()
                && (event.client_x() - x)
                    .abs()
                    .max((event.client_y() - y).abs())
                    > STILL
            {
                press.resting = None;
            }
        });
    });
    let gone = move |_: PointerEvent| press.update_value(|press| press.resting = None);
    let (up, cancelled) = (
        Listener::new("pointerup", gone),
        Listener::new("pointercancel", gone),
    );
    // Else the browser makes clicks of a mouse of it, which take the focus from the menu.
    let lifted = Listener::new("touchend", move |event: Event| {
        if opened(drawing) {
            event.prevent_default();
        }
    });
    let click = Listener::new("click", move |event: MouseEvent| {
        let within = |selector| {
            element_of(&event).is_some_and(|it| it.closest(selector).ok().flatten().is_some())
        };
        if opened(drawing) && within(".canvas > svg") {
            press.update_value(|press| press.opened = false);
            event.stop_propagation();
            event.prevent_default();
        }
    });
    let kept =
        leptos::prelude::StoredValue::new_local(vec![down, moved, up, cancelled, lifted, click]);
    on_cleanup(move || {
        kept.try_update_value(Vec::clear);
    });
}
