//! What the parts of the canvas share: the scene, the eye, where the keys are, and which request is explained.

use super::camera::Camera;
use crate::commands::{Command, Commands, commands};
use crate::projector::{Projected, projected};
use crate::rooms::rooms;
use crate::selection::{Selected, Selection, selected};
use crate::signals::{Memo, RwSignal, StoredValue};
use crate::ui::{Ui, ui};
use fargate_core::ids::SecurityGroupId;
use fargate_session::scene::{Key, Rect, Scene, Things, Viewport, next_subnet};
use fargate_session::view::{FlightEnd, TraceCard};
use leptos::prelude::*;
use std::fmt;
use std::sync::Arc;

/// A refused request needs this part of its time for the way; then its octagon stays for the rest.
pub(super) const WAY: f64 = 0.55;

/// At most so many refused requests are listed.
const REFUSED: usize = 3;

/// The zone that a phone shows; all below each other where absent. From context where the shell provides one.
#[derive(Clone, Copy, Debug)]
pub struct ShownZone(pub RwSignal<Option<usize>>);

/// A thing of the canvas that can be pointed at or have the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A thing of the scene.
    Thing(Key),
    /// A security group, by its boundary.
    Group(SecurityGroupId),
    /// A request.
    Flight(u64),
}

impl Item {
    /// Reads an item from the word that [`fmt::Display`] writes.
    pub(super) fn read(word: &str) -> Option<Self> {
        if let Some(id) = word.strip_prefix("flight_") {
            return id.parse().ok().map(Self::Flight);
        }
        if let Some(id) = word.strip_prefix("group_") {
            return Some(Self::Group(id.into()));
        }
        Key::read(word).map(Self::Thing)
    }

    /// The id of the item's element in the tree.
    pub(super) fn element(&self) -> String {
        format!("canvas-{self}")
    }

    fn selection(&self) -> Option<Selection> {
        match self {
            Self::Flight(id) => Some(Selection::Flight(*id)),
            Self::Group(id) => Some(Selection::Group(id.clone())),
            Self::Thing(key) => match key {
                Key::Internet => Some(Selection::Internet),
                Key::Gateway => Some(Selection::Gateway),
                Key::Vpc => Some(Selection::Vpc),
                Key::Subnet(id) => Some(Selection::Subnet(id.clone())),
                Key::Task(id) | Key::Container(id, _) => Some(Selection::Task(id.clone())),
                Key::Tile(id) => Some(Selection::Tile(id.clone())),
                Key::Exit(id) => Some(Selection::Exit(id.clone())),
                Key::Zone(_) | Key::Ghost(_) => None,
            },
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Thing(key) => key.fmt(f),
            Self::Group(id) => write!(f, "group_{id}"),
            Self::Flight(id) => write!(f, "flight_{id}"),
        }
    }
}

/// Which request a person asked to have explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// None yet: the first of their own that is denied explains itself.
    Nothing,
    /// This one.
    Flight(u64),
    /// None any more.
    Closed,
}

/// What the parts of the canvas share, from context.
#[derive(Clone, Copy)]
pub(super) struct Stage {
    pub(super) viewport: RwSignal<Viewport>,
    pub(super) zone: RwSignal<Option<usize>>,
    pub(super) camera: RwSignal<Camera>,
    pub(super) scene: Memo<Arc<Scene>>,
    /// The item that the Tab key comes back to.
    pub(super) focus: RwSignal<Item>,
    /// Whether the focus came by a key, so that it is shown.
    pub(super) focus_shown: RwSignal<bool>,
    pub(super) asked: RwSignal<Asked>,
    /// The request that is explained.
    pub(super) explained: Memo<Option<u64>>,
    pub(super) trace: Memo<Option<Arc<TraceCard>>>,
    /// The requests that the tree lists: the one that is explained and the newest that were refused.
    pub(super) refused: Memo<Vec<(u64, FlightEnd)>>,
    /// The part that a step of the explanation is about.
    pub(super) ring: RwSignal<Option<Rect>>,
    pub(super) still: bool,
    page: StoredValue<Page>,
}

/// The page's own handles.
#[derive(Clone, Copy)]
struct Page {
    cards: Projected,
    selected: Selected,
    commands: Commands,
    ui: Ui,
}

/// What the parts of the canvas share, from context.
pub(super) fn stage() -> Stage {
    expect_context()
}

/// The cards that are drawn; tracked.
pub(super) fn things(cards: Projected) -> Things {
    Things {
        zones: cards.zones.get().to_vec(),
        vpc: cards.vpc.get(),
        subnets: cards.subnets.all(),
        groups: cards.groups.all(),
        tiles: Some(cards.tiles.get()),
        tasks: cards.tasks.all(),
        details: None,
    }
}

