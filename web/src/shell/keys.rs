//! The keys that act everywhere, and those that act while the canvas has the focus.

use crate::account::Speed;
use crate::canvas::drawing::{Drawing, drawing};
use crate::commands::{Command, Commands, commands};
use crate::drawer::why::{Why, why};
use crate::selection::{Selected, selected};
use crate::simulation::{Playback, playback};
use crate::ui::{Dialog, Region, Ui, ui};
use fargate_session::tools::Tool;
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    NextRegion,
    RegionBefore,
    Undo,
    Redo,
    Toggle,
    StepOn,
    StepBack,
    Faster,
    Slower,
    Shortcuts,
    Inspector,
    Drawer,
    Left,
    Why,
    Tool(Tool),
    Escape,
}

/// Where the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In a text that can be edited, which has its own undo.
    Text,
    /// On the canvas itself.
    Canvas,
    /// Anywhere else.
    Other,
}

/// A key with what is held beside it.
#[derive(Clone, Copy, Debug, Default)]
struct Key<'a> {
    name: &'a str,
    /// Ctrl, or Cmd on a Mac.
    control: bool,
    shift: bool,
    alt: bool,
}

/// What a key asks for at a place. Single letters act only on the canvas (WCAG 2.1.4).
fn asked(key: Key<'_>, place: Place) -> Option<Asked> {
    if key.name == "F6" {
        return Some(if key.shift {
            Asked::RegionBefore
        } else {
            Asked::NextRegion
        });
    }
    if key.alt {
        return None;
    }
    if key.control {
        return match (key.name, key.shift, place) {
            (_, _, Place::Text) => None,
            ("z", false, _) => Some(Asked::Undo),
            ("z" | "Z", true, _) | ("y", false, _) => Some(Asked::Redo),
            _ => None,
        };
    }
    match (key.name, place) {
        ("Escape", Place::Canvas | Place::Other) => Some(Asked::Escape),
        (" ", Place::Canvas) if !key.shift => Some(Asked::Toggle),
        (".", Place::Canvas) => Some(Asked::StepOn),
        (",", Place::Canvas) => Some(Asked::StepBack),
        (">", Place::Canvas) => Some(Asked::Faster),
        ("<", Place::Canvas) => Some(Asked::Slower),
        ("?", Place::Canvas) => Some(Asked::Shortcuts),
        ("i" | "I", Place::Canvas) => Some(Asked::Inspector),
        ("j" | "J", Place::Canvas) => Some(Asked::Drawer),
        ("b" | "B", Place::Canvas) => Some(Asked::Left),
        ("y" | "Y", Place::Canvas) => Some(Asked::Why),
        (letter, Place::Canvas) => Tool::of_letter(letter).map(Asked::Tool),
        _ => None,
    }
}

/// Listens to the keys of the whole page.
pub(crate) fn listen() {
    let (commands, playback, ui) = (commands(), playback(), ui());
    let drawing = drawing();
    let asking = (why(), selected());
    let handle = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        if event.default_prevented() || ui.dialog.get_untracked().is_some() {
            return;
        }
        let name = event.key();
        let key = Key {
            name: &name,
            control: event.ctrl_key() || event.meta_key(),
            shift: event.shift_key(),
            alt: event.alt_key(),
        };
        if let Some(asked) = asked(key, place(&event)) {
            if asked != Asked::Escape {
                event.prevent_default();
            }
            act(asked, commands, playback, ui, drawing, asking);
        }
    });
    on_cleanup(move || handle.remove());
    super::focus::keep();
}

