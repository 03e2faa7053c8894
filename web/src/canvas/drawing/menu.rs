//! The menu of a thing: by a right click, a long press, the menu key or Shift F10.

use super::super::stage::{Item, Stage, stage};
use super::super::tree;
use super::{Drawing, SHOW_HIDDEN, drawing, over, press, task_of};
use crate::markup::{live, view};
use crate::signals::RwSignal;
use crate::ui::LeftTab;
use fargate_session::Session;
use fargate_session::scene::{Key, Point};
use fargate_session::tools::{
    Deed, Ground, Hand, Placed, ResizeHand, Target, Tool, calls_of, calls_of_standing,
    command_line, deeds, deeds_of_all,
};
use fargate_session::why::Subject;
use leptos::ev::{FocusEvent, KeyboardEvent, MouseEvent};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, Node};

/// The menu that is open: of what, and where in the canvas.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Open {
    item: Item,
    at: Point,
}

/// The menu's width, and the height of a line for a mouse and for a finger, in pixels.
const SIZE: (f64, f64, f64) = (176.0, 32.0, 44.0);

/// The element that an event is about.
pub(super) fn element_of(event: &Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn target(item: &Item) -> Option<Target> {
    match item {
        Item::Thing(key) => Some(Target::Thing(key.clone())),
        Item::Group(id) => Some(Target::Group(id.clone())),
        Item::Flight(_) => None,
    }
}

/// Opens the menu of the thing that has the focus, beside it.
pub(super) fn open_at_focus(stage: Stage, drawing: Drawing) {
    let item = stage.focus.get_untracked();
    let Item::Thing(key) = &item else { return };
    let rect = stage.scene.with_untracked(|scene| {
        let item = scene.outline.iter().find(|item| item.key == *key);
        item.map(|item| item.rect)
    });
    let corner = rect.map_or(Point::new(8.0, 8.0), |rect| {
        Point::new(rect.x + 24.0, rect.y + 24.0)
    });
    let at = stage.camera.get_untracked().on_screen(corner);
    open(stage, drawing, item, at);
}

/// Opens the menu of what lies under the pointer. Gives whether there is a thing.
pub(super) fn open_under(
    stage: Stage,
    drawing: Drawing,
    element: Option<Element>,
    (x, y): (i32, i32),
) -> bool {
    let Some(canvas) = element
        .as_ref()
        .and_then(|it| it.closest(".canvas").ok().flatten())
    else {
        return false;
    };
    let keyed = element.and_then(|it| it.closest("[data-key]").ok().flatten());
    let word = keyed.and_then(|keyed| keyed.get_attribute("data-key"));
    let Some(item) = word.and_then(|word| Item::read(&word)) else {
        return false;
    };
    let corner = canvas.get_bounding_client_rect();
    let at = Point::new(f64::from(x) - corner.left(), f64::from(y) - corner.top());
    open(stage, drawing, item, at);
    true
}

fn open(stage: Stage, drawing: Drawing, item: Item, at: Point) {
    if target(&item).is_none() {
        return;
    }
    if matches!(item, Item::Thing(_)) {
        stage.focus.set(item.clone());
    }
    drawing.menu.set(Some(Open { item, at }));
    request_animation_frame(|| focus_line(0));
}

/// Puts the focus on a line of the menu.
fn focus_line(place: usize) {
    if let Some(line) = crate::browser::by_id::<HtmlElement>(&format!("canvas-menu-{place}")) {
        // A line that is gone leaves the focus where it is.
        let _ = line.focus();
    }
}

/// The menu that is open, and what opens it.
#[component]
pub fn Menu() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    let asked = window_event_listener(leptos::ev::contextmenu, move |event: MouseEvent| {
        let element = element_of(&event);
        let at = (event.client_x(), event.client_y());
        // A long press may have opened it already.
        if press::is_one(drawing) || open_under(stage, drawing, element, at) {
            event.prevent_default();
        }
    });
    on_cleanup(move || asked.remove());
    press::hear(stage, drawing);
    live(move || drawing.menu.get().map(|open| lines(stage, drawing, &open)))
}

