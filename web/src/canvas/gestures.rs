//! What pointers do to the picture: drag pans, two fingers and Ctrl with the wheel zoom, a click acts on the thing below.

use super::stage::{Item, Stage};
use crate::signals::StoredValue;
use fargate_session::scene::{Key, Point, Viewport};
use leptos::ev::{MouseEvent, PointerEvent, WheelEvent};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};

/// A pointer that moved less than this, in pixels, has clicked.
const SLOP: f64 = 4.0;

/// The pointers that are down.
#[derive(Clone, Debug, Default)]
struct Hand {
    pointers: Vec<(i32, Point)>,
    from: Point,
    dragged: bool,
}

/// What pointers do; one for the whole picture.
#[derive(Clone, Copy)]
pub(super) struct Gestures {
    stage: Stage,
    hand: StoredValue<Hand>,
}

/// Where a pointer is on the canvas.
fn at(event: &MouseEvent) -> Point {
    let canvas: Option<Element> = event
        .current_target()
        .and_then(|target| target.dyn_into().ok());
    let corner = canvas.map(|canvas| canvas.get_bounding_client_rect());
    let (left, top) = corner.map_or((0.0, 0.0), |rect| (rect.left(), rect.top()));
    Point::new(
        f64::from(event.client_x()) - left,
        f64::from(event.client_y()) - top,
    )
}

impl Gestures {
    pub(super) fn new(stage: Stage) -> Self {
        Self {
            stage,
            hand: StoredValue::new(Hand::default()),
        }
    }

    pub(super) fn down(self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        let at = at(event);
        self.hand.update_value(|hand| {
            if hand.pointers.is_empty() {
                hand.from = at;
                hand.dragged = false;
            }
            hand.pointers.push((event.pointer_id(), at));
        });
    }

    pub(super) fn moved(self, event: &PointerEvent) {
        let to = at(event);
        let id = event.pointer_id();
        let stage = self.stage;
        self.hand.update_value(|hand| {
            let Some(index) = hand.pointers.iter().position(|(known, _)| *known == id) else {
                return;
            };
            let Some((_, last)) = hand.pointers.get(index).copied() else {
                return;
            };
            if !hand.dragged && hand.from.distance(to) < SLOP {
                return;
            }
            if !hand.dragged {
                hand.dragged = true;
                let canvas: Option<Element> = event
                    .current_target()
                    .and_then(|target| target.dyn_into().ok());
                if let Some(canvas) = canvas {
                    // Without the capture the drag ends where the pointer leaves the canvas.
                    let _ = canvas.set_pointer_capture(id);
                }
            }
            let other = hand
                .pointers
                .iter()
                .find(|(known, _)| *known != id)
                .map(|other| other.1);
            match other {
                Some(other) => {
                    let factor = to.distance(other) / last.distance(other).max(1.0);
                    let half = Point::new((to.x - last.x) / 2.0, (to.y - last.y) / 2.0);
                    stage.look(|camera| camera.zoomed(factor, other).moved(half.x, half.y));
                }
                None => stage.look(|camera| camera.moved(to.x - last.x, to.y - last.y)),
            }
            if let Some(pointer) = hand.pointers.get_mut(index) {
                pointer.1 = to;
            }
        });
    }

    pub(super) fn up(self, event: &PointerEvent) {
        let id = event.pointer_id();
        self.hand
            .update_value(|hand| hand.pointers.retain(|(known, _)| *known != id));
    }

    pub(super) fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let at = at(event);
        // Lines and pages come from some mice; a line is about 16 pixels.
        let unit = if event.delta_mode() == 0 { 1.0 } else { 16.0 };
        let (x, y) = (event.delta_x() * unit, event.delta_y() * unit);
        if event.ctrl_key() || event.meta_key() {
            let factor = (-y / 300.0).clamp(-0.5, 0.5).exp();
            self.stage.look(|camera| camera.zoomed(factor, at));
        } else {
            self.stage.look(|camera| camera.moved(-x, -y));
        }
    }

    /// A click acts on the thing below, else takes the selection away.
    pub(super) fn click(self, event: &MouseEvent) {
        let dragged = self
            .hand
            .try_update_value(|hand| std::mem::take(&mut hand.dragged));
        if dragged == Some(true) {
            return;
        }
        let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        let keyed = target.and_then(|target| target.closest("[data-key]").ok().flatten());
        let word = keyed.and_then(|keyed| keyed.get_attribute("data-key"));
        let item = word.and_then(|word| Item::read(&word));
        let Some(item) = item else {
            self.stage
                .commands()
                .send(crate::commands::Command::Select(None));
            return;
        };
        match &item {
            Item::Thing(Key::Zone(_)) => {
                self.stage
                    .commands()
                    .send(crate::commands::Command::Select(None));
            }
            Item::Thing(_) | Item::Flight(_) | Item::Group(_) => {
                if !matches!(item, Item::Group(_)) {
                    super::tree::focus_quietly(&item);
                }
                self.stage.act(&item);
            }
        }
    }
}

/// Watches the size of an element for as long as it lives.
pub(super) struct SizeWatch {
    observer: ResizeObserver,
    _changed: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Keeps the stage's viewport at the size of an element.
    pub(super) fn new(element: &HtmlElement, stage: Stage) -> Option<Self> {
        let measured = element.clone();
        let measure = move || {
            let viewport = Viewport {
                width: f64::from(measured.client_width()),
                height: f64::from(measured.client_height()),
                compact: crate::browser::matches("(max-width: 767.98px)"),
                zone: None,
            };
            let shown = viewport.width > 0.0 && viewport.height > 0.0;
            if shown && stage.viewport.try_get_untracked() != Some(viewport) {
                stage.viewport.set(viewport);
            }
        };
        measure();
        let changed = Closure::<dyn FnMut()>::new(measure);
        let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _changed: changed,
        })
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
