//! Several things selected: with Shift and a click, by a frame drawn on empty canvas with the mouse, or with Ctrl A.

use super::super::draw::{boxed, words};
use super::super::stage::{Item, Stage, stage};
use super::super::tree;
use super::glass::pan_at_edge;
use super::keys::key_of;
use super::listener::Listener;
use super::{Drawing, drawing, over};
use crate::markup::{live, view};
use crate::selection::selected;
use crate::signals::StoredValue;
use fargate_core::ids::{SubnetId, TaskId};
use fargate_session::scene::text::{Face, width};
use fargate_session::scene::{Key, OutlineItem, Point, Rect, Slot, TaskBox};
use fargate_session::tools::{
    Deed, Hand as ToolHand, MoveHand, ResizeHand, Target, Tool, deeds, edge, siblings, touched,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent, PointerEvent};

/// A pointer that moved less than this, in points of the picture, has clicked.
const SLOP: f64 = 4.0;

/// What a drag takes hold of.
#[derive(Clone, Debug)]
enum Grip {
    /// A task's card.
    Task(TaskId),
    /// The lower edge of a subnet.
    Edge(SubnetId),
}

/// A frame that is being drawn, or what a drag took hold of.
#[derive(Clone, Debug, Default)]
struct Hand {
    from: Option<Point>,
    /// A frame was drawn, so the click at its end is none.
    framed: bool,
    grip: Option<Grip>,
    /// Whether the drag has begun, and a tool follows it.
    drags: bool,
}

/// The picture below an event, if it is the canvas' own.
fn picture(event: &Event) -> Option<(Element, Option<String>)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let svg = target.closest(".canvas > svg").ok().flatten()?;
    let keyed = target.closest("[data-key]").ok().flatten();
    Some((svg, keyed.and_then(|keyed| keyed.get_attribute("data-key"))))
}

fn at(stage: Stage, svg: &Element, event: &MouseEvent) -> Point {
    let corner = svg.get_bounding_client_rect();
    let x = f64::from(event.client_x()) - corner.left();
    let y = f64::from(event.client_y()) - corner.top();
    stage.camera.get_untracked().in_picture(Point::new(x, y))
}

/// The box between two corners.
fn frame(from: Point, to: Point) -> Rect {
    let (x, y) = (from.x.min(to.x), from.y.min(to.y));
    Rect::new(x, y, (from.x - to.x).abs(), (from.y - to.y).abs())
}

/// Selects several things; one is selected as ever.
fn select(stage: Stage, drawing: Drawing, keys: Vec<Key>) {
    match keys.as_slice() {
        [] => {}
        [only] => stage.select(&Item::Thing(only.clone())),
        // The keys go on from here.
        [first, ..] => tree::focus_quietly(&Item::Thing(first.clone())),
    }
    drawing.announcer.say(match keys.len() {
        0 => "Nothing is selected.".to_owned(),
        1 => "1 selected.".to_owned(),
        count => format!("{count} selected."),
    });
    drawing
        .several
        .set(if keys.len() > 1 { keys } else { Vec::new() });
}

/// The thing that has the focus and those beside it.
pub(super) fn select_siblings(stage: Stage, drawing: Drawing) {
    if let Item::Thing(key) = stage.focus.get_untracked() {
        let all = untrack(|| over(stage, drawing, |ground| siblings(ground, &key)));
        select(stage, drawing, all);
    }
}

impl Grip {
    /// The tool that follows the drag.
    fn hand(&self) -> ToolHand {
        match self {
            Self::Task(id) => ToolHand::Move(MoveHand::of(id.clone())),
            Self::Edge(id) => ToolHand::Resize(ResizeHand::at_edge(id.clone())),
        }
    }
}

/// What a drag at a point takes hold of: the lower edge of a subnet, or a task that lives.
fn grip(stage: Stage, drawing: Drawing, word: Option<&str>, at: Point) -> Option<Grip> {
    let key = word.and_then(Key::read);
    over(stage, drawing, |ground| match key {
        Some(Key::Task(id)) => {
            let lives = deeds(ground, &Target::Thing(Key::Task(id.clone())));
            let lives = lives.iter().any(|deed| matches!(deed, Deed::MoveTo));
            lives.then_some(Grip::Task(id))
        }
        Some(Key::Subnet(_) | Key::Zone(_)) => edge(ground.scene, at).map(Grip::Edge),
        _ => None,
    })
}

