//! The dividers between the regions: dragged, moved by arrow keys, and put back by a double click or Enter.

use crate::markup::view;
use crate::preferences::{Sizes, preferences};
use crate::signals::RwSignal;
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Pixels that an arrow key moves.
const STEP: i32 = 16;
/// The canvas keeps at least this width beside the panels.
const CANVAS: i32 = 480;

/// The panel that a divider sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The left panel.
    Left,
    /// The inspector.
    Right,
    /// The drawer.
    Drawer,
}

impl Side {
    const fn class(self) -> &'static str {
        match self {
            Self::Left => "divider upright d-left",
            Self::Right => "divider upright d-right",
            Self::Drawer => "divider level d-drawer",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Left => "Width of the editor",
            Self::Right => "Width of the inspector",
            Self::Drawer => "Height of the drawer",
        }
    }

    /// The id of the region it sizes.
    const fn region(self) -> &'static str {
        match self {
            Self::Left => "editor",
            Self::Right => "inspector",
            Self::Drawer => "drawer",
        }
    }

    /// The layout's own size, of a window so wide.
    fn standard(self, width: i32) -> i32 {
        match (self, width >= 1_600) {
            (Self::Left, true) => 400,
            (Self::Right, true) => 380,
            (Self::Drawer, true) => 240,
            (Self::Left | Self::Right, false) => 340,
            (Self::Drawer, false) => 196,
        }
    }

    /// The smallest and the largest size, in a window of this width and height.
    fn range(self, sizes: Sizes, width: i32, height: i32) -> (i32, i32) {
        let beside = |other: Self, own: Option<u32>| {
            let other = own.map_or_else(|| other.standard(width), u32::cast_signed);
            width - other - CANVAS
        };
        match self {
            Self::Left if width >= 1_280 => (280, beside(Self::Right, sizes.right).clamp(280, 560)),
            Self::Left => (280, (width - CANVAS).clamp(280, 560)),
            Self::Right => (300, beside(Self::Left, sizes.left).clamp(300, 480)),
            Self::Drawer => (96, (height * 3 / 5).max(96)),
        }
    }

    fn get(self, sizes: Sizes) -> Option<u32> {
        match self {
            Self::Left => sizes.left,
            Self::Right => sizes.right,
            Self::Drawer => sizes.drawer,
        }
    }

    fn set(self, sizes: &mut Sizes, to: Option<u32>) {
        match self {
            Self::Left => sizes.left = to,
            Self::Right => sizes.right = to,
            Self::Drawer => sizes.drawer = to,
        }
    }

    /// What the panel measures with its divider at a point of a window.
    fn measure(self, x: i32, y: i32, width: i32, height: i32) -> i32 {
        match self {
            Self::Left => x,
            Self::Right => width - x,
            Self::Drawer => height - y,
        }
    }

    /// What a key changes, in pixels.
    fn key(self, key: &str) -> Option<i32> {
        let grows = match (self, key) {
            (Self::Left, "ArrowRight") | (Self::Right, "ArrowLeft") | (Self::Drawer, "ArrowUp") => {
                true
            }
            (Self::Left, "ArrowLeft")
            | (Self::Right, "ArrowRight")
            | (Self::Drawer, "ArrowDown") => false,
            _ => return None,
        };
        Some(if grows { STEP } else { -STEP })
    }
}

/// Width and height of the window.
fn extent() -> (i32, i32) {
    let pixels = |value: Result<wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|v| v.as_f64()).unwrap_or_default() as i32
    };
    (
        pixels(window().inner_width()),
        pixels(window().inner_height()),
    )
}

/// A divider.
#[component]
pub fn Divider(
    /// The panel that it sizes.
    side: Side,
) -> AnyView {
    let preferences = preferences();
    let dragged = RwSignal::new(false);
    let pixels = move || {
        let own = side.get(preferences.sizes.get());
        own.map_or_else(|| side.standard(extent().0), u32::cast_signed)
    };
    let range = move || {
        let (width, height) = extent();
        side.range(preferences.sizes.get(), width, height)
    };
    let resize = move |to: i32| {
        let (least, most) = untrack(range);
        let to = to.clamp(least, most) as u32;
        preferences.sizes.update(|sizes| side.set(sizes, Some(to)));
    };
    let restore = move || {
        preferences.sizes.update(|sizes| side.set(sizes, None));
        preferences.keep();
    };
    let capture = move |event: PointerEvent| {
        let target: Option<Element> = event.current_target().and_then(|t| t.dyn_into().ok());
        if let Some(target) = target {
            // Without the capture the drag ends where the pointer leaves the divider.
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        dragged.set(true);
    };
    let drag = move |event: PointerEvent| {
        if dragged.get_untracked() {
            let (width, height) = extent();
            resize(side.measure(event.client_x(), event.client_y(), width, height));
        }
    };
    let release = move |_| {
        if dragged.get_untracked() {
            dragged.set(false);
            preferences.keep();
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            restore();
        } else if let Some(change) = side.key(&event.key()) {
            event.prevent_default();
            resize(untrack(pixels) + change);
            preferences.keep();
        }
    };
    view! {
        <div
            class=side.class()
            class:is-dragged=move || dragged.get()
            role="separator"
            tabindex="0"
            aria-label=side.label()
            aria-controls=side.region()
            aria-orientation=if side == Side::Drawer { "horizontal" } else { "vertical" }
            aria-valuenow=pixels
            aria-valuemin=move || range().0
            aria-valuemax=move || range().1
            on:pointerdown=capture
            on:pointermove=drag
            on:pointerup=release
            on:pointercancel=release
            on:dblclick=move |_| restore()
            on:keydown=on_key
        ></div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_leave_the_canvas_its_width() {
        let sizes = |left, right| Sizes {
            left,
            right,
            drawer: None,
        };
        for (side, sizes, width, range) in [
            (Side::Left, sizes(None, None), 1_440, (280, 560)),
            (Side::Left, sizes(None, None), 1_280, (280, 460)),
            (Side::Left, sizes(None, Some(480)), 1_280, (280, 320)),
            (Side::Left, sizes(None, None), 1_024, (280, 544)),
            (Side::Right, sizes(Some(560), None), 1_440, (300, 400)),
            (Side::Drawer, sizes(None, None), 1_440, (96, 540)),
        ] {
            assert_eq!(side.range(sizes, width, 900), range, "{side:?} at {width}");
        }
    }

    #[test]
    fn arrows_move_the_line_the_way_they_point() {
        for (side, key, change) in [
            (Side::Left, "ArrowRight", Some(16)),
            (Side::Right, "ArrowRight", Some(-16)),
            (Side::Drawer, "ArrowUp", Some(16)),
            (Side::Drawer, "ArrowLeft", None),
        ] {
            assert_eq!(side.key(key), change, "{side:?} {key}");
        }
    }
}
