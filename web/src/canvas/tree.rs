//! The tree: the picture as nested names, for screen readers and keys. It is one tab stop; the focus moves in it.

use super::popover::request_name;
use super::stage::{Item, Stage, stage};
use crate::markup::{For, view};
use crate::signals::{Memo, ReadSignal, gate};
use fargate_core::ids::SecurityGroupId;
use fargate_session::scene::{
    Direction, Key, OutlineItem, container_name, subnet_name, task_name, tile_name, vpc_name,
};
use fargate_session::view::FlightEnd;
use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::prelude::*;
use litemap::LiteMap;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The names of the security groups.
type GroupNames = LiteMap<SecurityGroupId, Arc<str>>;

/// A line of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    item: Item,
    level: usize,
    /// Its number among the lines of its parent, from 1, and how many they are.
    place: (usize, usize),
}

/// How deep the tree is: a container in a task in a subnet in a zone in a VPC.
const LEVELS: usize = 5;

/// The tree of everything on the canvas.
#[component]
pub fn Tree() -> AnyView {
    let stage = stage();
    let lines = gate(move || {
        let refused = stage.refused.get();
        stage.scene.with(|scene| lines(&scene.outline, &refused))
    });
    // A rule more or less renames no task that wears the group.
    let groups = gate(move || {
        let all = stage.cards().groups.all();
        let named = all
            .iter()
            .map(|it| (it.id.clone(), Arc::from(it.name.as_str())));
        named.collect::<GroupNames>()
    });
    // The first line takes the focus where the one that had it is gone.
    let active = Memo::new(move |_| {
        let focus = stage.focus.get();
        lines
            .with(|lines| {
                let there = lines.iter().any(|line| line.item == focus);
                let first = lines.first().map(|line| &line.item);
                first.filter(|_| !there).cloned()
            })
            .unwrap_or(focus)
    });
    let shown = move |event: FocusEvent| {
        let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        let by_key = target.is_some_and(|it| it.matches(":focus-visible").unwrap_or(false));
        stage.focus_shown.set(by_key);
    };
    view! {
        <div
            class="sr"
            role="tree"
            aria-label="Network canvas"
            on:focusin=shown
            on:focusout=move |_| stage.focus_shown.set(false)
        >
            <For each=move || lines.get() key=|line| line.item.to_string() children=move |line| entry(stage, lines, groups, active, line)/>
        </div>
    }
}

fn entry(
    stage: Stage,
    lines: ReadSignal<Vec<Line>>,
    groups: ReadSignal<GroupNames>,
    active: Memo<Item>,
    line: Line,
) -> AnyView {
    let level = line.level.to_string();
    let item = line.item;
    let place = {
        let item = item.clone();
        Memo::new(move |_| {
            lines.with(|lines| {
                lines
                    .iter()
                    .find(|line| line.item == item)
                    .map(|line| line.place)
            })
        })
    };
    let (named, mine, picked, focused) = (item.clone(), item.clone(), item.clone(), item.clone());
    let is_active = Memo::new(move |_| active.with(|active| *active == mine));
    view! {
        <div
            role="treeitem"
            id=item.element()
            aria-level=level
            aria-posinset=move || place.get().map(|place| place.0)
            aria-setsize=move || place.get().map(|place| place.1)
            aria-selected=move || if stage.is_selected(&picked) { "true" } else { "false" }
            tabindex=move || if is_active.get() { "0" } else { "-1" }
            data-region-focus=move || is_active.get().then_some("")
            on:focus=move |_| stage.focus.set(focused.clone())
        >
            {move || name(stage, groups, &named)}
        </div>
    }
}

fn lines(outline: &[OutlineItem], refused: &[(u64, FlightEnd)]) -> Vec<Line> {
    let things = outline
        .iter()
        .map(|item| (Item::Thing(item.key.clone()), item.level));
    let requests = refused.iter().map(|(id, _)| (Item::Flight(*id), 1));
    let line = |(item, level)| Line {
        item,
        level,
        place: (0, 0),
    };
    let mut lines: Vec<Line> = things.chain(requests).map(line).collect();
    // Each thing stands before what lies in it, so a level begins anew behind every line of a higher one.
    let mut counts = [0; LEVELS];
    for line in &mut lines {
        line.place.0 = count(&mut counts, line.level);
    }
    counts = [0; LEVELS];
    for line in lines.iter_mut().rev() {
        line.place.1 = line.place.0 + count(&mut counts, line.level) - 1;
    }
    lines
}

