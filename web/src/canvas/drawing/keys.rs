//! Keys of the tree that only the panels know: `[` and `]` walk the lines of the thing that has the focus, Enter follows the one
//! that is shown, `2` brings what is selected into view, Ctrl A takes what
//! lies beside too, Delete deletes, the menu key opens the menu, `X` traces, the space bar runs and pauses or, held, lets a drag pan, whatever tool is in the hand.

use super::super::camera::Camera;
use super::super::stage::{Item, Stage};
use super::super::tree;
use super::listener::Listener;
use super::{Drawing, menu, over, several};
use crate::commands::Command;
use crate::selection::{Selection, selected};
use fargate_session::scene::{Key, Rect};
use fargate_session::tools::{Deed, Target, Tool, ToolKey, deeds, deeds_of_all, ways};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// A line that is shown: of which thing, and its place among that thing's lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    from: Key,
    place: usize,
}

/// Listens to the tree's further keys until the canvas goes.
pub(super) fn listen(stage: Stage, drawing: Drawing) {
    let selected = selected();
    let listener = Listener::new("keydown", move |event: KeyboardEvent| {
        let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        let is_in = |place: &str| {
            let target = target.as_ref();
            target.is_some_and(|it| it.closest(place).ok().flatten().is_some())
        };
        let in_tree = is_in("#canvas [role=tree]");
        // A click on empty canvas leaves the focus on all of it, a tool has it on the glass.
        let in_picture =
            in_tree || is_in(".glass") || target.as_ref().is_some_and(|it| it.id() == "canvas");
        let control = event.ctrl_key() || event.meta_key();
        if in_tree && control && event.key() == "a" {
            event.prevent_default();
            several::select_siblings(stage, drawing);
        }
        let held = control || event.alt_key();
        if in_picture && !held && !event.shift_key() && event.key() == " " {
            // It acts when it is let go, unless a drag panned meanwhile.
            event.prevent_default();
            event.stop_propagation();
            if !event.repeat() {
                drawing.space.set(Some(false));
            }
            return;
        }
        if in_tree && !held && key(stage, drawing, selected.peek(), &event) {
            event.prevent_default();
        }
    });
    let released = Listener::new("keyup", move |event: KeyboardEvent| {
        let space = drawing.space.get_untracked();
        if event.key() == " " && space.is_some() {
            drawing.space.set(None);
            if space == Some(false) {
                if drawing.hand.with_untracked(Option::is_some) {
                    drawing.tell(stage, |hand, ground| hand.key(ground, ToolKey::Space));
                } else {
                    stage.commands().send(Command::Toggle);
                }
            }
        }
    });
    let kept = StoredValue::new_local(Some((listener, released)));
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
        "Escape" if drawing.several.with_untracked(|all| !all.is_empty()) => {
            drawing.several.set(Vec::new());
        }
        "Delete" => delete(stage, drawing),
        "2" => show(stage, selected),
        "E" if event.shift_key() => drawing.take(Tool::Resize, true),
        "x" | "X" => menu::trace_focus(stage, drawing),
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
    let lines = untrack(|| over(stage, drawing, |ground| ways(ground, &from)));
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
    let lines = untrack(|| over(stage, drawing, |ground| ways(ground, &shown.from)));
    forget(stage, drawing);
    if let Some(line) = lines.get(shown.place) {
        tree::focus(stage, &Item::Thing(line.to.clone()));
    }
}

/// The thing of the outline that is selected.
pub(super) fn key_of(selection: &Selection) -> Option<Key> {
    match selection {
        Selection::Task(id) => Some(Key::Task(id.clone())),
        Selection::Subnet(id) => Some(Key::Subnet(id.clone())),
        Selection::Vpc => Some(Key::Vpc),
        Selection::Gateway => Some(Key::Gateway),
        Selection::Internet => Some(Key::Internet),
        Selection::Tile(id) => Some(Key::Tile(id.clone())),
        Selection::Exit(id) => Some(Key::Exit(id.clone())),
        Selection::Group(_) | Selection::Flight(_) => None,
    }
}

/// Deletes or stops what is selected together, else what has the focus, where that can be done.
fn delete(stage: Stage, drawing: Drawing) {
    let Item::Thing(key) = stage.focus.get_untracked() else {
        return;
    };
    let several = drawing.several.get_untracked();
    let all = untrack(|| {
        over(stage, drawing, |ground| match several.as_slice() {
            [] => deeds(ground, &Target::Thing(key)),
            all => deeds_of_all(ground, all),
        })
    });
    let plan = all.into_iter().find_map(|deed| match deed {
        Deed::Delete(plan) => Some(plan),
        _ => None,
    });
    match plan {
        Some(plan) => drawing.carry_out(stage, &plan),
        None => drawing.announcer.say("Nothing here can be deleted."),
    }
}

/// Brings what is selected, else what has the focus, into the middle, as large as the canvas allows.
fn show(stage: Stage, selected: Option<Selection>) {
    let focus = match stage.focus.get_untracked() {
        Item::Thing(key) => Some(key),
        Item::Group(_) | Item::Flight(_) => None,
    };
    let part = match selected {
        Some(Selection::Group(id)) => stage.scene.with_untracked(|scene| {
            let parts = scene.frames.iter().filter(|frame| frame.group == id);
            parts
                .map(|frame| frame.rect)
                .reduce(|all, part| all.union(&part))
        }),
        selected => selected
            .and_then(|it| key_of(&it))
            .and_then(|key| rect(stage, &key)),
    };
    let part = part.or_else(|| focus.and_then(|key| rect(stage, &key)));
    if let Some(part) = part {
        let screen = stage.screen();
        stage.look(|_| Camera::framing(part.inset(-24.0), screen));
    }
}
