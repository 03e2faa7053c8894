//! The focus outlasts what had it: where a redraw takes away the thing that has the focus, its successor gets it, or who opened the
//! form that is gone, or the part of the page that it stood in.

use leptos::ev;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};

/// What can have the focus.
const FOCUSABLE: &str = "button, a[href], input, select, textarea, summary, [tabindex=\"0\"]";
/// Parts of the page that take the focus of what they held.
const PART: &str = "[tabindex], form, section, aside, [role=region], [role=tabpanel]";
/// Screens on which the left panel lies over the canvas.
const OVER: &str = "(max-width: 1023.98px)";
/// Frames in which the code that took the thing away may find a better place.
const FRAMES: usize = 3;

/// What has, or had, the focus.
#[derive(Clone)]
struct Held {
    element: Element,
    /// What it is in, from the inside out.
    around: Vec<Element>,
    id: String,
    name: String,
}

#[derive(Default)]
struct Memory {
    held: Option<Held>,
    /// The form that the focus is in, and what had it before.
    form: Option<(Element, Option<Held>)>,
    /// What had the focus on the canvas before it left it; a form may have been opened from there.
    canvas: Option<Held>,
}

impl Held {
    fn new(element: Element) -> Self {
        let mut around = Vec::new();
        let mut at = element.parent_element();
        while let Some(parent) = at {
            at = parent.parent_element();
            around.push(parent);
        }
        let (id, name) = (element.id(), name(&element));
        Self {
            element,
            around,
            id,
            name,
        }
    }

    /// Whether it is on the canvas and panels lie over that.
    fn is_covered(&self) -> bool {
        crate::browser::matches(OVER)
            && self.element.closest("#canvas").is_ok_and(|it| it.is_some())
    }

    fn is_gone(&self) -> bool {
        !self.element.is_connected()
    }

    /// It, or what stands in its place now: the same id, else the same kind and name where it stood.
    fn now(&self) -> Option<HtmlElement> {
        if !self.is_gone() {
            return shown(self.element.clone());
        }
        let around = self.around()?;
        if !self.id.is_empty()
            && let Some(same) = crate::browser::by_id::<Element>(&self.id).and_then(shown)
        {
            return Some(same);
        }
        let all = around.query_selector_all(FOCUSABLE).ok()?;
        let all = (0..all.length()).filter_map(|place| all.item(place)?.dyn_into::<Element>().ok());
        let mut same =
            all.filter(|it| it.tag_name() == self.element.tag_name() && name(it) == self.name);
        same.find_map(shown)
    }

    /// The innermost of what it was in that is there yet, or again under the same id.
    fn around(&self) -> Option<Element> {
        self.around.iter().find_map(|it| {
            if it.is_connected() {
                return Some(it.clone());
            }
            let id = it.id();
            (!id.is_empty())
                .then(|| crate::browser::by_id(&id))
                .flatten()
        })
    }

    /// The button beside it that opens what it was in, and that is shut now.
    fn opener(&self) -> Option<HtmlElement> {
        let around = self.around()?;
        let button = around.query_selector("[aria-expanded=false]").ok()??;
        shown(button)
    }

    /// The part of the page that it stood in.
    fn part(&self) -> Option<HtmlElement> {
        let part: HtmlElement = self.around()?.closest(PART).ok()??.dyn_into().ok()?;
        if !part.has_attribute("tabindex") {
            part.set_tab_index(-1);
        }
        Some(part)
    }
}

/// Whether nothing has the focus.
fn is_lost() -> bool {
    let active = document().active_element();
    active.is_none_or(|element| element.tag_name() == "BODY")
}

/// How a thing is called.
fn name(element: &Element) -> String {
    if let Some(label) = element.get_attribute("aria-label") {
        return label;
    }
    let label = element.closest("label").ok().flatten();
    let text = label.as_ref().unwrap_or(element).text_content();
    text.unwrap_or_default().trim().to_owned()
}

/// The thing, if it is shown.
fn shown(element: Element) -> Option<HtmlElement> {
    let element: HtmlElement = element.dyn_into().ok()?;
    (element.offset_width() > 0).then_some(element)
}

impl Memory {
    fn entered(&mut self, element: Element) {
        let form = element.closest("form").ok().flatten();
        match (form, &self.form) {
            (Some(form), Some((same, _))) if *same == form => {}
            (Some(form), _) => {
                let before = self.held.take().or_else(|| self.canvas.take());
                let before = before.filter(|held| !form.contains(Some(&held.element)));
                self.form = Some((form, before));
            }
            (None, _) => self.form = None,
        }
        self.canvas = None;
        self.held = Some(Held::new(element));
    }

    /// Forgets what lost the focus by a click elsewhere.
    fn forget(&mut self) {
        if is_lost() {
            *self = Self::default();
        }
    }

    /// Where the focus belongs, if what had it is gone.
    fn place(&self) -> Option<HtmlElement> {
        let held = self.held.as_ref().filter(|held| held.is_gone())?;
        if !is_lost() {
            return None;
        }
        let opener = || {
            let (form, before) = self.form.as_ref()?;
            if form.is_connected() {
                return None;
            }
            let before = before.as_ref().filter(|it| !it.is_covered());
            before.and_then(Held::now).or_else(|| held.opener())
        };
        held.now().or_else(opener).or_else(|| held.part())
    }
}

/// Keeps the focus on the page from now on. The canvas keeps its own.
pub(super) fn keep() {
    let memory = Rc::new(RefCell::new(Memory::default()));
    let restore = {
        let memory = Rc::clone(&memory);
        move || {
            let place = memory.borrow().place();
            if let Some(place) = place {
                // What is shown takes the focus.
                let _ = place.focus();
            }
        }
    };
    let entered = {
        let memory = Rc::clone(&memory);
        move |event: ev::FocusEvent| {
            let Some(element) = element(event.target()) else {
                return;
            };
            let mut memory = memory.borrow_mut();
            let within = |selector: &str| element.closest(selector).ok().flatten().is_some();
            if within("#canvas, dialog") {
                *memory = Memory::default();
                if within("#canvas [role=treeitem]") {
                    memory.canvas = Some(Held::new(element));
                }
            } else {
                memory.entered(element);
            }
        }
    };
    let left = {
        let (restore, memory) = (restore.clone(), Rc::clone(&memory));
        move |event: ev::FocusEvent| {
            if event.related_target().is_some() {
                return;
            }
            let (restore, memory) = (restore.clone(), Rc::clone(&memory));
            after(FRAMES, move || {
                restore();
                // who let go of it has not lost it
                memory.borrow_mut().forget();
            });
        }
    };
    let handles = [
        window_event_listener(ev::focusin, entered),
        window_event_listener(ev::focusout, left),
        // not every browser tells that what had the focus was taken away
        window_event_listener(ev::keydown, move |_| restore()),
    ];
    on_cleanup(move || handles.into_iter().for_each(WindowListenerHandle::remove));
}

fn element(target: Option<EventTarget>) -> Option<Element> {
    target?.dyn_into().ok()
}

/// Does something after so many frames.
fn after(frames: usize, act: impl FnOnce() + 'static) {
    request_animation_frame(move || match frames {
        0 | 1 => act(),
        more => after(more - 1, act),
    });
}