impl Stage {
    /// Makes what is shared; once a canvas.
    pub(super) fn new() -> Self {
        let cards = projected();
        let (commands, rooms) = (commands(), rooms());
        let viewport = RwSignal::new(Viewport::default());
        let zone = use_context::<ShownZone>().map_or_else(|| RwSignal::new(Some(0)), |zone| zone.0);
        let scene = Memo::new(move |_| {
            let viewport = Viewport {
                zone: zone.get(),
                ..viewport.get()
            };
            let mut things = things(cards);
            if let Some(panels) = rooms.panels() {
                return Arc::new((panels.scene)(&mut things, viewport));
            }
            Arc::new(Scene::draw(&things, viewport))
        });
        let asked = RwSignal::new(Asked::Nothing);
        let first_denied = Memo::new(move |found: Option<&Option<u64>>| {
            let found = found.copied().flatten();
            found.or_else(|| {
                cards.flights.with(|flights| {
                    let mut denied = flights.iter().filter(|flight| {
                        matches!(flight.end, FlightEnd::Denied | FlightEnd::Failed)
                            && !flight.label.is_empty()
                            && flight.progress >= WAY
                    });
                    denied.next().map(|flight| flight.id)
                })
            })
        });
        let explained = Memo::new(move |_| match asked.get() {
            Asked::Nothing => first_denied.get(),
            Asked::Flight(id) => Some(id),
            Asked::Closed => None,
        });
        let trace = Memo::new(move |_| {
            explained
                .get()
                .zip(rooms.panels())
                .and_then(|(id, panels)| (panels.trace)(commands, id))
                .map(Arc::new)
        });
        let focus = RwSignal::new(Item::Thing(Key::Internet));
        // What is refused stays listed when it no longer flies: whom the keys lead takes longer than a flight. What has the focus stays
        // when newer ones come.
        let refused = Memo::new(move |_| {
            cards.event_count.track();
            let held = match focus.get() {
                Item::Flight(id) => Some(id),
                Item::Thing(_) | Item::Group(_) => None,
            };
            let own = explained.get().zip(trace.get());
            let own = own.map(|(id, trace)| (id, trace.end));
            commands.ask_session(|session| {
                let others = session.undelivered();
                let others = others.filter(|(id, _)| own.is_none_or(|(own, _)| own != *id));
                let mut all: Vec<_> = own.into_iter().chain(others).take(REFUSED).collect();
                if held.is_some_and(|held| all.iter().all(|(id, _)| *id != held)) {
                    all.extend(session.undelivered().find(|(id, _)| Some(*id) == held));
                }
                all
            })
        });
        Self {
            viewport,
            zone,
            camera: RwSignal::new(Camera::default()),
            scene,
            focus,
            focus_shown: RwSignal::new(false),
            asked,
            explained,
            trace,
            refused,
            ring: RwSignal::new(None),
            still: crate::browser::reduced_motion(),
            page: StoredValue::new(Page {
                cards,
                selected: selected(),
                commands,
                ui: ui(),
            }),
        }
    }

    /// What the session shows.
    pub(super) fn cards(self) -> Projected {
        self.page.with_value(|page| page.cards)
    }

    /// The way in.
    pub(super) fn commands(self) -> Commands {
        self.page.with_value(|page| page.commands)
    }

    /// What is open on the page.
    pub(super) fn ui(self) -> Ui {
        self.page.with_value(|page| page.ui)
    }

    /// The screen that the picture is on.
    pub(super) fn screen(self) -> Rect {
        let viewport = self.viewport.get_untracked();
        Rect::new(0.0, 0.0, viewport.width, viewport.height)
    }

    /// Moves the eye; the picture stays in sight.
    pub(super) fn look(self, change: impl FnOnce(Camera) -> Camera) {
        let size = self.scene.with_untracked(|scene| scene.size);
        let screen = self.screen();
        self.camera
            .update(|camera| *camera = change(*camera).kept(size, screen));
    }

    /// Zooms about the middle of the screen.
    pub(super) fn zoom(self, factor: f64) {
        let middle = self.screen().center();
        self.look(|camera| camera.zoomed(factor, middle));
    }

    /// Shows all of the picture.
    pub(super) fn fit(self) {
        let size = self.scene.with_untracked(|scene| scene.size);
        self.camera.set(Camera::fit(size, self.screen()));
    }

    /// Whether an item is selected; tracked for this item only.
    pub(super) fn is_selected(self, item: &Item) -> bool {
        item.selection()
            .is_some_and(|thing| self.page.with_value(|page| page.selected).is(&thing))
    }

    /// Does what a click or Enter on an item asks for: explains a request, draws a subnet, or selects.
    pub(super) fn act(self, item: &Item) {
        match item {
            Item::Flight(id) => self.asked.set(Asked::Flight(*id)),
            Item::Thing(Key::Ghost(zone)) => self.draw_subnet(*zone),
            Item::Thing(_) | Item::Group(_) => self.select(item),
        }
    }

    /// Selects an item.
    pub(super) fn select(self, item: &Item) {
        self.commands().send(Command::Select(item.selection()));
    }

    /// Makes a subnet of the next free block in a zone.
    pub(super) fn draw_subnet(self, zone: usize) {
        let things = untrack(|| things(self.cards()));
        let call = things
            .zones
            .get(zone)
            .and_then(|name| next_subnet(&things, name));
        let Some(call) = call else { return };
        self.commands().send(Command::Call(call));
        // The place that had the focus is gone with the next frame; the subnet in its stead takes it.
        request_animation_frame(move || {
            let made = self.scene.with_untracked(|scene| {
                let mut inside = scene.outline.iter();
                let made = inside.find(|item| item.parent == Some(Key::Zone(zone)));
                made.map(|item| Item::Thing(item.key.clone()))
            });
            if let Some(made) = made {
                super::tree::focus_quietly(&made);
            }
        });
    }

    /// Ends the explanation.
    pub(super) fn close(self) {
        self.asked.set(Asked::Closed);
        self.ring.set(None);
        let back = self.focus.get_untracked().element();
        if let Some(element) = crate::browser::by_id::<web_sys::HtmlElement>(&back) {
            // An element that cannot take the focus leaves it where it is.
            let _ = element.focus();
        }
    }
}
