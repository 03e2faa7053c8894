//! Keys of the tree that only the panels know: `[` and `]` walk the lines of the thing that has the focus, Enter follows the one
//! that is shown, `2` brings what is selected into view, the menu key opens its menu.

use super::super::camera::Camera;
use super::super::stage::{Item, Stage};
use super::super::tree;
use super::{Drawing, menu, over};
use crate::selection::{Selection, selected};
use fargate_session::scene::{Key, Rect};
use fargate_session::tools::ways;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::Element;

/// A line that is shown: of which thing, and its place among that thing's lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    from: Key,
    place: usize,
}

/// Listens before the tree does, for as long as it lives.
struct Listener(Closure<dyn FnMut(KeyboardEvent)>);

impl Listener {
    fn new(heard: impl FnMut(KeyboardEvent) + 'static) -> Self {
        let closure = Closure::<dyn FnMut(KeyboardEvent)>::new(heard);
        let listener = closure.as_ref().unchecked_ref();
        // Every browser takes a listener; without it the keys do nothing.
        let _ = window().add_event_listener_with_callback_and_bool("keydown", listener, true);
        Self(closure)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let listener = self.0.as_ref().unchecked_ref();
        // What is not there need not be removed.
        let _ = window().remove_event_listener_with_callback_and_bool("keydown", listener, true);
    }
}

/// Listens to the tree's further keys until the canvas goes.
pub(super) fn listen(stage: Stage, drawing: Drawing) {
    let selected = selected();
    let listener = Listener::new(move |event: KeyboardEvent| {
        let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        let in_tree =
            target.is_some_and(|it| it.closest("#canvas [role=tree]").ok().flatten().is_some());
        let held = event.ctrl_key() || event.meta_key() || event.alt_key();
        if in_tree && !held && key(stage, drawing, selected.peek(), &event) {
            event.prevent_default();
        }
    });
    let kept = StoredValue::new_local(Some(listener));
    on_cleanup(move || {
        kept.try_update_value(Option::take);
    });
}

fn key(stage: Stage, drawing: Drawing, selected: Option<Selection>, event: &KeyboardEvent) -> bool {
    let name = event.key();
    let shown = drawing.line.get_untracked();
    match name.as_str() {
        "]" => walk(stage, drawing, true),
        "[" => walk(stage, drawing, false),
        "Enter" => match shown {
            Some(shown) if Item::Thing(shown.from.clone()) == stage.focus.get_untracked() => {
                follow(stage, drawing, &shown);
            }
            Some(_) | None => return false,
        },
        "Escape" if shown.is_some() => forget(stage, drawing),
        "2" => show(stage, selected),
        "ContextMenu" => menu::open_at_focus(stage, drawing),
        "F10" if event.shift_key() => menu::open_at_focus(stage, drawing),
        _ => {
            if shown.is_some() {
                forget(stage, drawing);
            }
            return false;
        }
    }
    true
}

fn forget(stage: Stage, drawing: Drawing) {
    drawing.line.set(None);
    stage.ring.set(None);
}

/// The box of a thing.
fn rect(stage: Stage, key: &Key) -> Option<Rect> {
    stage.scene.with_untracked(|scene| {
        let item = scene.outline.iter().find(|item| item.key == *key);
        item.map(|item| item.rect)
    })
}

/// On to the next line of the thing that has the focus, or back: its other end is ringed, and the line said.
fn walk(stage: Stage, drawing: Drawing, on: bool) {
    let Item::Thing(from) = stage.focus.get_untracked() else {
        return;
    };
    let lines = untrack(|| over(stage, |ground| ways(ground, &from)));
    let Some(last) = lines.len().checked_sub(1) else {
        drawing.announcer.say("No lines here.");
        return;
    };
    let before = drawing
        .line
        .get_untracked()
        .filter(|shown| shown.from == from);
    let place = match (before, on) {
        (None, true) => 0,
        (None, false) => last,
        (Some(shown), true) => (shown.place + 1) % (last + 1),
        (Some(shown), false) => (shown.place + last) % (last + 1),
    };
    if let Some(line) = lines.get(place) {
        stage.ring.set(rect(stage, &line.to));
        let of = format!("{} of {}", place + 1, last + 1);
        drawing
            .announcer
            .say(format!("{}. {of}. Enter follows.", line.words));
    }
    drawing.line.set(Some(Shown { from, place }));
}

/// Goes to the other end of the line that is shown.
fn follow(stage: Stage, drawing: Drawing, shown: &Shown) {
    let lines = untrack(|| over(stage, |ground| ways(ground, &shown.from)));
    forget(stage, drawing);
    if let Some(line) = lines.get(shown.place) {
        tree::focus(stage, &Item::Thing(line.to.clone()));
    }
}

/// Brings what is selected, else what has the focus, into the middle, as large as the canvas allows.
fn show(stage: Stage, selected: Option<Selection>) {
    let focus = match stage.focus.get_untracked() {
        Item::Thing(key) => Some(key),
        Item::Group(_) | Item::Flight(_) => None,
    };
    let part = match selected {
        Some(Selection::Task(id)) => rect(stage, &Key::Task(id)),
        Some(Selection::Subnet(id)) => rect(stage, &Key::Subnet(id)),
        Some(Selection::Vpc) => rect(stage, &Key::Vpc),
        Some(Selection::Gateway) => rect(stage, &Key::Gateway),
        Some(Selection::Internet) => rect(stage, &Key::Internet),
        Some(Selection::Group(id)) => stage.scene.with_untracked(|scene| {
            let parts = scene.frames.iter().filter(|frame| frame.group == id);
            parts
                .map(|frame| frame.rect)
                .reduce(|all, part| all.union(&part))
        }),
        Some(Selection::Flight(_)) | None => None,
    };
    let part = part.or_else(|| focus.and_then(|key| rect(stage, &key)));
    if let Some(part) = part {
        let screen = stage.screen();
        stage.look(|_| Camera::framing(part.inset(-24.0), screen));
    }
}
