//! What only a phone has: the grip of the sheet and the navigation at the bottom.

use crate::icons::{Glyph, Icon};
use crate::markup::view;
use crate::signals::StoredValue;
use crate::ui::{DrawerTab, LeftTab, Page, Stop, ui};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Pixels that the app bar takes from the sheet's room.
const BAR: f64 = 56.0;

/// The share of its room that the sheet takes with its upper edge at `y` of a window so high.
fn share(y: f64, height: f64) -> f64 {
    let room = (height - BAR).max(1.0);
    ((height - y - BAR) / room).clamp(0.0, 1.0)
}

/// The grip: dragged to a stop, or moved stop by stop with a click or the arrow keys.
#[component]
pub fn SheetGrip() -> AnyView {
    let ui = ui();
    let from = StoredValue::new(None::<i32>);
    let grab = move |event: PointerEvent| {
        let target: Option<Element> = event.current_target().and_then(|t| t.dyn_into().ok());
        if let Some(target) = target {
            // Without the capture the drag ends where the pointer leaves the grip.
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        from.set_value(Some(event.client_y()));
    };
    let release = move |event: PointerEvent| {
        let Some(began) = from.get_value() else {
            return;
        };
        from.set_value(None);
        if (event.client_y() - began).abs() < 8 {
            return;
        }
        let height = window().inner_height().ok().and_then(|h| h.as_f64());
        let share = share(f64::from(event.client_y()), height.unwrap_or_default());
        ui.sheet.set(Stop::nearest(share));
    };
    let on_key = move |event: KeyboardEvent| {
        let stop = ui.sheet.get_untracked();
        let to = match event.key().as_str() {
            "ArrowUp" => stop.up(),
            "ArrowDown" => stop.down(),
            _ => return,
        };
        event.prevent_default();
        ui.sheet.set(to);
    };
    let click = move |_| {
        ui.sheet.update(|stop| {
            *stop = match *stop {
                Stop::Low => Stop::Half,
                Stop::Half => Stop::High,
                Stop::High => Stop::Low,
            };
        });
    };
    view! {
        <button
            class="sheet-grip"
            type="button"
            aria-label=move || match ui.sheet.get() {
                Stop::Low => "Sheet: low. Raise it",
                Stop::Half => "Sheet: half. Raise it",
                Stop::High => "Sheet: high. Lower it",
            }
            on:pointerdown=grab
            on:pointerup=release
            on:pointercancel=move |_| from.set_value(None)
            on:keydown=on_key
            on:click=click
        ></button>
    }
}

/// The navigation at the bottom.
#[component]
pub fn BottomNav() -> AnyView {
    let ui = ui();
    let open = move |page| match page {
        Page::Define => ui.open_left(LeftTab::Definition),
        Page::Network => ui.open_left(LeftTab::Network),
        Page::Images => ui.open_left(LeftTab::Images),
        Page::Permissions => ui.open_left(LeftTab::Permissions),
        Page::Canvas => ui.show_page(Page::Canvas),
        Page::Time => ui.open_drawer(DrawerTab::Timeline),
    };
    let button = move |page, icon, label| {
        view! {
            <button
                type="button"
                aria-current=move || (ui.page.get() == page).then_some("page")
                on:click=move |_| open(page)
            >
                <Glyph icon=icon/>
                {label}
            </button>
        }
    };
    view! {
        <nav class="bottom-nav" aria-label="Pages">
            {button(Page::Define, Icon::Edit, "Define")}
            {button(Page::Network, Icon::Globe, "Network")}
            {button(Page::Images, Icon::Layers, "Images")}
            {button(Page::Permissions, Icon::Lock, "Access")}
            {button(Page::Canvas, Icon::Network, "Canvas")}
            {button(Page::Time, Icon::Clock, "Timeline")}
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_is_measured_between_the_bars() {
        for (y, stop) in [(760.0, Stop::Low), (400.0, Stop::Half), (80.0, Stop::High)] {
            assert_eq!(Stop::nearest(share(y, 844.0)), stop, "{y}");
        }
    }
}