fn act(
    asked: Asked,
    commands: Commands,
    playback: Playback,
    ui: Ui,
    drawing: Drawing,
    (why, selected): (Why, Selected),
) {
    let speed = playback.speed.get_untracked();
    match asked {
        Asked::NextRegion => cycle(true),
        Asked::RegionBefore => cycle(false),
        Asked::Undo => commands.send(Command::Undo),
        Asked::Redo => commands.send(Command::Redo),
        Asked::Toggle => commands.send(Command::Toggle),
        Asked::StepOn => commands.send(Command::StepOn),
        Asked::StepBack => commands.send(Command::StepBack),
        Asked::Faster => commands.send(Command::Speed(Speed::faster(speed))),
        Asked::Slower => commands.send(Command::Speed(Speed::slower(speed))),
        Asked::Shortcuts => ui.dialog.set(Some(Dialog::Shortcuts)),
        Asked::Inspector => ui.inspector_open.update(|open| *open = !*open),
        Asked::Drawer => ui.drawer_open.update(|open| *open = !*open),
        Asked::Left => ui.left_open.update(|open| *open = !*open),
        Asked::Why => why.ask_about(selected.peek().as_ref()),
        Asked::Tool(tool) => drawing.take(tool, true),
        Asked::Escape => {
            ui.left_open.set(false);
            ui.inspector_open.set(false);
        }
    }
}

fn place(event: &KeyboardEvent) -> Place {
    let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let Some(target) = target else {
        return Place::Other;
    };
    let within = |selector: &str| target.closest(selector).ok().flatten().is_some();
    if within("input, textarea, select, [contenteditable=true], .cm-editor") {
        Place::Text
    } else if within("#canvas") && !within("button, a, [role=dialog]") {
        Place::Canvas
    } else {
        Place::Other
    }
}

/// Puts the focus on a region: on what it names with `data-region-focus`, else on itself.
pub fn enter(region: Region) -> bool {
    let Some(element) = crate::browser::by_id::<HtmlElement>(region.id()) else {
        return false;
    };
    let named = element.query_selector("[data-region-focus], svg[tabindex]");
    let named: Option<Element> = named.ok().flatten();
    let focused = match named.as_ref().map(JsCast::dyn_ref::<web_sys::SvgElement>) {
        Some(Some(svg)) => svg.focus(),
        Some(None) => named.map_or(Ok(()), |named| {
            named.unchecked_into::<HtmlElement>().focus()
        }),
        None => element.focus(),
    };
    // A region that is not shown does not take the focus.
    focused.is_ok()
        && document()
            .active_element()
            .is_some_and(|active| element.contains(Some(&active)))
}

/// On to the next region that is shown, or back to the one before.
fn cycle(on: bool) {
    let active = document().active_element();
    let here = Region::ALL.iter().position(|region| {
        let element = crate::browser::by_id::<Element>(region.id());
        element.is_some_and(|element| element.contains(active.as_deref()))
    });
    let regions = Region::ALL.len();
    let mut at = here.unwrap_or(if on { regions - 1 } else { 0 });
    for _ in 0..regions {
        at = (at + if on { 1 } else { regions - 1 }) % regions;
        if Region::ALL.get(at).is_some_and(|region| enter(*region)) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_act_where_they_should() {
        let plain = |name| Key {
            name,
            ..Key::default()
        };
        let control = |name, shift| Key {
            name,
            control: true,
            shift,
            alt: false,
        };
        for (key, place, expected) in [
            (plain(" "), Place::Canvas, Some(Asked::Toggle)),
            (plain(" "), Place::Other, None),
            (plain("."), Place::Canvas, Some(Asked::StepOn)),
            (plain("."), Place::Text, None),
            (plain("?"), Place::Other, None),
            (plain("F6"), Place::Text, Some(Asked::NextRegion)),
            (control("z", false), Place::Other, Some(Asked::Undo)),
            (control("Z", true), Place::Canvas, Some(Asked::Redo)),
            (control("z", false), Place::Text, None),
            (plain("z"), Place::Canvas, None),
            (plain("y"), Place::Canvas, Some(Asked::Why)),
            (plain("y"), Place::Text, None),
            (plain("s"), Place::Canvas, Some(Asked::Tool(Tool::Subnet))),
            (plain("s"), Place::Text, None),
            (plain("s"), Place::Other, None),
        ] {
            assert_eq!(asked(key, place), expected, "{key:?} at {place:?}");
        }
    }
}