/// Counts one more of a level, in which nothing lies yet: from 1.
fn count(counts: &mut [usize; LEVELS], level: usize) -> usize {
    let mut inside = counts.iter_mut().skip(level.saturating_sub(1));
    let here = inside.next().map_or(1, |here| {
        *here += 1;
        *here
    });
    inside.for_each(|deeper| *deeper = 0);
    here
}

fn name(stage: Stage, groups: ReadSignal<GroupNames>, item: &Item) -> String {
    let cards = stage.cards();
    let zone = |index: &usize| cards.zones.with(|zones| zones.get(*index).cloned());
    match item {
        Item::Flight(id) => {
            let known = stage.refused.get();
            let end = known.iter().find(|(known, _)| known == id);
            request_name(end.map_or(FlightEnd::Denied, |(_, end)| *end)).to_owned()
        }
        Item::Group(id) => cards
            .groups
            .card(id)
            .map_or_else(String::new, |card| card.name.clone()),
        Item::Thing(Key::Internet) => "Internet".to_owned(),
        Item::Thing(Key::Gateway) => "Internet gateway".to_owned(),
        Item::Thing(Key::Vpc) => cards
            .vpc
            .get()
            .map_or_else(String::new, |vpc| vpc_name(&vpc)),
        Item::Thing(Key::Zone(index)) => {
            zone(index).map_or_else(String::new, |zone| format!("Zone {zone}"))
        }
        Item::Thing(Key::Ghost(index)) => {
            let zone = zone(index).unwrap_or_else(|| Arc::from(""));
            format!("Draw a subnet in {zone}. Enter makes it.")
        }
        Item::Thing(Key::Subnet(id)) => cards
            .subnets
            .card(id)
            .map_or_else(String::new, |card| subnet_name(&card)),
        Item::Thing(Key::Task(id)) => {
            let Some(task) = cards.tasks.card(id) else {
                return String::new();
            };
            let subnet = cards.subnets.card(&task.subnet);
            let subnet = subnet.map_or_else(|| task.subnet.to_string(), |card| card.name.clone());
            let worn: Vec<Arc<str>> = groups.with(|groups| {
                let worn = task.groups.iter().filter_map(|id| groups.get(id).cloned());
                worn.collect()
            });
            task_name(&task, &subnet, &worn)
        }
        Item::Thing(Key::Tile(id)) => {
            let tiles = cards.tiles.get();
            let tile = tiles.iter().find(|tile| tile.id == *id);
            tile.map_or_else(String::new, tile_name)
        }
        Item::Thing(Key::Exit(id)) => stage.scene.with(|scene| {
            let exit = scene.exits.iter().find(|exit| exit.exit.id == *id);
            exit.map_or_else(String::new, |exit| exit.exit.words())
        }),
        Item::Thing(Key::Container(id, index)) => cards
            .tasks
            .card(id)
            .and_then(|task| task.containers.get(*index).map(container_name))
            .unwrap_or_default(),
    }
}

/// What a key does while the canvas has the focus. Gives whether it did anything.
pub(super) fn key(stage: Stage, event: &KeyboardEvent) -> bool {
    let (name, alt) = (event.key(), event.alt_key());
    if event.ctrl_key() || event.meta_key() {
        return false;
    }
    let direction = match name.as_str() {
        "ArrowLeft" => Some(Direction::Left),
        "ArrowRight" => Some(Direction::Right),
        "ArrowUp" => Some(Direction::Up),
        "ArrowDown" => Some(Direction::Down),
        _ => None,
    };
    match (direction, name.as_str()) {
        (Some(direction), _) if alt => pan(stage, direction),
        (Some(direction), _) => beside(stage, direction),
        (None, "Enter") => enter(stage),
        (None, "Escape") => return leave(stage),
        (None, " ") if event.shift_key() => stage.select(&stage.focus.get_untracked()),
        (None, "+" | "=") => stage.zoom(1.25),
        (None, "-") => stage.zoom(0.8),
        (None, "0") => stage.camera.set(super::camera::Camera::default()),
        (None, "1") => stage.fit(),
        (None, _) => return false,
    }
    true
}

fn pan(stage: Stage, direction: Direction) {
    const STEP: f64 = 48.0;
    let (x, y) = match direction {
        Direction::Left => (STEP, 0.0),
        Direction::Right => (-STEP, 0.0),
        Direction::Up => (0.0, STEP),
        Direction::Down => (0.0, -STEP),
    };
    stage.look(|camera| camera.moved(x, y));
}

