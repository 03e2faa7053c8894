//! The tool that runs a task: a subnet is chosen on the picture, the form asks for the rest.

use super::{Ground, Sketch, ToolKey, Turn, arrow, round};
use crate::scene::{Key, Point};
use fargate_core::ids::SubnetId;

/// The tool that runs a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskHand {
    /// The subnet that the keys or the pointer are at.
    aim: Option<SubnetId>,
    pressed: bool,
}

impl TaskHand {
    pub(super) fn begin(&mut self, ground: Ground<'_>, focus: Option<&Key>) -> Turn {
        self.aim = beginning(ground, focus);
        self.words(ground)
    }

    pub(super) fn down(&mut self, _: Ground<'_>, _: Point) -> Turn {
        self.pressed = true;
        Turn::Stay
    }

    pub(super) fn moved(&mut self, ground: Ground<'_>, to: Point) -> Turn {
        let aim = ground.subnet(to).map(|card| card.id.clone());
        if aim == self.aim {
            return Turn::Stay;
        }
        self.aim = aim;
        Turn::Drawn(None)
    }

    pub(super) fn up(&mut self, ground: Ground<'_>, at: Point) -> Turn {
        match ground.subnet(at) {
            _ if !std::mem::take(&mut self.pressed) => Turn::Stay,
            Some(card) if card.free > 0 => Turn::Run(card.id.clone()),
            Some(_) => self.words(ground),
            None => Turn::Stay,
        }
    }

    pub(super) fn key(&mut self, ground: Ground<'_>, key: ToolKey) -> Turn {
        match (key, arrow(key)) {
            (ToolKey::Escape, _) => Turn::Left,
            (_, Some(on)) => {
                self.aim = beside(ground, self.aim.as_ref(), on);
                self.words(ground)
            }
            (ToolKey::Enter, None) => match self.aim.as_ref().and_then(|id| ground.subnet_card(id))
            {
                Some(card) if card.free > 0 => Turn::Run(card.id.clone()),
                Some(_) | None => self.words(ground),
            },
            (_, None) => Turn::Stay,
        }
    }

    fn words(&self, ground: Ground<'_>) -> Turn {
        let card = self.aim.as_ref().and_then(|id| ground.subnet_card(id));
        Turn::said(match card {
            None => "There is no subnet yet. Press S to draw one.".to_owned(),
            Some(card) if card.free == 0 => format!("{}, 0 free: no task fits.", card.name),
            Some(card) => format!(
                "{}, {} free. Arrow keys to choose, Enter to run a task there, Escape to cancel.",
                card.name, card.free
            ),
        })
    }

    pub(super) fn sketch(&self, ground: Ground<'_>) -> Sketch {
        let card = self.aim.as_ref().and_then(|id| ground.subnet_card(id));
        let rect = card.and_then(|card| ground.subnet_rect(&card.id));
        let full = card.is_some_and(|card| card.free == 0);
        Sketch {
            aim: rect.filter(|_| !full),
            refused: rect.filter(|_| full).map(|rect| (rect, "0 free")),
            ..Sketch::default()
        }
    }
}

/// The subnet that the keys begin at: the one that has the focus, else the first.
pub(super) fn beginning(ground: Ground<'_>, focus: Option<&Key>) -> Option<SubnetId> {
    let focused = match focus {
        Some(Key::Subnet(id)) => Some(id.clone()),
        Some(
            Key::Internet
            | Key::Gateway
            | Key::Vpc
            | Key::Zone(_)
            | Key::Ghost(_)
            | Key::Task(_)
            | Key::Container(..)
            | Key::Tile(_)
            | Key::Exit(_),
        )
        | None => None,
    };
    focused.or_else(|| ground.subnets().into_iter().next())
}

/// The subnet after or before one.
pub(super) fn beside(ground: Ground<'_>, at: Option<&SubnetId>, on: bool) -> Option<SubnetId> {
    let all = ground.subnets();
    let place = all.iter().position(|id| Some(id) == at);
    round(place, all.len(), on).and_then(|place| all.get(place).cloned())
}