/// Shows by the pointer where the lower edge of a subnet can be taken hold of.
fn show_edge(stage: Stage, event: &PointerEvent) {
    let Some((svg, word)) = picture(event) else {
        return;
    };
    let place = word.is_some_and(|word| word.starts_with("subnet_") || word.starts_with("zone_"));
    let at = at(stage, &svg, event);
    let near = place
        && stage
            .scene
            .with_untracked(|scene| edge(scene, at).is_some());
    // A pointer of another shape is a help, not more.
    let _ = svg.class_list().toggle_with_force("at-edge", near);
}

/// Where a pointer is on the picture, whatever lies over it.
fn on_canvas(stage: Stage, event: &MouseEvent) -> Option<Point> {
    let svg = document().query_selector(".canvas > svg").ok().flatten()?;
    Some(at(stage, &svg, event))
}

/// Hears the mouse before the picture does, while the tool that selects is in the hand.
fn listen(stage: Stage, drawing: Drawing) {
    let hand = StoredValue::new(Hand::default());
    let selected = selected();
    let selects = move || drawing.taken.get_untracked().0 == Tool::Select;
    let down = Listener::new("pointerdown", move |event: PointerEvent| {
        let Some((svg, word)) = picture(&event).filter(|_| selects()) else {
            return;
        };
        if drawing.space.get_untracked().is_some() {
            // With the space bar held a drag pans, wherever it begins.
            drawing.space.set(Some(true));
            return;
        }
        hand.set_value(Hand::default());
        let mouse = event.button() == 0 && event.pointer_type() == "mouse" && !event.shift_key();
        let from = at(stage, &svg, &event);
        let grip = untrack(|| grip(stage, drawing, word.as_deref(), from)).filter(|_| mouse);
        if grip.is_some() {
            hand.set_value(Hand {
                from: Some(from),
                grip,
                ..Hand::default()
            });
            event.stop_propagation();
            return;
        }
        let empty = word.is_none_or(|word| word == "vpc" || word.starts_with("zone_"));
        if empty && event.button() == 0 && event.pointer_type() == "mouse" {
            hand.set_value(Hand {
                from: Some(from),
                ..Hand::default()
            });
            event.stop_propagation();
        }
    });
    let moved = Listener::new("pointermove", move |event: PointerEvent| {
        let Some(from) = hand.get_value().from else {
            if selects() {
                show_edge(stage, &event);
            }
            return;
        };
        let held = hand.get_value();
        if let Some(grip) = held.grip {
            let Some(to) = on_canvas(stage, &event) else {
                return;
            };
            if !held.drags && from.distance(to) > SLOP {
                hand.update_value(|hand| hand.drags = true);
                drawing.take_up(grip.hand());
                drawing.tell(stage, |hand, ground| hand.down(ground, from));
            }
            if hand.get_value().drags {
                drawing.tell(stage, |hand, ground| hand.moved(ground, to));
                pan_at_edge(stage, to);
            }
            event.stop_propagation();
            return;
        }
        let Some((svg, _)) = picture(&event) else {
            return;
        };
        let to = at(stage, &svg, &event);
        if from.distance(to) > SLOP || drawing.frame.get_untracked().is_some() {
            drawing.frame.set(Some(frame(from, to)));
            pan_at_edge(stage, to);
        }
    });
    let up = Listener::new("pointerup", move |event: PointerEvent| {
        let held = hand.get_value();
        if let Some(grip) = held.grip {
            hand.set_value(Hand {
                framed: held.drags || matches!(grip, Grip::Edge(_)),
                ..Hand::default()
            });
            let to = on_canvas(stage, &event);
            if let Some(to) = to.filter(|_| held.drags) {
                event.stop_propagation();
                drawing.tell(stage, |hand, ground| hand.up(ground, to));
                let asks = drawing
                    .hand
                    .with_untracked(|hand| hand.as_ref().is_some_and(ToolHand::asks));
                if !asks {
                    drawing.put_down(stage);
                }
            } else if let Grip::Edge(id) = grip {
                drawing.take_up(ToolHand::Resize(ResizeHand::of(id, None)));
            }
            return;
        }
        let drawn = hand
            .get_value()
            .from
            .and_then(|_| drawing.frame.get_untracked());
        hand.set_value(Hand {
            framed: drawn.is_some(),
            ..Hand::default()
        });
        if let Some(drawn) = drawn {
            drawing.frame.set(None);
            let keys = untrack(|| over(stage, drawing, |ground| touched(ground, drawn)));
            select(stage, drawing, keys);
        }
    });
    // Escape, or the system, takes back what a drag began; the click at its end is none.
    let give_up = move || {
        let held = hand.get_value();
        let drags = held.drags || drawing.frame.get_untracked().is_some();
        if drags {
            hand.set_value(Hand {
                framed: true,
                ..Hand::default()
            });
            drawing.frame.set(None);
        }
        if held.drags {
            drawing.put_down(stage);
        }
        if drags {
            drawing.announcer.say("Given up. Nothing is changed.");
        }
        drags
    };
    let escape = Listener::new("keydown", move |event: KeyboardEvent| {
        if event.key() == "Escape" && give_up() {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    let cancelled = Listener::new("pointercancel", move |_: PointerEvent| {
        give_up();
    });
    let click = Listener::new("click", move |event: MouseEvent| {
        let Some((_, word)) = picture(&event).filter(|_| selects()) else {
            return;
        };
        if hand.get_value().framed {
            hand.set_value(Hand::default());
            event.stop_propagation();
            return;
        }
        let key = word.as_deref().and_then(Key::read);
        let key = key.filter(|key| matches!(key, Key::Task(_) | Key::Subnet(_)));
        match key.filter(|_| event.shift_key()) {
            Some(key) => {
                event.stop_propagation();
                let mut keys = drawing.several.get_untracked();
                if keys.is_empty()
                    && let Some(first) = selected.peek().as_ref().and_then(key_of)
                    && matches!(first, Key::Task(_) | Key::Subnet(_))
                {
                    keys.push(first);
                }
                let before = keys.len();
                keys.retain(|other| *other != key);
                if keys.len() == before {
                    keys.push(key);
                }
                select(stage, drawing, keys);
            }
            None => drawing.several.set(Vec::new()),
        }
    });
    let kept =
        leptos::prelude::StoredValue::new_local(vec![down, moved, up, escape, cancelled, click]);
    on_cleanup(move || {
        kept.try_update_value(Vec::clear);
    });
}

/// The rings around what is selected together, with their number, and the frame that is being drawn.
#[component]
pub fn Several() -> AnyView {
    let (stage, drawing) = (stage(), drawing());
    listen(stage, drawing);
    let rings = move || {
        let keys = drawing.several.get();
        let rects: Vec<Rect> = stage.scene.with(|scene| {
            let drawn = scene.outline.iter().filter(|item| keys.contains(&item.key));
            let whole = |item: &OutlineItem| match &item.key {
                Key::Task(id) => scene.tasks.get(id).map_or(item.rect, TaskBox::outer),
                _ => item.rect,
            };
            drawn.map(|item| whole(item).inset(-4.0)).collect()
        });
        let badge = rects.last().map(|last| {
            let count = rects.len().to_string();
            let wide = width(&count, Face::Strong) + 14.0;
            let chip = Rect::new(last.right() - 8.0, last.y - 9.0, wide, 18.0);
            let slot = Slot::start(chip.x + 7.0, chip.y + 13.5, wide);
            view! { {boxed(chip, 9.0, "draft-tag")}{words(slot, &count, Face::Strong, "s draft-tag-t")} }
        });
        let rings: Vec<_> = rects
            .iter()
            .map(|rect| boxed(*rect, 10.0, "sel-ring"))
            .collect();
        let frame = drawing
            .frame
            .get()
            .map(|rect| boxed(rect, 2.0, "draft-lasso"));
        view! { {rings}{badge}{frame} }
    };
    view! {
        <svg class="several" aria-hidden="true">
            <g transform=move || stage.camera.get().transform()>{live(rings)}</g>
        </svg>
    }
}