/// To the nearest sibling in a direction. Requests lie after the rest: down to them, up from them.
fn beside(stage: Stage, direction: Direction) {
    let here = stage.focus.get_untracked();
    let requests = stage.refused.get_untracked();
    let next = match &here {
        Item::Thing(key) => stage.scene.with_untracked(|scene| {
            let from = scene.outline.iter().find(|item| item.key == *key)?;
            let found = from.beside(&scene.outline, direction);
            let found = found.map(|item| Item::Thing(item.key.clone()));
            let further =
                from.level == 1 && matches!(direction, Direction::Down | Direction::Right);
            let request = requests.first().map(|(id, _)| Item::Flight(*id));
            found.or_else(|| request.filter(|_| further))
        }),
        Item::Flight(id) => {
            let at = requests
                .iter()
                .position(|(other, _)| other == id)
                .unwrap_or(0);
            match direction {
                Direction::Down | Direction::Right => {
                    requests.get(at + 1).map(|(id, _)| Item::Flight(*id))
                }
                Direction::Up | Direction::Left if at > 0 => {
                    requests.get(at - 1).map(|(id, _)| Item::Flight(*id))
                }
                Direction::Up | Direction::Left => Some(Item::Thing(Key::Vpc)),
            }
        }
        Item::Group(_) => None,
    };
    if let Some(next) = next {
        focus(stage, &next);
    }
}

/// Inside, or what a click does where nothing is inside.
fn enter(stage: Stage) {
    let here = stage.focus.get_untracked();
    let inside = match &here {
        Item::Thing(key) => stage.scene.with_untracked(|scene| {
            let inside = scene
                .outline
                .iter()
                .find(|item| item.parent.as_ref() == Some(key));
            inside.map(|item| Item::Thing(item.key.clone()))
        }),
        Item::Group(_) | Item::Flight(_) => None,
    };
    match inside {
        Some(inside) => focus(stage, &inside),
        None => stage.act(&here),
    }
}

/// Out to what the thing lies in; at the outermost, what is open closes.
fn leave(stage: Stage) -> bool {
    if untrack(|| stage.explained.get()).is_some() {
        stage.close();
        return true;
    }
    let Item::Thing(key) = stage.focus.get_untracked() else {
        focus(stage, &Item::Thing(Key::Internet));
        return true;
    };
    let parent = stage.scene.with_untracked(|scene| {
        let item = scene.outline.iter().find(|item| item.key == key)?;
        item.parent.clone()
    });
    parent.is_some_and(|parent| {
        focus(stage, &Item::Thing(parent));
        true
    })
}

/// Puts the focus on an item.
pub(super) fn focus_quietly(item: &Item) {
    if let Some(element) = crate::browser::by_id::<HtmlElement>(&item.element()) {
        // Where the line is gone the focus stays.
        let _ = element.focus();
    }
}

/// Puts the focus on an item and brings it onto the screen.
pub(super) fn focus(stage: Stage, item: &Item) {
    focus_quietly(item);
    if let Item::Thing(key) = item {
        let rect = stage.scene.with_untracked(|scene| {
            let item = scene.outline.iter().find(|item| item.key == *key);
            item.map(|item| item.rect)
        });
        if let Some(rect) = rect {
            let screen = stage.screen();
            stage.look(|camera| camera.showing(rect, screen));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fargate_session::scene::Rect;

    #[test]
    fn each_line_knows_its_number_among_those_beside_it() {
        let zone = |place| Key::Zone(place);
        let ghost = |place| Key::Ghost(place);
        let outline: Vec<OutlineItem> = [
            (Key::Internet, 1),
            (Key::Vpc, 1),
            (zone(0), 2),
            (ghost(0), 3),
            (ghost(1), 3),
            (zone(1), 2),
            (ghost(2), 3),
            (zone(2), 2),
        ]
        .map(|(key, level)| OutlineItem {
            key,
            parent: None,
            level,
            rect: Rect::default(),
        })
        .into();
        let refused = [(7, FlightEnd::Denied), (9, FlightEnd::Refused)];
        let places: Vec<_> = lines(&outline, &refused)
            .iter()
            .map(|line| line.place)
            .collect();
        let expected = [
            (1, 4),
            (2, 4),
            (1, 3),
            (1, 2),
            (2, 2),
            (2, 3),
            (1, 1),
            (3, 3),
            (3, 4),
            (4, 4),
        ];
        assert_eq!(places, expected);
    }
}
