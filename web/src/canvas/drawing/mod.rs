//! The drawing tools on the page: one tool is in the hand, a pane of glass over the picture hears it, a popover asks what a drawing
//! cannot say. What a hand does is [`fargate_session::tools`]; here it is only told and shown.

pub mod ask;
pub mod exits;
pub mod glass;
pub mod group;
mod keys;
pub mod lines;
mod listener;
pub mod menu;
pub mod moving;
mod press;
pub mod resize;
pub mod route;
pub mod row;
pub mod rule;
pub mod several;
pub mod subnet;

pub use exits::Exits;
pub use glass::Glass;
pub use lines::RuleLines;
pub use row::ToolRow;

use super::stage::{Item, Stage, things};
use super::tree;
use crate::announcer::{Announcer, announcer};
use crate::drawer::why::{Why, why};
use crate::network::things::{Things as Network, things as network};
use crate::refusal::Refusal;
use crate::run_form::{RunForm, run_form};
use crate::signals::{Memo, RwSignal, StoredValue};
use crate::toast::{Toasts, toasts};
use crate::ui::{Ui, ui};
use fargate_core::error::Reply;
use fargate_core::ids::{NetworkInterfaceId, TaskId};
use fargate_session::details::Details;
use fargate_session::scene::{Key, Rect, Scene, Things, Viewport};
use fargate_session::tools::{Ground, Hand, Tool, Turn};
use fargate_session::view::Shared;
use fargate_session::{Plan, Session};
use leptos::prelude::*;
use std::sync::Arc;

/// The id of the glass, which has the keys while a tool is in the hand.
const GLASS: &str = "canvas-glass";
/// The id of the button that shows what is hidden.
const SHOW_HIDDEN: &str = "canvas-hidden";

/// The tool in the hand, from context.
#[derive(Clone, Copy)]
pub struct Drawing {
    /// The tool, and whether it was taken by a key, so that keys begin.
    taken: RwSignal<(Tool, bool)>,
    /// Its draft.
    hand: RwSignal<Option<Hand>>,
    /// AWS's refusal of the last try.
    refusal: RwSignal<Option<Refusal>>,
    /// The menu that is open.
    menu: RwSignal<Option<menu::Open>>,
    /// The finger that may open it.
    press: StoredValue<press::Press>,
    /// What is selected together, where it is more than one.
    several: RwSignal<Vec<Key>>,
    /// The frame that is being drawn, in points of the picture.
    frame: RwSignal<Option<Rect>>,
    /// The line of the focused thing that is shown.
    line: RwSignal<Option<keys::Shown>>,
    /// What the tools ask of the network beside the cards.
    details: Memo<Option<Arc<Details>>>,
    /// What is taken out of the picture.
    hidden: RwSignal<Vec<Key>>,
    /// Whether the space bar is held over the canvas, and whether a drag panned meanwhile.
    space: RwSignal<Option<bool>>,
    network: Network,
    toasts: Toasts,
    ui: Ui,
    announcer: Announcer,
    run_form: RunForm,
    why: Why,
}

/// The tool in the hand, from context.
pub fn drawing() -> Drawing {
    expect_context()
}

impl Drawing {
    /// No tool but the one that selects. The page makes one.
    pub(crate) fn new() -> Self {
        let network = network();
        Self {
            details: Memo::new(move |_| {
                let vpc = network.vpc()?;
                Some(Arc::new(network.ask(|session| session.details(&vpc))))
            }),
            hidden: RwSignal::new(Vec::new()),
            space: RwSignal::new(None),
            network,
            toasts: toasts(),
            taken: RwSignal::new((Tool::Select, false)),
            hand: RwSignal::new(None),
            refusal: RwSignal::new(None),
            menu: menu::closed(),
            press: StoredValue::new(press::Press::default()),
            several: RwSignal::new(Vec::new()),
            frame: RwSignal::new(None),
            line: RwSignal::new(None),
            ui: ui(),
            announcer: announcer(),
            run_form: run_form(),
            why: why(),
        }
    }

    /// The tool; tracked.
    pub fn tool(self) -> Tool {
        self.taken.get().0
    }

