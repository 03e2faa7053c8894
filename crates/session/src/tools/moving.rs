//! The tool that moves a task. AWS moves none: the task is stopped where it runs, and run again in the other subnet.

use super::group::again;
use super::hit::far;
use super::{Ground, Sketch, ToolKey, Turn, arrow, round};
use crate::plan::Plan;
use crate::scene::{Key, Point};
use crate::view::{SubnetCard, TaskCard};
use fargate_core::call::StopTask;
use fargate_core::ids::{SubnetId, TaskId};
use fargate_core::task::TaskState;

/// The tool that moves a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoveHand {
    /// The task, once chosen.
    pub task: Option<TaskId>,
    /// What the popover asks, while it is open.
    pub ask: Option<MoveAsk>,
    /// The subnet that the keys or the pointer are at.
    aim: Option<SubnetId>,
    from: Option<PointAt>,
    to: Option<PointAt>,
}

/// A point, in whole pixels: the draft is compared.
type PointAt = (i64, i64);

fn whole(at: Point) -> PointAt {
    (at.x.round() as i64, at.y.round() as i64)
}

fn point(at: PointAt) -> Point {
    Point::new(at.0 as f64, at.1 as f64)
}

/// What is asked before a task is stopped here and run there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoveAsk {
    /// The task, as in 'scorekeep:1, 9f2c'.
    pub task: String,
    /// The name of the subnet it runs in.
    pub from: String,
    /// The name of the subnet it is to run in.
    pub to: String,
    id: TaskId,
    subnet: SubnetId,
}

impl MoveAsk {
    /// The question, where the task still lives and the subnet has a free address.
    pub(super) fn of(ground: Ground<'_>, task: &TaskId, to: &SubnetId) -> Option<Self> {
        let card = living(ground, task)?;
        let subnet = ground.subnet_card(to).filter(|card| card.free > 0)?;
        let from = ground.subnet_card(&card.subnet);
        (card.subnet != *to).then(|| Self {
            task: format!("{}, {}", card.definition, card.short_id),
            from: from.map_or_else(|| card.subnet.to_string(), |card| card.name.clone()),
            to: subnet.name.clone(),
            id: task.clone(),
            subnet: to.clone(),
        })
    }

    /// Why it takes that.
    pub fn sentence(&self) -> String {
        format!(
            "A running task cannot move: its interface stays in {}. So it is stopped there and run again in {}: it gets another address, and requests to the old one end.",
            self.from, self.to
        )
    }

    /// What the button says.
    pub fn button(&self) -> String {
        format!("Stop here, run again in {}", self.to)
    }

    /// The calls: the task stopped, and one like it run in the other subnet.
    pub fn plan(&self, ground: Ground<'_>) -> Option<Plan> {
        let card = living(ground, &self.id)?;
        let mut run = again(card);
        if let Some(network) = &mut run.network_configuration {
            network.awsvpc_configuration.subnets = vec![self.subnet.clone()];
        }
        let stop = StopTask {
            task: self.id.clone(),
            reason: Some(format!("Run again in {}", self.to)),
            ..Default::default()
        };
        Some(Plan::of(stop).then(run))
    }
}

/// A task that can still be stopped and run elsewhere.
fn living<'a>(ground: Ground<'a>, id: &TaskId) -> Option<&'a TaskCard> {
    let mut tasks = ground.things.tasks.iter();
    let task = tasks.find(|card| card.id == *id)?;
    (task.state < TaskState::Deactivating).then_some(&**task)
}

/// The subnets that a task could run in: all but its own.
pub(super) fn elsewhere(ground: Ground<'_>, task: &TaskId) -> Vec<SubnetId> {
    let own = living(ground, task).map(|card| &card.subnet);
    let mut all = ground.subnets();
    all.retain(|id| Some(id) != own);
    all
}

impl MoveHand {
    /// The tool with a task in it.
    pub fn of(task: TaskId) -> Self {
        Self {
            task: Some(task),
            ..Self::default()
        }
    }

    pub(super) fn begin(&mut self, ground: Ground<'_>, focus: Option<&Key>) -> Turn {
        if self.task.is_none()
            && let Some(Key::Task(id) | Key::Container(id, _)) = focus
        {
            self.task = living(ground, id).map(|card| card.id.clone());
        }
        let task = self.task.as_ref();
        self.aim = task.and_then(|task| elsewhere(ground, task).into_iter().next());
        self.words(ground)
    }

    pub(super) fn down(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        self.ask = None;
        let task = ground.task(at).and_then(|card| living(ground, &card.id));
        let mine = task.is_some_and(|card| Some(&card.id) == self.task.as_ref());
        if let Some(card) = task.filter(|_| self.task.is_none() || mine) {
            self.task = Some(card.id.clone());
        }
        (self.from, self.to) = (Some(whole(at)), None);
        Turn::Drawn(None)
    }