fn lines(stage: Stage, drawing: Drawing, open: &Open) -> Option<AnyView> {
    let target = target(&open.item)?;
    let several = drawing.several.get_untracked();
    let among = |key: &Key| several.contains(key);
    let all = matches!(&target, Target::Thing(key) if among(key));
    let list = untrack(|| {
        over(stage, drawing, |ground| {
            if all {
                deeds_of_all(ground, &several)
            } else {
                deeds(ground, &target)
            }
        })
    });
    let selected = if all { several.len() } else { 1 };
    let screen = stage.screen();
    let line = if crate::browser::matches("(pointer: coarse)") {
        SIZE.2
    } else {
        SIZE.1
    };
    // What does not fit is scrolled to.
    let height = (line * list.len() as f64 + 10.0).min(screen.h - 16.0);
    let left = open.at.x.clamp(8.0, (screen.w - SIZE.0 - 8.0).max(8.0));
    let top = open.at.y.clamp(8.0, (screen.h - height - 8.0).max(8.0));
    let style = format!(
        "left:{left:.0}px;top:{top:.0}px;width:{:.0}px;max-height:{height:.0}px",
        SIZE.0
    );
    let count = list.len();
    let place = NodeRef::<Div>::new();
    let item = open.item.clone();
    let close = {
        let item = item.clone();
        move || {
            drawing.menu.set(None);
            tree::focus_quietly(&item);
        }
    };
    let on_key = {
        let close = close.clone();
        move |event: KeyboardEvent| {
            event.stop_propagation();
            let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
            let here = target.and_then(|target| {
                target
                    .id()
                    .strip_prefix("canvas-menu-")?
                    .parse::<usize>()
                    .ok()
            });
            let here = here.unwrap_or(0);
            match event.key().as_str() {
                "Escape" | "Tab" => close(),
                "ArrowDown" => focus_line((here + 1) % count),
                "ArrowUp" => focus_line((here + count - 1) % count),
                "Home" => focus_line(0),
                "End" => focus_line(count - 1),
                _ => return,
            }
            event.prevent_default();
        }
    };
    let left_it = move |event: FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<Node>().ok());
        let within = place
            .get_untracked()
            .is_some_and(|place| place.contains(to.as_ref()));
        if !within && drawing.menu.try_get_untracked().flatten().is_some() {
            drawing.menu.set(None);
        }
    };
    let entries = list.into_iter().enumerate().map(|(number, deed)| {
        let words = deed.words(&target, selected);
        let danger = matches!(deed, Deed::Delete(_));
        let (target, item, close) = (target.clone(), item.clone(), close.clone());
        let deed = std::sync::Arc::new(deed);
        let act = move |_| {
            close();
            carry_out(stage, drawing, &target, &item, &deed);
        };
        view! {
            <button
                type="button"
                role="menuitem"
                class="menu-line"
                class:danger=danger
                id=format!("canvas-menu-{number}")
                tabindex="-1"
                on:click=act
            >
                {words}
            </button>
        }
    });
    let entries: Vec<_> = entries.collect();
    Some(view! {
        <div
            class="canvas-menu"
            role="menu"
            aria-label="What can be done here"
            prop:style=style
            node_ref=place
            on:keydown=on_key
            on:focusout=left_it
        >
            {entries}
        </div>
    })
}