    /// Takes a tool into the hand.
    pub fn take(self, tool: Tool, by_key: bool) {
        self.refusal.set(None);
        if Hand::with(tool).is_some() {
            // What lies over the canvas would hide what is drawn.
            self.ui.inspector_open.set(false);
            self.ui.left_open.set(false);
        }
        let mut hand = Hand::with(tool);
        if let Some(Hand::Group(group)) = &mut hand {
            // What is selected together is what the group is for.
            let several = self.several.get_untracked();
            group.picked = several.iter().filter_map(task_of).collect();
        }
        self.several.set(Vec::new());
        self.hand.set(hand);
        self.taken.set((tool, by_key));
        if !by_key || Hand::with(tool).is_none() {
            self.announcer
                .say(format!("{} tool. {}", tool.name(), tool.how()));
        }
    }

    /// Takes a tool with a draft in it, as a drag or a menu begins it.
    fn take_up(self, hand: Hand) {
        self.refusal.set(None);
        self.ui.inspector_open.set(false);
        self.ui.left_open.set(false);
        self.several.set(Vec::new());
        let tool = hand.tool();
        self.hand.set(Some(hand));
        self.taken.set((tool, false));
    }

    /// Adds what the tools ask of the network to the cards, and takes out what is hidden; tracked.
    fn complete(self, things: &mut Things) {
        things.details = self.details.get();
        let names = things.details.iter().flat_map(|details| &details.tiles);
        let names: Vec<_> = names.cloned().collect();
        if let Some(tiles) = things.tiles.as_ref().filter(|_| !names.is_empty()) {
            let told = tiles.iter().map(|tile| {
                let mut tile = tile.clone();
                let found = names.iter().find(|(id, _)| *id == tile.id);
                if let Some((_, name)) = found {
                    tile.name.clone_from(name);
                }
                tile
            });
            things.tiles = Some(Shared::new(told.collect()));
        }
        let hidden = self.hidden.get();
        if hidden.is_empty() {
            return;
        }
        let shown = |key: &Key| !hidden.contains(key);
        things
            .subnets
            .retain(|card| shown(&Key::Subnet(card.id.clone())));
        things
            .tasks
            .retain(|card| shown(&Key::Task(card.id.clone())));
        if let Some(tiles) = &things.tiles {
            let left = tiles
                .iter()
                .filter(|tile| shown(&Key::Tile(tile.id.clone())));
            things.tiles = Some(Shared::new(left.cloned().collect()));
        }
    }

    /// Shows again what was hidden.
    fn show_hidden(self) {
        let hidden = self.hidden.get_untracked();
        self.hidden.set(Vec::new());
        let count = hidden.len();
        self.announcer.say(format!("{count} shown again."));
        if let Some(last) = hidden.into_iter().next_back() {
            // The button goes, and what it shows is drawn with the next frame.
            request_animation_frame(move || {
                request_animation_frame(move || tree::focus_quietly(&Item::Thing(last)));
            });
        }
    }

    /// What a tile is called whose card says its id; tracked.
    pub(crate) fn tile_name(self, id: &NetworkInterfaceId) -> Option<String> {
        let details = self.details.get()?;
        let mut named = details.tiles.iter();
        let found = named.find(|(tile, _)| tile == id)?;
        Some(found.1.clone())
    }

    /// Puts the tool down; the focus goes back to the tree.
    fn put_down(self, stage: Stage) {
        self.hand.set(None);
        self.refusal.set(None);
        self.taken.set((Tool::Select, false));
        tree::focus_quietly(&stage.focus.get_untracked());
    }