    pub(super) fn moved(&mut self, ground: Ground<'_>, to: Point) -> Turn {
        if self.ask.is_some() {
            return Turn::Stay;
        }
        let before = self.aim.take();
        self.aim = self.target(ground, to).map(|card| card.id.clone());
        match self.from {
            Some(from) if self.to.is_some() || far(point(from), to) => {
                let begins = self.to.replace(whole(to)).is_none();
                if begins || before != self.aim {
                    return self.words(ground);
                }
                Turn::Drawn(None)
            }
            _ if before == self.aim => Turn::Stay,
            _ => Turn::Drawn(None),
        }
    }

    pub(super) fn up(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        if self.from.take().is_none() {
            return Turn::Stay;
        }
        let dragged = self.to.take().is_some();
        match self.target(ground, at).map(|card| card.id.clone()) {
            Some(subnet) => self.drop_in(ground, subnet),
            None if dragged => {
                *self = Self::default();
                Turn::Dropped
            }
            None => {
                let other = ground.task(at).and_then(|card| living(ground, &card.id));
                if let Some(other) = other {
                    self.task = Some(other.id.clone());
                }
                self.words(ground)
            }
        }
    }

    pub(super) fn key(&mut self, ground: Ground<'_>, key: ToolKey) -> Turn {
        match (key, arrow(key)) {
            (ToolKey::Escape, _) if self.from.is_some() => {
                *self = Self::default();
                Turn::Dropped
            }
            (ToolKey::Escape, _) => Turn::Left,
            (_, Some(on)) => {
                let Some(task) = &self.task else {
                    return self.words(ground);
                };
                let all = elsewhere(ground, task);
                let at = all.iter().position(|id| Some(id) == self.aim.as_ref());
                self.aim = round(at, all.len(), on).and_then(|at| all.get(at).cloned());
                self.ask = None;
                self.words(ground)
            }
            (ToolKey::Enter, None) => match self.aim.clone() {
                Some(subnet) => self.drop_in(ground, subnet),
                None => self.words(ground),
            },
            (_, None) => Turn::Stay,
        }
    }

    /// The subnet at a point, unless the task runs in it.
    fn target<'a>(&self, ground: Ground<'a>, at: Point) -> Option<&'a SubnetCard> {
        let task = living(ground, self.task.as_ref()?)?;
        ground.subnet(at).filter(|card| card.id != task.subnet)
    }

    fn drop_in(&mut self, ground: Ground<'_>, subnet: SubnetId) -> Turn {
        let task = self.task.as_ref();
        self.ask = task.and_then(|task| MoveAsk::of(ground, task, &subnet));
        self.aim = Some(subnet);
        match &self.ask {
            Some(ask) => Turn::said(format!("{}?", ask.button())),
            None => self.words(ground),
        }
    }

    /// 'Moving scorekeep:1. Public b, 249 free. Arrow keys to choose, Enter to drop, Escape to cancel.'
    fn words(&self, ground: Ground<'_>) -> Turn {
        let Some(task) = self.task.as_ref().and_then(|id| living(ground, id)) else {
            return Turn::said("Click the task to move, or give it the focus and press M.");
        };
        let name = &task.definition;
        let card = self.aim.as_ref().and_then(|id| ground.subnet_card(id));
        Turn::said(match card {
            None if elsewhere(ground, &task.id).is_empty() => {
                format!("{name} has nowhere to go: there is no other subnet. Press S to draw one.")
            }
            None => format!("Moving {name}. Drop it in another subnet."),
            Some(card) if card.free == 0 => {
                format!("Moving {name}. {}, 0 free: no task fits.", card.name)
            }
            Some(card) => format!(
                "Moving {name}. {}, {} free. Arrow keys to choose, Enter to drop, Escape to cancel.",
                card.name, card.free
            ),
        })
    }

    pub(super) fn sketch(&self, ground: Ground<'_>) -> Sketch {
        let chosen = self.task.as_ref().and_then(|id| ground.task_rect(id));
        let card = self.aim.as_ref().filter(|_| self.task.is_some());
        let card = card.and_then(|id| ground.subnet_card(id));
        let rect = card.and_then(|card| ground.subnet_rect(&card.id));
        let full = card.is_some_and(|card| card.free == 0);
        let label = card.map(|card| format!("Stop here, run again in {}", card.name));
        Sketch {
            chosen: chosen.into_iter().collect(),
            ghost: rect.filter(|_| !full && self.ask.is_none()).zip(label),
            aim: rect.filter(|_| !full && self.ask.is_some()),
            refused: rect.filter(|_| full).map(|rect| (rect, "0 free")),
            line: self
                .from
                .zip(self.to)
                .map(|(from, to)| (point(from), point(to))),
            ..Sketch::default()
        }
    }
}