fn carry_out(stage: Stage, drawing: Drawing, target: &Target, item: &Item, deed: &Deed) {
    match deed {
        Deed::Open => stage.select(item),
        Deed::Why => {
            if let Target::Thing(Key::Task(id) | Key::Container(id, _)) = target {
                drawing.why.ask(Subject::Task(id.clone()));
            }
        }
        Deed::DrawSubnet => drawing.take(Tool::Subnet, true),
        Deed::RunTask => {
            if let Target::Thing(Key::Subnet(id)) = target {
                drawing.run_form.show_in(id.clone());
            }
        }
        Deed::EditGroups => {
            drawing.take(Tool::Group, false);
            if let Target::Thing(key) = target {
                drawing.tell(stage, |hand, ground| match hand {
                    Hand::Group(hand) => {
                        let only = hand.picked.is_empty().then(|| task_of(key)).flatten();
                        hand.picked.extend(only);
                        hand.done(ground)
                    }
                    _ => fargate_session::tools::Turn::Stay,
                });
            }
        }
        Deed::CopyCli => copy(stage, drawing, target, |calls| {
            let lines: Vec<String> = calls.iter().map(command_line).collect();
            lines.join("\n")
        }),
        Deed::CopyJson => copy(stage, drawing, target, |calls| {
            let inputs: Vec<String> = calls
                .iter()
                .map(fargate_core::call::Call::input_json)
                .collect();
            match inputs.as_slice() {
                [one] => one.clone(),
                all => format!("[{}]", all.join(",")),
            }
        }),
        Deed::Trace => {
            if let Target::Thing(key) = target {
                trace(stage, drawing, key);
            }
        }
        Deed::MoveTo => drawing.take(Tool::Move, true),
        Deed::Remake(change) => {
            if let Target::Thing(Key::Subnet(id)) = target {
                drawing.take_up(Hand::Resize(ResizeHand::of(id.clone(), *change)));
            }
        }
        Deed::Place(placing) => match &placing.how {
            Ok(Placed::Done(plan)) => drawing.carry_out(stage, plan),
            Ok(Placed::Asked(form)) => {
                drawing.ui.open_left(LeftTab::Network);
                drawing.network.place(form.clone());
            }
            Err(why) => drawing.toasts.trouble(placing.words, why),
        },
        Deed::Hide => {
            if let Target::Thing(key) = target {
                drawing.hidden.update(|hidden| hidden.push(key.clone()));
                // What had the focus is gone; by the frame after the next the button is there.
                request_animation_frame(|| {
                    request_animation_frame(|| crate::browser::focus(SHOW_HIDDEN));
                });
                drawing
                    .announcer
                    .say("Hidden. It is still there; a button on the canvas shows it again.");
            }
        }
        Deed::Delete(plan) => drawing.carry_out(stage, plan),
    }
}

/// Asks who is reached from the thing that has the focus.
pub(super) fn trace_focus(stage: Stage, drawing: Drawing) {
    if let Item::Thing(key) = stage.focus.get_untracked() {
        trace(stage, drawing, &key);
    }
}

/// Opens the question 'Can A reach B?' with a thing as A.
fn trace(stage: Stage, drawing: Drawing, key: &Key) {
    let from = match key {
        Key::Internet => Some("internet".to_owned()),
        Key::Tile(id) => Some(id.to_string()),
        Key::Task(id) | Key::Container(id, _) => {
            let card = untrack(|| stage.cards().tasks.card(id));
            card.and_then(|card| card.interface.as_ref().map(|it| it.id.to_string()))
        }
        Key::Gateway | Key::Vpc | Key::Zone(_) | Key::Ghost(_) | Key::Subnet(_) | Key::Exit(_) => {
            None
        }
    };
    match from {
        Some(from) => {
            drawing.ui.open_left(LeftTab::Network);
            drawing.network.ask_from(from);
        }
        None => drawing
            .announcer
            .say("Nothing is sent from here. Choose a task, a tile or the Internet."),
    }
}

fn copy(
    stage: Stage,
    drawing: Drawing,
    target: &Target,
    text: fn(&[fargate_core::call::Call]) -> String,
) {
    let (done, standing) = stage.commands().ask_session(|session: &Session| {
        let scenario = session.scenario();
        let run = scenario.runs.get(scenario.current);
        let done = run.map(|run| run.entries.clone());
        let standing = calls_of_standing(session.world().network(), target);
        (done.unwrap_or_default(), standing)
    });
    let mut calls = untrack(|| {
        over(stage, drawing, |ground: Ground<'_>| {
            calls_of(ground, target, &done)
        })
    });
    calls.extend(standing);
    let announcer = drawing.announcer;
    crate::browser::copy(&text(&calls), move || announcer.say("Copied."));
}

/// Nothing is open.
pub(super) fn closed() -> RwSignal<Option<Open>> {
    RwSignal::new(None)
}