    /// Tells the hand something, and does what comes of it.
    fn tell(self, stage: Stage, what: impl FnOnce(&mut Hand, Ground<'_>) -> Turn) {
        let Some(mut hand) = self.hand.get_untracked() else {
            return;
        };
        let turn = untrack(|| over(stage, self, |ground| what(&mut hand, ground)));
        self.turn(stage, hand, turn);
    }

    /// Keeps the draft, and does what comes of what the hand did.
    fn turn(self, stage: Stage, hand: Hand, turn: Turn) {
        match turn {
            Turn::Stay => {
                self.hand.set(Some(hand));
            }
            Turn::Drawn(words) => {
                self.refusal.set(None);
                self.hand.set(Some(hand));
                if let Some(words) = words {
                    self.announcer.say(words);
                }
            }
            Turn::Do(plan) => {
                self.hand.set(Some(hand));
                self.carry_out(stage, &plan);
            }
            Turn::Run(subnet) => {
                self.put_down(stage);
                self.run_form.show_in(subnet);
            }
            Turn::Dropped => {
                self.refusal.set(None);
                self.hand.set(Some(hand));
                self.announcer.say("Given up. Nothing is changed.");
            }
            Turn::Left => {
                self.put_down(stage);
                self.announcer.say("Select tool.");
            }
        }
    }

    /// Asks the hand something; tracked. `None` while no tool draws.
    fn ask<T>(self, stage: Stage, what: impl FnOnce(&Hand, Ground<'_>) -> T) -> Option<T> {
        self.hand.with(|hand| {
            let hand = hand.as_ref()?;
            Some(over(stage, self, |ground| what(hand, ground)))
        })
    }

    /// Changes what a popover asks about; its fields are the draft's.
    fn change(self, change: impl FnOnce(&mut Hand)) {
        self.hand.update(|hand| {
            if let Some(hand) = hand {
                change(hand);
            }
        });
    }

    /// Does a plan and keeps the tool with its draft. AWS's refusal is shown in the popover.
    fn carry_on(self, stage: Stage, plan: &Plan) {
        match stage.commands().gesture(plan) {
            Some(Err(refused)) => self.refusal.set(Some(refused.into())),
            Some(Ok(_)) => {
                if let Some(done) = stage.commands().ask_session(Session::last_edit) {
                    self.announcer
                        .say(format!("Done: {done}. Ctrl Z undoes it."));
                }
            }
            None => {}
        }
    }

    /// Does a plan. AWS's refusal is shown in the popover or, where none is open, as a toast; the draft stays.
    fn carry_out(self, stage: Stage, plan: &Plan) {
        let Some(answer) = stage.commands().gesture(plan) else {
            return;
        };
        let replies = match answer {
            Ok(replies) => replies,
            Err(refused) => {
                let asks = self
                    .hand
                    .with_untracked(|hand| hand.as_ref().is_some_and(Hand::asks));
                if asks {
                    self.refusal.set(Some(refused.into()));
                } else {
                    stage.commands().refused(&refused.error, refused.call);
                }
                return;
            }
        };
        let here = stage.focus.get_untracked();
        let made = replies.first().and_then(|reply| match reply {
            Reply::Made(id) if id.starts_with("subnet-") => Some(Key::Subnet(id.as_str().into())),
            _ => None,
        });
        self.put_down(stage);
        if let Some(done) = stage.commands().ask_session(Session::last_edit) {
            self.announcer
                .say(format!("Done: {done}. Ctrl Z undoes it."));
        }
        // What is new is drawn with the next frame, and the lines of the tree move; then one takes the focus.
        let item = made.map_or(here, Item::Thing);
        request_animation_frame(move || tree::focus_quietly(&item));
    }
}

/// The task that a key names.
fn task_of(key: &Key) -> Option<TaskId> {
    match key {
        Key::Task(id) | Key::Container(id, _) => Some(id.clone()),
        Key::Internet
        | Key::Gateway
        | Key::Vpc
        | Key::Zone(_)
        | Key::Ghost(_)
        | Key::Subnet(_)
        | Key::Tile(_)
        | Key::Exit(_) => None,
    }
}

/// Asks something about what is drawn; tracked.
fn over<T>(stage: Stage, drawing: Drawing, what: impl FnOnce(Ground<'_>) -> T) -> T {
    let (mut things, scene) = (things(stage.cards()), stage.scene.get());
    drawing.complete(&mut things);
    what(Ground {
        things: &things,
        scene: &scene,
    })
}

/// Draws the scene with all that the panels know of it; tracked.
pub(crate) fn scene(things: &mut Things, viewport: Viewport) -> Scene {
    let Some(drawing) = use_context::<Drawing>() else {
        return Scene::draw(things, viewport);
    };
    drawing.complete(things);
    let mut scene = Scene::draw(things, viewport);
    if let Some(details) = &things.details {
        scene.furnish(details);
    }
    scene
}
