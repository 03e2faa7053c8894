//! The drawing tools: what a hand does on the picture, as drafts and then as calls.
//!
//! A tool in the hand is a plain value. It is told what happened (a press, a move, a release, a key), in points of the picture,
//! and answers with a [`Turn`]: what is to be said, asked or done. Nothing is done on a press; Escape gives up the draft, then the
//! tool. What is drawn meanwhile is a [`Sketch`].

pub mod block;
mod copies;
mod deeds;
mod goal;
mod group;
mod hit;
mod lines;
mod moving;
mod placing;
mod remake;
mod resize;
mod route;
mod route_ask;
mod rule;
mod several;
mod subnet;
mod task;
mod ways;

pub use copies::calls_of_standing;
pub use deeds::{Deed, Target, calls_of, command_line, deeds};
pub use goal::Goal;
pub use group::GroupHand;
pub use hit::End;
pub use lines::{RuleLine, rule_lines};
pub use moving::{MoveAsk, MoveHand};
pub use placing::{Form, Placed, Placing};
pub use remake::{Change, Remade, Residents, remade};
pub use resize::{ResizeHand, edge};
pub use route::RouteHand;
pub use route_ask::RouteAsk;
pub use rule::{RuleAsk, RuleHand};
pub use several::{deeds_of_all, siblings, touched};
pub use subnet::{PREFIXES, Problem, SubnetHand};
pub use task::TaskHand;
pub use ways::{Way, route_words, ways};

use crate::plan::Plan;
use crate::scene::{Key, Point, Rect, Scene, Things};
use fargate_core::ids::SubnetId;

/// A pointer that moved less than this, in pixels of the picture, has clicked.
const SLOP: f64 = 4.0;

/// The tools of the canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Selects.
    #[default]
    Select,
    /// Draws a subnet in a zone.
    Subnet,
    /// Draws a security group around interfaces.
    Group,
    /// Draws a rule from who may come to the group that lets them in.
    Rule,
    /// Draws a route from a subnet to a gateway.
    Route,
    /// Runs a task in a subnet.
    Task,
    /// Moves the picture.
    Hand,
    /// Moves a task to another subnet.
    Move,
    /// Changes the block of a subnet.
    Resize,
}

impl Tool {
    /// Those of the tool row, in its order. The others begin at a thing: by its menu, a key or a drag.
    pub const ROW: [Self; 7] = [
        Self::Select,
        Self::Subnet,
        Self::Group,
        Self::Rule,
        Self::Route,
        Self::Task,
        Self::Hand,
    ];

    /// The key that takes it, while the canvas has the focus.
    pub const fn letter(self) -> char {
        match self {
            Self::Select => 'V',
            Self::Subnet => 'S',
            Self::Group => 'G',
            Self::Rule => 'R',
            Self::Route => 'T',
            Self::Task => 'K',
            Self::Hand => 'H',
            Self::Move => 'M',
            // With Shift, which the page asks for.
            Self::Resize => 'E',
        }
    }

    /// The tool of a key.
    pub fn of_letter(key: &str) -> Option<Self> {
        let mut letters = key.chars();
        let letter = letters.next().filter(|_| letters.next().is_none())?;
        Self::ROW
            .into_iter()
            .chain([Self::Move])
            .find(|tool| tool.letter() == letter.to_ascii_uppercase())
    }

    /// What the tool row calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Select => "Select",
            Self::Subnet => "Subnet",
            Self::Group => "Security group",
            Self::Rule => "Rule",
            Self::Route => "Route",
            Self::Task => "Task",
            Self::Hand => "Hand",
            Self::Move => "Move task",
            Self::Resize => "Resize subnet",
        }
    }

    /// What it does and how, in one sentence or two; spoken when it is taken, and shown while nothing is drawn yet.
    pub const fn how(self) -> &'static str {
        match self {
            Self::Select => {
                "Click to select. Shift and a click adds, a frame drawn with the mouse takes several."
            }
            Self::Subnet => {
                "Drag down in a zone: the further, the larger. Or click a zone. Keys: left and right choose the zone, up and down the size, Enter makes it."
            }
            Self::Group => {
                "Draw around interfaces, or click each, then Done. Keys: arrows go from task to task, Space picks, Enter goes on."
            }
            Self::Rule => {
                "Drag from who may come, a group or the Internet, to the group that lets them in. Or click one, then the other. Keys: arrows, then Enter, twice."
            }
            Self::Route => {
                "Drag from a subnet to a gateway or another way out, or click one, then the other. Keys: arrows, then Enter, twice."
            }
            Self::Task => {
                "Click the subnet to run a task in. Keys: arrows choose it, Enter goes on."
            }
            Self::Hand => "Drag to move the picture. Keys: Alt with the arrows.",
            Self::Move => {
                "Drag the task to another subnet, or click the subnet. Keys: arrows choose it, Enter goes on."
            }
            Self::Resize => {
                "Drag the subnet's lower edge, or click a subnet and choose the size. Keys: up and down, then Enter."
            }
        }
    }
}

/// What lies below the hand: the cards and where they are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The cards.
    pub things: &'a Things,
    /// Where they are drawn.
    pub scene: &'a Scene,
}

/// A key that a tool knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToolKey {
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Enter.
    Enter,
    /// The space bar.
    Space,
    /// Escape.
    Escape,
}

/// What comes of what a hand did.
#[derive(Debug)]
pub enum Turn {
    /// Nothing.
    Stay,
    /// The draft changed; these words say how, where that is worth saying.
    Drawn(Option<String>),
    /// It is to be done.
    Do(Plan),
    /// A task is to be run in a subnet; the form asks for the rest.
    Run(SubnetId),
    /// The draft is given up; the tool stays in the hand.
    Dropped,
    /// The tool is put down.
    Left,
}

impl Turn {
    /// The draft changed, and this says how.
    fn said(words: impl Into<String>) -> Self {
        Self::Drawn(Some(words.into()))
    }
}

/// What is drawn of a draft, in points of the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    /// What would be made, with its label.
    pub ghost: Option<(Rect, String)>,
    /// What is chosen.
    pub chosen: Vec<Rect>,
    /// What would be chosen now.
    pub aim: Option<Rect>,
    /// A line that is being drawn.
    pub line: Option<(Point, Point)>,
    /// A loop that is being drawn.
    pub lasso: Vec<Point>,
    /// What is refused, and the reason in three words.
    pub refused: Option<(Rect, &'static str)>,
}

impl Sketch {
    /// Where the popover of the draft points, if there is anything to point at.
    pub fn anchor(&self) -> Option<Rect> {
        let refused = self.refused.map(|refused| refused.0);
        let chosen = self.chosen.last().copied().or(refused);
        self.ghost
            .as_ref()
            .map(|ghost| ghost.0)
            .or(chosen)
            .or(self.aim)
    }
}

/// A tool in the hand.
#[derive(Clone, Debug)]
pub enum Hand {
    /// Draws a subnet.
    Subnet(SubnetHand),
    /// Draws a group.
    Group(GroupHand),
    /// Draws a rule.
    Rule(RuleHand),
    /// Draws a route.
    Route(RouteHand),
    /// Runs a task.
    Task(TaskHand),
    /// Moves a task.
    Move(MoveHand),
    /// Changes a subnet's block.
    Resize(ResizeHand),
}

/// Calls a method of the tool in the hand.
macro_rules! in_hand {
    ($hand:expr, $it:ident => $act:expr) => {
        match $hand {
            Hand::Subnet($it) => $act,
            Hand::Group($it) => $act,
            Hand::Rule($it) => $act,
            Hand::Route($it) => $act,
            Hand::Task($it) => $act,
            Hand::Move($it) => $act,
            Hand::Resize($it) => $act,
        }
    };
}

impl Hand {
    /// A tool, taken anew; `None` for those that draw nothing.
    pub fn with(tool: Tool) -> Option<Self> {
        Some(match tool {
            Tool::Subnet => Self::Subnet(SubnetHand::default()),
            Tool::Group => Self::Group(GroupHand::default()),
            Tool::Rule => Self::Rule(RuleHand::default()),
            Tool::Route => Self::Route(RouteHand::default()),
            Tool::Task => Self::Task(TaskHand::default()),
            Tool::Move => Self::Move(MoveHand::default()),
            Tool::Resize => Self::Resize(ResizeHand::default()),
            Tool::Select | Tool::Hand => return None,
        })
    }

    /// The tool that it is.
    pub fn tool(&self) -> Tool {
        match self {
            Self::Subnet(_) => Tool::Subnet,
            Self::Group(_) => Tool::Group,
            Self::Rule(_) => Tool::Rule,
            Self::Route(_) => Tool::Route,
            Self::Task(_) => Tool::Task,
            Self::Move(_) => Tool::Move,
            Self::Resize(_) => Tool::Resize,
        }
    }

    /// The keys begin: the draft starts at the thing that has the focus.
    pub fn begin(&mut self, ground: Ground<'_>, focus: Option<&Key>) -> Turn {
        in_hand!(self, it => it.begin(ground, focus))
    }

    /// The pointer is pressed.
    pub fn down(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        in_hand!(self, it => it.down(ground, at))
    }

    /// The pointer moves, pressed or not.
    pub fn moved(&mut self, ground: Ground<'_>, to: Point) -> Turn {
        in_hand!(self, it => it.moved(ground, to))
    }

    /// The pointer is released.
    pub fn up(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        in_hand!(self, it => it.up(ground, at))
    }

    /// A key is pressed.
    pub fn key(&mut self, ground: Ground<'_>, key: ToolKey) -> Turn {
        in_hand!(self, it => it.key(ground, key))
    }

    /// What is drawn of the draft.
    pub fn sketch(&self, ground: Ground<'_>) -> Sketch {
        in_hand!(self, it => it.sketch(ground))
    }

    /// Whether the popover of the tool is open.
    pub fn asks(&self) -> bool {
        match self {
            Self::Subnet(it) => it.asking,
            Self::Group(it) => it.asking,
            Self::Rule(it) => it.ask.is_some(),
            Self::Route(it) => it.ask.is_some(),
            Self::Task(_) => false,
            Self::Move(it) => it.ask.is_some(),
            Self::Resize(it) => it.asking,
        }
    }
}

/// The place after or before another in a list of so many that goes round.
fn round(at: Option<usize>, count: usize, on: bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (at, on) {
        (None, true) => 0,
        (Some(at), true) if at >= last => 0,
        (Some(at), true) => at + 1,
        (None | Some(0), false) => last,
        (Some(at), false) => (at - 1).min(last),
    })
}

/// Whether an arrow goes on (right, down) or back (left, up); `None` for other keys.
fn arrow(key: ToolKey) -> Option<bool> {
    match key {
        ToolKey::Right | ToolKey::Down => Some(true),
        ToolKey::Left | ToolKey::Up => Some(false),
        ToolKey::Enter | ToolKey::Space | ToolKey::Escape => None,
    }
}
